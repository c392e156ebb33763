"""The SQL for series, and for the dates they skip. Rows stop here: callers get the model."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.clock import from_text, to_text
from bot.conversations.model import Details, More
from bot.ids import ChannelId, MemberId, NetworkId, SeriesId
from bot.series.model import Rule, Series, SeriesState, not_found
from bot.storage.database import Queries, Row, Transaction, Value


async def get(db: Queries, series_id: SeriesId) -> Series:
    row = await db.one(
        """
        SELECT id, network_id, rule, first_at, announce_weeks, title, description, minutes, places,
               venue_channel_id, join_link, questions, content_note, offered, access_provided,
               closes_before, state, version, sequence, look_at, drafted_by
        FROM series
        WHERE id = :id
        """,
        {"id": series_id},
    )
    if row is None:
        raise not_found()
    return _series(row)


async def get_started(db: Queries, series_id: SeriesId, network_id: NetworkId) -> Series:
    """One that members of this network may know of. Anything else is as good as missing."""
    series = await get(db, series_id)
    series.must_be_in(network_id)
    series.must_be_started()
    return series


async def add_draft(tx: Transaction, draft: Series, now: datetime) -> Series:
    """Keep *draft*, whose id is given here."""
    row = await tx.only(
        """
        INSERT INTO series (network_id, rule, first_at, announce_weeks, title, description,
                            minutes, places, venue_channel_id, join_link, drafted_by, drafted_at)
        VALUES (:network_id, :rule, :first_at, :announce_weeks, :title, :description,
                :minutes, :places, :venue_channel_id, :join_link, :drafted_by, :now)
        RETURNING id
        """,
        {
            "network_id": draft.network_id,
            **_when(draft),
            **_details(draft.details),
            "drafted_by": draft.drafted_by,
            "now": to_text(now),
        },
    )
    return await get(tx, SeriesId(row["id"]))


async def save(tx: Transaction, series: Series) -> None:
    """Everything that may change, under the next version."""
    await tx.run(
        """
        UPDATE series
        SET rule = :rule, first_at = :first_at, announce_weeks = :announce_weeks,
            title = :title, description = :description, minutes = :minutes, places = :places,
            venue_channel_id = :venue_channel_id, join_link = :join_link,
            questions = :questions, content_note = :content_note, offered = :offered,
            access_provided = :access_provided, closes_before = :closes_before,
            state = :state, version = version + 1, sequence = sequence + 1
        WHERE id = :id
        """,
        {
            "id": series.id,
            **_when(series),
            **_details(series.details),
            **_more(series),
            "state": series.state,
        },
    )


async def look_at(tx: Transaction, series_id: SeriesId, when: datetime | None) -> None:
    """When the next of its conversations may have to be made."""
    await tx.run(
        "UPDATE series SET look_at = :look_at WHERE id = :id",
        {"id": series_id, "look_at": None if when is None else to_text(when)},
    )


async def next_look(db: Queries) -> datetime | None:
    row = await db.one(
        """
        SELECT look_at FROM series
        WHERE state = 'running' AND look_at IS NOT NULL
        ORDER BY look_at
        LIMIT 1
        """
    )
    return None if row is None else from_text(row["look_at"])


async def to_look_at(db: Queries, by: datetime | None) -> list[SeriesId]:
    """Running series that may lack a conversation *by* then; None: all that run."""
    rows = await db.all(
        """
        SELECT id FROM series
        WHERE state = 'running' AND (:by IS NULL OR look_at <= :by)
        ORDER BY look_at
        """,
        {"by": None if by is None else to_text(by)},
    )
    return [SeriesId(row["id"]) for row in rows]


async def count(db: Queries, network_id: NetworkId) -> int:
    """Those that have not ended."""
    row = await db.only(
        """
        SELECT count(*) AS series FROM series
        WHERE network_id = :network_id AND state IN ('running', 'paused')
        """,
        {"network_id": network_id},
    )
    return row["series"]


async def of_network(
    db: Queries, network_id: NetworkId, *, skip: int = 0, limit: int = 1000
) -> list[Series]:
    """Those that have not ended, by title."""
    rows = await db.all(
        """
        SELECT id, network_id, rule, first_at, announce_weeks, title, description, minutes, places,
               venue_channel_id, join_link, questions, content_note, offered, access_provided,
               closes_before, state, version, sequence, look_at, drafted_by
        FROM series
        WHERE network_id = :network_id AND state IN ('running', 'paused')
        ORDER BY title, id
        LIMIT :limit OFFSET :skip
        """,
        {"network_id": network_id, "skip": skip, "limit": limit},
    )
    return [_series(row) for row in rows]


async def drop(tx: Transaction, series_id: SeriesId) -> None:
    await tx.run("DELETE FROM series WHERE id = :id", {"id": series_id})


async def drop_drafts(tx: Transaction, before: datetime) -> None:
    await tx.run(
        "DELETE FROM series WHERE state = 'draft' AND drafted_at < :before",
        {"before": to_text(before)},
    )


async def skipped(db: Queries, series_id: SeriesId) -> set[date]:
    rows = await db.all(
        "SELECT occurrence FROM series_skip WHERE series_id = :id", {"id": series_id}
    )
    return {date.fromisoformat(row["occurrence"]) for row in rows}


async def skip(tx: Transaction, series_id: SeriesId, days: Sequence[date]) -> None:
    await tx.run_many(
        """
        INSERT INTO series_skip (series_id, occurrence) VALUES (:id, :day)
        ON CONFLICT (series_id, occurrence) DO NOTHING
        """,
        [{"id": series_id, "day": day.isoformat()} for day in days],
    )


async def unskip(tx: Transaction, series_id: SeriesId, since: date) -> None:
    """Forget which dates are skipped from then on."""
    await tx.run(
        "DELETE FROM series_skip WHERE series_id = :id AND occurrence >= :since",
        {"id": series_id, "since": since.isoformat()},
    )


def _when(series: Series) -> dict[str, Value]:
    return {
        "rule": series.rule.text,
        "first_at": series.rule.first.isoformat(timespec="minutes"),
        "announce_weeks": series.announce_weeks,
    }


def _details(details: Details) -> dict[str, Value]:
    return {
        "title": details.title,
        "description": details.description,
        "minutes": details.minutes,
        "places": details.places,
        "venue_channel_id": details.venue_channel_id,
        "join_link": details.join_link,
    }


def _more(series: Series) -> dict[str, Value]:
    before = series.closes_before
    return {
        "questions": "\n".join(series.more.questions),
        "content_note": series.more.content_note,
        "offered": series.more.offered,
        "access_provided": series.more.access_provided,
        "closes_before": None if before is None else int(before.total_seconds() // 60),
    }


def _series(row: Row) -> Series:
    venue, before = row["venue_channel_id"], row["closes_before"]
    return Series(
        id=SeriesId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        rule=Rule.from_text(row["rule"], datetime.fromisoformat(row["first_at"])),
        announce_weeks=row["announce_weeks"],
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
        ),
        closes_before=None if before is None else timedelta(minutes=before),
        state=SeriesState(row["state"]),
        version=row["version"],
        sequence=row["sequence"],
        look_at=None if row["look_at"] is None else from_text(row["look_at"]),
        drafted_by=MemberId(row["drafted_by"]),
    )
