"""The SQL for lists of conversations, in the order of their dates."""

from datetime import datetime

from bot.clock import to_text
from bot.conversations.model import Conversation
from bot.conversations.store.conversation import of_row
from bot.ids import NetworkId
from bot.storage.database import Queries


async def count_upcoming(db: Queries, network_id: NetworkId, now: datetime) -> int:
    row = await db.only(
        """
        SELECT count(*) AS conversations FROM conversation
        WHERE network_id = :network_id AND planned_at IS NOT NULL AND cancelled_at IS NULL
          AND starts_at > :now AND announce_at IS NULL
        """,
        {"network_id": network_id, "now": to_text(now)},
    )
    return row["conversations"]


async def upcoming(
    db: Queries,
    network_id: NetworkId,
    now: datetime,
    *,
    skip: int,
    limit: int,
    unannounced: bool = False,
) -> list[Conversation]:
    """Soonest first, with those that members are still to hear of if *unannounced*."""
    rows = await db.all(
        """
        SELECT id, network_id, title, description, starts_at, minutes, places, drafted_by,
               planned_at, cancelled_at, cancelled_because, moved_from, moves,
               sequence, venue_channel_id, join_link, questions, content_note, offered,
               access_provided, closes_at, host_id, deputy_id,
               series_id, occurrence, edited, announce_at,
               (SELECT first_at || ' ' || rule FROM series
                WHERE series.id = series_id AND series.state <> 'ended'
                  AND occurrence >= substr(first_at, 1, 10)) AS happens,
               going, maybe, waiting, supporting
        FROM conversation
        WHERE network_id = :network_id AND planned_at IS NOT NULL AND cancelled_at IS NULL
          AND starts_at > :now AND (announce_at IS NULL OR :unannounced)
        ORDER BY starts_at, id
        LIMIT :limit OFFSET :skip
        """,
        {
            "network_id": network_id,
            "now": to_text(now),
            "skip": skip,
            "limit": limit,
            "unannounced": unannounced,
        },
    )
    return [of_row(row) for row in rows]


async def begun(
    db: Queries, network_id: NetworkId, since: datetime, now: datetime, limit: int
) -> list[Conversation]:
    """Those that started after *since*, the latest first."""
    rows = await db.all(
        """
        SELECT id, network_id, title, description, starts_at, minutes, places, drafted_by,
               planned_at, cancelled_at, cancelled_because, moved_from, moves,
               sequence, venue_channel_id, join_link, questions, content_note, offered,
               access_provided, closes_at, host_id, deputy_id,
               series_id, occurrence, edited, announce_at,
               (SELECT first_at || ' ' || rule FROM series
                WHERE series.id = series_id AND series.state <> 'ended'
                  AND occurrence >= substr(first_at, 1, 10)) AS happens,
               going, maybe, waiting, supporting
        FROM conversation
        WHERE network_id = :network_id AND planned_at IS NOT NULL AND cancelled_at IS NULL
          AND starts_at > :since AND starts_at <= :now
        ORDER BY starts_at DESC, id DESC
        LIMIT :limit
        """,
        {"network_id": network_id, "since": to_text(since), "now": to_text(now), "limit": limit},
    )
    return [of_row(row) for row in rows]
