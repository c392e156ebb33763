"""The thread in which people talk about a conversation, opened on its card.

Nobody is added to it: being in its list would name them. It stays when the card moves or comes
back, because what people wrote is in it. What changes is said there once, also for those whose
private messages are closed.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation, Posted
from bot.conversations.model.effects import OpenThread
from bot.ids import ConversationId, NetworkId, ThreadId
from bot.troubles.model import Trouble
from bot.ui.parts import Card, card_of, words
from bot.ui.text import as_typed
from cogs.conversations import wording
from cogs.finding import says_the_same

if TYPE_CHECKING:
    from bot.client import CoproductionBot
    from bot.network.model import Network

log = logging.getLogger(__name__)

A_WEEK = 10080
"""Minutes without a word after which Discord itself puts a thread out of sight: its longest."""

HAS_A_THREAD = 160004

RECENT = 50
"""How many messages are searched for one that was posted just before a crash."""


class ThreadEffect:
    called = "Thread"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self._threads = bot.services.threads

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[ConversationId]:
        return await self._threads.to_look_at(network_id)

    async def make_true(self, key: ConversationId, *, surely: bool) -> None:
        conversation, posted, thread = await self._threads.of(key)
        server = self._server(conversation, thread)
        if server is None or (thread is not None and thread.is_archived):
            return
        try:
            if thread is not None and await self._is_there(thread, server, surely=surely):
                await self._keep_up(conversation, posted, thread, server)
            elif conversation is not None and conversation.is_ahead(self._services.clock.now()):
                await self._open(conversation, posted, server)
        except discord.Forbidden:
            await self._services.troubles.note(NetworkId(server.id), Trouble.THREAD_NOT_ALLOWED)
            raise

    def _server(
        self, conversation: Conversation | None, thread: OpenThread | None
    ) -> discord.Guild | None:
        """None while Discord does not tell us of it, or when there is nothing to do at all."""
        known = conversation or thread
        server = None if known is None else self._bot.get_guild(known.network_id)
        return None if server is None or server.unavailable else server

    async def _is_there(self, thread: OpenThread, server: discord.Guild, *, surely: bool) -> bool:
        """False when it was deleted, and so is our memory of it."""
        if not surely:
            return True
        try:
            await server.fetch_channel(thread.thread_id)
        except discord.NotFound:
            await self._threads.forget(thread.conversation_id)
            return False
        return True

    async def _open(
        self, conversation: Conversation, posted: Posted | None, server: discord.Guild
    ) -> None:
        channel = None if posted is None else server.get_channel(posted.channel_id)
        if posted is None or not isinstance(channel, discord.TextChannel):
            return  # the card comes first, and rings when it is there
        opened = await self._opened_on(channel, posted, conversation)
        if opened is None:
            return
        thread = OpenThread(
            conversation_id=conversation.id,
            network_id=conversation.network_id,
            thread_id=ThreadId(opened.id),
            name=conversation.title,
            moves_told=conversation.moves,
        )
        await self._threads.remember(thread)
        await self._keep_up(conversation, posted, thread, server)
        await self._services.troubles.are_over(
            conversation.network_id, [Trouble.THREAD_NOT_ALLOWED]
        )

    async def _opened_on(
        self, channel: discord.TextChannel, posted: Posted, conversation: Conversation
    ) -> discord.abc.Snowflake | None:
        """A thread on the card, opened now or just before a crash. None: the card is gone."""
        name = conversation.title
        message = channel.get_partial_message(posted.message_id)
        try:
            return await message.create_thread(name=name, auto_archive_duration=A_WEEK)
        except discord.NotFound:
            return None  # the sweep brings the card back
        except discord.HTTPException as error:
            if error.code != HAS_A_THREAD:
                raise
        try:
            # Discord gives a thread the id of the message that it was opened on.
            return await channel.guild.fetch_channel(posted.message_id)
        except discord.NotFound:
            # It was deleted, and the message still thinks that it has one.
            return await channel.create_thread(
                name=name, type=discord.ChannelType.public_thread, auto_archive_duration=A_WEEK
            )

    async def _keep_up(
        self,
        conversation: Conversation | None,
        posted: Posted | None,
        thread: OpenThread,
        server: discord.Guild,
    ) -> None:
        if conversation is None:
            await self._close(thread, server)
            return
        network = await self._services.networks.get(conversation.network_id)
        thread = await self._say_what_is_new(conversation, network, posted, thread, server)
        if self._threads.is_for_archive(conversation):
            room = await self._fetched(thread, server)
            if room is not None:
                await room.edit(archived=True)
                await self._threads.remember(replace(thread, is_archived=True))
        elif thread.name != conversation.title:
            room = await self._fetched(thread, server)
            if room is not None:
                await room.edit(name=conversation.title, archived=False)
                await self._threads.remember(replace(thread, name=conversation.title))

    async def _say_what_is_new(
        self,
        conversation: Conversation,
        network: Network,
        posted: Posted | None,
        thread: OpenThread,
        server: discord.Guild,
    ) -> OpenThread:
        now = self._services.clock.now()
        due: list[tuple[Card, OpenThread]] = []
        if not thread.is_greeted:
            due.append((_greeting(conversation, posted), replace(thread, is_greeted=True)))
        is_moved = thread.moves_told != conversation.moves
        if is_moved and conversation.is_ahead(now):
            due.append(
                (
                    _moved(conversation, network, posted),
                    replace(thread, is_greeted=True, moves_told=conversation.moves),
                )
            )
        if conversation.is_cancelled and not thread.is_cancel_told:
            due.append(
                (_cancelled(conversation), replace(thread, is_greeted=True, is_cancel_told=True))
            )
        for card, after in due:
            await self._post(card, thread, server)
            await self._threads.remember(after)
            thread = after
        return thread

    async def _post(self, card: Card, thread: OpenThread, server: discord.Guild) -> None:
        room = self._bot.get_partial_messageable(thread.thread_id, guild_id=server.id)
        try:
            async for message in room.history(limit=RECENT):
                if self._bot.user == message.author and says_the_same(message, card):
                    return  # posted just before a crash
            await room.send(view=card)
        except discord.NotFound:
            await self._threads.forget(thread.conversation_id)
            raise

    async def _close(self, thread: OpenThread, server: discord.Guild) -> None:
        """Its conversation was planned by mistake. What people wrote is not ours to delete."""
        room = await self._fetched(thread, server)
        if room is not None:
            await self._post(_taken_away(), thread, server)
            await room.edit(archived=True)
        await self._threads.forget(thread.conversation_id)

    async def _fetched(self, thread: OpenThread, server: discord.Guild) -> discord.Thread | None:
        """None when it was deleted, and so is our memory of it."""
        try:
            found = await server.fetch_channel(thread.thread_id)
        except discord.NotFound:
            await self._threads.forget(thread.conversation_id)
            return None
        return found if isinstance(found, discord.Thread) else None


def _greeting(conversation: Conversation, posted: Posted | None) -> Card:
    return card_of(
        words(
            f"Talk here about **{as_typed(conversation.title)}**, before and after.\n"
            "Nobody is added to this thread: others see that you are here only if you write.\n"
            f"To come, press **Sign up** {_on_the_card(posted)}."
        )
    )


def _moved(conversation: Conversation, network: Network, posted: Posted | None) -> Card:
    return card_of(
        words("## This conversation is moved"),
        words(f"{wording.moved(conversation, network)}\nIt is now:"),
        words(wording.when_in_full(conversation, network)),
        words(
            "If you have a place, I ask you in a private message whether you still come. If yours "
            f"are closed to me, press **Sign up** or **I can't make it** {_on_the_card(posted)}."
        ),
    )


def _cancelled(conversation: Conversation) -> Card:
    return card_of(
        words("## This conversation is cancelled"),
        words(f"The reason: {as_typed(conversation.cancelled_because or '')}"),
    )


def _taken_away() -> Card:
    return card_of(words("This conversation was planned by mistake, and is taken away."))


def _on_the_card(posted: Posted | None) -> str:
    if posted is None:
        return "on its card"
    path = f"{posted.network_id}/{posted.channel_id}/{posted.message_id}"
    return f"on [its card](https://discord.com/channels/{path})"
