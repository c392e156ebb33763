"""The messages that show quotes, kept true: each follows what becomes of its quote."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.ids import ChannelId, MessageId, NetworkId, QuotePostId
from bot.network.model import ChannelUse
from bot.ui.parts import NO_PINGS, Card
from bot.wisdom.model import PostedFor, Quote, QuotePost, QuoteState, ShownQuote
from cogs.finding import carries, digest
from cogs.network.needs import missing_in
from cogs.wisdom.quote_card import HelpedButton, quote_card, tombstone_card
from cogs.wisdom.review import AskChangesButton, RecordButton, review_card

if TYPE_CHECKING:
    from bot.client import CoproductionBot
    from bot.themes.model import Vocabulary

log = logging.getLogger(__name__)

RECENT = 50
"""How many messages are searched for one that was posted just before a crash."""

ARCHIVED = 50083
"""Discord's code for a message that can't be changed, because its thread is archived."""

CHOSEN = {PostedFor.REVIEW: ChannelUse.MODERATION, PostedFor.WEEK: ChannelUse.WISDOM}

WEEKLY = "## Quote of the week"


class QuotePostEffect:
    called = "Quote post"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[QuotePostId]:
        return await self._services.wisdom.posts.to_look_at(network_id)

    async def make_true(self, key: QuotePostId, *, surely: bool) -> None:
        found = await self._services.wisdom.posts.shown(key)
        if found is None:
            return
        post, quote, visible = found
        vocabulary = await self._services.themes.vocabulary(post.network_id)
        card = _drawn(post, quote, visible, vocabulary)
        if post.message_id is not None:
            await self._edit(post, card, is_unsure=surely)
        elif _is_wanted(post, quote, visible):
            await self._post(post, card)
        else:
            await self._services.wisdom.posts.forget(key)

    async def _edit(self, post: QuotePost, card: Card, *, is_unsure: bool) -> None:
        shows = digest(card)
        try:
            if shows != post.shows:
                await self._change(post, card)
                await self._remember(post, post.channel_id, post.message_id, shows)
            elif is_unsure:
                await self._message(post).fetch()
        except discord.NotFound:
            # Somebody has deleted it, and it is not for us to bring it back.
            await self._services.wisdom.posts.forget(post.id)

    async def _change(self, post: QuotePost, card: Card) -> None:
        try:
            await self._message(post).edit(view=card, allowed_mentions=NO_PINGS)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
            # What is taken back must go from there too. Discord archives it again by itself.
            thread = await self._bot.fetch_channel(post.channel_id or 0)
            if isinstance(thread, discord.Thread):
                await thread.edit(archived=False)
            await self._message(post).edit(view=card, allowed_mentions=NO_PINGS)

    async def _post(self, post: QuotePost, card: Card) -> None:
        channel = await self._home(post)
        if channel is None:
            log.info("Quote post %d has nowhere to go yet", post.id)
            return
        message = await self._posted_before(channel, post)
        if message is None:
            message = await channel.send(view=card)
        else:
            await message.edit(view=card, allowed_mentions=NO_PINGS)
        await self._remember(post, channel.id, message.id, digest(card))

    async def _home(self, post: QuotePost) -> discord.TextChannel | discord.Thread | None:
        channel_id = post.channel_id
        if channel_id is None:
            network = await self._services.networks.get(post.network_id)
            channel_id = network.channels.get(CHOSEN[post.made_for])
        channel = self._bot.get_channel(channel_id or 0)
        if isinstance(channel, discord.TextChannel) and missing_in(channel):
            return None
        return channel if isinstance(channel, discord.TextChannel | discord.Thread) else None

    async def _posted_before(
        self, channel: discord.TextChannel | discord.Thread, post: QuotePost
    ) -> discord.Message | None:
        """A message that a crash kept us from remembering."""
        sought = [form.form.format(id=post.quote_id) for form in _SIGNS[post.made_for]]
        with contextlib.suppress(discord.Forbidden):
            async for message in channel.history(limit=RECENT):
                is_ours = self._bot.user == message.author
                if is_ours and any(carries(message, each) for each in sought):
                    known = await self._services.wisdom.posts.of_message(MessageId(message.id))
                    if known is None:
                        return message
        return None

    async def _remember(
        self, post: QuotePost, channel_id: int | None, message_id: int | None, shows: str
    ) -> None:
        if channel_id is not None and message_id is not None:
            await self._services.wisdom.posts.remember(
                post.id, ChannelId(channel_id), MessageId(message_id), shows
            )

    def _message(self, post: QuotePost) -> discord.PartialMessage:
        channel = self._bot.get_partial_messageable(post.channel_id or 0)
        return channel.get_partial_message(post.message_id or 0)


_SIGNS = {
    PostedFor.REVIEW: (AskChangesButton, RecordButton),
    PostedFor.WEEK: (HelpedButton,),
    PostedFor.SHARED: (HelpedButton,),
}


def _is_wanted(post: QuotePost, quote: Quote | None, visible: ShownQuote | None) -> bool:
    if post.made_for is PostedFor.REVIEW:
        return quote is not None and quote.state in (QuoteState.PENDING, QuoteState.TO_RECORD)
    return visible is not None


def _drawn(
    post: QuotePost, quote: Quote | None, visible: ShownQuote | None, vocabulary: Vocabulary
) -> Card:
    if post.made_for is PostedFor.REVIEW and quote is not None:
        return review_card(quote, vocabulary)
    if visible is None:
        return tombstone_card(quote.number if quote is not None else None)
    heading = WEEKLY if post.made_for is PostedFor.WEEK else ""
    return quote_card(visible, vocabulary, heading=heading)
