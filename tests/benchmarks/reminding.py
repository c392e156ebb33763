"""Ten thousand people are reminded, while others press buttons: the rate, the memory, the presses.

Time passes fifty times as fast as on the wall, and so does the pretend Discord's answering.
"""

import asyncio
import resource
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bot.app import services
from bot.client import Services
from bot.clock import SystemClock
from bot.conversations.model import Details
from bot.ids import ConversationId, MemberId
from bot.notices.model import Delivery, Notice
from bot.notices.pace import PACE
from bot.storage.database import Database
from tests.benchmarks.ground import NETWORK, ORGANISER, ground, middle, slowest, timed

PEOPLE = 10_000
FASTER = 50
ANSWERS_IN = 0.5
"""Seconds that Discord takes for one message: to look the member up, and to send."""
PRESSES = 300


class FastClock:
    def __init__(self) -> None:
        self._began = SystemClock().now()
        self._at = time.monotonic()

    def now(self) -> datetime:
        passed = (time.monotonic() - self._at) * FASTER
        return (self._began + timedelta(seconds=passed)).replace(microsecond=0)


class SlowDiscord:
    def __init__(self) -> None:
        self.sent = 0
        self.memory: list[int] = []

    async def send(self, notice: Notice) -> Delivery:
        await asyncio.sleep(ANSWERS_IN / FASTER)
        self.sent += 1
        if self.sent % (PEOPLE // 10) == 0:
            self.memory.append(_megabytes())
        return Delivery.SENT


async def main() -> None:
    async with ground() as (db, _):
        clock = FastClock()
        parts = services(db, clock)
        reminded = await _conversation(parts, timedelta(days=1, minutes=30))
        pressed = await _conversation(parts, timedelta(days=30))
        await _crowd(db, reminded)
        idle = await _press(parts, pressed, 10**6)
        while (due := await parts.reminders.next_due()) is None or due <= clock.now():
            await parts.reminders.owe_due()
        while await parts.notices.next_due() is None:
            await asyncio.sleep(0.01)
            await parts.reminders.owe_due()
        discord = SlowDiscord()
        began = time.monotonic()
        delivering = asyncio.create_task(_deliver(parts, discord))
        busy = await _press(parts, pressed, 2 * 10**6)
        await delivering
        took = (time.monotonic() - began) * FASTER
    rate = discord.sent / took * PACE.total_seconds()
    print(f"{discord.sent:,} reminders at {rate:.0%} of the rate they are paced to")
    print(f"memory after each tenth, in MB: {', '.join(map(str, discord.memory))}")
    print(f"growth from the second tenth to the last: {discord.memory[-1] - discord.memory[1]} MB")
    print("milliseconds for a sign-up, the middle one and the slowest of a hundred:")
    print(f"alone: {middle(idle):.2f} and {slowest(idle):.2f}")
    print(f"beside the reminders: {middle(busy):.2f} and {slowest(busy):.2f}")
    print(f"ratio of the middle ones: x {middle(busy) / middle(idle):.2f}")


async def _conversation(parts: Services, ahead: timedelta) -> ConversationId:
    when = int((parts.clock.now() + ahead).timestamp())
    details = Details.read(title="Who decides?", minutes=90, places=None)
    draft = await parts.planning.draft(details, f"<t:{when}:F>", by=ORGANISER)
    await parts.planning.plan(draft.id, by=ORGANISER)
    return draft.id


async def _crowd(db: Database, conversation_id: ConversationId) -> None:
    """As they would by pressing, and a hundred times as fast."""
    async with db.write() as tx:
        await tx.run_many(
            "INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at) "
            "VALUES (:id, :member, 'going', :member, '2026-01-01T00:00:00Z')",
            [{"id": conversation_id, "member": number + 1} for number in range(PEOPLE)],
        )
        await tx.run_many(
            "INSERT INTO reminder_wish (network_id, member_id, is_wanted, from_hour, until_hour) "
            "VALUES (:network, :member, 1, 0, 0)",
            [{"network": NETWORK, "member": number + 1} for number in range(PEOPLE)],
        )


async def _press(parts: Services, conversation_id: ConversationId, first: int) -> list[float]:
    found: list[float] = []
    for number in range(PRESSES):
        sign_up = partial(
            parts.sign_ups.sign_up, conversation_id, NETWORK, MemberId(first + number)
        )
        found.append(await timed(sign_up))
        await asyncio.sleep(0.02)
    return found


async def _deliver(parts: Services, discord: SlowDiscord) -> None:
    """As the metronome does: whenever something is due."""
    while discord.sent < PEOPLE:
        due = await parts.notices.next_due()
        if due is None:
            break
        wait = (due - parts.clock.now()).total_seconds() / FASTER
        await asyncio.sleep(max(0.0, wait))
        await parts.notices.deliver_due(discord)


def _megabytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 2**20
