"""The real bot and a real database, on a pretend Discord: raised, restarted, taken down."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import simcord

from bot.app import services
from bot.client import CoproductionBot
from bot.clock import Clock
from bot.demo import backstage, simulator
from bot.storage.database import Database
from bot.storage.migrate import migrate

BOT_NAME = "Co-production bot"

REHEARSAL = timedelta(hours=2)
"""How long before now the story begins, so that it has a past when somebody looks in."""


class Stage:
    """*turns* is held by whoever moves the simulation: it does one thing at a time."""

    def __init__(self, path: Path, clock: simulator.VirtualClock, playing: "_Playing") -> None:
        self.turns = asyncio.Lock()
        self.env = simcord.Env(playing.bot, check_errors=False)
        clock.env = self.env
        self.path = path
        self._clock = clock
        self._playing = playing

    @property
    def bot(self) -> CoproductionBot:
        """Another one after each restart."""
        return self._playing.bot

    async def restart(self) -> None:
        """Stop the bot as SIGTERM would and start it anew: only the database remembers."""
        async with self.turns:
            following = await _Playing.begun(self.path, self._clock)
            await simulator.restart(self.env, following.bot)
            await self._playing.ended()
            self._playing = following

    async def clear(self) -> None:
        await self._playing.ended()
        await self.env.shutdown()


class _Playing:
    """A bot, and the database that is open for it."""

    def __init__(self, bot: CoproductionBot, in_use: AsyncExitStack) -> None:
        self.bot = bot
        self._in_use = in_use

    @classmethod
    async def begun(cls, path: Path, clock: Clock) -> "_Playing":
        in_use = AsyncExitStack()
        db = await in_use.enter_async_context(Database.open(path))
        bot = CoproductionBot(services(db, clock))
        in_use.push_async_callback(bot.close)
        return cls(bot, in_use)

    async def ended(self) -> None:
        await self._in_use.aclose()


@asynccontextmanager
async def raised(path: Path) -> AsyncGenerator[Stage, None]:
    """A stage with a running bot and nobody else. Its story begins a while before now."""
    migrate(path)
    clock = simulator.VirtualClock()
    stage = Stage(path, clock, await _Playing.begun(path, clock))
    simulator.begin_at(stage.env, datetime.now(UTC) - REHEARSAL)
    backstage.name_the_bot(stage.env, BOT_NAME)
    with simulator.apscheduler_on(stage.env.now):
        await stage.env.start()
        try:
            yield stage
        finally:
            await stage.clear()
