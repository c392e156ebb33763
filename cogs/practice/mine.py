"""`/practice mine`: what I wrote or look after, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.practice.model import Practice
from bot.ui.answering import show, show_in_place
from bot.ui.parts import Card, PagedButton, card_of, row_of, words
from bot.ui.text import counted
from cogs.asking import member_id_of, network_id_of
from cogs.practice import wording
from cogs.practice.own import OpenMineButton
from cogs.practice.practice_card import Parts

if TYPE_CHECKING:
    from bot.client import Interaction

ON_A_PAGE = 5


def mine_card(practices: Sequence[Practice], page: int) -> Card:
    """A page, from 0. A number too high gives the last."""
    pages = max(1, -(-len(practices) // ON_A_PAGE))
    page = min(page, pages - 1)
    if not practices:
        return card_of(
            words(
                "## Your practices\nNone yet. `/practice share` tells others what worked for you."
            )
        )
    parts: Parts = [
        words(
            f"## Your practices\n{counted(len(practices), 'practice', 'practices')} that you wrote "
            "or look after. Only you see this list."
        )
    ]
    for practice in practices[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
        line = f"{wording.called(practice)}\n{wording.STATES[practice.state].capitalize()}"
        parts.append(discord.ui.Section(words(line), accessory=OpenMineButton(practice.id)))
    if pages > 1:
        parts.append(words(f"Page {page + 1} of {pages}"))
        parts.append(
            row_of(
                MyPracticesButton(0, max(page - 1, 0), label="Newer"),
                MyOlderPracticesButton(0, page + 1, label="Older"),
            )
        )
    return card_of(*parts)


async def _card(interaction: Interaction, page: int) -> Card:
    practices = await interaction.client.services.practice.mine.all(
        network_id_of(interaction), member_id_of(interaction)
    )
    return mine_card(practices, page)


async def show_mine(interaction: Interaction) -> None:
    await show(interaction, await _card(interaction, 0))


class MyPracticesButton(
    PagedButton, template=r"my-practices:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "my-practices:page:{id}:0", "Newer"

    async def press(self, interaction: Interaction) -> None:
        await show_in_place(interaction, await _card(interaction, self.page))


class MyOlderPracticesButton(
    MyPracticesButton, template=r"my-practices:older:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """As `MyPracticesButton`; a message may not hold one `custom_id` twice."""

    form, label = "my-practices:older:{id}:0", "Older"
