"""Keeping time for as long as the bot runs, and delivering what is owed when it is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

from bot.schedule import Duty, Metronome
from cogs.notices.messenger import DiscordMessenger
from cogs.notices.missed import MessagesOpenButton

if TYPE_CHECKING:
    from bot.client import CoproductionBot

PARTS = (MessagesOpenButton,)


class NoticesCog(commands.Cog):
    def __init__(self, bot: CoproductionBot) -> None:
        self.services = bot.services
        self.messenger = DiscordMessenger(bot)
        bot.duties.append(
            Duty(
                next_due=bot.services.notices.next_due,
                run=self.deliver_due,
                sweep=self.deliver_due,
            )
        )
        self.metronome = Metronome(bot.services.clock, bot.duties)
        self._started = False

    async def deliver_due(self) -> None:
        await self.services.notices.deliver_due(self.messenger)

    async def cog_load(self) -> None:
        self._deaf = [
            self.services.notices.owed.listen(self.metronome.look_again),
            self.services.timetable_changed.listen(self.metronome.look_again),
            self.services.wisdom.ending_changed.listen(self.metronome.look_again),
            self.services.practice.drafts_changed.listen(self.metronome.look_again),
        ]

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Discord says "ready" again after each long silence; the first one starts us."""
        if not self._started:
            self._started = True
            await self.metronome.start()

    async def cog_unload(self) -> None:
        for stop_listening in self._deaf:
            stop_listening()
        await self.metronome.stop()


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(NoticesCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
