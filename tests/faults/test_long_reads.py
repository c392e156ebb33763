"""A long search never delays a sign-up."""

import asyncio

from bot.client import Services
from bot.conversations.model import SignUpState
from bot.ids import MemberId
from bot.storage.database import Database
from tests.conftest import HOME
from tests.fakes import planned

A_LONG_READ = """
    WITH RECURSIVE counted (number) AS (
        SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < 400000000
    )
    SELECT max(number) FROM counted
"""


async def test_a_sign_up_is_answered_while_a_long_read_goes_on(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=20)
    reading = asyncio.create_task(db.all(A_LONG_READ))
    try:
        # On the reader this cannot be answered before the long read: SQLite's thread is busy.
        behind = asyncio.create_task(db.all("SELECT 1"))
        async with asyncio.timeout(20):
            for number in range(50):
                answer = await parts.sign_ups.sign_up(conversation.id, HOME, MemberId(number + 1))
                expected = SignUpState.GOING if number < 20 else SignUpState.WAITING
                assert answer.sign_up.state is expected
        assert not reading.done()
        assert not behind.done()
    finally:
        await db._connection.interrupt()  # the rest of that count is of no use
        await asyncio.gather(reading, behind, return_exceptions=True)
    assert reading.exception() is not None

    standing = await parts.calendar.get(conversation.id, HOME)
    assert (standing.going, standing.waiting) == (20, 30)


async def test_a_long_read_sees_one_moment_whatever_is_written_meanwhile(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    # Counts the same table at the start and at the end of one statement.
    reading = asyncio.create_task(
        db.only(
            """
            WITH RECURSIVE counted (number, at_first) AS (
                SELECT 1, (SELECT count(*) FROM sign_up)
                UNION ALL SELECT number + 1, at_first FROM counted WHERE number < 300000
            )
            SELECT max(number), at_first, (SELECT count(*) FROM sign_up) AS at_last FROM counted
            """
        )
    )
    for number in range(20):
        await parts.sign_ups.sign_up(conversation.id, HOME, MemberId(number + 1))
    row = await reading
    assert row["at_first"] == row["at_last"]
    assert (await parts.calendar.get(conversation.id, HOME)).going == 20
