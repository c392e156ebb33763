"""Taking a quote back for a speaker who is not on Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.ids import QuoteId
from bot.ui.answering import edit_in_place, show
from bot.ui.parts import PersistentButton, card_of, row_of, words
from cogs.asking import person_of

if TYPE_CHECKING:
    from bot.client import Interaction


class TakeBackButton(PersistentButton, template=r"quote-review:take-back:(?P<id>[0-9]{1,19})"):
    """For a speaker who is not on Discord. Everybody else does it themselves."""

    form, label = "quote-review:take-back:{id}", "Its speaker takes it back"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        quote = await interaction.client.services.wisdom.review.get(QuoteId(self.id_), by=by)
        card = card_of(
            words(
                "## Has its speaker asked for that?\nThe words are deleted for good, and come off "
                "everything that I have posted."
            ),
            row_of(TakeBackForGoodButton(quote.id)),
        )
        await show(interaction, card)


class TakeBackForGoodButton(PersistentButton, template=r"quote-review:gone:(?P<id>[0-9]{1,19})"):
    form, label = "quote-review:gone:{id}", "Yes, delete the words"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        await interaction.client.services.wisdom.review.take_back(QuoteId(self.id_), by=by)
        await edit_in_place(interaction, card_of(words("It is taken back, and its words deleted.")))
