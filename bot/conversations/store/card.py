"""The SQL for cards: which message shows which conversation."""

from datetime import datetime, timedelta

from bot.clock import from_text, to_text
from bot.conversations.model import LONGEST, Posted
from bot.ids import ChannelId, ConversationId, MessageId, NetworkId
from bot.storage.database import Queries, Row, Transaction


async def find(db: Queries, conversation_id: ConversationId) -> Posted | None:
    row = await db.one(
        """
        SELECT conversation_id, network_id, channel_id, message_id, shows, cover
        FROM card
        WHERE conversation_id = :conversation_id
        """,
        {"conversation_id": conversation_id},
    )
    return None if row is None else _posted(row)


async def save(tx: Transaction, posted: Posted) -> None:
    await tx.run(
        """
        INSERT INTO card (conversation_id, network_id, channel_id, message_id, shows, cover)
        VALUES (:conversation_id, :network_id, :channel_id, :message_id, :shows, :cover)
        ON CONFLICT (conversation_id)
        DO UPDATE SET channel_id = excluded.channel_id, message_id = excluded.message_id,
                      shows = excluded.shows, cover = excluded.cover
        """,
        {
            "conversation_id": posted.conversation_id,
            "network_id": posted.network_id,
            "channel_id": posted.channel_id,
            "message_id": posted.message_id,
            "shows": posted.shows,
            "cover": posted.cover,
        },
    )


async def drop(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run(
        "DELETE FROM card WHERE conversation_id = :conversation_id",
        {"conversation_id": conversation_id},
    )


async def to_look_at(
    db: Queries, network_id: NetworkId | None, since: datetime
) -> list[ConversationId]:
    """Conversations whose card may be missing, out of date, or left over.

    Those planned that were not over at *since*, those that are gone while their card is not, and
    those whose card shows what it must no longer.
    """
    rows = await db.all(
        """
        SELECT id AS conversation_id FROM conversation
        WHERE planned_at IS NOT NULL AND announce_at IS NULL AND starts_at > :since
          AND (:network_id IS NULL OR network_id = :network_id)
        UNION
        SELECT conversation_id FROM card
        WHERE (shows = '' OR conversation_id NOT IN (SELECT id FROM conversation))
          AND (:network_id IS NULL OR network_id = :network_id)
        """,
        {"since": to_text(since), "network_id": network_id},
    )
    return [ConversationId(row["conversation_id"]) for row in rows]


async def next_phase(db: Queries, now: datetime) -> datetime | None:
    """The next instant at which some planned conversation starts or ends."""
    row = await db.only(
        """
        SELECT min(changes_at) AS changes_at FROM (
            SELECT min(starts_at) AS changes_at FROM conversation
            WHERE planned_at IS NOT NULL AND cancelled_at IS NULL AND starts_at > :now
            UNION ALL
            SELECT min(strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, minutes || ' minutes'))
            FROM conversation
            WHERE planned_at IS NOT NULL AND cancelled_at IS NULL
              AND starts_at <= :now AND starts_at > :long_ago
              AND strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, minutes || ' minutes') > :now
        )
        """,
        {"now": to_text(now), "long_ago": to_text(now - timedelta(minutes=LONGEST))},
    )
    return None if row["changes_at"] is None else from_text(row["changes_at"])


async def count_missing(db: Queries, network_id: NetworkId, now: datetime) -> int:
    row = await db.only(
        """
        SELECT count(*) AS conversations FROM conversation
        WHERE network_id = :network_id AND planned_at IS NOT NULL AND cancelled_at IS NULL
          AND starts_at > :now AND announce_at IS NULL
          AND id NOT IN (SELECT conversation_id FROM card)
        """,
        {"network_id": network_id, "now": to_text(now)},
    )
    return row["conversations"]


def _posted(row: Row) -> Posted:
    return Posted(
        conversation_id=ConversationId(row["conversation_id"]),
        network_id=NetworkId(row["network_id"]),
        channel_id=ChannelId(row["channel_id"]),
        message_id=MessageId(row["message_id"]),
        shows=row["shows"],
        cover=row["cover"],
    )
