"""The SQL for people's answers. The counts on `conversation` follow by trigger."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import to_text
from bot.conversations.model import (
    Conversation,
    Listed,
    Mine,
    Promoted,
    SignUp,
    SignUpState,
    not_found,
)
from bot.conversations.store import conversation
from bot.conversations.store import guest as guests
from bot.ids import ConversationId, GuestId, MemberId, NetworkId
from bot.storage.database import Queries, Row, Transaction


async def get_with_answer(
    db: Queries, conversation_id: ConversationId, member_id: MemberId
) -> tuple[Conversation, SignUp | None]:
    """In one trip: this is what every press costs."""
    row = await db.one(
        """
        SELECT id, network_id, title, description, starts_at, minutes, places, drafted_by,
               planned_at, cancelled_at, cancelled_because, moved_from, moves,
               sequence, venue_channel_id, join_link, questions, content_note, offered,
               access_provided, closes_at, host_id, deputy_id,
               series_id, occurrence, edited, announce_at,
               (SELECT first_at || ' ' || rule FROM series
                WHERE series.id = series_id AND series.state <> 'ended'
                  AND occurrence >= substr(first_at, 1, 10)) AS happens,
               going, maybe, waiting, supporting,
               sign_up.state, sign_up.number, sign_up.asked_again
        FROM conversation
        LEFT JOIN sign_up ON sign_up.conversation_id = conversation.id
                         AND sign_up.member_id = :member_id
        WHERE conversation.id = :id
        """,
        {"id": conversation_id, "member_id": member_id},
    )
    if row is None:
        raise not_found()
    return conversation.of_row(row), None if row["state"] is None else of_row(row)


async def save_answer(
    tx: Transaction,
    conversation_id: ConversationId,
    member_id: MemberId,
    state: SignUpState,
    now: datetime,
) -> SignUp:
    """Record an answer under the next number."""
    row = await tx.only(
        """
        INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at)
        SELECT id, :member_id, :state, last_number + 1, :now
        FROM conversation
        WHERE id = :conversation_id
        ON CONFLICT (conversation_id, member_id)
        DO UPDATE SET state = excluded.state, number = excluded.number,
                      answered_at = excluded.answered_at, asked_again = 0
        RETURNING state, number, asked_again
        """,
        {
            "conversation_id": conversation_id,
            "member_id": member_id,
            "state": state,
            "now": to_text(now),
        },
    )
    return of_row(row)


async def move_up(
    tx: Transaction, conversation_id: ConversationId, how_many: int
) -> list[Promoted]:
    """Give a place to those who have waited longest, and say who."""
    rows = await tx.all(
        """
        UPDATE sign_up
        SET state = 'going'
        WHERE rowid IN (
            SELECT rowid FROM sign_up
            WHERE conversation_id = :conversation_id AND state = 'waiting'
            ORDER BY number
            LIMIT :how_many
        )
        RETURNING member_id, guest_id, number
        """,
        {"conversation_id": conversation_id, "how_many": how_many},
    )
    return sorted((_promoted(row) for row in rows), key=lambda each: each.number)


async def ask_again(tx: Transaction, conversation_id: ConversationId) -> None:
    """Everybody with a place is to say again whether they come."""
    await tx.run(
        """
        UPDATE sign_up
        SET asked_again = 1
        WHERE conversation_id = :conversation_id AND state = 'going'
        """,
        {"conversation_id": conversation_id},
    )


async def say_again(tx: Transaction, conversation_id: ConversationId, member_id: MemberId) -> None:
    """Somebody with a place says that they are still coming."""
    await tx.run(
        """
        UPDATE sign_up
        SET asked_again = 0
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )


async def members(
    db: Queries, conversation_id: ConversationId, states: Sequence[SignUpState]
) -> list[MemberId]:
    """Which members are in one of *states*, in the order of asking. Guests are not."""
    rows = await db.all(
        """
        SELECT member_id FROM sign_up
        WHERE conversation_id = :conversation_id AND member_id IS NOT NULL
          AND state IN (SELECT value FROM json_each(:states))
        ORDER BY number
        """,
        {"conversation_id": conversation_id, "states": json.dumps(states)},
    )
    return [MemberId(row["member_id"]) for row in rows]


async def listed(
    db: Queries, conversation_id: ConversationId, *, skip: int, limit: int
) -> list[Listed]:
    """Everybody who may come: those going first, then supporters, the waitlist, maybe."""
    rows = await db.all(
        """
        SELECT member_id, state, number, asked_again, attended,
               guest.id AS guest_id, guest.name, guest.note, guest.looked_after_by
        FROM sign_up
        LEFT JOIN guest ON guest.id = sign_up.guest_id
        WHERE sign_up.conversation_id = :conversation_id AND state <> 'not_coming'
        ORDER BY CASE state WHEN 'going' THEN 1 WHEN 'supporting' THEN 2 WHEN 'waiting' THEN 3
                            ELSE 4 END, number
        LIMIT :limit OFFSET :skip
        """,
        {"conversation_id": conversation_id, "limit": limit, "skip": skip},
    )
    return [listed_of(row) for row in rows]


def _promoted(row: Row) -> Promoted:
    member_id, guest_id = row["member_id"], row["guest_id"]
    return Promoted(
        member_id=None if member_id is None else MemberId(member_id),
        guest_id=None if guest_id is None else GuestId(guest_id),
        number=row["number"],
    )


def listed_of(row: Row) -> Listed:
    """The person in a row of a sign-up joined with its guest, if it has one."""
    guest = None if row["guest_id"] is None else guests.of_row(row)
    member_id = None if row["member_id"] is None else MemberId(row["member_id"])
    attended = None if row["attended"] is None else bool(row["attended"])
    return Listed(member_id=member_id, guest=guest, sign_up=of_row(row), attended=attended)


async def ahead_in_line(db: Queries, conversation_id: ConversationId, number: int) -> int:
    """How many people wait who asked before *number*."""
    row = await db.only(
        """
        SELECT count(*) AS people FROM sign_up
        WHERE conversation_id = :conversation_id AND state = 'waiting' AND number < :number
        """,
        {"conversation_id": conversation_id, "number": number},
    )
    return row["people"]


async def of_member(
    db: Queries, network_id: NetworkId, member_id: MemberId, now: datetime, limit: int
) -> list[Mine]:
    """What this person has answered and has not happened yet, soonest first."""
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
               going, maybe, waiting, supporting,
               sign_up.state, sign_up.number, sign_up.asked_again,
               CASE sign_up.state WHEN 'waiting' THEN (
                   SELECT count(*) FROM sign_up AS before
                   WHERE before.conversation_id = conversation.id
                     AND before.state = 'waiting' AND before.number < sign_up.number
               ) ELSE 0 END AS ahead
        FROM sign_up
        JOIN conversation ON conversation.id = sign_up.conversation_id
        WHERE sign_up.member_id = :member_id AND sign_up.state <> 'not_coming'
          AND network_id = :network_id AND cancelled_at IS NULL AND starts_at > :now
        ORDER BY starts_at, id
        LIMIT :limit
        """,
        {
            "network_id": network_id,
            "member_id": member_id,
            "now": to_text(now),
            "limit": limit,
        },
    )
    return [
        Mine(conversation=conversation.of_row(row), sign_up=of_row(row), ahead_in_line=row["ahead"])
        for row in rows
    ]


def of_row(row: Row) -> SignUp:
    """The sign-up in a row that has its columns, also one of a join."""
    return SignUp(
        state=SignUpState(row["state"]),
        number=row["number"],
        asked_again=bool(row["asked_again"]),
    )
