"""What is about the thing is found by words that are not in it, and after what has the words."""

import pytest

from bot.ids import ThemeId
from bot.search.entry import Collection
from bot.search.found import Tried
from bot.search.rings import Ring, Rings
from bot.search.service import Search
from tests.conftest import AWAY, HOME
from tests.search.conftest import Put

QUOTE = Collection.QUOTE
TRUST, INCLUSION, PAYMENT, POWER = (ThemeId(number) for number in (1, 2, 3, 4))
RINGS = Rings(
    [
        Ring("Afraid", ("afraid", "scared", "heart in my mouth"), near_ids=(TRUST,)),
        Ring("Inclusion", ("inclusion", "seldom heard"), INCLUSION),
        Ring("Payment", ("payment", "expenses"), PAYMENT),
    ]
)


async def found(search: Search, typed: str) -> tuple[int, ...]:
    return (await search.find(HOME, QUOTE, typed, rings=RINGS, per_page=50)).item_ids


async def test_a_theme_that_is_near_follows_what_has_another_word_for_it(
    search: Search, put: Put
) -> None:
    await put(1, "I was scared of the board")
    await put(2, "It took two years until I said a word", theme_ids=[TRUST])
    await put(3, "The lift was out", theme_ids=[PAYMENT])
    result = await search.find(HOME, QUOTE, "afraid", rings=RINGS)
    assert (result.item_ids, result.with_all, result.tried) == ((1, 2), 1, Tried.LOOSENED)
    assert (await search.find(HOME, QUOTE, "scared", rings=RINGS)).item_ids == (1, 2)


async def test_a_phrase_that_nobody_has_used_leads_to_a_theme_that_is_near(
    search: Search, put: Put
) -> None:
    await put(1, "It took two years until I said a word", theme_ids=[TRUST])
    result = await search.find(HOME, QUOTE, "heart in my mouth", rings=RINGS)
    assert (result.item_ids, result.with_all) == ((1,), 0)


async def test_a_theme_that_is_near_is_left_out_when_the_words_find_enough(
    search: Search, put: Put
) -> None:
    for item_id in (1, 2, 3):
        await put(item_id, f"I was scared {item_id}")
    await put(4, "It took two years until I said a word", theme_ids=[TRUST])
    assert set(await found(search, "afraid")) == {1, 2, 3}


async def test_a_theme_that_is_near_finds_nothing_of_another_network(
    search: Search, put: Put
) -> None:
    await put(1, "It took two years", theme_ids=[TRUST], network=AWAY)
    await put(2, "It took two years", theme_ids=[TRUST], collection=Collection.PRACTICE)
    assert await found(search, "afraid") == ()


async def test_a_phrase_keeps_its_theme_when_not_every_word_is_there(
    search: Search, put: Put
) -> None:
    await put(1, "We went where they are", theme_ids=[INCLUSION])
    await put(2, "The ward upstairs has never heard of it")
    await put(3, "A group of us")
    assert await found(search, "seldom heard groups") == (1, 3, 2)


async def test_a_quote_with_one_theme_is_more_about_it_than_one_with_two(
    search: Search, put: Put
) -> None:
    await put(1, "Nobody asked", theme_ids=[PAYMENT])
    await put(2, "Nobody asked", theme_ids=[PAYMENT, POWER])
    assert await found(search, "expenses") == (1, 2)


@pytest.mark.parametrize(("typed", "first"), [("a peer", 2), ("the only peer", 1)])
async def test_little_words_tell_apart_what_the_others_find(
    search: Search, put: Put, typed: str, first: int
) -> None:
    await put(1, "I was the only peer there")
    await put(2, "I was a new peer there")
    assert (await found(search, typed))[0] == first


async def test_little_words_find_nothing_beside_others(search: Search, put: Put) -> None:
    await put(1, "I was the only one")
    await put(2, "Peers came")
    assert await found(search, "the only peer") == (2,)


async def test_what_is_about_the_same_as_the_others_comes_before_what_is_not(
    search: Search, put: Put
) -> None:
    """No ring has the word: what people tagged says what it is about."""
    await put(1, "The bus here was late", theme_ids=[PAYMENT])
    await put(2, "The bus back was late", theme_ids=[PAYMENT])
    await put(3, "The bus there was late", theme_ids=[POWER])
    assert await found(search, "bus") == (2, 1, 3)
    await put(1, "The tram here was late")
    assert await found(search, "bus") == (3, 2)
