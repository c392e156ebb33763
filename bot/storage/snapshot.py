"""A copy of the database in use, whole and of one moment, while others read and write."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from bot.clock import from_text, to_text
from bot.errors import Misconfigured, Unavailable
from bot.storage.migrate import pending
from bot.storage.soundness import faults_of, reading


def take(database: Path, into: Path, now: datetime) -> None:
    """Copy *database* to the new file *into*, and open that to see that it is whole.

    Copying the file itself would miss what is still in the log beside it. `VACUUM INTO` does
    not, holds up nobody, and leaves behind the pages that deleted words stood in.

    Raises:
        Misconfigured: *database* is not this bot's, or damaged, and so would be its copy.
        Unavailable: the disk is full or does not answer.
    """
    pending(database)  # refuses what is not ours
    if found := faults_of(database):
        raise _damaged(database, found)
    copy(database, into)
    _write_down(into, now)
    if found := faults_of(into):
        raise _damaged(database, found)


def copy(database: Path, into: Path) -> None:
    """
    Raises:
        Unavailable: the disk is full or does not answer.
    """
    try:
        with reading(database) as connection:
            connection.execute("VACUUM INTO :into", {"into": str(into)})
    except sqlite3.OperationalError as error:
        raise Unavailable(f"The copy could not be written ({error}).") from error


def taken_at(copy: Path) -> datetime | None:
    """When *copy* was taken, or None when nobody wrote that down."""
    with reading(copy) as connection:
        if not _knows_when(connection):
            return None
        row = connection.execute("SELECT taken_at FROM backup_taken").fetchone()
    return None if row is None else from_text(row["taken_at"])


def put_in_use(copy: Path) -> None:
    """*copy* is no longer a copy, but what the bot goes on with."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("DELETE FROM backup_taken")


def _write_down(copy: Path, now: datetime) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        if _knows_when(connection):
            connection.execute(
                "REPLACE INTO backup_taken (id, taken_at) VALUES (1, :now)", {"now": to_text(now)}
            )


def _knows_when(connection: sqlite3.Connection) -> bool:
    """A database of before there were backups has no place to write it down."""
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'backup_taken'")
    return found.fetchone() is not None


def _damaged(database: Path, found: list[str]) -> Misconfigured:
    return Misconfigured(
        f"{database} is damaged ({'; '.join(found)}), so I made no backup of it and kept all "
        "older ones. Bring back the newest good one with “restore”."
    )
