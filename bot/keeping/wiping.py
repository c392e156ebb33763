"""The SQL that counts what was taken out about people, and what of it is wiped."""

from bot.storage.database import Queries, Transaction


async def note(tx: Transaction) -> None:
    """Something was taken out, which the file or its log may still hold."""
    await tx.run("UPDATE person_wiping SET deleted = deleted + 1")


async def changes(tx: Transaction) -> int:
    """How many rows this connection has changed so far."""
    return (await tx.only("SELECT total_changes() AS rows"))["rows"]


async def due(db: Queries) -> int | None:
    """How many deletions there have been, or None when all of them are wiped."""
    row = await db.only("SELECT deleted, deleted > wiped AS is_due FROM person_wiping")
    return row["deleted"] if row["is_due"] else None


async def mark_done(tx: Transaction, deletions: int) -> None:
    await tx.run("UPDATE person_wiping SET wiped = :deletions", {"deletions": deletions})
