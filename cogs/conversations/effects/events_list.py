"""Discord's own events list: one entry for each conversation ahead. Ours is the truth.

What somebody changes there by hand is not overwritten unasked: its hosts are asked what was
meant. An entry is looked at before each change of ours, and once an hour in any case.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord

from bot.conversations.model import Conversation, Phase
from bot.conversations.model.effects import InList, ListEntry, ListState
from bot.conversations.service.events_list import Mirrored
from bot.ids import ChannelId, ConversationId, ListEntryId, NetworkId
from bot.troubles.model import ABOUT_LIST, Trouble
from cogs.network.needs import Where, missing_in_server

if TYPE_CHECKING:
    from bot.client import CoproductionBot

log = logging.getLogger(__name__)

LIST_IS_FULL = 30038  # 100 that have not ended
FINISHED = (discord.EventStatus.completed, discord.EventStatus.cancelled)

ONLINE = "Online; people with a place are given the link"
ON_ITS_CARD = "See its card"


class EventsListEffect:
    called = "Entry in the events list"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self._list = bot.services.events_list

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[ConversationId]:
        return await self._list.to_look_at(network_id)

    async def make_true(self, key: ConversationId, *, surely: bool) -> None:
        mirrored = await self._list.mirrored(key)
        conversation, entry = mirrored.conversation, mirrored.entry
        now = self._services.clock.now()
        if conversation is None or conversation.is_cancelled:
            await self._end(entry, is_gone=conversation is None)
        elif conversation.phase(now) is Phase.OVER:
            await self._end(entry, is_gone=False)
        elif conversation.phase(now) is Phase.UNDER_WAY:
            await self._begin(entry)
        else:
            await self._announce(conversation, mirrored, surely=surely)

    async def _announce(
        self, conversation: Conversation, mirrored: Mirrored, *, surely: bool
    ) -> None:
        entry, server = mirrored.entry, self._server(conversation.network_id)
        if server is None or (
            entry is not None and entry.state in (ListState.OFF, ListState.DELETED)
        ):
            return
        wanted = self._wanted(conversation, mirrored, server)
        if not surely and (
            (entry is not None and entry.says(wanted)) or await self._is_in_trouble(server)
        ):
            return
        try:
            if entry is None or entry.entry_id is None:
                await self._make(server, conversation, entry, wanted)
            else:
                await self._look_after(server, conversation, entry, wanted)
        except discord.Forbidden:
            await self._list.is_not_possible(conversation, Trouble.LIST_NOT_ALLOWED)
            raise
        except discord.HTTPException as error:
            if error.code != LIST_IS_FULL:
                raise
            log.warning("The events list of network %d is full", server.id)
            await self._list.is_not_possible(conversation, Trouble.LIST_FULL)

    async def _is_in_trouble(self, server: discord.Guild) -> bool:
        """Then only the sweep tries again: a crowd that presses would be refused again and again,
        and Discord shuts out a bot that does not take no for an answer."""
        troubles = await self._services.troubles.of_network(NetworkId(server.id))
        return not set(ABOUT_LIST).isdisjoint(troubles)

    async def _make(
        self,
        server: discord.Guild,
        conversation: Conversation,
        entry: ListEntry | None,
        wanted: InList,
    ) -> None:
        if missing_in_server(server, Where.LIST):
            await self._list.is_not_possible(conversation, Trouble.LIST_NOT_ALLOWED)
            return
        if entry is not None and (found := await self._made_before(server, entry)) is not None:
            known = replace(
                entry, entry_id=ListEntryId(found.id), stands=in_list(found), is_written=True
            )
            await self._list.save(known, was=entry)
            await self._look_after(server, conversation, known, wanted)
            return
        begun = ListEntry(
            conversation_id=conversation.id,
            network_id=conversation.network_id,
            entry_id=None,
            state=ListState.KEPT,
            wrote=wanted,
            is_written=False,
            stands=None,
            asked=0 if entry is None else entry.asked,
            asked_at=None,
        )
        await self._list.save(begun, was=entry)
        made = await server.create_scheduled_event(
            privacy_level=discord.PrivacyLevel.guild_only, **_fields(wanted, server)
        )
        await self._is_there(begun, made)

    async def _made_before(
        self, server: discord.Guild, entry: ListEntry
    ) -> discord.ScheduledEvent | None:
        """One that a crash kept us from remembering."""
        for found in await server.fetch_scheduled_events(with_counts=False):
            ours = found.creator_id == server.me.id and found.status not in FINISHED
            if ours and in_list(found) == entry.wrote:
                known = await self._list.of_entry(entry.network_id, ListEntryId(found.id))
                if known is None:
                    return found
        return None

    async def _look_after(
        self,
        server: discord.Guild,
        conversation: Conversation,
        entry: ListEntry,
        wanted: InList,
    ) -> None:
        found = await self._fetch(server, entry)
        if found is None or found.status in FINISHED:
            await self._list.was_deleted(conversation, entry)
            return
        says = in_list(found)
        if says == wanted or (
            entry.state is ListState.KEPT and entry.says(wanted) and says == entry.stands
        ):
            await self._note(replace(entry, state=ListState.KEPT), wanted, says, was=entry)
        elif entry.state is ListState.CHANGED:
            # When ours was moved since, people must not read another hour there.
            is_moved = wanted.starts_at != entry.wrote.starts_at
            if is_moved or entry.has_waited_enough(self._services.clock.now()):
                await self._write(found, server, entry, wanted)
            elif says != entry.stands:
                await self._list.was_changed(conversation, entry, says)
        elif entry.is_ours(says):
            await self._write(found, server, entry, wanted)
        else:
            await self._list.was_changed(conversation, entry, says)

    async def _write(
        self,
        found: discord.ScheduledEvent,
        server: discord.Guild,
        entry: ListEntry,
        wanted: InList,
    ) -> None:
        begun = replace(entry, state=ListState.KEPT, wrote=wanted, is_written=False, asked_at=None)
        await self._list.save(begun, was=entry)
        fields = _fields(wanted, server)
        if found.status is discord.EventStatus.active:
            del fields["start_time"]  # somebody has opened it early, and Discord keeps that
        await self._is_there(begun, await found.edit(**fields))

    async def _is_there(self, begun: ListEntry, made: discord.ScheduledEvent) -> None:
        written = replace(begun, entry_id=ListEntryId(made.id))
        await self._note(written, begun.wrote, in_list(made), was=begun)
        await self._services.troubles.are_over(begun.network_id, ABOUT_LIST)

    async def _note(
        self, entry: ListEntry, wanted: InList, says: InList, *, was: ListEntry
    ) -> None:
        noted = replace(entry, wrote=wanted, stands=says, is_written=True, asked_at=None)
        if noted != was:
            await self._list.save(noted, was=was)

    async def _begin(self, entry: ListEntry | None) -> None:
        """Those in a voice channel do not begin by themselves; the others may have."""
        server = None if entry is None else self._server(entry.network_id)
        if entry is None or server is None:
            return
        found = await self._fetch(server, entry)
        if found is not None and found.status is discord.EventStatus.scheduled:
            await found.start()

    async def _end(self, entry: ListEntry | None, *, is_gone: bool) -> None:
        server = None if entry is None else self._server(entry.network_id)
        if entry is None or server is None:
            return
        found = await self._fetch(server, entry)
        if found is not None and found.status is discord.EventStatus.active:
            await found.end()
        elif found is not None and found.status is discord.EventStatus.scheduled:
            is_early = self._services.clock.now() < found.start_time
            await (found.cancel() if is_early and not is_gone else found.delete())
        await self._list.forget(entry.conversation_id)

    def _server(self, network_id: NetworkId) -> discord.Guild | None:
        """None while Discord does not tell us of it."""
        server = self._bot.get_guild(network_id)
        return None if server is None or server.unavailable else server

    async def _fetch(
        self, server: discord.Guild, entry: ListEntry
    ) -> discord.ScheduledEvent | None:
        if entry.entry_id is None:
            return None
        try:
            return await server.fetch_scheduled_event(entry.entry_id, with_counts=False)
        except discord.NotFound:
            return None

    def _wanted(
        self, conversation: Conversation, mirrored: Mirrored, server: discord.Guild
    ) -> InList:
        details, posted = conversation.details, mirrored.posted
        venue = server.get_channel(details.venue_channel_id or 0)
        sign_up = "look in the conversations channel."
        if posted is not None:
            path = f"{posted.network_id}/{posted.channel_id}/{posted.message_id}"
            sign_up = f"https://discord.com/channels/{path}"
        location = ON_ITS_CARD if details.join_link is None else ONLINE
        if venue is not None:
            location = f"In #{venue.name}"
        return InList.of(
            conversation,
            sign_up=sign_up,
            channel_id=ChannelId(venue.id) if venue is not None and _may_host(venue) else None,
            location=location,
        )


def _may_host(channel: discord.abc.GuildChannel) -> bool:
    """Whether Discord lets us put something into the list for that channel itself."""
    allowed = channel.permissions_for(channel.guild.me)
    if isinstance(channel, discord.StageChannel):
        return allowed.manage_channels and allowed.mute_members and allowed.move_members
    return isinstance(channel, discord.VoiceChannel) and allowed.view_channel and allowed.connect


def _fields(wanted: InList, server: discord.Guild) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "name": wanted.name,
        "description": wanted.description,
        "start_time": wanted.starts_at,
        "end_time": wanted.ends_at,
    }
    channel = None if wanted.channel_id is None else server.get_channel(wanted.channel_id)
    if isinstance(channel, discord.StageChannel):
        return {**fields, "entity_type": discord.EntityType.stage_instance, "channel": channel}
    if channel is not None:
        return {**fields, "entity_type": discord.EntityType.voice, "channel": channel}
    return {**fields, "entity_type": discord.EntityType.external, "location": wanted.location}


def in_list(found: discord.ScheduledEvent) -> InList:
    """What Discord's list says."""
    return InList(
        name=found.name,
        description=found.description or "",
        starts_at=_whole(found.start_time),
        ends_at=None if found.end_time is None else _whole(found.end_time),
        channel_id=None if found.channel_id is None else ChannelId(found.channel_id),
        location=found.location or "",
    )


def _whole(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)
