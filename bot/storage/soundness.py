"""Whether a database file is whole. Looks, and changes nothing."""

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from bot.errors import Misconfigured

MOST_SAID = 3
"""Faults of a kind that are told: a damaged file has thousands, and three say as much."""


@contextmanager
def reading(path: Path) -> Generator[sqlite3.Connection, None, None]:
    """A connection to *path* that cannot write, also while the bot uses it."""
    uri = f"file:{quote(str(path))}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        # In a damaged file a name may be no text at all.
        connection.text_factory = _text
        yield connection


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "replace")


def must_not_be_damaged(path: Path) -> None:
    """A quick look before the bot starts: a tenth of a second for 130 MB.

    Raises:
        Misconfigured: a page of the file is damaged.
    """
    if path.is_file() and (found := _damage(path, "PRAGMA quick_check(3)")):
        raise Misconfigured(
            f"{path} is damaged ({found[0]}). I have not changed it. "
            "Bring back the newest good backup with “restore”."
        )


def faults_of(path: Path) -> list[str]:
    """Each in a few words; none when every page, index and reference is as it should be.

    Goes through all of it: some seconds for a large file, in which others read and write on.
    """
    return _damage(path, "PRAGMA integrity_check(3)") or _broken_references(path)


def has_search(path: Path) -> bool:
    with reading(path) as connection:
        return bool(_indexes(connection))


def faults_of_search(copy: Path) -> list[str]:
    """Search indexes that do not hold what they should. *copy* must be nobody else's:
    SQLite wants to be asked by an INSERT, which waits for whoever writes."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        indexes = _indexes(connection)
        return [
            f"the search index {name} is damaged" for name in indexes if _is_off(connection, name)
        ]


def _indexes(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%USING fts5%'
        """
    )
    return [str(name) for (name,) in rows]


def _damage(path: Path, question: str) -> list[str]:
    try:
        with reading(path) as connection:
            answers = [str(line) for (line,) in connection.execute(question)]
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # When a disk is away or full, this says so too: nothing here is taken for sound.
        return [str(error)]
    return [] if answers == ["ok"] else [answer.splitlines()[-1] for answer in answers]


def _broken_references(path: Path) -> list[str]:
    with reading(path) as connection:
        rows = connection.execute("PRAGMA foreign_key_check").fetchmany(MOST_SAID)
    return [
        f"a row of {row['table']} refers to one of {row['parent']} that is gone" for row in rows
    ]


def _is_off(connection: sqlite3.Connection, index: str) -> bool:
    quoted = '"' + index.replace('"', '""') + '"'
    try:
        # rank 1: compare with the rows it was made from, and not only with itself.
        connection.execute(
            f"INSERT INTO {quoted} ({quoted}, rank) VALUES ('integrity-check', 1)"  # noqa: S608  # a name of our own schema
        )
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        return True
    return False
