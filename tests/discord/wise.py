"""A network whose moderators have a channel, and short ways to what happens in it."""

from dataclasses import dataclass
from typing import Any

import discord

from bot.ids import ChannelId, RoleId
from bot.network.model import ChannelUse, Duty
from tests.discord.conftest import World, text_of

WORDS = "They *listened* first, and only then got the forms out.\n1. That was new."
AGREES = {"uses": ["discord"], "credit": "anonymous", "lasting": "open"}


@dataclass
class Wise:
    world: World
    moderation: Any
    wisdom: Any
    moderators: Any  # the role
    moderator: Any

    async def share(self, who: Any, words: str = WORDS, agrees: Any = None, **rest: Any) -> Any:
        """Share by command, form, button and form, and give back the thanks."""
        asked = await self.write(who, words, **rest)
        return await self.agree(who, asked.response.message, agrees)

    async def write(self, who: Any, words: str = WORDS, **rest: Any) -> Any:
        opened = await who.slash(self.world.general, "wisdom share")
        return await who.submit_modal(opened, {"words": words, **rest})

    async def agree(self, who: Any, message: Any, agrees: Any = None) -> Any:
        form = await who.click(message, label="Choose how they may be used")
        return await who.submit_modal(form, AGREES if agrees is None else agrees)

    async def publish(self) -> None:
        await self.moderator.click(self.waiting(), label="Publish")
        await self.world.env.advance_time(10)

    async def published(
        self, who: Any, words: str = WORDS, agrees: Any = None, **rest: Any
    ) -> None:
        await self.share(who, words, agrees, **rest)
        await self.world.env.advance_time(10)
        await self.publish()

    def waiting(self) -> Any:
        """The latest card in the moderators' channel."""
        return self.moderation.history()[-1]

    async def search(self, who: Any, words: str, **filters: Any) -> str:
        found = await who.slash(self.world.general, "wisdom search", words=words, **filters)
        return text_of(found.response.message)

    async def mine(self, who: Any) -> Any:
        """The card of one's newest quote."""
        listed = await who.slash(self.world.general, "wisdom mine")
        opened = await who.click(listed.response.message, label="Open")
        return opened.response.message

    async def keep(self, who: Any, message: Any) -> Any:
        return await who.context_menu(self.world.general, "Keep as wisdom", message)

    def private(self, who: Any) -> list[Any]:
        return who.user.dm_channel.history() if who.user.dm_channel else []


async def build_wise(world: World) -> Wise:
    role = world.server.create_role(
        "Moderator", permissions=discord.Permissions(manage_messages=True)
    )
    moderation = world.server.create_text_channel("moderation")
    wisdom = world.server.create_text_channel("wisdom")
    networks, by = world.parts.networks, world.as_manager
    await networks.choose_role(Duty.MODERATOR, RoleId(role.id), by=by)
    for use, channel in ((ChannelUse.MODERATION, moderation), (ChannelUse.WISDOM, wisdom)):
        await networks.choose_channel(use, ChannelId(channel.id), by=by)
    await world.env.settle()
    return Wise(
        world=world,
        moderation=moderation,
        wisdom=wisdom,
        moderators=role,
        moderator=world.server.add_member(world.env.create_user("moderator"), roles=[role]),
    )
