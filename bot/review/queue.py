"""The one queue of quotes and practices, oldest first, and the nudge when something waits long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.ids import NetworkId
from bot.notices.model import EVERYBODY, NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.practice.model import Practice
from bot.practice.service import PracticeServices
from bot.storage.database import Database
from bot.wisdom.model import Quote
from bot.wisdom.service import WisdomServices

NUDGE_AFTER = timedelta(days=3)
"""And again each time that as long has passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """The oldest that wait, and how many there are in all."""

    items: Sequence[Quote | Practice]
    how_many: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Oldest:
    since: datetime
    how_many: int


class Queue:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        notices: Notices,
        wisdom: WisdomServices,
        practice: PracticeServices,
    ) -> None:
        self._db = db
        self._clock = clock
        self._notices = notices
        self._wisdom = wisdom
        self._practice = practice

    async def waiting(self, *, by: Person, most: int) -> Waits:
        """Those that wait longest, whatever they are."""
        quotes = await self._wisdom.review.waiting(by=by, most=most)
        practices = await self._practice.review.waiting(by=by, most=most)
        items = sorted([*quotes.quotes, *practices.practices], key=since)
        return Waits(items=items[:most], how_many=quotes.how_many + practices.how_many)

    async def oldest(self, network_id: NetworkId) -> Oldest | None:
        """How much waits in a network, and since when. None: nothing."""
        found = [
            each
            for each in (
                await self._wisdom.review.oldest(network_id),
                await self._practice.review.oldest(network_id),
            )
            if each is not None
        ]
        if not found:
            return None
        return Oldest(
            since=min(instant for instant, _ in found), how_many=sum(many for _, many in found)
        )

    async def nudge(self) -> None:
        """Owe moderators a word, once for every three days that something waits."""
        waiting = {
            *await self._wisdom.review.networks_with_waiting(),
            *await self._practice.review.networks_with_waiting(),
        }
        for network_id in waiting:
            oldest = await self.oldest(network_id)
            if oldest is not None:
                await self._nudge(network_id, oldest.since)

    async def _nudge(self, network_id: NetworkId, waits_since: datetime) -> None:
        times = (self._clock.now() - waits_since) // NUDGE_AFTER
        if times < 1:
            return
        due = waits_since + times * NUDGE_AFTER
        async with self._db.write() as tx:
            kind, which = NoticeKind.REVIEW_WAITS, int(due.timestamp())
            if await self._notices.was_owed(tx, kind, network_id, EVERYBODY, which):
                return
            await self._notices.owe(
                tx,
                kind,
                network_id=network_id,
                about=network_id,
                people=[(EVERYBODY, which)],
                due_at=due,
            )


def since(item: Quote | Practice) -> datetime:
    """Since when it waits."""
    return item.kept_at if isinstance(item, Quote) else item.sent_at or item.drafted_at
