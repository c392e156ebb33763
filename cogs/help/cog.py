"""`/help`: for everybody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from cogs.help.card import (
    FirstTimeButton,
    ForManagersButton,
    ForModeratorsButton,
    ForOrganisersButton,
    show_help,
)

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PARTS = (FirstTimeButton, ForOrganisersButton, ForModeratorsButton, ForManagersButton)


class HelpCog(commands.Cog):
    @app_commands.command(name="help")
    @app_commands.guild_only()
    async def help_(self, interaction: Interaction) -> None:
        """What I can do for you here, and what to expect the first time."""
        await show_help(interaction)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(HelpCog())


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
