"""A crowd that presses one button at the same moment: for a test and a benchmark."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from bot.demo.simulator import operation, press_at_once, settle

LOOK_EVERY = 0.005
"""Seconds between two looks at how many have been answered."""


@dataclass(frozen=True)
class Pressed:
    user_ids: list[int]  # in the order of pressing
    records: list[Any]
    progress: list[tuple[int, float]]
    """How many had been answered after how many seconds of processor time."""

    def seconds_between(self, first: int, last: int) -> float:
        """Processor time from the answer number *first* to number *last*."""
        return self._seconds_at(last) - self._seconds_at(first)

    def _seconds_at(self, answered: int) -> float:
        before = (0, 0.0)
        for here in self.progress:
            if here[0] >= answered:
                share = (answered - before[0]) / max(here[0] - before[0], 1)
                return before[1] + share * (here[1] - before[1])
            before = here
        return before[1]


async def press_together(world: Any, card: Any, how_many: int) -> Pressed:
    users = [world.env.create_user(f"p{number}") for number in range(how_many)]
    for user in users:
        world.server.add_member(user)
    await world.env.settle(timeout=120)
    ids = [user.id for user in users]
    progress: list[tuple[int, float]] = []
    began = time.process_time()
    with operation(world.env, "crowd"):
        records = press_at_once(world.env, world.channel.id, card.id, "conversation:sign-up:1", ids)
        waiting = records
        while waiting:
            # Not `settle`: it looks at every pending task at every step.
            await asyncio.sleep(LOOK_EVERY)
            waiting = [record for record in waiting if not record.responded]
            progress.append((how_many - len(waiting), time.process_time() - began))
        await settle(world.env, 120)
    return Pressed(ids, records, progress)
