"""The SQL for what is posted for everybody when private messages are closed."""

from datetime import datetime

from bot.clock import to_text
from bot.notices.model import EVERYBODY, Notice, NoticeKind
from bot.storage.database import Transaction


async def post(tx: Transaction, kind: NoticeKind, instead_of: Notice, now: datetime) -> bool:
    """Owe a post of this *kind*, once for each occurrence. False: it was owed already.

    One before it that could not be posted yet is not posted as well: the later says the same.
    """
    values = {
        "kind": kind,
        "lane": kind.lane,
        "everybody": EVERYBODY,
        "id": instead_of.id,
        "about_id": instead_of.about_id,
        "now": to_text(now),
    }
    added = await tx.one(
        """
        INSERT INTO notice (kind, lane, network_id, about, about_id, conversation_id, member_id,
                            occurrence, due_at, next_try_at)
        SELECT :kind, :lane, network_id, about, about_id, conversation_id, :everybody,
               occurrence, :now, :now
        FROM notice
        WHERE id = :id
        ON CONFLICT (kind, about_id, member_id, occurrence) DO NOTHING
        RETURNING id
        """,
        values,
    )
    if added is None:
        return False
    await tx.run(
        """
        UPDATE notice
        SET state = 'dropped', dropped_because = 'a later one says the same', settled_at = :now
        WHERE kind = :kind AND about_id = :about_id AND member_id = :everybody
          AND state = 'owed' AND id < :added
        """,
        {**values, "added": added["id"]},
    )
    return True
