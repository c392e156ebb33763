"""Covers: kept apart from the conversation, and repeated with it."""

import pytest

from bot.client import Services
from bot.conversations.model import Conversation
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.people import Person
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, HOME, ORGANISER, FakeClock
from tests.fakes import planned
from tests.pictures import BLUE, opened, picture


@pytest.fixture
async def conversation(parts: Services) -> Conversation:
    return await planned(parts)


async def test_a_cover_is_kept_with_its_words_and_rings_for_the_card(
    parts: Services, conversation: Conversation
) -> None:
    rung: list[int] = []
    parts.conversation_changed.listen(rung.append)

    cover = await parts.covers.put(conversation.id, picture(), "  A round\ntable. ", by=ORGANISER)

    assert cover.alt == "A round table."
    assert await parts.covers.find(conversation.id) == cover
    kept = await parts.covers.picture(conversation.id, cover)
    assert kept is not None
    assert opened(kept).format == "WEBP"
    assert rung == [conversation.id]


async def test_another_picture_has_another_name_and_the_same_one_the_same(
    parts: Services, conversation: Conversation
) -> None:
    first = await parts.covers.put(conversation.id, picture(), "Red.", by=ORGANISER)
    same = await parts.covers.put(conversation.id, picture(), "Red.", by=ORGANISER)
    other = await parts.covers.put(conversation.id, picture(colour=BLUE), "Blue.", by=ORGANISER)

    assert first == same
    assert other.name != first.name
    assert await parts.covers.picture(conversation.id, first) is None


async def test_it_can_be_described_in_other_words_and_taken_away(
    parts: Services, conversation: Conversation
) -> None:
    await parts.covers.put(conversation.id, picture(), "Red.", by=ORGANISER)

    await parts.covers.describe(conversation.id, "A red square.", by=ORGANISER)
    found = await parts.covers.find(conversation.id)
    assert found is not None
    assert found.alt == "A red square."
    await parts.covers.take_away(conversation.id, by=ORGANISER)

    assert await parts.covers.find(conversation.id) is None
    for again in (
        parts.covers.take_away(conversation.id, by=ORGANISER),
        parts.covers.describe(conversation.id, "Red.", by=ORGANISER),
    ):
        with pytest.raises(NotFound) as refused:
            await again
        assert str(refused.value) == ("This conversation has no cover, so nothing has changed.")


async def test_a_picture_that_is_refused_leaves_the_one_there_was(
    parts: Services, conversation: Conversation
) -> None:
    cover = await parts.covers.put(conversation.id, picture(), "Red.", by=ORGANISER)

    for sent, alt in ((b"no picture", "Blue."), (picture(), "x" * 201), (picture(), "\u200b")):
        with pytest.raises(Invalid):
            await parts.covers.put(conversation.id, sent, alt, by=ORGANISER)

    assert await parts.covers.find(conversation.id) == cover


async def test_a_picture_without_words_is_refused_in_words(
    parts: Services, conversation: Conversation
) -> None:
    with pytest.raises(Invalid) as nothing:
        await parts.covers.put(conversation.id, picture(), "\u200b", by=ORGANISER)
    with pytest.raises(Invalid) as too_much:
        await parts.covers.put(conversation.id, picture(), "x" * 201, by=ORGANISER)

    assert str(nothing.value).startswith("The description of the picture needs at least one")
    assert str(too_much.value) == (
        "The description of the picture is 201 characters long. Please shorten it to 200 or fewer."
    )


async def test_a_duplicate_keeps_the_cover_and_outlives_the_first(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    cover = await parts.covers.put(conversation.id, picture(), "Red.", by=ORGANISER)

    draft = await parts.changing.duplicate(conversation.id, "7 Jan 2pm", by=ORGANISER)
    await parts.planning.remove(conversation.id, by=ORGANISER)

    assert await parts.covers.find(draft.id) == cover
    rows = await db.all("SELECT conversation_id FROM cover")
    assert [row["conversation_id"] for row in rows] == [draft.id], "it goes with its conversation"


async def test_only_organisers_of_this_network_and_only_before_it_starts(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    member = Person(network_id=HOME, member_id=AMINA)
    away = Person(network_id=AWAY, member_id=AMINA, is_organiser=True)
    for by, error in ((member, NotAllowed), (away, NotFound)):
        with pytest.raises(error):
            await parts.covers.put(conversation.id, picture(), "Red.", by=by)
        with pytest.raises(error):
            await parts.covers.take_away(conversation.id, by=by)
    clock.advance(days=11)
    with pytest.raises(Closed):
        await parts.covers.put(conversation.id, picture(), "Red.", by=ORGANISER)

    assert await parts.covers.find(conversation.id) is None
