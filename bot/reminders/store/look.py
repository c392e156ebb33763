"""The SQL for looking in time: at which conversation next, what was dealt with, who is due."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.clock import from_text, to_text
from bot.ids import ConversationId, MemberId, NetworkId
from bot.reminders.model import Dealt, Moment, Occasion, Purpose, Recipient
from bot.reminders.store.wish import of_row
from bot.storage.database import Queries, Transaction


async def next_look(db: Queries) -> datetime | None:
    row = await db.one(
        """
        SELECT look_at FROM reminder_look
        WHERE look_at IS NOT NULL
        ORDER BY look_at
        LIMIT 1
        """
    )
    return None if row is None else from_text(row["look_at"])


async def due(db: Queries, now: datetime, limit: int) -> list[ConversationId]:
    rows = await db.all(
        """
        SELECT conversation_id FROM reminder_look
        WHERE look_at IS NOT NULL AND look_at <= :now
        ORDER BY look_at, conversation_id
        LIMIT :limit
        """,
        {"now": to_text(now), "limit": limit},
    )
    return [ConversationId(row["conversation_id"]) for row in rows]


async def look_next(tx: Transaction, conversation_id: ConversationId, at: datetime | None) -> None:
    await tx.run(
        "UPDATE reminder_look SET look_at = :at WHERE conversation_id = :conversation_id",
        {"conversation_id": conversation_id, "at": None if at is None else to_text(at)},
    )


async def find_occasion(db: Queries, conversation_id: ConversationId) -> Occasion | None:
    row = await db.one(
        """
        SELECT id, network_id, starts_at, minutes, moves, planned_at, moved_at,
               reminder_look.announced_at,
               announce_at IS NULL AS is_announced,
               planned_at IS NOT NULL AND cancelled_at IS NULL AS is_on
        FROM conversation
        LEFT JOIN reminder_look ON reminder_look.conversation_id = conversation.id
        WHERE id = :id
        """,
        {"id": conversation_id},
    )
    if row is None or row["planned_at"] is None:
        return None
    starts_at = from_text(row["starts_at"])
    return Occasion(
        conversation_id=ConversationId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=row["minutes"]),
        known_since=from_text(
            max(row["moved_at"] or row["planned_at"], row["announced_at"] or row["planned_at"])
        ),
        moves=row["moves"],
        is_announced=bool(row["is_announced"]),
        is_on=bool(row["is_on"]),
    )


async def dealt(
    db: Queries, conversation_id: ConversationId, moves: int
) -> dict[tuple[Purpose, int], Dealt]:
    """What became of the moments of one date, by their names."""
    rows = await db.all(
        """
        SELECT purpose, minutes_before, at, people, is_posted, left_out_because
        FROM reminder_dealt
        WHERE conversation_id = :conversation_id AND moves = :moves
        """,
        {"conversation_id": conversation_id, "moves": moves},
    )
    return {
        (Purpose(row["purpose"]), row["minutes_before"]): Dealt(
            at=from_text(row["at"]),
            people=row["people"],
            is_posted=bool(row["is_posted"]),
            left_out_because=row["left_out_because"],
        )
        for row in rows
    }


async def mark_dealt(
    tx: Transaction, occasion: Occasion, became: Iterable[tuple[Moment, Dealt]]
) -> None:
    await tx.run_many(
        """
        INSERT INTO reminder_dealt (conversation_id, moves, purpose, minutes_before, at, people,
                                    is_posted, left_out_because)
        VALUES (:conversation_id, :moves, :purpose, :minutes_before, :at, :people,
                :is_posted, :left_out_because)
        ON CONFLICT (conversation_id, moves, purpose, minutes_before)
        DO UPDATE SET at = excluded.at, people = excluded.people, is_posted = excluded.is_posted,
                      left_out_because = excluded.left_out_because
        """,
        [
            {
                "conversation_id": occasion.conversation_id,
                "moves": occasion.moves,
                "purpose": moment.purpose,
                "minutes_before": moment.minutes,
                "at": to_text(each.at),
                "people": each.people,
                "is_posted": each.is_posted,
                "left_out_because": each.left_out_because,
            }
            for moment, each in became
        ],
    )


async def recipients(
    db: Queries, conversation_id: ConversationId, network_id: NetworkId, now: datetime
) -> list[Recipient]:
    """Members with a place who want to be written to, and have not paused. Guests are not members.

    Those who said no, maybe, or wait are not among them; nor is whoever looks after a guest,
    unless they come themselves.
    """
    rows = await db.all(
        """
        SELECT sign_up.member_id, sign_up.state,
               coalesce(of_one.is_wanted, wish.is_wanted) AS is_wanted,
               wish.minutes_before, wish.from_hour, wish.until_hour, wish.time_zone,
               wish.paused_until
        FROM sign_up
        LEFT JOIN reminder_wish AS wish
               ON wish.network_id = :network_id AND wish.member_id = sign_up.member_id
        LEFT JOIN reminder_of_one AS of_one
               ON of_one.conversation_id = sign_up.conversation_id
              AND of_one.member_id = sign_up.member_id
        WHERE sign_up.conversation_id = :conversation_id AND sign_up.member_id IS NOT NULL
          AND sign_up.state IN ('going', 'supporting')
          AND coalesce(of_one.is_wanted, wish.is_wanted, 0) = 1
          AND (wish.paused_until IS NULL OR wish.paused_until <= :now)
        ORDER BY sign_up.number
        """,
        {"conversation_id": conversation_id, "network_id": network_id, "now": to_text(now)},
    )
    return [
        Recipient(
            member_id=MemberId(row["member_id"]),
            wish=of_row(row),
            has_own_place=row["state"] == "going",
        )
        for row in rows
    ]
