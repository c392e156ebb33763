"""`/privacy`: for everybody, about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.schedule import Duty
from cogs.privacy.card import (
    ComplainButton,
    KeptPageButton,
    NextKeptPageButton,
    TakeAwayButton,
    give_file,
    show_complain,
    show_kept,
)
from cogs.privacy.forgetting import AskToForgetButton, ForgetMeButton, show_forget
from cogs.privacy.leavers import Leavers

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PARTS = (
    KeptPageButton,
    NextKeptPageButton,
    TakeAwayButton,
    ComplainButton,
    AskToForgetButton,
    ForgetMeButton,
)


@app_commands.guild_only()
class PrivacyCog(commands.GroupCog, group_name="privacy"):
    """What I keep about you: see it, take it away, have it forgotten."""

    def __init__(self, bot: CoproductionBot) -> None:
        forgetting, letting_go = bot.services.forgetting, bot.services.letting_go
        bot.duties.append(
            Duty(next_due=letting_go.next_due, run=letting_go.run, sweep=letting_go.run)
        )
        leavers = Leavers(bot)
        bot.duties.append(Duty(next_due=leavers.next_due, run=leavers.run, sweep=leavers.run))
        bot.duties.append(
            Duty(next_due=forgetting.next_due, run=forgetting.wipe, sweep=forgetting.wipe)
        )

    @app_commands.command()
    async def show(self, interaction: Interaction) -> None:
        """See what I keep about you, why, and for how long."""
        await show_kept(interaction)

    @app_commands.command()
    async def export(self, interaction: Interaction) -> None:
        """Take away all that I keep about you, as a file."""
        await give_file(interaction)

    @app_commands.command(name="forget-me")
    async def forget_me(self, interaction: Interaction) -> None:
        """Have everything about you forgotten here. You read first what that does."""
        await show_forget(interaction)

    @app_commands.command()
    async def complain(self, interaction: Interaction) -> None:
        """Whom to tell if something about your data is not right."""
        await show_complain(interaction)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(PrivacyCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
