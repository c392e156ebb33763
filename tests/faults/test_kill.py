"""Killed at any instant, the bot loses nothing and sends nothing twice."""

import random
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from bot.client import Services
from bot.conversations.model import Conversation
from bot.ids import MemberId
from bot.notices.model import NoticeKind
from bot.storage.database import Database
from bot.storage.migrate import known, migrate, pending
from tests.a_process import a_copy
from tests.conftest import AMINA, BRYN, HOME, FakeClock
from tests.fakes import RecordingMessenger, planned, sign_up

ROOT = Path(__file__).parent.parent.parent
OWED = 400
REMINDED = 1000
KILLS = 40
LONG_ENOUGH = 10_000
"""Seconds by which each copy's clock is ahead of the one before: all leases have ended."""

A_LEASE = 100
"""Seconds; as above, where little time may pass."""

MIGRATE = """
import sys
from pathlib import Path
from bot.storage.migrate import migrate
print("ready", flush=True)
migrate(Path(sys.argv[1]))
"""


def survives(process: subprocess.Popen[str], seconds: float) -> bool:
    """Whether *process* is still running after *seconds*, by which it is killed."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return True
    assert process.returncode == 0
    return False


def is_sound(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return (
            connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            and connection.execute("PRAGMA foreign_key_check").fetchall() == []
        )


async def owe(parts: Services, db: Database, conversation: Conversation) -> None:
    async with db.write() as tx:
        await parts.notices.owe(
            tx,
            NoticeKind.PLACE_CAME_UP,
            network_id=HOME,
            about=conversation.id,
            people=[(MemberId(100 + number), number) for number in range(OWED)],
            due_at=parts.clock.now(),
        )


async def test_a_bot_killed_again_and_again_delivers_every_message_once(
    parts: Services, db: Database, path: Path, tmp_path: Path
) -> None:
    await owe(parts, db, await planned(parts))
    letterbox = tmp_path / "letterbox"
    chance = random.Random(1)  # noqa: S311
    kills = 0
    until = time.monotonic() + 20
    for copy in range(1, 1000):
        seconds_ahead = str(copy * LONG_ENOUGH)
        patient = kills >= KILLS or time.monotonic() > until
        with a_copy("-m", "tests.faults.a_copy", "deliver", str(path), str(letterbox),
                    seconds_ahead) as process:  # fmt: skip
            if not survives(process, 60 if patient else chance.uniform(0, 0.015)):
                break
            kills += 1

    arrived = Counter(line.split()[1] for line in letterbox.read_text().splitlines())
    rows = await db.all("SELECT id, state, attempts FROM notice")
    assert {row["state"] for row in rows} == {"sent"}
    assert arrived == dict.fromkeys((str(row["id"]) for row in rows), 1)
    assert len(arrived) == OWED
    # The harness bites: copies died with a message in hand, and others had to look at it again.
    assert kills >= 10
    assert sum(row["attempts"] for row in rows) > OWED
    assert is_sound(path)


async def test_a_hundred_kills_lose_no_reminder_and_repeat_none(
    parts: Services, db: Database, path: Path, clock: FakeClock, tmp_path: Path
) -> None:
    """While owing them, and between sending and marking; beyond the minutes a nonce holds too."""
    starts_at = clock.now() + timedelta(days=1, minutes=1)
    conversation = await planned(parts, when=f"<t:{int(starts_at.timestamp())}:F>")
    people = [MemberId(100 + number) for number in range(REMINDED)]
    async with db.write() as tx:  # as they would by pressing, and a hundred times as fast
        await tx.run_many(
            "INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at) "
            "VALUES (:id, :member, 'going', :member, '2026-11-23T09:00:00Z')",
            [{"id": conversation.id, "member": member} for member in people],
        )
        await tx.run_many(
            "INSERT INTO reminder_wish (network_id, member_id, is_wanted) VALUES (:home, :m, 1)",
            [{"home": HOME, "m": member} for member in people],
        )
    letterbox = tmp_path / "letterbox"
    chance = random.Random(2)  # noqa: S311
    kills = 0
    until = time.monotonic() + 60
    for copy in range(1, 1000):
        seconds_ahead = str(60 + copy * A_LEASE)
        patient = kills >= 100 or time.monotonic() > until
        with a_copy("-m", "tests.faults.a_copy", "remind", str(path), str(letterbox),
                    seconds_ahead) as process:  # fmt: skip
            # To owe a thousand in one transaction takes longer than to send a few.
            longest = 0.02 if letterbox.exists() and letterbox.stat().st_size else 0.15
            if not survives(process, 60 if patient else chance.uniform(0, longest)):
                break
            kills += 1

    arrived = Counter(line.split()[1] for line in letterbox.read_text().splitlines())
    rows = await db.all("SELECT id, state, attempts FROM notice")
    doubles = sum(arrived.values()) - len(arrived)
    tried_again = sum(row["attempts"] > 1 for row in rows)
    print(f"{kills} kills, {tried_again} messages in hand at one, {doubles} doubles")  # noqa: T201
    assert {row["state"] for row in rows} == {"sent"}
    assert arrived == dict.fromkeys((str(row["id"]) for row in rows), 1)
    assert len(arrived) == REMINDED + 1, "everybody, and the channel"
    assert kills >= 20
    assert tried_again
    assert is_sound(path)


async def test_a_message_owed_before_the_bot_was_killed_arrives_after_it_once(
    parts: Services, db: Database, path: Path, clock: FakeClock
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, AMINA, BRYN)
    with a_copy("-m", "tests.faults.a_copy", "owe", str(path), str(conversation.id)) as process:
        assert survives(process, 0)

    messenger = RecordingMessenger()
    assert await parts.notices.next_due() == clock.now()
    for _ in range(3):
        await parts.notices.deliver_due(messenger)
        clock.advance(minutes=5)
    assert [notice.member_id for notice in messenger.asked] == [BRYN]
    (mine,) = await parts.sign_ups.of_member(HOME, BRYN)
    assert mine.sign_up.number == messenger.asked[0].occurrence


def test_a_bot_killed_while_it_migrates_completes_that_at_its_next_start(
    tmp_path: Path, migrated: bytes
) -> None:
    whole = tmp_path / "whole.db"
    whole.write_bytes(migrated)
    began = time.perf_counter()
    with a_copy("-c", MIGRATE, str(tmp_path / "measured.db")) as process:
        ready = time.perf_counter()
        assert not survives(process, 60)
    takes = time.perf_counter() - max(began, ready)

    found: set[int] = set()
    for number in range(30):
        path = tmp_path / f"{number}.db"
        with a_copy("-c", MIGRATE, str(path)) as process:
            survives(process, takes * number / 30)
        if path.exists():
            assert is_sound(path)
        before = _left_to_do(path)
        found.add(before)
        assert len(migrate(path)) == before
        assert is_sound(path)
        assert _schema(path) == _schema(whole)
    assert max(found) > 0  # it was killed in the middle, and not only at the end


def _left_to_do(path: Path) -> int:
    """How many migrations a kill prevented. None is ever half there."""
    if not path.exists() or not _schema(path):
        return len(known())
    return len(pending(path))


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()
