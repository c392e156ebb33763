"""Picking a conversation by its title while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.ui.text import shortened
from cogs.asking import network_of
from cogs.conversations import wording

if TYPE_CHECKING:
    from bot.client import Interaction

MOST_CHOICES = 25
LONGEST_CHOICE = 100
"""Discord's own limits."""


async def titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The conversations ahead that fit *typed*. What comes back is still only text: see `pick`."""
    network = await network_of(interaction)
    found = await interaction.client.services.calendar.titled(network.id, typed)
    choices: list[app_commands.Choice[str]] = []
    for each in found[:MOST_CHOICES]:
        when = wording.when(each, network)
        title = shortened(each.title, LONGEST_CHOICE - len(when) - 3)
        choices.append(app_commands.Choice(name=f"{title} · {when}", value=str(each.id)))
    return choices
