"""Quotes that say nearly the same, found and shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wisdom.importing.doubles import Known, nearly_double, with_doubles
from bot.wisdom.importing.model import Candidate

WORDS = (
    "We asked tenants at the hostel door on Sunday why they came, "
    "and nobody had asked them that before."
)


def numbers(words: str, *others: str) -> list[int]:
    known = [Known(number, each) for number, each in enumerate(others, start=1)]
    return [each.number for each in nearly_double(words, known)]


@pytest.mark.parametrize(
    "other",
    [
        WORDS.upper(),
        WORDS.replace(",", " –"),
        "Nobody had asked them before. So we asked tenants why they came, on Sunday, at the hostel "
        "door!",
        WORDS.replace("asked", "askd").replace("nobody", "no-body"),
        f"{WORDS} Which was the beginning of the forum that we have had ever since then.",
        WORDS.replace("came", "come"),
    ],
)
def test_what_says_nearly_the_same_is_a_double(other: str) -> None:
    assert numbers(WORDS, other) == [1]
    assert numbers(other, WORDS) == [1]


@pytest.mark.parametrize(
    "other",
    [
        "We asked the commissioner why the contract had no room for people to say what they think.",
        "People at the top of the organisation need to be shouting about it.",
        "",
        "—",
    ],
)
def test_what_says_something_else_is_none(other: str) -> None:
    assert numbers(WORDS, other) == []
    assert numbers(other, WORDS) == []


def test_short_quotes_are_doubles_only_of_the_same_words() -> None:
    assert numbers("It's not for us.", "IT’S NOT FOR US", "It's not for us, is it.") == [1]
    assert numbers("We asked the door.", WORDS) == []


def test_the_likest_come_first_and_not_more_than_five() -> None:
    likes = [f"{WORDS} {'And a good bit more than that. ' * 3}", *[WORDS] * 7]

    assert numbers(WORDS, "Something else altogether.", *likes) == [2, 3, 4, 5, 6]


def test_doubles_are_told_on_both_sides_and_with_what_is_kept() -> None:
    found = [Candidate(words=words) for words in (WORDS, "Something else.", WORDS.upper())]

    first, second, third = with_doubles(found, [Known(17, WORDS)])

    assert [(each.is_kept, each.number) for each in first.nearly_doubles] == [
        (True, 17),
        (False, 3),
    ]
    assert second.nearly_doubles == ()
    assert [(each.is_kept, each.number) for each in third.nearly_doubles] == [
        (True, 17),
        (False, 1),
    ]
    assert first.nearly_doubles[0].words == WORDS
    assert first.nearly_doubles[0].likeness == 100


@given(st.text(max_size=200), st.lists(st.text(max_size=200), max_size=5))
def test_any_words_can_be_compared(words: str, others: list[str]) -> None:
    likes = nearly_double(words, [Known(number, each) for number, each in enumerate(others)])

    assert all(85 <= each.likeness <= 100 for each in likes)
