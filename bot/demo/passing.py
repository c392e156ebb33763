"""The passing of time: as on the wall, and faster when somebody asks."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.demo import simulator
from bot.demo.stage import Stage

log = logging.getLogger(__name__)

BEAT = 0.5
"""Seconds between two looks at the wall clock."""

STRIDE = timedelta(hours=6)
"""The most that passes at once. People who press meanwhile get their turn in between."""

REDRAW_EVERY = 60.0
"""Seconds after which "in 3 days" is worked out anew, though nothing has happened."""

PATIENCE = 20
"""How often a bot that has not settled is given more time."""


class Passing:
    """*redraw* shows what has happened since on every open page. It is called in turn."""

    def __init__(self, stage: Stage, redraw: Callable[[], Awaitable[None]]) -> None:
        self._stage = stage
        self._redraw = redraw
        self._began, self._wall = stage.env.now(), time.monotonic()
        self._drawn = self._wall

    async def keep_time(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(BEAT)
            try:
                await self._catch_up()
                await self._show_what_happened()
            except TimeoutError:
                log.info("The bot is busy: the next beat goes on from here")
            except Exception:
                # Nobody is waiting behind this door, and time must not stand still.
                log.exception("Time did not pass as it should")

    async def skip(self, span: timedelta) -> None:
        """Let *span* pass at once, with everything that falls due in it."""
        self._began += span
        for _ in range(PATIENCE):
            try:
                await self._catch_up()
                break
            except TimeoutError:
                continue  # what has passed has passed; the rest is still to come
        await self._show_what_happened(anyway=True)

    async def _catch_up(self) -> None:
        behind = STRIDE
        while behind >= STRIDE:
            async with self._stage.turns:
                behind = max(self._target() - self._stage.env.now(), timedelta(0))
                await self._stage.env.advance_time(min(behind, STRIDE).total_seconds())

    def _target(self) -> datetime:
        return self._began + timedelta(seconds=time.monotonic() - self._wall)

    async def _show_what_happened(self, *, anyway: bool = False) -> None:
        happened = simulator.take_log(self._stage.env)
        now = time.monotonic()
        if happened or anyway or now - self._drawn > REDRAW_EVERY:
            self._drawn = now
            async with self._stage.turns:
                await self._redraw()
