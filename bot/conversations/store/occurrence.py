"""The SQL for conversations that a series makes, and for announcing them."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.clock import from_text, to_text
from bot.conversations.model import Conversation, Details, More, SignUpState
from bot.conversations.store.conversation import of_row
from bot.ids import ConversationId, MemberId, NetworkId, SeriesId
from bot.storage.database import Queries, Transaction


async def add(
    tx: Transaction,
    network_id: NetworkId,
    series_id: SeriesId,
    on: date,
    details: Details,
    more: More,
    *,
    starts_at: datetime,
    announce_at: datetime,
    drafted_by: MemberId,
    now: datetime,
) -> None:
    """A planned conversation for a date of the rule, unless there is one already."""
    await tx.run(
        """
        INSERT INTO conversation (network_id, series_id, occurrence, title, description, starts_at,
                                  minutes, places, venue_channel_id, join_link, questions,
                                  content_note, offered, access_provided, closes_at, announce_at,
                                  drafted_by, drafted_at, planned_at)
        VALUES (:network_id, :series_id, :on, :title, :description, :starts_at,
                :minutes, :places, :venue_channel_id, :join_link, :questions,
                :content_note, :offered, :access_provided, :closes_at, :announce_at,
                :drafted_by, :now, :now)
        ON CONFLICT (series_id, occurrence) DO NOTHING
        """,
        {
            "network_id": network_id,
            "series_id": series_id,
            "on": on.isoformat(),
            "title": details.title,
            "description": details.description,
            "starts_at": to_text(starts_at),
            "minutes": details.minutes,
            "places": details.places,
            "venue_channel_id": details.venue_channel_id,
            "join_link": details.join_link,
            "questions": "\n".join(more.questions),
            "content_note": more.content_note,
            "offered": more.offered,
            "access_provided": more.access_provided,
            "closes_at": None if more.closes_at is None else to_text(more.closes_at),
            "announce_at": to_text(announce_at),
            "drafted_by": drafted_by,
            "now": to_text(now),
        },
    )


async def of_series(
    db: Queries, series_id: SeriesId, *, since: date, now: datetime
) -> list[Conversation]:
    """Those that start after *now*, or are for a date of the rule *since* then; also cancelled."""
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
        WHERE series_id = :series_id AND (occurrence >= :since OR starts_at > :now)
        ORDER BY starts_at, id
        """,
        {"series_id": series_id, "since": since.isoformat(), "now": to_text(now)},
    )
    return [of_row(row) for row in rows]


async def at_dates(
    tx: Transaction, series_id: SeriesId, dates: Sequence[tuple[ConversationId, date | None]]
) -> None:
    """Say for which dates of the rule these conversations are from now on."""
    # Away from all dates first: two may be about to change places.
    await tx.run_many(
        "UPDATE conversation SET occurrence = NULL WHERE id = :id AND series_id = :series_id",
        [{"id": id_, "series_id": series_id} for id_, _ in dates],
    )
    await tx.run_many(
        "UPDATE conversation SET occurrence = :on WHERE id = :id AND series_id = :series_id",
        [
            {"id": id_, "series_id": series_id, "on": None if on is None else on.isoformat()}
            for id_, on in dates
        ],
    )


async def drop(tx: Transaction, conversation_id: ConversationId) -> None:
    """Take one away as if it had never been made, so that its date is not skipped for it."""
    await tx.run(
        "UPDATE conversation SET series_id = NULL, occurrence = NULL WHERE id = :id",
        {"id": conversation_id},
    )
    await tx.run("DELETE FROM conversation WHERE id = :id", {"id": conversation_id})


async def mark_edited(tx: Transaction, conversation_id: ConversationId) -> None:
    """An organiser changed this one alone: changes of its series leave it as it is."""
    await tx.run(
        "UPDATE conversation SET edited = 1 WHERE id = :id AND series_id IS NOT NULL",
        {"id": conversation_id},
    )


async def save_announcement(
    tx: Transaction, conversation_id: ConversationId, announce_at: datetime | None
) -> None:
    """When members are to hear of it; None: they may at once."""
    await tx.run(
        "UPDATE conversation SET announce_at = :announce_at WHERE id = :id",
        {
            "id": conversation_id,
            "announce_at": None if announce_at is None else to_text(announce_at),
        },
    )


async def next_announcement(db: Queries) -> datetime | None:
    """When the next is to be announced. While its series is paused, none of it is."""
    row = await db.one(
        """
        SELECT announce_at FROM conversation
        WHERE announce_at IS NOT NULL AND planned_at IS NOT NULL AND cancelled_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM series
                          WHERE series.id = series_id AND series.state = 'paused')
        ORDER BY announce_at
        LIMIT 1
        """
    )
    return None if row is None else from_text(row["announce_at"])


async def to_announce(db: Queries, now: datetime) -> Conversation | None:
    """The one that has been due longest."""
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
               going, maybe, waiting, supporting
        FROM conversation
        WHERE announce_at IS NOT NULL AND planned_at IS NOT NULL AND cancelled_at IS NULL
          AND announce_at <= :now
          AND NOT EXISTS (SELECT 1 FROM series
                          WHERE series.id = series_id AND series.state = 'paused')
        ORDER BY announce_at, starts_at, id
        LIMIT 1
        """,
        {"now": to_text(now)},
    )
    return None if row is None else of_row(row)


async def add_answers(
    tx: Transaction,
    conversation_id: ConversationId,
    answers: Sequence[tuple[MemberId, SignUpState, int]],
    now: datetime,
) -> None:
    """Many answers at once, each with its number, of people who have given none."""
    await tx.run_many(
        """
        INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at)
        VALUES (:conversation_id, :member_id, :state, :number, :now)
        """,
        [
            {
                "conversation_id": conversation_id,
                "member_id": member_id,
                "state": state,
                "number": number,
                "now": to_text(now),
            }
            for member_id, state, number in answers
        ],
    )


async def last_number(db: Queries, conversation_id: ConversationId) -> int:
    """The number that the last person to answer was given."""
    row = await db.only(
        "SELECT last_number FROM conversation WHERE id = :id", {"id": conversation_id}
    )
    return row["last_number"]


async def answered(
    db: Queries, conversation_id: ConversationId, member_id: MemberId | None = None
) -> set[MemberId]:
    """Every member (or *member_id* alone) who has said anything about it, no included."""
    rows = await db.all(
        """
        SELECT member_id FROM sign_up
        WHERE conversation_id = :conversation_id AND member_id IS NOT NULL
          AND (:member_id IS NULL OR member_id = :member_id)
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return {MemberId(row["member_id"]) for row in rows}
