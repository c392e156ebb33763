"""Reminders that closed messages did not let through: once in the thread, and about nobody."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.client import Services
from bot.conversations.model import Conversation
from bot.errors import Unavailable
from bot.ids import MemberId
from bot.network.model import ReminderWay
from bot.notices.model import EVERYBODY, Delivery, Notice, NoticeKind
from bot.storage.database import Database
from tests.conftest import AMINA, BRYN, CHIDI, HOME, ORGANISER, FakeClock
from tests.fakes import RemindingMessenger, live_until, planned, sign_up

STARTS = datetime(2026, 12, 3, 14, 0, tzinfo=UTC)
THREAD = NoticeKind.THREAD_REMINDER


class Closed(RemindingMessenger):
    """The messages of these people are closed, and some rooms cannot be posted in."""

    def __init__(self, parts: Services, *people: MemberId) -> None:
        super().__init__(parts)
        self.people = people
        self.shut: set[NoticeKind] = set()

    async def send(self, notice: Notice) -> Delivery:
        if notice.kind in self.shut:
            raise Unavailable
        if notice.member_id in self.people:
            return Delivery.MESSAGES_CLOSED
        return await super().send(notice)

    def heard(self, kind: NoticeKind) -> list[str]:
        return [f"{at:%d %b %H:%M}" for at, notice in self.log if notice.kind is kind]


@pytest.fixture
async def conversation(parts: Services) -> Conversation:
    made = await planned(parts)
    for person in (AMINA, BRYN, CHIDI):
        await parts.reminder_wishes.ask_for(HOME, person)
        await sign_up(parts, made, person)
    return made


async def test_however_many_are_closed_each_reminder_is_posted_once(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    closed = Closed(parts, AMINA, BRYN)
    await live_until(STARTS + timedelta(days=3), parts, clock, closed)

    assert closed.heard(THREAD) == ["01 Dec 14:00", "02 Dec 14:00", "03 Dec 13:00"]
    assert {notice.member_id for _, notice in closed.log if notice.kind is THREAD} == {EVERYBODY}
    assert closed.heard(NoticeKind.REMINDER) == ["02 Dec 14:00", "03 Dec 13:00"], "Chidi's own"
    assert closed.heard(NoticeKind.AFTERWARDS) == ["04 Dec 10:00"], "thanks are not for a thread"


async def test_nothing_is_posted_when_everybody_can_be_written_to(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    messenger = Closed(parts)
    await live_until(STARTS + timedelta(days=3), parts, clock, messenger)
    assert messenger.heard(THREAD) == []


async def test_the_last_is_told_to_them_once_as_well(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    await live_until(STARTS - timedelta(minutes=30), parts, clock, Closed(parts, AMINA))
    (missed,) = await parts.notices.tell_missed(HOME, AMINA)
    assert missed.kind is NoticeKind.REMINDER
    assert list(await parts.notices.tell_missed(HOME, AMINA)) == []


async def test_a_shut_thread_does_not_hold_up_the_channel_nor_the_channel_the_thread(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    closed = Closed(parts, AMINA)
    await parts.reminder_truth.choose_times(
        conversation.id, {way: [1440, 60] for way in ReminderWay}, by=ORGANISER
    )
    closed.shut = {THREAD}
    await live_until(STARTS - timedelta(hours=23, minutes=59), parts, clock, closed)
    closed.shut = {NoticeKind.CHANNEL_REMINDER}
    await live_until(STARTS - timedelta(minutes=59), parts, clock, closed)

    assert closed.heard(NoticeKind.CHANNEL_REMINDER) == ["02 Dec 14:00"]
    assert closed.heard(THREAD)[-1] == "03 Dec 13:00"


async def test_of_several_that_wait_for_the_thread_the_last_is_posted(
    parts: Services, conversation: Conversation, clock: FakeClock, db: Database
) -> None:
    closed = Closed(parts, AMINA)
    closed.shut = {THREAD}
    await live_until(STARTS - timedelta(minutes=50), parts, clock, closed)
    closed.shut = set()
    await live_until(STARTS, parts, clock, closed)

    assert len(closed.heard(THREAD)) == 1
    rows = await db.all("SELECT state, dropped_because FROM notice WHERE kind = 'thread_reminder'")
    assert sorted(tuple(row) for row in rows) == [
        ("dropped", "a later one says the same"),
        ("dropped", "a later one says the same"),
        ("sent", None),
    ]


@pytest.mark.parametrize("what", ["cancelled", "moved", "started"])
async def test_what_is_no_longer_so_is_not_posted(
    parts: Services, conversation: Conversation, clock: FakeClock, what: str
) -> None:
    closed = Closed(parts, AMINA)
    closed.shut = {THREAD}
    await live_until(STARTS - timedelta(minutes=50), parts, clock, closed)
    if what == "cancelled":
        await parts.changing.cancel(conversation.id, "The room is flooded.", by=ORGANISER)
    elif what == "moved":
        proposed = await parts.changing.propose_move(conversation.id, "10 Dec 2pm", by=ORGANISER)
        await parts.changing.move(proposed.id, by=ORGANISER)
    else:
        clock.set(STARTS)
    closed.shut = set()
    await live_until(STARTS + timedelta(hours=2), parts, clock, closed)
    assert closed.heard(THREAD) == []
