"""The SQL of notes."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import ConversationId, MemberId, NetworkId
from bot.reflections.model import Note, Point
from bot.storage.database import Queries, Row, Transaction


async def add(
    tx: Transaction,
    network_id: NetworkId,
    conversation_id: ConversationId,
    point: Point,
    noted_by: MemberId | None,
    now: datetime,
) -> None:
    await tx.run(
        """
        INSERT INTO conversation_note (network_id, conversation_id, question, words, noted_by,
                                       noted_at)
        VALUES (:network_id, :conversation_id, :question, :words, :noted_by, :now)
        """,
        {
            "network_id": network_id,
            "conversation_id": conversation_id,
            "question": point.question,
            "words": point.words,
            "noted_by": noted_by,
            "now": to_text(now),
        },
    )


async def count(db: Queries, conversation_id: ConversationId) -> int:
    row = await db.only(
        "SELECT count(*) AS notes FROM conversation_note WHERE conversation_id = :id",
        {"id": conversation_id},
    )
    return row["notes"]


async def of(db: Queries, network_id: NetworkId, conversation_id: ConversationId) -> list[Note]:
    """Question by question, what is about the whole at the end; the oldest first."""
    rows = await db.all(
        """
        SELECT network_id, conversation_id, question, words, noted_by, noted_at
        FROM conversation_note
        WHERE conversation_id = :conversation_id AND network_id = :network_id
        ORDER BY coalesce(question, 9), id
        """,
        {"conversation_id": conversation_id, "network_id": network_id},
    )
    return [_note(row) for row in rows]


def _note(row: Row) -> Note:
    by = row["noted_by"]
    return Note(
        network_id=NetworkId(row["network_id"]),
        conversation_id=ConversationId(row["conversation_id"]),
        point=Point(question=row["question"], words=row["words"]),
        noted_by=None if by is None else MemberId(by),
        noted_at=from_text(row["noted_at"]),
    )
