"""What others may see of wisdom: search, a quote, one by chance, themes, packs and exports.

Whatever search finds is read again here, with the consent as it lives at that moment. Its index
counts and completes words too, so what is over leaves it before anybody looks in there.
"""

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.errors import NotFound
from bot.ids import MemberId, NetworkId, QuoteId, ThemeId
from bot.people import Person
from bot.search.entry import Collection, Filters
from bot.search.found import Found
from bot.wisdom.model import NO_SUCH_QUOTE, QuoteState, ShownQuote, Use
from bot.wisdom.service.ending import Ending
from bot.wisdom.service.means import Means
from bot.wisdom.store import post as posts
from bot.wisdom.store import quote as quotes
from bot.wisdom.store import shown as store

A_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of what was searched for."""

    quotes: Sequence[ShownQuote]
    found: Found
    is_too_telling: bool = False
    """So few share the perspective asked for that nothing is said of whether there is something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """That there was a quote with this number."""

    number: int


class Showing:
    def __init__(self, means: Means, ending: Ending) -> None:
        self._means = means
        self._ending = ending

    async def search(
        self,
        network_id: NetworkId,
        typed: str,
        filters: Filters,
        page: int = 1,
        *,
        may_respell: bool = True,
    ) -> Page:
        """Whatever may be typed. *page* counts from 1."""
        means = self._means
        await self._ending.run()
        vocabulary = await means.themes.vocabulary(network_id)
        if not await self._may_sort_by(network_id, filters.perspective):
            return Page(quotes=(), found=Found(), is_too_telling=True)
        every = tuple(
            each for theme_id in filters.theme_ids for each in vocabulary.ids_of(theme_id)
        )
        found = await means.search.find(
            network_id,
            Collection.QUOTE,
            typed,
            rings=vocabulary.rings,
            filters=replace(filters, theme_ids=every),
            page=page,
            may_respell=may_respell,
        )
        ids = [QuoteId(each) for each in found.item_ids]
        quotes = await store.those_of(means.db, network_id, ids, Use.DISCORD, means.clock.now())
        return Page(quotes=quotes, found=found)

    async def complete(self, network_id: NetworkId, typed: str) -> Sequence[str]:
        """What somebody who has begun to type may mean."""
        await self._ending.run()
        return await self._means.search.complete(network_id, Collection.QUOTE, typed)

    async def _may_sort_by(self, network_id: NetworkId, perspective: str | None) -> bool:
        """Whether so many share it that what is found does not tell who said it."""
        return perspective is None or await store.is_perspective_common(
            self._means.db, network_id, perspective
        )

    async def get(self, quote_id: QuoteId, network_id: NetworkId) -> ShownQuote:
        """Raises `NotFound`: nothing that may be shown in Discord now."""
        found = await self.find(quote_id, network_id)
        if found is None:
            raise NotFound(NO_SUCH_QUOTE)
        return found

    async def find(
        self, quote_id: QuoteId, network_id: NetworkId, use: Use = Use.DISCORD
    ) -> ShownQuote | None:
        now = self._means.clock.now()
        return await store.find(self._means.db, network_id, quote_id, use, now)

    async def those(
        self, network_id: NetworkId, ids: Sequence[QuoteId], use: Use
    ) -> Sequence[ShownQuote]:
        """Those of *ids* that may be shown now, for that use, in the same order."""
        return await store.those_of(self._means.db, network_id, ids, use, self._means.clock.now())

    async def numbered(self, network_id: NetworkId, number: int) -> ShownQuote | Tombstone:
        """The quote of that number, or that there was one.

        Raises:
            NotFound: there never was, or it may not be shown in Discord.
        """
        means, now = self._means, self._means.clock.now()
        found = await store.find_numbered(means.db, network_id, number, Use.DISCORD, now)
        if found is not None:
            return found
        quote = await quotes.get_numbered(means.db, network_id, number)
        if quote.state in (QuoteState.WITHDRAWN, QuoteState.EXPIRED):
            return Tombstone(number=number)
        raise NotFound(NO_SUCH_QUOTE)

    async def by_chance(self, network_id: NetworkId) -> ShownQuote | None:
        """Any; None while there is none."""
        means = self._means
        last = await store.last_number(means.db, network_id)
        if last == 0:
            return None
        start = random.randint(1, last)  # noqa: S311  # nothing hangs on it
        now = means.clock.now()
        found = await store.from_number(means.db, network_id, start, now)
        return found or await store.from_number(means.db, network_id, 1, now)

    async def by_theme(self, network_id: NetworkId) -> Mapping[ThemeId, int]:
        """How many quotes there are on each theme."""
        return await store.count_by_theme(self._means.db, network_id, self._means.clock.now())

    async def on_theme(
        self, network_id: NetworkId, theme_id: ThemeId, use: Use, most: int
    ) -> Sequence[ShownQuote]:
        """For a paper, or a post: only what is agreed for just that."""
        means = self._means
        vocabulary = await means.themes.vocabulary(network_id)
        return await store.everything(
            means.db,
            network_id,
            use,
            means.clock.now(),
            theme_ids=tuple(vocabulary.ids_of(theme_id)),
            most=most,
        )

    async def everything(self, use: Use, *, by: Person) -> AsyncIterator[ShownQuote]:
        """All that is agreed for one use, in the order of the numbers."""
        by.must_be_moderator("export quotes")
        after = 0
        while True:
            batch = await store.everything(
                self._means.db,
                by.network_id,
                use,
                self._means.clock.now(),
                after=after,
                most=A_BATCH,
            )
            for quote in batch:
                yield quote
            if len(batch) < A_BATCH:
                return
            after = batch[-1].number

    async def helped(self, quote_id: QuoteId, network_id: NetworkId, member_id: MemberId) -> bool:
        """“This helped me”, or not any more. Whether it counts now."""
        means = self._means
        async with means.db.write() as tx:
            if await store.find(tx, network_id, quote_id, Use.DISCORD, means.clock.now()) is None:
                raise NotFound(NO_SUCH_QUOTE)
            counts = await posts.helped(tx, quote_id, member_id)
            if not counts:
                await posts.helped_no_more(tx, quote_id, member_id)
            tx.after_commit(partial(means.quote_changed.ring, quote_id))
        return counts
