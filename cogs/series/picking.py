"""Picking a series, or one of its dates, while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.clock import spoken
from bot.errors import NotFound
from bot.people import Person
from bot.series.model import Series
from bot.ui.text import shortened
from cogs.asking import network_of, person_of
from cogs.conversations.picking import LONGEST_CHOICE, MOST_CHOICES

if TYPE_CHECKING:
    from bot.client import Interaction


async def series_titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The series that fit *typed*. What comes back is still only text: see `pick_series`."""
    network = await network_of(interaction)
    found = await interaction.client.services.series.book.titled(network.id, typed)
    choices: list[app_commands.Choice[str]] = []
    for each in found[:MOST_CHOICES]:
        name = shortened(f"{each.title} · {each.rule.spoken(network.zone)}", LONGEST_CHOICE)
        choices.append(app_commands.Choice(name=name, value=str(each.id)))
    return choices


async def dates_of_series(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The next dates of the series that was picked just before."""
    network = await network_of(interaction)
    book = interaction.client.services.series.book
    try:
        series = await book.pick(network.id, str(interaction.namespace.series or ""))
    except NotFound:
        return []
    choices: list[app_commands.Choice[str]] = []
    for each in await book.dates(series, MOST_CHOICES):
        is_cancelled = each.conversation is not None and each.conversation.is_cancelled
        when = spoken(each.starts_at, network.zone)
        if each.day is None or each.is_skipped or is_cancelled:
            continue
        if typed.casefold() in when.casefold():
            choices.append(app_commands.Choice(name=when, value=each.day.isoformat()))
    return choices


async def pick_series(interaction: Interaction, typed: str, to_do: str) -> tuple[Person, Series]:
    """The organiser who asks, and the series they mean. *to_do* is what they ask for."""
    person = await person_of(interaction)
    person.must_be_organiser(to_do)
    series = await interaction.client.services.series.book.pick(person.network_id, typed)
    return person, series
