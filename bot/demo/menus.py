"""Message menus: what Discord shows under “Apps” when somebody presses a message for long.

The channels' pages have no such menus, so the lobby offers them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import discord
import simcord
from simcord.backend.models import Message

from bot.client import CoproductionBot
from bot.demo import backstage

RECENT = 8
"""How many messages of each channel can be chosen."""

LONGEST = 60


@dataclass(frozen=True, slots=True)
class Choice:
    place: str
    """As the form sends it back: a channel and a message."""
    words: str


def names(bot: CoproductionBot) -> list[str]:
    commands = bot.tree.get_commands(type=discord.AppCommandType.message)
    return sorted(command.name for command in commands)


def recent_messages(env: simcord.Env) -> list[Choice]:
    choices: list[Choice] = []
    for channel in backstage.channels(env):
        if channel.guild_id is None:
            continue
        for message in backstage.messages_in(env, channel)[-RECENT:]:
            author = backstage.called(env, message.author_id)
            text = f"#{channel.name}, {author}: {_gist(message)}"
            choices.append(Choice(f"{channel.id}-{message.id}", text))
    return choices


def find(env: simcord.Env, place: str) -> Message | None:
    for channel in backstage.channels(env):
        for message in backstage.messages_in(env, channel):
            if place == f"{channel.id}-{message.id}":
                return message
    return None


async def use(
    env: simcord.Env, member: simcord.MemberActor, menu: str, message: Message
) -> simcord.InteractionResult:
    """Raises simcord's SetupError where Discord would not offer the menu to *member*."""
    channel = backstage.channel_of(env, message)
    return await member.context_menu(channel, menu, simcord.ResponseMessage(env, message))


def _gist(message: Message) -> str:
    text = " ".join((message.content or " ".join(_words(message.components))).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _words(components: Any) -> Iterator[str]:
    for component in components:
        if isinstance(component.get("content"), str):
            yield component["content"].lstrip("# ")
        yield from _words(component.get("components", ()))
