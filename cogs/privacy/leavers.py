"""Once a day: who of those that the bot keeps something for has left the server.

Discord tells that of itself only to bots that may see everybody who joins and leaves, which this
one does not ask for. So it asks about the few it knows of.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.errors import Refusal
from bot.ids import MemberId, NetworkId
from bot.keeping.model import next_after

if TYPE_CHECKING:
    from bot.client import CoproductionBot

log = logging.getLogger(__name__)

AT_ONCE = 100
AFTER_BACKUP = timedelta(hours=1)

UNKNOWN_MEMBER, UNKNOWN_USER = 10007, 10013


class Leavers:
    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._next: datetime | None = None

    async def next_due(self) -> datetime:
        if self._next is None:
            self._next = next_after(self._bot.services.clock.now()) + AFTER_BACKUP
        return self._next

    async def run(self) -> None:
        """What Discord does not answer today it answers tomorrow."""
        if await self.next_due() > self._bot.services.clock.now():
            return
        self._next = None
        for server in self._bot.guilds:
            try:
                await self._look(server)
            except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
                log.warning("Who left network %d can't be seen: %r", server.id, error)

    async def _look(self, server: discord.Guild) -> None:
        services, network_id = self._bot.services, NetworkId(server.id)
        known = await services.leaving.to_look_for(network_id)
        for start in range(0, len(known), AT_ONCE):
            for member_id in await _gone(server, known[start : start + AT_ONCE]):
                log.info("Member %d has left network %d", member_id, network_id)
                await services.series.standing.has_left(network_id, member_id)
                with contextlib.suppress(Refusal):  # one has just begun: then nobody else can come
                    await services.sign_ups.has_left(network_id, member_id)
                await services.leaving.has_left(network_id, member_id)


async def _gone(server: discord.Guild, ids: Sequence[MemberId]) -> list[MemberId]:
    """Those of *ids* whom Discord, asked about each alone, does not know there."""
    found = await server.query_members(user_ids=list(ids), limit=AT_ONCE, cache=False)
    gone: list[MemberId] = []
    for member_id in sorted(set(ids) - {MemberId(member.id) for member in found}):
        # Somebody may lose their place by this: so it must be certain.
        try:
            await server.fetch_member(member_id)
        except discord.NotFound as error:
            if error.code not in (UNKNOWN_MEMBER, UNKNOWN_USER):
                raise
            gone.append(member_id)
    return gone
