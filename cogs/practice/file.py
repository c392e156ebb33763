"""The document that goes with a practice, handed over to whoever asks."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord

from bot.ids import PracticeId
from bot.ui.answering import hand_over
from bot.ui.parts import PersistentButton
from cogs.asking import person_of

if TYPE_CHECKING:
    from bot.client import Interaction


class GetFileButton(PersistentButton, template=r"practice:file:(?P<id>[0-9]{1,19})"):
    form, label = "practice:file:{id}", "Get the file"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        file = await interaction.client.services.practice.showing.file_for(
            PracticeId(self.id_), by=by
        )
        sent = discord.File(io.BytesIO(file.content), filename=file.name)
        await hand_over(interaction, "This is its file. Only you see this message.", sent)
