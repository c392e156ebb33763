"""Whatever is typed: no error, nothing of another network, and never long.

`NASTY=100000` tries that many, in some minutes.
"""

import os
import random
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.search.entry import Collection
from bot.search.rings import Rings
from bot.search.service import Search
from bot.search.words import fold, words
from tests.conftest import AWAY, HOME
from tests.search.conftest import RINGS, Put

QUOTE = Collection.QUOTE
HOW_MANY = int(os.environ.get("NASTY", "1500"))
BOUND = 1.0
"""Seconds, on a busy machine, for what takes milliseconds."""

PIECES = [
    "customer", "comissioner", "wheel", "co-production", "co-", "-co", "tick-box", "n2002qa0",
    '"', "''", "“", "”", "*", "^", "(", ")", "{", "}", ":", "-", "+", ",", ".", "%", "\\", "/",
    "AND", "OR", "NOT", "NEAR", "NEAR(", "facets:", "words :", "heading", "rowid", "NULL", "rank",
    "\x00", "\x1b", "\n", "\t", "\ud800", "\u202e", "\u200b", "\ufeff", "🎉", "é", "e\u0301",
    "ﬁ", "ß", "İ", "हिन्दी", "ไทย", "日本語", "العربية",
    "👩‍👩‍👧", "a" * 4000, "a " * 2000, "1" * 500, "'" * 300,
    '"' * 301, "(" * 300, "co-" * 500, "ﷺ" * 300, "<@1>", "`", "--", ";", "DROP TABLE quote",
    "the", "of", "lived experience", "us", "away",
]  # fmt: skip


def nasty(seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311  # not for secrets
    if chance.random() < 0.2:
        return "".join(chr(chance.choice([chance.randrange(128), chance.randrange(0x11000)]))
                       for _ in range(chance.randrange(1, 60)))  # fmt: skip
    joint = chance.choice(["", " ", " ", '" '])
    return joint.join(chance.choices(PIECES, k=chance.randrange(1, 9)))


async def test_nothing_typed_raises_leaks_or_takes_long(search: Search, put: Put) -> None:
    for item_id in range(30):
        await put(item_id, f"The customer and the commissioner reinvent wheel {item_id}")
    await put(100, "Us from away: customer commissioner wheel", network=AWAY)
    await put(101, "Us from away: customer", collection=Collection.PRACTICE)
    slowest = 0.0
    for seed in range(HOW_MANY):
        typed = nasty(seed)
        began = time.process_time()  # whatever else the machine does
        found = await search.find(HOME, QUOTE, typed, rings=RINGS, per_page=600)
        completed = await search.complete(HOME, QUOTE, typed)
        alike = await search.like(HOME, QUOTE, typed)
        slowest = max(slowest, time.process_time() - began)
        reached = {*found.item_ids, *alike.doubles, *alike.similar}
        assert not reached & {100, 101}, typed
        assert not any(fold(each).endswith("away") for each in completed), typed
    print(f"the slowest of {HOW_MANY:,}: {slowest * 1000:.0f} ms")  # noqa: T201
    assert slowest < BOUND


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_folding_gives_the_same_when_folded_again(text: str) -> None:
    """So what is typed as it was shown finds it; and places are where the words are."""
    folded = fold(text)
    assert not set(folded) & set('"\x00*():^')
    at = 0
    for word in words(text):
        assert at <= word.start < word.end <= len(text)
        at = word.end


def test_rings_of_nothing_hold_nothing() -> None:
    assert Rings().of("customer") == ()
