"""Who is asking, read from what Discord sent with this press or command."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import discord

from bot.errors import NotAllowed, Unavailable
from bot.ids import MemberId, NetworkId
from bot.network.model import Duty, Network
from bot.people import Person

if TYPE_CHECKING:
    from bot.client import Interaction


def server_of(interaction: Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise NotAllowed("That works in the server only, not in private messages.")
    return interaction.guild


def network_id_of(interaction: Interaction) -> NetworkId:
    if interaction.guild_id is None:
        raise NotAllowed("That works in the server only, not in private messages.")
    return NetworkId(interaction.guild_id)


def member_id_of(interaction: Interaction) -> MemberId:
    return MemberId(interaction.user.id)


async def network_of(interaction: Interaction) -> Network:
    return await interaction.client.services.networks.get(network_id_of(interaction))


async def person_of(interaction: Interaction) -> Person:
    """Fresh each time: a role may have been taken away since the last press."""
    return person_in(await network_of(interaction), interaction)


async def person_at(interaction: Interaction, network_id: NetworkId) -> Person:
    """Who is asking, also in a private message: there, what they may do is asked of Discord.

    Raises:
        NotAllowed: they have left the server.
        Unavailable: Discord does not tell us of it just now.
    """
    if interaction.guild_id is not None:
        return await person_of(interaction)
    server = interaction.client.get_guild(network_id)
    if server is None or server.unavailable:
        raise Unavailable
    try:
        member = await server.fetch_member(interaction.user.id)
    except discord.NotFound as error:
        raise NotAllowed("You are no longer in that server, so nothing has changed.") from error
    network = await interaction.client.services.networks.get(network_id)
    return _person(
        network,
        member_id_of(interaction),
        {role.id for role in member.roles},
        manages=member.guild_permissions.manage_guild,
    )


def person_in(network: Network, interaction: Interaction) -> Person:
    roles: set[int] = set()
    if isinstance(interaction.user, discord.Member):
        roles = {role.id for role in interaction.user.roles}
    manages = interaction.permissions.manage_guild
    return _person(network, member_id_of(interaction), roles, manages=manages)


def _person(
    network: Network, member_id: MemberId, roles: Collection[int], *, manages: bool
) -> Person:
    return Person(
        network_id=network.id,
        member_id=member_id,
        is_organiser=manages or network.has_duty(Duty.ORGANISER, roles),
        is_moderator=manages or network.has_duty(Duty.MODERATOR, roles),
        manages_network=manages,
    )
