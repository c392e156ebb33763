"""`/reminders`: for everybody. And looking in time at what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.schedule import Duty
from cogs.reminders.one import NotOfOneButton, OfOneButton
from cogs.reminders.organise import ChangeTimesButton, UsualTimesButton
from cogs.reminders.panel import (
    AsUsualButton,
    GoOnButton,
    HoursButton,
    OffButton,
    OnButton,
    PauseButton,
    TimesSelect,
    open_panel,
)
from cogs.reminders.told import COMPOSERS, ROOMS, SeeButton, StopButton

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PARTS = (
    OnButton,
    OffButton,
    AsUsualButton,
    HoursButton,
    PauseButton,
    GoOnButton,
    TimesSelect,
    OfOneButton,
    NotOfOneButton,
    SeeButton,
    StopButton,
    ChangeTimesButton,
    UsualTimesButton,
)


class RemindersCog(commands.Cog):
    def __init__(self, bot: CoproductionBot) -> None:
        reminders = bot.services.reminders
        bot.duties.append(
            Duty(next_due=reminders.next_due, run=reminders.owe_due, sweep=reminders.owe_due)
        )

    @app_commands.command(name="reminders")
    @app_commands.guild_only()
    async def reminders(self, interaction: Interaction) -> None:
        """Whether, when and at which hours I remind you by private message."""
        await open_panel(interaction)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    bot.composers.update(COMPOSERS)
    bot.rooms.update(ROOMS)
    await bot.add_cog(RemindersCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
