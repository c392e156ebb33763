"""The directory that backups are kept in: putting them there, trusting them, clearing out."""

import hashlib
import logging
import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from bot.config import Settings
from bot.errors import Misconfigured, Unavailable
from bot.keeping import sealing
from bot.keeping.erasures import journal_of, let_go
from bot.keeping.model import Backup, checksum_of, file_for, read_name, worth_keeping
from bot.kept import YEAR
from bot.storage import snapshot
from bot.storage.soundness import faults_of_search

log = logging.getLogger(__name__)

_LEFT_BEHIND = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    database: Path
    directory: Path
    key: str = ""
    """The public half of an age key, or nothing: then backups can be read by whoever has them."""

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            database=settings.database,
            directory=settings.keeps_backups_in,
            key=settings.backup_key,
        )

    def backups(self) -> list[Backup]:
        """The newest first. Only what has a backup's name: anything else is not ours."""
        if not self.directory.is_dir():
            return []
        found = [read_name(self.database, file) for file in self.directory.iterdir()]
        whole = [each for each in found if each is not None]
        return sorted(whole, key=lambda each: each.taken_at, reverse=True)

    def put(self, now: datetime) -> Backup:
        """Make a backup, and then do without those that are no longer worth keeping.

        Raises:
            Misconfigured: the database is damaged, or the key is not one.
            Unavailable: there is no room, or no way to write there.
        """
        file = file_for(self.database, self.directory, now, is_sealed=bool(self.key))
        with _in_words():
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.write(file, now)
            self._keep_journal()
            self._clear_out(now)
        return Backup(file, now)

    def write(self, file: Path, now: datetime) -> None:
        """One backup to *file*, with its checksum beside it. All of it is there, or nothing.

        Raises:
            Misconfigured: as `put`, or *file* is there already.
            Unavailable: as `put`.
        """
        if self.key:
            sealing.must_be_key(self.key)
        if file.exists():
            raise Misconfigured(f"{file} is there already. I write over nothing.")
        part = file.with_name(f".{file.name}.part")
        with _in_words(), beside(self.database) as place:
            plain = place / "copy.db"
            snapshot.take(self.database, plain, now)
            for each in faults_of_search(plain):
                # All its words stand elsewhere as well, so this is no reason to have no backup.
                log.warning("In the backup %s; the bot's next start mends it", each)
            try:
                if self.key:
                    sealing.seal(plain, part, self.key)
                else:
                    shutil.copyfile(plain, part)
                _to_disk(part)
                checksum_of(file).write_text(f"{_sha256(part)}  {file.name}\n", "utf-8")
                _to_disk(checksum_of(file))
                part.rename(file)
                _to_disk(file.parent)
            finally:
                part.unlink(missing_ok=True)

    def let_go_of_erasures(self, now: datetime) -> None:
        """Of those from so long ago that no backup here is older."""
        backups = self.backups()
        oldest = backups[-1].taken_at if backups else now
        with _in_words():
            let_go(journal_of(self.database), min(now - YEAR, oldest))

    def _keep_journal(self) -> None:
        """Beside the backups as well: they may be all that is left one day."""
        journal = journal_of(self.database)
        if journal.is_file():
            shutil.copyfile(journal, self.directory / journal.name)

    def _clear_out(self, now: datetime) -> None:
        backups = self.backups()
        for each in set(backups) - worth_keeping(backups):
            each.file.unlink()
            checksum_of(each.file).unlink(missing_ok=True)
            log.info("Old backup %s is gone", each.file.name)
        # What a killed process left behind.
        for left in self.database.parent.glob(f".{self.database.name}.working-*"):
            if now.timestamp() - left.stat().st_mtime > _LEFT_BEHIND.total_seconds():
                shutil.rmtree(left, ignore_errors=True)


@contextmanager
def beside(database: Path) -> Generator[Path, None, None]:
    """A directory for a copy in the making: on the same disk, for nobody else, then gone.

    A backup that is to be encrypted is never on any other disk before it is.
    """
    prefix = f".{database.name}.working-"
    with tempfile.TemporaryDirectory(prefix=prefix, dir=database.parent) as place:
        yield Path(place)


def has_checksum(file: Path) -> bool:
    """Whether the checksum beside *file* is its own; False when there is none.

    Raises:
        Misconfigured: it is another one, so *file* is not what was written.
    """
    try:
        (said, *_) = checksum_of(file).read_text("utf-8").split()
    except FileNotFoundError:
        return False
    except ValueError:
        said = ""
    if said != _sha256(file):
        raise Misconfigured(
            f"{file} is not what was written: its checksum is another. Take another backup."
        )
    return True


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _in_words() -> Generator[None, None, None]:
    try:
        yield
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        raise Unavailable(f"The backup could not be written{where} ({error.strerror}).") from error
