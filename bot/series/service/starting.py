"""Starting a series: typed, read back, and only then made."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot import prose
from bot.clock import instant_of, spoken
from bot.conversations.model import Details, must_be_ahead
from bot.errors import Invalid
from bot.ids import NetworkId, SeriesId
from bot.people import Person
from bot.series.model import (
    DEFAULT_WEEKS,
    MOST_DATES,
    MOST_SERIES,
    Rule,
    Series,
    SeriesState,
    Which,
    announce_weeks,
)
from bot.series.service.making import Making
from bot.series.service.means import Means
from bot.series.store import series as store
from bot.storage.database import Queries
from bot.typed_date import read_day, read_time

FURTHEST_END = timedelta(days=10 * 366)
NEVER = "never"
_TO_DO = "start a series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """When a series happens, as an organiser typed or chose it."""

    which: Which
    weekday: int  # Monday is 0
    at: str
    first: str = ""  # empty: as soon as can be
    until: str = ""
    count: int | None = None
    announce_weeks: int = DEFAULT_WEEKS


class Starting:
    def __init__(self, means: Means, making: Making) -> None:
        self._means = means
        self._making = making

    async def draft(self, details: Details, typed: Typed, *, by: Person) -> Series:
        """Keep what was typed, for its organiser to read back. Nobody else sees a draft.

        Raises:
            Invalid: it has no date, or one that is not on the clock; the sentence says which.
        """
        by.must_be_organiser(_TO_DO)
        weeks = announce_weeks(typed.announce_weeks)
        rule = await self._rule(typed, by.network_id)
        draft = Series(
            id=SeriesId(0),
            network_id=by.network_id,
            rule=rule,
            announce_weeks=weeks,
            details=details,
            state=SeriesState.DRAFT,
            drafted_by=by.member_id,
        )
        async with self._means.db.write() as tx:
            await self._means.networks.must_exist(tx, by.network_id)
            await self._must_have_room(tx, by.network_id)
            return await store.add_draft(tx, draft, self._means.clock.now())

    async def start(self, series_id: SeriesId, *, by: Person) -> Series:
        """Make a draft a series, with its first conversations.

        Raises:
            Invalid: all its dates have gone by while it was being read.
        """
        by.must_be_organiser(_TO_DO)
        wall_now = await self._means.wall_now(by.network_id)
        async with self._means.db.write() as tx:
            draft = await store.get(tx, series_id)
            draft.must_be_in(by.network_id)
            draft.must_be_draft()
            await self._must_have_room(tx, by.network_id)
            if next(draft.rule.dates(since=wall_now), None) is None:
                raise Invalid("All its dates have gone by. Please start it again with later ones.")
            await store.save(tx, replace(draft, state=SeriesState.RUNNING))
            return await self._making.keep(tx, series_id)

    async def throw_away(self, series_id: SeriesId, *, by: Person) -> None:
        by.must_be_organiser(_TO_DO)
        async with self._means.db.write() as tx:
            draft = await store.get(tx, series_id)
            draft.must_be_in(by.network_id)
            draft.must_be_draft()
            await store.drop(tx, series_id)

    async def _rule(self, typed: Typed, network_id: NetworkId) -> Rule:
        now = self._means.clock.now()
        zone = await self._means.zone(network_id)
        wall_now = await self._means.wall_now(network_id)
        day = wall_now.date()
        if typed.first.strip():
            day = read_day(typed.first, now=now, zone=zone)
        earliest = datetime.combine(day, read_time(typed.at))
        if earliest <= wall_now:
            earliest += timedelta(days=1)
        rule = Rule.starting(typed.which, typed.weekday, earliest)
        until, count = await self.read_end(typed.until, typed.count, network_id)
        rule = replace(rule, until=until, count=count)
        rule.must_have_dates()
        rule.must_be_on_the_clock(zone)
        first = instant_of(rule.first, zone)
        must_be_ahead(first, now, spoken(first, zone))
        return rule

    async def read_end(
        self, until: str, count: int | None, network_id: NetworkId
    ) -> tuple[date | None, int | None]:
        """The last day, or how many dates there are; neither: no end.

        Raises:
            Invalid: both, or one that cannot be used.
        """
        if count is not None:
            count = prose.whole_number(
                count, called="number of conversations", least=1, most=MOST_DATES
            )
        if not until.strip() or until.strip().casefold() == NEVER:
            return None, count
        if count is not None:
            raise Invalid(
                "Please give either a last day or how many conversations there are, not both."
            )
        now = self._means.clock.now()
        zone = await self._means.zone(network_id)
        last = read_day(until, now=now, zone=zone)
        if last > now.date() + FURTHEST_END:
            raise Invalid("That end is more than ten years away. Leave it out for no end.")
        return last, None

    async def _must_have_room(self, db: Queries, network_id: NetworkId) -> None:
        if await store.count(db, network_id) >= MOST_SERIES:
            raise Invalid(
                f"This network has {MOST_SERIES} series, which is as many as I look after. "
                "Please end one first, with /series end."
            )
