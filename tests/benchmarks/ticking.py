"""A tick of the clock with nothing due costs the same with two hundred series as with one."""

from dataclasses import replace

from bot.client import Services
from bot.conversations.model import Details
from bot.ids import NetworkId
from bot.series.model import MOST_SERIES, Which
from bot.series.service.starting import Typed
from tests.benchmarks.ground import ORGANISER, ground, middle, slowest, timed

SERIES, TICKS = 200, 1000


async def main() -> None:
    async with ground() as (db, parts):
        await _start(parts, 0)
        one = await _ticks(parts)
        for number in range(1, SERIES):
            await _start(parts, number)
        many = await _ticks(parts)
        made = await db.only("SELECT count(*) AS conversations FROM conversation")
    print(f"{SERIES} series with {made['conversations']} conversations; a tick with nothing due,")
    print("in milliseconds, the middle one and the slowest of a hundred:")
    print(f"with one series: {middle(one):.3f} and {slowest(one):.3f}")
    print(f"with {SERIES}: {middle(many):.3f} and {slowest(many):.3f}")
    print(f"ratio of medians: x {middle(many) / middle(one):.2f}")


async def _start(parts: Services, number: int) -> None:
    by = replace(ORGANISER, network_id=NetworkId(1 + number // MOST_SERIES))
    details = Details.read(title=f"Who decides, {number}?", minutes=90, places=12)
    typed = Typed(which=Which.FIRST, weekday=3, at="2pm")
    draft = await parts.series.starting.draft(details, typed, by=by)
    await parts.series.starting.start(draft.id, by=by)
    await parts.series.making.run()
    await parts.reminders.owe_due()


async def _ticks(parts: Services) -> list[float]:
    """As the metronome: what is due of each, and when the next is."""

    async def tick() -> None:
        await parts.series.making.run()
        await parts.reminders.owe_due()
        await parts.series.making.next_due()
        await parts.reminders.next_due()
        await parts.notices.next_due()

    return [await timed(tick) for _ in range(TICKS)]
