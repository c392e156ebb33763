"""Restoring a backup: nothing is lost, nothing comes twice, who was forgotten stays forgotten."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from pathlib import Path

import pyrage
import pytest

from bot.app import services
from bot.cli import main
from bot.client import Services
from bot.errors import Misconfigured
from bot.ids import MemberId, NetworkId
from bot.keeping.erasures import Erasure, journal_of, since, write_down
from bot.keeping.model import checksum_of
from bot.keeping.shelf import Shelf
from bot.restoring import restore, told
from bot.storage import snapshot
from bot.storage.database import Database, Transaction
from bot.storage.migrate import known, migrate, pending
from bot.storage.soundness import faults_of
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, NOW, FakeClock
from tests.fakes import RecordingMessenger, planned, sign_up
from tests.flipped import flip
from tests.test_instance import another_copy

KEY = pyrage.x25519.Identity.generate()


@asynccontextmanager
async def living(path: Path, clock: FakeClock) -> AsyncIterator[Services]:
    """The services for as long as the bot runs; a restore needs it stopped."""
    async with Database.open(path) as db:
        yield services(db, clock)


@pytest.fixture
def shelf(path: Path) -> Shelf:
    return Shelf(database=path, directory=path.parent / "backups")


async def lived(path: Path, clock: FakeClock, *people: MemberId) -> None:
    async with living(path, clock) as parts:
        await sign_up(parts, await planned(parts), *people)


def who_signed_up(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT member_id FROM sign_up ORDER BY 1")]


async def erase_sign_ups(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    await tx.run(
        """
        DELETE FROM sign_up
        WHERE member_id = :member
          AND conversation_id IN (SELECT id FROM conversation WHERE network_id = :network)
        """,
        {"member": member_id, "network": network_id},
    )


def write_diary(file: Path) -> None:
    file.write_bytes(b"Dear diary,\n" * 500)


async def in_thread(database: Path, file: Path, **rest):
    """`restore` is a program of its own, with a loop of its own."""
    return await asyncio.to_thread(restore, database, file, **rest)


async def test_what_was_there_comes_back_and_what_stood_there_is_kept(
    path: Path, shelf: Shelf, clock: FakeClock
) -> None:
    await lived(path, clock, AMINA)
    made = shelf.put(NOW)
    await lived(path, clock, BRYN)
    assert len(who_signed_up(path)) == 2

    clock.advance(hours=3)
    done = await in_thread(path, made.file, clock=clock)

    assert who_signed_up(path) == [AMINA]
    assert faults_of(path) == []
    assert snapshot.taken_at(path) is None, "no longer a backup"
    assert done.replaced == path.with_name("test.db.replaced-20261123T120000Z")
    assert who_signed_up(done.replaced) == [AMINA, BRYN]
    opened = {"test.db-shm", "test.db-wal"}  # by us, just now
    assert sorted({each.name for each in path.parent.iterdir()} - opened) == [
        "backups",
        "test.db",
        "test.db.lock",
        "test.db.replaced-20261123T120000Z",
    ]
    assert told(path, done) == [
        f"{path} is the backup now.",
        "It was made on Monday 23 November 2026, 9:00am UTC.",
        f"What stood there before is {done.replaced}. Delete it once you are sure: it holds "
        "people's answers too.",
        "Start the bot again: “run”.",
    ]


async def test_a_restore_can_be_taken_back(path: Path, shelf: Shelf, clock: FakeClock) -> None:
    await lived(path, clock, AMINA)
    made = shelf.put(NOW)
    await lived(path, clock, BRYN)
    done = await in_thread(path, made.file, clock=clock)
    assert done.replaced
    clock.advance(minutes=1)
    again = await in_thread(path, done.replaced, clock=clock)
    assert who_signed_up(path) == [AMINA, BRYN]
    assert not again.had_checksum
    assert "There was no checksum beside it, so I could only see that it is whole." in told(
        path, again
    )


async def test_the_log_of_a_database_put_aside_by_a_kill_is_not_lost(
    path: Path, shelf: Shelf, clock: FakeClock, tmp_path: Path
) -> None:
    """What was committed last may stand only in the log beside the file."""
    empty = shelf.put(NOW)
    async with living(path, clock) as parts:
        await sign_up(parts, await planned(parts), AMINA)
        for name in ("test.db", "test.db-wal"):
            shutil.copyfile(path.with_name(name), tmp_path / f"killed-{name}")
    assert (tmp_path / "killed-test.db-wal").stat().st_size
    await in_thread(path, empty.file, clock=clock)
    assert who_signed_up(path) == []
    clock.advance(minutes=1)
    killed = tmp_path / "killed-test.db"
    (tmp_path / "killed-test.db-wal").rename(f"{killed}-wal")
    await in_thread(path, killed, clock=clock)
    assert who_signed_up(path) == [AMINA]


async def test_onto_a_new_machine(path: Path, shelf: Shelf, clock: FakeClock, tmp_path) -> None:
    await lived(path, clock, AMINA)
    made = shelf.put(NOW)
    database = tmp_path / "new" / "machine" / "bot.db"
    done = await in_thread(database, made.file, clock=clock)
    assert done.replaced is None
    assert who_signed_up(database) == [AMINA]


async def test_over_a_database_that_cannot_be_read(
    path: Path, shelf: Shelf, clock: FakeClock
) -> None:
    await lived(path, clock, AMINA)
    made = shelf.put(NOW)
    write_diary(path)
    done = await in_thread(path, made.file, clock=clock)
    assert who_signed_up(path) == [AMINA]
    assert done.replaced
    assert done.replaced.read_bytes().startswith(b"Dear diary,")


# What is refused, and then nothing has changed


@pytest.fixture
async def before(path: Path, clock: FakeClock) -> bytes:
    await lived(path, clock, AMINA)
    return path.read_bytes()  # noqa: ASYNC240  # nobody else waits


def refused(path: Path, file: Path, before: bytes, **rest: object) -> str:
    with pytest.raises(Misconfigured) as stopped:
        restore(path, file, **rest)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.glob("*replaced*")] == []
    assert [each.name for each in path.parent.glob(".*working*")] == []
    return str(stopped.value)


def test_while_the_bot_runs(path: Path, shelf: Shelf, before: bytes) -> None:
    made = shelf.put(NOW)
    with another_copy(path):
        assert "Another copy of the bot is already using" in refused(path, made.file, before)


def test_a_file_that_is_not_there(path: Path, tmp_path: Path, before: bytes) -> None:
    assert (
        refused(path, tmp_path / "none.db", before) == f"There is no file {tmp_path / 'none.db'}."
    )


def test_a_file_that_is_no_database(path: Path, tmp_path: Path, before: bytes) -> None:
    diary = tmp_path / "diary.db"
    write_diary(diary)
    assert "diary.db is not a whole database (file is not a database)." in refused(
        path, diary, before
    )


def test_another_programs_database(path: Path, tmp_path: Path, before: bytes) -> None:
    theirs = tmp_path / "theirs.db"
    with closing(sqlite3.connect(theirs)) as connection:
        connection.execute("CREATE TABLE bookmark (address)")
    said = refused(path, theirs, before)
    assert said.startswith(f"{theirs} can't be used. It is not a database of this bot")
    assert "working" not in said


def test_a_database_of_a_newer_version(path: Path, shelf: Shelf, before: bytes) -> None:
    made = shelf.put(NOW)
    checksum_of(made.file).unlink()
    with closing(sqlite3.connect(made.file, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO migration (version, name, digest) VALUES (9999, '9999_later.sql', 'x')"
        )
    said = refused(path, made.file, before)
    assert "can't be used. This database was made by a newer version of the bot" in said


def test_a_backup_that_was_changed(path: Path, shelf: Shelf, before: bytes) -> None:
    made = shelf.put(NOW)
    flip(made.file, 3)
    assert "is not what was written: its checksum is another" in refused(path, made.file, before)


def test_a_damaged_backup_without_a_checksum(path: Path, shelf: Shelf, before: bytes) -> None:
    made = shelf.put(NOW)
    checksum_of(made.file).unlink()
    flip(made.file, 8 * 4096, 8)
    assert "is not a whole database" in refused(path, made.file, before)


# Older ones


async def test_an_older_one_is_brought_up_to_date(tmp_path: Path, clock: FakeClock) -> None:
    old = tmp_path / "old.db"
    migrate(old, known()[:2])
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.execute("INSERT INTO network (id) VALUES (1001)")
    database = tmp_path / "bot.db"
    done = await in_thread(database, old, clock=clock)
    assert pending(database) == []
    assert len(done.migrated) == len(known()) - 2
    assert done.taken_at is None
    assert len(pending(old)) == len(known()) - 2, "the backup itself stays as it is"
    assert f"Applied {known()[-1].name}." in told(database, done)


# Encrypted ones


async def test_an_encrypted_one_needs_its_key(
    path: Path, shelf: Shelf, clock: FakeClock, tmp_path: Path, before: bytes
) -> None:
    sealed = Shelf(database=path, directory=shelf.directory, key=str(KEY.to_public()))
    made = sealed.put(NOW)
    key, wrong, none = tmp_path / "key", tmp_path / "wrong", tmp_path / "none"
    key.write_text(f"# created: 2026-11-23\n# public key: {KEY.to_public()}\n{KEY}\n")
    wrong.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    none.write_text(f"{KEY.to_public()}\n")

    async def says(file: Path, key_file: Path | None = None) -> str:
        return await asyncio.to_thread(refused, path, file, before, key_file=key_file)

    assert "is encrypted. Name the file with its secret key: --key FILE." in await says(made.file)
    assert "does not open" in await says(made.file, wrong)
    assert "holds no secret key" in await says(made.file, none)
    assert "holds no secret key that I can read" in await says(made.file, tmp_path / "missing")
    cut = tmp_path / "cut.age"
    cut.write_bytes(made.file.read_bytes()[:-1000])
    assert "has been changed or cut short" in await says(cut, key)

    await in_thread(path, made.file, clock=clock, key_file=key)
    assert who_signed_up(path) == [AMINA]


# Who was forgotten since


async def test_whoever_was_forgotten_since_is_forgotten_again(
    path: Path, shelf: Shelf, clock: FakeClock
) -> None:
    journal = journal_of(path)
    # Chidi was forgotten before the backup and has come back: that stays.
    write_down(journal, Erasure(network_id=HOME, member_id=CHIDI, at=NOW - timedelta(days=1)))
    await lived(path, clock, AMINA, BRYN, CHIDI)
    made = shelf.put(NOW)
    write_down(journal, Erasure(network_id=HOME, member_id=AMINA, at=NOW + timedelta(hours=1)))
    write_down(journal, Erasure(network_id=AWAY, member_id=BRYN, at=NOW + timedelta(hours=1)))

    done = await in_thread(path, made.file, clock=clock, erasers=[erase_sign_ups])

    assert who_signed_up(path) == [BRYN, CHIDI]
    assert done.forgotten_again == 2
    assert "Forgotten again, as they had asked: 2." in told(path, done)
    assert journal.is_file(), "for the next time"


async def test_a_copy_of_the_journal_lies_with_the_backups(
    path: Path, shelf: Shelf, clock: FakeClock, tmp_path: Path
) -> None:
    await lived(path, clock, AMINA, BRYN)
    old = shelf.put(NOW)
    write_down(
        journal_of(path), Erasure(network_id=HOME, member_id=AMINA, at=NOW + timedelta(hours=1))
    )
    shelf.put(NOW + timedelta(days=1))
    journal_of(path).unlink()  # the machine is gone; the disk with the backups is not
    elsewhere = tmp_path / "new" / "other-name.db"
    await in_thread(elsewhere, old.file, clock=clock, erasers=[erase_sign_ups])
    assert who_signed_up(elsewhere) == [BRYN]


async def test_a_version_that_cannot_forget_does_not_bring_anybody_back(
    path: Path, shelf: Shelf, clock: FakeClock, before: bytes
) -> None:
    made = shelf.put(NOW)
    write_down(journal_of(path), Erasure(network_id=HOME, member_id=AMINA, at=NOW))
    said = await asyncio.to_thread(refused, path, made.file, before, clock=clock, erasers=[])
    assert said == (
        "People were forgotten after that backup was made, and this version of the bot does not "
        "know how to forget them again. Use the version that forgot them."
    )


def test_a_line_that_a_crash_cut_short_spoils_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = tmp_path / "bot.db.erasures"
    first = Erasure(network_id=HOME, member_id=AMINA, at=NOW)
    second = Erasure(network_id=HOME, member_id=BRYN, at=NOW + timedelta(seconds=1))
    write_down(journal, first)
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[:20])
    write_down(journal, second)
    assert since([journal], None) == [first, second]
    assert since([journal, journal], second.at) == [second]
    assert since([tmp_path / "none"], None) == []
    assert "Line 2 of bot.db.erasures can't be read" in caplog.text


# Nothing comes twice


async def test_what_was_sent_since_the_backup_is_looked_for_before_it_is_sent(
    path: Path, shelf: Shelf, clock: FakeClock
) -> None:
    async with living(path, clock) as parts:
        conversation = await planned(parts, places=1)
        await sign_up(parts, conversation, AMINA, BRYN)
        await parts.sign_ups.leave(conversation.id, HOME, AMINA)
        made = shelf.put(NOW)
        sent = RecordingMessenger()
        await parts.notices.deliver_due(sent)
        assert sent.members == [BRYN]

    clock.advance(hours=3)
    await in_thread(path, made.file, clock=clock)

    async with living(path, clock) as parts:
        again = RecordingMessenger()
        await parts.notices.deliver_due(again)
    (notice,) = again.asked
    assert notice.may_have_been_sent, "so the messenger looks whether it is there already"
    assert again.arrived.keys() == sent.arrived.keys()


async def test_reminders_of_the_lost_time_are_looked_for_too(
    path: Path, shelf: Shelf, clock: FakeClock
) -> None:
    """The backup does not even know that they were owed."""
    async with living(path, clock) as parts:
        await sign_up(parts, await planned(parts, when="30 Nov 2026 2pm"), AMINA)
    made = shelf.put(NOW)
    clock.advance(hours=6)  # past the moment a week before
    await in_thread(path, made.file, clock=clock)
    async with living(path, clock) as parts:
        await parts.reminders.owe_due()
        messenger = RecordingMessenger()
        await parts.notices.deliver_due(messenger)
    assert [each.kind for each in messenger.asked] == ["channel_reminder"]
    assert all(each.may_have_been_sent for each in messenger.asked)


async def test_what_becomes_due_later_is_sent_without_looking(
    path: Path, shelf: Shelf, clock: FakeClock
) -> None:
    async with living(path, clock) as parts:
        await sign_up(parts, await planned(parts, when="30 Nov 2026 2pm"), AMINA)
    made = shelf.put(NOW)
    await in_thread(path, made.file, clock=clock)
    clock.advance(hours=6)
    async with living(path, clock) as parts:
        await parts.reminders.owe_due()
        messenger = RecordingMessenger()
        await parts.notices.deliver_due(messenger)
    assert [each.may_have_been_sent for each in messenger.asked] == [False]


# From the command line


def test_backup_and_restore_word_by_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPRO_DATABASE", "data/bot.db")
    assert main(["migrate"]) == 0
    assert main(["backup"]) == 0
    (file,) = (tmp_path / "data" / "backups").glob("*.db")
    said = capsys.readouterr().out
    assert f"{file.relative_to(tmp_path)} is made and whole." in said

    assert main(["backup", "mine.db"]) == 0
    assert main(["backup", "mine.db"]) == 78
    assert "can't backup: mine.db is there already" in capsys.readouterr().err
    assert main(["restore", "mine.db"]) == 0
    assert "data/bot.db is the backup now." in capsys.readouterr().out
    assert main(["restore", "nowhere.db"]) == 78
    assert "can't restore: There is no file nowhere.db." in capsys.readouterr().err
