"""Creating what a server is missing: roles, channels, and the forum's tags.

Each thing is found before it is made, and remembered as soon as it is there, so that a second
press after a crash or a refusal goes on where the first one stopped.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.ids import ChannelId, NetworkId, RoleId
from bot.network.model import ChannelUse, Duty, Network
from bot.people import Person
from bot.themes.model import FORUM_TAGS
from bot.ui.parts import PersistentButton
from bot.ui.text import counted
from cogs.asking import person_of, server_of
from cogs.network import spoken
from cogs.network.needs import missing_in_server, named
from cogs.themes.forum import keep_tags, practice_forum

if TYPE_CHECKING:
    from bot.client import Interaction, Services

log = logging.getLogger(__name__)

Made: TypeAlias = discord.TextChannel | discord.ForumChannel | discord.Role

REASON = "Setting up the co-production bot"

NAMES = {
    ChannelUse.CONVERSATIONS: "conversations",
    ChannelUse.PRACTICE: "practice",
    ChannelUse.WISDOM: "wisdom",
    ChannelUse.MODERATION: "moderation-queue",
}
TOPICS = {
    ChannelUse.CONVERSATIONS: "Our conversations on co-production. Sign up on a card below.",
    ChannelUse.PRACTICE: "What works, and what you would tell others. Share yours.",
    ChannelUse.WISDOM: "What people said, kept with their consent.",
    ChannelUse.MODERATION: "What waits for a moderator.",
}
ROLE_NAMES = {Duty.ORGANISER: "Organiser", Duty.MODERATOR: "Moderator"}

SHOWS_COMMANDS = {
    Duty.ORGANISER: ("manage_events", "Manage Events"),
    Duty.MODERATOR: ("manage_messages", "Manage Messages"),
}
"""The permission that makes a duty's commands visible, as Discord's default for them says."""


@dataclass(frozen=True, slots=True)
class Maker:
    server: discord.Guild
    services: Services
    by: Person

    async def make_all(self) -> AsyncGenerator[str, None]:
        """Make what is missing, and say one line about each thing as it is done."""
        for duty in Duty:
            yield await self._attempt(f"the {ROLE_NAMES[duty]} role", self._role(duty))
        for used_for in ChannelUse:
            yield await self._attempt(f"#{NAMES[used_for]}", self._channel(used_for))
        yield await self._attempt("the forum's tags", self._tags())
        if lost := await count_lost(self.server, self.services):
            await self.services.practice.posts.post_again(
                self.by.network_id, gone_with=await lost_forums(self.server, self.services)
            )
            threads = counted(lost, "practice", "practices")
            yield f"I open new threads for {threads} whose threads were deleted."

    async def show_commands(self) -> AsyncGenerator[str, None]:
        """Give each role the permission without which Discord hides its commands."""
        network = await self._network()
        for duty, (flag, called) in SHOWS_COMMANDS.items():
            role = self.server.get_role(network.roles.get(duty, 0))
            if role is None:
                yield f"There is no {ROLE_NAMES[duty]} role yet."
            elif getattr(role.permissions, flag):
                yield f"{role.mention} already has **{called}**."
            else:
                yield await self._attempt(
                    f"{role.mention} see its commands", self._grant(role, flag, called)
                )

    async def _attempt(self, what: str, work: Awaitable[str]) -> str:
        try:
            return await work
        except discord.Forbidden:
            missing = missing_in_server(self.server)
            because = (
                f"I need {named(missing)}"
                if missing
                else "my own role must stand above it in the server's list of roles"
            )
            return f"I couldn't make {what}: {because}."
        except discord.HTTPException as error:
            log.warning("Could not make %s in network %d: %s", what, self.server.id, error.code)
            return f"I couldn't make {what}: Discord refused (code {error.code}). Try again later."

    async def _network(self) -> Network:
        return await self.services.networks.get(self.by.network_id)

    async def _role(self, duty: Duty) -> str:
        called = spoken.ROLES[duty][0]
        chosen = (await self._network()).roles.get(duty, 0)
        if (role := self.server.get_role(chosen)) is not None:
            return f"{called}: {role.mention}, as before."
        name = ROLE_NAMES[duty]
        role = discord.utils.find(lambda r: r.name.casefold() == name.casefold(), self.server.roles)
        found = role is not None
        if role is None:
            role = await self.server.create_role(
                name=name, permissions=self._allowed(duty), mentionable=False, reason=REASON
            )
        await self.services.networks.choose_role(duty, RoleId(role.id), by=self.by)
        return f"{called}: {_how(found)} {role.mention}."

    def _allowed(self, duty: Duty) -> discord.Permissions:
        """Nobody can give what they do not have."""
        flag, _ = SHOWS_COMMANDS[duty]
        return discord.Permissions(**{flag: getattr(self.server.me.guild_permissions, flag)})

    async def _grant(self, role: discord.Role, flag: str, called: str) -> str:
        permissions = role.permissions
        permissions.update(**{flag: True})
        await role.edit(permissions=permissions, reason=REASON)
        return f"{role.mention} now has **{called}**, and so sees its commands."

    async def _channel(self, used_for: ChannelUse) -> str:
        called = spoken.CHANNELS[used_for][0]
        chosen = (await self._network()).channels.get(used_for, 0)
        if (channel := self.server.get_channel(chosen)) is not None:
            return f"{called}: {channel.mention}, as before."
        found = self._channel_named(used_for)
        made = found or await self._create(used_for)
        await self.services.networks.choose_channel(used_for, ChannelId(made.id), by=self.by)
        return f"{called}: {_how(found is not None)} {made.mention}."

    def _channel_named(
        self, used_for: ChannelUse
    ) -> discord.TextChannel | discord.ForumChannel | None:
        forum = used_for is ChannelUse.PRACTICE
        channels = self.server.forums if forum else self.server.text_channels
        return discord.utils.get(channels, name=NAMES[used_for])

    async def _create(self, used_for: ChannelUse) -> discord.TextChannel | discord.ForumChannel:
        name, topic = NAMES[used_for], TOPICS[used_for]
        if used_for is ChannelUse.PRACTICE:
            return await self.server.create_forum(name, topic=topic, reason=REASON)
        if used_for is not ChannelUse.MODERATION:
            return await self.server.create_text_channel(name, topic=topic, reason=REASON)
        overwrites: dict[
            discord.Role | discord.Member | discord.Object, discord.PermissionOverwrite
        ]
        overwrites = {
            self.server.default_role: discord.PermissionOverwrite(view_channel=False),
            self.server.me: discord.PermissionOverwrite(view_channel=True),
        }
        role = self.server.get_role((await self._network()).roles.get(Duty.MODERATOR, 0))
        if role is not None:
            overwrites[role] = discord.PermissionOverwrite(view_channel=True)
        return await self.server.create_text_channel(
            name, topic=topic, overwrites=overwrites, reason=REASON
        )

    async def _tags(self) -> str:
        forum = await practice_forum(self.services, self.server)
        if forum is None:
            return "The practice forum is missing, so it has no tags yet."
        before = len(forum.available_tags)
        plan = await keep_tags(self.services, forum)
        if plan is None:
            return "I couldn't make the forum's tags: I need **Manage Channels**."
        if plan.left_out:
            return (
                f"{forum.mention} has tags of its own, so {len(plan.left_out)} of mine don't fit: "
                f"Discord allows {FORUM_TAGS}. Remove some, then press again."
            )
        if not plan.new:
            return f"{forum.mention} has all its {before} tags."
        return f"{forum.mention} now has its {len(plan.kept) + len(plan.new)} tags."


async def lost_forums(server: discord.Guild, services: Services) -> list[ChannelId]:
    """Those that had threads of practices, and have been deleted with all of them."""
    forums = await services.practice.posts.forums(NetworkId(server.id))
    return [each for each in forums if server.get_channel(each) is None]


async def count_lost(server: discord.Guild, services: Services) -> int:
    """How many practices have lost their thread, by itself or with its forum."""
    return await services.practice.posts.count_lost(
        NetworkId(server.id), gone_with=await lost_forums(server, services)
    )


def _how(found: bool) -> str:
    return "I found and will use" if found else "I made"


def missing_tags(forum: discord.ForumChannel, labels: Sequence[str]) -> list[str]:
    present = {tag.name.casefold() for tag in forum.available_tags}
    return [label for label in labels if label.casefold() not in present]


async def maker_for(interaction: Interaction) -> Maker:
    person = await person_of(interaction)
    person.must_manage_network("set up this server")
    return Maker(server_of(interaction), interaction.client.services, person)


async def report(interaction: Interaction, heading: str, steps: AsyncIterator[str]) -> None:
    """One private message that grows by a line as each thing is done."""
    lines = [heading]
    message = await interaction.followup.send(f"{heading}\n…", ephemeral=True, wait=True)
    async for line in steps:
        lines.append(line)
        await message.edit(content="\n".join([*lines, "…"]))
    await message.edit(content="\n".join([*lines, "**Done.**"]))


class ShowCommandsButton(PersistentButton, template=r"network:show-commands"):
    form, label = "network:show-commands", "Let roles see their commands"

    async def press(self, interaction: Interaction) -> None:
        maker = await maker_for(interaction)
        await interaction.response.defer()
        await report(interaction, "### Letting roles see their commands", maker.show_commands())
