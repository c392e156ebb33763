"""The SQL of the cards for moderators, and of the forum's index."""

from bot.ids import ChannelId, MessageId, NetworkId, PracticeId, ThreadId
from bot.practice.model import ForumIndex, ReviewPost
from bot.practice.store.practice import maybe
from bot.storage.database import Queries, Row, Transaction


async def ensure_review(tx: Transaction, network_id: NetworkId, practice_id: PracticeId) -> None:
    """Have a card for its review, unless there is one."""
    await tx.run(
        """
        INSERT INTO practice_review (practice_id, network_id) VALUES (:id, :network_id)
        ON CONFLICT DO NOTHING
        """,
        {"id": practice_id, "network_id": network_id},
    )


async def find_review(db: Queries, practice_id: PracticeId) -> ReviewPost | None:
    row = await db.one(
        """
        SELECT practice_id, network_id, channel_id, message_id, shows
        FROM practice_review WHERE practice_id = :id
        """,
        {"id": practice_id},
    )
    return None if row is None else _review(row)


async def reviews_to_look_at(db: Queries, network_id: NetworkId | None) -> list[PracticeId]:
    rows = await db.all(
        """
        SELECT practice_id FROM practice_review
        WHERE :network_id IS NULL OR network_id = :network_id
        """,
        {"network_id": network_id},
    )
    return [PracticeId(row["practice_id"]) for row in rows]


async def is_review(db: Queries, message_id: MessageId) -> bool:
    row = await db.one("SELECT 1 FROM practice_review WHERE message_id = :id", {"id": message_id})
    return row is not None


async def remember_review(
    tx: Transaction,
    practice_id: PracticeId,
    channel_id: ChannelId,
    message_id: MessageId,
    shows: str,
) -> None:
    await tx.run(
        """
        UPDATE practice_review
        SET channel_id = :channel_id, message_id = :message_id, shows = :shows
        WHERE practice_id = :id
        """,
        {"id": practice_id, "channel_id": channel_id, "message_id": message_id, "shows": shows},
    )


async def drop_review(tx: Transaction, practice_id: PracticeId) -> None:
    await tx.run("DELETE FROM practice_review WHERE practice_id = :id", {"id": practice_id})


async def networks(db: Queries) -> list[NetworkId]:
    """Those that have had something to show in their forum."""
    rows = await db.all(
        """
        SELECT DISTINCT network_id FROM practice WHERE state IN ('shared', 'featured')
        UNION SELECT network_id FROM forum_index
        """
    )
    return [NetworkId(row["network_id"]) for row in rows]


async def find_index(db: Queries, network_id: NetworkId) -> ForumIndex | None:
    row = await db.one(
        """
        SELECT network_id, forum_id, thread_id, message_id, shows FROM forum_index
        WHERE network_id = :network_id
        """,
        {"network_id": network_id},
    )
    return None if row is None else _index(row)


async def save_index(tx: Transaction, index: ForumIndex) -> None:
    await tx.run(
        """
        INSERT INTO forum_index (network_id, forum_id, thread_id, message_id, shows)
        VALUES (:network_id, :forum_id, :thread_id, :message_id, :shows)
        ON CONFLICT (network_id) DO UPDATE
        SET forum_id = excluded.forum_id, thread_id = excluded.thread_id,
            message_id = excluded.message_id, shows = excluded.shows
        """,
        {
            "network_id": index.network_id,
            "forum_id": index.forum_id,
            "thread_id": index.thread_id,
            "message_id": index.message_id,
            "shows": index.shows,
        },
    )


async def drop_index(tx: Transaction, network_id: NetworkId) -> None:
    await tx.run(
        "DELETE FROM forum_index WHERE network_id = :network_id", {"network_id": network_id}
    )


def _review(row: Row) -> ReviewPost:
    return ReviewPost(
        practice_id=PracticeId(row["practice_id"]),
        network_id=NetworkId(row["network_id"]),
        channel_id=maybe(ChannelId, row["channel_id"]),
        message_id=maybe(MessageId, row["message_id"]),
        shows=row["shows"],
    )


def _index(row: Row) -> ForumIndex:
    return ForumIndex(
        network_id=NetworkId(row["network_id"]),
        forum_id=ChannelId(row["forum_id"]),
        thread_id=ThreadId(row["thread_id"]),
        message_id=MessageId(row["message_id"]),
        shows=row["shows"],
    )
