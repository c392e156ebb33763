"""`coproduction-bot restore`: going on with a backup, without losing what stood there before."""

import asyncio
import logging
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import services
from bot.clock import Clock, SystemClock, spoken
from bot.errors import Misconfigured
from bot.keeping import erasures, sealing
from bot.keeping.erasures import Eraser, Erasure, journal_of
from bot.keeping.shelf import beside, has_checksum
from bot.storage import snapshot
from bot.storage.database import Database
from bot.storage.instance import only_copy
from bot.storage.migrate import migrate, pending
from bot.storage.soundness import faults_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    taken_at: datetime | None
    had_checksum: bool
    migrated: Sequence[str]
    forgotten_again: int
    replaced: Path | None
    """Where the database that stood there before is now; None when there was none."""


def restore(
    database: Path,
    file: Path,
    *,
    key_file: Path | None = None,
    clock: Clock | None = None,
    erasers: Sequence[Eraser] | None = None,
) -> Restored:
    """Put the backup *file* in the place of *database*. On any trouble nothing has changed.

    *erasers*: who forgets again, if not every feature.

    Raises:
        Misconfigured: a copy of the bot is running, or *file* cannot be used, and why.
    """
    clock = clock or SystemClock()
    if not file.is_file():
        raise Misconfigured(f"There is no file {file}.")
    with only_copy(database), beside(database) as place:
        had_checksum = has_checksum(file)
        fresh = place / "restored.db"
        _fetch(file, fresh, key_file)
        _must_be_usable(file, fresh)
        taken_at = snapshot.taken_at(fresh)
        migrated = migrate(fresh)
        # And beside the backup, by whatever name the database had there.
        journals = [journal_of(database), *sorted(file.parent.glob("*.erasures"))]
        to_forget = erasures.since(journals, taken_at)
        asyncio.run(_make_good(fresh, clock, to_forget, erasers))
        snapshot.put_in_use(fresh)
        replaced = _exchange(fresh, database, clock.now())
    return Restored(
        taken_at=taken_at,
        had_checksum=had_checksum,
        migrated=migrated,
        forgotten_again=len(to_forget),
        replaced=replaced,
    )


def _fetch(file: Path, into: Path, key_file: Path | None) -> None:
    if sealing.is_sealed(file):
        sealing.unseal(file, into, key_file)
        return
    shutil.copyfile(file, into)
    # A database that was put aside by an earlier restore may have a log beside it.
    for name in (f"{file.name}-wal", f"{file.name}-shm"):
        if (log_beside := file.with_name(name)).is_file():
            shutil.copyfile(log_beside, into.with_name(into.name + name.removeprefix(file.name)))


def _must_be_usable(file: Path, fresh: Path) -> None:
    if found := faults_of(fresh):
        raise Misconfigured(f"{file} is not a whole database ({'; '.join(found)}). Take another.")
    try:
        pending(fresh)
    except Misconfigured as error:
        said = str(error).replace(str(fresh), "it")
        raise Misconfigured(f"{file} can't be used. {said[0].upper()}{said[1:]}") from error


async def _make_good(
    fresh: Path, clock: Clock, to_forget: Sequence[Erasure], erasers: Sequence[Eraser] | None
) -> None:
    """What was done after the backup and must not be undone, nor done twice."""
    async with Database.open(fresh) as db:
        parts = services(db, clock)
        if erasers is not None:
            parts.forgetting.erasers = erasers
        if to_forget:
            await parts.forgetting.again(to_forget)
        # Whatever was due since may have been sent, of which this database knows nothing.
        while (due := await parts.reminders.next_due()) is not None and due <= clock.now():
            await parts.reminders.owe_due()
        await parts.notices.doubt_due()


def _exchange(fresh: Path, database: Path, now: datetime) -> Path | None:
    replaced = None
    if database.exists():
        replaced = database.with_name(f"{database.name}.replaced-{now:%Y%m%dT%H%M%SZ}")
        if replaced.exists():
            raise Misconfigured(f"{replaced} is there already. Wait a second and try again.")
        _empty_log(database)
        # Its log goes with it, in case it could not be emptied: SQLite finds it by its name.
        for suffix in ("-wal", "-shm"):
            if (part := Path(f"{database}{suffix}")).exists():
                part.rename(f"{replaced}{suffix}")
        _keep(database, replaced)
    fresh.chmod(0o600)
    fresh.replace(database)
    descriptor = os.open(database.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return replaced


def _keep(database: Path, replaced: Path) -> None:
    """Under both names until it is replaced: killed in between, there is a database still."""
    try:
        replaced.hardlink_to(database)
    except OSError:  # not on every kind of disk
        database.rename(replaced)


def _empty_log(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        log.warning("The old database can't be read (%s); it is kept as it is", error)


def told(database: Path, done: Restored) -> list[str]:
    """What was done, for the operator."""
    lines = [f"{database} is the backup now."]
    if done.taken_at is not None:
        lines.append(f"It was made on {spoken(done.taken_at, ZoneInfo('UTC'))}.")
    if not done.had_checksum:
        lines.append("There was no checksum beside it, so I could only see that it is whole.")
    lines += [f"Applied {name}." for name in done.migrated]
    if done.forgotten_again:
        lines.append(f"Forgotten again, as they had asked: {done.forgotten_again}.")
    if done.replaced is not None:
        lines.append(
            f"What stood there before is {done.replaced}. Delete it once you are sure: it holds "
            "people's answers too."
        )
    lines.append("Start the bot again: “run”.")
    return lines
