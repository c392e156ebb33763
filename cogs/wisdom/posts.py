"""The messages that show quotes, kept true: each follows what becomes of its quote."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.ids import ChannelId, MessageId, NetworkId, QuotePostId
from bot.network.model import ChannelUse
from bot.ui.parts import Card
from bot.wisdom.model import PostedFor, Quote, QuotePost, QuoteState, ShownQuote
from cogs.finding import carries, digest
from cogs.network.needs import may_show_pictures, missing_in
from cogs.wisdom.picture import Picture, edit_drawn, picture_of, send_drawn
from cogs.wisdom.quote_card import HelpedButton, quote_card, tombstone_card
from cogs.wisdom.review import AskChangesButton, RecordButton, review_card

if TYPE_CHECKING:
    from bot.client import CoproductionBot
    from bot.themes.model import Vocabulary

    Draw: TypeAlias = Callable[[Picture | None], Card]

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
        draw = partial(_drawn, post, quote, visible, vocabulary)
        if post.message_id is not None:
            picture = await self._picture(post, visible, post.channel_id)
            await self._edit(post, picture, draw, is_unsure=surely)
        elif _is_wanted(post, quote, visible):
            await self._post(post, visible, draw)
        else:
            await self._services.wisdom.posts.forget(key)

    async def _edit(
        self, post: QuotePost, picture: Picture | None, draw: Draw, *, is_unsure: bool
    ) -> None:
        wanted = digest(draw(picture))
        try:
            if wanted != (post.shows or "").partition(" ")[0]:
                now = await self._change(post, picture, draw)
                await self._remember(
                    post, post.channel_id, post.message_id, _with_picture(wanted, now)
                )
            elif is_unsure:
                await self._message(post).fetch()
        except discord.NotFound:
            # Somebody has deleted it, and it is not for us to bring it back.
            await self._services.wisdom.posts.forget(post.id)

    async def _change(self, post: QuotePost, picture: Picture | None, draw: Draw) -> str | None:
        """Say which picture is attached now."""
        try:
            return await edit_drawn(self._message(post), picture, _attached_to(post), draw)
        except discord.HTTPException as error:
            if error.code != ARCHIVED:
                raise
        # What is taken back must go from there too. Discord archives it again by itself.
        thread = await self._bot.fetch_channel(post.channel_id or 0)
        if isinstance(thread, discord.Thread):
            await thread.edit(archived=False)
        return await edit_drawn(self._message(post), picture, _attached_to(post), draw)

    async def _post(self, post: QuotePost, visible: ShownQuote | None, draw: Draw) -> None:
        channel = await self._home(post)
        if channel is None:
            log.info("Quote post %d has nowhere to go yet", post.id)
            return
        picture = await self._picture(post, visible, channel.id)
        message = await self._posted_before(channel, post)
        if message is None:
            message, attached = await send_drawn(channel, picture, draw)
        else:
            attached = await edit_drawn(message, picture, None, draw)
        shows = _with_picture(digest(draw(picture)), attached)
        await self._remember(post, channel.id, message.id, shows)

    async def _picture(
        self, post: QuotePost, visible: ShownQuote | None, channel_id: int | None
    ) -> Picture | None:
        """The one at the top of a quote of the week, where the bot may show it."""
        if post.made_for is not PostedFor.WEEK or visible is None or visible.content_note:
            return None
        if (stays := Picture(visible)).name == _attached_to(post):
            return stays
        channel = self._bot.get_channel(channel_id or 0)
        if not isinstance(channel, discord.TextChannel) or not may_show_pictures(channel):
            return None
        return await picture_of(visible)

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


def _with_picture(shows: str, attached: str | None) -> str:
    """What a message shows, with the name of the picture that is attached to it."""
    return f"{shows} {attached}" if attached else shows


def _attached_to(post: QuotePost) -> str | None:
    return (post.shows or "").partition(" ")[2] or None


def _drawn(
    post: QuotePost,
    quote: Quote | None,
    visible: ShownQuote | None,
    vocabulary: Vocabulary,
    picture: Picture | None,
) -> Card:
    if post.made_for is PostedFor.REVIEW and quote is not None:
        return review_card(quote, vocabulary)
    if visible is None:
        return tombstone_card(quote.number if quote is not None else None)
    heading = WEEKLY if post.made_for is PostedFor.WEEK else ""
    top = picture.on_card() if picture is not None else None
    return quote_card(visible, vocabulary, heading=heading, picture=top)
