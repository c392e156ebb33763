"""`/network`: for people with Manage Server."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Unavailable
from cogs.network.check import look_over
from cogs.network.checked import show_check
from cogs.network.panel import PARTS, open_panel

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

log = logging.getLogger(__name__)


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class NetworkCog(commands.GroupCog, group_name="network"):
    """Set up this server and check it."""

    def __init__(self, bot: CoproductionBot) -> None:
        self.bot = bot

    @app_commands.command()
    async def setup(self, interaction: Interaction) -> None:
        """Choose channels, roles, time zone and links, or have them created."""
        await open_panel(interaction)

    @app_commands.command()
    async def check(self, interaction: Interaction) -> None:
        """See what is missing here, and how to mend it."""
        await show_check(interaction)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look every server over, and leave the operator a line about each that needs care."""
        published = await self.bot.tree.fetch_commands()
        for server in self.bot.guilds:
            try:
                findings = await look_over(server, self.bot.services, published)
            except (discord.HTTPException, OSError, Unavailable) as error:
                log.warning("Network %d could not be checked: %r", server.id, error)
                continue
            if findings:
                log.warning(
                    "Network %d: things to mend: %d. /network check there names them.",
                    server.id,
                    len(findings),
                )


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(NetworkCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
