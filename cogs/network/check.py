"""What is missing in a server, in words, and how to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.ids import NetworkId
from bot.network.model import ChannelUse, Network
from bot.troubles.model import Trouble
from bot.ui.text import counted
from cogs.network import spoken
from cogs.network.making import SHOWS_COMMANDS, count_lost, missing_tags
from cogs.network.needs import (
    FORUM_TAKES,
    POSTS_IN,
    Where,
    may_show_pictures,
    missing_in,
    missing_in_server,
    named,
)
from cogs.network.spoken import Finding

if TYPE_CHECKING:
    from bot.client import Services


async def look_over(
    server: discord.Guild, services: Services, commands: Sequence[app_commands.AppCommand]
) -> list[Finding]:
    """Everything in *server* that stops some part of the bot from working. Changes nothing.

    *commands* are the bot's, as Discord has them: `CommandTree.fetch_commands`.
    """
    network = await services.networks.get(NetworkId(server.id))
    return [
        *_channels(server, network, await services.themes.forum_labels(network.id)),
        *_roles(server, network),
        *await _hidden_commands(server, network, commands),
        *_server(server),
        *await _troubles(server, network, services),
        *await _effects(server, services),
    ]


def _channels(server: discord.Guild, network: Network, labels: Sequence[str]) -> list[Finding]:
    found: list[Finding] = []
    for used_for, (called, purpose) in spoken.CHANNELS.items():
        chosen = network.channels.get(used_for)
        channel = server.get_channel(chosen) if chosen else None
        if channel is None:
            state = "has been deleted, or I can't see it" if chosen else "has not been chosen"
            found.append(
                Finding(
                    f"The {called.lower()} ({purpose}) {state}.",
                    "Choose one in /network setup, or press “Create what is missing” there.",
                )
            )
            continue
        if used_for in POSTS_IN and (missing := missing_in(channel)):
            found.append(
                Finding(
                    f"I need {named(missing)} in {channel.mention}.",
                    "Give my role that in the channel's settings, under Permissions.",
                )
            )
        if used_for in POSTS_IN and not may_show_pictures(channel):
            found.append(
                Finding(
                    f"I need **Attach Files** in {channel.mention} to show covers.",
                    "Give my role that in the channel's settings, under Permissions. Without it, "
                    "cards have no pictures, and all else works.",
                )
            )
        found.extend(_particular(used_for, channel, labels))
    return found


def _particular(
    used_for: ChannelUse, channel: discord.abc.GuildChannel, labels: Sequence[str]
) -> list[Finding]:
    """What only a forum, or only the moderators' channel, must have. *labels*: the forum's tags."""
    if isinstance(channel, discord.ForumChannel):
        return _forum(channel, labels)
    everyone = channel.permissions_for(channel.guild.default_role)
    if used_for is ChannelUse.MODERATION and everyone.view_channel:
        return [
            Finding(
                f"Everybody can read {channel.mention}.",
                "Take “View Channel” from @everyone in the channel's settings, and give it "
                "to the moderators' role.",
            )
        ]
    return []


def _forum(forum: discord.ForumChannel, labels: Sequence[str]) -> list[Finding]:
    found: list[Finding] = []
    if missing := missing_tags(forum, labels):
        found.append(
            Finding(
                f"{forum.mention} lacks {counted(len(missing), 'tag', 'tags')}.",
                "Press “Create what is missing” in /network setup.",
            )
        )
    in_threads = [each for each in missing_in(forum, Where.THREADS) if each.flag in FORUM_TAKES]
    if needed := [*missing_in(forum), *in_threads]:
        found.append(
            Finding(
                f"I need {named(needed)} in {forum.mention} to show practices there.",
                "Give my role that in the forum's settings, under Permissions.",
            )
        )
    if liked := missing_in(forum, Where.FORUM):
        found.append(
            Finding(
                f"I need {named(liked)} in {forum.mention} to pin its index and tag other posts.",
                "Give my role that in the forum's settings, under Permissions. All else works "
                "without.",
            )
        )
    return found


def _roles(server: discord.Guild, network: Network) -> list[Finding]:
    found: list[Finding] = []
    for duty, (called, purpose) in spoken.ROLES.items():
        chosen = network.roles.get(duty)
        if chosen is None or server.get_role(chosen) is None:
            state = "has been deleted" if chosen else "has not been chosen"
            found.append(
                Finding(
                    f"The role for {called.lower()} (who {purpose}) {state}. "
                    "Until then, only people with “Manage Server” can do that.",
                    "Choose one in /network setup, or press “Create what is missing” there.",
                )
            )
    return found


async def _hidden_commands(
    server: discord.Guild, network: Network, commands: Sequence[app_commands.AppCommand]
) -> list[Finding]:
    """Roles whose people cannot see their own commands, whoever took them away."""
    found: list[Finding] = []
    for duty, (flag, _) in SHOWS_COMMANDS.items():
        role = server.get_role(network.roles.get(duty, 0))
        theirs = discord.Permissions(**{flag: True})
        for command in commands:
            if role is None or command.default_member_permissions != theirs:
                continue
            if not _sees(role, await _overrides(command, server), flag):
                found.append(
                    Finding(
                        f"People with {role.mention} can't see /{command.name}.",
                        "Press “Let roles see their commands” in /network setup. If that does "
                        "not help, look in Server Settings, Integrations, at my commands: "
                        "somebody has closed it there.",
                    )
                )
    return found


async def _overrides(command: app_commands.AppCommand, server: discord.Guild) -> dict[int, bool]:
    """What the server's own settings say of a command, by the id of a role or @everyone."""
    try:
        settings = await command.fetch_permissions(server)
    except (discord.NotFound, discord.Forbidden):
        return {}  # nobody has changed them, or we may not know
    return {each.id: each.permission for each in settings.permissions}


def _sees(role: discord.Role, overrides: dict[int, bool], flag: str) -> bool:
    everyone = role.guild.default_role
    if role.id in overrides:
        return overrides[role.id]
    if everyone.id in overrides:
        return overrides[everyone.id]
    either = role.permissions | everyone.permissions
    return either.administrator or getattr(either, flag)


def _server(server: discord.Guild) -> list[Finding]:
    missing = missing_in_server(server)
    if not missing:
        return []
    return [
        Finding(
            f"I don't have {named(missing)} in this server.",
            "I need that only for the two buttons in /network setup that create things and show "
            "commands. If you don't use them, all is well without.",
        )
    ]


async def _troubles(server: discord.Guild, network: Network, services: Services) -> list[Finding]:
    """What the bot makes beside the card, and cannot: as it is now, or as it was last tried."""
    found = set(await services.troubles.of_network(network.id))
    if missing_in_server(server, Where.LIST):
        found.add(Trouble.LIST_NOT_ALLOWED)
    channel = server.get_channel(network.channels.get(ChannelUse.CONVERSATIONS, 0))
    if channel is not None and missing_in(channel, Where.THREADS):
        found.add(Trouble.THREAD_NOT_ALLOWED)
    if network.attendee_role is not None:
        role = server.get_role(network.attendee_role)
        if role is None:
            found.add(Trouble.ROLE_GONE)
        elif not (role.is_assignable() and server.me.guild_permissions.manage_roles):
            found.add(Trouble.ROLE_NOT_ALLOWED)
    return [spoken.TROUBLES[each] for each in Trouble if each in found]


async def _effects(server: discord.Guild, services: Services) -> list[Finding]:
    network_id = NetworkId(server.id)
    found: list[Finding] = []
    if cards := await services.cards.count_missing(network_id):
        found.append(
            Finding(
                f"{counted(cards, 'conversation has', 'conversations have')} no card that people "
                "can see.",
                "Mend the conversations channel as said above. I post them there by myself.",
            )
        )
    if threads := await count_lost(server, services):
        found.append(
            Finding(
                f"{counted(threads, 'practice has', 'practices have')} no thread any more: "
                "somebody deleted it.",
                "Press “Create what is missing” in /network setup, and I open them again. What "
                "people wrote in the old ones is gone.",
            )
        )
    if people := await services.notices.count_closed(network_id):
        found.append(
            Finding(
                f"{counted(people, 'person', 'people')} can't get private messages from me.",
                "They are told when they next use a card, a list or /help. Nothing to do for you.",
            )
        )
    return found
