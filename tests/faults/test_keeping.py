"""Killed while a backup is made or restored; disks and clocks that are not as they should be."""

import asyncio
import random
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import services
from bot.client import Services
from bot.errors import Unavailable
from bot.ids import MemberId
from bot.keeping.shelf import Shelf, has_checksum
from bot.storage.database import Database
from bot.storage.soundness import faults_of
from tests.a_process import ROOT, a_copy
from tests.conftest import AMINA, BRYN, HOME, NOW, FakeClock
from tests.fakes import RemindingMessenger, answers, planned, sign_up
from tests.faults.test_disk import SORRY
from tests.faults.test_kill import survives
from tests.flipped import flip

BACK_UP = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from bot.keeping.shelf import Shelf
shelf = Shelf(database=Path(sys.argv[1]), directory=Path(sys.argv[2]))
print("ready", flush=True)
for number in range(int(sys.argv[3]), 10**6):
    shelf.put(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(seconds=number))
"""

RESTORE = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from bot.restoring import restore

class Ticking:
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    def now(self):
        return self.at

print("ready", flush=True)
clock = Ticking()
while True:
    restore(Path(sys.argv[1]), Path(sys.argv[2]), clock=clock)
    clock.at += timedelta(seconds=1)
"""


def hidden_in(directory: Path) -> list[Path]:
    return list(directory.glob(".*"))


async def test_a_backup_that_is_there_is_whole_whenever_its_maker_was_killed(
    parts: Services, path: Path, tmp_path: Path
) -> None:
    await sign_up(parts, await planned(parts), *map(MemberId, range(1, 200)))
    directory = tmp_path / "backups"
    chance = random.Random(4)  # noqa: S311
    left_behind = 0
    for copy in range(8):
        begin = str(copy * 10_000)
        with a_copy("-c", BACK_UP, str(path), str(directory), begin) as process:
            assert survives(process, chance.uniform(0, 0.3))
        left_behind += len(hidden_in(tmp_path) + hidden_in(directory))
        for made in Shelf(database=path, directory=directory).backups():
            assert has_checksum(made.file)
            assert faults_of(made.file) == []
    assert left_behind, "some were killed half way"
    assert faults_of(path) == []


async def test_a_restore_killed_at_any_instant_leaves_one_whole_database_and_loses_nothing(
    path: Path, tmp_path: Path, clock: FakeClock
) -> None:
    async with Database.open(path) as db:
        parts = services(db, clock)
        conversation = await planned(parts)
        await sign_up(parts, conversation, AMINA)
    Shelf(database=path, directory=tmp_path).write(tmp_path / "backup.db", NOW)
    async with Database.open(path) as db:
        await sign_up(services(db, clock), conversation, BRYN)
    whole = tmp_path / "whole.db"
    shutil.copyfile(path, whole)
    chance = random.Random(5)  # noqa: S311
    for number in range(6):
        place = tmp_path / f"try-{number}"
        place.mkdir()
        database = place / "bot.db"
        shutil.copyfile(whole, database)
        with a_copy("-c", RESTORE, str(database), str(tmp_path / "backup.db")) as process:
            assert survives(process, chance.uniform(0, 0.6))
        assert faults_of(database) == []
        assert people(database) in {(1,), (1, 2)}, "the old one or the new one, and all of it"
        kept = {people(each) for each in [database, *replaced_in(place)]}
        assert (1, 2) in kept, "what stood there is never lost"


def replaced_in(place: Path) -> list[Path]:
    found = place.glob("bot.db.replaced-*")
    return [each for each in found if not each.name.endswith(("-wal", "-shm"))]


def people(path: Path) -> tuple[int, ...]:
    with closing(sqlite3.connect(path)) as connection:
        return tuple(
            row[0] for row in connection.execute("SELECT member_id FROM sign_up ORDER BY 1")
        )


async def test_on_a_disk_that_has_become_read_only_people_are_told_and_it_recovers(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    await db._writer.execute_fetchall("PRAGMA query_only = ON")  # says what such a disk says
    with pytest.raises(Unavailable) as told:
        await sign_up(parts, conversation, AMINA)
    assert str(told.value) == SORRY
    assert (await parts.calendar.get(conversation.id, HOME)).going == 0, "reading goes on"
    await db._writer.execute_fetchall("PRAGMA query_only = OFF")
    await sign_up(parts, conversation, AMINA)
    assert await answers(db, conversation.id) == {AMINA: "going"}


async def test_a_damaged_page_is_said_clearly_in_the_log(
    path: Path, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    async with Database.open(path) as db:
        parts = services(db, clock)
        conversation = await planned(parts)
        await sign_up(parts, conversation, *map(MemberId, range(1, 400)))
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = 'sign_up'"
        ).fetchone()
    flip(path, (root - 1) * 4096, 8)
    async with Database.open(path) as db:
        with pytest.raises(sqlite3.DatabaseError):  # our trouble, with a reference, for the person
            await sign_up(services(db, clock), conversation, MemberId(1000))
    assert "Stop the bot and restore a backup." in caplog.text


FILLS = """
import asyncio, resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.app import services
from bot.errors import Unavailable
from bot.ids import ConversationId, MemberId, NetworkId
from bot.storage.database import Database

class Standing:
    def now(self):
        return datetime(2026, 11, 23, 9, tzinfo=UTC)

async def main(path):
    told = kept = 0
    async with Database.open(path) as db:
        parts = services(db, Standing())
        for number in range(1, 10**6):
            try:
                await parts.sign_ups.sign_up(ConversationId(1), NetworkId(1001), MemberId(number))
                kept += 1
            except Unavailable:
                told += 1
                if told == 3:
                    break
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        await parts.sign_ups.sign_up(ConversationId(1), NetworkId(1001), MemberId(5 * 10**6))
    print(told, kept + 1)

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path(sys.argv[1])
_, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 200_000, hard))
asyncio.run(main(path))
"""


async def test_when_the_kernel_lets_no_file_grow_nobody_is_told_yes_in_vain(
    path: Path, clock: FakeClock, db: Database
) -> None:
    """As a full disk, but said by the kernel in the middle of a write."""
    parts = services(db, clock)
    await planned(parts, when="3 Dec 2026 2pm")
    ended = await asyncio.to_thread(
        subprocess.run, [sys.executable, "-c", FILLS, str(path)], cwd=ROOT, check=False,
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    told, kept = map(int, ended.stdout.split())
    assert told == 3
    assert kept > 10
    row = await db.only("SELECT count(*) AS kept FROM sign_up")
    assert row["kept"] == kept
    assert faults_of(path) == []


@given(
    st.lists(
        st.tuples(st.integers(-3 * 24 * 60, 3 * 24 * 60), st.integers(1, 12 * 60)),
        min_size=1,
        max_size=8,
    )
)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_a_clock_that_jumps_about_reminds_nobody_twice(
    migrated: bytes, tmp_path: Path, jumps: list[tuple[int, int]]
) -> None:
    path = tmp_path / "jumping.db"
    path.write_bytes(migrated)
    clock = FakeClock(NOW)
    async with Database.open(path) as db:
        parts = services(db, clock)
        await sign_up(parts, await planned(parts, when="26 Nov 2026 2pm"), AMINA)
        await parts.reminder_wishes.ask_for(HOME, AMINA)
        messenger = RemindingMessenger(parts)
        for jump, pause in jumps:
            clock.advance(minutes=jump)  # somebody set it
            for _ in range(3):
                await parts.reminders.owe_due()
                await parts.notices.deliver_due(messenger)
                clock.advance(minutes=pause)  # and time goes on
    said = [(each.kind, each.member_id, each.occurrence) for _, each in messenger.log]
    assert len(said) == len(set(said))
