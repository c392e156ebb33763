"""The SQL for what is owed just now, in numbers."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import MemberId
from bot.notices.model import NoticeKind, Standing
from bot.storage.database import Queries


async def standing(db: Queries, now: datetime) -> Standing:
    row = await db.only(
        """
        SELECT count(*) AS owed,
               count(*) FILTER (WHERE due_at <= :now) AS due,
               min(due_at) FILTER (WHERE due_at <= :now) AS due_since
        FROM notice
        WHERE state = 'owed'
        """,
        {"now": to_text(now)},
    )
    due_since = row["due_since"]
    return Standing(row["owed"], row["due"], None if due_since is None else from_text(due_since))


async def was_owed(
    db: Queries, kind: NoticeKind, about_id: int, member_id: MemberId, occurrence: int
) -> bool:
    row = await db.one(
        """
        SELECT 1 FROM notice
        WHERE kind = :kind AND about_id = :about_id AND member_id = :member_id
          AND occurrence = :occurrence
        """,
        {"kind": kind, "about_id": about_id, "member_id": member_id, "occurrence": occurrence},
    )
    return row is not None
