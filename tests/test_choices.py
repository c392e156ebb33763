"""What people choose for themselves: a name on the card, a role."""

import pytest

from bot.client import Services
from bot.conversations.model import MOST_NAMED, Choices, Conversation
from bot.errors import Closed, NotFound
from bot.ids import MemberId
from bot.storage.database import Database
from tests.conftest import AMINA, BRYN, CHIDI, DILYS, HOME, ORGANISER, FakeClock
from tests.fakes import planned, sign_up

NOT_SIGNED_UP = "You have not signed up to this conversation. Press Sign up on its card."


@pytest.fixture
async def conversation(parts: Services) -> Conversation:
    conversation = await planned(parts, places=2)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    return conversation


async def show_name(
    parts: Services, conversation: Conversation, who: MemberId, shows: bool = True
) -> Choices:
    return await parts.choosing.choose(conversation.id, HOME, who, shows_name=shows)


async def test_nobody_is_named_who_has_not_asked_for_it(
    parts: Services, conversation: Conversation
) -> None:
    assert await parts.choosing.of(conversation.id, HOME, AMINA) == Choices(
        shows_name=False, wants_role=True
    )
    assert await parts.cards.named(conversation.id) == []


async def test_those_who_come_and_asked_for_it_are_named_in_the_order_of_asking(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await parts.sign_ups.maybe(conversation.id, HOME, DILYS)
    for who in (DILYS, CHIDI, BRYN, AMINA):
        await show_name(parts, conversation, who)
    assert await parts.cards.named(conversation.id) == [AMINA, BRYN]
    async with db.write() as tx:
        await tx.run("UPDATE sign_up SET state = 'supporting' WHERE member_id = 4")
    assert await parts.cards.named(conversation.id) == [AMINA, BRYN, DILYS]
    await show_name(parts, conversation, AMINA, shows=False)
    assert await parts.cards.named(conversation.id) == [BRYN, DILYS]


async def test_a_card_names_no_more_than_it_has_room_for(parts: Services) -> None:
    conversation = await planned(parts)
    crowd = [MemberId(number) for number in range(1, MOST_NAMED + 3)]
    await sign_up(parts, conversation, *crowd)
    for who in crowd:
        await show_name(parts, conversation, who)
    assert await parts.cards.named(conversation.id) == crowd[:MOST_NAMED]


async def test_the_name_goes_with_the_person_and_does_not_come_back_by_itself(
    parts: Services, conversation: Conversation
) -> None:
    await show_name(parts, conversation, AMINA)
    await show_name(parts, conversation, BRYN)
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)
    await parts.people.take_off(conversation.id, BRYN, "You asked me to.", by=ORGANISER)
    await sign_up(parts, conversation, AMINA, BRYN)
    assert await parts.cards.named(conversation.id) == []
    assert not (await parts.choosing.of(conversation.id, HOME, AMINA)).shows_name


async def test_not_being_asked_about_the_role_leaves_it_as_it_was(
    parts: Services, conversation: Conversation
) -> None:
    await parts.choosing.choose(conversation.id, HOME, AMINA, shows_name=True, wants_role=False)
    assert await show_name(parts, conversation, AMINA, shows=False) == Choices(
        shows_name=False, wants_role=False
    )


async def test_the_card_is_drawn_anew_only_when_something_was_chosen(
    parts: Services, conversation: Conversation
) -> None:
    rung: list[int] = []
    parts.conversation_changed.listen(rung.append)
    await show_name(parts, conversation, AMINA)
    await show_name(parts, conversation, AMINA)
    assert rung == [conversation.id]


async def test_only_somebody_who_has_signed_up_chooses(
    parts: Services, conversation: Conversation
) -> None:
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)
    for who in (BRYN, MemberId(77)):
        with pytest.raises(NotFound) as refused:
            await show_name(parts, conversation, who)
        assert str(refused.value) == NOT_SIGNED_UP


async def test_there_is_nothing_to_choose_once_it_is_over(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    clock.advance(days=30)
    with pytest.raises(Closed) as refused:
        await show_name(parts, conversation, AMINA)
    assert str(refused.value) == "This conversation is over."
