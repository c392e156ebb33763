"""One browser page for each channel and private conversation, served when first asked for."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import simcord
from simcord.backend.models import Channel
from simcord.enums import ChannelType

from bot.demo import backstage, simulator
from bot.demo.stage import Stage
from bot.demo.world import ZONE, World

if TYPE_CHECKING:
    from simcord.preview import Preview

SHOWN = {
    ChannelType.TEXT,
    ChannelType.NEWS,
    ChannelType.PUBLIC_THREAD,
    ChannelType.PRIVATE_THREAD,
}


@dataclass(frozen=True, slots=True)
class Room:
    """Something that a page can show."""

    id: int
    name: str
    about: str
    messages: int


@dataclass(frozen=True, slots=True)
class Rooms:
    channels: list[Room]
    threads: list[Room]
    private: list[Room]
    forums: list[str]
    """Their posts are threads: a forum has no page of its own."""


class Pages:
    def __init__(self, stage: Stage, world: World) -> None:
        self._stage = stage
        self._world = world
        self._fan = simulator.Fan()
        self._open: dict[tuple[int, int], Preview] = {}
        """By channel, and by the person as whom a new tab begins."""

    def rooms(self) -> Rooms:
        """All there is to look at just now."""
        rooms = Rooms([], [], [], [])
        for member in self._world.people.values():
            private = self._channel(member.user.dm_channel.id)
            if private is not None:
                name = member.user.global_name or member.name
                rooms.private.append(self._room(private, name, ""))
        for channel in backstage.channels(self._stage.env):
            name = channel.name or ""
            if channel.type == ChannelType.FORUM:
                rooms.forums.append(name)
            elif channel.is_thread:
                rooms.threads.append(self._room(channel, name, self._parent(channel)))
            elif channel.type in SHOWN:
                rooms.channels.append(self._room(channel, f"#{name}", channel.topic or ""))
        return rooms

    def _room(self, channel: Channel, name: str, about: str) -> Room:
        messages = backstage.messages_in(self._stage.env, channel)
        return Room(channel.id, name, about, len(messages))

    def _parent(self, thread: Channel) -> str:
        every = backstage.channels(self._stage.env)
        return next((f"in #{each.name}" for each in every if each.id == thread.parent_id), "")

    async def open(self, channel_id: int, first: int | None = None) -> str | None:
        """The address of a channel's page; None when there is none, or nobody may read it.

        *first* is the person as whom a new tab begins.
        """
        async with self._stage.turns:
            preview = await self._preview(channel_id, first)
            return preview.url if preview is not None else None

    async def show(self, channel_id: int, result: simcord.InteractionResult, first: int) -> None:
        """Show the form or answer that *first* was given. The caller has its turn."""
        preview = await self._preview(channel_id, first)
        if preview is not None and (result.modal is not None or result.response is not None):
            await preview.show(result)

    async def _preview(self, channel_id: int, first: int | None) -> "Preview | None":
        channel = self._channel(channel_id)
        viewers = self._viewers(channel, first) if channel is not None else ()
        if channel is None or not viewers:
            return None
        key = (channel_id, viewers[0].id)
        preview = self._open.get(key)
        if preview is None or simulator.has_ended(preview):
            preview = self._open[key] = await simulator.open_preview(
                self._stage.env,
                self._fan,
                self._stage.turns,
                backstage.handle_of(self._stage.env, channel),
                viewers,
                locale="en-GB",
                timezone=ZONE.key,
            )
        return preview

    async def redraw(self) -> None:
        """Show what has happened on every open page. The caller has its turn."""
        for key, preview in list(self._open.items()):
            channel = self._channel(key[0])
            viewers = self._viewers(channel, key[1]) if channel is not None else ()
            if simulator.has_ended(preview) or not viewers:
                del self._open[key]
                self._fan.previews.remove(preview)
                await preview.close()
                continue
            preview.viewers = viewers
            await preview.refresh()

    async def close(self) -> None:
        for preview in self._open.values():
            await preview.close()

    def _channel(self, channel_id: int) -> Channel | None:
        """Only one that a page can show."""
        for channel in backstage.channels(self._stage.env):
            if channel.id == channel_id and channel.type in SHOWN | {ChannelType.DM}:
                return channel
        return None

    def _viewers(
        self, channel: Channel, first: int | None
    ) -> tuple[simcord.MemberActor | simcord.UserHandle, ...]:
        people = self._world.people.values()
        if channel.type == ChannelType.DM:
            return tuple(member.user for member in people if member.id in channel.recipient_ids)
        may_read = [m for m in people if backstage.may_read(self._stage.env, channel, m)]
        return tuple(sorted(may_read, key=lambda member: member.id != first))
