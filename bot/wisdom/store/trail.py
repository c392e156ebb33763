"""The SQL of what was done with quotes, by whom and when. Never any words."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import MemberId, QuoteId
from bot.storage.database import Queries, Transaction
from bot.wisdom.model import Change


async def add(
    tx: Transaction, quote_id: QuoteId, what: str, by: MemberId | None, now: datetime
) -> int:
    """Write a line, and give its id, by which a notice of it can be told from others."""
    row = await tx.only(
        """
        INSERT INTO quote_change (quote_id, at, by_id, what) VALUES (:quote_id, :at, :by, :what)
        RETURNING id
        """,
        {"quote_id": quote_id, "at": to_text(now), "by": by, "what": what},
    )
    return row["id"]


async def of(db: Queries, quote_id: QuoteId) -> list[Change]:
    """Oldest first."""
    rows = await db.all(
        "SELECT at, by_id, what FROM quote_change WHERE quote_id = :quote_id ORDER BY id",
        {"quote_id": quote_id},
    )
    return [
        Change(
            at=from_text(row["at"]),
            by_id=None if row["by_id"] is None else MemberId(row["by_id"]),
            what=row["what"],
        )
        for row in rows
    ]


async def forget_who(tx: Transaction, quote_id: QuoteId, member_id: MemberId) -> None:
    await tx.run(
        "UPDATE quote_change SET by_id = NULL WHERE quote_id = :quote_id AND by_id = :member_id",
        {"quote_id": quote_id, "member_id": member_id},
    )
