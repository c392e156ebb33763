"""What people type, made safe to keep."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import prose
from bot.conversations.model import Details
from bot.errors import Invalid

PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"  # "I want"
FAMILY = "👩\u200d👩\u200d👧"


def title(typed: str) -> str:
    return prose.line(typed, called="title", at_most=100)


def places(typed: str | int) -> int:
    return prose.whole_number(typed, called="number of places", least=1, most=10_000)


def test_a_title_may_have_one_to_a_hundred_characters() -> None:
    assert title("a") == "a"
    assert title("a" * 100) == "a" * 100


@pytest.mark.parametrize(("length", "said"), [(101, "101"), (5000, "5,000")])
def test_a_longer_title_is_refused_with_its_length(length: int, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        title("a" * length)
    assert str(refused.value) == (
        f"The title is {said} characters long. Please shorten it to 100 or fewer."
    )


NOTHING_TO_SEE = (
    *("", " ", "\n\t", "\x00", "\u00ad", "\u200b\u200b", "\u200d", "\u2028", "\u202e\u202c"),
    *("\u2800", "\u3164", "\ufe0f", "\U000e0041", "\ud83d"),
)


@pytest.mark.parametrize("typed", NOTHING_TO_SEE, ids=ascii)
def test_a_title_that_shows_nothing_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        title(typed)
    assert str(refused.value) == (
        "The title needs at least one letter or number that people can see."
    )


def test_spaces_and_newlines_in_a_title_become_one_space() -> None:
    assert title("  Who \r\n\t decides\u2028now? ") == "Who decides now?"


def test_twins_that_look_the_same_are_kept_the_same() -> None:
    composed, apart = "Café", unicodedata.normalize("NFD", "Café")
    assert composed != apart
    assert title(composed) == title(apart) == composed


def test_marks_that_change_the_direction_of_text_are_taken_out() -> None:
    assert title("\u202egnihtemos\u202c else\u2066\u2069\u200b\ufeff") == "gnihtemos else"


def test_emoji_and_scripts_that_need_joiners_keep_them() -> None:
    assert title(f"Family {FAMILY}") == f"Family {FAMILY}"
    assert title(PERSIAN) == PERSIAN


def test_control_characters_and_half_characters_are_taken_out() -> None:
    assert title("Who\x00 de\x1bcides\x7f?\ud83d") == "Who decides?"


def test_a_passage_keeps_its_paragraphs_and_no_more() -> None:
    typed = "One \r\ntwo\r\n\r\n\r\n\r\nthree  \n"
    assert prose.passage(typed, called="description", at_most=1500) == "One\ntwo\n\nthree"


@pytest.mark.parametrize("typed", ["", " \n ", "\u200b", "\u3164\n\u2800"])
def test_a_passage_may_be_empty(typed: str) -> None:
    assert prose.passage(typed, called="description", at_most=1500) == ""


def test_a_passage_that_is_too_long_is_refused_with_its_length() -> None:
    assert prose.passage("a" * 1500, called="description", at_most=1500)
    with pytest.raises(Invalid) as refused:
        prose.passage("a" * 1501, called="description", at_most=1500)
    assert str(refused.value) == (
        "The description is 1,501 characters long. Please shorten it to 1,500 or fewer."
    )


@pytest.mark.parametrize(
    ("typed", "number"),
    [("1", 1), (" 12 ", 12), ("1,000", 1000), ("10 000", 10_000), ("+5", 5), ("007", 7), (3, 3)],
)
def test_a_number_is_read_with_commas_and_spaces_forgiven(typed: str | int, number: int) -> None:
    assert places(typed) == number


@pytest.mark.parametrize(
    "typed",
    ["0", "-1", 0, -1, "10001", 10_000_000, "ten", "٣", "²", "1.5", "", "1e3", "0x10", "9" * 5000],
)
def test_anything_else_is_refused_with_the_range(typed: str | int) -> None:
    with pytest.raises(Invalid) as refused:
        places(typed)
    assert str(refused.value) == "The number of places must be a whole number from 1 to 10,000."


def test_no_number_of_places_means_no_limit() -> None:
    for empty in (None, "", "  "):
        assert Details.read(title="Who?", minutes=90, places=empty).places is None
    assert Details.read(title="Who?", minutes=90, places="12").places == 12


@pytest.mark.parametrize("minutes", ["14", "721", "an hour", ""])
def test_a_conversation_lasts_a_quarter_of_an_hour_to_half_a_day(minutes: str) -> None:
    with pytest.raises(Invalid) as refused:
        Details.read(title="Who?", minutes=minutes, places=None)
    assert str(refused.value) == "The length in minutes must be a whole number from 15 to 720."


@given(st.text(alphabet=st.characters(), max_size=200))
def test_tidying_twice_changes_no_more_than_tidying_once(typed: str) -> None:
    once = prose.tidy(typed)
    assert prose.tidy(once) == once
    once.encode()


@given(st.text(alphabet=st.characters(), max_size=120))
def test_any_title_is_kept_on_one_line_or_refused(typed: str) -> None:
    try:
        kept = title(typed)
    except Invalid:
        return
    assert 1 <= len(kept) <= 100
    assert kept.splitlines() == [kept]
