"""The threads in which posts are published, kept true: a quote that goes leaves them too."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.ids import ChannelId, MessageId, NetworkId, ReflectionId, ThreadId
from bot.network.model import ChannelUse, Network
from bot.reflections.model import PostedPart
from bot.reflections.service.drafts import Look
from bot.ui.parts import NO_PINGS, Card
from bot.ui.text import shortened
from cogs.finding import carries, digest, says_the_same
from cogs.network.needs import missing_in
from cogs.reflections import wording
from cogs.reflections.pages import ThinkButton, cards_of

if TYPE_CHECKING:
    from bot.client import CoproductionBot

log = logging.getLogger(__name__)

A_WEEK = 10080
"""Minutes: the longest that Discord keeps a quiet thread in sight."""

HAS_A_THREAD = 160004
RECENT = 50
"""How many messages are searched for one that was posted just before a crash."""

LONGEST_NAME = 100


class PostEffect:
    called = "Post"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self._posts = bot.services.reflections.posts

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[ReflectionId]:
        return await self._posts.to_look_at(network_id)

    async def make_true(self, key: ReflectionId, *, surely: bool) -> None:
        look = await self._posts.published(key)
        if look is None:
            return
        network = await self._services.networks.get(look.draft.network_id)
        vocabulary = await self._services.themes.vocabulary(network.id)
        page = wording.page_of(look, network, vocabulary)
        cards = cards_of(page, key)
        posted = {each.part: each for each in await self._posts.parts(key)}
        first = await self._first(look, network, cards[0], posted.get(0), surely=surely)
        if first is None:
            return
        channel, message_id = first
        name = shortened(page.title, LONGEST_NAME)
        thread = await self._thread(key, channel, message_id, name)
        if thread is None:
            return
        for part, card in enumerate(cards[1:], start=1):
            await self._show(key, part, card, posted.get(part), thread)
        for part in sorted(posted):
            if part >= len(cards):
                await self._take_away(key, posted[part], thread)

    async def _first(
        self,
        look: Look,
        network: Network,
        card: Card,
        known: PostedPart | None,
        *,
        surely: bool,
    ) -> tuple[discord.TextChannel, int] | None:
        """The message in the channel, posted or as it ought to be. None: nowhere to post it, or
        somebody has deleted it, and it is not for us to bring it back."""
        channel = self._home(look, network)
        if channel is None:
            log.info("Post %d has nowhere to go yet", look.draft.id)
            return None
        shows = digest(card)
        if known is not None:
            message = channel.get_partial_message(known.message_id)
            try:
                if known.shows != shows:
                    await message.edit(view=card, allowed_mentions=NO_PINGS)
                    await self._remember(look.draft.id, 0, known.message_id, shows)
                elif surely:
                    await message.fetch()
            except discord.NotFound:
                pass  # its thread stays, and is kept true
            return channel, known.message_id
        before = await self._posted_before(channel, look.draft.id)
        if before is None:
            sent = await channel.send(view=card)
        else:
            sent = await before.edit(view=card, allowed_mentions=NO_PINGS)
        await self._posts.has_thread(look.draft.id, ChannelId(channel.id), ThreadId(sent.id))
        await self._remember(look.draft.id, 0, sent.id, shows)
        return channel, sent.id

    def _home(self, look: Look, network: Network) -> discord.TextChannel | None:
        if look.draft.channel_id is not None:
            # Also where we may no longer open threads: what is to go must go.
            channel = self._bot.get_channel(look.draft.channel_id)
            return channel if isinstance(channel, discord.TextChannel) else None
        for use in (ChannelUse.WISDOM, ChannelUse.CONVERSATIONS):
            channel = self._bot.get_channel(network.channels.get(use, 0))
            if isinstance(channel, discord.TextChannel) and not missing_in(channel):
                return channel
        return None

    async def _posted_before(
        self, channel: discord.TextChannel, reflection_id: ReflectionId
    ) -> discord.Message | None:
        """A message that a crash kept us from remembering."""
        sign = ThinkButton.form.format(id=reflection_id)
        with contextlib.suppress(discord.Forbidden):
            async for message in channel.history(limit=RECENT):
                if self._bot.user == message.author and carries(message, sign):
                    return message
        return None

    async def _thread(
        self, key: ReflectionId, channel: discord.TextChannel, message_id: int, name: str
    ) -> discord.Thread | None:
        """Opened on its first message, and brought back into sight. None: it was deleted."""
        found = channel.get_thread(message_id)
        if found is not None and found.name == name and not found.archived:
            return found
        if found is None:
            try:
                fetched = await channel.guild.fetch_channel(message_id)
                found = fetched if isinstance(fetched, discord.Thread) else None
            except discord.NotFound:
                if any(each.part for each in await self._posts.parts(key)):
                    return None  # somebody has deleted it, with what was in it
                message = channel.get_partial_message(message_id)
                return await message.create_thread(name=name, auto_archive_duration=A_WEEK)
        if found is not None and (found.archived or found.name != name):
            found = await found.edit(archived=False, name=name)
        return found

    async def _show(
        self,
        key: ReflectionId,
        part: int,
        card: Card,
        known: PostedPart | None,
        thread: discord.Thread,
    ) -> None:
        shows = digest(card)
        if known is not None:
            if known.shows != shows:
                message = thread.get_partial_message(known.message_id)
                try:
                    await message.edit(view=card, allowed_mentions=NO_PINGS)
                except discord.NotFound:
                    return
                await self._remember(key, part, known.message_id, shows)
            return
        taken = {each.message_id for each in await self._posts.parts(key)}
        async for message in thread.history(limit=RECENT):
            is_ours = self._bot.user == message.author and message.id not in taken
            if is_ours and says_the_same(message, card):
                await self._remember(key, part, message.id, shows)
                return
        sent = await thread.send(view=card)
        await self._remember(key, part, sent.id, shows)

    async def _take_away(
        self, key: ReflectionId, known: PostedPart, thread: discord.Thread
    ) -> None:
        """There is less to say than there was."""
        with contextlib.suppress(discord.NotFound):
            await thread.get_partial_message(known.message_id).delete()
        await self._posts.forget(key, known.part)

    async def _remember(self, key: ReflectionId, part: int, message_id: int, shows: str) -> None:
        await self._posts.remember(
            key, PostedPart(part=part, message_id=MessageId(message_id), shows=shows)
        )
