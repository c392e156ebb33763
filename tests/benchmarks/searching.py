"""Searching among 100,000 entries, beside a plain LIKE and plain full text on the same data.

`SEARCH=1000000` measures among a million as well, which takes some minutes to build, and prints
the growth. The text is invented, with words as rare and as common as in people's speech. The
entries of the network that is searched are nine in ten of all: a hundred networks could share
what is measured here, and be faster.
"""

import asyncio
import itertools
import json
import os
import random
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from functools import partial
from pathlib import Path

from bot.app import services
from bot.clock import SystemClock
from bot.ids import MemberId, NetworkId, ThemeId
from bot.search.entry import Collection, Entry, Facets, Filters, Shelf
from bot.search.rings import Ring, Rings
from bot.search.service import Search
from bot.search.words import fold, root
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.benchmarks.ground import NETWORK, conversation, middle, slowest, timed

SIZES = (100_000, *(int(size) for size in os.environ.get("SEARCH", "").split()))
AT_ONCE = 5000
AT_LAST = 1000
DIFFERENT = 20_000
A_NETWORKS = 5_000
"""Quotes that a busy network may have after ten years."""
TIMES = 100
SLOW_TIMES = 5
QUOTE = Collection.QUOTE
OTHER = NetworkId(2)


class Speech:
    """Words by rank, the first the most common, as Zipf has it."""

    def __init__(self) -> None:
        chance = random.Random(1)  # noqa: S311
        syllables = [
            a + b for a in "bcdfghjklmnprstvw" for b in ("a", "e", "i", "o", "u", "ee", "ou")
        ]
        ends = ["", "n", "t", "r", "l", "d", "m", "ck"]
        self.words = list(
            dict.fromkeys(
                "".join(chance.choices(syllables, k=chance.choice([2, 2, 3, 3, 4])))
                + chance.choice(ends)
                for _ in range(50_000)
            )
        )
        self._odds = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self._chance = chance

    def quote(self) -> str:
        return " ".join(
            self._chance.choices(self.words, cum_weights=self._odds, k=self._chance.randint(6, 70))
        )

    def queries(self) -> dict[str, list[str]]:
        """By how common their words are."""
        common, middling, rare = self.words[:20], self.words[200:400], self.words[5000:9000]
        pick = self._chance.choice
        return {
            "a common word": [pick(common) for _ in range(TIMES)],
            "a middling word": [pick(middling) for _ in range(TIMES)],
            "a rare word": [pick(rare) for _ in range(TIMES)],
            "two common words": [f"{pick(common)} {pick(common)}" for _ in range(TIMES)],
            "two middling words": [f"{pick(middling)} {pick(middling)}" for _ in range(TIMES)],
            "common and rare": [f"{pick(common)} {pick(rare)}" for _ in range(TIMES)],
            "eight words": [
                " ".join(self._chance.choices(common + middling, k=8)) for _ in range(TIMES)
            ],
            "a misspelt word": [_misspelt(pick(rare)) for _ in range(TIMES)],
        }

    def rings(self) -> Rings:
        """Fifteen words for a thing, common and rare, over a hundred things."""
        chance = random.Random(2)  # noqa: S311
        pool = self.words[:2000]
        return Rings(
            Ring(
                f"ring {n}",
                tuple(chance.sample(pool, 15)),
                ThemeId(n % 25 + 1) if n % 2 else None,
                near_ids=(ThemeId(n % 24 + 2), ThemeId(n % 23 + 3)),
            )
            for n in range(100)
        )


def _misspelt(word: str) -> str:
    at = len(word) // 2
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :] if len(word) > at + 1 else word


async def main() -> None:
    speech = Speech()
    medians: list[dict[str, float]] = []
    async with _filled(A_NETWORKS, speech) as (db, _):
        search = Search(db)
        wiping = await timed(search.wipe)
        print(f"wiping the {A_NETWORKS:,} of one network: {wiping:.0f} ms; others wait to write")
        print(f"checking them at a start: {await timed(search.check):.0f} ms")
        assert await search.check()
    for size in SIZES:
        async with _filled(size, speech) as (db, path):
            print(f"\nmilliseconds among {size:,} entries: median, 99th percentile")
            medians.append(await _measure(db, path, speech))
    if len(medians) > 1:
        print(f"\ngrowth of the medians from {SIZES[0]:,} to {SIZES[-1]:,}:")
        for what, first in medians[0].items():
            print(f"{what:42} x {medians[-1][what] / first:.1f}")


@asynccontextmanager
async def _filled(size: int, speech: Speech) -> AsyncIterator[tuple[Database, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        migrate(path)
        async with Database.open(path) as db:
            async with db.write() as tx:
                for network in (NETWORK, OTHER):
                    await tx.run("INSERT INTO network (id) VALUES (:id)", {"id": network})
            search = Search(db)
            await _fill(db, size, [speech.quote() for _ in range(DIFFERENT)])
            began = time.perf_counter()
            async with db.write() as tx:
                for number in range(AT_LAST):
                    await search.put(tx, _entry(number, speech.quote()))
            took = (time.perf_counter() - began) / AT_LAST * 1000
            megabytes = path.stat().st_size / 1e6
            print(f"\none more beside {size:,}: {took:.2f} ms; {megabytes:.0f} MB in all")
            yield db, path


async def _fill(db: Database, size: int, quotes: Sequence[str]) -> None:
    """As by putting them in, one after the other, in a fiftieth of the time."""
    folded = [fold(each) for each in quotes]
    roots = [json.dumps({each: root(each) for each in ("", *text.split())}) for text in folded]
    counts: Counter[tuple[int, str]] = Counter()
    async with db.write() as tx:
        await tx.run("UPDATE search_wiping SET is_under_way = 1")
        for first in range(AT_LAST, size, AT_ONCE):
            rows: list[dict[str, int | str]] = []
            for number in range(first, min(size, first + AT_ONCE)):
                entry, which = _entry(number, ""), number % len(quotes)
                rows.append(
                    {
                        "network": entry.network_id,
                        "item": number,
                        "facets": " ".join(Shelf(entry.network_id, QUOTE).tokens(entry.facets)),
                        "words": folded[which],
                        "roots": roots[which],
                    }
                )
                counts[entry.network_id, str(which)] += 1
            await tx.run_many(
                """
                INSERT INTO search_entry
                    (network_id, collection, item_id, facets, heading, words, roots)
                VALUES (:network, 'quote', :item, :facets, '', :words, :roots)
                """,
                rows,
            )
        words: Counter[tuple[int, str]] = Counter()
        for (network, which), times in counts.items():
            for word in {"", *folded[int(which)].split()}:
                words[network, word] += times
        await tx.run_many(
            """
            INSERT INTO search_word (network_id, collection, word, root, entries)
            VALUES (:network, 'quote', :word, :root, :entries)
            """,
            [
                {"network": network, "word": word, "root": root(word), "entries": times}
                for (network, word), times in words.items()
            ],
        )
        await tx.run("INSERT INTO search_text (search_text) VALUES ('rebuild')")
        await tx.run("UPDATE search_wiping SET is_under_way = 0")


def _entry(number: int, words: str) -> Entry:
    return Entry(
        network_id=OTHER if number % 10 == 0 else NETWORK,
        collection=QUOTE,
        item_id=number,
        words=words,
        facets=Facets(theme_ids=[ThemeId(number % 25 + 1)], year=2020 + number % 7),
    )


async def _measure(db: Database, path: Path, speech: Speech) -> dict[str, float]:
    search, rings, found = Search(db), speech.rings(), dict[str, float]()

    async def each(
        what: str, work: Callable[[str], Awaitable[object]], asked: Sequence[str]
    ) -> None:
        await work(asked[0])
        times = [await timed(partial(work, typed)) for typed in asked]
        found[what] = middle(times)
        print(f"{what:42} {middle(times):8.2f} {slowest(times):8.2f}")

    find = partial(search.find, NETWORK, QUOTE)
    queries = speech.queries()
    for what, asked in queries.items():
        await each(f"find {what}", find, asked)
    ringed = partial(find, rings=rings)
    for what in ("a common word", "a middling word", "two middling words", "eight words"):
        await each(f"find {what}, with rings", ringed, queries[what])
    filtered = partial(find, filters=Filters(theme_ids=[ThemeId(3)], year=2024))
    await each("find a common word, filtered", filtered, queries["a common word"])
    begun = [word[: 2 + n % 3] for n, word in enumerate(queries["a middling word"])]
    await each("complete 2 to 4 letters", partial(search.complete, NETWORK, QUOTE), begun)
    second = [f"{a} {b}" for a, b in zip(queries["a middling word"], begun, strict=True)]
    await each("complete a second word", partial(search.complete, NETWORK, QUOTE), second)
    texts = [speech.quote() for _ in range(TIMES)]
    await each("like", partial(search.like, NETWORK, QUOTE), texts)
    with closing(sqlite3.connect(path)) as plain:
        for what in ("a common word", "a rare word"):
            asked = queries[what][:SLOW_TIMES]
            await each(f"LIKE, best of all by date, {what}", partial(_like, plain), asked)
            await each(f"plain full text with bm25, {what}", partial(_bm25, plain), asked)
    await _beside_sign_ups(db, ringed, queries)
    return found


async def _like(plain: sqlite3.Connection, typed: str) -> None:
    plain.execute(
        """
        SELECT item_id, (SELECT count(*) FROM search_entry WHERE words LIKE :part) FROM search_entry
        WHERE network_id = :network AND words LIKE :part ORDER BY id DESC LIMIT 5
        """,
        {"part": f"%{typed}%", "network": NETWORK},
    ).fetchall()


async def _bm25(plain: sqlite3.Connection, typed: str) -> None:
    plain.execute(
        """
        SELECT item_id FROM search_text JOIN search_entry ON search_entry.id = search_text.rowid
        WHERE search_text MATCH :typed AND network_id = :network ORDER BY rank LIMIT 5
        """,
        {"typed": f'"{typed}"', "network": NETWORK},
    ).fetchall()


async def _beside_sign_ups(
    db: Database, find: Callable[[str], Awaitable[object]], queries: dict[str, list[str]]
) -> None:
    parts = services(db, SystemClock())
    where = await conversation(parts)

    async def sign_ups(first: int) -> list[float]:
        return [
            await timed(partial(parts.sign_ups.sign_up, where, NETWORK, MemberId(first + n)))
            for n in range(300)
        ]

    async def search_on() -> None:
        for typed in itertools.cycle(itertools.chain(*queries.values())):
            await find(typed)
            await asyncio.sleep(0.005)

    await sign_ups(10_000)  # to warm up
    alone = await sign_ups(20_000)
    searching = asyncio.create_task(search_on())
    beside = await sign_ups(30_000)
    searching.cancel()
    await asyncio.gather(searching, return_exceptions=True)
    for what, times in (("alone", alone), ("beside one search after the other", beside)):
        print(f"{'sign-up ' + what:42} {middle(times):8.2f} {slowest(times):8.2f}")
