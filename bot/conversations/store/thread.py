"""The SQL for the threads in which people talk about conversations."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.conversations.model.effects import OpenThread
from bot.ids import ConversationId, NetworkId, ThreadId
from bot.storage.database import Queries, Row, Transaction


async def find(db: Queries, conversation_id: ConversationId) -> OpenThread | None:
    row = await db.one(
        """
        SELECT conversation_id, network_id, thread_id, name, is_greeted, moves_told,
               is_cancel_told, is_archived
        FROM thread
        WHERE conversation_id = :conversation_id
        """,
        {"conversation_id": conversation_id},
    )
    return None if row is None else _thread(row)


async def of_thread(
    db: Queries, network_id: NetworkId, thread_id: ThreadId
) -> ConversationId | None:
    row = await db.one(
        """
        SELECT conversation_id FROM thread
        WHERE thread_id = :thread_id AND network_id = :network_id
        """,
        {"thread_id": thread_id, "network_id": network_id},
    )
    return None if row is None else ConversationId(row["conversation_id"])


async def save(tx: Transaction, thread: OpenThread) -> None:
    await tx.run(
        """
        INSERT INTO thread (conversation_id, network_id, thread_id, name, is_greeted, moves_told,
                            is_cancel_told, is_archived)
        VALUES (:conversation_id, :network_id, :thread_id, :name, :is_greeted, :moves_told,
                :is_cancel_told, :is_archived)
        ON CONFLICT (conversation_id)
        DO UPDATE SET thread_id = excluded.thread_id, name = excluded.name,
                      is_greeted = excluded.is_greeted, moves_told = excluded.moves_told,
                      is_cancel_told = excluded.is_cancel_told, is_archived = excluded.is_archived
        """,
        {
            "conversation_id": thread.conversation_id,
            "network_id": thread.network_id,
            "thread_id": thread.thread_id,
            "name": thread.name,
            "is_greeted": thread.is_greeted,
            "moves_told": thread.moves_told,
            "is_cancel_told": thread.is_cancel_told,
            "is_archived": thread.is_archived,
        },
    )


async def drop(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run(
        "DELETE FROM thread WHERE conversation_id = :conversation_id",
        {"conversation_id": conversation_id},
    )


async def to_look_at(
    db: Queries, network_id: NetworkId | None, now: datetime
) -> list[ConversationId]:
    """Conversations ahead, and those with a thread that is not archived yet."""
    rows = await db.all(
        """
        SELECT id AS conversation_id FROM conversation
        WHERE planned_at IS NOT NULL AND cancelled_at IS NULL AND announce_at IS NULL
          AND starts_at > :now
          AND (:network_id IS NULL OR network_id = :network_id)
        UNION
        SELECT conversation_id FROM thread
        WHERE is_archived = 0 AND (:network_id IS NULL OR network_id = :network_id)
        """,
        {"now": to_text(now), "network_id": network_id},
    )
    return [ConversationId(row["conversation_id"]) for row in rows]


async def next_end(db: Queries, after: datetime) -> datetime | None:
    """The first end, later than *after*, of a conversation whose thread is not archived."""
    row = await db.only(
        """
        SELECT min(ends_at) AS ends_at FROM (
            SELECT strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, minutes || ' minutes') AS ends_at
            FROM thread
            JOIN conversation ON conversation.id = thread.conversation_id
            WHERE thread.is_archived = 0
        )
        WHERE ends_at > :after
        """,
        {"after": to_text(after)},
    )
    return None if row["ends_at"] is None else from_text(row["ends_at"])


def _thread(row: Row) -> OpenThread:
    return OpenThread(
        conversation_id=ConversationId(row["conversation_id"]),
        network_id=NetworkId(row["network_id"]),
        thread_id=ThreadId(row["thread_id"]),
        name=row["name"],
        is_greeted=bool(row["is_greeted"]),
        moves_told=row["moves_told"],
        is_cancel_told=bool(row["is_cancel_told"]),
        is_archived=bool(row["is_archived"]),
    )
