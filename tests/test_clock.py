"""Instants as text, and as words that people read aloud."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.clock import SystemClock, from_text, instant_of, spoken, spoken_length, to_text
from bot.errors import Invalid
from tests.conftest import NOW

LONDON = ZoneInfo("Europe/London")
WALL = datetime  # what a clock on the wall shows belongs to no zone yet


def test_an_instant_comes_back_from_its_text() -> None:
    assert to_text(NOW) == "2026-11-23T09:00:00Z"
    assert from_text(to_text(NOW)) == NOW


def test_an_instant_of_another_zone_is_kept_in_utc() -> None:
    summer = datetime(2026, 7, 2, 14, tzinfo=LONDON)
    assert to_text(summer) == "2026-07-02T13:00:00Z"


def test_instants_as_text_sort_as_instants_do() -> None:
    instants = [datetime(2026, 12, 3, 14, tzinfo=UTC), NOW, datetime(2027, 1, 1, tzinfo=UTC)]
    assert sorted(map(to_text, instants)) == [to_text(each) for each in sorted(instants)]


def test_the_system_clock_says_whole_seconds_in_utc() -> None:
    now = SystemClock().now()
    assert now.tzinfo is UTC
    assert now.microsecond == 0
    assert abs((datetime.now(UTC) - now).total_seconds()) < 5


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/London", "Thursday 3 December 2026, 2:00pm UK time"),
        ("Europe/Lisbon", "Thursday 3 December 2026, 2:00pm Lisbon time"),
        ("Europe/Dublin", "Thursday 3 December 2026, 2:00pm Irish time"),
        ("America/New_York", "Thursday 3 December 2026, 9:00am New York time"),
        ("UTC", "Thursday 3 December 2026, 2:00pm UTC"),
        ("Pacific/Auckland", "Friday 4 December 2026, 3:00am Auckland time"),
    ],
)
def test_an_instant_is_said_on_the_wall_of_the_zone(zone: str, words: str) -> None:
    assert spoken(datetime(2026, 12, 3, 14, tzinfo=UTC), ZoneInfo(zone)) == words


def test_noon_and_midnight_have_their_own_half_of_the_day() -> None:
    assert "12:00pm" in spoken(datetime(2026, 12, 3, 12, tzinfo=UTC), LONDON)
    assert "12:05am" in spoken(datetime(2026, 12, 3, 0, 5, tzinfo=UTC), LONDON)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (15, "15 minutes"),
        (60, "1 hour"),
        (61, "1 hour 1 minute"),
        (90, "1 hour 30 minutes"),
        (720, "12 hours"),
    ],
)
def test_a_length_is_said_in_hours_and_minutes(minutes: int, words: str) -> None:
    assert spoken_length(minutes) == words


def test_the_same_hour_on_the_wall_is_another_instant_in_summer() -> None:
    assert instant_of(WALL(2027, 3, 4, 18, 30), LONDON).hour == 18
    assert instant_of(WALL(2027, 4, 1, 18, 30), LONDON).hour == 17


def test_an_hour_that_clocks_skip_is_refused_with_the_hour_after() -> None:
    with pytest.raises(Invalid) as refused:
        instant_of(WALL(2027, 3, 28, 1, 30), LONDON)
    assert str(refused.value) == (
        "There is no 1:30am on Sunday 28 March 2027: the clocks go forward that day and skip "
        "that hour. Did you mean 2:30am?"
    )


def test_an_hour_that_comes_twice_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        instant_of(WALL(2026, 10, 25, 1, 30), LONDON)
    assert str(refused.value) == (
        "1:30am on Sunday 25 October 2026 comes twice: the clocks go back that day and show that "
        "hour again. Please choose another time."
    )


def test_the_minutes_around_a_clock_change_are_accepted() -> None:
    for day, hour, minute in ((28, 0, 59), (28, 2, 0)):
        assert instant_of(WALL(2027, 3, day, hour, minute), LONDON)
    for hour, minute in ((0, 59), (2, 0)):
        assert instant_of(WALL(2026, 10, 25, hour, minute), LONDON)
