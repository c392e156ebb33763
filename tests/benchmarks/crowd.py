"""Five thousand people press Sign up, most of them at the same moment, through the whole bot."""

import time
from typing import Any

import simcord

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.settling import settle_quickly
from bot.demo.simulator import VirtualClock, apscheduler_on, begin_at
from bot.storage.database import Database
from tests.benchmarks.ground import ground
from tests.conftest import NOW
from tests.discord.conftest import World, build_world
from tests.discord.crowd import press_together

PEOPLE, PART = 5000, 100


async def main() -> None:
    settle_quickly()
    async with ground() as (db, _):
        await _press(db)


async def _press(db: Database) -> None:
    clock = VirtualClock()
    env = simcord.Env(CoproductionBot(services(db, clock)), settle_timeout=120.0)
    clock.env = env
    begin_at(env, NOW)
    with apscheduler_on(env.now):
        await env.start()
        world = await build_world(env)
        card: Any = await world.plan(places=50)
        await env.advance_time(60)
        await _one_by_one(world, card)  # to warm up
        first = await _one_by_one(world, card)
        crowd = PEOPLE - 3 * PART
        pressed = await press_together(world, card, crowd)
        await env.advance_time(60)
        last = await _one_by_one(world, card)
        await env.bot.close()
        await env.shutdown()
    together = pressed.seconds_between(0, crowd) / crowd
    print("milliseconds of processor time for each press, the pretend Discord's included:")
    print(f"{crowd:,} at once: {together * 1000:.2f}")
    print(f"the first {PART}: {first * 1000:.2f}; the last {PART}: {last * 1000:.2f}")
    print(f"the last {PART} of {PEOPLE:,} to the first: x {last / first:.2f}")


async def _one_by_one(world: World, card: Any) -> float:
    """Seconds for each press, when nobody else presses."""
    users = [world.env.create_user("one") for _ in range(PART)]
    people = [world.server.add_member(user) for user in users]
    await world.env.settle()
    began = time.process_time()
    for person in people:
        await person.click(card, label="Sign up")
    return (time.process_time() - began) / PART
