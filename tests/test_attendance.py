"""Noting who was there."""

import pytest

from bot.client import Services
from bot.conversations.model import Attended, Conversation
from bot.errors import Closed, NotAllowed, NotFound
from bot.ids import MemberId
from bot.people import Person
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, ORGANISER, FakeClock
from tests.fakes import planned, sign_up


@pytest.fixture
async def begun(parts: Services, clock: FakeClock, db: Database) -> Conversation:
    """Amina, Bryn and a guest had places, Chidi came with one of them, and somebody waits."""
    conversation = await planned(parts, places=3)
    await sign_up(parts, conversation, AMINA, BRYN)
    async with db.write() as tx:
        await tx.run(
            """
            INSERT INTO guest (id, conversation_id, name, looked_after_by, added_by, added_at)
            VALUES (1, :id, 'Sam', 90, 90, '2026-11-23T09:00:00Z')
            """,
            {"id": conversation.id},
        )
        await tx.run(
            """
            INSERT INTO sign_up (conversation_id, member_id, guest_id, state, number, answered_at)
            VALUES (:id, NULL, 1, 'going', 3, '2026-11-23T09:00:00Z'),
                   (:id, 3, NULL, 'supporting', 4, '2026-11-23T09:00:00Z')
            """,
            {"id": conversation.id},
        )
    await sign_up(parts, conversation, MemberId(5))
    clock.advance(days=10, hours=6)
    return conversation


async def noted(db: Database) -> dict[int, int | None]:
    rows = await db.all("SELECT number, attended FROM sign_up ORDER BY number")
    return {row["number"]: row["attended"] for row in rows}


async def test_everybody_with_a_place_and_their_supporters_are_expected(
    parts: Services, begun: Conversation
) -> None:
    page = await parts.attendance.page(begun.id, 0, by=ORGANISER)

    assert [each.member_id for each in page.listed] == [AMINA, BRYN, None, CHIDI]
    assert page.listed[2].guest is not None
    assert [each.attended for each in page.listed] == [None] * 4
    assert (page.there, page.people) == (0, 4)


async def test_some_are_noted_and_the_rest_when_it_is_done(
    parts: Services, begun: Conversation, db: Database
) -> None:
    await parts.attendance.note(begun.id, there=[1, 3], not_there=[2], by=ORGANISER)
    assert await noted(db) == {1: 1, 2: 0, 3: 1, 4: None, 5: None}

    attended = await parts.attendance.finish(begun.id, by=ORGANISER)

    assert (attended.there, attended.people) == (2, 4)
    assert await noted(db) == {1: 1, 2: 0, 3: 1, 4: 0, 5: None}, "who waited was not expected"


async def test_everybody_was_there(parts: Services, begun: Conversation, db: Database) -> None:
    await parts.attendance.everybody(begun.id, by=ORGANISER)

    attended = await parts.attendance.finish(begun.id, by=ORGANISER)
    assert attended == Attended(conversation=attended.conversation, there=4, people=4)
    assert (await noted(db))[5] is None


async def test_a_mistake_can_be_put_right(parts: Services, begun: Conversation) -> None:
    await parts.attendance.everybody(begun.id, by=ORGANISER)
    await parts.attendance.note(begun.id, there=[], not_there=[1], by=ORGANISER)

    assert (await parts.attendance.finish(begun.id, by=ORGANISER)).there == 3


async def test_before_the_start_there_is_nothing_to_note(parts: Services) -> None:
    ahead = await planned(parts)

    with pytest.raises(Closed) as refused:
        await parts.attendance.page(ahead.id, 0, by=ORGANISER)

    assert str(refused.value) == (
        "This conversation has not started yet. You can note who was there once it has."
    )


async def test_one_that_was_cancelled_has_no_attendance(parts: Services, clock: FakeClock) -> None:
    conversation = await planned(parts)
    await parts.changing.cancel(conversation.id, "No hall.", by=ORGANISER)
    clock.advance(days=11)

    with pytest.raises(Closed) as refused:
        await parts.attendance.everybody(conversation.id, by=ORGANISER)

    assert str(refused.value) == "This conversation was cancelled, so there is nothing to note."


async def test_only_organisers_of_this_network_note_it(
    parts: Services, begun: Conversation, db: Database
) -> None:
    member = Person(network_id=HOME, member_id=AMINA)
    away = Person(network_id=AWAY, member_id=AMINA, is_organiser=True)
    for by, error in ((member, NotAllowed), (away, NotFound)):
        with pytest.raises(error):
            await parts.attendance.page(begun.id, 0, by=by)
        with pytest.raises(error):
            await parts.attendance.note(begun.id, there=[1], not_there=[], by=by)
        with pytest.raises(error):
            await parts.attendance.everybody(begun.id, by=by)
        with pytest.raises(error):
            await parts.attendance.finish(begun.id, by=by)
    assert set((await noted(db)).values()) == {None}


async def test_one_that_has_begun_is_picked_by_its_title_for_thirty_days(
    parts: Services, begun: Conversation, clock: FakeClock
) -> None:
    await planned(parts, title="Who decides again?", when="20 Dec 2pm")

    assert (await parts.calendar.pick_begun(HOME, "decides")).id == begun.id
    clock.advance(days=29)
    assert [each.id for each in await parts.calendar.begun(HOME, "who")] == [2, begun.id]
    clock.advance(days=2)
    assert [each.id for each in await parts.calendar.begun(HOME, "who")] == [2]
    assert await parts.calendar.begun(AWAY, "") == []


async def test_one_that_is_ahead_is_found_as_well_so_that_the_answer_can_say_so(
    parts: Services,
) -> None:
    ahead = await planned(parts)

    assert (await parts.calendar.pick_begun(HOME, "decides")).id == ahead.id
