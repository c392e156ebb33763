"""What an operator should know about the machine and its backups. Looks, and changes nothing."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import from_text, spoken
from bot.errors import Misconfigured, Unavailable
from bot.keeping.model import Backup
from bot.keeping.shelf import Shelf, beside, has_checksum
from bot.storage import snapshot
from bot.storage.soundness import faults_of, faults_of_search, has_search, reading

ROOM = 200_000_000
"""Bytes that should be free, and at least twice what the database takes: a backup is a copy."""

BACKUP_EVERY = timedelta(hours=36)
"""A night and a half: one that was missed, not one that is late."""

CLOCK_MAY_DIFFER = timedelta(seconds=60)
"""Presses are answered by Discord's clock, and reminders go by ours."""

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Fault:
    what: str
    mend: str


def look_over(shelf: Shelf, now: datetime) -> list[Fault]:
    """Everything but Discord. Some seconds for a large database; the bot goes on meanwhile."""
    return [
        *_database(shelf, now),
        *_disk(shelf.database),
        *_privacy(shelf),
        *_clock(shelf, now),
        *_backups(shelf, now),
    ]


def _database(shelf: Shelf, now: datetime) -> list[Fault]:
    if found := faults_of(shelf.database):
        return [
            Fault(
                f"The database is damaged ({'; '.join(found)}).",
                "Stop the bot and bring back the newest good backup with “restore”.",
            )
        ]
    try:
        if not has_search(shelf.database):
            return []
        with beside(shelf.database) as place:
            copy = place / "copy.db"
            snapshot.copy(shelf.database, copy)
            found = faults_of_search(copy)
    except (OSError, Unavailable) as error:
        return [Fault(f"There is no room for a look at the search index ({error}).", "Make room.")]
    return [
        Fault(f"{each[0].upper()}{each[1:]}.", "Stop the bot and start it: it mends its index.")
        for each in found
    ]


def _disk(database: Path) -> list[Fault]:
    free = shutil.disk_usage(database.parent).free
    needed = max(ROOM, 2 * database.stat().st_size)
    if free >= needed:
        return []
    return [
        Fault(
            f"Only {free // 1_000_000} MB are free on the disk of the database.",
            f"Make room: {needed // 1_000_000} MB are needed for a backup and for what comes.",
        )
    ]


def _privacy(shelf: Shelf) -> list[Fault]:
    files = [shelf.database, *(each.file for each in shelf.backups() if not each.is_sealed)]
    if open_to_others := [each for each in files if each.stat().st_mode & 0o077]:
        return [
            Fault(
                f"Others on this machine may read {open_to_others[0]}, and people's answers in it.",
                f"Take that away: chmod go= {open_to_others[0]}",
            )
        ]
    return []


def _clock(shelf: Shelf, now: datetime) -> list[Fault]:
    """The past is known: the clock cannot be before it."""
    with reading(shelf.database) as connection:
        (applied_at,) = connection.execute("SELECT max(applied_at) FROM migration").fetchone()
    known = [from_text(applied_at), *(each.taken_at for each in shelf.backups()[:1])]
    if max(known) <= now:
        return []
    return [
        Fault(
            f"The clock of this machine says that it is {spoken(now, _UTC)}, but something was "
            f"done here on {spoken(max(known), _UTC)}.",
            "Set the clock, best by a time service such as systemd-timesyncd.",
        )
    ]


def clock_against(discords: datetime, now: datetime) -> list[Fault]:
    if abs(discords - now) <= CLOCK_MAY_DIFFER:
        return []
    return [
        Fault(
            f"The clock of this machine says that it is {spoken(now, _UTC)}; Discord's says "
            f"{spoken(discords, _UTC)}.",
            "Set the clock, best by a time service such as systemd-timesyncd. Reminders go by it.",
        )
    ]


def _backups(shelf: Shelf, now: datetime) -> list[Fault]:
    backups = shelf.backups()
    if not backups:
        return [
            Fault(
                f"There is no backup in {shelf.directory}.",
                "The running bot makes one every night; “backup” makes one now.",
            )
        ]
    newest = backups[0]
    found: list[Fault] = []
    if now - newest.taken_at > BACKUP_EVERY:
        found.append(
            Fault(
                f"The newest backup was made on {spoken(newest.taken_at, _UTC)}.",
                "The running bot makes one every night. Look in its log for “No backup”.",
            )
        )
    return [*found, *_one(newest)]


def _one(newest: Backup) -> list[Fault]:
    try:
        if not has_checksum(newest.file):
            return [
                Fault(f"{newest.file} has no checksum beside it.", "“backup” makes another one.")
            ]
    except (Misconfigured, OSError) as error:
        return [Fault(f"The newest backup can't be trusted. {error}", "“backup” makes another.")]
    # What is sealed was looked through before it was: the key to look again is not here.
    if not newest.is_sealed and (damage := faults_of(newest.file)):
        what = f"The newest backup is damaged ({'; '.join(damage)})."
        return [Fault(what, "“backup” makes another.")]
    return []
