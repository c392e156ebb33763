"""Reading a new series back to its organiser, before anything is made."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.clock import spoken_day, spoken_length, spoken_time, spoken_zone
from bot.ids import SeriesId
from bot.network.model import Network
from bot.series.model import AHEAD, Rule, Series
from bot.ui.answering import show, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, shortened
from cogs.asking import network_of, person_of
from cogs.series import wording

if TYPE_CHECKING:
    from bot.client import Interaction

MOST_READ_BACK = 1000
"""Characters of a description: the rest of the message needs its room."""


def draft_series_card(draft: Series, dates: Sequence[datetime], network: Network) -> Card:
    details = draft.details
    limit = (
        "no limit on places"
        if details.places is None
        else counted(details.places, "place", "places")
    )
    about = [f"{spoken_length(details.minutes)} each, with {limit}.", wording.announced(draft)]
    if details.venue_channel_id is not None:
        about.append(f"Where: <#{details.venue_channel_id}>")
    if details.join_link is not None:
        about.append(f"The link that people with a place are given: {details.join_link}")
    return card_of(
        words("## Is this right?\nOnly you see this. Nothing is made yet."),
        words(f"**{wording.happens(draft, network)}**"),
        words(dates_in_words(draft.rule, dates, network)),
        discord.ui.Separator(),
        words(f"### {as_typed(details.title)}"),
        words(shortened(as_typed(details.description), MOST_READ_BACK) or "No description yet."),
        words("\n".join(about)),
        row_of(StartSeriesButton(draft.id), ThrowSeriesAwayButton(draft.id)),
    )


def dates_in_words(rule: Rule, dates: Sequence[datetime], network: Network) -> str:
    """The next dates of a rule, on the network's walls."""
    zone = spoken_zone(network.zone)
    lines = [f"- {spoken_day(wall)}, {spoken_time(wall)} {zone}" for wall in dates]
    last = rule.last
    goes_on = last is None or (bool(dates) and last > dates[-1])
    return "\n".join(["The next dates:", *lines, *(["- and so on"] if goes_on else [])])


async def show_draft(interaction: Interaction, draft: Series) -> None:
    network = await network_of(interaction)
    book = interaction.client.services.series.book
    dates = await book.draft_dates(draft.rule, network.id)
    await show(interaction, draft_series_card(draft, dates, network))


class StartSeriesButton(PersistentButton, template=r"series:start:(?P<id>[0-9]{1,19})"):
    form, label = "series:start:{id}", "Start it"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        series = await services.series.starting.start(
            SeriesId(self.id_), by=await person_of(interaction)
        )
        network = await network_of(interaction)
        text = (
            f"**{as_typed(series.title)}** is started. {wording.happens(series, network)} "
            f"{wording.announced(series)} There are always {AHEAD} ahead, if the series has as "
            "many, and you can change each before or after it is announced.\n"
            "Everybody can see it, and sign up to all of it, with /conversation series."
        )
        await show_in_place(interaction, card_of(words(text)))


class ThrowSeriesAwayButton(PersistentButton, template=r"series:throw-away:(?P<id>[0-9]{1,19})"):
    form, label = "series:throw-away:{id}", "Throw it away"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.series.starting.throw_away(
            SeriesId(self.id_), by=await person_of(interaction)
        )
        await show_in_place(interaction, card_of(words("Thrown away. Nobody has seen it.")))
