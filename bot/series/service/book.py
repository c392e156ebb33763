"""Looking series up: what happens when, and which one somebody means."""

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import islice

from bot import prose
from bot.clock import instant_of
from bot.conversations.model import Conversation
from bot.errors import Invalid, NotFound
from bot.ids import MemberId, NetworkId, SeriesId
from bot.series.model import Dated, Outlook, Rule, Series, SeriesPage, SeriesState, not_found
from bot.series.model.rule import LOOK_AHEAD
from bot.series.service.means import Means
from bot.series.store import series as store
from bot.series.store import standing

ON_A_PAGE = 5
DATES_SHOWN = 6


class Book:
    """Every series of every network."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def get(self, series_id: SeriesId, network_id: NetworkId) -> Series:
        """One that has been started, ended or not."""
        return await store.get_started(self._means.db, series_id, network_id)

    async def page(self, network_id: NetworkId, member_id: MemberId, number: int) -> SeriesPage:
        """Those that have not ended, by title. A number too high gives the last page."""
        total = await store.count(self._means.db, network_id)
        pages = max(1, -(-total // ON_A_PAGE))
        number = min(number, pages - 1)
        found = await store.of_network(
            self._means.db, network_id, skip=number * ON_A_PAGE, limit=ON_A_PAGE
        )
        outlooks = [await self._outlook(each, member_id) for each in found]
        return SeriesPage(outlooks=outlooks, number=number, pages=pages)

    async def outlook(
        self, series_id: SeriesId, network_id: NetworkId, member_id: MemberId
    ) -> Outlook:
        """One series with its next dates, as *member_id* stands with it."""
        return await self._outlook(await self.get(series_id, network_id), member_id)

    async def draft_dates(self, rule: Rule, network_id: NetworkId) -> Sequence[datetime]:
        """The next dates of a rule that is being read back."""
        today = await self._means.today(network_id)
        return list(islice(rule.dates(since=datetime.combine(today, time())), DATES_SHOWN))

    async def dates(self, series: Series, how_many: int = DATES_SHOWN) -> Sequence[Dated]:
        """What is ahead, soonest first: also what was moved, cancelled or left out."""
        now = self._means.clock.now()
        zone = await self._means.zone(series.network_id)
        today = await self._means.today(series.network_id)
        made = await self._means.occurrences.of(self._means.db, series.id, since=today)
        skipped = await store.skipped(self._means.db, series.id)
        dated = [_dated(each) for each in made if each.starts_at > now]
        taken = {_day_of(each) for each in made}
        walls = (
            islice(series.rule.dates(since=datetime.combine(today, time())), LOOK_AHEAD)
            if series.state is not SeriesState.ENDED
            else ()
        )
        only_dates = 0
        for wall in walls:
            if only_dates == how_many:
                break
            if wall.date() in taken:
                continue
            try:
                starts_at = instant_of(wall, zone)
            except Invalid:
                continue
            if starts_at > now:
                only_dates += 1
                dated.append(
                    Dated(
                        starts_at=starts_at,
                        day=wall.date(),
                        is_skipped=wall.date() in skipped,
                    )
                )
        return sorted(dated, key=lambda each: each.starts_at)[:how_many]

    async def titled(self, network_id: NetworkId, words: str) -> Sequence[Series]:
        """Those with *words* in their title, whatever their case."""
        wanted = _as_compared(words)
        found = await store.of_network(self._means.db, network_id)
        return [each for each in found if wanted in _as_compared(each.title)]

    async def pick(self, network_id: NetworkId, chosen: str) -> Series:
        """The one meant by *chosen*: an id from a list of suggestions, or part of a title.

        Raises:
            NotFound: none, or several, have that title.
        """
        if chosen.isascii() and chosen.isdecimal() and len(chosen) <= 18:
            try:
                return await self.get(SeriesId(int(chosen)), network_id)
            except NotFound:
                pass  # somebody may have called a series "2030"
        found = await self.titled(network_id, chosen)
        exact = [each for each in found if _as_compared(each.title) == _as_compared(chosen)]
        match exact or found:
            case [series]:
                return series
            case []:
                raise not_found()
            case several:
                raise NotFound(
                    f"{len(several)} series have that in their title. "
                    "Please pick one from the list that appears while you type."
                )

    async def conversations(self, series: Series, since: date) -> Sequence[Conversation]:
        """Those still to start, or for a date of the rule *since* then; also cancelled ones."""
        return await self._means.occurrences.of(self._means.db, series.id, since=since)

    async def skipped(self, series: Series) -> set[date]:
        return await store.skipped(self._means.db, series.id)

    async def _outlook(self, series: Series, member_id: MemberId) -> Outlook:
        return Outlook(
            series=series,
            dates=await self.dates(series),
            has_standing=await standing.has(self._means.db, series.id, member_id),
        )


def _dated(conversation: Conversation) -> Dated:
    """Of one that is still to be announced, members see the date and nothing else."""
    shown = conversation if conversation.is_announced or conversation.is_cancelled else None
    return Dated(starts_at=conversation.starts_at, day=_day_of(conversation), conversation=shown)


def _day_of(conversation: Conversation) -> date | None:
    return None if conversation.occurrence is None else conversation.occurrence.date


def _as_compared(words: str) -> str:
    return " ".join(prose.tidy(words.casefold()).split())
