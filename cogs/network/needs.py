"""What the bot must be allowed to do, where, and why: the one list.

The invite link, `/network check` and the README's table all follow it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import discord

from bot.network.model import ChannelUse


class Where(Enum):
    CARDS = auto()  # in the channel that the bot posts in
    PICTURES = auto()  # there as well; without it, there are no pictures
    THREADS = auto()  # in that channel as well, and only for its threads
    FORUM = auto()  # in the practice forum, and only for what is nice to have there
    LIST = auto()  # in the whole server, and only for its events list
    SERVER = auto()  # in the whole server, and only for setting it up


@dataclass(frozen=True, slots=True)
class Need:
    flag: str  # the name of the permission in discord.py
    called: str  # its name in Discord's own screens, 2026
    why: str
    where: Where


NEEDS = (
    Need("view_channel", "View Channels", "to see the channels it posts in", Where.CARDS),
    Need("send_messages", "Send Messages", "to post cards", Where.CARDS),
    Need(
        "read_message_history",
        "Read Message History",
        "to find its own card again after a crash, instead of posting a second one",
        Where.CARDS,
    ),
    Need(
        "attach_files",
        "Attach Files",
        "to show pictures: the cover of a card, and the quote of the week",
        Where.PICTURES,
    ),
    Need(
        "create_public_threads",
        "Create Public Threads",
        "to open a thread for each conversation",
        Where.THREADS,
    ),
    Need(
        "send_messages_in_threads",
        "Send Messages in Threads",
        "to say in it what changes",
        Where.THREADS,
    ),
    Need(
        "manage_threads",
        "Manage Threads",
        "to pin the practice forum's index, and tag posts that people made there by hand",
        Where.FORUM,
    ),
    Need(
        "create_events",
        "Create Events",
        "to show conversations in the server's events list",
        Where.LIST,
    ),
    Need(
        "manage_channels",
        "Manage Channels",
        "to create missing channels, and keep the practice forum's tags in step",
        Where.SERVER,
    ),
    Need(
        "manage_roles",
        "Manage Roles",
        "to create missing roles, and give the attendee role to those who are coming",
        Where.SERVER,
    ),
    Need(
        "manage_events",
        "Manage Events",
        "to give it to organisers, whose commands Discord hides from people without it",
        Where.SERVER,
    ),
    Need(
        "manage_messages",
        "Manage Messages",
        "to give it to moderators, whose commands Discord hides from people without it",
        Where.SERVER,
    ),
)

POSTS_IN = (ChannelUse.CONVERSATIONS,)
"""The channels that the bot posts in by itself today."""

FORUM_TAKES = ("send_messages_in_threads",)
"""Of what the bot needs for threads, what it needs in the practice forum as well."""


def invite_permissions() -> discord.Permissions:
    """Exactly what the invite link asks for."""
    return discord.Permissions(**{need.flag: True for need in NEEDS})


def missing_in(channel: discord.abc.GuildChannel, where: Where = Where.CARDS) -> list[Need]:
    """What the bot may not do in a channel that it posts in."""
    allowed = channel.permissions_for(channel.guild.me)
    return [n for n in NEEDS if n.where is where and not getattr(allowed, n.flag)]


def may_post_in(room: discord.TextChannel | discord.Thread) -> bool:
    if isinstance(room, discord.TextChannel):
        return not missing_in(room)
    if room.parent is None:
        return False
    allowed = room.permissions_for(room.guild.me)
    return (
        allowed.view_channel and allowed.send_messages_in_threads and allowed.read_message_history
    )


def may_show_pictures(channel: discord.abc.GuildChannel) -> bool:
    return not missing_in(channel, Where.PICTURES)


def missing_in_server(server: discord.Guild, where: Where = Where.SERVER) -> list[Need]:
    allowed = server.me.guild_permissions
    return [n for n in NEEDS if n.where is where and not getattr(allowed, n.flag)]


def named(needs: list[Need]) -> str:
    """“**Send Messages** and **View Channels**”."""
    return " and ".join(f"**{need.called}**" for need in needs)
