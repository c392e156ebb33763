"""The SQL of how long quotes have waited for moderators."""

from datetime import datetime

from bot.clock import from_text
from bot.ids import NetworkId
from bot.storage.database import Queries


async def oldest_waiting(db: Queries, network_id: NetworkId) -> tuple[datetime, int] | None:
    """Since when the oldest waits, and how many do. None: none does."""
    row = await db.only(
        """
        SELECT min(kept_at) AS since, count(*) AS how_many FROM quote
        WHERE network_id = :network_id AND state IN ('to_record', 'pending')
        """,
        {"network_id": network_id},
    )
    return (from_text(row["since"]), row["how_many"]) if row["how_many"] else None


async def networks_with_waiting(db: Queries) -> list[NetworkId]:
    rows = await db.all(
        "SELECT DISTINCT network_id FROM quote WHERE state IN ('to_record', 'pending')"
    )
    return [NetworkId(row["network_id"]) for row in rows]
