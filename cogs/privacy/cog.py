"""`/privacy`: for everybody, about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from cogs.privacy.card import (
    ComplainButton,
    KeptPageButton,
    NextKeptPageButton,
    TakeAwayButton,
    give_file,
    show_complain,
    show_kept,
)

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PARTS = (KeptPageButton, NextKeptPageButton, TakeAwayButton, ComplainButton)


@app_commands.guild_only()
class PrivacyCog(commands.GroupCog, group_name="privacy"):
    """What I keep about you: see it, take it away, have it forgotten."""

    @app_commands.command()
    async def show(self, interaction: Interaction) -> None:
        """See what I keep about you, why, and for how long."""
        await show_kept(interaction)

    @app_commands.command()
    async def export(self, interaction: Interaction) -> None:
        """Take away all that I keep about you, as a file."""
        await give_file(interaction)

    @app_commands.command()
    async def complain(self, interaction: Interaction) -> None:
        """Whom to tell if something about your data is not right."""
        await show_complain(interaction)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(PrivacyCog())


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
