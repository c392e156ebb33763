"""What was done with a quote, by whom and when, for moderators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.clock import spoken
from bot.network.model import Network
from bot.ui.answering import show, show_in_place
from bot.ui.parts import Card, PagedButton, card_of, row_of, words
from bot.ui.text import own_time
from bot.wisdom.model import Change
from cogs.asking import network_of, person_of

if TYPE_CHECKING:
    from bot.client import Interaction

A_PAGE = 15


async def show_history(interaction: Interaction, number: int, page: int = 0) -> None:
    by = await person_of(interaction)
    changes, how_many = await interaction.client.services.wisdom.curating.history(
        number, by=by, skip=page * A_PAGE, most=A_PAGE
    )
    card = history_card(number, changes, how_many, page, await network_of(interaction))
    if interaction.message is None:
        await show(interaction, card)
    else:
        await show_in_place(interaction, card)


def history_card(
    number: int, changes: Sequence[Change], how_many: int, page: int, network: Network
) -> Card:
    lines = [f"## What was done with quote {number}", "The newest first. Its speaker is not named."]
    for each in changes:
        who = f", by <@{each.by_id}>" if each.by_id is not None else ""
        at = f"{spoken(each.at, network.zone)} ({own_time(each.at)})"
        lines.append(f"- {at}: {each.what}{who}")
    parts: list[discord.ui.Item[Card]] = [words("\n".join(lines))]
    turning = [
        QuoteHistoryButton(number, at, label=label)
        for at, label in ((page - 1, "Later"), (page + 1, "Earlier"))
        if 0 <= at < -(-how_many // A_PAGE)
    ]
    if turning:
        parts.append(row_of(*turning))
    return card_of(*parts)


class QuoteHistoryButton(
    PagedButton, template=r"quote-history:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """Its id is the number of the quote."""

    form, label = "quote-history:page:{id}:0", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_history(interaction, self.id_, self.page)
