"""The card: the message that shows a conversation to everybody."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation, Cover, Posted
from bot.ids import ChannelId, ConversationId, MessageId, NetworkId
from bot.network.model import ChannelUse, Network
from bot.ui.parts import Card
from cogs.conversations.card import SignUpButton, conversation_card
from cogs.conversations.cover import cover_on, edit_drawn, send_drawn
from cogs.finding import carries, digest
from cogs.network.needs import missing_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from bot.client import CoproductionBot

    Draw: TypeAlias = Callable[[Cover | None], Card]

log = logging.getLogger(__name__)

RECENT = 50
"""How many messages are searched for a card that was posted just before a crash."""


class CardEffect:
    called = "Card"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[ConversationId]:
        return await self._services.cards.to_look_at(network_id)

    async def make_true(self, key: ConversationId, *, surely: bool) -> None:
        conversation, posted = await self._services.cards.shown(key)
        if conversation is None:
            if posted is not None:
                await self._take_away(posted)
            return
        network = await self._services.networks.get(conversation.network_id)
        named = await self._services.cards.named(key)
        now = self._services.clock.now()

        def draw(cover: Cover | None) -> Card:
            return conversation_card(conversation, network, now, named=named, cover=cover)

        if posted is not None and self._belongs_elsewhere(posted, network):
            await self._take_away(posted)
        elif posted is not None:
            channel = self._bot.get_channel(posted.channel_id)
            cover = await cover_on(self._services, conversation, channel)
            if await self._edit(posted, draw, cover, is_unsure=surely):
                return
        if conversation.is_ahead(self._services.clock.now()):
            await self._post(conversation, network, draw)

    def _belongs_elsewhere(self, posted: Posted, network: Network) -> bool:
        """Whether another channel has been chosen that it can be posted in."""
        chosen = network.channels.get(ChannelUse.CONVERSATIONS, posted.channel_id)
        return chosen != posted.channel_id and self._home(network) is not None

    def _home(self, network: Network) -> discord.TextChannel | None:
        """The conversations channel, if the bot may post in it."""
        channel = self._bot.get_channel(network.channels.get(ChannelUse.CONVERSATIONS, 0))
        if isinstance(channel, discord.TextChannel) and not missing_in(channel):
            return channel
        return None

    async def _edit(
        self, posted: Posted, draw: Draw, cover: Cover | None, *, is_unsure: bool
    ) -> bool:
        """False when the message is gone, and so is our memory of it."""
        shows, attached = digest(draw(cover)), posted.cover
        try:
            if shows != posted.shows:
                attached = await edit_drawn(
                    self._services,
                    self._message(posted),
                    posted.conversation_id,
                    cover,
                    posted.cover,
                    draw,
                )
            elif is_unsure:
                await self._message(posted).fetch()
        except discord.NotFound:
            await self._services.cards.forget(posted.conversation_id)
            return False
        if shows != posted.shows:
            await self._remember(posted, posted.channel_id, posted.message_id, shows, attached)
        return True

    async def _post(self, conversation: Conversation, network: Network, draw: Draw) -> None:
        channel = self._home(network)
        if channel is None:
            log.info("Card %d has nowhere to go yet", conversation.id)
            return
        message = await self._posted_before(channel, conversation.id)
        cover = await cover_on(self._services, conversation, channel)
        shows = digest(draw(cover))
        if message is None:
            message, attached = await send_drawn(
                self._services, channel, conversation.id, cover, draw
            )
        else:
            attached = await edit_drawn(self._services, message, conversation.id, cover, None, draw)
        await self._remember(
            conversation, ChannelId(channel.id), MessageId(message.id), shows, attached
        )

    async def _posted_before(
        self, channel: discord.TextChannel, conversation_id: ConversationId
    ) -> discord.Message | None:
        """A card that a crash kept us from remembering."""
        sought = SignUpButton.form.format(id=conversation_id)
        async for message in channel.history(limit=RECENT):
            if self._bot.user == message.author and carries(message, sought):
                return message
        return None

    async def _take_away(self, posted: Posted) -> None:
        # Somebody was quicker, or we may no longer go there: then it is not ours to mend.
        with contextlib.suppress(discord.NotFound, discord.Forbidden):
            await self._message(posted).delete()
        await self._services.cards.forget(posted.conversation_id)

    def _message(self, posted: Posted) -> discord.PartialMessage:
        channel = self._bot.get_partial_messageable(posted.channel_id)
        return channel.get_partial_message(posted.message_id)

    async def _remember(
        self,
        of: Conversation | Posted,
        channel_id: ChannelId,
        message_id: MessageId,
        shows: str,
        cover: str | None,
    ) -> None:
        await self._services.cards.remember(
            Posted(
                conversation_id=of.id if isinstance(of, Conversation) else of.conversation_id,
                network_id=of.network_id,
                channel_id=channel_id,
                message_id=message_id,
                shows=shows,
                cover=cover,
            )
        )
