"""The SQL that keeps the index right, and wipes what was taken out of it."""

from bot.storage.database import Queries, Transaction


async def check_index(tx: Transaction) -> None:
    """Raises what SQLite raises when the index and the entries differ."""
    # Rank 1 compares it with the entries. Without, it is only compared with itself.
    await tx.run("INSERT INTO search_text (search_text, rank) VALUES ('integrity-check', 1)")


async def are_words_right(db: Queries) -> bool:
    row = await db.only(
        """
        SELECT NOT EXISTS (
            SELECT network_id, collection, word, root, entries FROM search_word
            EXCEPT
            SELECT network_id, collection, key, value, count(*)
            FROM search_entry, json_each(search_entry.roots) GROUP BY 1, 2, 3
        ) AND (SELECT count(*) FROM search_word) = (
            SELECT count(*) FROM (
                SELECT 1 FROM search_entry, json_each(search_entry.roots)
                GROUP BY network_id, collection, key
            )
        ) AS are_right
        """
    )
    return bool(row["are_right"])


async def is_to_be_wiped(db: Queries) -> bool:
    """Whether something was taken out that is not known to be gone from the files."""
    row = await db.only("SELECT deleted > wiped AS is_due FROM search_wiping")
    return bool(row["is_due"])


async def write_anew(tx: Transaction) -> int:
    """Empty every table and fill it again, and say how many deletions that makes good.

    An emptied page is zeroed (`secure_delete`), and with it every copy of a row that SQLite left
    behind as it moved rows within and between pages.
    """
    await tx.run("UPDATE search_wiping SET is_under_way = 1")
    await tx.run(
        """
        INSERT INTO search_waiting
            (id, network_id, collection, item_id, facets, heading, words, roots)
        SELECT id, network_id, collection, item_id, facets, heading, words, roots
        FROM search_entry ORDER BY id
        """
    )
    await tx.run("DELETE FROM search_entry")
    await tx.run(
        """
        INSERT INTO search_entry
            (id, network_id, collection, item_id, facets, heading, words, roots)
        SELECT id, network_id, collection, item_id, facets, heading, words, roots
        FROM search_waiting ORDER BY id
        """
    )
    await tx.run("DELETE FROM search_waiting")
    await rebuild(tx)
    row = await tx.only("UPDATE search_wiping SET is_under_way = 0 RETURNING deleted")
    return row["deleted"]


async def rebuild(tx: Transaction) -> None:
    """The index and the list of words, from the entries."""
    await tx.run("DELETE FROM search_word")
    await tx.run(
        """
        INSERT INTO search_word (network_id, collection, word, root, entries)
        SELECT network_id, collection, key, value, count(*)
        FROM search_entry, json_each(search_entry.roots)
        GROUP BY network_id, collection, key
        """
    )
    await tx.run("INSERT INTO search_text (search_text) VALUES ('rebuild')")


async def mark_wiped(tx: Transaction, deletions: int) -> None:
    await tx.run("UPDATE search_wiping SET wiped = :deletions", {"deletions": deletions})
