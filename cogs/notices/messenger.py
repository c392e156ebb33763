"""The Discord side of `bot.notices.model.Messenger`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeAlias

import aiohttp
import discord

from bot.errors import Unavailable
from bot.notices.model import EVERYBODY, Delivery, Notice, NotNow, SendingTooFast
from bot.ui.parts import Card
from cogs.finding import says_the_same
from cogs.network.needs import may_post_in
from cogs.notices.naming import write_names
from cogs.notices.rooms import CONVERSATIONS

if TYPE_CHECKING:
    from bot.client import CoproductionBot

    Room: TypeAlias = discord.TextChannel | discord.Thread | discord.DMChannel

# https://docs.discord.com/developers/topics/opcodes-and-status-codes
CANNOT_SEND_TO_THEM = 50007
NO_SHARED_SERVER = 50278
STOP_WRITING = {20026, 40003}  # flagged for spam; opening private messages too fast
NO_SUCH_MEMBER = {10007, 10013}

PATIENCE = 60.0
"""Seconds for one message: less than its lease, and a Discord that hangs holds up nobody for long.
The library itself would wait for five minutes."""

RECENT = 25
"""How many messages are searched for a notice that may have been sent before a crash."""


class DiscordMessenger:
    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot

    async def send(self, notice: Notice) -> Delivery:
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._send(notice)
        except discord.Forbidden as error:
            if error.code in STOP_WRITING:
                raise SendingTooFast from error
            if error.code == NO_SHARED_SERVER:
                return await self._has_left(notice)
            if error.code == CANNOT_SEND_TO_THEM:
                return Delivery.MESSAGES_CLOSED
            raise Unavailable from error  # our own trouble, and not the person's
        except discord.HTTPException as error:
            if error.code in STOP_WRITING or error.status == 429:
                raise SendingTooFast from error
            if error.status >= 500:
                raise Unavailable from error
            raise  # a message that Discord does not take is our own mistake
        except (discord.RateLimited, aiohttp.ClientError, OSError) as error:
            raise Unavailable from error

    async def _send(self, notice: Notice) -> Delivery:
        until = await self._bot.services.reminder_truth.not_before(notice)
        if until is not None:
            raise NotNow(until)
        card = await self._bot.composers[notice.kind](self._bot.services, notice)
        if card is None:
            return Delivery.NO_LONGER_TRUE
        if notice.member_id == EVERYBODY:
            await self._say_once(await self._room_for(notice), card, notice)
            return Delivery.SENT
        server = self._bot.get_guild(notice.network_id)
        if server is None:
            raise Unavailable("I am not in that server just now.")
        try:
            member = await server.fetch_member(notice.member_id)
        except discord.NotFound as error:
            if error.code not in NO_SUCH_MEMBER:
                raise Unavailable from error
            return await self._has_left(notice)
        await write_names(card, server)
        await self._say_once(await member.create_dm(), card, notice)
        return Delivery.SENT

    async def _room_for(self, notice: Notice) -> discord.TextChannel | discord.Thread:
        """Where everybody who may be interested reads it."""
        find = self._bot.rooms.get(notice.kind, CONVERSATIONS)
        room_id = await find(self._bot.services, notice)
        room = None if room_id is None else await self._room(room_id)
        if room is None or not may_post_in(room):
            raise Unavailable(f"There is no room for {notice.kind} that I may post in just now.")
        return room

    async def _room(self, room_id: int) -> discord.TextChannel | discord.Thread | None:
        """None when it was deleted, or is no place for words."""
        try:
            # A thread that nobody wrote in for a while is asked for: Discord put it out of sight.
            found = self._bot.get_channel(room_id) or await self._bot.fetch_channel(room_id)
        except discord.NotFound:
            return None
        return found if isinstance(found, discord.TextChannel | discord.Thread) else None

    async def _say_once(self, room: Room, card: Card, notice: Notice) -> None:
        if not (notice.may_have_been_sent and await self._is_there(room, card)):
            await room.send(view=card, nonce=notice.nonce)

    async def _is_there(self, room: Room, card: Card) -> bool:
        """The nonce holds for minutes only; what the message says holds for good."""
        async for message in room.history(limit=RECENT):
            if self._bot.user == message.author and says_the_same(message, card):
                return True
        return False

    async def _has_left(self, notice: Notice) -> Delivery:
        services = self._bot.services
        await services.series.standing.has_left(notice.network_id, notice.member_id)
        await services.sign_ups.has_left(notice.network_id, notice.member_id)
        await services.leaving.has_left(notice.network_id, notice.member_id)
        return Delivery.HAS_LEFT
