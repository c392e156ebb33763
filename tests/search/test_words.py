"""Spellings of one word are one word, and families of words are known."""

import sqlite3
from contextlib import closing

import pytest

from bot.search.words import LONGEST_WORD, fold, root, stem, words
from tests.relevance.test_sample import QUOTES


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        (
            "Co-production coproduction co production CO-PRO copro co\u2011produced",
            "coproduction " * 6,
        ),
        ("co-design, co-designed", "codesign codesigned"),
        ("coop company coprocessor co profit", "coop company coprocessor co profit"),
        ("Don't don\u2019t dont", "dont dont dont"),
        ("the KPI's", "the kpis"),
        ("Organization, anonymized; size, prize", "organisation anonymised size prize"),
        ("programs at the center", "programmes at the centre"),
        ("L.A. and e.g. this", "la and eg this"),
        ("CAF\u00c9 cafe\u0301", "cafe cafe"),
        ("\uff21\uff22\uff23 \ufb01ne stra\u00dfe", "abc fine strasse"),
        ("n_q \x00 \ud800x 85% C++", "n q x 85 c"),
        ("\u0939\u093f\u0928\u094d\u0926\u0940", "\u0939\u093f\u0928\u094d\u0926\u0940"),
        ("a" * 100, "a" * LONGEST_WORD),
        ("...", ""),
    ],
)
def test_spellings_fold_into_one(text: str, folded: str) -> None:
    assert fold(text) == folded.strip()


@pytest.mark.parametrize(
    "family",
    [
        "lead leader leaders leadership led",
        "commission commissioner commissioning",
        "fund funder funding",
        "include inclusion inclusive",
        "participate participation participatory participants",
        "anonymous anonymised anonymity",
        "decide decision",
        "token tokenism tokenistic",
        "employ employer employee employment",
        "recruit recruiter recruitment",
        "pay paid payment",
        "organisation organization organise organiser",
        "consistent consistency",
    ],
)
def test_a_family_has_one_root(family: str) -> None:
    assert len({root(fold(word)) for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("number", "numb"),
        ("tender", "tend"),
        ("mother", "moth"),
        ("police", "policy"),
        ("state", "statement"),
        ("home", "homeless"),
    ],
)
def test_words_that_only_look_alike_are_no_family(one: str, other: str) -> None:
    assert root(one) != root(other)


def test_each_word_is_where_it_says() -> None:
    text = "Don\u2019t say co-production, say L.A."
    assert [text[word.start : word.end] for word in words(text)] == [
        *("Don\u2019t", "say", "co-production", "say", "L.A."),
    ]


def test_the_stemmer_in_python_is_the_one_of_the_index() -> None:
    said = {word for quote in QUOTES for word in fold(quote["words"]).split()}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE said USING fts5 (word, tokenize = 'porter unicode61')"
        )
        connection.execute("CREATE VIRTUAL TABLE stems USING fts5vocab (said, instance)")
        connection.executemany("INSERT INTO said (word) VALUES (?)", [(each,) for each in said])
        rows = connection.execute(
            "SELECT word, term FROM stems JOIN said ON said.rowid = stems.doc"
        )
        differing = {word: (term, stem(word)) for word, term in rows if term != stem(word)}
    assert differing == {}
