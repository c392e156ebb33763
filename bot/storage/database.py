"""Read from anywhere; write one transaction at a time.

Two connections share the file. The reader sees committed rows only and cannot
write, so a long search never delays a sign-up. The writer is held by one task at
a time, because a connection has one transaction whoever happens to be using it.
"""

import asyncio
import logging
import sqlite3
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Mapping
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import quote

import aiosqlite

from bot import tally
from bot.errors import Unavailable

log = logging.getLogger(__name__)

Row = sqlite3.Row
Value = str | int | float | bytes | None

PATIENCE = 5000
"""Milliseconds for which a connection waits for another."""


# The disk's fault or a moment's, not ours: https://www.sqlite.org/rescode.html
_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}


class IndexDiffers(Exception):
    """A full-text index is not what its table makes it."""


_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Queries(Protocol):
    """Anything a store can read through: the database, or a transaction."""

    async def only(self, sql: str, params: Mapping[str, Value] = ...) -> Row: ...
    async def one(self, sql: str, params: Mapping[str, Value] = ...) -> Row | None: ...
    async def all(self, sql: str, params: Mapping[str, Value] = ...) -> list[Row]: ...


class _Connection:
    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection

    async def only(self, sql: str, params: Mapping[str, Value] = {}) -> Row:
        """The one row there must be."""
        (row,) = await self.all(sql, params)
        return row

    async def one(self, sql: str, params: Mapping[str, Value] = {}) -> Row | None:
        rows = await self.all(sql, params)
        return rows[0] if rows else None

    async def all(self, sql: str, params: Mapping[str, Value] = {}) -> list[Row]:
        # One trip to the thread: a trip costs six times what the statement does.
        with _disk_faults():
            return list(await self._connection.execute_fetchall(sql, dict(params)))


class Transaction(_Connection):
    """The right to write. Only `Database.write` hands one out."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        super().__init__(connection)
        self._afterwards: list[Callable[[], None]] = []

    async def run(self, sql: str, params: Mapping[str, Value] = {}) -> None:
        await self.all(sql, params)

    async def run_many(self, sql: str, params: Iterable[Mapping[str, Value]]) -> None:
        """Run one statement for each set of *params*, in one trip."""
        with _disk_faults():
            await self._connection.executemany(sql, [dict(each) for each in params])

    def after_commit(self, tell: Callable[[], None]) -> None:
        """Call *tell* once this transaction has been committed, and never if it is not.

        *tell* may be lost in a crash, so it may only say "look again".
        """
        self._afterwards.append(tell)

    def committed(self) -> None:
        for tell in self._afterwards:
            tell()


class Database(_Connection):
    def __init__(
        self, path: Path, reader: aiosqlite.Connection, writer: aiosqlite.Connection
    ) -> None:
        super().__init__(reader)
        self.path = path
        self._writer = writer
        self._writing = asyncio.Lock()
        self.waiting_to_write = 0

    @classmethod
    @asynccontextmanager
    async def open(cls, path: Path) -> AsyncGenerator[Self, None]:
        """The database at *path*, which must have been migrated. Leaving waits for the writer."""
        async with _writer(path) as writer, _reader(path) as reader:
            database = cls(path, reader, writer)
            yield database
            async with database._writing:
                pass

    @asynccontextmanager
    async def write(self) -> AsyncGenerator[Transaction, None]:
        """Hold the one writer; commit if the block ends, roll back if it raises.

        Say nothing to Discord inside the block: everyone else is waiting.
        """
        async with self._turn():
            began = time.perf_counter()
            tx = Transaction(self._writer)
            try:
                await tx.run("BEGIN IMMEDIATE")
                yield tx
                await tx.run("COMMIT")
            except BaseException:
                tally.TRANSACTIONS.add("rolled back")
                # A cancelled BEGIN still runs on SQLite's thread, so always roll back.
                await asyncio.shield(self._writer.rollback())
                raise
            tally.WRITING.note(time.perf_counter() - began)
        tally.TRANSACTIONS.add("committed")
        tx.committed()

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[None, None]:
        self.waiting_to_write += 1
        try:
            await self._writing.acquire()
        finally:
            self.waiting_to_write -= 1
        try:
            yield
        finally:
            self._writing.release()

    async def write_anew(self) -> None:
        """Write the whole file anew, so that no page holds what was deleted or moved from it.

        Others can read meanwhile, and have to wait to write: half a second for 30 MB.
        """
        async with self._turn():
            with _disk_faults():
                await self._writer.execute_fetchall("VACUUM")

    async def empty_log(self) -> bool:
        """Bring everything into the file and empty the log beside it, if nobody is reading.

        What was deleted is then in neither: `secure_delete` has zeroed it in the file.
        """
        async with self._writing:
            try:
                # Never wait for a reader: everybody who writes waits for us.
                await self._set_patience(0)
                with _disk_faults():
                    (row,) = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                await asyncio.shield(self._set_patience(PATIENCE))
        return not row["busy"]

    async def _set_patience(self, milliseconds: int) -> None:
        await self._writer.execute_fetchall(f"PRAGMA busy_timeout = {milliseconds:d}")


@asynccontextmanager
async def look_into(path: Path) -> AsyncGenerator[Queries, None]:
    """Read from the database at *path* only, also while the bot uses it."""
    async with _reader(path) as reader:
        yield _Connection(reader)


@contextmanager
def _disk_faults() -> Generator[None, None, None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode
        if code & 0xFF in _PASSING:
            raise Unavailable(
                "I couldn't save or read that just now, so nothing has changed. "
                "Please try again in a minute."
            ) from error
        if code == sqlite3.SQLITE_CORRUPT_VTAB:
            raise IndexDiffers("A full-text index differs from its table.") from error
        if code & 0xFF in _DAMAGED:
            log.critical("The database is damaged (%s). Stop the bot and restore a backup.", error)
        raise


@asynccontextmanager
async def _writer(path: Path) -> AsyncGenerator[aiosqlite.Connection, None]:
    # isolation_level=None: transactions begin where we say BEGIN, and nowhere else.
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        connection.row_factory = sqlite3.Row
        await connection.execute_fetchall("PRAGMA journal_mode = WAL")
        # FULL, not NORMAL: in 400 power cuts NORMAL lost sign-ups that had been confirmed.
        await connection.execute_fetchall("PRAGMA synchronous = FULL")
        await connection.execute_fetchall("PRAGMA foreign_keys = ON")
        await connection.execute_fetchall(f"PRAGMA busy_timeout = {PATIENCE:d}")
        # Deleted words are zeroed, not only forgotten.
        await connection.execute_fetchall("PRAGMA secure_delete = ON")
        yield connection


@asynccontextmanager
async def _reader(path: Path) -> AsyncGenerator[aiosqlite.Connection, None]:
    # mode=ro cannot checkpoint either: SQLite before 3.51.3 can corrupt a file that two
    # connections checkpoint at once.
    uri = f"file:{quote(str(path))}?mode=ro"
    async with aiosqlite.connect(uri, uri=True, isolation_level=None) as connection:
        connection.row_factory = sqlite3.Row
        await connection.execute_fetchall("PRAGMA query_only = ON")
        await connection.execute_fetchall(f"PRAGMA busy_timeout = {PATIENCE:d}")
        yield connection
