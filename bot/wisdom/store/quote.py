"""The SQL of quotes, for their speakers and for those who review them."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import to_text
from bot.errors import NotFound
from bot.ids import (
    KindId,
    MemberId,
    NetworkId,
    QuoteId,
    QuoteImportId,
    ThemeId,
)
from bot.storage.database import Queries, Transaction
from bot.wisdom.model import NO_SUCH_QUOTE, Details, Quote, QuoteState, Source
from bot.wisdom.store.row import quote_of


async def find(db: Queries, quote_id: QuoteId) -> Quote | None:
    found = await _those_of(db, [quote_id])
    return found[0] if found else None


async def get(db: Queries, quote_id: QuoteId, network_id: NetworkId) -> Quote:
    """Raises `NotFound`: no such quote in this network."""
    quote = await find(db, quote_id)
    if quote is None:
        raise NotFound(NO_SUCH_QUOTE)
    quote.must_be_in(network_id)
    return quote


async def get_numbered(db: Queries, network_id: NetworkId, number: int) -> Quote:
    """Raises `NotFound`: nothing has that number in this network."""
    row = await db.one(
        "SELECT id FROM quote WHERE network_id = :network_id AND number = :number",
        {"network_id": network_id, "number": number},
    )
    if row is None:
        raise NotFound(NO_SUCH_QUOTE)
    return await get(db, QuoteId(row["id"]), network_id)


async def of_speaker(db: Queries, network_id: NetworkId, member_id: MemberId) -> list[Quote]:
    """Newest first."""
    rows = await db.all(
        """
        SELECT id FROM quote WHERE network_id = :network_id AND speaker_id = :member_id
        ORDER BY id DESC
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return await _those_of(db, [row["id"] for row in rows])


async def waiting(
    db: Queries, network_id: NetworkId, states: Sequence[QuoteState], skip: int, most: int
) -> list[Quote]:
    """Oldest first."""
    rows = await db.all(
        """
        SELECT id FROM quote
        WHERE network_id = :network_id AND state IN (SELECT value FROM json_each(:states))
          AND state IN ('to_record', 'pending', 'changes_asked')
        ORDER BY kept_at, id LIMIT :most OFFSET :skip
        """,
        {
            "network_id": network_id,
            "states": json.dumps([str(each) for each in states]),
            "skip": skip,
            "most": most,
        },
    )
    return await _those_of(db, [row["id"] for row in rows])


async def _those_of(db: Queries, ids: Sequence[QuoteId]) -> list[Quote]:
    """In the order of *ids*."""
    rows = await db.all(
        """
        SELECT quote.id, network_id, number, state, words, proposed, quote.wording, is_redacted,
               heading, kind_id, perspective, content_note, conversation_id, year, answers,
               speaker_id, kept_by, source, kept_at, decided_by, note,
               (SELECT json_group_array(theme_id) FROM quote_theme WHERE quote_id = quote.id)
                   AS theme_ids,
               consent.wording AS consent_wording, in_discord, on_website, in_posts, in_training,
               credit, credited_as, lasting, expires_at, how, shown, given_by, given_at
        FROM quote
        LEFT JOIN quote_text ON quote_text.quote_id = quote.id
        LEFT JOIN consent ON consent.quote_id = quote.id AND consent.ended_at IS NULL
        WHERE quote.id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": json.dumps(list(ids))},
    )
    found = {row["id"]: quote_of(row) for row in rows}
    return [found[each] for each in ids if each in found]


async def count_waiting(db: Queries, network_id: NetworkId, states: Sequence[QuoteState]) -> int:
    row = await db.only(
        """
        SELECT count(*) AS how_many FROM quote
        WHERE network_id = :network_id AND state IN (SELECT value FROM json_each(:states))
          AND state IN ('to_record', 'pending', 'changes_asked')
        """,
        {"network_id": network_id, "states": json.dumps([str(each) for each in states])},
    )
    return row["how_many"]


async def add(
    tx: Transaction,
    network_id: NetworkId,
    words: str,
    details: Details,
    *,
    state: QuoteState,
    speaker_id: MemberId | None,
    kept_by: MemberId | None,
    source: Source,
    year: int,
    heading: str | None,
    now: datetime,
    import_id: QuoteImportId | None = None,
) -> QuoteId:
    row = await tx.only(
        """
        INSERT INTO quote (network_id, state, kind_id, perspective, conversation_id, year, answers,
                           speaker_id, kept_by, import_id, source, kept_at)
        VALUES (:network_id, :state, :kind_id, :perspective, :conversation_id, :year, :answers,
                :speaker_id, :kept_by, :import_id, :source, :now)
        RETURNING id
        """,
        {
            "network_id": network_id,
            "state": state,
            "kind_id": details.kind_id,
            "perspective": details.perspective,
            "conversation_id": details.conversation_id,
            "year": year,
            "answers": details.answers,
            "speaker_id": speaker_id,
            "kept_by": kept_by,
            "import_id": import_id,
            "source": source,
            "now": to_text(now),
        },
    )
    quote_id = QuoteId(row["id"])
    await tx.run(
        """
        INSERT INTO quote_text (quote_id, words, heading, content_note)
        VALUES (:quote_id, :words, :heading, :content_note)
        """,
        {
            "quote_id": quote_id,
            "words": words,
            "heading": heading,
            "content_note": details.content_note,
        },
    )
    await set_themes(tx, quote_id, details.theme_ids)
    return quote_id


async def set_themes(tx: Transaction, quote_id: QuoteId, theme_ids: Sequence[ThemeId]) -> None:
    await tx.run("DELETE FROM quote_theme WHERE quote_id = :quote_id", {"quote_id": quote_id})
    # A theme may have been merged since it was chosen: then it is the one that stands for it now.
    await tx.run_many(
        """
        INSERT OR IGNORE INTO quote_theme (quote_id, theme_id)
        WITH RECURSIVE heir (id, merged_into) AS (
            SELECT id, merged_into FROM theme WHERE id = :theme_id
            UNION ALL
            SELECT theme.id, theme.merged_into FROM theme JOIN heir ON theme.id = heir.merged_into
        )
        SELECT :quote_id, id FROM heir WHERE merged_into IS NULL
        """,
        [{"quote_id": quote_id, "theme_id": each} for each in theme_ids],
    )


async def sort_under(
    tx: Transaction,
    quote_id: QuoteId,
    kind_id: KindId | None,
    theme_ids: Sequence[ThemeId],
    content_note: str | None,
) -> None:
    await tx.run(
        "UPDATE quote SET kind_id = :kind_id WHERE id = :id",
        {"id": quote_id, "kind_id": kind_id},
    )
    await tx.run(
        "UPDATE quote_text SET content_note = :content_note WHERE quote_id = :id",
        {"id": quote_id, "content_note": content_note},
    )
    await set_themes(tx, quote_id, theme_ids)


async def redact(tx: Transaction, quote_id: QuoteId, words: str) -> None:
    """Keep *words* instead, of which only some were replaced: the wording stays the speaker's."""
    await tx.run(
        "UPDATE quote_text SET words = :words WHERE quote_id = :id",
        {"id": quote_id, "words": words},
    )
    await tx.run("UPDATE quote SET is_redacted = 1 WHERE id = :id", {"id": quote_id})


async def reword(tx: Transaction, quote_id: QuoteId, words: str) -> int:
    """Keep a new wording of the speaker's, to which nobody has agreed yet, and give its number."""
    row = await tx.only(
        """
        UPDATE quote SET wording = wording + 1, is_redacted = 0 WHERE id = :id RETURNING wording
        """,
        {"id": quote_id},
    )
    await tx.run(
        "UPDATE quote_text SET words = :words, proposed = NULL, note = NULL WHERE quote_id = :id",
        {"id": quote_id, "words": words},
    )
    return row["wording"]


async def delete(tx: Transaction, quote_id: QuoteId) -> None:
    """For one that nobody has ever agreed to, and that was never shown."""
    await tx.run("DELETE FROM quote WHERE id = :id", {"id": quote_id})
