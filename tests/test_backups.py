"""Backups: whole, of one moment, kept for a time, and readable by whoever should."""

import asyncio
import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.client import Services
from bot.errors import Misconfigured, Unavailable
from bot.ids import MemberId
from bot.keeping.migrating import migrate_safely
from bot.keeping.model import (
    DAYS,
    MONTHS,
    NEWEST,
    WEEKS,
    Backup,
    checksum_of,
    file_for,
    next_after,
    read_name,
    worth_keeping,
)
from bot.keeping.nightly import TRY_AGAIN, Nightly
from bot.keeping.shelf import Shelf, has_checksum
from bot.storage import snapshot
from bot.storage.database import Database
from bot.storage.migrate import known, migrate, pending
from bot.storage.soundness import faults_of, faults_of_search, must_not_be_damaged
from tests.conftest import AMINA, BRYN, NOW, FakeClock
from tests.fakes import planned, sign_up
from tests.flipped import flip

KEY = pyrage.x25519.Identity.generate()


@pytest.fixture
def shelf(path: Path) -> Shelf:
    return Shelf(database=path, directory=path.parent / "backups")


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


# Making one


async def test_a_backup_holds_what_was_committed_by_then(parts: Services, shelf: Shelf) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA)
    made = shelf.put(NOW)
    await sign_up(parts, conversation, BRYN)

    assert made.file.name == "test-20261123T090000Z.db"
    assert rows(made.file, "SELECT member_id FROM sign_up") == [(AMINA,)]
    assert snapshot.taken_at(made.file) == NOW
    assert faults_of(made.file) + faults_of_search(made.file) == []
    assert pending(made.file) == []
    assert [each.name for each in shelf.directory.iterdir() if each.name.startswith(".")] == []


async def test_a_plain_copy_of_the_file_would_have_missed_it(
    parts: Services, shelf: Shelf, tmp_path: Path
) -> None:
    """The control: the newest rows are in the log beside the file, where `cp` does not look."""
    await sign_up(parts, await planned(parts), AMINA)
    shutil.copyfile(shelf.database, tmp_path / "cp.db")
    assert rows(tmp_path / "cp.db", "SELECT member_id FROM sign_up") == []
    assert rows(shelf.put(NOW).file, "SELECT member_id FROM sign_up") == [(AMINA,)]


async def test_sign_ups_go_on_while_a_backup_is_made(parts: Services, shelf: Shelf) -> None:
    conversation = await planned(parts)
    making = asyncio.create_task(asyncio.to_thread(shelf.put, NOW))
    number = 0
    while not making.done():
        number += 1
        await sign_up(parts, conversation, MemberId(number))
    made = await making

    # Of one moment: everybody who was there by then, in their order, and a count that says so.
    copied = [row[0] for row in rows(made.file, "SELECT member_id FROM sign_up ORDER BY number")]
    assert copied == list(range(1, len(copied) + 1))
    assert rows(made.file, "SELECT going FROM conversation") == [(len(copied),)]
    assert number > 1


def test_deleted_words_are_not_in_a_backup(path: Path, shelf: Shelf) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("INSERT INTO network (id, time_zone) VALUES (1, 'Somewhere/Remembered')")
        connection.execute("DELETE FROM network")
    assert b"Somewhere/Remembered" in path.read_bytes()
    assert b"Somewhere/Remembered" not in shelf.put(NOW).file.read_bytes()


def test_the_checksum_is_what_other_programs_can_check(shelf: Shelf) -> None:
    made = shelf.put(NOW)
    said = checksum_of(made.file).read_text()
    assert said == f"{hashlib.sha256(made.file.read_bytes()).hexdigest()}  {made.file.name}\n"
    checked = subprocess.run(
        ["sha256sum", "-c", checksum_of(made.file).name], cwd=shelf.directory, check=False,
        capture_output=True,
    )  # fmt: skip
    assert checked.returncode == 0
    assert has_checksum(made.file)


def test_a_file_that_was_changed_is_not_trusted(shelf: Shelf) -> None:
    made = shelf.put(NOW)
    flip(made.file, 5000)
    with pytest.raises(Misconfigured, match=r"is not what was written: its checksum is another"):
        has_checksum(made.file)
    checksum_of(made.file).write_text("")
    with pytest.raises(Misconfigured, match=r"is not what was written"):
        has_checksum(made.file)
    checksum_of(made.file).unlink()
    assert not has_checksum(made.file)


def test_a_search_index_out_of_step_is_no_reason_to_have_no_backup(
    path: Path, shelf: Shelf, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            """
            CREATE TABLE said (id INTEGER PRIMARY KEY, body TEXT) STRICT;
            CREATE VIRTUAL TABLE said_search USING fts5 (body, content='said', content_rowid='id');
            INSERT INTO said VALUES (1, 'without us');
            INSERT INTO said_search (rowid, body) VALUES (1, 'nothing about us');
            """
        )
    assert has_checksum(shelf.put(NOW).file)
    assert "In the backup the search index said_search is damaged" in caplog.text


def test_nobody_else_on_the_machine_can_look_in(shelf: Shelf) -> None:
    before = os.umask(0o077)  # as the program sets it
    try:
        made = shelf.put(NOW)
    finally:
        os.umask(before)
    for each in (made.file, checksum_of(made.file), shelf.directory):
        assert each.stat().st_mode & 0o077 == 0


def test_a_backup_can_be_made_anywhere_and_over_nothing(shelf: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "mine.db"
    shelf.write(file, NOW)
    assert has_checksum(file)
    with pytest.raises(Misconfigured, match=r"mine\.db is there already\. I write over nothing\."):
        shelf.write(file, NOW)
    assert not shelf.directory.exists()


def test_no_backup_is_made_of_a_damaged_database_and_the_old_ones_stay(
    path: Path, shelf: Shelf
) -> None:
    good = shelf.put(NOW)
    flip(path, 8 * 4096, 8)
    with pytest.raises(Misconfigured, match=r"is damaged \(.*\), so I made no backup of it"):
        shelf.put(NOW + timedelta(days=1))
    assert [each.file for each in shelf.backups()] == [good.file]


def test_no_backup_is_made_of_another_programs_database(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE bookmark (address)")
    shelf = Shelf(database=theirs, directory=tmp_path / "backups")
    with pytest.raises(Misconfigured, match="is not a database of this bot"):
        shelf.put(NOW)
    assert shelf.backups() == []


def test_where_nothing_can_be_written_it_says_so_and_leaves_nothing(
    path: Path, tmp_path: Path
) -> None:
    (tmp_path / "backups").write_text("a file where a directory should be")
    shelf = Shelf(database=path, directory=tmp_path / "backups")
    with pytest.raises(Unavailable, match=r"The backup could not be written .*backups"):
        shelf.put(NOW)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["backups", "test.db"]


def test_a_disk_that_fills_up_leaves_no_half_backup(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        shelf.put(NOW)
    assert list(shelf.directory.iterdir()) == []
    assert [each.name for each in shelf.database.parent.glob(".*")] == []


# Encrypting


def test_with_a_key_only_its_holder_can_read_a_backup(path: Path, shelf: Shelf) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO network (id, time_zone) VALUES (1, 'Somewhere/Private')")
    sealed = Shelf(database=path, directory=shelf.directory, key=str(KEY.to_public()))
    made = sealed.put(NOW)

    assert made.file.name == "test-20261123T090000Z.db.age"
    assert made.file.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert b"Somewhere/Private" not in made.file.read_bytes()
    assert has_checksum(made.file)
    assert b"Somewhere/Private" in pyrage.decrypt(made.file.read_bytes(), [KEY])
    assert [each.name for each in path.parent.glob(".*")] == [], "no plain copy stays behind"


@pytest.mark.parametrize(
    "key", ["age1nonsense", "secret", str(KEY)], ids=["nonsense", "a word", "the secret half"]
)
def test_a_key_that_is_none_is_refused_and_not_repeated(
    path: Path, tmp_path: Path, key: str
) -> None:
    with pytest.raises(Misconfigured) as refused:
        Shelf(database=path, directory=tmp_path / "b", key=key).put(NOW)
    assert str(refused.value) == (
        "COPRO_BACKUP_KEY is not the public half of an age key, which begins with “age1”."
    )


# Names, and which are kept


def test_only_what_has_a_backups_name_is_a_backup(shelf: Shelf) -> None:
    made = shelf.put(NOW)
    for name in ("notes.txt", "other-20261123T090000Z.db", "test-99999999T999999Z.db",
                 "test-20261123T090000Z.db.old", ".test-20261123T090000Z.db.part"):  # fmt: skip
        (shelf.directory / name).write_text("mine")
    assert shelf.backups() == [made]
    for day in range(60):
        shelf.put(NOW + timedelta(days=1 + day))
    assert len(list(shelf.directory.glob("*"))) == 5 + 2 * len(shelf.backups())


def test_a_week_a_month_and_half_a_year_are_kept() -> None:
    made = [
        Backup(Path(str(day)), datetime(2026, 11, 23, 3, tzinfo=UTC) - timedelta(days=day))
        for day in range(400)
    ]
    ages = sorted(int(each.file.name) for each in worth_keeping(made))
    assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
    assert ages == [0, 1, 2, 3, 4, 5, 6, 8, 15, 23, 54, 84, 115, 146]


def test_the_one_from_before_an_upgrade_outlives_the_next_of_that_day() -> None:
    made = [Backup(Path(str(hour)), NOW + timedelta(hours=hour)) for hour in range(10)]
    assert len(worth_keeping(made)) == NEWEST
    assert made[-2] in worth_keeping(made)


@given(st.sets(st.integers(0, 3000), min_size=1, max_size=400))
def test_the_newest_is_kept_and_never_more_than_there_are_places_for(hours: set[int]) -> None:
    made = [Backup(Path(str(each)), NOW + timedelta(hours=each)) for each in hours]
    kept = worth_keeping(made)
    assert max(made, key=lambda each: each.taken_at) in kept
    assert len(kept) <= NEWEST + DAYS + WEEKS + MONTHS
    assert len(kept) >= min(len({each.taken_at.date() for each in made}), DAYS)
    assert worth_keeping(kept) == kept, "clearing out twice takes away nothing more"


@given(st.integers(0, 2000), st.integers(1, 200))
def test_day_after_day_there_is_always_an_old_one_to_go_back_to(first: int, days: int) -> None:
    kept: set[Backup] = set()
    start = NOW + timedelta(days=first)
    for day in range(days):
        kept = worth_keeping({*kept, Backup(Path(str(day)), start + timedelta(days=day))})
    ages = sorted((days - 1 - int(each.file.name)) for each in kept)
    assert ages[: min(days, DAYS)] == list(range(min(days, DAYS)))
    if days > 190:
        assert max(ages) > 120


@given(st.integers(0, 10**8), st.booleans())
def test_a_name_says_when(seconds: int, sealed: bool) -> None:
    at = NOW + timedelta(seconds=seconds)
    file = file_for(Path("/data/a b.db"), Path("/backups"), at, is_sealed=sealed)
    backup = read_name(Path("/data/a b.db"), file)
    assert backup == Backup(file, at)
    assert backup.is_sealed is sealed


# Every night


def test_the_next_one_is_due_at_the_next_quiet_hour() -> None:
    for newest, due in (
        (datetime(2026, 11, 23, 2, 59, tzinfo=UTC), datetime(2026, 11, 23, 3, tzinfo=UTC)),
        (datetime(2026, 11, 23, 3, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, tzinfo=UTC)),
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, tzinfo=UTC)),
    ):
        assert next_after(newest) == due


async def test_the_first_is_made_at_once_and_then_one_each_night(
    shelf: Shelf, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    nightly = Nightly(shelf, clock)
    assert await nightly.next_due() == NOW
    for _ in range(3):
        await nightly.run()
        await nightly.run()  # as often as you like
        clock.set(await nightly.next_due())
    times = [f"{each.taken_at:%d %H:%M}" for each in shelf.backups()]
    assert times == ["25 03:00", "24 03:00", "23 09:00"]
    assert "Backup test-20261124T030000Z.db is made and whole" in caplog.text


async def test_one_that_was_missed_is_made_at_the_next_start(
    shelf: Shelf, clock: FakeClock
) -> None:
    shelf.put(NOW)
    clock.advance(days=3)
    nightly = Nightly(shelf, clock)
    assert await nightly.next_due() < clock.now()
    await nightly.sweep()
    assert [each.taken_at for each in shelf.backups()] == [clock.now(), NOW]


async def test_a_failure_is_told_in_the_log_and_tried_again_in_an_hour(
    path: Path, tmp_path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "backups").write_text("in the way")
    nightly = Nightly(Shelf(database=path, directory=tmp_path / "backups"), clock)
    await nightly.run()
    assert "No backup: The backup could not be written" in caplog.text
    assert await nightly.next_due() == NOW + TRY_AGAIN
    (tmp_path / "backups").unlink()
    clock.advance(hours=1)
    await nightly.run()
    assert await nightly.next_due() > clock.now()


async def test_a_clock_that_was_a_year_ahead_does_not_end_the_backups(
    shelf: Shelf, clock: FakeClock
) -> None:
    shelf.put(NOW + timedelta(days=365))
    assert await Nightly(shelf, clock).next_due() < NOW + timedelta(days=1)


# Before the schema changes


def test_a_new_version_makes_a_backup_before_it_changes_anything(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, known()[:-1])
    shelf = Shelf(database=path, directory=tmp_path / "backups")

    assert migrate_safely(shelf, NOW) == [known()[-1].name]

    (made,) = shelf.backups()
    assert pending(made.file) == [known()[-1].name]
    assert migrate_safely(shelf, NOW + timedelta(hours=1)) == []
    assert shelf.backups() == [made], "nothing to change, nothing to copy"


def test_a_new_database_needs_no_backup(tmp_path: Path) -> None:
    for name, content in (("none.db", None), ("empty.db", b"")):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        shelf = Shelf(database=path, directory=tmp_path / "backups")
        assert len(migrate_safely(shelf, NOW)) == len(known())
        assert shelf.backups() == []


def test_without_room_for_a_backup_nothing_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, known()[:3])
    (tmp_path / "backups").write_text("in the way")
    with pytest.raises(Unavailable, match="The backup could not be written"):
        migrate_safely(Shelf(database=path, directory=tmp_path / "backups"), NOW)
    assert len(pending(path)) == len(known()) - 3


# Damage


async def test_a_flipped_byte_is_found_or_does_no_harm(
    parts: Services, db: Database, path: Path, tmp_path: Path
) -> None:
    """SQLite keeps no checksums: a byte of somebody's words may change unseen, but not one of
    the structure that finds them. The checksum of a backup sees every byte."""
    await sign_up(parts, await planned(parts), *map(MemberId, range(1, 300)))
    good = tmp_path / "good.db"
    Shelf(database=path, directory=tmp_path).write(good, NOW)
    chance = random.Random(3)  # noqa: S311
    found = 0
    for number in range(60):
        bad = tmp_path / f"bad-{number}.db"
        shutil.copyfile(good, bad)
        shutil.copyfile(checksum_of(good), checksum_of(bad))
        flip(bad, chance.randrange(good.stat().st_size))
        found += bool(faults_of(bad))
        with pytest.raises(Misconfigured, match="its checksum is another"):
            has_checksum(bad)
    assert found


def test_a_damaged_database_stops_the_start_with_what_to_do(path: Path) -> None:
    must_not_be_damaged(path)
    flip(path, 8 * 4096, 8)
    before = path.read_bytes()
    with pytest.raises(Misconfigured) as stopped:
        must_not_be_damaged(path)
    assert f"{path} is damaged (" in str(stopped.value)
    assert "I have not changed it. Bring back the newest good backup" in str(stopped.value)
    assert path.read_bytes() == before


def test_a_broken_reference_is_found(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO network_role (network_id, duty, role_id) VALUES (404, 'organiser', 1)"
        )
    assert faults_of(path) == ["a row of network_role refers to one of network that is gone"]


def test_a_search_index_that_has_lost_step_is_found(tmp_path: Path) -> None:
    path = tmp_path / "search.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            """
            CREATE TABLE quote (id INTEGER PRIMARY KEY, body TEXT) STRICT;
            CREATE VIRTUAL TABLE quote_search USING fts5 (
                body, content='quote', content_rowid='id'
            );
            INSERT INTO quote VALUES (1, 'nothing about us');
            INSERT INTO quote_search (rowid, body) VALUES (1, 'nothing about us');
            """
        )
    assert faults_of_search(path) == []
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE quote SET body = 'without us'")
    assert faults_of(path) == [], "every page is whole"
    assert faults_of_search(path) == ["the search index quote_search is damaged"]
