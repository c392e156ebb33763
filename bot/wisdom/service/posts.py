"""The messages that show quotes: posted, remembered, and made to follow what becomes of them."""

from collections.abc import Sequence
from functools import partial

from bot.errors import Closed
from bot.ids import ChannelId, MessageId, NetworkId, QuoteId, QuotePostId
from bot.wisdom.model import PostedFor, Quote, QuotePost, ShownQuote, Use
from bot.wisdom.service.means import Means
from bot.wisdom.store import post as store
from bot.wisdom.store import quote as quotes
from bot.wisdom.store import shown

MOST_SHARED = 20
"""Messages that show one quote: each must follow when it changes."""


class Posts:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def share(
        self, quote_id: QuoteId, network_id: NetworkId, channel_id: ChannelId
    ) -> QuotePostId:
        """Have a quote shown to everybody in a channel.

        Raises:
            NotFound: it may not be shown in Discord.
            Closed: it stands in many places already, or in this one.
        """
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            quote = await quotes.get(tx, quote_id, network_id)
            if await shown.find(tx, network_id, quote_id, Use.DISCORD, now) is None:
                raise Closed("That quote may not be shown here any more.")
            before = [
                each
                for each in await store.of_quote(tx, quote_id)
                if each.made_for is not PostedFor.REVIEW
            ]
            if any(each.channel_id == channel_id for each in before):
                raise Closed("That quote is shown in this channel already. Scroll up a little.")
            if len(before) >= MOST_SHARED:
                raise Closed("That quote is shown in many places already. Please link to one.")
            post_id = await store.add(tx, network_id, quote.id, PostedFor.SHARED, channel_id, now)
            tx.after_commit(partial(means.quote_changed.ring, quote_id))
        return post_id

    async def in_channel(
        self, quote_id: QuoteId, network_id: NetworkId, channel_id: ChannelId
    ) -> QuotePost | None:
        """The message that shows a quote there, as far as is known."""
        quote = await quotes.get(self._means.db, quote_id, network_id)
        of_quote = await store.of_quote(self._means.db, quote.id)
        return next(
            (
                each
                for each in of_quote
                if each.channel_id == channel_id and each.made_for is not PostedFor.REVIEW
            ),
            None,
        )

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[QuotePostId]:
        return await store.to_look_at(self._means.db, network_id)

    async def of_quote(self, quote_id: QuoteId) -> Sequence[QuotePostId]:
        return [each.id for each in await store.of_quote(self._means.db, quote_id)]

    async def of_message(self, message_id: MessageId) -> QuotePost | None:
        return await store.of_message(self._means.db, message_id)

    async def shown(
        self, post_id: QuotePostId
    ) -> tuple[QuotePost, Quote | None, ShownQuote | None] | None:
        """A post, what is kept of its quote (for a review), and what everybody may see of it."""
        means = self._means
        post = await store.find(means.db, post_id)
        if post is None:
            return None
        quote = await quotes.find(means.db, post.quote_id)
        visible = await shown.find(
            means.db, post.network_id, post.quote_id, Use.DISCORD, means.clock.now()
        )
        return post, quote, visible

    async def remember(
        self, post_id: QuotePostId, channel_id: ChannelId, message_id: MessageId, shows: str
    ) -> None:
        async with self._means.db.write() as tx:
            await store.remember(tx, post_id, channel_id, message_id, shows)

    async def forget(self, post_id: QuotePostId) -> None:
        """Its message is gone."""
        async with self._means.db.write() as tx:
            await store.forget(tx, post_id)
