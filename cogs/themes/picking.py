"""Picking a theme, a kind or a group of words by its name while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.themes.model import Kind, Named, Theme, value_of
from cogs.asking import person_of
from cogs.conversations.picking import MOST_CHOICES
from cogs.themes.wording import what_it_is

if TYPE_CHECKING:
    from bot.client import Interaction


async def everything(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """All that has a name and fits *typed*. What comes back is still only text."""
    return _choices(await _named(interaction, typed))


async def themes(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    return _choices([each for each in await _named(interaction, typed) if isinstance(each, Theme)])


async def with_words(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = await _named(interaction, typed)
    return _choices([each for each in found if not isinstance(each, Kind)])


async def _named(interaction: Interaction, typed: str) -> list[Named]:
    person = await person_of(interaction)
    if not person.is_moderator:
        return []
    vocabulary = await interaction.client.services.themes.vocabulary(person.network_id)
    return list(vocabulary.named(typed))


def _choices(found: list[Named]) -> list[app_commands.Choice[str]]:
    return [
        app_commands.Choice(name=f"{each.label} · {what_it_is(each)}", value=value_of(each))
        for each in found[:MOST_CHOICES]
    ]
