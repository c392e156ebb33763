"""The SQL of the search: entries, the index over them, and the list of their words."""

import json
from collections.abc import Iterable

from bot.search.asking import Known
from bot.search.entry import Collection, Entry, Shelf
from bot.search.scoring import Candidate
from bot.search.words import fold, root
from bot.storage.database import Queries, Row, Transaction

_LAST = "\U0010ffff"
"""Comes after every letter: what begins with "co" stands from "co" to "co" and this."""


async def put(tx: Transaction, entry: Entry) -> None:
    """In place of what was there: with its old number, so that it does not become the newest."""
    old = await take_out(tx, entry.collection, entry.item_id)
    heading, words = fold(entry.heading), fold(entry.words)
    roots = {each: root(each) for each in ("", *heading.split(), *words.split())}
    await tx.run(
        """
        INSERT INTO search_entry
            (id, network_id, collection, item_id, facets, heading, words, roots)
        VALUES (:id, :network_id, :collection, :item_id, :facets, :heading, :words, :roots)
        """,
        {
            "id": old,
            "network_id": entry.network_id,
            "collection": entry.collection,
            "item_id": entry.item_id,
            "facets": " ".join(Shelf(entry.network_id, entry.collection).tokens(entry.facets)),
            "heading": heading,
            "words": words,
            "roots": json.dumps(roots, ensure_ascii=False),
        },
    )


async def take_out(tx: Transaction, collection: Collection, item_id: int) -> int | None:
    row = await tx.one(
        """
        DELETE FROM search_entry WHERE collection = :collection AND item_id = :item_id
        RETURNING id
        """,
        {"collection": collection, "item_id": item_id},
    )
    return None if row is None else row["id"]


async def newest_id(db: Queries) -> int:
    row = await db.only("SELECT coalesce(max(id), 0) AS id FROM search_entry")
    return row["id"]


async def candidates(
    db: Queries, expression: str, *, after: int, until: int, most: int
) -> list[Candidate]:
    """The newest of those numbered above *after*, up to *until*."""
    rows = await db.all(
        """
        SELECT search_entry.id, item_id, search_entry.facets, search_entry.heading,
               search_entry.words
        FROM search_text
        JOIN search_entry ON search_entry.id = search_text.rowid
        WHERE search_text MATCH :expression
          AND search_text.rowid > :after AND search_text.rowid <= :until
        ORDER BY search_text.rowid DESC
        LIMIT :most
        """,
        {"expression": expression, "after": after, "until": until, "most": most},
    )
    return [_candidate(row) for row in rows]


async def known(db: Queries, shelf: Shelf, roots: Iterable[str]) -> Known:
    """The words of those *roots*, and how many entries there are."""
    rows = await db.all(
        """
        SELECT word, root, entries FROM search_word
        WHERE network_id = :network_id AND collection = :collection
          AND root IN (SELECT value FROM json_each(:roots))
        ORDER BY entries DESC, word
        """,
        {
            "network_id": shelf.network_id,
            "collection": shelf.collection,
            "roots": json.dumps(["", *roots], ensure_ascii=False),
        },
    )
    counts = {row["word"]: row["entries"] for row in rows}
    by_root: dict[str, list[str]] = {}
    for row in rows:
        by_root.setdefault(row["root"], []).append(row["word"])
    return Known(counts.pop("", 0), counts, by_root)


async def words_as_long(
    db: Queries, shelf: Shelf, initial: str, least: int, most: int
) -> dict[str, int]:
    """Words of *least* to *most* letters that begin so, and how many entries have each."""
    rows = await db.all(
        """
        SELECT word, entries FROM search_word
        WHERE network_id = :network_id AND collection = :collection
          AND word >= :initial AND word < :beyond AND length(word) BETWEEN :least AND :most
        """,
        {
            "network_id": shelf.network_id,
            "collection": shelf.collection,
            "initial": initial,
            "beyond": initial + _LAST,
            "least": least,
            "most": most,
        },
    )
    return {row["word"]: row["entries"] for row in rows}


async def words_around(db: Queries, shelf: Shelf, part: str) -> dict[str, int]:
    """Words with *part* in them, or that are in it, and how many entries have each."""
    rows = await db.all(
        """
        SELECT word, entries FROM search_word
        WHERE network_id = :network_id AND collection = :collection AND length(word) > 3
          AND (instr(word, :part) OR instr(:part, word))
        ORDER BY entries DESC
        LIMIT 100
        """,
        {"network_id": shelf.network_id, "collection": shelf.collection, "part": part},
    )
    return {row["word"]: row["entries"] for row in rows}


async def families(db: Queries, shelf: Shelf, initial: str) -> dict[str, tuple[int, str]]:
    """Of each root that begins so, the word that most entries have, and how many."""
    rows = await db.all(
        # Beside max(), a bare column is of the row that has the most: SQLite promises it.
        """
        SELECT root, max(entries) AS entries, word FROM search_word
        WHERE network_id = :network_id AND collection = :collection
          AND root >= :initial AND root < :beyond
        GROUP BY root
        """,
        {
            "network_id": shelf.network_id,
            "collection": shelf.collection,
            "initial": initial,
            "beyond": initial + _LAST,
        },
    )
    return {row["root"]: (row["entries"], row["word"]) for row in rows}


async def words_that_begin(db: Queries, shelf: Shelf, beginning: str, most: int) -> list[str]:
    """The ones that most entries have."""
    rows = await db.all(
        """
        SELECT word FROM search_word
        WHERE network_id = :network_id AND collection = :collection
          AND word >= :beginning AND word < :beyond
        ORDER BY entries DESC, word
        LIMIT :most
        """,
        {
            "network_id": shelf.network_id,
            "collection": shelf.collection,
            "beginning": beginning,
            "beyond": beginning + _LAST,
            "most": most,
        },
    )
    return [row["word"] for row in rows]


def _candidate(row: Row) -> Candidate:
    return Candidate(row["id"], row["item_id"], row["facets"], row["heading"], row["words"])
