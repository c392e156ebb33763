"""Whatever somebody types is answered, and never with what is another network's."""

import pytest

from bot.ids import ConversationId, KindId
from bot.search.entry import Collection, Filters
from bot.search.found import Tried
from bot.search.service import Search
from tests.conftest import AWAY, HOME
from tests.search.conftest import (
    COMMISSIONING,
    RECRUITMENT,
    RINGS,
    Put,
)

QUOTE = Collection.QUOTE
SAID = {
    1: "Customers should choose the staff who support them",
    2: "The commissioner asked us what the outcomes should be",
    3: "It was a tick-box exercise from start to end",
    4: "We were on the interview panel for the new manager",
    5: "Leaders must believe in co-production or it dies with them",
    6: "Nobody had read the tender with real lives in mind",
    7: "KPI's that mean nothing to those who use it",
    8: "Don\u2019t reinvent the wheel: ask the next town for their template",
    9: "C++ is a language and 85% is a number",
    10: "Write to email@example.org about the café",
}


@pytest.fixture
async def said(put: Put) -> None:
    for item_id, words in SAID.items():
        await put(item_id, words)
    await put(100, "Us from away: customer commissioner reinvent the wheel", network=AWAY)
    await put(101, "Practice: customer reinvent", collection=Collection.PRACTICE)


async def ids(search: Search, typed: str, **options: object) -> set[int]:
    found = await search.find(HOME, QUOTE, typed, rings=RINGS, **options)  # type: ignore[arg-type]
    return set(found.item_ids)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("co-production", 5),
        ("co-prod*", 5),
        ("KPI's", 7),
        ("kpis", 7),
        ("don't", 8),
        ("dont reinvent", 8),
        ("“reinvent”…", 8),
        ('"reinvent the wheel', 8),
        ('"reinvent the wheel"', 8),
        ("“reinvent the wheel”", 8),
        ("85%", 9),
        ("C++", 9),
        ("email@example.org", 10),
        ("cafe", 10),
        ("CAFÉ", 10),
        ("-customer", 1),
        ("NOT customer", 1),
        ("heading:customer", 1),
        ("customer\x00", 1),
        ("\x00\x00 customer \ud800", 1),
        ("(customer)", 1),
        ("customer^2", 1),
        ("NEAR(reinvent wheel, 5)", 8),
        ("\uff43\uff55\uff53tomer", 1),
        ("customer 🎉", 1),
    ],
)
async def test_what_would_break_a_query_finds_what_was_meant(
    search: Search, typed: str, expected: int
) -> None:
    found = await search.find(HOME, QUOTE, typed, rings=RINGS)
    assert found.item_ids[0] == expected


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    "typed", ["", "   ", "*", '"', '""', "''", "!?.,;", "\x00", "🎉", "—", "^", "()"]
)
async def test_what_has_no_word_in_it_finds_nothing_and_says_so(search: Search, typed: str) -> None:
    found = await search.find(HOME, QUOTE, typed)
    assert (found.item_ids, found.tried) == ((), Tried.NOTHING)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    "typed",
    [
        "us OR n2002qa0",
        "n2002qa0",
        "facets:n2002qa0",
        'x" OR facets:"n2002qa0',
        'x") OR facets : ("n2002qa0',
        "away",
        "{facets} : n2002qa0",
        "n1001pa0",
        "practice",
    ],
)
async def test_nothing_typed_reaches_another_network_or_collection(
    search: Search, typed: str
) -> None:
    found = await search.find(HOME, QUOTE, typed, per_page=50)
    assert not {100, 101} & set(found.item_ids)
    assert "away" not in found.near
    assert "practice" not in found.near
    assert not await search.complete(HOME, QUOTE, "awa")


@pytest.mark.usefixtures("said")
async def test_a_token_to_sort_by_finds_nothing_when_it_is_typed(search: Search) -> None:
    for token in ("n1001qa0", "n1001q"):
        assert await ids(search, token) == set()


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("coproduction", 5),
        ("co production", 5),
        ("co-produced", 5),
        ("co-pro", 5),
        ("leadership", 5),
        ("leader", 5),
        ("commissioning", 2),
        ("tickbox", 3),
        ("tick box", 3),
        ("hiring", 4),
        ("recruitment", 4),
        ("procurement", 6),
        ("lived experience", 1),
        ("tokenism", 3),
        ("lip service", 3),
    ],
)
async def test_one_word_for_a_thing_finds_another(
    search: Search, typed: str, expected: int
) -> None:
    assert expected in await ids(search, typed)


async def test_the_very_word_comes_before_another_word_for_it(search: Search, put: Put) -> None:
    await put(1, "Hiring should be done together")
    await put(2, "Recruitment should be done together")
    await put(3, "Hiring should be done with care")
    found = await search.find(HOME, QUOTE, "recruitment", rings=RINGS)
    assert found.item_ids[0] == 2
    assert set(found.item_ids) == {1, 2, 3}


async def test_a_theme_is_found_by_each_word_of_its_ring(search: Search, put: Put) -> None:
    await put(1, "We chose our own boss", theme_ids=[RECRUITMENT])
    await put(2, "We chose our own boss", theme_ids=[COMMISSIONING])
    assert await ids(search, "hiring") == {1}
    assert await ids(search, "hiring boss") == {1, 2}  # the second by one of the words
    assert await ids(search, "boss") == {1, 2}


async def test_fewer_than_three_with_every_word_are_followed_by_those_with_some(
    search: Search, put: Put
) -> None:
    await put(1, "Trust takes time")
    await put(2, "Trust takes years and money")
    await put(3, "Money takes over")
    found = await search.find(HOME, QUOTE, "trust money")
    assert found.tried is Tried.LOOSENED
    assert found.with_all == 1
    assert found.item_ids[0] == 2
    assert set(found.item_ids) == {1, 2, 3}


async def test_three_with_every_word_are_enough(search: Search, put: Put) -> None:
    for item_id in (1, 2, 3):
        await put(item_id, f"Trust is money {item_id}")
    await put(4, "Trust takes time")
    found = await search.find(HOME, QUOTE, "trust money")
    assert (found.tried, set(found.item_ids)) == (Tried.EXACT, {1, 2, 3})


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("comissioning", "commissioner"),
        ("commisioner", "commissioner"),
        ("recuitment", "recruitment"),
        ("templte", "template"),
        ("tokanism", "tokenism"),
        ("custmer", "customer"),
        ("outcums", "outcomes"),
        ("langauge", "language"),
    ],
)
async def test_a_misspelt_word_is_put_right_and_said(
    search: Search, typed: str, meant: str
) -> None:
    found = await search.find(HOME, QUOTE, typed, rings=RINGS)
    assert found.tried is Tried.RESPELT
    assert found.showing.startswith(meant[:7])
    assert found.item_ids
    as_typed = await search.find(HOME, QUOTE, typed, rings=RINGS, may_respell=False)
    assert as_typed.tried is not Tried.RESPELT
    assert as_typed.showing == typed


@pytest.mark.usefixtures("said")
async def test_a_word_that_is_in_use_is_not_put_right(search: Search) -> None:
    found = await search.find(HOME, QUOTE, "tender", rings=RINGS)
    assert (found.tried, found.showing) == (Tried.EXACT, "tender")


@pytest.mark.usefixtures("said")
async def test_nothing_found_names_what_is_near(search: Search) -> None:
    found = await search.find(HOME, QUOTE, "uncommissionerly")
    assert found.tried is Tried.NEAR
    assert "commissioner" in found.near
    assert found.item_ids == (2,)
    nothing = await search.find(HOME, QUOTE, "qqqqqqqqq")
    assert (nothing.how_many, nothing.tried, nothing.near) == (0, Tried.EXACT, ())


async def test_nobody_is_sent_after_words_that_find_nothing_either(search: Search) -> None:
    found = await search.find(HOME, QUOTE, "hirings tenders", rings=RINGS)
    assert (found.how_many, found.near) == (0, ())


@pytest.mark.usefixtures("said")
async def test_a_phrase_between_quotation_marks_is_found_whole_first(search: Search) -> None:
    assert (await search.find(HOME, QUOTE, '"the new manager"')).item_ids[0] == 4
    loosened = await search.find(HOME, QUOTE, '"manager new"')
    assert loosened.with_all == 0
    assert loosened.tried is Tried.LOOSENED


async def test_everything_found_passes_every_filter(search: Search, put: Put) -> None:
    one = {
        "kind_id": KindId(1),
        "theme_ids": [RECRUITMENT],
        "perspective": "lived experience",
        "conversation_id": ConversationId(7),
        "year": 2026,
        "is_featured": True,
    }
    other = {
        "kind_id": KindId(11),
        "theme_ids": [COMMISSIONING],
        "perspective": "carer/family",
        "conversation_id": ConversationId(77),
        "year": 2025,
        "is_featured": False,
    }
    await put(1, "Trust takes time", **one)
    await put(2, "Trust takes money", **other)
    assert await ids(search, "trust") == {1, 2}
    for name, value in one.items():
        assert await ids(search, "trust", filters=Filters(**{name: value})) == {1}, name
        assert await ids(search, "", filters=Filters(**{name: value})) == {1}, name
        both = {"theme_ids": [*one["theme_ids"], *other["theme_ids"]]}
        assert await ids(search, "trust", filters=Filters(**both)) == {1, 2}
    for name, value in other.items():
        if value:
            assert await ids(search, "trust", filters=Filters(**{name: value})) == {2}, name


async def test_filters_that_leave_nothing_say_what_there_is_without_them(
    search: Search, put: Put
) -> None:
    await put(1, "Trust takes time", year=2026)
    found = await search.find(HOME, QUOTE, "trust", filters=Filters(year=2020))
    assert (found.how_many, found.without_filters) == (0, 1)


async def test_pages_hold_everything_once_and_end(search: Search, put: Put) -> None:
    for item_id in range(23):
        await put(item_id, f"Trust number {item_id}")
    pages = [await search.find(HOME, QUOTE, "trust", page=n, per_page=5) for n in range(1, 6)]
    assert [each for page in pages for each in page.item_ids] == sorted(range(23), reverse=True)
    assert {page.pages for page in pages} == {5}
    assert {page.how_many for page in pages} == {23}
    assert (await search.find(HOME, QUOTE, "trust", page=99)).item_ids == pages[-1].item_ids
    assert (await search.find(HOME, QUOTE, "trust", page=-1)).item_ids == pages[0].item_ids


async def test_what_is_put_again_does_not_become_the_newest(search: Search, put: Put) -> None:
    await put(1, "Trust takes time")
    await put(2, "Trust takes time")
    await put(1, "Trust takes more")
    assert (await search.find(HOME, QUOTE, "trust")).item_ids == (2, 1)


@pytest.mark.usefixtures("said")
async def test_help_with_typing_offers_only_what_is_found(search: Search) -> None:
    assert await search.complete(HOME, QUOTE, "co") == ["commissioner", "co-production"]
    assert await search.complete(HOME, QUOTE, "the com") == ["the commissioner"]
    assert await search.complete(HOME, QUOTE, "tender com") == []
    assert await search.complete(HOME, QUOTE, "wheel te") == ["wheel template"]
    assert await search.complete(HOME, QUOTE, "") == []
    assert await search.complete(HOME, QUOTE, '" OR ') == []
    assert await search.complete(HOME, QUOTE, "%") == []


async def test_a_near_double_is_known_and_other_words_are_only_alike(
    search: Search, put: Put
) -> None:
    text = "A manager recruited by the service users knows who they are working for every day"
    await put(1, text)
    await put(2, "A manager recruited by service users always knows who they are working for")
    await put(3, "Every manager here was recruited with somebody from outside on the panel, daily")
    await put(4, "Nothing of this is about that, and it is as long as the others are, with a bus")
    alike = await search.like(HOME, QUOTE, text)
    assert set(alike.doubles) == {1, 2}
    assert 4 not in (*alike.doubles, *alike.similar)
    assert (await search.like(HOME, QUOTE, text, but=1)).doubles == (2,)


async def test_words_that_say_nothing_make_nothing_alike(search: Search, put: Put) -> None:
    await put(1, "It was what it was and that is what they all said about it then, was it not")
    alike = await search.like(HOME, QUOTE, "What is it that they said about it all, if it was so")
    assert (alike.doubles, alike.similar) == ((), ())
