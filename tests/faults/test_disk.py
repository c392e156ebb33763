"""The disk is full, or goes away: the person is told, nothing is half written, it recovers."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot.client import Services
from bot.errors import Unavailable
from bot.ids import MemberId
from bot.storage.database import Database
from tests.conftest import AMINA, HOME, ORGANISER, FakeClock
from tests.fakes import RecordingMessenger, answers, details, planned, sign_up

SORRY = (
    "I couldn't save or read that just now, so nothing has changed. Please try again in a minute."
)


@asynccontextmanager
async def no_room(db: Database) -> AsyncIterator[None]:
    """SQLite may not make the file any larger: what it says is what a full disk says."""
    ((pages,),) = await db._writer.execute_fetchall("PRAGMA page_count")
    await db._writer.execute_fetchall(f"PRAGMA max_page_count = {pages}")
    yield
    await db._writer.execute_fetchall("PRAGMA max_page_count = 1000000")


async def counts_are_true(db: Database) -> bool:
    rows = await db.all(
        """
        SELECT 1 FROM conversation WHERE (going, waiting, maybe) <> (
            SELECT count(*) FILTER (WHERE state = 'going'),
                   count(*) FILTER (WHERE state = 'waiting'),
                   count(*) FILTER (WHERE state = 'maybe')
            FROM sign_up WHERE conversation_id = conversation.id)
        """
    )
    return not rows


async def test_whoever_signs_up_on_a_full_disk_is_told_and_nothing_is_half_written(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=5)
    rung: list[int] = []
    parts.conversation_changed.listen(rung.append)
    told: list[str] = []
    async with no_room(db):
        for number in range(1, 2000):
            try:
                await sign_up(parts, conversation, MemberId(number))
            except Unavailable as error:
                told.append(str(error))
                if len(told) == 5:
                    break
        assert told == [SORRY] * 5
        standing = await answers(db, conversation.id)
        assert len(standing) == len(rung) == number - 5  # whoever was told "yes", and nobody else
        assert await counts_are_true(db)

    await sign_up(parts, conversation, MemberId(5000))
    assert len(await answers(db, conversation.id)) == len(standing) + 1
    assert await counts_are_true(db)
    row = await db.only("PRAGMA integrity_check")
    assert row[0] == "ok"


async def test_places_raised_on_a_full_disk_move_up_everybody_or_nobody(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, *map(MemberId, range(1, 602)))
    async with no_room(db):
        with pytest.raises(Unavailable):
            await parts.planning.edit(conversation.id, details(places=601), by=ORGANISER)
    standing = await parts.calendar.get(conversation.id, HOME)
    assert (standing.going, standing.waiting, standing.details.places) == (1, 600, 1)
    assert await db.all("SELECT id FROM notice") == []

    edited = await parts.planning.edit(conversation.id, details(places=601), by=ORGANISER)
    assert edited.moved_up == 600
    row = await db.only("SELECT count(*) AS owed FROM notice WHERE state = 'owed'")
    assert row["owed"] == 600


async def test_a_message_that_could_not_be_marked_as_sent_keeps_its_nonce(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, MemberId(9), AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, MemberId(9))

    class FillsTheDisk(RecordingMessenger):
        async def send(self, notice):  # type: ignore[no-untyped-def]
            delivery = await super().send(notice)
            await db._writer.execute_fetchall("PRAGMA query_only = ON")
            return delivery

    messenger = FillsTheDisk()
    with pytest.raises(Unavailable):
        await parts.notices.deliver_due(messenger)
    await db._writer.execute_fetchall("PRAGMA query_only = OFF")
    clock.advance(minutes=2)
    again = RecordingMessenger()
    await parts.notices.deliver_due(again)
    assert len(messenger.arrived) == 1
    assert messenger.arrived.keys() == again.arrived.keys()


async def test_a_database_held_by_somebody_else_is_told_and_recovers(
    parts: Services, db: Database, path: Path
) -> None:
    conversation = await planned(parts)
    await db._writer.execute_fetchall("PRAGMA busy_timeout = 20")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable, match="nothing has changed"):
            await sign_up(parts, conversation, AMINA)
        other.execute("ROLLBACK")
    await sign_up(parts, conversation, AMINA)
    assert await answers(db, conversation.id) == {AMINA: "going"}


async def test_a_hundred_at_once_on_a_full_disk_are_each_answered(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=10)
    async with no_room(db):
        ended = await asyncio.gather(
            *(
                parts.sign_ups.sign_up(conversation.id, HOME, MemberId(number))
                for number in range(1, 401)
            ),
            return_exceptions=True,
        )
        refused = [each for each in ended if isinstance(each, BaseException)]
        assert {type(each) for each in refused} <= {Unavailable}
        assert len(await answers(db, conversation.id)) == 400 - len(refused)
    assert refused
