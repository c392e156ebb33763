"""The SQL for what organisers write to people about a conversation."""

from datetime import datetime

from bot.clock import to_text
from bot.ids import ConversationId, MemberId, WrittenId
from bot.storage.database import Queries, Transaction


async def add(
    tx: Transaction,
    conversation_id: ConversationId,
    written_by: MemberId,
    words: str,
    now: datetime,
) -> WrittenId:
    row = await tx.only(
        """
        INSERT INTO written (conversation_id, written_by, words, written_at)
        VALUES (:conversation_id, :written_by, :words, :now)
        RETURNING id
        """,
        {
            "conversation_id": conversation_id,
            "written_by": written_by,
            "words": words,
            "now": to_text(now),
        },
    )
    return WrittenId(row["id"])


async def words(db: Queries, written_id: WrittenId) -> str:
    row = await db.only("SELECT words FROM written WHERE id = :id", {"id": written_id})
    return row["words"]
