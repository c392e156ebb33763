"""The SQL of files that were brought in."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import MemberId, NetworkId, QuoteId, QuoteImportId
from bot.storage.database import Queries, Row, Transaction
from bot.wisdom.importing.doubles import Known
from bot.wisdom.model import QuoteImport


async def is_known(db: Queries, network_id: NetworkId) -> bool:
    row = await db.one("SELECT 1 FROM network WHERE id = :id", {"id": network_id})
    return row is not None


async def known(db: Queries, network_id: NetworkId, ids: Sequence[int]) -> list[Known]:
    """The words of some quotes, to compare with."""
    rows = await db.all(
        """
        SELECT number, words FROM quote JOIN quote_text ON quote_text.quote_id = quote.id
        WHERE network_id = :network_id AND quote.id IN (SELECT value FROM json_each(:ids))
        """,
        {"network_id": network_id, "ids": json.dumps(list(ids))},
    )
    return [_known(row) for row in rows]


async def known_beside_search(db: Queries, network_id: NetworkId) -> list[Known]:
    """Those that a search can't find: they wait, were declined, or are not for Discord."""
    rows = await db.all(
        """
        SELECT number, words FROM quote JOIN quote_text ON quote_text.quote_id = quote.id
        WHERE network_id = :network_id
          AND (state <> 'published' OR NOT EXISTS (
              SELECT 1 FROM consent
              WHERE consent.quote_id = quote.id AND ended_at IS NULL AND in_discord = 1
          ))
        ORDER BY quote.id
        """,
        {"network_id": network_id},
    )
    return [_known(row) for row in rows]


async def words_there(db: Queries, network_id: NetworkId, words: Sequence[str]) -> set[str]:
    """Which of *words* are kept already, letter by letter."""
    rows = await db.all(
        """
        SELECT words FROM quote JOIN quote_text ON quote_text.quote_id = quote.id
        WHERE network_id = :network_id AND words IN (SELECT value FROM json_each(:words))
        """,
        {"network_id": network_id, "words": json.dumps(list(words))},
    )
    return {row["words"] for row in rows}


async def add(
    tx: Transaction, network_id: NetworkId, by: MemberId | None, now: datetime
) -> QuoteImportId:
    row = await tx.only(
        """
        INSERT INTO quote_import (network_id, by_id, at) VALUES (:network_id, :by, :now)
        RETURNING id
        """,
        {"network_id": network_id, "by": by, "now": to_text(now)},
    )
    return QuoteImportId(row["id"])


async def find(db: Queries, import_id: QuoteImportId) -> QuoteImport | None:
    row = await db.one(
        """
        SELECT quote_import.id, quote_import.network_id, by_id, at, count(quote.id) AS kept,
               count(*) FILTER (WHERE state = 'to_record') AS to_record
        FROM quote_import LEFT JOIN quote ON import_id = quote_import.id
        WHERE quote_import.id = :id GROUP BY quote_import.id
        """,
        {"id": import_id},
    )
    return None if row is None else _import(row)


async def waiting(
    db: Queries, network_id: NetworkId, skip: int, most: int
) -> tuple[list[QuoteImport], int]:
    """Those of which something waits to be recorded, newest first, and how many there are."""
    rows = await db.all(
        """
        SELECT quote_import.id, quote_import.network_id, by_id, at, count(*) AS kept,
               count(*) FILTER (WHERE state = 'to_record') AS to_record,
               count(*) OVER () AS how_many
        FROM quote_import JOIN quote ON import_id = quote_import.id
        WHERE quote_import.network_id = :network_id
        GROUP BY quote_import.id HAVING to_record > 0
        ORDER BY quote_import.id DESC LIMIT :most OFFSET :skip
        """,
        {"network_id": network_id, "skip": skip, "most": most},
    )
    return [_import(row) for row in rows], rows[0]["how_many"] if rows else 0


async def to_record(db: Queries, import_id: QuoteImportId, most: int) -> list[tuple[QuoteId, int]]:
    """(quote, wording) of some that wait to be recorded."""
    rows = await db.all(
        """
        SELECT id, wording FROM quote WHERE import_id = :id AND state = 'to_record'
        ORDER BY id LIMIT :most
        """,
        {"id": import_id, "most": most},
    )
    return [(QuoteId(row["id"]), row["wording"]) for row in rows]


async def leave_out(tx: Transaction, import_id: QuoteImportId) -> int:
    """Delete those that nobody has agreed to, and say how many."""
    rows = await tx.all(
        "DELETE FROM quote WHERE import_id = :id AND state = 'to_record' RETURNING id",
        {"id": import_id},
    )
    await tx.run(
        """
        DELETE FROM quote_import
        WHERE id = :id AND NOT EXISTS (SELECT 1 FROM quote WHERE import_id = :id)
        """,
        {"id": import_id},
    )
    return len(rows)


def _known(row: Row) -> Known:
    return Known(number=row["number"] or 0, words=row["words"])


def _import(row: Row) -> QuoteImport:
    by = row["by_id"]
    return QuoteImport(
        id=QuoteImportId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        by_id=None if by is None else MemberId(by),
        at=from_text(row["at"]),
        to_record=row["to_record"],
        kept=row["kept"],
    )
