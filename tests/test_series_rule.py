"""When a series happens: every date on its weekday and at its hour, whatever the clocks do."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import instant_of
from bot.errors import Invalid
from bot.series.model import WEEKDAYS, Rule, Which
from bot.series.service.matching import Matching, slots

LONDON = ZoneInfo("Europe/London")
THURSDAY = 3
WHICH = st.sampled_from(Which)
DAYS = st.integers(0, 6)
# Hours at which no zone below changes its clocks.
TIMES = st.builds(time, st.integers(5, 22), st.sampled_from([0, 15, 30]))
STARTS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
ZONES = st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"])


def rule(which=Which.FIRST, weekday=THURSDAY, start="2026-12-01T14:00", **rest):
    return replace(Rule.starting(which, weekday, datetime.fromisoformat(start)), **rest)


def first_days(of, how_many=4):
    return [f"{wall:%d %b %Y}" for wall in islice(of.dates(), how_many)]


@pytest.mark.parametrize(
    ("which", "days", "text", "said"),
    [
        (
            Which.EVERY,
            ["03 Dec 2026", "10 Dec 2026", "17 Dec 2026", "24 Dec 2026"],
            "FREQ=WEEKLY;BYDAY=TH",
            "every Thursday at 2:00pm UK time",
        ),
        (
            Which.EVERY_OTHER,
            ["03 Dec 2026", "17 Dec 2026", "31 Dec 2026", "14 Jan 2027"],
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
            "every other Thursday at 2:00pm UK time",
        ),
        (
            Which.FIRST,
            ["03 Dec 2026", "07 Jan 2027", "04 Feb 2027", "04 Mar 2027"],
            "FREQ=MONTHLY;BYDAY=1TH",
            "every first Thursday of the month at 2:00pm UK time",
        ),
        (
            Which.FOURTH,
            ["24 Dec 2026", "28 Jan 2027", "25 Feb 2027", "25 Mar 2027"],
            "FREQ=MONTHLY;BYDAY=4TH",
            "every fourth Thursday of the month at 2:00pm UK time",
        ),
        (
            Which.LAST,
            ["31 Dec 2026", "28 Jan 2027", "25 Feb 2027", "25 Mar 2027"],
            "FREQ=MONTHLY;BYDAY=-1TH",
            "every last Thursday of the month at 2:00pm UK time",
        ),
    ],
)
def test_a_rule_says_what_it_does_and_does_what_it_says(which, days, text, said):
    made = rule(which)

    assert first_days(made) == days
    assert made.text == text
    assert made.spoken(LONDON) == said
    assert Rule.from_text(text, made.first) == made


def test_an_end_is_part_of_the_rule_and_is_said():
    ends = rule(until=date(2027, 2, 28))
    counted = rule(count=3)

    assert ends.text == "FREQ=MONTHLY;BYDAY=1TH;UNTIL=20270228T235959"
    assert counted.text == "FREQ=MONTHLY;BYDAY=1TH;COUNT=3"
    assert first_days(ends, 9) == first_days(counted, 9) == first_days(rule(), 3)
    for each in (ends, counted):
        assert Rule.from_text(each.text, each.first) == each
        assert each.spoken(LONDON).endswith(", the last on Thursday 4 February 2027")


@given(WHICH, DAYS, TIMES, STARTS, ZONES)
def test_every_date_is_on_its_weekday_at_its_hour_over_years_of_clock_changes(
    which, weekday, at, start, zone
):
    zone = ZoneInfo(zone)
    made = Rule.starting(which, weekday, datetime.combine(start, at))

    walls = list(islice(made.dates(), 120))

    assert walls[0] == made.first >= datetime.combine(start, at)
    for wall in walls:
        shown = instant_of(wall, zone).astimezone(zone)
        assert (shown.weekday(), shown.time()) == (weekday, at)
    steps = {(b - a).days for a, b in pairwise(walls)}
    if which.is_monthly:
        months = [(wall.year * 12 + wall.month) for wall in walls]
        assert months == list(range(months[0], months[0] + 120)), "each month once"
        for wall in walls:
            assert Which.on(wall.date(), like=which) is which
    else:
        assert steps == {7 if which is Which.EVERY else 14}


@given(WHICH, DAYS, TIMES, STARTS)
def test_a_rule_written_down_is_read_back(which, weekday, at, start):
    made = Rule.starting(which, weekday, datetime.combine(start, at))
    for each in (made, replace(made, count=7), replace(made, until=start + timedelta(days=400))):
        assert Rule.from_text(each.text, each.first) == each


def test_the_last_is_the_fourth_in_most_months_and_the_fifth_in_some():
    pairs = zip(rule(Which.LAST).dates(), rule(Which.FOURTH).dates(), strict=False)
    apart = [last - fourth for last, fourth in islice(pairs, 48)]

    assert set(apart) == {timedelta(0), timedelta(weeks=1)}
    assert 10 <= apart.count(timedelta(weeks=1)) <= 20


def test_a_fifth_thursday_is_taken_for_the_last():
    assert Which.on(date(2026, 12, 31), like=Which.FIRST) is Which.LAST


def test_a_fourth_that_is_the_last_stays_what_it_was_like():
    assert Which.on(date(2027, 1, 28), like=Which.LAST) is Which.LAST
    assert Which.on(date(2027, 1, 28), like=Which.FIRST) is Which.FOURTH
    assert Which.on(date(2027, 1, 28), like=Which.EVERY_OTHER) is Which.EVERY_OTHER


def test_an_hour_that_clocks_skip_or_show_twice_is_refused_with_the_day():
    sunday = WEEKDAYS.index("Sunday")
    for start, said in (
        ("2027-01-01T01:30", "There is no 1:30am on Sunday 28 March 2027"),
        ("2027-04-01T01:30", "1:30am on Sunday 31 October 2027 comes twice"),
    ):
        with pytest.raises(Invalid, match=said):
            rule(Which.LAST, sunday, start).must_be_on_the_clock(LONDON)
    rule(Which.FIRST, sunday, "2027-01-01T01:30").must_be_on_the_clock(LONDON)


def test_an_end_before_the_first_date_is_refused_with_both():
    with pytest.raises(Invalid) as refused:
        rule(until=date(2026, 12, 2)).must_have_dates()
    assert str(refused.value) == (
        "The series would end on Wednesday 2 December 2026, before its first conversation on "
        "Thursday 3 December 2026."
    )


SINCE = datetime.fromisoformat("2026-11-23T09:00")


def test_another_hour_keeps_the_dates():
    changed = rule().changed(since=SINCE, at=time(18, 30))

    assert first_days(changed) == first_days(rule())
    assert changed.at == time(18, 30)


def test_another_weekday_begins_in_the_month_of_the_next_date():
    assert first_days(rule().changed(since=SINCE, weekday=1), 2) == ["01 Dec 2026", "05 Jan 2027"]
    later = rule().changed(since=SINCE, which=Which.LAST)
    assert first_days(later, 2) == ["31 Dec 2026", "28 Jan 2027"]


def test_every_other_week_keeps_its_weeks_on_another_weekday():
    every_other = rule(Which.EVERY_OTHER)
    changed = every_other.changed(
        since=datetime.fromisoformat("2026-12-11T09:00"), weekday=WEEKDAYS.index("Tuesday")
    )

    assert first_days(changed, 3) == ["15 Dec 2026", "29 Dec 2026", "12 Jan 2027"]


def test_a_change_keeps_what_is_left_of_the_end():
    counted = rule(count=5)
    since = datetime.fromisoformat("2027-01-20T09:00")

    assert counted.changed(since=since, weekday=1).count == 3
    until = rule(until=date(2027, 3, 31))
    assert until.changed(since=since, weekday=1).until == date(2027, 3, 31)


def test_a_series_without_dates_left_has_nothing_to_change():
    since = datetime.fromisoformat("2027-06-01T09:00")
    with pytest.raises(Invalid, match="This series has no dates left"):
        rule(count=2).changed(since=since, weekday=1)


@given(WHICH, WHICH, DAYS, DAYS, st.integers(0, 400))
def test_no_date_of_a_new_rule_stands_for_two_of_the_old(which, other, weekday, another, days):
    old = rule(which, weekday)
    now = SINCE + timedelta(days=days)
    ahead = [wall.date() for wall in islice(old.dates(since=now), 5)]
    new = old.changed(since=now, which=other, weekday=another)
    instant = now.replace(tzinfo=UTC)
    free = slots(new, ZoneInfo("UTC"), now=instant, through=ahead)

    matched = Matching(new, free).match(ahead)

    given_out = [day for day in matched.values() if day is not None]
    assert len(given_out) == len(set(given_out))
    assert all(new.has(day) for day in given_out)
    for day, stands_for in matched.items():
        assert stands_for is None or new.period(day) == new.period(stands_for)
        if new.has(day) and free.get(day):
            assert stands_for == day
