"""The SQL for supporters and buddies."""

from datetime import datetime

from bot.clock import to_text
from bot.conversations.model import Pair, PairKind, Wish
from bot.errors import NotFound
from bot.ids import ConversationId, MemberId, NetworkId, PairId
from bot.storage.database import Queries, Row, Transaction


async def add(
    tx: Transaction,
    conversation_id: ConversationId,
    kind: PairKind,
    asker_id: MemberId,
    other_id: MemberId,
    now: datetime,
    *,
    asker_agrees: bool,
) -> PairId:
    row = await tx.only(
        """
        INSERT INTO pair (conversation_id, kind, asker_id, other_id, made_at, asker_agreed_at)
        VALUES (:conversation_id, :kind, :asker_id, :other_id, :now,
                CASE WHEN :asker_agrees THEN :now END)
        RETURNING id
        """,
        {
            "conversation_id": conversation_id,
            "kind": kind,
            "asker_id": asker_id,
            "other_id": other_id,
            "now": to_text(now),
            "asker_agrees": asker_agrees,
        },
    )
    return PairId(row["id"])


async def get(db: Queries, pair_id: PairId) -> Pair:
    row = await db.one(
        """
        SELECT id, conversation_id, kind, asker_id, other_id, asker_agreed_at, other_agreed_at,
               ended_at
        FROM pair
        WHERE id = :id
        """,
        {"id": pair_id},
    )
    if row is None:
        raise NotFound("I can't find what that button was for. It may be too old.")
    return _pair(row)


async def live(
    db: Queries, conversation_id: ConversationId, member_id: MemberId
) -> tuple[Pair, ...]:
    """Every pair of this person's that has not ended, oldest first."""
    rows = await db.all(
        """
        SELECT id, conversation_id, kind, asker_id, other_id, asker_agreed_at, other_agreed_at,
               ended_at
        FROM pair
        WHERE conversation_id = :conversation_id AND ended_at IS NULL
          AND (asker_id = :member_id OR other_id = :member_id)
        ORDER BY id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return tuple(_pair(row) for row in rows)


async def agree(tx: Transaction, pair: Pair, member_id: MemberId, now: datetime) -> Pair:
    """One of the two says yes."""
    await tx.run(
        """
        UPDATE pair
        SET asker_agreed_at = CASE WHEN asker_id = :member_id
                                   THEN coalesce(asker_agreed_at, :now) ELSE asker_agreed_at END,
            other_agreed_at = CASE WHEN other_id = :member_id
                                   THEN coalesce(other_agreed_at, :now) ELSE other_agreed_at END
        WHERE id = :id
        """,
        {"id": pair.id, "member_id": member_id, "now": to_text(now)},
    )
    return await get(tx, pair.id)


async def end(tx: Transaction, pair_id: PairId, now: datetime) -> None:
    await tx.run(
        "UPDATE pair SET ended_at = :now WHERE id = :id", {"id": pair_id, "now": to_text(now)}
    )


async def supports_somebody(
    db: Queries, conversation_id: ConversationId, member_id: MemberId
) -> bool:
    """Whether this person comes to support at least one other."""
    row = await db.one(
        """
        SELECT 1 FROM pair
        WHERE conversation_id = :conversation_id AND other_id = :member_id
          AND kind = 'supporter' AND other_agreed_at IS NOT NULL AND ended_at IS NULL
        LIMIT 1
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return row is not None


async def still_asked(
    db: Queries, network_id: NetworkId, member_id: MemberId, now: datetime
) -> list[ConversationId]:
    """Conversations ahead in which this person was asked for company, or is to give it."""
    rows = await db.all(
        """
        SELECT DISTINCT conversation_id FROM pair
        JOIN conversation ON conversation.id = pair.conversation_id
        WHERE (asker_id = :member_id OR other_id = :member_id) AND ended_at IS NULL
          AND network_id = :network_id AND starts_at > :now
        """,
        {"network_id": network_id, "member_id": member_id, "now": to_text(now)},
    )
    return [ConversationId(row["conversation_id"]) for row in rows]


async def save_wish(
    tx: Transaction,
    conversation_id: ConversationId,
    member_id: MemberId,
    wish: Wish,
    now: datetime,
) -> None:
    await tx.run(
        """
        INSERT INTO buddy_wish (conversation_id, member_id, wish, wished_at)
        VALUES (:conversation_id, :member_id, :wish, :now)
        ON CONFLICT (conversation_id, member_id)
        DO UPDATE SET wish = excluded.wish, wished_at = excluded.wished_at
        """,
        {
            "conversation_id": conversation_id,
            "member_id": member_id,
            "wish": wish,
            "now": to_text(now),
        },
    )


async def drop_wish(tx: Transaction, conversation_id: ConversationId, member_id: MemberId) -> None:
    await tx.run(
        """
        DELETE FROM buddy_wish
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )


async def wish_of(db: Queries, conversation_id: ConversationId, member_id: MemberId) -> Wish | None:
    row = await db.one(
        """
        SELECT wish FROM buddy_wish
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return None if row is None else Wish(row["wish"])


async def match_for(
    db: Queries, conversation_id: ConversationId, member_id: MemberId, wish: Wish
) -> MemberId | None:
    """Whoever has wished longest for the opposite, is free, and was never paired with them."""
    row = await db.one(
        """
        SELECT member_id FROM buddy_wish
        WHERE conversation_id = :conversation_id AND wish = :opposite AND member_id <> :member_id
          AND NOT EXISTS (
              SELECT 1 FROM pair
              WHERE pair.conversation_id = :conversation_id AND kind = 'buddy'
                AND (
                    (ended_at IS NULL AND buddy_wish.member_id IN (asker_id, other_id))
                    OR (asker_id = :member_id AND other_id = buddy_wish.member_id)
                    OR (asker_id = buddy_wish.member_id AND other_id = :member_id)
                )
          )
        ORDER BY id
        LIMIT 1
        """,
        {"conversation_id": conversation_id, "member_id": member_id, "opposite": wish.opposite},
    )
    return None if row is None else MemberId(row["member_id"])


def _pair(row: Row) -> Pair:
    return Pair(
        id=PairId(row["id"]),
        conversation_id=ConversationId(row["conversation_id"]),
        kind=PairKind(row["kind"]),
        asker_id=MemberId(row["asker_id"]),
        other_id=MemberId(row["other_id"]),
        asker_agreed=row["asker_agreed_at"] is not None,
        other_agreed=row["other_agreed_at"] is not None,
        has_ended=row["ended_at"] is not None,
    )
