"""The index holds what was put in and not taken out, and forgets the rest to the last byte."""

import json
import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.ids import NetworkId
from bot.search.entry import Collection, Entry
from bot.search.service import Search
from bot.search.words import fold
from bot.storage.database import Database, Transaction
from bot.storage.migrate import migrate
from tests.conftest import AWAY, HOME
from tests.search.conftest import Put

QUOTE = Collection.QUOTE
TABLES = ("search_entry", "search_word", "search_waiting", "search_text")


async def words_of(db: Database, network: NetworkId) -> dict[str, int]:
    rows = await db.all(
        "SELECT word, entries FROM search_word WHERE network_id = :network AND word <> ''",
        {"network": network},
    )
    return {row["word"]: row["entries"] for row in rows}


async def test_a_word_is_listed_as_long_as_something_has_it(
    db: Database, search: Search, put: Put
) -> None:
    await put(1, "zebra kettle kettle")
    await put(2, "kettle", heading="zebra")
    assert await words_of(db, HOME) == {"zebra": 2, "kettle": 2}
    assert await words_of(db, AWAY) == {}
    await put(2, "kettle")
    assert await words_of(db, HOME) == {"zebra": 1, "kettle": 2}
    async with db.write() as tx:
        await search.take_out(tx, QUOTE, 1)
    assert await words_of(db, HOME) == {"kettle": 1}
    assert await search.complete(HOME, QUOTE, "ze") == []
    assert (await search.find(HOME, QUOTE, "zebra")).how_many == 0


async def test_an_entry_that_another_feature_deletes_is_gone_from_everywhere(
    db: Database, search: Search, put: Put
) -> None:
    await put(1, "zebra kettle")
    async with db.write() as tx:
        await tx.run("DELETE FROM search_entry WHERE collection = 'quote' AND item_id = 1")
    assert await words_of(db, HOME) == {}
    assert (await search.find(HOME, QUOTE, "zebra")).how_many == 0
    assert await search.check()


async def test_a_network_that_goes_takes_its_entries_along(
    db: Database, search: Search, put: Put
) -> None:
    await put(1, "zebra kettle")
    await put(2, "zebra", network=AWAY)
    async with db.write() as tx:
        await tx.run("DELETE FROM network WHERE id = :id", {"id": HOME})
    assert await words_of(db, HOME) == {}
    assert (await search.find(AWAY, QUOTE, "zebra")).item_ids == (2,)
    assert await search.check()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE search_entry SET words = 'other'",
        """
        INSERT OR REPLACE INTO search_entry
            (network_id, collection, item_id, facets, heading, words, roots)
        SELECT network_id, collection, item_id, facets, heading, 'other', roots FROM search_entry
        """,
        """
        INSERT OR REPLACE INTO search_entry
            (id, network_id, collection, item_id, facets, heading, words, roots)
        SELECT id, network_id, 'practice', 5, facets, heading, 'other', roots FROM search_entry
        """,
    ],
)
async def test_an_entry_cannot_be_changed_behind_the_index(
    db: Database, search: Search, put: Put, sql: str
) -> None:
    await put(1, "zebra kettle")
    with pytest.raises(sqlite3.IntegrityError, match="take"):
        async with db.write() as tx:
            await tx.run(sql)
    assert await search.check()


async def test_an_index_that_differs_is_noticed_and_built_anew(
    db: Database, search: Search, put: Put, path: Path
) -> None:
    await put(1, "zebra kettle")
    assert await search.check()
    async with db.write() as tx:
        await tx.run("DROP TRIGGER search_entry_not_changed")
        await tx.run("UPDATE search_entry SET words = 'wombat'")
    assert not await search.check()
    assert await search.mend()
    assert not await search.mend()
    assert (await search.find(HOME, QUOTE, "wombat")).how_many == 1
    assert (await search.find(HOME, QUOTE, "zebra")).how_many == 0


async def test_a_list_of_words_that_differs_is_noticed_and_built_anew(
    db: Database, search: Search, put: Put
) -> None:
    await put(1, "zebra kettle")
    for wrong in (
        "UPDATE search_word SET entries = 7 WHERE word = 'zebra'",
        "DELETE FROM search_word WHERE word = 'zebra'",
        """INSERT INTO search_word (network_id, collection, word, root, entries)
           VALUES (1001, 'quote', 'wombat', 'wombat', 1)""",
    ):
        async with db.write() as tx:
            await tx.run(wrong)
        assert not await search.check(), wrong
        await search.rebuild()
        assert await search.check()
        assert await words_of(db, HOME) == {"zebra": 1, "kettle": 1}


WORDS = [
    "zebra",
    "kettle",
    "wombat",
    "don't",
    "co-production",
    "leader",
    "leaders",
    "",
    "🎉",
    "ünder",
]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "take out", "delete", "wipe", "rebuild"]),
        st.integers(1, 4),
        st.sampled_from([HOME, AWAY]),
        st.sampled_from(list(Collection)),
        st.lists(st.sampled_from(WORDS), max_size=5),
    ),
    max_size=14,
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
def test_the_index_is_what_was_put_and_not_taken_out(steps) -> None:
    import asyncio

    asyncio.run(_play(steps))


async def _play(steps) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "test.db"
        path.write_bytes(_fresh())
        async with Database.open(path) as db:
            search = Search(db)
            async with db.write() as tx:
                for network in (HOME, AWAY):
                    await tx.run("INSERT INTO network (id) VALUES (:id)", {"id": network})
            expected: dict[tuple[Collection, int], tuple[NetworkId, list[str]]] = {}
            for step, item_id, network, collection, words in steps:
                if step == "wipe":
                    assert await search.wipe()
                    continue
                if step == "rebuild":
                    await search.rebuild()
                    continue
                async with db.write() as tx:
                    await _step(tx, search, step, item_id, network, collection, words)
                expected.pop((collection, item_id), None)
                if step == "put":
                    expected[collection, item_id] = (network, words)
            assert await search.check()
            for network in (HOME, AWAY):
                for collection in Collection:
                    for word in WORDS:
                        if not fold(word):
                            continue
                        found = await search.find(network, collection, f'"{word}"', per_page=50)
                        assert set(found.item_ids) == {
                            item_id
                            for (its, item_id), (where, said) in expected.items()
                            if its is collection
                            and where == network
                            and {word, f"{word}s", word.removesuffix("s")} & set(said)
                        }, (word, expected)


_FRESH: list[bytes] = []


def _fresh() -> bytes:
    if not _FRESH:
        with tempfile.TemporaryDirectory() as folder:
            migrate(Path(folder) / "fresh.db")
            _FRESH.append((Path(folder) / "fresh.db").read_bytes())
    return _FRESH[0]


async def _step(
    tx: Transaction,
    search: Search,
    step: str,
    item_id: int,
    network: NetworkId,
    collection: Collection,
    words: list[str],
) -> None:
    if step == "put":
        await search.put(
            tx,
            Entry(
                network_id=network, collection=collection, item_id=item_id, words=" ".join(words)
            ),
        )
    elif step == "take out":
        await search.take_out(tx, collection, item_id)
    else:
        await tx.run(
            "DELETE FROM search_entry WHERE collection = :collection AND item_id = :item_id",
            {"collection": collection, "item_id": item_id},
        )


def bytes_of(path: Path) -> bytes:
    """Of the file, its log, and a backup made of it now."""
    backup = path.with_name(f"{path.name}.backup")
    backup.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO :backup", {"backup": str(backup)})
    return b"".join(
        each.read_bytes() for each in path.parent.iterdir() if each.name.startswith(path.name)
    )


async def test_words_that_were_taken_out_are_gone_from_the_bytes_and_the_others_are_not(
    db: Database, search: Search, put: Put, path: Path
) -> None:
    await put(1, "zebra kettle")
    await put(2, "kettle", heading="Zebras")
    await put(3, "kettle wombat")
    assert b"zebra" in bytes_of(path)
    assert not await search.is_to_be_wiped()
    async with db.write() as tx:
        await search.take_out(tx, QUOTE, 1)
    await put(2, "kettle")
    assert await search.is_to_be_wiped()
    assert await search.wipe()
    assert not await search.is_to_be_wiped()
    assert b"zebra" not in bytes_of(path)
    assert b"wombat" in bytes_of(path)
    assert (await search.find(HOME, QUOTE, "wombat")).item_ids == (3,)
    assert await search.check()


async def test_of_many_entries_put_changed_and_taken_out_no_byte_remains(
    db: Database, search: Search, put: Put, path: Path
) -> None:
    """Enough of them for pages to split and for the index to have many segments."""
    for item_id in range(300):
        await put(item_id, f"secretword{item_id:05} kettle " + "filler words that stay " * 8)
    for item_id in range(0, 300, 3):
        await put(item_id, f"changedword{item_id:05} kettle " + "more of other filler " * 12)
    async with db.write() as tx:
        for item_id in range(0, 300, 2):
            await search.take_out(tx, QUOTE, item_id)
    assert await search.wipe()
    raw = bytes_of(path)
    left = {int(each) for each in re.findall(rb"secretword(\d{5})", raw)}
    changed = {int(each) for each in re.findall(rb"changedword(\d{5})", raw)}
    assert left == {each for each in range(300) if each % 2 and each % 3}
    assert changed == {each for each in range(300) if each % 2 and each % 3 == 0}
    # The index shortens words that begin alike: what it keeps of them is the figures.
    kept = {int(each) for each in re.findall(rb"(?<![0-9])(\d{5})(?![0-9])", raw)} & set(range(300))
    assert kept <= left | changed


async def test_wiping_waits_for_whoever_is_reading(
    db: Database, search: Search, put: Put, path: Path
) -> None:
    await put(1, "zebra kettle")
    async with db.write() as tx:
        await search.take_out(tx, QUOTE, 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM network").fetchall()
        assert not await search.wipe()
        assert await search.is_to_be_wiped()
        reader.execute("COMMIT")
    assert await search.wipe()
    assert b"zebra" not in bytes_of(path)


async def test_a_wipe_that_fails_changes_nothing(db: Database, search: Search, put: Put) -> None:
    await put(1, "zebra kettle")
    async with db.write() as tx:
        await tx.run("DROP TABLE search_waiting")
    with pytest.raises(sqlite3.OperationalError):
        await search.wipe()
    assert await search.check()
    await put(2, "zebra")
    assert (await search.find(HOME, QUOTE, "zebra")).how_many == 2


async def test_what_is_kept_about_words_is_only_words(db: Database, put: Put) -> None:
    """An entry holds what everybody may read, folded, and nothing of who said it."""
    await put(1, "Zebra! Don\u2019t.", heading="Kettles")
    row = await db.only("SELECT facets, heading, words, roots FROM search_entry")
    assert (row["facets"], row["heading"], row["words"]) == ("n1001qa0", "kettles", "zebra dont")
    assert json.loads(row["roots"]) == {
        "": "",
        "kettles": "kettl",
        "zebra": "zebra",
        "dont": "dont",
    }
