"""What a backup is called, and for how long it is kept."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

DAYS, WEEKS, MONTHS = 7, 4, 6
"""Of so many days, weeks and months that have a backup, the newest of each is kept."""

NEWEST = 5
"""Kept in any case: the one from just before an upgrade must outlive the next of that day."""

QUIET_HOUR = time(3, 0, tzinfo=UTC)
"""When the running bot makes a backup: nobody plans a conversation at three in the morning."""

_NAME = re.compile(r"(?P<stem>.+)-(?P<at>\d{8}T\d{6}Z)\.db(?P<sealed>\.age)?")
_AT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    file: Path
    taken_at: datetime

    @property
    def is_sealed(self) -> bool:
        return self.file.suffix == ".age"


def file_for(database: Path, directory: Path, now: datetime, *, is_sealed: bool) -> Path:
    name = f"{database.stem}-{now.astimezone(UTC):{_AT}}.db"
    return directory / (f"{name}.age" if is_sealed else name)


def checksum_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.sha256")


def read_name(database: Path, file: Path) -> Backup | None:
    """The backup of *database* that *file* is by its name, or None for any other file."""
    match = _NAME.fullmatch(file.name)
    if match is None or match["stem"] != database.stem:
        return None
    try:
        return Backup(file, datetime.strptime(match["at"], _AT).replace(tzinfo=UTC))
    except ValueError:
        return None


def worth_keeping(backups: Iterable[Backup]) -> set[Backup]:
    """The newest few, and the newest of each of the last days, weeks and months *that have one*:
    a bot that stood still for a year still has its old ones."""
    newest_first = sorted(backups, key=lambda each: each.taken_at, reverse=True)
    return {
        *newest_first[:NEWEST],
        *_newest_of_each(newest_first, lambda at: at.date(), DAYS),
        *_newest_of_each(newest_first, lambda at: at.isocalendar()[:2], WEEKS),
        *_newest_of_each(newest_first, lambda at: (at.year, at.month), MONTHS),
    }


def _newest_of_each(
    newest_first: Sequence[Backup], span: Callable[[datetime], Hashable], count: int
) -> list[Backup]:
    newest: dict[Hashable, Backup] = {}
    for each in newest_first:
        newest.setdefault(span(each.taken_at), each)
    return list(newest.values())[:count]


def next_after(newest: datetime) -> datetime:
    """When the next backup is due, if *newest* is the time of the last one."""
    quiet = datetime.combine(newest.astimezone(UTC).date(), QUIET_HOUR)
    return quiet if quiet > newest else quiet + timedelta(days=1)
