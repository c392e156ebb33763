"""The SQL for moves that an organiser is reading back."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.conversations.model import ProposedMove, not_found
from bot.conversations.store import conversation
from bot.ids import ConversationId, MoveId
from bot.storage.database import Queries, Transaction


async def add(
    tx: Transaction,
    conversation_id: ConversationId,
    was_at: datetime,
    to_start_at: datetime,
    now: datetime,
) -> MoveId:
    row = await tx.only(
        """
        INSERT INTO proposed_move (conversation_id, was_at, to_start_at, proposed_at)
        VALUES (:conversation_id, :was_at, :to_start_at, :now)
        RETURNING id
        """,
        {
            "conversation_id": conversation_id,
            "was_at": to_text(was_at),
            "to_start_at": to_text(to_start_at),
            "now": to_text(now),
        },
    )
    return MoveId(row["id"])


async def get(db: Queries, move_id: MoveId) -> ProposedMove:
    row = await db.one(
        "SELECT id, conversation_id, was_at, to_start_at FROM proposed_move WHERE id = :id",
        {"id": move_id},
    )
    if row is None:
        raise not_found()
    return ProposedMove(
        id=MoveId(row["id"]),
        conversation=await conversation.get(db, ConversationId(row["conversation_id"])),
        was_at=from_text(row["was_at"]),
        to_start_at=from_text(row["to_start_at"]),
    )


async def drop(tx: Transaction, move_id: MoveId) -> None:
    await tx.run("DELETE FROM proposed_move WHERE id = :id", {"id": move_id})


async def drop_old(tx: Transaction, before: datetime) -> None:
    await tx.run(
        "DELETE FROM proposed_move WHERE proposed_at < :before", {"before": to_text(before)}
    )
