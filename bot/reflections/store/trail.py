"""The SQL of who did what with a post, and when. Never any words."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import MemberId, ReflectionId
from bot.reflections.model import Change
from bot.storage.database import Queries, Transaction


async def add(
    tx: Transaction, reflection_id: ReflectionId, what: str, by_id: MemberId, now: datetime
) -> None:
    await tx.run(
        """
        INSERT INTO reflection_change (reflection_id, what, by_id, at)
        VALUES (:id, :what, :by_id, :now)
        """,
        {"id": reflection_id, "what": what, "by_id": by_id, "now": to_text(now)},
    )


async def of(db: Queries, reflection_id: ReflectionId, most: int) -> list[Change]:
    """What was written and what was done, the latest first."""
    rows = await db.all(
        """
        SELECT what, by_id, at, id FROM reflection_change WHERE reflection_id = :id
        UNION ALL
        SELECT slot || '-' || coalesce(kind_id, 0), by_id, at, id
        FROM reflection_text WHERE reflection_id = :id
        ORDER BY at DESC, id DESC LIMIT :most
        """,
        {"id": reflection_id, "most": most},
    )
    return [
        Change(
            what=row["what"],
            by_id=None if row["by_id"] is None else MemberId(row["by_id"]),
            at=from_text(row["at"]),
        )
        for row in rows
    ]
