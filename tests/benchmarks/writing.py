"""A sign-up costs the same for the first person as for the ten-thousandth."""

from functools import partial

from bot.ids import MemberId
from tests.benchmarks.ground import NETWORK, conversation, ground, middle, slowest, timed

PEOPLE, PART = 10_000, 500


async def main() -> None:
    async with ground() as (_, parts):
        where = await conversation(parts)
        each = [
            await timed(partial(parts.sign_ups.sign_up, where, NETWORK, MemberId(number)))
            for number in range(PEOPLE)
        ]
        first, last = each[:PART], each[-PART:]
        print(f"sign-up, first {PART}: median {middle(first):.2f} ms, p99 {slowest(first):.2f} ms")
        print(f"sign-up, last {PART}:  median {middle(last):.2f} ms, p99 {slowest(last):.2f} ms")
        print(f"growth over {PEOPLE:,} people: x {middle(last) / middle(first):.2f}")
        leaving = [
            await timed(partial(parts.sign_ups.leave, where, NETWORK, MemberId(number)))
            for number in range(50)
        ]
        print(f"giving up a place, the next of 9,950 moves up: median {middle(leaving):.2f} ms")
