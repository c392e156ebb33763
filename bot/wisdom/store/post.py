"""The SQL of the messages that show quotes, and of the weeks."""

from datetime import date, datetime

from bot.clock import to_text
from bot.ids import ChannelId, MemberId, MessageId, NetworkId, QuoteId, QuotePostId
from bot.storage.database import Queries, Row, Transaction
from bot.wisdom.model import PostedFor, QuotePost


async def find(db: Queries, post_id: QuotePostId) -> QuotePost | None:
    row = await db.one(
        """
        SELECT id, network_id, quote_id, made_for, channel_id, message_id, shows
        FROM quote_post WHERE id = :id
        """,
        {"id": post_id},
    )
    return None if row is None else _post(row)


async def of_message(db: Queries, message_id: MessageId) -> QuotePost | None:
    row = await db.one(
        """
        SELECT id, network_id, quote_id, made_for, channel_id, message_id, shows
        FROM quote_post WHERE message_id = :id
        """,
        {"id": message_id},
    )
    return None if row is None else _post(row)


async def of_quote(db: Queries, quote_id: QuoteId) -> list[QuotePost]:
    rows = await db.all(
        """
        SELECT id, network_id, quote_id, made_for, channel_id, message_id, shows
        FROM quote_post WHERE quote_id = :quote_id ORDER BY id
        """,
        {"quote_id": quote_id},
    )
    return [_post(row) for row in rows]


async def to_look_at(db: Queries, network_id: NetworkId | None) -> list[QuotePostId]:
    rows = await db.all(
        "SELECT id FROM quote_post WHERE :network_id IS NULL OR network_id = :network_id",
        {"network_id": network_id},
    )
    return [QuotePostId(row["id"]) for row in rows]


async def add(
    tx: Transaction,
    network_id: NetworkId,
    quote_id: QuoteId,
    made_for: PostedFor,
    channel_id: ChannelId | None,
    now: datetime,
) -> QuotePostId:
    row = await tx.only(
        """
        INSERT INTO quote_post (network_id, quote_id, made_for, channel_id, made_at)
        VALUES (:network_id, :quote_id, :made_for, :channel_id, :now)
        RETURNING id
        """,
        {
            "network_id": network_id,
            "quote_id": quote_id,
            "made_for": made_for,
            "channel_id": channel_id,
            "now": to_text(now),
        },
    )
    return QuotePostId(row["id"])


async def ensure_review(
    tx: Transaction, network_id: NetworkId, quote_id: QuoteId, now: datetime
) -> None:
    """Have a card for its review, unless there is one."""
    await tx.run(
        """
        INSERT INTO quote_post (network_id, quote_id, made_for, made_at)
        VALUES (:network_id, :quote_id, 'review', :now)
        ON CONFLICT DO NOTHING
        """,
        {"network_id": network_id, "quote_id": quote_id, "now": to_text(now)},
    )


async def remember(
    tx: Transaction,
    post_id: QuotePostId,
    channel_id: ChannelId,
    message_id: MessageId,
    shows: str,
) -> None:
    await tx.run(
        """
        UPDATE quote_post
        SET channel_id = :channel_id, message_id = :message_id, shows = :shows
        WHERE id = :id
        """,
        {"id": post_id, "channel_id": channel_id, "message_id": message_id, "shows": shows},
    )


async def forget(tx: Transaction, post_id: QuotePostId) -> None:
    await tx.run("DELETE FROM quote_post WHERE id = :id", {"id": post_id})


async def forget_unposted_weeks(tx: Transaction, network_id: NetworkId) -> None:
    """What nobody has seen in its own week is not posted beside that of another."""
    await tx.run(
        """
        DELETE FROM quote_post
        WHERE network_id = :network_id AND made_for = 'week' AND message_id IS NULL
        """,
        {"network_id": network_id},
    )


async def add_week(
    tx: Transaction, network_id: NetworkId, monday: date, quote_id: QuoteId | None, round_: int
) -> None:
    await tx.run(
        """
        INSERT INTO quote_of_week (network_id, monday, quote_id, round)
        VALUES (:network_id, :monday, :quote_id, :round)
        """,
        {
            "network_id": network_id,
            "monday": monday.isoformat(),
            "quote_id": quote_id,
            "round": round_,
        },
    )


async def helped(tx: Transaction, quote_id: QuoteId, member_id: MemberId) -> bool:
    """Count that it helped them; False if they had said so already."""
    row = await tx.one(
        """
        INSERT INTO quote_helped (quote_id, member_id) VALUES (:quote_id, :member_id)
        ON CONFLICT DO NOTHING RETURNING 1
        """,
        {"quote_id": quote_id, "member_id": member_id},
    )
    return row is not None


async def helped_no_more(tx: Transaction, quote_id: QuoteId, member_id: MemberId) -> None:
    await tx.run(
        "DELETE FROM quote_helped WHERE quote_id = :quote_id AND member_id = :member_id",
        {"quote_id": quote_id, "member_id": member_id},
    )


async def count_helped(db: Queries, quote_id: QuoteId) -> int:
    row = await db.only(
        "SELECT count(*) AS how_many FROM quote_helped WHERE quote_id = :quote_id",
        {"quote_id": quote_id},
    )
    return row["how_many"]


def _post(row: Row) -> QuotePost:
    channel, message = row["channel_id"], row["message_id"]
    return QuotePost(
        id=QuotePostId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        quote_id=QuoteId(row["quote_id"]),
        made_for=PostedFor(row["made_for"]),
        channel_id=None if channel is None else ChannelId(channel),
        message_id=None if message is None else MessageId(message),
        shows=row["shows"],
    )
