"""Bring a database file up to the newest schema, one numbered file at a time."""

import hashlib
import importlib.resources
import logging
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bot.errors import Misconfigured

log = logging.getLogger(__name__)

_APPLIED = "SELECT name, digest FROM migration ORDER BY version"
_NAME = re.compile(r"(?P<version>\d{4})_(?P<title>[a-z0-9_]+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    version: int
    name: str
    sql: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def known() -> list[Migration]:
    """Every migration we ship, oldest first, numbered from 1 without a gap."""
    found: list[Migration] = []
    for file in importlib.resources.files("migrations").iterdir():
        if match := _NAME.fullmatch(file.name):
            found.append(Migration(int(match["version"]), file.name, file.read_text("utf-8")))
    found.sort(key=lambda migration: migration.version)
    if [migration.version for migration in found] != list(range(1, len(found) + 1)):
        raise Misconfigured(f"Migrations must run 1, 2, 3…: {[m.name for m in found]}")
    return found


def migrate(path: Path, migrations: list[Migration] | None = None) -> list[str]:
    """Apply what is missing and name it. Runs before the event loop starts.

    Each file happens whole or not at all, also when the process is killed.

    Raises:
        Misconfigured: not a database, another program's, or made by migrations we don't have.
    """
    migrations = known() if migrations is None else migrations
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(_connect(path)) as connection:
        try:
            applied = _applied(connection)
        except sqlite3.DatabaseError as error:
            raise _unreadable(path, error) from error
        _refuse_strangers(applied, migrations)
        pending = migrations[len(applied) :]
        for migration in pending:
            _apply(connection, migration)
            log.info("Applied migration %s", migration.name)
    return [migration.name for migration in pending]


def pending(path: Path) -> list[str]:
    """What `migrate` would apply. Looks, and changes nothing.

    Raises:
        Misconfigured: as `migrate`.
    """
    migrations = known()
    if not path.is_file():
        return [migration.name for migration in migrations]
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
        try:
            applied = connection.execute(_APPLIED).fetchall()
        except sqlite3.DatabaseError as error:
            raise Misconfigured(f"{path} is not a database of this bot ({error}).") from error
    _refuse_strangers(applied, migrations)
    return [migration.name for migration in migrations[len(applied) :]]


def is_new(path: Path) -> bool:
    """Whether there is nothing in *path* yet, or no such file."""
    if not path.is_file():
        return True
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT 1 FROM sqlite_schema").fetchone() is None


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return sqlite3.connect(path, isolation_level=None)
    except sqlite3.DatabaseError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: sqlite3.DatabaseError) -> Misconfigured:
    return Misconfigured(
        f"{path} is not a database that I can read ({error}). I have not changed it. "
        "Put a backup in its place, or move it away to start afresh."
    )


def _applied(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    if names and "migration" not in names:
        raise Misconfigured("That is another program's database. I have not changed it.")
    connection.execute(
        """
        CREATE TABLE IF NOT EXISTS migration (
            version    INTEGER PRIMARY KEY,
            name       TEXT NOT NULL,
            digest     TEXT NOT NULL,
            applied_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
        ) STRICT
        """
    )
    return connection.execute(_APPLIED).fetchall()


def _refuse_strangers(applied: list[tuple[str, str]], migrations: list[Migration]) -> None:
    shipped = [(migration.name, migration.digest) for migration in migrations]
    if applied != shipped[: len(applied)]:
        raise Misconfigured(
            "This database was made by a newer version of the bot, or by migrations that have "
            "changed since. I have not touched it. Use the version that made it."
        )


def _apply(connection: sqlite3.Connection, migration: Migration) -> None:
    # `executescript` commits whatever is open before it starts, so BEGIN must be inside the
    # script. Foreign keys are off while tables are rebuilt, and checked before the commit.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{migration.sql}")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchall():
            raise Misconfigured(f"{migration.name} leaves broken references: {broken}")
        connection.execute(
            "INSERT INTO migration (version, name, digest) VALUES (?, ?, ?)",
            (migration.version, migration.name, migration.digest),
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.rollback()
        raise
