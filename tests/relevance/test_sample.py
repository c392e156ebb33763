"""The invented words and the questions asked of them are fit to measure a search by."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import snowballstemmer

ROOT = Path(__file__).parent.parent.parent
DEMO = ROOT / "bot" / "demo"
HERE = Path(__file__).parent

KINDS = {"example", "challenge", "advice", "template", "question"}
THEMES = {
    *("recruitment", "commissioning", "service-design", "delivery", "outcomes-kpis"),
    *("monitoring-review", "leadership", "buy-in", "culture", "consistency", "continuity"),
    *("champions", "templates", "learning-networks", "resources", "payment", "power"),
    *("tokenism", "accessibility", "language", "trust", "wellbeing", "feedback-loop"),
    *("decisions", "inclusion"),
}
PERSPECTIVES = {
    *("lived-experience", "frontline-worker", "commissioner", "provider-manager"),
    *("local-authority", "carer-family", "researcher"),
}
WAYS = {"other words", "misspelt", "two things"}
LITTLE_WORDS = {
    *("a", "about", "after", "an", "and", "are", "at", "be", "because", "being", "before", "by"),
    *("can", "can't", "do", "does", "for", "from", "get", "how", "i", "in", "is", "it", "of"),
    *("on", "or", "our", "should", "so", "that", "the", "there", "they", "this", "to", "us"),
    *("we", "what", "when", "who", "why", "with", "you", "your"),
}


def read(path: Path, name: str) -> list[dict[str, Any]]:
    return tomllib.loads(path.read_text("utf-8"))[name]


QUOTES = read(DEMO / "wisdom.toml", "quote")
PRACTICES = read(DEMO / "practice.toml", "practice")
QUERIES = read(HERE / "queries.toml", "query")
POST_QUERIES = read(HERE / "post_queries.toml", "query")
WORDS_OF = {quote["key"]: quote["words"] for quote in QUOTES}

STEMMER = snowballstemmer.stemmer("english")


def stems(text: str) -> set[str]:
    words = re.findall(r"[a-z0-9']+", text.casefold().replace("\u2019", "'"))
    return set(STEMMER.stemWords([word for word in words if word not in LITTLE_WORDS]))


def how_many(way: str) -> int:
    return sum(way in query.get("ways", ()) for query in QUERIES)


def test_every_quote_has_a_key_and_words_of_its_own() -> None:
    assert len(QUOTES) >= 130
    assert len(WORDS_OF) == len(QUOTES)
    assert len(set(WORDS_OF.values())) == len(QUOTES)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key) for key in WORDS_OF)


def test_quotes_are_as_short_and_as_long_as_people_speak() -> None:
    lengths = [len(words.split()) for words in WORDS_OF.values()]
    assert min(lengths) >= 6
    assert max(lengths) <= 90
    assert sum(length < 15 for length in lengths) >= 10
    assert sum(length > 60 for length in lengths) >= 8


@pytest.mark.parametrize("quote", QUOTES, ids=lambda quote: quote["key"])
def test_a_quote_says_what_it_is_and_nothing_else(quote: dict[str, Any]) -> None:
    assert {*quote, "content_note"} == {
        *("key", "words", "kind", "themes", "perspective", "year", "content_note")
    }
    assert quote["kind"] in KINDS
    assert quote["perspective"] in PERSPECTIVES
    assert 2024 <= quote["year"] <= 2026
    assert 1 <= len(set(quote["themes"])) == len(quote["themes"]) <= 4
    assert set(quote["themes"]) <= THEMES
    assert quote["words"] == quote["words"].strip()
    assert quote.get("content_note", "mentions").startswith("mentions")


def test_every_theme_kind_and_perspective_has_quotes_to_find() -> None:
    themes = Counter(theme for quote in QUOTES for theme in quote["themes"])
    kinds = Counter(quote["kind"] for quote in QUOTES)
    perspectives = Counter(quote["perspective"] for quote in QUOTES)
    assert {theme for theme in THEMES if themes[theme] < 4} == set()
    assert {kind for kind in KINDS if kinds[kind] < 5} == set()
    assert {each for each in PERSPECTIVES if perspectives[each] < 5} == set()


@pytest.mark.parametrize("practice", PRACTICES, ids=lambda practice: practice["title"])
def test_a_practice_is_whole_and_fits_a_form(practice: dict[str, Any]) -> None:
    assert {*practice, "link"} == {
        *("title", "did", "changed", "tell_others", "kind", "themes", "link")
    }
    assert 1 <= len(practice["title"]) <= 100
    assert all(1 <= len(practice[part]) <= 1000 for part in ("did", "changed", "tell_others"))
    assert practice["kind"] in KINDS
    assert 1 <= len(set(practice["themes"])) == len(practice["themes"]) <= 4
    assert set(practice["themes"]) <= THEMES
    assert practice.get("link", "https://example.org/").startswith("https://example.org/")


def test_there_are_practices_enough_for_more_than_one_page() -> None:
    assert len({practice["title"] for practice in PRACTICES}) == len(PRACTICES) >= 24
    assert {practice["kind"] for practice in PRACTICES} == KINDS


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["typed"])
def test_a_query_names_quotes_that_exist_once_each(query: dict[str, Any]) -> None:
    assert {*query, "ways"} == {"typed", "relevant", "ways"}
    assert 1 <= len(set(query["relevant"])) == len(query["relevant"]) <= 12
    assert set(query["relevant"]) <= WORDS_OF.keys()
    assert set(query.get("ways", ())) <= WAYS
    assert 1 <= len(query["typed"].split()) <= 8


def test_there_are_queries_enough_of_every_sort() -> None:
    assert len({query["typed"].casefold() for query in QUERIES}) == len(QUERIES) >= 70
    assert how_many("other words") >= 20
    assert how_many("misspelt") >= 8
    assert how_many("two things") >= 5
    assert sum(len(query["typed"].split()) == 1 for query in QUERIES) >= 10


@pytest.mark.parametrize(
    "query",
    [query for query in QUERIES if "other words" in query.get("ways", ())],
    ids=lambda query: query["typed"],
)
def test_other_words_are_needed_where_it_says_so(query: dict[str, Any]) -> None:
    typed = stems(query["typed"])
    without = [key for key in query["relevant"] if not typed & stems(WORDS_OF[key])]
    assert len(without) > len(query["relevant"]) / 2


def test_queries_of_the_post_name_its_quotes_by_number() -> None:
    assert len({query["typed"] for query in POST_QUERIES}) == len(POST_QUERIES) == 10
    for query in POST_QUERIES:
        assert 1 <= len(set(query["relevant"])) == len(query["relevant"])
        assert set(query["relevant"]) <= set(range(1, 15))
        assert set(query.get("ways", ())) <= WAYS
