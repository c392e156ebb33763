"""What all services of wisdom lean on, and what more than one of them does."""

from dataclasses import dataclass
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.ids import KindId, MemberId, NetworkId, QuoteId, ThemeId
from bot.network.service import Networks
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.search.entry import Collection, Entry, Facets
from bot.search.service import Search
from bot.storage.database import Database, Transaction
from bot.themes.service import Themes
from bot.wisdom.model import Quote, ShownQuote, Use
from bot.wisdom.store import post as posts
from bot.wisdom.store import shown, trail


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    db: Database
    clock: Clock
    networks: Networks
    notices: Notices
    themes: Themes
    search: Search
    quote_changed: Bell[QuoteId]
    """Rung when something that shows a quote may have to say something else."""
    ending_changed: Bell[None]
    """Rung when something may end sooner than was known."""

    async def note(self, tx: Transaction, quote_id: QuoteId, what: str, by: MemberId | None) -> int:
        """Write down what was done, and have all that shows the quote looked at."""
        change = await trail.add(tx, quote_id, what, by, self.clock.now())
        tx.after_commit(partial(self.quote_changed.ring, quote_id))
        tx.after_commit(partial(self.ending_changed.ring, None))
        return change

    async def file(self, tx: Transaction, quote: Quote) -> None:
        """Make it findable if it may be shown in Discord. Only triggers take it out again."""
        found = await shown.find(tx, quote.network_id, quote.id, Use.DISCORD, self.clock.now())
        if found is not None:
            await self.search.put(tx, entry_of(found))

    async def tell_speaker(
        self, tx: Transaction, quote: Quote, kind: NoticeKind, occurrence: int
    ) -> None:
        if quote.speaker_id is not None:
            await self.notices.owe(
                tx,
                kind,
                network_id=quote.network_id,
                about=quote.id,
                people=[(quote.speaker_id, occurrence)],
                due_at=self.clock.now(),
            )

    async def must_know(
        self, network_id: NetworkId, kind_id: KindId | None, theme_ids: tuple[ThemeId, ...]
    ) -> None:
        """Raises `NotFound`: a kind or theme that is not this network's."""
        vocabulary = await self.themes.vocabulary(network_id)
        if kind_id is not None:
            vocabulary.kind(kind_id)
        for each in theme_ids:
            vocabulary.theme(each)

    async def ask_for_review(self, tx: Transaction, quote: Quote) -> None:
        """Have a card of it in the moderators' channel."""
        await posts.ensure_review(tx, quote.network_id, quote.id, self.clock.now())


def entry_of(quote: ShownQuote) -> Entry:
    return Entry(
        network_id=quote.network_id,
        collection=Collection.QUOTE,
        item_id=quote.id,
        heading=quote.heading or "",
        words=quote.words,
        facets=Facets(
            kind_id=quote.kind_id,
            theme_ids=quote.theme_ids,
            perspective=quote.sorted_by,
            conversation_id=quote.conversation_id,
            year=quote.year,
        ),
    )
