"""Dates as people type them: read day first, read back, and never guessed."""

import re
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.clock import spoken
from bot.errors import Invalid
from bot.typed_date import read_date, read_day
from tests.conftest import NOW

LONDON = ZoneInfo("Europe/London")
TOKYO = ZoneInfo("Asia/Tokyo")
NEW_YORK = ZoneInfo("America/New_York")


def read(typed: str, *, now: datetime = NOW, zone: ZoneInfo = LONDON) -> str:
    """What was understood, on the wall of the zone."""
    return f"{read_date(typed, now=now, zone=zone).astimezone(zone):%Y-%m-%d %H:%M}"


def refusal(typed: str, *, now: datetime = NOW, zone: ZoneInfo = LONDON) -> str:
    with pytest.raises(Invalid) as refused:
        read_date(typed, now=now, zone=zone)
    return str(refused.value)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("3 Dec", "2026-12-03"),
        ("3 Dec 2pm", "2026-12-03"),
        ("three weeks", "2026-12-14"),
        ("tomorrow", "2026-11-24"),
        ("<t:1796338800:F>", "2026-12-04"),  # 11:00pm in London is the next day in Tokyo
    ],
)
def test_a_day_alone_needs_no_time(typed, understood):
    assert str(read_day(typed, now=NOW, zone=TOKYO)) == understood


def test_a_day_that_cannot_be_read_is_refused_as_a_date_is():
    with pytest.raises(Invalid, match="There is no 30 February"):
        read_day("30 Feb", now=NOW, zone=LONDON)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("3 Dec 2pm", "2026-12-03 14:00"),
        ("3 dec 2 PM", "2026-12-03 14:00"),
        ("3 Dec, 2 p.m.", "2026-12-03 14:00"),
        ("2pm 3 Dec", "2026-12-03 14:00"),
        ("3rd December at 14:00", "2026-12-03 14:00"),
        ("the 3rd of December at 2:30pm", "2026-12-03 14:30"),
        ("December 3, 2026 2pm", "2026-12-03 14:00"),
        ("Thursday 3 December 14:00", "2026-12-03 14:00"),
        ("Thurs 3 Dec 2.30pm", "2026-12-03 14:30"),
        ("thu 3/12/26 14.30", "2026-12-03 14:30"),
        ("3/12/2026 14:00", "2026-12-03 14:00"),
        ("3.12.2026 14.00", "2026-12-03 14:00"),
        ("3-12-2026 2pm", "2026-12-03 14:00"),
        ("2026-12-03 14:00", "2026-12-03 14:00"),
        ("2026-12-03T14:00:00", "2026-12-03 14:00"),
        ("02/04 2pm", "2027-04-02 14:00"),
        ("3 Dec noon", "2026-12-03 12:00"),
        ("3 Dec 12pm", "2026-12-03 12:00"),
        ("3 Dec 12:15am", "2026-12-03 00:15"),
        ("3 Dec 0:01", "2026-12-03 00:01"),
        ("3 Dec 07:00", "2026-12-03 07:00"),
        ("3 Dec 8:00", "2026-12-03 08:00"),
        ("3 Dec 23:59", "2026-12-03 23:59"),
        ("today 5pm", "2026-11-23 17:00"),
        ("tonight 7pm", "2026-11-23 19:00"),
        ("tomorrow 10am", "2026-11-24 10:00"),
        ("yesterday 2pm", "2026-11-22 14:00"),
        ("this Thursday 2pm", "2026-11-26 14:00"),
        ("Thursday next week 2pm", "2026-12-03 14:00"),
        ("next week Tuesday 2pm", "2026-12-01 14:00"),
        ("day after tomorrow 2pm", "2026-11-25 14:00"),
        ("3 Dec 12 noon", "2026-12-03 12:00"),
        ("3 Dec 26 2pm", "2026-12-03 14:00"),
        ("Thursday week 2pm", "2026-12-03 14:00"),
        ("in two weeks 2pm", "2026-12-07 14:00"),
        ("a week from now 2pm", "2026-11-30 14:00"),
        ("10 days' time 2pm", "2026-12-03 14:00"),
        ("in a month 2pm", "2026-12-23 14:00"),
        ("first Thursday of next month 2pm", "2026-12-03 14:00"),
        ("1st thursday of next month, 2pm", "2026-12-03 14:00"),
        ("last Thursday of this month 2pm", "2026-11-26 14:00"),
        ("last Monday of the month 2pm", "2026-11-30 14:00"),
        ("second Tuesday of December 6.30pm", "2026-12-08 18:30"),
        ("first Tuesday of November 2pm", "2027-11-02 14:00"),
        ("fourth Monday of November 2pm", "2026-11-23 14:00"),
        ("first Tuesday of April 2027 18:30", "2027-04-06 18:30"),
        ("fifth Thursday of December 2pm", "2026-12-31 14:00"),
        ("fifth Wednesday of March 2pm", "2027-03-31 14:00"),  # March 2026 had none
        ("  3   Dec\n2pm  ", "2026-12-03 14:00"),
    ],
)
def test_a_date_is_read_as_people_mean_it(typed: str, understood: str) -> None:
    assert read(typed) == understood


def test_a_date_without_a_year_is_the_next_such_date() -> None:
    assert read("23 Nov 2pm") == "2026-11-23 14:00"
    assert read("22 Nov 2pm") == "2027-11-22 14:00"


def test_a_date_that_a_desktop_calendar_pasted_with_direction_marks_is_read() -> None:
    assert read("\u200e03/\u200e12/\u200e2026 2pm") == "2026-12-03 14:00"


def test_today_is_the_day_of_the_network_not_of_utc() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert read("today 10am", now=late, zone=TOKYO) == "2026-11-24 10:00"
    assert read("today 10am", now=late) == "2026-11-23 10:00"


def test_a_time_is_on_the_wall_of_the_network() -> None:
    december = read_date("3 Dec 2pm", now=NOW, zone=NEW_YORK)
    assert december == datetime(2026, 12, 3, 19, tzinfo=UTC)
    july = read_date("1 July 2pm", now=NOW, zone=LONDON)
    assert july == datetime(2027, 7, 1, 13, tzinfo=UTC)


def test_discords_own_timestamps_are_read_to_the_second() -> None:
    unix = int(datetime(2026, 12, 3, 14, tzinfo=UTC).timestamp())
    for mark in (f"<t:{unix}:F>", f"<t:{unix}>", f"see you <t:{unix}:R>!"):
        assert read(mark) == "2026-12-03 14:00"


def test_a_timestamp_at_the_end_of_time_is_refused() -> None:
    for unix in (99999999999999999999, 253402300799, -62135596800, -1, 10**17):
        for zone in (LONDON, TOKYO, NEW_YORK):
            assert refusal(f"<t:{unix}:F>", zone=zone) == (
                "That date is too far away to use. Please check the year."
            )


@pytest.mark.parametrize("year", ["0000", "0001", "1969", "9999", "99999999999"])
@pytest.mark.parametrize("day", ["1 Jan {} 8am", "31 Dec {} 11pm", "fifth Friday of Dec {} 2pm"])
@pytest.mark.parametrize("zone", [LONDON, TOKYO, NEW_YORK], ids=str)
def test_years_at_the_edge_of_the_calendar_are_refused(year: str, day: str, zone: ZoneInfo) -> None:
    said = refusal(day.format(year), zone=zone)
    assert "too far away" in said or "find a day" in said


def test_a_year_of_two_digits_is_of_this_century() -> None:
    assert read("3/12/27 2pm") == "2027-12-03 14:00"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Which day? Please add one"),
        ("2pm", "Which day? Please add one"),
        ("at 2pm on the", "Which day? Please add one"),
        ("3 Dec", "I read that as Thursday 3 December 2026. What time does it start? "),
        ("3 Dec", "Please type the day again with a time, as in “2pm” or “14:00”."),
        ("3 Dec 1400", "If “1400” is a time, please type “14:00”."),
        ("next Tuesday 2pm", "“Next Tuesday” could be 24 November or 1 December. Please type"),
        ("2026-12-03", "What time does it start?"),
        ("31 February 2pm", "There is no 31 February 2027. Please check the date."),
        ("0 Dec 2pm", "There is no 0 December"),
        ("29 Feb 2027 2pm", "There is no 29 February 2027"),
        ("31/11 2pm", "There is no 31 November"),
        ("12/25 2pm", "There is no month 25. I read the day first: “2/4” is 2 April."),
        ("2026-13-01 2pm", "There is no month 13."),
        ("Friday 3 December 2pm", "That date is Thursday 3 December 2026, not a Friday."),
        ("Mon 3/12/26 2pm", "Which did you mean?"),
        ("Monday 2pm", "Today is Monday. Please type “today”, or the date"),
        ("3 Dec 3:00", "“3:00” could be morning or afternoon. Please type “3:00pm”, or “3:00am”."),
        ("3 Dec 7.30", "“7.30” could be morning or afternoon"),
        ("tomorrow at 3", "Is that morning or afternoon? Please type “3am” or “3pm”."),
        ("3 Dec 2pm-4pm", "I found two times. Please give the time it starts, and its length"),
        ("3 Dec 14:00 to 15:30", "I found two times."),
        ("3 Dec midnight", "“Midnight” could be the night before or after. Please type 23:59"),
        ("3 Dec 13pm", "“13pm” is not a time I know. Please type “2pm” or “14:00”."),
        ("3 Dec 0am", "“0am” is not a time I know."),
        ("3 Dec 25:00", "“25:00” is not a time on the clock. Please type “2pm” or “14:00”."),
        ("3 Dec 14:60", "“14:60” is not a time on the clock."),
        ("3 Dec 2:75pm", "is not a time on the clock."),
        ("fifth Thursday of February 2pm", "February 2027 has no fifth Thursday."),
        ("first Thursday of Brexit 2pm", "I can't find the month in “first Thursday of Brexit"),
        ("first Thursday 2pm", "I can't find a day in “first Thursday 2pm”."),
        (
            "3 Dec 2pm GMT",
            "I read times in this network's own time zone. Please leave out “GMT”.",
        ),
        ("3 4 Dec 2pm", "I can't find a day"),
        ("3 Dec 2 o\u2019clock", "I can't find a day"),
        ("3 Dec 2026 2027 2pm", "I can't find a day"),
        ("every Thursday 2pm", "I can't find a day"),
        ("soon 2pm", "I can't find a day"),
        ("🎉 2pm", "I can't find a day in “🎉 2pm”"),
        ("في 3 ديسمبر 2pm", "I can't find a day"),
        (
            "\u202e3 Dec 2pm\u202c GMT",
            "I read times in this network's own time zone. Please leave out “GMT”.",
        ),
        ("3 Dec 2pm'; DROP TABLE conversation;--", "I can't find a day"),
        ("<t:abc:F>", "I can't find a day"),
        ("a" * 5000, "That is too long for a date. Please type it as in “3 Dec 2pm”"),
        ("3 Dec 2pm" + " very" * 80 + " 2028", "That is too long for a date."),
        (f"{'x' * 100} 2pm", f"I can't find a day in “{'x' * 60}…”."),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(typed: str, said: str) -> None:
    assert said in refusal(typed)


def test_the_hour_that_does_not_exist_is_refused() -> None:
    said = refusal("28 March 2027 1:30am")
    assert said.startswith("There is no 1:30am on Sunday 28 March 2027")
    assert read("28 March 2027 2:30am") == "2027-03-28 02:30"


def test_the_hour_that_comes_twice_is_refused() -> None:
    before = datetime(2026, 10, 1, 9, tzinfo=UTC)
    assert "comes twice" in refusal("25 October 2026 1:30am", now=before)
    assert "comes twice" in refusal("31 October 2027 01:30")
    assert read("31 October 2027 02:30am") == "2027-10-31 02:30"


def test_the_hour_that_comes_twice_elsewhere_is_refused_there_only() -> None:
    assert "comes twice" in refusal("7 November 2027 1:30am", zone=NEW_YORK)
    assert read("7 November 2027 1:30am") == "2027-11-07 01:30"


PIECES = """
    3 31 12/25 2/4 2026-02-30 Dec february monday thurs first fifth last next this of month week
    2pm 14:00 3:00 25:61 noon midnight at today tomorrow 9999 0000 <t:1:F> <t:-9e9> 28 march
    2027 1:30am 99999999999999999999 a two weeks days time 1st 0 00/00/0000 : / . - , '
"""
WORDS = st.sampled_from(PIECES.split())
NONSENSE = st.one_of(
    st.text(max_size=300), st.lists(WORDS | st.text(max_size=3), max_size=9).map(" ".join)
)


@settings(max_examples=400, deadline=None)
@given(typed=NONSENSE, zone=st.sampled_from([LONDON, TOKYO, NEW_YORK]))
def test_whatever_is_typed_is_read_or_refused(typed: str, zone: ZoneInfo) -> None:
    try:
        answer = spoken(read_date(typed, now=NOW, zone=zone), zone)
    except Invalid as refused:
        answer = str(refused)
    assert re.fullmatch(r"(?s)[A-Z“\d].{10,}([.?]|time)", answer)


def test_long_nonsense_costs_no_time_to_speak_of() -> None:
    began = time.perf_counter()
    for unit in ("3.", "1:", "1 ", "<t:1", "at 1 ", "a", "\u0660", "p.m ", "12.3"):
        with pytest.raises(Invalid):
            read_date(unit * 5000, now=NOW, zone=LONDON)
        with pytest.raises(Invalid):
            read_date((unit * 200)[:200], now=NOW, zone=LONDON)
    assert time.perf_counter() - began < 2


@settings(max_examples=300, deadline=None)
@given(
    instant=st.datetimes(
        min_value=NOW.replace(tzinfo=None),
        max_value=NOW.replace(tzinfo=None) + timedelta(days=1100),
        timezones=st.just(UTC),
    ).map(lambda each: each.replace(second=0, microsecond=0)),
    zone=st.sampled_from([LONDON, TOKYO, NEW_YORK, ZoneInfo("Australia/Lord_Howe")]),
)
def test_a_date_as_the_bot_says_it_is_read_back_the_same(instant: datetime, zone: ZoneInfo) -> None:
    words = re.sub(r" \S+( York| Howe)? time$", "", spoken(instant, zone))
    wall = instant.astimezone(zone).replace(tzinfo=None)
    twin = [
        other
        for minutes in (-120, -60, -30, 30, 60, 120)
        if (other := instant + timedelta(minutes=minutes)).astimezone(zone).replace(tzinfo=None)
        == wall
    ]
    if twin:
        assert "comes twice" in refusal(words, zone=zone)
    else:
        assert read_date(words, now=NOW, zone=zone) == instant
