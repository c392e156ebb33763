"""`/curate`, for moderators: quotes out of files, into files, and what was done with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs.wisdom import bringing

if TYPE_CHECKING:
    from bot.client import Interaction

PARTS = (
    bringing.DeleteImportButton,
    bringing.ImportsButton,
    bringing.KeepImportButton,
    bringing.LeaveOutImportButton,
    bringing.RecordImportButton,
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

    @app_commands.command(name="imported")
    async def imported(self, interaction: Interaction) -> None:
        """See the files whose quotes wait for consent to be recorded."""
        await bringing.show_imports(interaction)
