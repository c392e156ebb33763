"""When people are reminded, and when they may be: pure rules, over every clock change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Invalid
from bot.ids import ConversationId
from bot.network.model import REMINDER_CHOICES
from bot.reminders.model import (
    Hours,
    Moment,
    Occasion,
    Purpose,
    ReminderWish,
    before,
    date_and_minutes,
    how_soon,
    latest,
    left_out_because,
    morning_after,
    occurrence_of,
    pause_end,
    timetable,
)
from tests.conftest import HOME

LONDON = ZoneInfo("Europe/London")
DAY, HOUR = 24 * 60, 60

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/London",
            "America/New_York",
            "Australia/Lord_Howe",  # half an hour
            "Africa/Casablanca",  # changes for Ramadan
            "America/Havana",  # at midnight
            "Asia/Kolkata",
            "Pacific/Apia",
            "UTC",
        )
    ]
)
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2031, 1, 1)).map(  # noqa: DTZ001
    lambda naive: naive.replace(tzinfo=UTC, microsecond=0)
)
WINDOWS = st.builds(Hours, from_hour=st.integers(0, 23), until_hour=st.integers(0, 23))


def at(text: str, zone: ZoneInfo = LONDON) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def occasion(starts_at: datetime, known_since: datetime | None = None) -> Occasion:
    return Occasion(
        conversation_id=ConversationId(1),
        network_id=HOME,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        known_since=known_since or starts_at - timedelta(days=60),
        moves=0,
        is_on=True,
    )


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (14 * DAY, "2027-03-18 14:00"),
        (7 * DAY, "2027-03-25 14:00"),
        (DAY, "2027-03-31 14:00"),
        (3 * HOUR, "2027-04-01 11:00"),
        (15, "2027-04-01 13:45"),
    ],
)
def test_days_are_counted_on_the_wall_and_hours_as_they_pass(minutes, expected):
    """The clocks in the UK go forward on 28 March 2027."""
    assert before(at("2027-04-01 14:00"), minutes, LONDON) == at(expected)


def test_three_hours_before_are_three_hours_also_in_the_night_the_clocks_change():
    starts_at = at("2027-03-28 03:30")

    assert before(starts_at, 3 * HOUR, LONDON) == starts_at - timedelta(hours=3)
    assert before(starts_at, 3 * HOUR, LONDON) == at("2027-03-27 23:30")


def test_a_time_that_the_clocks_skip_is_the_end_of_the_gap():
    assert before(at("2027-03-29 01:30"), DAY, LONDON) == at("2027-03-28 02:30")


def test_a_time_that_comes_twice_is_the_first_of_the_two():
    assert before(at("2026-10-26 01:30"), DAY, LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(INSTANTS, ZONES, st.sampled_from([m for m in REMINDER_CHOICES if m % DAY == 0]))
def test_a_day_before_shows_the_same_time_on_the_wall(starts_at, zone, minutes):
    found = before(starts_at, minutes, zone).astimezone(zone)
    wall = starts_at.astimezone(zone)
    wanted = datetime.combine(wall.date() - timedelta(days=minutes // DAY), wall.time())
    local = wanted.replace(tzinfo=zone)
    exists = local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wanted

    assert not exists or found.replace(tzinfo=None) == wanted
    assert abs(starts_at - found.astimezone(UTC) - timedelta(minutes=minutes)) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("ends_at", "expected"),
    [
        ("2026-12-03 15:30", "2026-12-04 10:00"),
        ("2026-12-04 01:30", "2026-12-04 10:00"),
        ("2026-12-04 03:00", "2026-12-05 10:00"),
        ("2026-12-04 09:00", "2026-12-05 10:00"),
        ("2027-03-27 20:00", "2027-03-28 10:00"),
    ],
)
def test_thanks_come_at_ten_on_the_morning_after(ends_at, expected):
    assert morning_after(at(ends_at), LONDON) == at(expected)


@given(INSTANTS, ZONES)
def test_thanks_leave_the_night_in_peace_and_take_no_longer_than_they_must(ends_at, zone):
    thanked = morning_after(ends_at, zone)

    assert timedelta(hours=8) <= thanked - ends_at <= timedelta(hours=8 + 25)
    assert thanked.astimezone(zone).time() == time(10)


@given(INSTANTS, ZONES)
def test_every_moment_has_a_name_of_its_own_and_is_of_use_when_it_comes(starts_at, zone):
    moments = timetable(occasion(starts_at), zone)

    assert len({each.name for each in moments}) == len(moments) == len(REMINDER_CHOICES) + 2
    assert [each.at for each in moments] == sorted(each.at for each in moments)
    assert all(each.at < each.until for each in moments)


@given(st.integers(0, 1000), st.sampled_from([*REMINDER_CHOICES, 2 * DAY, 0]))
def test_a_date_and_a_time_make_one_number_and_come_out_again(moves, minutes):
    assert date_and_minutes(occurrence_of(moves, minutes)) == (moves, minutes)


STARTS = at("2026-12-03 14:00")


@pytest.mark.parametrize(
    ("purpose", "minutes", "now", "because"),
    [
        (Purpose.REMIND, DAY, "2026-12-02 14:00", None),
        (Purpose.REMIND, DAY, "2026-12-03 13:40", None),
        (Purpose.REMIND, DAY, "2026-12-03 14:00", "I was away"),
        (Purpose.REMIND, 7 * DAY, "2026-11-28 14:00", None),
        (Purpose.REMIND, 14 * DAY, "2026-11-28 14:00", "this date was announced later than that"),
        (Purpose.ASK, 2 * DAY, "2026-12-03 07:59", None),
        (Purpose.ASK, 2 * DAY, "2026-12-03 08:00", "I was away"),
        (Purpose.THANK, 0, "2026-12-07 09:59", None),
        (Purpose.THANK, 0, "2026-12-07 10:00", "I was away"),
    ],
)
def test_what_is_late_is_made_up_while_it_is_of_use(purpose, minutes, now, because):
    talk = occasion(STARTS, known_since=at("2026-11-20 09:00"))
    (moment,) = [each for each in timetable(talk, LONDON) if each.name == (purpose, minutes)]

    found = left_out_because(moment, talk, at(now))

    assert (found or "").startswith(because or "")
    assert (found is None) == (because is None)


def test_of_several_that_are_due_the_latest_says_all_that_is_true():
    moments = timetable(occasion(STARTS), LONDON)

    found = latest(each for each in moments if each.purpose is Purpose.REMIND)

    assert isinstance(found, Moment)
    assert found.minutes == 15
    assert latest([]) is None


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-12-03 14:00", "Now"),
        ("2026-12-03 13:59:40", "Now"),
        ("2026-12-03 13:59", "In 1 minute"),
        ("2026-12-03 13:40", "In 20 minutes"),
        ("2026-12-03 12:30", "In 90 minutes"),
        ("2026-12-03 09:00", "Today at 2:00pm"),
        ("2026-12-02 23:00", "Tomorrow"),
        ("2026-12-01 23:00", "In 2 days"),
        ("2026-11-26 14:00", "In a week"),
        ("2026-11-19 14:00", "In 2 weeks"),
    ],
)
def test_how_soon_is_said_as_it_is_then(now, words):
    assert how_soon(STARTS, at(now), LONDON) == words


@given(INSTANTS, st.timedeltas(timedelta(), timedelta(days=20)), ZONES)
def test_how_soon_never_says_that_a_day_is_zero(starts_at, ahead, zone):
    words = how_soon(starts_at, (starts_at - ahead).replace(microsecond=0), zone)

    assert "-" not in words
    assert " 0 " not in words


@given(WINDOWS, INSTANTS, ZONES)
def test_quiet_hours_end_within_a_day_and_what_may_be_sent_is_not_held(hours, instant, zone):
    found = hours.next_in(instant, zone)

    assert hours.has(found.astimezone(zone))
    assert instant <= found <= instant + timedelta(days=2, hours=1)
    assert hours.next_in(found, zone) == found
    if hours.has(instant.astimezone(zone)):
        assert found == instant


@given(WINDOWS, INSTANTS, ZONES)
def test_nobody_is_held_past_an_hour_at_which_they_could_have_been_told(hours, instant, zone):
    found = hours.next_in(instant, zone)
    hour = instant.replace(minute=0, second=0) + timedelta(hours=1)
    while hour < found:
        # Half past, because a zone may be half an hour off.
        for shown in (hour, hour + timedelta(minutes=30)):
            assert shown >= found or not hours.has(shown.astimezone(zone))
        hour += timedelta(hours=1)


@pytest.mark.parametrize(
    ("hours", "instant", "expected"),
    [
        ((8, 21), "2026-12-03 07:59", "2026-12-03 08:00"),
        ((8, 21), "2026-12-03 20:59", "2026-12-03 20:59"),
        ((8, 21), "2026-12-03 21:00", "2026-12-04 08:00"),
        ((22, 6), "2026-12-03 23:00", "2026-12-03 23:00"),
        ((22, 6), "2026-12-03 12:00", "2026-12-03 22:00"),
        ((9, 9), "2026-12-03 03:00", "2026-12-03 03:00"),
        ((8, 21), "2027-03-27 22:00", "2027-03-28 08:00"),
        ((1, 2), "2027-03-27 12:00", "2027-03-29 01:00"),  # that night skips the only hour
    ],
)
def test_hours_are_those_on_the_persons_own_wall(hours, instant, expected):
    from_hour, until_hour = hours

    found = Hours(from_hour=from_hour, until_hour=until_hour).next_in(at(instant), LONDON)

    assert found == at(expected)


def test_hours_are_said_in_words():
    assert Hours().spoken() == "from 8am to 9pm"
    assert Hours(from_hour=0, until_hour=12).spoken() == "from midnight to noon"
    assert Hours(from_hour=5, until_hour=5).spoken() == "at any hour"


def test_an_hour_that_is_not_on_the_clock_is_refused():
    with pytest.raises(Invalid, match="Please choose two hours from the lists"):
        Hours(from_hour=24)


def test_a_pause_ends_as_its_day_begins():
    now = at("2026-11-23 09:00")

    assert pause_end(date(2027, 1, 4), LONDON, now) == at("2027-01-04 00:00")
    with pytest.raises(Invalid, match="That day has come already"):
        pause_end(date(2026, 11, 23), LONDON, now)
    with pytest.raises(Invalid, match="more than two years away"):
        pause_end(date(2029, 1, 4), LONDON, now)


def test_nobody_is_written_to_who_has_not_asked():
    assert not ReminderWish().is_wanted
