"""The form in which the words of a theme are changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.search.rings import MOST_USED
from bot.themes.model import LONGEST_WORD, MOST_WORDS, WordRing, naming
from bot.ui.answering import say
from bot.ui.parts import Form
from cogs.asking import person_of
from cogs.themes import wording

if TYPE_CHECKING:
    from bot.client import Interaction


class WordsForm(Form):
    """Only what was changed in it is changed: somebody else may be at other words."""

    def __init__(self, picked: str, label: str, ring: WordRing) -> None:
        super().__init__(title=f"Words for {label}")
        self.picked, self.called = picked, label
        self.shown = ring.words
        self.typed = discord.ui.TextInput[WordsForm](
            style=discord.TextStyle.paragraph,
            default="\n".join(ring.words),
            required=False,
            max_length=MOST_WORDS * (LONGEST_WORD + 1),
            custom_id="words",
        )
        self.add_item(
            discord.ui.Label(
                text="One word or phrase on each line",
                description=f"Whoever searches for one finds the others too. Up to {MOST_WORDS}; a "
                f"search uses {MOST_USED}.",
                component=self.typed,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        typed = naming.words(self.typed.value)
        edit = await interaction.client.services.themes.change_words(
            self.picked,
            add="\n".join(each for each in typed if each not in self.shown),
            remove="\n".join(each for each in self.shown if each not in typed),
            by=await person_of(interaction),
        )
        await say(interaction, wording.changed_words(self.called, edit))
