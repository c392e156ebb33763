"""Deliver what is owed when it is due, for as long as the bot runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

from bot.schedule import Metronome
from cogs.notices.messenger import DiscordMessenger
from cogs.notices.missed import MessagesOpenButton

if TYPE_CHECKING:
    from bot.client import CoproductionBot

PARTS = (MessagesOpenButton,)


class NoticesCog(commands.Cog):
    def __init__(self, bot: CoproductionBot) -> None:
        self.services = bot.services
        self.messenger = DiscordMessenger(bot)
        self.metronome = Metronome(
            bot.services.clock,
            next_due=bot.services.notices.next_due,
            run_due=self.deliver_due,
            sweep=self.sweep,
        )
        self._started = False

    async def deliver_due(self) -> None:
        await self.services.notices.deliver_due(self.messenger)

    async def sweep(self) -> None:
        self.services.sweep.ring(None)
        await self.services.planning.tidy_drafts()

    async def cog_load(self) -> None:
        self._deaf = self.services.notices.owed.listen(self.metronome.look_again)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Discord says "ready" again after each long silence; the first one starts us."""
        if not self._started:
            self._started = True
            await self.metronome.start()

    async def cog_unload(self) -> None:
        self._deaf()
        await self.metronome.stop()


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(NoticesCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
