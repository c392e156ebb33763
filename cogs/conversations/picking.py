"""Picking a conversation by its title while typing, and finding it again by what was typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discord import app_commands

from bot.conversations.model import Conversation
from bot.errors import NotFound
from bot.network.model import Network
from bot.people import Person
from bot.ui.text import shortened
from cogs.asking import network_of, person_in, person_of
from cogs.conversations import wording

if TYPE_CHECKING:
    from bot.client import Interaction

MOST_CHOICES = 25
LONGEST_CHOICE = 100
"""Discord's own limits."""

LONGEST_QUESTION = 45
"""Of a question in a form, by Discord's own limit."""


async def titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The conversations ahead that fit *typed*. What comes back is still only text: see `pick`."""
    network = await network_of(interaction)
    # Organisers look after conversations before anybody hears of them.
    unannounced = _is_organising(interaction) and person_in(network, interaction).is_organiser
    found = await interaction.client.services.calendar.titled(
        network.id, typed, unannounced=unannounced
    )
    return _choices(found, network)


async def begun_titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """As `titles`, of the conversations that have begun, the latest first."""
    network = await network_of(interaction)
    found = await interaction.client.services.calendar.begun(network.id, typed)
    return _choices(found, network)


def _choices(found: Sequence[Conversation], network: Network) -> list[app_commands.Choice[str]]:
    choices: list[app_commands.Choice[str]] = []
    for each in found[:MOST_CHOICES]:
        when = wording.when(each, network)
        title = shortened(each.title, LONGEST_CHOICE - len(when) - 3)
        choices.append(app_commands.Choice(name=f"{title} · {when}", value=str(each.id)))
    return choices


def _is_organising(interaction: Interaction) -> bool:
    command = interaction.command
    return command is not None and command.qualified_name.startswith("organise ")


async def guest_names(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The guests of the conversation that was picked before, for organisers only."""
    person, chosen = await person_of(interaction), interaction.namespace.conversation
    if not person.is_organiser or not isinstance(chosen, str):
        return []
    services = interaction.client.services
    try:
        picked = await services.calendar.pick(person.network_id, chosen, unannounced=True)
        guests = await services.guests.coming(picked.id, by=person)
    except NotFound:
        return []
    wanted = typed.casefold()
    return [
        app_commands.Choice(name=each.guest.name, value=str(each.guest.id))
        for each in guests
        if wanted in each.guest.name.casefold()
    ][:MOST_CHOICES]


async def pick_as_organiser(
    interaction: Interaction, typed: str, to_do: str
) -> tuple[Person, Conversation]:
    """The organiser who asks, and the conversation they mean. *to_do* is what they ask for."""
    person = await person_of(interaction)
    person.must_be_organiser(to_do)
    picked = await interaction.client.services.calendar.pick(
        person.network_id, typed, unannounced=True
    )
    return person, picked
