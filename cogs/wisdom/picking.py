"""Picking a kind, a theme or a conversation while typing, and words that find something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.errors import NotFound
from bot.ids import KindId, ThemeId
from cogs.asking import network_id_of

if TYPE_CHECKING:
    from bot.client import Interaction

MOST_CHOICES = 25
LONGEST_CHOICE = 100


async def kinds(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    vocabulary = await interaction.client.services.themes.vocabulary(network_id_of(interaction))
    return _choices([(each.label, each.id) for each in vocabulary.kinds], typed)


async def themes(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    vocabulary = await interaction.client.services.themes.vocabulary(network_id_of(interaction))
    return _choices([(each.label, each.id) for each in vocabulary.themes], typed)


async def completions(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """What somebody who has begun to type may mean. Only what is public helps."""
    found = await interaction.client.services.wisdom.showing.complete(
        network_id_of(interaction), typed
    )
    fitting = [each for each in found if len(each) <= LONGEST_CHOICE]
    return [app_commands.Choice(name=each, value=each) for each in fitting[:MOST_CHOICES]]


async def picked_kind(interaction: Interaction, picked: str | None) -> KindId | None:
    """Raises `NotFound`: no kind of this network is called so."""
    if picked is None:
        return None
    vocabulary = await interaction.client.services.themes.vocabulary(network_id_of(interaction))
    found = _found([(each.label, each.id) for each in vocabulary.kinds], picked)
    if found is None:
        raise NotFound("I can't find that kind. Pick one from the list that comes up.")
    return KindId(found)


async def picked_theme(interaction: Interaction, picked: str | None) -> ThemeId | None:
    """Raises `NotFound`: no theme of this network is called so."""
    if picked is None:
        return None
    vocabulary = await interaction.client.services.themes.vocabulary(network_id_of(interaction))
    found = _found([(each.label, each.id) for each in vocabulary.themes], picked)
    if found is None:
        raise NotFound("I can't find that theme. Pick one from the list that comes up.")
    return ThemeId(found)


def _choices(named: list[tuple[str, int]], typed: str) -> list[app_commands.Choice[str]]:
    sought = typed.strip().casefold()
    fitting = [each for each in named if sought in each[0].casefold()]
    return [
        app_commands.Choice(name=label, value=str(number))
        for label, number in fitting[:MOST_CHOICES]
    ]


def _found(named: list[tuple[str, int]], picked: str) -> int | None:
    """By what was picked from the list, or typed in full."""
    sought = picked.strip().casefold()
    for label, number in named:
        if sought in (str(number), label.casefold()):
            return number
    return None
