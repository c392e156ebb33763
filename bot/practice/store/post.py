"""The SQL of the threads in the forum."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import ChannelId, MessageId, NetworkId, PracticeId, TagId, ThreadId
from bot.practice.model import PracticePost
from bot.practice.store.practice import maybe
from bot.storage.database import Queries, Row, Transaction


async def find(db: Queries, practice_id: PracticeId) -> PracticePost | None:
    row = await db.one(
        """
        SELECT practice_id, network_id, forum_id, thread_id, message_id, is_ours, title, tags,
               shows, is_gone, source_id, source_edited_at, source_seen_at
        FROM practice_post WHERE practice_id = :id
        """,
        {"id": practice_id},
    )
    return None if row is None else _post(row)


async def of_thread(db: Queries, thread_id: ThreadId) -> PracticePost | None:
    row = await db.one(
        """
        SELECT practice_id, network_id, forum_id, thread_id, message_id, is_ours, title, tags,
               shows, is_gone, source_id, source_edited_at, source_seen_at
        FROM practice_post WHERE thread_id = :id
        """,
        {"id": thread_id},
    )
    return None if row is None else _post(row)


async def to_look_at(db: Queries, network_id: NetworkId | None) -> list[PracticeId]:
    """Those with a thread, and those that ought to have one."""
    rows = await db.all(
        """
        SELECT practice_id AS id FROM practice_post
        WHERE is_gone = 0 AND (:network_id IS NULL OR network_id = :network_id)
        UNION
        SELECT id FROM practice
        WHERE state IN ('shared', 'featured') AND (:network_id IS NULL OR network_id = :network_id)
          AND NOT EXISTS (SELECT 1 FROM practice_post WHERE practice_id = practice.id)
        """,
        {"network_id": network_id},
    )
    return [PracticeId(row["id"]) for row in rows]


async def by_hand(db: Queries, before: datetime) -> list[PracticeId]:
    """Those made by hand that nobody has looked at since."""
    rows = await db.all(
        """
        SELECT practice_id FROM practice_post
        WHERE is_ours = 0 AND is_gone = 0 AND source_seen_at <= :before
        """,
        {"before": to_text(before)},
    )
    return [PracticeId(row["practice_id"]) for row in rows]


async def is_among_newest(db: Queries, practice_id: PracticeId, most: int) -> bool:
    """Or featured."""
    row = await db.one(
        """
        SELECT state = 'featured' OR (
                   SELECT count(*) FROM (
                       SELECT 1 FROM practice AS newer
                       WHERE newer.network_id = practice.network_id
                         AND newer.state IN ('shared', 'featured')
                         AND (newer.shared_at, newer.id) > (practice.shared_at, practice.id)
                       LIMIT :most
                   )
               ) < :most AS is_among
        FROM practice WHERE id = :id AND state IN ('shared', 'featured')
        """,
        {"id": practice_id, "most": most},
    )
    return row is not None and bool(row["is_among"])


async def save(tx: Transaction, post: PracticePost) -> None:
    await tx.run(
        """
        INSERT INTO practice_post (practice_id, network_id, forum_id, thread_id, message_id,
                                   is_ours, title, tags, shows, is_gone, source_id,
                                   source_edited_at, source_seen_at)
        VALUES (:practice_id, :network_id, :forum_id, :thread_id, :message_id, :is_ours, :title,
                :tags, :shows, :is_gone, :source_id, :source_edited_at, :source_seen_at)
        ON CONFLICT (practice_id) DO UPDATE
        SET forum_id = excluded.forum_id, thread_id = excluded.thread_id,
            message_id = excluded.message_id, is_ours = excluded.is_ours, title = excluded.title,
            tags = excluded.tags, shows = excluded.shows, is_gone = excluded.is_gone,
            source_id = excluded.source_id, source_edited_at = excluded.source_edited_at,
            source_seen_at = excluded.source_seen_at
        """,
        {
            "practice_id": post.practice_id,
            "network_id": post.network_id,
            "forum_id": post.forum_id,
            "thread_id": post.thread_id,
            "message_id": post.message_id,
            "is_ours": post.is_ours,
            "title": post.title,
            "tags": json.dumps(post.tags),
            "shows": post.shows,
            "is_gone": post.is_gone,
            "source_id": post.source_id,
            "source_edited_at": maybe(to_text, post.source_edited_at),
            "source_seen_at": maybe(to_text, post.source_seen_at),
        },
    )


async def drop(tx: Transaction, practice_id: PracticeId) -> None:
    await tx.run("DELETE FROM practice_post WHERE practice_id = :id", {"id": practice_id})


async def mark_gone(tx: Transaction, practice_id: PracticeId) -> None:
    await tx.run(
        "UPDATE practice_post SET is_gone = 1 WHERE practice_id = :id", {"id": practice_id}
    )


async def forums(db: Queries, network_id: NetworkId) -> list[ChannelId]:
    rows = await db.all(
        "SELECT DISTINCT forum_id FROM practice_post WHERE network_id = :network_id",
        {"network_id": network_id},
    )
    return [ChannelId(row["forum_id"]) for row in rows]


async def lost(
    db: Queries, network_id: NetworkId, gone_with: Sequence[ChannelId]
) -> list[PracticeId]:
    """What others may see, and whose thread was deleted: alone, or with one of these forums."""
    rows = await db.all(
        """
        SELECT practice_id FROM practice_post JOIN practice ON practice.id = practice_id
        WHERE practice_post.network_id = :network_id AND state IN ('shared', 'featured')
          AND (is_gone = 1 OR forum_id IN (SELECT value FROM json_each(:forums)))
        """,
        {"network_id": network_id, "forums": json.dumps(list(gone_with))},
    )
    return [PracticeId(row["practice_id"]) for row in rows]


def _post(row: Row) -> PracticePost:
    tags: Sequence[int] = json.loads(row["tags"])
    return PracticePost(
        practice_id=PracticeId(row["practice_id"]),
        network_id=NetworkId(row["network_id"]),
        forum_id=ChannelId(row["forum_id"]),
        thread_id=ThreadId(row["thread_id"]),
        message_id=maybe(MessageId, row["message_id"]),
        is_ours=bool(row["is_ours"]),
        title=row["title"],
        tags=tuple(TagId(each) for each in tags),
        shows=row["shows"],
        is_gone=bool(row["is_gone"]),
        source_id=maybe(MessageId, row["source_id"]),
        source_edited_at=maybe(from_text, row["source_edited_at"]),
        source_seen_at=maybe(from_text, row["source_seen_at"]),
    )
