"""The SQL by which others see quotes. Every statement here asks for a consent that lives now.

What the index of search may hold, what a card, a page, a pack or a file may say: all of it is read
by `those_of`, so that there is one place in which a quote can be shown by mistake.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime

from bot.clock import to_text
from bot.ids import ConversationId, KindId, NetworkId, QuoteId, ThemeId
from bot.storage.database import Queries, Row, Value
from bot.wisdom.model import Credit, Perspective, ShownQuote, Use
from bot.wisdom.store.row import uses_of

FEWEST_WITH_PERSPECTIVE = 5
"""Speakers who share a perspective, below which naming it may tell who somebody is."""


async def find(
    db: Queries, network_id: NetworkId, quote_id: QuoteId, use: Use, now: datetime
) -> ShownQuote | None:
    found = await those_of(db, network_id, [quote_id], use, now)
    return found[0] if found else None


async def find_numbered(
    db: Queries, network_id: NetworkId, number: int, use: Use, now: datetime
) -> ShownQuote | None:
    ids = await _ids(
        db,
        "SELECT id FROM quote WHERE network_id = :network_id AND number = :number",
        {"network_id": network_id, "number": number},
    )
    return await find(db, network_id, ids[0], use, now) if ids else None


async def those_of(
    db: Queries, network_id: NetworkId, ids: Sequence[QuoteId], use: Use, now: datetime
) -> list[ShownQuote]:
    """Those of *ids* that may be shown now, in the same order."""
    rows = await db.all(
        """
        SELECT id, network_id, number, words, heading, kind_id, perspective, content_note,
               conversation_id, year, in_discord, on_website, in_posts, in_training, credit,
               credited_as, is_redacted,
               (SELECT json_group_array(theme_id) FROM quote_theme
                WHERE quote_id = shown_quote.id) AS theme_ids,
               (SELECT count(*) FROM quote_helped
                WHERE quote_id = shown_quote.id) AS helped,
               (SELECT count(*) FROM (
                   SELECT DISTINCT coalesce(speaker_id, -id) FROM quote AS other
                   WHERE other.network_id = shown_quote.network_id
                     AND other.perspective = shown_quote.perspective AND other.state = 'published'
                   LIMIT 5
               )) AS with_perspective
        FROM shown_quote
        WHERE network_id = :network_id AND id IN (SELECT value FROM json_each(:ids))
          AND (expires_at IS NULL OR expires_at > :now)
          AND CASE :use WHEN 'discord' THEN in_discord WHEN 'website' THEN on_website
                        WHEN 'posts' THEN in_posts WHEN 'training' THEN in_training END = 1
        """,
        {
            "network_id": network_id,
            "ids": json.dumps(list(ids)),
            "use": use,
            "now": to_text(now),
        },
    )
    found = {row["id"]: _quote(row) for row in rows}
    return [found[each] for each in ids if each in found]


async def everything(
    db: Queries,
    network_id: NetworkId,
    use: Use,
    now: datetime,
    *,
    theme_ids: Sequence[ThemeId] | None = None,
    after: int = 0,
    most: int = 500,
) -> list[ShownQuote]:
    """In the order of their numbers, from the one *after* that number on."""
    ids = await _ids(
        db,
        """
        SELECT id FROM shown_quote
        WHERE network_id = :network_id AND number > :after
          AND (expires_at IS NULL OR expires_at > :now)
          AND CASE :use WHEN 'discord' THEN in_discord WHEN 'website' THEN on_website
                        WHEN 'posts' THEN in_posts WHEN 'training' THEN in_training END = 1
          AND (:themes IS NULL OR id IN (
              SELECT quote_id FROM quote_theme
              WHERE theme_id IN (SELECT value FROM json_each(:themes))
          ))
        ORDER BY number LIMIT :most
        """,
        {
            "network_id": network_id,
            "themes": None if theme_ids is None else json.dumps(list(theme_ids)),
            "after": after,
            "most": most,
            "use": use,
            "now": to_text(now),
        },
    )
    return await those_of(db, network_id, ids, use, now)


async def from_number(
    db: Queries, network_id: NetworkId, number: int, now: datetime
) -> ShownQuote | None:
    """The first in Discord whose number is *number* or higher."""
    ids = await _ids(
        db,
        """
        SELECT id FROM shown_quote
        WHERE network_id = :network_id AND number >= :number AND in_discord = 1
          AND (expires_at IS NULL OR expires_at > :now)
        ORDER BY number LIMIT 1
        """,
        {"network_id": network_id, "number": number, "now": to_text(now)},
    )
    return await find(db, network_id, ids[0], Use.DISCORD, now) if ids else None


async def is_perspective_common(db: Queries, network_id: NetworkId, perspective: str) -> bool:
    row = await db.only(
        """
        SELECT count(DISTINCT coalesce(speaker_id, -id)) AS how_many FROM quote
        WHERE network_id = :network_id AND perspective = :perspective AND state = 'published'
        """,
        {"network_id": network_id, "perspective": perspective},
    )
    return row["how_many"] >= FEWEST_WITH_PERSPECTIVE


async def last_number(db: Queries, network_id: NetworkId) -> int:
    row = await db.one(
        "SELECT last FROM quote_numbering WHERE network_id = :network_id",
        {"network_id": network_id},
    )
    return 0 if row is None else row["last"]


async def count_by_theme(db: Queries, network_id: NetworkId, now: datetime) -> dict[ThemeId, int]:
    rows = await db.all(
        """
        SELECT theme_id, count(*) AS how_many
        FROM shown_quote JOIN quote_theme ON quote_theme.quote_id = shown_quote.id
        WHERE network_id = :network_id AND in_discord = 1
          AND (expires_at IS NULL OR expires_at > :now)
        GROUP BY theme_id
        """,
        {"network_id": network_id, "now": to_text(now)},
    )
    return {ThemeId(row["theme_id"]): row["how_many"] for row in rows}


async def for_week(
    db: Queries, network_id: NetworkId, now: datetime, round_: int
) -> ShownQuote | None:
    """One that has not been shown in this round, of the themes that have been shown least.

    Without a content note: nobody can look away from what is posted for everybody.
    """
    ids = await _ids(
        db,
        """
        WITH theme_shown (theme_id, times) AS (
            SELECT theme_id, count(*) FROM quote_of_week
            JOIN quote_theme USING (quote_id)
            WHERE network_id = :network_id GROUP BY theme_id
        )
        SELECT id FROM shown_quote
        WHERE network_id = :network_id AND in_discord = 1 AND content_note IS NULL
          AND (expires_at IS NULL OR expires_at > :now)
          AND id NOT IN (
              SELECT quote_id FROM quote_of_week
              WHERE network_id = :network_id AND round = :round AND quote_id IS NOT NULL
          )
        ORDER BY (
            SELECT coalesce(max(times), 0) FROM quote_theme LEFT JOIN theme_shown USING (theme_id)
            WHERE quote_theme.quote_id = shown_quote.id
        ), number
        LIMIT 1
        """,
        {"network_id": network_id, "round": round_, "now": to_text(now)},
    )
    return await find(db, network_id, ids[0], Use.DISCORD, now) if ids else None


async def latest_round(db: Queries, network_id: NetworkId) -> int:
    row = await db.only(
        "SELECT coalesce(max(round), 1) AS round FROM quote_of_week WHERE network_id = :network_id",
        {"network_id": network_id},
    )
    return row["round"]


async def latest_week(db: Queries, network_id: NetworkId) -> date | None:
    row = await db.only(
        "SELECT max(monday) AS monday FROM quote_of_week WHERE network_id = :network_id",
        {"network_id": network_id},
    )
    return None if row["monday"] is None else date.fromisoformat(row["monday"])


async def networks_with_quotes(db: Queries) -> list[NetworkId]:
    rows = await db.all("SELECT network_id FROM quote_numbering")
    return [NetworkId(row["network_id"]) for row in rows]


async def _ids(db: Queries, sql: str, params: dict[str, Value]) -> list[QuoteId]:
    return [QuoteId(row["id"]) for row in await db.all(sql, params)]


def _quote(row: Row) -> ShownQuote:
    conversation, kind = row["conversation_id"], row["kind_id"]
    return ShownQuote(
        id=QuoteId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        number=row["number"],
        words=row["words"],
        heading=row["heading"],
        kind_id=None if kind is None else KindId(kind),
        theme_ids=tuple(ThemeId(each) for each in json.loads(row["theme_ids"])),
        perspective=_perspective(row),
        sorted_by=_credited(row),
        content_note=row["content_note"],
        conversation_id=None if conversation is None else ConversationId(conversation),
        year=row["year"],
        credit=Credit(row["credit"]),
        credited_as=row["credited_as"],
        is_redacted=bool(row["is_redacted"]),
        uses=uses_of(row),
        helped=row["helped"],
    )


def _perspective(row: Row) -> Perspective | None:
    """Only if they chose to be credited so, and enough others share it."""
    return _credited(row) if row["with_perspective"] >= FEWEST_WITH_PERSPECTIVE else None


def _credited(row: Row) -> Perspective | None:
    is_chosen = row["perspective"] and row["credit"] == Credit.PERSPECTIVE
    return Perspective(row["perspective"]) if is_chosen else None
