"""The published post, read in and asked what people would ask. Skips where the post is not."""

import tomllib
from pathlib import Path

import pytest

from bot.client import Services
from bot.search.entry import Collection, Entry
from bot.storage.database import Database
from bot.wisdom.importing.reading import read
from tests.conftest import HOME
from tests.importing.test_posts import SEED
from tests.relevance.measure import FIRST

QUERIES = tomllib.loads(Path(__file__).with_name("post_queries.toml").read_text("utf-8"))["query"]


@pytest.mark.skipif(not SEED.exists(), reason="the post is not part of the project")
async def test_what_the_post_says_is_found_by_other_words(db: Database, parts: Services) -> None:
    candidates = read(SEED.name, SEED.read_bytes())
    vocabulary = await parts.themes.vocabulary(HOME)
    async with db.write() as tx:
        for number, each in enumerate(candidates, start=1):
            entry = Entry(
                network_id=HOME,
                collection=Collection.QUOTE,
                item_id=number,
                heading=each.heading or "",
                words=each.words,
            )
            await parts.search.put(tx, entry)
    missed: list[str] = []
    for query in QUERIES:
        found = await parts.search.find(
            HOME, Collection.QUOTE, query["typed"], rings=vocabulary.rings, per_page=FIRST
        )
        if not set(found.item_ids) & set(query["relevant"]):
            missed.append(query["typed"])
    assert len(missed) <= 1, missed
