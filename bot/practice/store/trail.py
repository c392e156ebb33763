"""The SQL of what was done with practices, by whom and why. Never any words of theirs."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import MemberId, PracticeId
from bot.practice.model import Change, PracticeState
from bot.storage.database import Queries, Transaction


async def add(
    tx: Transaction,
    practice_id: PracticeId,
    what: str,
    by: MemberId | None,
    why: str,
    now: datetime,
) -> int:
    """Write a line, and give its id, by which a notice of it can be told from others."""
    row = await tx.only(
        """
        INSERT INTO practice_change (practice_id, at, by_id, what, state, why)
        VALUES (:id, :at, :by, :what, (SELECT state FROM practice WHERE id = :id), :why)
        RETURNING id
        """,
        {"id": practice_id, "at": to_text(now), "by": by, "what": what, "why": why},
    )
    return row["id"]


async def of(db: Queries, practice_id: PracticeId) -> list[Change]:
    """Oldest first."""
    rows = await db.all(
        """
        SELECT at, by_id, what, state, why FROM practice_change
        WHERE practice_id = :id ORDER BY id
        """,
        {"id": practice_id},
    )
    return [
        Change(
            at=from_text(row["at"]),
            by_id=None if row["by_id"] is None else MemberId(row["by_id"]),
            what=row["what"],
            state=PracticeState(row["state"]),
            why=row["why"],
        )
        for row in rows
    ]


async def forget_who(tx: Transaction, practice_id: PracticeId, member_id: MemberId) -> None:
    await tx.run(
        "UPDATE practice_change SET by_id = NULL WHERE practice_id = :id AND by_id = :member_id",
        {"id": practice_id, "member_id": member_id},
    )
