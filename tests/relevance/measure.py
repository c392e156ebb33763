"""How good a search is: what stands first for questions that people judged beforehand."""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field

from bot.ids import KindId, NetworkId, ThemeId
from bot.search.entry import Collection, Entry, Facets
from bot.search.rings import Rings
from bot.search.service import Search
from bot.search.words import fold
from bot.storage.database import Database
from bot.themes.model import Vocabulary
from tests.relevance.test_sample import QUERIES, QUOTES

FIRST = 5
"""Quotes on a page: whoever finds nothing there seldom turns it."""
WAYS = ("all", "other words", "misspelt", "two things")

Asked = Callable[[str], Awaitable[Sequence[str]]]
"""The keys of what is found for a question, best first."""


@dataclass(slots=True)
class Measured:
    recalls: list[float] = field(default_factory=list[float])
    ranks: list[float] = field(default_factory=list[float])
    missed: list[str] = field(default_factory=list[str])
    """Questions with nothing relevant among the first."""

    @property
    def recall(self) -> float:
        return sum(self.recalls) / len(self.recalls)

    @property
    def reciprocal_rank(self) -> float:
        return sum(self.ranks) / len(self.ranks)


async def measured(ask: Asked) -> dict[str, Measured]:
    """For all questions, and for each way in which some of them are hard."""
    results = {way: Measured() for way in WAYS}
    for query in QUERIES:
        found = list(await ask(query["typed"]))
        relevant = set(query["relevant"])
        first = [each for each in found[:FIRST] if each in relevant]
        rank = next((1 / n for n, each in enumerate(found, start=1) if each in relevant), 0.0)
        for way in ("all", *query.get("ways", ())):
            results[way].recalls.append(len(first) / min(FIRST, len(relevant)))
            results[way].ranks.append(rank)
            if not first:
                results[way].missed.append(query["typed"])
    return results


async def fill(
    db: Database, network: NetworkId, vocabulary: Vocabulary, *, with_themes: bool
) -> None:
    kinds = {each.slug: each.id for each in vocabulary.kinds}
    themes = {each.slug: each.id for each in vocabulary.themes}
    search = Search(db)
    async with db.write() as tx:
        for number, quote in enumerate(QUOTES):
            await search.put(tx, _entry(network, number, quote, kinds, themes, with_themes))


def _entry(
    network: NetworkId,
    number: int,
    quote: dict[str, object],
    kinds: dict[str, KindId],
    themes: dict[str, ThemeId],
    with_themes: bool,
) -> Entry:
    tagged = [themes[slug] for slug in quote["themes"]] if with_themes else []  # type: ignore[union-attr]
    return Entry(
        network_id=network,
        collection=Collection.QUOTE,
        item_id=number,
        words=str(quote["words"]),
        facets=Facets(kind_id=kinds[str(quote["kind"])], theme_ids=tagged),
    )


def searching(db: Database, network: NetworkId, rings: Rings, *, may_respell: bool) -> Asked:
    search = Search(db)

    async def ask(typed: str) -> list[str]:
        found = await search.find(
            network,
            Collection.QUOTE,
            typed,
            rings=rings,
            may_respell=may_respell,
            per_page=len(QUOTES),
        )
        return [QUOTES[each]["key"] for each in found.item_ids]

    return ask


async def plain() -> dict[str, Measured]:
    """SQLite's own: any of the words, ranked by bm25, which is as good as it gets."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE plain USING fts5 (words, tokenize = 'porter')")
        connection.executemany(
            "INSERT INTO plain (rowid, words) VALUES (?, ?)",
            [(number, quote["words"]) for number, quote in enumerate(QUOTES)],
        )

        async def ask(typed: str) -> list[str]:
            query = " OR ".join(f'"{word}"' for word in fold(typed).split())
            rows = connection.execute(
                "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank", [query]
            )
            return [QUOTES[number]["key"] for (number,) in rows]

        return await measured(ask)
