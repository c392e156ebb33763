"""Changing and ending a series: what organisers read before they press."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import discord

from bot.conversations.service.changing import LONGEST_REASON
from bot.ids import ProposedRuleId, SeriesId
from bot.network.model import Network
from bot.series.model import Counts, ProposedRule
from bot.ui.answering import open_form, say, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted
from cogs.asking import network_of, person_of
from cogs.conversations.changes import ReasonForm
from cogs.series import wording
from cogs.series.draft import dates_in_words

if TYPE_CHECKING:
    from bot.client import Interaction


def change_card(proposed: ProposedRule, dates: Sequence[datetime], network: Network) -> Card:
    series = proposed.series
    weeks = counted(proposed.announce_weeks, "week", "weeks")
    return card_of(
        words(
            f"## Change the series?\nOnly you see this. Nothing has changed yet.\n"
            f"**{as_typed(series.title)}**"
        ),
        words(
            f"From: {series.rule.spoken(network.zone)}\n"
            f"To: **{proposed.rule.spoken(network.zone)}**\n"
            f"Each is announced {weeks} before."
        ),
        words(dates_in_words(proposed.rule, dates, network)),
        words(
            "Conversations ahead move to these dates, and everybody with a place is asked to say "
            "again. Those that somebody changed by themselves stay as they are."
        ),
        row_of(ChangeSeriesButton(proposed.id), LeaveSeriesAsItIsButton(proposed.id)),
    )


async def show_change(interaction: Interaction, proposed: ProposedRule) -> None:
    network = await network_of(interaction)
    book = interaction.client.services.series.book
    dates = await book.draft_dates(proposed.rule, network.id)
    await show_in_place(interaction, change_card(proposed, dates, network))


class ChangeSeriesButton(PersistentButton, template=r"series:change:(?P<id>[0-9]{1,19})"):
    """Its id is that of the rule that was read back."""

    form, label = "series:change:{id}", "Change it"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        outcome = await interaction.client.services.series.reshaping.change(
            ProposedRuleId(self.id_), by=await person_of(interaction)
        )
        series = outcome.series
        what = wording.reshaped(outcome, network, did="Moved")
        text = (
            f"**{as_typed(series.title)}** is changed. {wording.happens(series, network)}\n{what}"
        )
        await show_in_place(interaction, card_of(words(text.rstrip())))


class LeaveSeriesAsItIsButton(
    PersistentButton, template=r"series:leave-as-it-is:(?P<id>[0-9]{1,19})"
):
    form, label = "series:leave-as-it-is:{id}", "Leave it as it is"

    async def press(self, interaction: Interaction) -> None:
        series = await interaction.client.services.series.reshaping.leave_as_it_is(
            ProposedRuleId(self.id_), by=await person_of(interaction)
        )
        text = f"**{as_typed(series.title)}** stays as it is. Nobody was told."
        await show_in_place(interaction, card_of(words(text)))


def end_card(counts: Counts, network: Network) -> Card:
    series = counts.series
    parts: list[discord.ui.Item[Card]] = [
        words(
            f"## End the series?\n**{as_typed(series.title)}**\n"
            f"{wording.happens(series, network)}\nIt will make no more conversations. This cannot "
            "be undone."
        )
    ]
    buttons: list[PersistentButton] = [EndSeriesButton(series.id)]
    if counts.announced:
        parts.append(words(f"Already announced:\n{wording.dates(counts.announced, network)}"))
        buttons.append(EndAndCancelButton(series.id))
    parts.append(row_of(*buttons))
    return card_of(*parts)


class EndSeriesButton(PersistentButton, template=r"series:end:(?P<id>[0-9]{1,19})"):
    form, label = "series:end:{id}", "End it, keep what is announced"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        await show_in_place(interaction, card_of(words(await _end(interaction, self.id_, None))))


class EndAndCancelButton(PersistentButton, template=r"series:end-and-cancel:(?P<id>[0-9]{1,19})"):
    form, label = "series:end-and-cancel:{id}", "End it, cancel what is announced"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        person = await person_of(interaction)
        await interaction.client.services.series.pausing.counts(SeriesId(self.id_), by=person)
        form = ReasonForm(
            title="End this series",
            asks="Why does it end?",
            hint="Everybody who answered reads this, and it stays on the cards.",
            at_most=LONGEST_REASON,
            then=self._end_because,
        )
        await open_form(interaction, form)

    async def _end_because(self, interaction: Interaction, because: str) -> None:
        await say(interaction, await _end(interaction, self.id_, because))


async def _end(interaction: Interaction, series_id: int, because: str | None) -> str:
    outcome = await interaction.client.services.series.pausing.end(
        SeriesId(series_id), because, by=await person_of(interaction)
    )
    network = await network_of(interaction)
    what = wording.reshaped(outcome, network, did="Cancelled")
    return f"**{as_typed(outcome.series.title)}** has ended.\n{what}".rstrip()
