"""Ten thousand practices: what is found, what is like another, and the index."""

import random
from datetime import UTC, datetime
from functools import partial

from bot.client import Services
from bot.ids import MemberId
from bot.people import Person
from bot.practice.model import PracticeState, Source, Written
from bot.practice.store import decision, practice, shown
from bot.search.entry import Filters
from bot.storage.database import Database
from cogs.practice.index import index_card
from tests.benchmarks.ground import NETWORK, ground, middle, timed

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = Person(network_id=NETWORK, member_id=MemberId(2), is_moderator=True)
WORDS = [f"{a}{b}{c}" for a in "bdfglmnprst" for b in "aeiou" for c in ("n", "ler", "ving", "st")]
TIMES = 15


async def add(parts: Services, db: Database, many: int, chance: random.Random) -> None:
    vocabulary = await parts.themes.vocabulary(NETWORK)
    means = parts.practice.showing._means
    async with db.write() as tx:
        await parts.networks.must_exist(tx, NETWORK)
        for _ in range(many):
            written = Written(
                title=" ".join(chance.choices(WORDS, k=6)),
                did=" ".join(chance.choices(WORDS, k=60)),
                changed=" ".join(chance.choices(WORDS, k=30)),
                kind_id=chance.choice(vocabulary.kinds).id,
                theme_ids=tuple({chance.choice(vocabulary.themes).id for _ in range(3)}),
            )
            id_ = await practice.add(
                tx, NETWORK, written, author_id=MemberId(3), source=Source.FORM, answers=None,
                now=NOW,
            )  # fmt: skip
            await decision.wait_for_moderator(tx, id_, NOW)
            await decision.decide(tx, id_, PracticeState.SHARED, BY.member_id, NOW)
            after = await practice.get(tx, id_, NETWORK)
            assert await shown.find(tx, NETWORK, id_) is not None
            await means.file(tx, after)


async def figures(parts: Services, chance: random.Random) -> list[float]:
    showing, posts = parts.practice.showing, parts.practice.posts
    vocabulary = await parts.themes.vocabulary(NETWORK)

    async def index() -> None:
        contents = await posts.contents(NETWORK)
        index_card(contents, vocabulary, await showing.by_theme(NETWORK))

    said = [" ".join(chance.choices(WORDS, k=40)) for _ in range(TIMES)]
    search = [await timed(partial(showing.search, NETWORK, each[:12], Filters())) for each in said]
    like = [await timed(partial(showing.like, NETWORK, each)) for each in said]
    titled = [await timed(partial(showing.titled, NETWORK, each[:4])) for each in said]
    return [middle(each) for each in (search, like, titled, [await timed(index) for _ in said])]


async def main() -> None:
    chance = random.Random(7)  # noqa: S311  # the same words each time
    print("milliseconds:  practices  search  like it  titles  index")
    async with ground() as (db, parts):
        there = 0
        for many in (1_000, 10_000):
            await add(parts, db, many - there, chance)
            there = many
            print(
                f"{many:24,} ", "  ".join(f"{each:6.1f}" for each in await figures(parts, chance))
            )
