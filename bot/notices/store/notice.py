"""The SQL for notices. Rows stop here: callers get the model."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import ConversationId, MemberId, NetworkId, NoticeId
from bot.notices.model import (
    ABOUT_MORE_THAN_A_PLACE,
    EVERYBODY,
    HOLDS_BACK_FOR,
    Lane,
    Notice,
    NoticeKind,
    NoticeState,
    Subject,
)
from bot.storage.database import Queries, Row, Transaction


async def add(
    tx: Transaction,
    kind: NoticeKind,
    network_id: NetworkId,
    about_id: int,
    people: Iterable[tuple[MemberId, int]],
    due_at: datetime,
) -> None:
    """One notice for each (person, occurrence) in *people*."""
    await tx.run_many(
        """
        INSERT INTO notice (kind, lane, network_id, about, about_id, conversation_id, member_id,
                            occurrence, due_at, next_try_at)
        VALUES (:kind, :lane, :network_id, :about, :about_id,
                CASE :about WHEN 'conversation' THEN :about_id END, :member_id,
                :occurrence, :due_at, :due_at)
        """,
        [
            {
                "kind": kind,
                "lane": kind.lane,
                "network_id": network_id,
                "about": kind.about,
                "about_id": about_id,
                "member_id": member_id,
                "occurrence": occurrence,
                "due_at": to_text(due_at),
            }
            for member_id, occurrence in people
        ],
    )


async def find(db: Queries, notice_id: NoticeId) -> Notice | None:
    row = await db.one(
        """
        SELECT id, network_id, kind, about_id, member_id, occurrence, due_at, attempts
        FROM notice
        WHERE id = :id
        """,
        {"id": notice_id},
    )
    return None if row is None else _notice(row)


async def claim_next(tx: Transaction, lane: Lane, now: datetime, until: datetime) -> Notice | None:
    """The notice that has been due longest, left alone by everybody else *until* then.

    What one person is owed about one thing goes in order: none is taken while one
    before it is on its way or waits to be tried again, as long as that one has not failed often.
    What is posted for everybody waits for its own kind only: other kinds have other rooms.
    """
    row = await tx.one(
        """
        UPDATE notice
        SET next_try_at = :until, attempts = attempts + 1
        WHERE id = (
            SELECT id FROM notice AS next
            WHERE state = 'owed' AND lane = :lane AND next_try_at <= :now
              AND NOT EXISTS (
                SELECT 1 FROM notice AS before
                WHERE before.about = next.about AND before.about_id = next.about_id
                  AND before.member_id = next.member_id
                  AND before.state = 'owed' AND before.lane = next.lane AND before.id < next.id
                  AND before.attempts BETWEEN 1 AND :patience
                  AND (next.member_id <> :everybody OR before.kind = next.kind)
              )
            ORDER BY next_try_at, id
            LIMIT 1
        )
        RETURNING id, network_id, kind, about_id, member_id, occurrence, due_at, attempts
        """,
        {
            "lane": lane,
            "now": to_text(now),
            "until": to_text(until),
            "patience": HOLDS_BACK_FOR,
            "everybody": EVERYBODY,
        },
    )
    return None if row is None else _notice(row)


async def postpone(tx: Transaction, notice_id: NoticeId, until: datetime) -> None:
    await tx.run(
        "UPDATE notice SET next_try_at = :until WHERE id = :id AND state = 'owed'",
        {"id": notice_id, "until": to_text(until)},
    )


async def doubt_due(tx: Transaction, now: datetime) -> None:
    await tx.run(
        "UPDATE notice SET attempts = 1 WHERE state = 'owed' AND attempts = 0 AND due_at <= :now",
        {"now": to_text(now)},
    )


async def hold(tx: Transaction, notice_id: NoticeId, until: datetime) -> None:
    """As `postpone`, for one that nobody tried to send."""
    await tx.run(
        """
        UPDATE notice
        SET next_try_at = :until, attempts = attempts - 1
        WHERE id = :id AND state = 'owed'
        """,
        {"id": notice_id, "until": to_text(until)},
    )


async def settle(
    tx: Transaction, notice_id: NoticeId, state: NoticeState, now: datetime, because: str | None
) -> None:
    """*because* goes with DROPPED, and with nothing else."""
    await tx.run(
        """
        UPDATE notice
        SET state = :state, dropped_because = :because, settled_at = :now
        WHERE id = :id AND state = 'owed'
        """,
        {"id": notice_id, "state": state, "because": because, "now": to_text(now)},
    )


async def drop_owed(
    tx: Transaction,
    conversation_id: ConversationId,
    member_id: MemberId,
    now: datetime,
    because: str,
) -> None:
    """Stop owing this person what is about a place of their own in this conversation."""
    await tx.run(
        """
        UPDATE notice
        SET state = 'dropped', dropped_because = :because, settled_at = :now
        WHERE about = 'conversation' AND about_id = :conversation_id AND member_id = :member_id
          AND state IN ('owed', 'missed')
          AND kind NOT IN (SELECT value FROM json_each(:spared))
        """,
        {
            "conversation_id": conversation_id,
            "member_id": member_id,
            "now": to_text(now),
            "because": because,
            "spared": json.dumps(ABOUT_MORE_THAN_A_PLACE),
        },
    )


async def drop_all_owed(
    tx: Transaction,
    about: Subject,
    about_id: int,
    kind: NoticeKind | None,
    now: datetime,
    because: str,
) -> None:
    """Stop owing anybody anything of this *kind* (None: of any) about this."""
    await tx.run(
        """
        UPDATE notice
        SET state = 'dropped', dropped_because = :because, settled_at = :now
        WHERE about = :about AND about_id = :about_id AND state IN ('owed', 'missed')
          AND (:kind IS NULL OR kind = :kind)
        """,
        {
            "about": about,
            "about_id": about_id,
            "kind": kind,
            "now": to_text(now),
            "because": because,
        },
    )


async def drop_of_members(
    tx: Transaction,
    about_id: int,
    kinds: Sequence[NoticeKind],
    members: Sequence[MemberId],
    now: datetime,
    because: str,
) -> None:
    """Stop owing these people anything of these kinds about this."""
    await tx.run(
        """
        UPDATE notice
        SET state = 'dropped', dropped_because = :because, settled_at = :now
        WHERE about_id = :about_id AND state IN ('owed', 'missed')
          AND kind IN (SELECT value FROM json_each(:kinds))
          AND member_id IN (SELECT value FROM json_each(:members))
        """,
        {
            "about_id": about_id,
            "kinds": json.dumps(kinds),
            "members": json.dumps(members),
            "now": to_text(now),
            "because": because,
        },
    )


async def has_missed(db: Queries, network_id: NetworkId, member_id: MemberId) -> bool:
    row = await db.one(
        """
        SELECT 1 FROM notice
        WHERE member_id = :member_id AND state = 'missed' AND network_id = :network_id
        LIMIT 1
        """,
        {"member_id": member_id, "network_id": network_id},
    )
    return row is not None


async def tell_missed(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> list[Notice]:
    """Every notice this person missed, from now on counted as sent."""
    rows = await tx.all(
        """
        UPDATE notice
        SET state = 'sent', settled_at = :now
        WHERE member_id = :member_id AND state = 'missed' AND network_id = :network_id
        RETURNING id, network_id, kind, about_id, member_id, occurrence, due_at, attempts
        """,
        {"member_id": member_id, "network_id": network_id, "now": to_text(now)},
    )
    return sorted((_notice(row) for row in rows), key=lambda notice: notice.id)


def _notice(row: Row) -> Notice:
    return Notice(
        id=NoticeId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        kind=NoticeKind(row["kind"]),
        about_id=row["about_id"],
        member_id=MemberId(row["member_id"]),
        occurrence=row["occurrence"],
        due_at=from_text(row["due_at"]),
        attempts=row["attempts"],
    )
