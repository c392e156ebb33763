"""`/curate`, for moderators: quotes out of files, into files, and what was done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.wisdom.model import Use
from cogs.wisdom import bringing
from cogs.wisdom.exporting import FORMATS, Format, hand_over_export
from cogs.wisdom.history import QuoteHistoryButton, show_history
from cogs.wisdom.wording import USES

if TYPE_CHECKING:
    from bot.client import Interaction

PARTS = (
    bringing.DeleteImportButton,
    bringing.ImportsButton,
    bringing.KeepImportButton,
    bringing.LeaveOutImportButton,
    bringing.RecordImportButton,
    QuoteHistoryButton,
)


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class CurateCog(commands.GroupCog, group_name="curate"):
    """Bringing quotes in, and taking them out."""

    @app_commands.command(name="import")
    @app_commands.describe(
        file="A post, a transcript or a table: .txt, .md, .html, .docx, .vtt, .srt or .csv",
        alike="Also bring in what nearly says the same as something here",
    )
    async def bring_in(
        self, interaction: Interaction, file: discord.Attachment, alike: bool = False
    ) -> None:
        """Read quotes out of a file. They wait until somebody records that people agree."""
        await bringing.bring_in(interaction, file, keep_alike=alike)

    @app_commands.command(name="export")
    @app_commands.rename(form="format")
    @app_commands.describe(
        use="What you need them for: only quotes agreed for just this are in the file",
        form="What the file is for",
    )
    @app_commands.choices(
        use=[app_commands.Choice(name=text, value=use) for use, text in USES.items()],
        form=[app_commands.Choice(name=text, value=form) for form, text in FORMATS.items()],
    )
    async def export(self, interaction: Interaction, use: str, form: str = Format.CSV) -> None:
        """Take quotes out as a file, for one use that people have agreed to."""
        work = hand_over_export(interaction, Use(use), Format(form))
        await interaction.client.patience.during(interaction, work)

    @app_commands.command(name="history")
    @app_commands.describe(number="The number of the quote")
    async def history(
        self, interaction: Interaction, number: app_commands.Range[int, 1, 10_000_000]
    ) -> None:
        """See what was done with a quote, by which moderator, and when."""
        await show_history(interaction, number)

    @app_commands.command(name="imported")
    async def imported(self, interaction: Interaction) -> None:
        """See the files whose quotes wait for consent to be recorded."""
        await bringing.show_imports(interaction)
