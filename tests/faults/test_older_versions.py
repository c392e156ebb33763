"""A database of every version there has been, with what people had answered by then."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import services
from bot.ids import ConversationId
from bot.storage.database import Database
from bot.storage.migrate import known, migrate
from bot.storage.soundness import faults_of, faults_of_search
from tests.conftest import AMINA, BRYN, HOME, FakeClock

# What was done while each version ran, in the words of its schema.
LIVED = {
    1: """
        INSERT INTO network (id, time_zone) VALUES (1001, 'Europe/Dublin');
        INSERT INTO network_channel VALUES (1001, 'conversations', 7000);
        INSERT INTO network_role VALUES (1001, 'organiser', 8000);
        INSERT INTO network_link VALUES (1001, 'contact', 'hello@example.org');
        INSERT INTO network_reminder VALUES (1001, 'direct', '[1440, 60]');
    """,
    2: """
        INSERT INTO conversation (network_id, title, starts_at, minutes, places, drafted_by,
                                  drafted_at, planned_at)
        VALUES (1001, 'Who decides?', '2026-12-03T14:00:00Z', 90, 1, 90, '2026-11-23T09:00:00Z',
                '2026-11-23T09:00:00Z');
        INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at)
        VALUES (1, 1, 'going', 1, '2026-11-23T09:00:00Z'),
               (1, 2, 'waiting', 2, '2026-11-23T09:01:00Z'),
               (1, 3, 'maybe', 3, '2026-11-23T09:02:00Z');
        INSERT INTO card (conversation_id, network_id, channel_id, message_id, shows)
        VALUES (1, 1001, 7000, 9000, '');
    """,
    3: """
        INSERT INTO notice (network_id, kind, conversation_id, member_id, occurrence, due_at,
                            next_try_at, state, settled_at, attempts)
        VALUES (1001, 'place_came_up', 1, 1, 1, '2026-11-23T09:00:00Z', '2026-11-23T09:00:00Z',
                'sent', '2026-11-23T09:00:00Z', 1),
               (1001, 'place_came_up', 1, 2, 99, '2026-11-23T09:00:00Z', '2026-11-23T09:00:00Z',
                'owed', NULL, 2);
        INSERT INTO closed_messages VALUES (1001, 3, '2026-11-23T09:00:00Z');
    """,
    4: """
        INSERT INTO written (conversation_id, written_by, words, written_at)
        VALUES (1, 90, 'Bring a pen.', '2026-11-23T09:00:00Z');
    """,
    8: """
        INSERT INTO guest (conversation_id, name, note, looked_after_by, added_by, added_at)
        VALUES (1, 'Sam', 'by phone', 1, 90, '2026-11-23T09:00:00Z');
        INSERT INTO sign_up (conversation_id, guest_id, state, number, answered_at)
        VALUES (1, 1, 'waiting', 4, '2026-11-23T09:00:00Z');
    """,
    10: """
        INSERT INTO remembered_need (network_id, member_id, kinds, words)
        VALUES (1001, 1, '["breaks"]', '');
    """,
    12: "INSERT INTO cover VALUES (1, 'A table', 'cover.png', x'89504e47');",
    14: "INSERT INTO reminder_wish (network_id, member_id, is_wanted) VALUES (1001, 1, 1);",
}
SHIPPED = known()


def lived_until(version: int, path: Path) -> None:
    """A database that was begun with the first version and kept until *version*."""
    for number in range(1, version + 1):
        migrate(path, SHIPPED[:number])
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.executescript(LIVED.get(number, ""))


def contents(path: Path) -> dict[str, list[dict[str, object]]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute(
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%'
            """
        ).fetchall()
        return {
            name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608
            for (name,) in tables
            if name != "migration"
        }


def is_kept(before: list[dict[str, object]], after: list[dict[str, object]]) -> bool:
    """Every row is there still, with the same in each column that is."""
    shared = set(before[0]) & set(after[0] if after else ())
    kept = [{name: row[name] for name in shared} for row in after]
    return len(before) == len(after) and all(
        {name: row[name] for name in shared} in kept for row in before
    )


@pytest.mark.parametrize("version", range(1, len(SHIPPED) + 1))
async def test_nothing_that_people_answered_is_lost_on_the_way_to_today(
    tmp_path: Path, clock: FakeClock, version: int
) -> None:
    path = tmp_path / "old.db"
    lived_until(version, path)
    before = contents(path)

    migrate(path)

    after = contents(path)
    for table, rows in before.items():
        if rows:
            assert is_kept(rows, after[table]), table
    assert faults_of(path) + faults_of_search(path) == []
    if version >= 2:
        await goes_on(path, clock)


async def goes_on(path: Path, clock: FakeClock) -> None:
    """What was asked for then is answered now."""
    async with Database.open(path) as db:
        parts = services(db, clock)
        ahead = await parts.calendar.get(ConversationId(1), HOME)
        assert (ahead.details.title, ahead.going, ahead.maybe) == ("Who decides?", 1, 1)
        await parts.sign_ups.leave(ahead.id, HOME, AMINA)
        (mine,) = await parts.sign_ups.of_member(HOME, BRYN)
        assert mine.sign_up.state == "going", "whoever waited longest moves up"
