"""The SQL for conversations. Rows stop here: callers get the model."""

from datetime import date, datetime

from bot.clock import from_text, to_text
from bot.conversations.model import Conversation, Details, More, Occurrence, not_found
from bot.ids import ChannelId, ConversationId, MemberId, NetworkId, SeriesId
from bot.storage.database import Queries, Row, Transaction, Value


async def get(db: Queries, conversation_id: ConversationId) -> Conversation:
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
        WHERE id = :id
        """,
        {"id": conversation_id},
    )
    if row is None:
        raise not_found()
    return of_row(row)


async def get_planned(
    db: Queries, conversation_id: ConversationId, network_id: NetworkId
) -> Conversation:
    """One that members of this network may know of. Anything else is as good as missing."""
    conversation = await get(db, conversation_id)
    conversation.must_be_in(network_id)
    conversation.must_be_planned()
    return conversation


async def add_draft(
    tx: Transaction,
    network_id: NetworkId,
    details: Details,
    starts_at: datetime,
    drafted_by: MemberId,
    now: datetime,
) -> Conversation:
    row = await tx.only(
        """
        INSERT INTO conversation (network_id, title, description, starts_at, minutes, places,
                                  venue_channel_id, join_link, drafted_by, drafted_at)
        VALUES (:network_id, :title, :description, :starts_at, :minutes, :places,
                :venue_channel_id, :join_link, :drafted_by, :drafted_at)
        RETURNING id, network_id, title, description, starts_at, minutes, places, drafted_by,
                  planned_at, cancelled_at, cancelled_because, moved_from, moves,
               sequence, venue_channel_id, join_link, questions, content_note, offered,
               access_provided, closes_at, host_id, deputy_id,
               series_id, occurrence, edited, announce_at,
               (SELECT first_at || ' ' || rule FROM series
                WHERE series.id = series_id AND series.state <> 'ended'
                  AND occurrence >= substr(first_at, 1, 10)) AS happens,
               going, maybe, waiting, supporting
        """,
        {
            "network_id": network_id,
            **_columns(details),
            "starts_at": to_text(starts_at),
            "drafted_by": drafted_by,
            "drafted_at": to_text(now),
        },
    )
    return of_row(row)


async def save_details(tx: Transaction, conversation_id: ConversationId, details: Details) -> None:
    await tx.run(
        """
        UPDATE conversation
        SET title = :title, description = :description, minutes = :minutes, places = :places,
            venue_channel_id = :venue_channel_id, join_link = :join_link
        WHERE id = :id
        """,
        {"id": conversation_id, **_columns(details)},
    )


async def save_more(tx: Transaction, conversation_id: ConversationId, more: More) -> None:
    await tx.run(
        """
        UPDATE conversation
        SET questions = :questions, content_note = :content_note, offered = :offered,
            access_provided = :access_provided, closes_at = :closes_at
        WHERE id = :id
        """,
        {
            "id": conversation_id,
            "questions": "\n".join(more.questions),
            "content_note": more.content_note,
            "offered": more.offered,
            "access_provided": more.access_provided,
            "closes_at": None if more.closes_at is None else to_text(more.closes_at),
        },
    )


async def save_start(tx: Transaction, conversation_id: ConversationId, starts_at: datetime) -> None:
    await tx.run(
        "UPDATE conversation SET starts_at = :starts_at WHERE id = :id",
        {"id": conversation_id, "starts_at": to_text(starts_at)},
    )


async def move(
    tx: Transaction, conversation_id: ConversationId, starts_at: datetime, now: datetime
) -> None:
    """Set another start, and remember the one it had."""
    await tx.run(
        """
        UPDATE conversation
        SET moved_from = starts_at, starts_at = :starts_at, moves = moves + 1, moved_at = :now
        WHERE id = :id
        """,
        {"id": conversation_id, "starts_at": to_text(starts_at), "now": to_text(now)},
    )


async def cancel(
    tx: Transaction, conversation_id: ConversationId, because: str, now: datetime
) -> None:
    await tx.run(
        """
        UPDATE conversation
        SET cancelled_at = :now, cancelled_because = :because
        WHERE id = :id AND cancelled_at IS NULL
        """,
        {"id": conversation_id, "because": because, "now": to_text(now)},
    )


async def mark_planned(tx: Transaction, conversation_id: ConversationId, now: datetime) -> None:
    await tx.run(
        "UPDATE conversation SET planned_at = :now WHERE id = :id AND planned_at IS NULL",
        {"id": conversation_id, "now": to_text(now)},
    )


async def drop(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run("DELETE FROM conversation WHERE id = :id", {"id": conversation_id})


async def drop_drafts(tx: Transaction, before: datetime) -> None:
    await tx.run(
        "DELETE FROM conversation WHERE planned_at IS NULL AND drafted_at < :before",
        {"before": to_text(before)},
    )


def _columns(details: Details) -> dict[str, Value]:
    return {
        "title": details.title,
        "description": details.description,
        "minutes": details.minutes,
        "places": details.places,
        "venue_channel_id": details.venue_channel_id,
        "join_link": details.join_link,
    }


def of_row(row: Row) -> Conversation:
    """The conversation in a row that has all its columns, also one of a join."""
    venue = row["venue_channel_id"]
    return Conversation(
        id=ConversationId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        details=Details(
            title=row["title"],
            description=row["description"],
            minutes=row["minutes"],
            places=row["places"],
            venue_channel_id=None if venue is None else ChannelId(venue),
            join_link=row["join_link"],
        ),
        more=More(
            questions=tuple(row["questions"].split("\n")) if row["questions"] else (),
            content_note=row["content_note"],
            offered=row["offered"],
            access_provided=row["access_provided"],
            closes_at=None if row["closes_at"] is None else from_text(row["closes_at"]),
        ),
        starts_at=from_text(row["starts_at"]),
        drafted_by=MemberId(row["drafted_by"]),
        host_id=_member(row["host_id"]),
        deputy_id=_member(row["deputy_id"]),
        is_planned=row["planned_at"] is not None,
        cancelled_because=row["cancelled_because"],
        announce_at=None if row["announce_at"] is None else from_text(row["announce_at"]),
        occurrence=_occurrence(row),
        moved_from=None if row["moved_from"] is None else from_text(row["moved_from"]),
        moves=row["moves"],
        sequence=row["sequence"],
        going=row["going"],
        maybe=row["maybe"],
        waiting=row["waiting"],
        supporting=row["supporting"],
    )


def _occurrence(row: Row) -> Occurrence | None:
    if row["series_id"] is None:
        return None
    on, happens = row["occurrence"], row["happens"]
    first_at, rule = (None, None) if happens is None else happens.split(" ", 1)
    return Occurrence(
        series_id=SeriesId(row["series_id"]),
        date=None if on is None else date.fromisoformat(on),
        is_edited=bool(row["edited"]),
        rule=rule,
        first_at=None if first_at is None else datetime.fromisoformat(first_at),
    )


def _member(value: int | None) -> MemberId | None:
    return None if value is None else MemberId(value)
