"""Stand-ins with behaviour, and short ways to say what many tests begin with."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from bot.client import Services
from bot.conversations.model import Conversation, Details
from bot.ids import ConversationId, MemberId
from bot.notices.model import Delivery, Messenger, Notice, NoticeKind, NotNow
from bot.people import Person
from bot.reminders.service.telling import PURPOSES
from bot.series.model import Series, Which
from bot.series.service.starting import Typed
from bot.storage.database import Database, Transaction
from tests.conftest import HOME, ORGANISER, FakeClock

FIRST_THURSDAY = "3 Dec 2026 2pm"


class RecordingMessenger:
    """Remembers each message, and refuses a second copy of one, as Discord does."""

    def __init__(self, ends: Delivery = Delivery.SENT) -> None:
        self.ends = ends
        self.asked: list[Notice] = []
        self.arrived: dict[str, Notice] = {}

    async def send(self, notice: Notice) -> Delivery:
        self.asked.append(notice)
        if self.ends is Delivery.SENT:
            self.arrived.setdefault(notice.nonce, notice)
        return self.ends

    @property
    def members(self) -> list[MemberId]:
        return [notice.member_id for notice in self.arrived.values()]


class BrokenMessenger(RecordingMessenger):
    """Raises *error* for the notices that *breaks* picks, and delivers the others."""

    def __init__(
        self, error: BaseException, breaks: Callable[[Notice], bool] = lambda _: True
    ) -> None:
        super().__init__()
        self.error = error
        self.breaks = breaks

    async def send(self, notice: Notice) -> Delivery:
        if self.breaks(notice):
            self.asked.append(notice)
            raise self.error
        return await super().send(notice)


class TruthfulMessenger(RecordingMessenger):
    """Sends only what is still true, as the real one does through its composers."""

    def __init__(self, parts: Services) -> None:
        super().__init__()
        self._parts = parts

    async def send(self, notice: Notice) -> Delivery:
        if await self._parts.sign_ups.place_that_came_up(notice) is None:
            return Delivery.NO_LONGER_TRUE
        return await super().send(notice)


class RemindingMessenger(RecordingMessenger):
    """As the real one: sends what is true and wanted just then, and lets people sleep."""

    def __init__(self, parts: Services) -> None:
        super().__init__()
        self.parts = parts
        self.log: list[tuple[datetime, Notice]] = []

    async def send(self, notice: Notice) -> Delivery:
        truth = self.parts.reminder_truth
        until = await truth.not_before(notice)
        if until is not None:
            raise NotNow(until)
        if notice.kind in {NoticeKind.CHANNEL_REMINDER, NoticeKind.THREAD_REMINDER}:
            is_true = await truth.to_everybody(notice) is not None
        elif notice.kind in PURPOSES:
            is_true = await truth.to_person(notice) is not None
        else:
            is_true = True
        if not is_true:
            return Delivery.NO_LONGER_TRUE
        if notice.nonce not in self.arrived:
            self.log.append((self.parts.clock.now(), notice))
        return await super().send(notice)


async def live_until(
    instant: datetime, parts: Services, clock: FakeClock, messenger: Messenger
) -> None:
    """Let time pass as the metronome does: from one thing that is due to the next."""
    while True:
        dues = [await parts.reminders.next_due(), await parts.notices.next_due()]
        due = min((each for each in dues if each is not None), default=None)
        if due is None or due > instant:
            break
        clock.set(max(due, clock.now()))
        await parts.reminders.owe_due()
        await parts.notices.deliver_due(messenger)
    clock.set(instant)


def details(
    title: str = "Who decides?", places: str | int | None = None, description: str = ""
) -> Details:
    return Details.read(title=title, description=description, minutes=90, places=places)


async def planned(
    parts: Services,
    *,
    places: int | None = None,
    title: str = "Who decides?",
    when: str = FIRST_THURSDAY,
    by: Person = ORGANISER,
) -> Conversation:
    draft = await parts.planning.draft(details(title, places), when, by=by)
    return await parts.planning.plan(draft.id, by=by)


async def sign_up(parts: Services, conversation: Conversation, *people: MemberId) -> None:
    for person in people:
        await parts.sign_ups.sign_up(conversation.id, HOME, person)


async def answers(db: Database, conversation_id: ConversationId) -> dict[int, str]:
    """Who answered what, in the order of their numbers."""
    rows = await db.all(
        "SELECT member_id, state FROM sign_up WHERE conversation_id = :id ORDER BY number",
        {"id": conversation_id},
    )
    return {row["member_id"]: row["state"] for row in rows}


async def who_is(db: Database, conversation_id: ConversationId, state: str) -> list[int]:
    found = await answers(db, conversation_id)
    return [member for member, theirs in found.items() if theirs == state]


@asynccontextmanager
async def broken_write(db: Database) -> AsyncIterator[Transaction]:
    """A transaction that fails at its end, quietly."""
    try:
        async with db.write() as tx:
            yield tx
            raise _OnPurpose
    except _OnPurpose:
        pass


class _OnPurpose(Exception):
    pass


async def started(
    parts: Services,
    *,
    title: str = "Who decides?",
    places: int | None = None,
    by: Person = ORGANISER,
    which: Which = Which.FIRST,
    weekday: int = 3,
    at: str = "2pm",
    **rest: Any,
) -> Series:
    """A series that runs: every first Thursday at 2pm, if nothing else is said."""
    typed = Typed(which=which, weekday=weekday, at=at, **rest)
    draft = await parts.series.starting.draft(details(title, places), typed, by=by)
    series = await parts.series.starting.start(draft.id, by=by)
    await parts.series.making.run()
    return series


async def made_by(db: Database, series: Series) -> list[tuple[str, str, bool]]:
    """(date by the rule, start, whether it is announced) of all that are not cancelled."""
    rows = await db.all(
        """
        SELECT occurrence, starts_at, announce_at FROM conversation
        WHERE series_id = :id AND cancelled_at IS NULL ORDER BY starts_at, id
        """,
        {"id": series.id},
    )
    return [(row["occurrence"], row["starts_at"][:16], row["announce_at"] is None) for row in rows]
