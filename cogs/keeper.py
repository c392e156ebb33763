"""Keeping something on Discord true, however often and fast the database changes.

Nobody who presses waits for it. What changed rings a bell, and each thing is looked at at once
and then at most every `LOOK_EVERY` seconds for as long as it keeps changing. An effect compares
what ought to be with what it remembers of last time, so looking too often costs nothing, and
looking around after a crash, an outage or a changed setting puts everything right.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

import aiohttp
import discord

from bot.errors import Unavailable
from bot.ids import NetworkId

log = logging.getLogger(__name__)

LOOK_EVERY = 3.0
"""Seconds between two looks at one thing."""

LONGEST_WAIT = 300.0
"""Seconds between two tries when Discord does not answer."""

Key = TypeVar("Key", bound=int)


class Effect(Protocol[Key]):
    """Something on Discord that follows from the database."""

    called: str

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[Key]:
        """What may not be as it ought to in a network (None: in all)."""
        ...

    async def make_true(self, key: Key, *, surely: bool) -> None:
        """Make it so. With *surely*, ask Discord as well: somebody may have changed it there.

        Whatever Discord refuses for good is raised as it is; what may work later, too.
        """
        ...


class Keeper(Generic[Key]):
    def __init__(self, effect: Effect[Key]) -> None:
        self._effect = effect
        self._stale: set[Key] = set()
        self._unsure: set[Key] = set()  # whether it is still there as it was left
        self._tasks: dict[Key, asyncio.Task[None]] = {}
        self._looking: set[asyncio.Task[None]] = set()
        self._has_stopped = False

    def look_at(self, key: Key, *, surely: bool = False) -> None:
        """Something that it follows from has changed. With *surely*, it may itself have."""
        self._stale.add(key)
        if surely:
            self._unsure.add(key)
        if key not in self._tasks and not self._has_stopped:
            self._tasks[key] = asyncio.create_task(self._keep_true(key))

    def look_around(self, network_id: NetworkId | None = None, *, surely: bool = False) -> None:
        """Anything may have changed in a network (None: in all): a setting, the passing of time.

        With *surely*, Discord is asked as well: things may have been deleted there.
        """
        if self._has_stopped:
            return
        task = asyncio.create_task(self._look_around(network_id, surely=surely))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def stop(self) -> None:
        """What is left undone is found by the next start. Nothing begins after this."""
        self._has_stopped = True
        tasks = [*self._tasks.values(), *self._looking]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look_around(self, network_id: NetworkId | None, *, surely: bool) -> None:
        for key in await self._effect.to_look_at(network_id):
            self.look_at(key, surely=surely)

    async def _keep_true(self, key: Key) -> None:
        wait = LOOK_EVERY
        try:
            while key in self._stale:
                self._stale.discard(key)
                if await self._try(key):
                    wait = LOOK_EVERY
                else:
                    self._stale.add(key)
                    wait = min(wait * 2, LONGEST_WAIT)
                await asyncio.sleep(wait)
        finally:
            del self._tasks[key]

    async def _try(self, key: Key) -> bool:
        """Whether there is nothing to repeat."""
        surely = key in self._unsure
        self._unsure.discard(key)
        called = self._effect.called
        try:
            await self._effect.make_true(key, surely=surely)
        except discord.Forbidden as error:
            # Trying again mends nothing: /network check says what is missing.
            log.warning("%s %d: not allowed (%d)", called, key, error.code)
        except (discord.HTTPException, aiohttp.ClientError, OSError, Unavailable) as error:
            log.warning("%s %d: will try again: %s", called, key, type(error).__name__)
            if surely:
                self._unsure.add(key)
            return False
        except Exception:
            log.exception("%s %d: could not be made true, by our own mistake", called, key)
        return True
