"""The SQL for people who come to every conversation of a series."""

from datetime import datetime

from bot.clock import to_text
from bot.ids import FORGOTTEN, MemberId, NetworkId, SeriesId
from bot.storage.database import Queries, Transaction


async def add(tx: Transaction, series_id: SeriesId, member_id: MemberId, now: datetime) -> bool:
    """False when they had asked before; they keep their turn."""
    rows = await tx.all(
        """
        INSERT INTO standing_sign_up (series_id, member_id, since)
        VALUES (:series_id, :member_id, :now)
        ON CONFLICT (series_id, member_id) DO NOTHING
        RETURNING id
        """,
        {"series_id": series_id, "member_id": member_id, "now": to_text(now)},
    )
    return bool(rows)


async def drop(tx: Transaction, series_id: SeriesId, member_id: MemberId) -> bool:
    """False when there was none."""
    rows = await tx.all(
        """
        DELETE FROM standing_sign_up
        WHERE series_id = :series_id AND member_id = :member_id
        RETURNING id
        """,
        {"series_id": series_id, "member_id": member_id},
    )
    return bool(rows)


async def drop_all(tx: Transaction, series_id: SeriesId) -> None:
    await tx.run("DELETE FROM standing_sign_up WHERE series_id = :id", {"id": series_id})


async def drop_member(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """All of theirs in one network."""
    await tx.run(
        """
        DELETE FROM standing_sign_up
        WHERE member_id = :member_id
          AND series_id IN (SELECT id FROM series WHERE network_id = :network_id)
        """,
        {"network_id": network_id, "member_id": member_id},
    )


async def members(db: Queries, series_id: SeriesId) -> list[MemberId]:
    """In the order in which they asked."""
    rows = await db.all(
        "SELECT member_id FROM standing_sign_up WHERE series_id = :id ORDER BY id",
        {"id": series_id},
    )
    return [MemberId(row["member_id"]) for row in rows]


async def has(db: Queries, series_id: SeriesId, member_id: MemberId) -> bool:
    row = await db.one(
        """
        SELECT 1 FROM standing_sign_up
        WHERE series_id = :series_id AND member_id = :member_id
        """,
        {"series_id": series_id, "member_id": member_id},
    )
    return row is not None


async def forget_who(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """Their drafts go; series that they started go on, and are nobody's."""
    asked = {"network_id": network_id, "member_id": member_id, "forgotten": FORGOTTEN}
    await tx.run(
        """
        DELETE FROM series
        WHERE network_id = :network_id AND drafted_by = :member_id AND state = 'draft'
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE series SET drafted_by = :forgotten
        WHERE network_id = :network_id AND drafted_by = :member_id
        """,
        asked,
    )
