"""The ground that benchmarks stand on: a real database with a conversation in it."""

import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.app import services
from bot.client import Services
from bot.clock import SystemClock
from bot.conversations.model import Details
from bot.ids import ConversationId, MemberId, NetworkId
from bot.people import Person
from bot.storage.database import Database
from bot.storage.migrate import migrate

NETWORK = NetworkId(1)
ORGANISER = Person(network_id=NETWORK, member_id=MemberId(1), is_organiser=True)


@asynccontextmanager
async def ground() -> AsyncIterator[tuple[Database, Services]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        migrate(path)
        async with Database.open(path) as db:
            yield db, services(db, SystemClock())


async def conversation(parts: Services, places: int | None = 50) -> ConversationId:
    when = SystemClock().now() + timedelta(days=30)
    details = Details.read(title="Who decides?", minutes=90, places=places)
    draft = await parts.planning.draft(details, f"<t:{int(when.timestamp())}:F>", by=ORGANISER)
    await parts.planning.plan(draft.id, by=ORGANISER)
    return draft.id


async def timed(work: Callable[[], Awaitable[object]]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


def middle(values: list[float]) -> float:
    return statistics.median(values)


def slowest(values: list[float]) -> float:
    """The 99th percentile."""
    return statistics.quantiles(values, n=100)[98]
