"""The attendee role: everybody who is going or supporting carries it, until it is over.

Discord does not tell us who is in a server, nor who carries what: members are asked for by their
ids. What is given is noted first, so that what the bot gave is taken off in the end, and what
somebody gave by hand never is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

import discord

from bot.conversations.model.effects import Carried, Carrying
from bot.errors import Refusal, Unavailable
from bot.ids import MemberId, NetworkId, RoleId
from bot.troubles.model import ABOUT_ROLE, Trouble

if TYPE_CHECKING:
    from bot.client import CoproductionBot

AT_ONCE = 100
"""Members whom Discord tells of in one answer."""

REASON = "Coming to a conversation"
NO_MORE = "Not coming to any conversation now"


class RoleEffect:
    called = "Attendee role of network"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self._attendees = bot.services.attendees

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[NetworkId]:
        chosen = await self._services.networks.with_attendee_role()
        found = {*chosen, *await self._attendees.networks()}
        return [each for each in sorted(found) if network_id in (None, each)]

    async def make_true(self, key: NetworkId, *, surely: bool) -> None:
        server = self._bot.get_guild(key)
        if server is None or server.unavailable:
            return
        role_id = (await self._services.networks.get(key)).attendee_role
        coming = set(await self._attendees.ought_to_carry(key)) if role_id is not None else set()
        carried = await self._attendees.carried(key)
        known = {
            each.member_id: each.how
            for each in carried
            if each.role_id == role_id and each.member_id in coming
        }
        no_more = [
            each for each in carried if each.role_id != role_id or each.member_id not in known
        ]
        try:
            is_done = await self._take_off(server, no_more)
            if role_id is not None:
                is_done &= await self._give(server, role_id, coming, known, surely=surely)
        except discord.Forbidden:
            await self._services.troubles.note(key, Trouble.ROLE_NOT_ALLOWED)
            raise
        if is_done:
            await self._services.troubles.are_over(key, ABOUT_ROLE)

    async def _take_off(self, server: discord.Guild, no_more: Sequence[Carried]) -> bool:
        """False when something stands in the way, which is then noted."""
        network_id = NetworkId(server.id)
        ours = [each for each in no_more if each.how in (Carrying.GIVING, Carrying.GIVEN)]
        ours = [each for each in ours if server.get_role(each.role_id) is not None]
        # The others carry it by hand, or not at all any more.
        await self._attendees.forget(network_id, [each for each in no_more if each not in ours])
        roles = {each.role_id: server.get_role(each.role_id) for each in ours}
        if not all(map(_may_give, roles.values())):
            await self._services.troubles.note(network_id, Trouble.ROLE_NOT_ALLOWED)
            return False
        members = await self._members(server, [each.member_id for each in ours])
        for each in ours:
            if (member := members.get(each.member_id)) is not None:
                with contextlib.suppress(discord.NotFound):  # they left, or the role went, just now
                    await member.remove_roles(discord.Object(each.role_id), reason=NO_MORE)
            await self._attendees.forget(network_id, [each])
        return True

    async def _give(
        self,
        server: discord.Guild,
        role_id: RoleId,
        coming: Collection[MemberId],
        known: dict[MemberId, Carrying],
        *,
        surely: bool,
    ) -> bool:
        """False when something stands in the way, which is then noted."""
        network_id = NetworkId(server.id)
        role = server.get_role(role_id)
        if role is None or not _may_give(role):
            trouble = Trouble.ROLE_GONE if role is None else Trouble.ROLE_NOT_ALLOWED
            await self._services.troubles.note(network_id, trouble)
            return False
        unsure = [
            each
            for each in sorted(coming)
            if surely or known.get(each, Carrying.GIVING) is Carrying.GIVING
        ]
        members = await self._members(server, unsure)
        await self._have_left(network_id, role_id, [each for each in unsure if each not in members])
        carrying = {each for each, member in members.items() if member.get_role(role_id)}
        ours = {each for each in carrying if known.get(each) in (Carrying.GIVING, Carrying.GIVEN)}
        await self._attendees.note(network_id, role_id, ours, Carrying.GIVEN)
        await self._attendees.note(network_id, role_id, carrying - ours, Carrying.BY_HAND)
        without = [each for each in members if each not in carrying]
        await self._attendees.note(network_id, role_id, without, Carrying.GIVING)
        for each in without:
            with contextlib.suppress(discord.NotFound):  # they left, or the role went, just now
                await members[each].add_roles(role, reason=REASON)
        await self._attendees.note(network_id, role_id, without, Carrying.GIVEN)
        return True

    async def _have_left(
        self, network_id: NetworkId, role_id: RoleId, members: Sequence[MemberId]
    ) -> None:
        """Somebody else may have their places."""
        await self._attendees.note(network_id, role_id, members, Carrying.GONE)
        for member_id in members:
            with contextlib.suppress(Refusal):  # it has just begun: then nobody else can come
                await self._services.sign_ups.has_left(network_id, member_id)

    async def _members(
        self, server: discord.Guild, ids: Sequence[MemberId]
    ) -> dict[MemberId, discord.Member]:
        """Those of *ids* who are in the server."""
        found: dict[MemberId, discord.Member] = {}
        for start in range(0, len(ids), AT_ONCE):
            asked = ids[start : start + AT_ONCE]
            try:
                answer = await server.query_members(
                    user_ids=list(asked), limit=AT_ONCE, cache=False
                )
            except (RuntimeError, discord.ClientException, TimeoutError) as error:
                raise Unavailable from error  # the connection was lost just now
            found |= {MemberId(member.id): member for member in answer}
            for missing in set(asked) - set(found):
                # Somebody may lose their place by this: so it must be certain.
                with contextlib.suppress(discord.NotFound):
                    found[missing] = await server.fetch_member(missing)
        return found


def _may_give(role: discord.Role | None) -> bool:
    if role is None:
        return False
    return role.is_assignable() and role.guild.me.guild_permissions.manage_roles
