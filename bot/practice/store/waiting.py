"""The SQL of what waits for moderators, and since when."""

from datetime import datetime

from bot.clock import from_text
from bot.ids import NetworkId, PracticeId
from bot.practice.model import Practice
from bot.practice.store.practice import those_of
from bot.storage.database import Queries


async def waiting(db: Queries, network_id: NetworkId, skip: int, most: int) -> list[Practice]:
    """Oldest first."""
    rows = await db.all(
        """
        SELECT id FROM practice
        WHERE network_id = :network_id AND state IN ('new', 'looked_at')
        ORDER BY sent_at, id LIMIT :most OFFSET :skip
        """,
        {"network_id": network_id, "skip": skip, "most": most},
    )
    return await those_of(db, [PracticeId(row["id"]) for row in rows])


async def count_waiting(db: Queries, network_id: NetworkId) -> int:
    row = await db.only(
        """
        SELECT count(*) AS how_many FROM practice
        WHERE network_id = :network_id AND state IN ('new', 'looked_at')
        """,
        {"network_id": network_id},
    )
    return row["how_many"]


async def oldest_waiting(db: Queries, network_id: NetworkId) -> tuple[datetime, int] | None:
    """Since when the oldest waits, and how many do. None: none does."""
    row = await db.only(
        """
        SELECT min(sent_at) AS since, count(*) AS how_many FROM practice
        WHERE network_id = :network_id AND state IN ('new', 'looked_at')
        """,
        {"network_id": network_id},
    )
    return (from_text(row["since"]), row["how_many"]) if row["how_many"] else None


async def networks_with_waiting(db: Queries) -> list[NetworkId]:
    rows = await db.all(
        "SELECT DISTINCT network_id FROM practice WHERE state IN ('new', 'looked_at')"
    )
    return [NetworkId(row["network_id"]) for row in rows]
