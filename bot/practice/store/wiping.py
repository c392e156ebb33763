"""The SQL that wipes deleted words from the pages of the file."""

from bot.storage.database import Queries, Row, Transaction


async def is_due(db: Queries) -> bool:
    """Whether something was deleted that is not known to be gone from the files."""
    row = await db.only("SELECT deleted > wiped AS is_due FROM practice_wiping")
    return bool(row["is_due"])


async def write_anew(tx: Transaction) -> int:
    """Empty the table of words and fill it again, and say how many deletions that makes good.

    An emptied page is zeroed (`secure_delete`), and with it every copy of a row that SQLite left
    behind as it moved rows within and between pages. A file fills pages of its own, which are
    zeroed when it is deleted, so files stay where they are.
    """
    rows = await tx.all(
        "SELECT practice_id, title, did, changed, tell_others, link, note FROM practice_text"
    )
    deleted = (await tx.only("SELECT deleted FROM practice_wiping"))["deleted"]
    await tx.run("DELETE FROM practice_text")
    await tx.run_many(
        """
        INSERT INTO practice_text (practice_id, title, did, changed, tell_others, link, note)
        VALUES (:practice_id, :title, :did, :changed, :tell_others, :link, :note)
        """,
        [_columns(row) for row in rows],
    )
    # The trigger has just counted every one of these as deleted.
    await tx.run("UPDATE practice_wiping SET deleted = :deleted", {"deleted": deleted})
    return deleted


async def mark_done(tx: Transaction, deletions: int) -> None:
    await tx.run("UPDATE practice_wiping SET wiped = :deletions", {"deletions": deletions})


def _columns(row: Row) -> dict[str, int | str]:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118  # a Row's own iteration gives values
