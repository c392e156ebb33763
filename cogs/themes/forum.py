"""The practice forum's tags follow the network's kinds and themes.

A forum is looked after from when “Create what is missing” was first pressed for it. Each tag is
known by its id, so that old posts keep theirs when it is renamed.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING

import discord

from bot.ids import ChannelId, NetworkId, TagId
from bot.network.model import ChannelUse
from bot.themes.model.forum import Tag, TagPlan
from bot.troubles.model import ABOUT_TAGS, Trouble

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Services

log = logging.getLogger(__name__)

REASON = "In step with the network's kinds and themes"

MOST_ON_A_POST = 5
"""Tags, by Discord's own limit."""


class ForumTagsEffect:
    called = "Forum tags of network"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[NetworkId]:
        found = await self._services.forum_tags.networks()
        return [each for each in found if network_id in (None, each)]

    async def make_true(self, key: NetworkId, *, surely: bool) -> None:
        server = self._bot.get_guild(key)
        if server is None or server.unavailable:
            return
        forum = await practice_forum(self._services, server)
        if forum is None or not await self._services.forum_tags.remembered(key, _id_of(forum)):
            return
        await keep_tags(self._services, forum)


async def practice_forum(services: Services, server: discord.Guild) -> discord.ForumChannel | None:
    network = await services.networks.get(NetworkId(server.id))
    forum = server.get_channel(network.channels.get(ChannelUse.PRACTICE, 0))
    return forum if isinstance(forum, discord.ForumChannel) else None


async def keep_tags(services: Services, forum: discord.ForumChannel) -> TagPlan | None:
    """Give *forum* the tags that it ought to have, and remember which is which.

    What stands in the way is noted. None: we are not allowed to.
    """
    network_id = NetworkId(forum.guild.id)
    present = [Tag(TagId(tag.id), tag.name) for tag in forum.available_tags]
    plan = await services.forum_tags.plan(network_id, _id_of(forum), present)
    stands_for = plan.stands_for
    if not plan.is_done(present):
        if not forum.permissions_for(forum.guild.me).manage_channels:
            await services.troubles.note(network_id, Trouble.TAGS_NOT_ALLOWED)
            return None
        stands_for = await _carry_out(forum, plan)
    await services.forum_tags.remember(network_id, _id_of(forum), stands_for)
    if plan.left_out:
        await services.troubles.are_over(network_id, [Trouble.TAGS_NOT_ALLOWED])
        await services.troubles.note(network_id, Trouble.TAGS_DONT_FIT)
    else:
        await services.troubles.are_over(network_id, ABOUT_TAGS)
    return plan


async def _carry_out(forum: discord.ForumChannel, plan: TagPlan) -> Mapping[str, TagId]:
    """Which tag stands for what afterwards."""
    await _move_posts(forum, plan.moved)
    as_they_are = {tag.id: tag for tag in forum.available_tags}
    # The tags that stay go along with their ids, and with their emoji: one left out would be
    # stripped from every old post.
    tags = [_renamed(as_they_are[tag.id], tag.name) for tag in plan.kept]
    tags += [discord.ForumTag(name=name) for name in plan.new.values()]
    edited = await forum.edit(available_tags=tags, reason=REASON)
    after = edited.available_tags if edited is not None else tags
    kept = {tag.id for tag in plan.kept}
    made = {tag.name.casefold(): TagId(tag.id) for tag in after if tag.id and tag.id not in kept}
    log.info(
        "Network %d: the practice forum has %d tags, %d of them new",
        forum.guild.id,
        len(tags),
        len(plan.new),
    )
    return plan.stand_for(made)


def _renamed(tag: discord.ForumTag, name: str) -> discord.ForumTag:
    changed = discord.ForumTag(name=name, moderated=tag.moderated)
    changed.id, changed.emoji = tag.id, tag.emoji
    return changed


async def _move_posts(forum: discord.ForumChannel, moved: Mapping[TagId, TagId]) -> None:
    """Posts with the tag of a theme that was merged get the other's, before theirs goes.

    Only where the bot may: in its own posts, or with Manage Threads in all.
    """
    if not moved:
        return
    may_all = forum.permissions_for(forum.guild.me).manage_threads
    async for post in _posts(forum):
        carried = [tag.id for tag in post.applied_tags]
        if moved.keys().isdisjoint(carried) or not (may_all or post.owner_id == forum.guild.me.id):
            continue
        wanted = dict.fromkeys(moved.get(TagId(each), each) for each in carried)
        tags = [tag for tag in forum.available_tags if tag.id in wanted][:MOST_ON_A_POST]
        if post.archived:
            await post.edit(archived=False, applied_tags=tags, reason=REASON)
            await post.edit(archived=True)
        else:
            await post.edit(applied_tags=tags, reason=REASON)


async def _posts(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    for post in list(forum.threads):
        yield post
    async for post in forum.archived_threads(limit=None):
        yield post


def _id_of(forum: discord.ForumChannel) -> ChannelId:
    return ChannelId(forum.id)
