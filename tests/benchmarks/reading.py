"""A long read on the other connection does not slow a sign-up."""

import asyncio
from functools import partial

from bot.ids import MemberId
from bot.storage.database import Database
from tests.benchmarks.ground import NETWORK, conversation, ground, middle, slowest, timed

PEOPLE = 500
LONG_READ = """
    WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 2000000)
    SELECT sum(n) AS total FROM counter
"""


async def main() -> None:
    async with ground() as (db, parts):
        where = await conversation(parts)

        async def sign_ups(start: int) -> list[float]:
            return [
                await timed(partial(parts.sign_ups.sign_up, where, NETWORK, MemberId(start + n)))
                for n in range(PEOPLE)
            ]

        await sign_ups(2 * PEOPLE)  # to warm up
        alone = await sign_ups(0)
        reading = asyncio.create_task(_read_on(db))
        beside = await sign_ups(PEOPLE)
        reading.cancel()
        reads = await asyncio.gather(reading, return_exceptions=True)
        assert reads
        for what, each in (("alone", alone), ("beside a long read", beside)):
            print(f"sign-up {what}: median {middle(each):.2f} ms, p99 {slowest(each):.2f} ms")
        print(f"ratio of medians: x {middle(beside) / middle(alone):.2f}")


async def _read_on(db: Database) -> None:
    while True:
        await db.all(LONG_READ)
