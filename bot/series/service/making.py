"""Keeping the next conversations of each series in being, and announcing them in their time."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from bot.clock import instant_of
from bot.conversations.model import Conversation
from bot.conversations.service.occurrences import ToMake
from bot.errors import Invalid
from bot.ids import MemberId, SeriesId
from bot.series.model import AHEAD, Series, SeriesState
from bot.series.model.rule import LOOK_AHEAD
from bot.series.service.means import Means
from bot.series.store import proposed
from bot.series.store import series as store
from bot.series.store import standing as standing_store
from bot.storage.database import Transaction

log = logging.getLogger(__name__)

DRAFTS_LAST = timedelta(days=1)


@dataclass(slots=True)
class _Found:
    """What a walk along the rule comes upon."""

    ahead: list[datetime] = field(default_factory=list[datetime])  # when they start
    to_make: list[ToMake] = field(default_factory=list[ToMake])
    to_correct: list[tuple[Conversation, datetime]] = field(
        default_factory=list[tuple[Conversation, datetime]]
    )
    wanted_from: datetime | None = None  # when one more than these will be wanted

    @property
    def next_look(self) -> list[datetime]:
        """When each has started, or one more is wanted. None of these: the rule has run out."""
        return [*self.ahead, *([] if self.wanted_from is None else [self.wanted_from])]


class Making:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def next_due(self) -> datetime | None:
        """When a conversation has to be made or announced."""
        instants = (
            await store.next_look(self._means.db),
            await self._means.occurrences.next_announcement(),
        )
        return min((each for each in instants if each is not None), default=None)

    async def run(self) -> None:
        """Make and announce what is due by now."""
        await self._keep(await store.to_look_at(self._means.db, self._means.clock.now()))
        await self._announce()

    async def sweep(self) -> None:
        """Look at every series, and forget what organisers left lying for a day."""
        await self._keep(await store.to_look_at(self._means.db, None))
        await self._announce()
        before = self._means.clock.now() - DRAFTS_LAST
        async with self._means.db.write() as tx:
            await store.drop_drafts(tx, before)
            await proposed.drop_old(tx, before)

    async def keep(self, tx: Transaction, series_id: SeriesId) -> Series:
        """Make what the rule wants and is not there, as often as you like. Past dates are past."""
        series = await store.get(tx, series_id)
        if series.state is not SeriesState.RUNNING:
            return series
        zone = await self._means.zone(series.network_id)
        today = await self._means.today(series.network_id)
        occurrences = self._means.occurrences
        made = {
            each.occurrence.date: each
            for each in await occurrences.of(tx, series_id, since=today)
            if each.occurrence is not None and each.occurrence.date is not None
        }
        found = self._walk(series, zone, today, made, await store.skipped(tx, series_id))
        for conversation, starts_at in found.to_correct:
            await self._means.changing.move_to(tx, conversation, starts_at)
        if found.to_make:
            await occurrences.make(
                tx, series.network_id, series_id, found.to_make, drafted_by=series.drafted_by
            )
        if not found.next_look:
            return await self.end(tx, series)
        # A sweep that finds everything as it should be writes nothing.
        if series.look_at != min(found.next_look):
            await store.look_at(tx, series_id, min(found.next_look))
            self._means.ring(tx)
        return series

    def _walk(
        self,
        series: Series,
        zone: ZoneInfo,
        today: date,
        made: Mapping[date, Conversation],
        skipped: set[date],
    ) -> _Found:
        now = self._means.clock.now()
        found = _Found()
        for wall in islice(series.rule.dates(since=datetime.combine(today, time())), LOOK_AHEAD):
            day = wall.date()
            try:
                starts_at = instant_of(wall, zone)
            except Invalid:
                # The zone was changed since the rule was read back, and clocks there skip it.
                log.warning("Series %d has a date that is not on the clock: %s", series.id, day)
                continue
            if day in skipped or starts_at <= now:
                continue
            conversation = made.get(day)
            announce_at = series.announce_at(starts_at)
            if conversation is None:
                if len(found.ahead) >= AHEAD and announce_at > now:
                    found.wanted_from = announce_at
                    break
                found.to_make.append(_to_make(series, day, starts_at, announce_at))
                found.ahead.append(starts_at)
            elif conversation.is_ahead(now):
                found.ahead.append(conversation.starts_at)
                if not _is_as_planned(conversation, starts_at):
                    found.to_correct.append((conversation, starts_at))
        return found

    async def end(self, tx: Transaction, series: Series) -> Series:
        """It makes no more, and signs nobody up."""
        await store.look_at(tx, series.id, None)
        await standing_store.drop_all(tx, series.id)
        ended = replace(series, state=SeriesState.ENDED)
        await store.save(tx, ended)
        log.info("Series %d has ended", series.id)
        return ended

    async def _keep(self, due: list[SeriesId]) -> None:
        for series_id in due:
            async with self._means.db.write() as tx:
                await self.keep(tx, series_id)

    async def _announce(self) -> None:
        while await self._announce_next():
            pass

    async def _announce_next(self) -> bool:
        """False when nothing was due."""
        occurrences = self._means.occurrences
        if await occurrences.to_announce(self._means.db) is None:
            return False
        async with self._means.db.write() as tx:
            conversation = await occurrences.to_announce(tx)  # as it stands, now that we hold it
            if conversation is None:
                return False
            if conversation.is_ahead(self._means.clock.now()):
                standing = await self._standing(tx, conversation)
                signed_up = await occurrences.announce(tx, conversation, standing)
                log.info("Conversation %d is announced, %d come", conversation.id, signed_up)
            elif conversation.is_expected:
                await occurrences.announce(tx, conversation, ())
            else:
                await occurrences.drop(tx, conversation)
                log.info("Conversation %d went by unannounced", conversation.id)
        return True

    async def _standing(self, tx: Transaction, conversation: Conversation) -> list[MemberId]:
        if conversation.occurrence is None:
            return []
        return await standing_store.members(tx, conversation.occurrence.series_id)


def _to_make(series: Series, day: date, starts_at: datetime, announce_at: datetime) -> ToMake:
    before = series.closes_before
    closes_at = None if before is None else starts_at - before
    return ToMake(
        on=day,
        starts_at=starts_at,
        announce_at=announce_at,
        details=series.details,
        more=replace(series.more, closes_at=closes_at),
    )


def _is_as_planned(conversation: Conversation, starts_at: datetime) -> bool:
    """False for one that the rule would have elsewhere since the network's zone was changed.

    What members have heard of stays: they are told of moves by whoever makes them.
    """
    is_edited = conversation.occurrence is not None and conversation.occurrence.is_edited
    return is_edited or conversation.is_announced or conversation.starts_at == starts_at
