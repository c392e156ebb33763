"""Lists of series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.network.model import Network
from bot.series.model import Outlook, SeriesPage
from bot.ui.answering import show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of, network_of
from cogs.notices.missed import tell_missed
from cogs.series import wording
from cogs.series.panel import ShowSeriesButton, series_panel

if TYPE_CHECKING:
    from bot.client import Interaction


def series_page_card(page: SeriesPage, network: Network) -> Card:
    parts: list[discord.ui.Item[Card]] = [words("## Series")]
    if not page.outlooks:
        parts.append(words("Nothing happens again and again just now. See /conversation list."))
    parts.extend(_entry(each, network) for each in page.outlooks)
    if page.pages > 1:
        parts.append(words(f"Page {page.number + 1} of {page.pages}"))
        parts.append(
            row_of(
                SeriesPageButton(max(page.number - 1, 0), disabled=page.number == 0),
                NextSeriesPageButton(page.number + 1, disabled=page.number + 1 == page.pages),
            )
        )
    return card_of(*parts)


def _entry(outlook: Outlook, network: Network) -> discord.ui.Section[Card]:
    series = outlook.series
    lines = [f"**{as_typed(series.title)}**", wording.happens(series, network)]
    if state := wording.state(series):
        lines.append(state)
    elif outlook.dates:
        lines.append(f"Next: {wording.dated(outlook.dates[0], network)}")
    if outlook.has_standing:
        lines.append("You are signed up to the whole series.")
    # discord.py's types say that an accessory belongs to its section, not to the message.
    accessory = ShowSeriesButton.of(series)
    return discord.ui.Section("\n".join(lines), accessory=accessory)  # pyright: ignore[reportArgumentType]


async def show_series(interaction: Interaction, number: int) -> None:
    """Those of this network; of one alone, everything at once."""
    network = await network_of(interaction)
    page = await interaction.client.services.series.book.page(
        network.id, member_id_of(interaction), number
    )
    if page.pages == 1 and len(page.outlooks) == 1:
        card = series_panel(page.outlooks[0], network)
    else:
        card = series_page_card(page, network)
    await show_in_place(interaction, card)
    await tell_missed(interaction)


class SeriesPageButton(PersistentButton, template=r"series:list:(?P<id>[0-9]{1,6})"):
    """Its id is the number of a page, from 0."""

    form, label = "series:list:{id}", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_series(interaction, self.id_)


class NextSeriesPageButton(PersistentButton, template=r"series:list-on:(?P<id>[0-9]{1,6})"):
    """As `SeriesPageButton`; a message may not hold one `custom_id` twice."""

    form, label = "series:list-on:{id}", "Later"

    async def press(self, interaction: Interaction) -> None:
        await show_series(interaction, self.id_)
