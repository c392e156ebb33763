"""What `check` finds on the machine, each with what to do about it."""

import hashlib
import json
import shutil
import sqlite3
from collections import namedtuple
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from bot.checking import Found, as_json, as_text
from bot.clock import from_text
from bot.keeping.looking import clock_against, look_over
from bot.keeping.model import checksum_of
from bot.keeping.shelf import Shelf
from tests.flipped import flip

KEY = pyrage.x25519.Identity.generate()
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**12, 0, 10**12))


@pytest.fixture
def shelf(path: Path) -> Shelf:
    path.chmod(0o600)
    return Shelf(database=path, directory=path.parent / "backups")


@pytest.fixture
def now(path: Path):
    """When the database was made, by the machine's own clock."""
    with closing(sqlite3.connect(path)) as connection:
        (at,) = connection.execute("SELECT max(applied_at) FROM migration").fetchone()
    return from_text(at)


def put(shelf: Shelf, now):
    made = shelf.put(now)
    made.file.chmod(0o600)
    return made


def whats(shelf: Shelf, now) -> list[str]:
    return [each.what for each in look_over(shelf, now)]


def test_when_all_is_well_there_is_nothing_to_say(shelf: Shelf, now) -> None:
    put(shelf, now)
    assert look_over(shelf, now + timedelta(hours=30)) == []
    assert as_text([]) == "Everything the bot needs is there."
    assert json.loads(as_json([], None)) == {"found": [], "stopped_by": None}


def test_a_damaged_database(shelf: Shelf, now) -> None:
    put(shelf, now)
    flip(shelf.database, 8 * 4096, 8)
    (fault,) = look_over(shelf, now)
    assert fault.what.startswith("The database is damaged (")
    assert fault.mend == "Stop the bot and bring back the newest good backup with “restore”."


def test_a_search_index_that_has_lost_step(shelf: Shelf, now) -> None:
    put(shelf, now)
    with closing(sqlite3.connect(shelf.database, isolation_level=None)) as connection:
        connection.executescript(
            """
            CREATE TABLE said (id INTEGER PRIMARY KEY, body TEXT) STRICT;
            CREATE VIRTUAL TABLE said_search USING fts5 (body, content='said', content_rowid='id');
            INSERT INTO said VALUES (1, 'nothing about us');
            INSERT INTO said_search (rowid, body) VALUES (1, 'nothing about us');
            """
        )
    assert whats(shelf, now) == []
    with closing(sqlite3.connect(shelf.database, isolation_level=None)) as connection:
        connection.execute("UPDATE said SET body = 'without us'")
    assert whats(shelf, now) == ["The search index said_search is damaged."]
    assert list(shelf.database.parent.glob(".*")) == []


def test_a_disk_that_is_nearly_full(shelf: Shelf, now, monkeypatch: pytest.MonkeyPatch) -> None:
    put(shelf, now)
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 0, 150_000_000))
    (fault,) = look_over(shelf, now)
    assert fault.what == "Only 150 MB are free on the disk of the database."
    assert "200 MB are needed" in fault.mend


def test_others_who_may_read_it(shelf: Shelf, now) -> None:
    made = put(shelf, now)
    for file in (shelf.database, made.file):
        file.chmod(0o644)
        (fault,) = look_over(shelf, now)
        assert fault.what == (
            f"Others on this machine may read {file}, and people's answers in it."
        )
        file.chmod(0o600)


def test_a_clock_that_is_behind_what_was_done(shelf: Shelf, now) -> None:
    put(shelf, now)
    (fault,) = look_over(shelf, now - timedelta(days=400))
    assert fault.what.startswith("The clock of this machine says that it is ")
    assert fault.mend.startswith("Set the clock")


def test_a_clock_that_is_not_discords(now) -> None:
    for seconds, found in ((0, 0), (60, 0), (-60, 0), (61, 1), (-61, 1), (10**8, 1)):
        assert len(clock_against(now + timedelta(seconds=seconds), now)) == found


def test_no_backup(shelf: Shelf, now) -> None:
    assert whats(shelf, now) == [f"There is no backup in {shelf.directory}."]


def test_a_backup_that_is_too_old(shelf: Shelf, now) -> None:
    put(shelf, now)
    (fault,) = look_over(shelf, now + timedelta(hours=37))
    assert fault.what.startswith("The newest backup was made on ")
    assert "No backup" in fault.mend


def test_a_backup_that_was_changed(shelf: Shelf, now) -> None:
    made = put(shelf, now)
    flip(made.file, 9)
    (what,) = whats(shelf, now)
    assert what.startswith("The newest backup can't be trusted.")


def test_a_backup_that_is_damaged_with_a_checksum_of_its_own(shelf: Shelf, now) -> None:
    made = put(shelf, now)
    checksum_of(made.file).unlink()
    assert whats(shelf, now) == [f"{made.file} has no checksum beside it."]
    flip(made.file, 8 * 4096, 8)
    its_own = hashlib.sha256(made.file.read_bytes()).hexdigest()
    checksum_of(made.file).write_text(f"{its_own}  {made.file.name}\n")
    (what,) = whats(shelf, now)
    assert what.startswith("The newest backup is damaged (")


def test_an_encrypted_backup_is_known_by_its_checksum(shelf: Shelf, now) -> None:
    sealed = Shelf(database=shelf.database, directory=shelf.directory, key=str(KEY.to_public()))
    made = put(sealed, now)
    assert whats(sealed, now) == []
    flip(made.file, 500)
    assert len(whats(sealed, now)) == 1


def test_where_it_is_and_what_to_do_stand_in_one_line() -> None:
    found = [Found("this machine", "There is no backup.", "Make one.")]
    assert as_text(found) == "this machine: There is no backup. Make one."
    said = json.loads(as_json(found, ValueError("No token.")))
    assert said["found"][0] == {
        "where": "this machine", "what": "There is no backup.", "mend": "Make one."
    }  # fmt: skip
    assert said["stopped_by"] == "No token."


def test_looking_changes_nothing(shelf: Shelf, now, tmp_path: Path) -> None:
    put(shelf, now)
    before = shelf.database.read_bytes()
    names = sorted(each.name for each in shelf.directory.iterdir())
    shutil.copyfile(shelf.database, tmp_path / "copy")
    look_over(shelf, now)
    assert shelf.database.read_bytes() == before
    assert sorted(each.name for each in shelf.directory.iterdir()) == names
