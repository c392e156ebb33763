"""One writer, one reader, and migrations that happen whole or not at all."""

import asyncio
import logging
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import Misconfigured, Unavailable
from bot.storage.database import Database
from bot.storage.migrate import Migration, known, migrate, pending
from tests.conftest import HOME
from tests.fakes import broken_write

NETWORKS = "SELECT id FROM network ORDER BY id"
ADD = "INSERT INTO network (id) VALUES (:id)"


async def ids(db: Database) -> list[int]:
    return [row["id"] for row in await db.all(NETWORKS)]


# The database


async def test_what_is_committed_is_seen_by_the_reader_and_nothing_before(db: Database) -> None:
    async with db.write() as tx:
        await tx.run(ADD, {"id": 1})
        assert len(await tx.all(NETWORKS)) == 1
        assert await ids(db) == []
    assert await ids(db) == [1]


async def test_a_failed_transaction_leaves_nothing_and_the_next_one_works(db: Database) -> None:
    async with broken_write(db) as tx:
        await tx.run(ADD, {"id": 1})
    assert await ids(db) == []
    async with db.write() as tx:
        await tx.run(ADD, {"id": 2})
    assert await ids(db) == [2]


async def test_a_rollback_takes_nobody_elses_rows(db: Database) -> None:
    async def write(number: int) -> None:
        async with db.write() as tx:
            await tx.run(ADD, {"id": number})
            await asyncio.sleep(0)
            if number % 2:
                raise ValueError(number)

    ended = await asyncio.gather(*(write(number) for number in range(20)), return_exceptions=True)
    assert [type(each) for each in ended] == [type(None), ValueError] * 10
    assert await ids(db) == list(range(0, 20, 2))


async def test_two_transactions_are_never_open_at_once(db: Database) -> None:
    inside = 0

    async def write(number: int) -> None:
        nonlocal inside
        async with db.write() as tx:
            inside += 1
            assert inside == 1
            await tx.run(ADD, {"id": number})
            await asyncio.sleep(0)
            inside -= 1

    await asyncio.gather(*(write(number) for number in range(20)))
    assert len(await ids(db)) == 20


@pytest.mark.parametrize("steps", range(14))
async def test_a_write_cancelled_at_any_point_happens_whole_or_not_at_all(
    db: Database, steps: int
) -> None:
    async def write() -> None:
        async with db.write() as tx:
            await tx.run(ADD, {"id": 1})
            await tx.run(ADD, {"id": 2})

    writing = asyncio.create_task(write())
    for _ in range(steps):
        await asyncio.sleep(0)
        if steps % 2:
            await db.all("SELECT 1")  # lets SQLite's thread get on
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)

    async with asyncio.timeout(5), db.write() as tx:
        await tx.run(ADD, {"id": 3})
    assert await ids(db) in ([3], [1, 2, 3])


async def test_a_write_cancelled_twice_still_frees_the_writer(db: Database) -> None:
    entered = asyncio.Event()

    async def write() -> None:
        async with db.write() as tx:
            await tx.run(ADD, {"id": 1})
            entered.set()
            await asyncio.Event().wait()

    writing = asyncio.create_task(write())
    await entered.wait()
    writing.cancel()
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    async with asyncio.timeout(5), db.write() as tx:
        await tx.run(ADD, {"id": 2})
    assert await ids(db) == [2]


async def test_whoever_gives_up_waiting_for_the_writer_holds_up_nobody(db: Database) -> None:
    async def write() -> None:
        async with db.write() as tx:
            await tx.run(ADD, {"id": 9})

    async with db.write() as tx:
        waiting = asyncio.create_task(write())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await tx.run(ADD, {"id": 1})
    async with db.write() as tx:
        await tx.run(ADD, {"id": 2})
    assert await ids(db) == [1, 2]


async def test_the_reader_cannot_write(db: Database) -> None:
    for sql in ("INSERT INTO network (id) VALUES (1)", "DELETE FROM network", "CREATE TABLE a (b)"):
        with pytest.raises(Unavailable, match="I couldn't save or read that just now"):
            await db.all(sql)
    assert await ids(db) == []


async def test_bells_ring_after_the_commit_in_their_order(db: Database) -> None:
    rung: list[str] = []
    async with db.write() as tx:
        tx.after_commit(lambda: rung.append("first"))
        await tx.run(ADD, {"id": 1})
        tx.after_commit(lambda: rung.append("second"))
        assert rung == []
    assert rung == ["first", "second"]


async def test_what_a_bell_is_about_is_already_on_the_disk(db: Database, path: Path) -> None:
    seen: list[object] = []

    def look() -> None:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as other:
            seen.extend(other.execute(NETWORKS).fetchall())

    async with db.write() as tx:
        tx.after_commit(look)
        await tx.run(ADD, {"id": 1})
    assert seen == [(1,)]


async def test_whoever_hears_a_bell_sees_what_was_committed_and_may_write(db: Database) -> None:
    heard: list[asyncio.Task[list[int]]] = []

    async def look() -> list[int]:
        async with db.write() as tx:
            await tx.run(ADD, {"id": 2})
        return await ids(db)

    async with db.write() as tx:
        tx.after_commit(lambda: heard.append(asyncio.create_task(look())))
        await tx.run(ADD, {"id": 1})
    assert await heard[0] == [1, 2]


async def test_no_bell_rings_after_a_rollback(db: Database) -> None:
    rung: list[str] = []
    async with broken_write(db) as tx:
        tx.after_commit(lambda: rung.append("never"))
    async with db.write():
        pass
    assert rung == []


async def test_leaving_waits_for_whoever_is_writing(path: Path) -> None:
    async with Database.open(path) as db:
        entered = asyncio.Event()

        async def write() -> None:
            async with db.write() as tx:
                entered.set()
                for number in range(50):
                    await tx.run(ADD, {"id": number})

        writing = asyncio.create_task(write())
        await entered.wait()
    await writing
    async with Database.open(path) as db:
        assert len(await ids(db)) == 50


async def test_a_confirmed_write_is_on_the_disk(db: Database, path: Path) -> None:
    assert (await db._writer.execute_fetchall("PRAGMA synchronous"))[0][0] == 2  # FULL
    assert (await db._writer.execute_fetchall("PRAGMA journal_mode"))[0][0] == "wal"
    assert (await db._writer.execute_fetchall("PRAGMA foreign_keys"))[0][0] == 1
    async with db.write() as tx:
        await tx.run(ADD, {"id": 1})
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as other:
        assert other.execute(NETWORKS).fetchall() == [(1,)]


async def test_a_path_may_hold_any_characters(tmp_path: Path, migrated: bytes) -> None:
    path = tmp_path / "my data #1 50% ?" / "día.db"
    path.parent.mkdir()
    path.write_bytes(migrated)
    async with Database.open(path) as db:
        async with db.write() as tx:
            await tx.run(ADD, {"id": 1})
        assert await ids(db) == [1]
    assert pending(path) == []


async def test_the_one_row_there_must_be_is_missed_when_it_is_not_there(db: Database) -> None:
    assert await db.one(NETWORKS) is None
    with pytest.raises(ValueError, match="not enough values"):
        await db.only(NETWORKS)


async def test_a_mistake_in_sql_is_ours_and_not_the_disks(db: Database) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        await db.all("SELECT 1 FROM nowhere")


# The schema


CONVERSATION = {
    "network_id": HOME,
    "title": "Who decides?",
    "description": "",
    "starts_at": "2026-12-03T14:00:00Z",
    "minutes": 90,
    "places": 2,
    "drafted_by": 1,
    "drafted_at": "2026-11-23T09:00:00Z",
}


async def add(db: Database, **changes: object) -> None:
    async with db.write() as tx:
        await tx.run("INSERT INTO network (id) VALUES (:id) ON CONFLICT DO NOTHING", {"id": HOME})
        await tx.run(
            """
            INSERT INTO conversation (network_id, title, description, starts_at, minutes, places,
                                      drafted_by, drafted_at)
            VALUES (:network_id, :title, :description, :starts_at, :minutes, :places,
                    :drafted_by, :drafted_at)
            """,
            {**CONVERSATION, **changes},  # type: ignore[dict-item]
        )


async def test_the_schema_takes_a_good_row(db: Database) -> None:
    await add(db)
    await add(db, places=None, title="é" * 100, description="x" * 1000)
    assert len(await db.all("SELECT id FROM conversation")) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"network_id": 5},
        {"title": ""},
        {"title": "a" * 101},
        {"title": None},
        {"description": "a" * 1501},
        {"starts_at": "3 Dec 2pm"},
        {"starts_at": "2026-12-03T14:00:00+00:00"},
        {"minutes": 14},
        {"minutes": 721},
        {"minutes": "ninety"},
        {"places": 0},
        {"places": -1},
        {"places": 10_001},
        {"places": "ten"},
    ],
    ids=str,
)
async def test_the_schema_refuses_what_must_never_be(
    db: Database, change: dict[str, object]
) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await add(db, **change)
    assert await db.all("SELECT id FROM conversation") == []


SIGN_UP = "INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at) VALUES "


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO sign_up (conversation_id, state, number, answered_at) "
        "VALUES (1, 'going', 1, '2026-11-23T09:00:00Z')",
        SIGN_UP + "(1, 1, 'perhaps', 1, '2026-11-23T09:00:00Z')",
        SIGN_UP + "(1, 1, 'going', 1, 'now')",
        SIGN_UP + "(2, 1, 'going', 1, '2026-11-23T09:00:00Z')",
        SIGN_UP + "(1, 8, 'going', 7, '2026-11-23T09:00:00Z')",
        SIGN_UP + "(1, 7, 'maybe', 9, '2026-11-23T09:00:00Z')",
        "UPDATE conversation SET going = going - 2",
        "UPDATE notice SET state = 'dropped'",
        "UPDATE notice SET dropped_because = 'no reason'",
        "UPDATE notice SET state = 'lost'",
        "UPDATE notice SET about_id = 2",
        "UPDATE notice SET about = 'quote'",
        "UPDATE notice SET conversation_id = NULL",
        "INSERT INTO notice (network_id, kind, about, about_id, member_id, occurrence, due_at, "
        "next_try_at) VALUES (1001, 'place_came_up', 'quote', 1, 7, 7, '2026-11-23T09:00:00Z', "
        "'2026-11-23T09:00:00Z')",
        "INSERT INTO network_reminder VALUES (1001, 'direct', 'not json')",
        "INSERT INTO network_reminder VALUES (1001, 'pigeon', '[]')",
        "INSERT INTO closed_messages VALUES (1001, 1, 'yesterday')",
    ],
)
async def test_the_schema_refuses_answers_and_notices_that_make_no_sense(
    db: Database, sql: str
) -> None:
    await add(db)
    async with db.write() as tx:
        await tx.run(SIGN_UP + "(1, 7, 'going', 7, '2026-11-23T09:00:00Z')")
        await tx.run(
            """
            INSERT INTO notice (network_id, kind, about, about_id, conversation_id, member_id,
                                occurrence, due_at, next_try_at)
            VALUES (1001, 'place_came_up', 'conversation', 1, 1, 7, 7,
                    '2026-11-23T09:00:00Z', '2026-11-23T09:00:00Z')
            """
        )
    with pytest.raises(sqlite3.IntegrityError):
        async with db.write() as tx:
            await tx.run(sql)


async def test_everything_of_a_network_goes_with_it(db: Database) -> None:
    await add(db)
    async with db.write() as tx:
        await tx.run(SIGN_UP + "(1, 7, 'going', 7, '2026-11-23T09:00:00Z')")
        await tx.run("DELETE FROM network")
    for table in ("conversation", "sign_up"):
        assert await db.all(f"SELECT 1 FROM {table}") == []  # noqa: S608


# Migrations


def test_answers_given_before_guests_and_supporters_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, known()[:7])
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """
            INSERT INTO network (id) VALUES (1001);
            INSERT INTO conversation (network_id, title, starts_at, minutes, drafted_by, drafted_at)
            VALUES (1001, 'Who decides?', '2026-12-03T14:00:00Z', 90, 90, '2026-11-23T09:00:00Z');
            INSERT INTO sign_up VALUES (1, 7, 'going', 1, '2026-11-23T09:00:00Z', 1);
            INSERT INTO sign_up VALUES (1, 8, 'waiting', 2, '2026-11-23T09:00:00Z', 0);
            """
        )

    migrate(path)

    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT member_id, state, number, asked_again FROM sign_up")
        assert rows.fetchall() == [(7, "going", 1, 1), (8, "waiting", 2, 0)]
        connection.execute("UPDATE sign_up SET state = 'not_coming' WHERE member_id = 7")
        counts = connection.execute("SELECT going, waiting, last_number FROM conversation")
        assert counts.fetchall() == [(0, 1, 2)]


OLD_NOTICES = """
    INSERT INTO network (id) VALUES (1001);
    INSERT INTO conversation (network_id, title, starts_at, minutes, drafted_by, drafted_at)
    VALUES (1001, 'Who decides?', '2026-12-03T14:00:00Z', 90, 90, '2026-11-23T09:00:00Z'),
           (1001, 'Who pays?', '2027-01-07T14:00:00Z', 90, 90, '2026-11-23T09:00:00Z');
    INSERT INTO notice
    VALUES (3, 1001, 'place_came_up', 1, 7, 4, '2026-11-23T09:00:00Z', 'sent', NULL,
            '2026-11-23T09:01:30Z', 1, '2026-11-23T09:00:02Z', 1),
           (4, 1001, 'reminder', 1, 7, 1440, '2026-12-02T14:00:00Z', 'owed', NULL,
            '2026-12-02T14:01:30Z', 2, NULL, 2),
           (5, 1001, 'moved', 1, 8, 1, '2026-11-23T09:00:00Z', 'missed', NULL,
            '2026-11-23T09:01:30Z', 1, '2026-11-23T09:00:02Z', 1),
           (6, 1001, 'place_came_up', 2, 8, 4, '2026-11-23T09:00:00Z', 'dropped', 'they left',
            '2026-11-23T09:01:30Z', 1, '2026-11-23T09:00:02Z', 1),
           (7, 1001, 'channel_reminder', 2, 0, 1440, '2027-01-06T14:00:00Z', 'owed', NULL,
            '2027-01-06T14:00:00Z', 0, NULL, 0),
           (9, 1001, 'written', 2, 8, 1, '2026-11-23T09:00:00Z', 'owed', NULL,
            '2026-11-23T09:01:30Z', 1, NULL, 1);
    DELETE FROM notice WHERE id = 9;
"""
NOTICE_COLUMNS = (
    "id, network_id, kind, conversation_id, member_id, occurrence, due_at, state, "
    "dropped_because, next_try_at, attempts, settled_at, lane"
)


def test_notices_owed_before_they_could_be_about_anything_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, known()[:15])
    every = f"SELECT {NOTICE_COLUMNS} FROM notice ORDER BY id"  # noqa: S608
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD_NOTICES)
        before = connection.execute(every).fetchall()

    migrate(path)

    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        assert connection.execute(every).fetchall() == before
        assert len(before) == 5
        about = connection.execute("SELECT about, about_id = conversation_id FROM notice")
        assert set(about) == {("conversation", 1)}
        connection.execute(
            "INSERT INTO notice (network_id, kind, about, about_id, member_id, occurrence, due_at, "
            "next_try_at) VALUES (1001, 'a_later_kind', 'quote', 1, 7, 1, '2027-01-01T09:00:00Z', "
            "'2027-01-01T09:00:00Z')"
        )
        connection.execute("DELETE FROM conversation WHERE id = 1")
        left = connection.execute("SELECT id, about FROM notice ORDER BY id").fetchall()
        assert left == [(6, "conversation"), (7, "conversation"), (10, "quote")]


def test_ids_of_notices_go_on_where_they_were_when_none_is_left(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    migrate(path, known()[:15])
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD_NOTICES)
        connection.executescript("DELETE FROM notice;")

    migrate(path)

    with closing(sqlite3.connect(path)) as connection:
        seq = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'notice'")
        assert seq.fetchall() == [(9,)]


FIRST = Migration(1, "0001_first.sql", "CREATE TABLE a (b INTEGER) STRICT;")
SECOND = Migration(2, "0002_second.sql", "INSERT INTO a VALUES (1); CREATE INDEX c ON a (b);")
FAILING = Migration(2, "0002_failing.sql", "INSERT INTO a VALUES (1); CREATE TABLE a (b);")
BREAKING = Migration(
    2,
    "0002_breaking.sql",
    "CREATE TABLE d (a_id INTEGER REFERENCES a (rowid)); INSERT INTO a VALUES (1);"
    "CREATE TABLE e (f INTEGER PRIMARY KEY); CREATE TABLE g (f INTEGER REFERENCES e (f));"
    "INSERT INTO g VALUES (7); DROP TABLE d;",
)


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if 'INSERT INTO "migration"' not in line]


def test_a_new_database_is_brought_up_to_date_and_then_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "bot.db"
    names = [migration.name for migration in known()]
    assert pending(path) == names
    assert not path.exists()
    assert migrate(path) == names
    assert pending(path) == []
    before = path.read_bytes()
    assert migrate(path) == []
    assert path.read_bytes() == before


def test_what_is_missing_is_applied_in_order(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    assert migrate(path, [FIRST]) == ["0001_first.sql"]
    assert migrate(path, [FIRST, SECOND]) == ["0002_second.sql"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT b FROM a").fetchall() == [(1,)]


def test_a_migration_that_fails_leaves_no_trace_and_can_be_mended(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    migrate(path, [FIRST])
    before = dump(path)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(path, [FIRST, FAILING])
    assert dump(path) == before
    assert migrate(path, [FIRST, SECOND]) == ["0002_second.sql"]


def test_a_migration_that_breaks_a_reference_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    migrate(path, [FIRST])
    before = dump(path)
    with pytest.raises(Misconfigured, match=r"0002_breaking\.sql leaves broken references"):
        migrate(path, [FIRST, BREAKING])
    assert dump(path) == before


@pytest.mark.parametrize(
    "shipped",
    [
        [FIRST],
        [FIRST, Migration(2, SECOND.name, f"{SECOND.sql} -- edited")],
        [FIRST, Migration(2, "0002_renamed.sql", SECOND.sql)],
        [SECOND, FIRST],
        [],
    ],
    ids=["newer", "edited", "renamed", "in another order", "none"],
)
def test_a_database_of_other_migrations_is_refused_and_not_touched(
    tmp_path: Path, shipped: list[Migration]
) -> None:
    path = tmp_path / "bot.db"
    migrate(path, [FIRST, SECOND])
    before = path.read_bytes()
    with pytest.raises(Misconfigured) as stopped:
        migrate(path, shipped)
    assert str(stopped.value) == (
        "This database was made by a newer version of the bot, or by migrations that have "
        "changed since. I have not touched it. Use the version that made it."
    )
    assert path.read_bytes() == before
    with pytest.raises(Misconfigured, match="newer version"):
        pending(path)


def test_a_file_that_is_no_database_is_refused_and_not_touched(
    tmp_path: Path, migrated: bytes
) -> None:
    path = tmp_path / "bot.db"
    for content in (b"Dear diary,\n" * 500, migrated[: len(migrated) // 2], b"\x00" * 5000):
        path.write_bytes(content)
        with pytest.raises(Misconfigured) as stopped:
            migrate(path)
        assert f"{path} is not a database that I can read" in str(stopped.value)
        assert "Put a backup in its place" in str(stopped.value)
        assert path.read_bytes() == content
        with pytest.raises(Misconfigured, match="is not a database of this bot"):
            pending(path)


def test_another_programs_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "theirs.db"
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE bookmark (address)")
    before = path.read_bytes()
    with pytest.raises(Misconfigured, match=r"another program's database\. I have not changed it"):
        migrate(path)
    with pytest.raises(Misconfigured, match="is not a database of this bot"):
        pending(path)
    assert path.read_bytes() == before


def test_a_directory_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="is not a database that I can read"):
        migrate(tmp_path)


def test_migrations_run_from_one_without_a_gap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [migration.version for migration in known()] == list(range(1, len(known()) + 1))

    shipped = tmp_path / "migrations"
    shutil.copytree(Path(__file__).parent.parent / "migrations", shipped)
    (shipped / "0001_network.sql").unlink()
    monkeypatch.setattr("importlib.resources.files", lambda _: shipped)
    with pytest.raises(Misconfigured, match=r"Migrations must run 1, 2, 3…: \['0002_"):
        known()


def test_the_log_names_each_migration(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        migrate(tmp_path / "bot.db", [FIRST, SECOND])
    assert [record.getMessage() for record in caplog.records] == [
        "Applied migration 0001_first.sql",
        "Applied migration 0002_second.sql",
    ]


def test_the_shipped_schema_is_sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        ).fetchall()
    assert [name for name, strict in tables if not strict and not name.startswith("sqlite_")] == []
