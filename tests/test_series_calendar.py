"""A whole series as a calendar file, read back by two programs that did not write it."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import vobject
from dateutil import tz
from dateutil.rrule import rrulestr
from icalendar import Calendar

from bot.client import Services
from bot.conversations.model import Conversation
from bot.network.model import Network
from bot.series.calendar_file import ForCalendar, series_file
from bot.series.model import Series, Which
from tests.conftest import AMINA, HOME, ORGANISER, FakeClock
from tests.fakes import started

LONDON = ZoneInfo("Europe/London")
NETWORK = Network(id=HOME)


async def as_file(parts: Services, series: Series, *, with_place: bool = False) -> bytes:
    series = await parts.series.book.get(series.id, HOME)
    made = await parts.series.book.conversations(series, since=series.rule.first.date())
    mine = {each.conversation.id for each in await parts.sign_ups.of_member(HOME, AMINA)}
    of = ForCalendar(
        series=series,
        conversations=made,
        skipped=await parts.series.book.skipped(series),
        coming=mine,
        with_place=mine if with_place else set(),
    )
    return series_file(of, NETWORK, parts.clock.now())


def masters(file: bytes):
    return [each for each in Calendar.from_ical(file).walk("VEVENT") if "RRULE" in each]


def others(file: bytes):
    return [each for each in Calendar.from_ical(file).walk("VEVENT") if "RRULE" not in each]


def walls_of(file: bytes) -> list[datetime]:
    dates = vobject.readOne(file.decode()).vevent.rruleset
    return [each.replace(tzinfo=None) for each in dates[:15]]


async def january_of(parts: Services, series: Series) -> Conversation:
    return (await parts.series.book.conversations(series, since=date(2027, 1, 7)))[-2]


async def test_both_readers_see_the_hour_on_the_wall_on_both_sides_of_a_clock_change(
    parts: Services,
) -> None:
    series = await started(parts, at="6:30pm")
    await parts.series.standing.join(series.id, HOME, AMINA)
    file = await as_file(parts, series)

    zone = tz.tzical(io.StringIO(file.decode())).get("Europe/London")
    (master,) = masters(file)
    rule = master["RRULE"].to_ical().decode()
    start = master["DTSTART"].dt.replace(tzinfo=zone)
    by_dateutil = [each.astimezone(UTC) for each in rrulestr(rule, dtstart=start)[:12]]
    assert [f"{each:%m %H:%M}" for each in by_dateutil] == [
        "12 18:30",
        "01 18:30",
        "02 18:30",
        "03 18:30",
        "04 17:30",
        "05 17:30",
        "06 17:30",
        "07 17:30",
        "08 17:30",
        "09 17:30",
        "10 17:30",
        "11 18:30",
    ]
    # vobject lays the zone of the first date upon all of them, so only its walls are compared.
    by_vobject = walls_of(file)[:12]
    assert by_vobject == [each.astimezone(LONDON).replace(tzinfo=None) for each in by_dateutil]
    assert master["DTSTART"].params["TZID"] == "Europe/London"
    assert b"BEGIN:VTIMEZONE" in file


async def test_what_is_left_out_is_an_exdate_and_what_was_moved_an_override(
    parts: Services,
) -> None:
    series = await started(parts, announce_weeks=12)
    await parts.series.standing.join(series.id, HOME, AMINA)
    december, january, february = await parts.series.book.conversations(
        series, since=series.rule.first.date()
    )
    await parts.changing.cancel(december.id, "The hall is flooded.", by=ORGANISER)
    move = await parts.changing.propose_move(january.id, "14 Jan 3pm", by=ORGANISER)
    await parts.changing.move(move.id, by=ORGANISER)
    await parts.series.pausing.skip(series.id, date(2027, 4, 1), "", by=ORGANISER)
    await parts.sign_ups.leave(february.id, HOME, AMINA)

    file = await as_file(parts, series)

    (master,) = masters(file)
    left_out = {each.dt for each in master["EXDATE"].dts}
    assert left_out == {
        datetime(2026, 12, 3, 14, tzinfo=LONDON),
        datetime(2027, 2, 4, 14, tzinfo=LONDON),
        datetime(2027, 4, 1, 14, tzinfo=LONDON),
    }
    (moved,) = others(file)
    assert moved["UID"] == master["UID"]
    assert moved["RECURRENCE-ID"].dt == datetime(2027, 1, 7, 14, tzinfo=LONDON)
    assert moved["DTSTART"].dt == datetime(2027, 1, 14, 15, tzinfo=LONDON)
    assert [f"{each:%d %b %Y}" for each in walls_of(file)[:2]] == ["07 Jan 2027", "04 Mar 2027"]
    read = {each.astimezone(LONDON) for each in vobject.readOne(file.decode()).vevent.exdate.value}
    assert read == left_out


async def test_an_end_is_in_utc_as_the_standard_wants(parts: Services) -> None:
    until = await started(parts, which=Which.EVERY, until="30 Jun 2027")
    counted = await started(parts, count=4)

    (master,) = masters(await as_file(parts, until))
    assert master["RRULE"]["UNTIL"] == [datetime(2027, 6, 30, 22, 59, 59, tzinfo=UTC)]
    (master,) = masters(await as_file(parts, counted))
    assert master["RRULE"]["COUNT"] == [4]


async def test_a_later_file_replaces_an_earlier_one(parts: Services) -> None:
    series = await started(parts)
    (before,) = masters(await as_file(parts, series))
    january = await january_of(parts, series)

    await parts.planning.edit(january.id, replace(january.details, title="Another"), by=ORGANISER)
    (after,) = masters(await as_file(parts, series))

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


async def test_a_skip_or_a_cancelled_one_makes_it_a_later_file(parts: Services) -> None:
    series = await started(parts)
    sequences = []
    for day in (date(2027, 1, 7), date(2027, 6, 3)):
        await parts.series.pausing.skip(series.id, day, "", by=ORGANISER)
        (master,) = masters(await as_file(parts, series))
        sequences.append(master["SEQUENCE"])
    december = (await parts.series.book.conversations(series, since=date(2026, 12, 3)))[0]
    await parts.changing.cancel(december.id, "The hall is flooded.", by=ORGANISER)
    (master,) = masters(await as_file(parts, series))
    sequences.append(master["SEQUENCE"])

    assert sequences == sorted(set(sequences))


async def test_the_link_is_for_people_with_a_place_only(parts: Services) -> None:
    series = await started(parts)
    await parts.series.standing.join(series.id, HOME, AMINA)
    december = (await parts.series.book.conversations(series, since=date(2026, 12, 3)))[0]
    link = "https://example.org/room"
    await parts.series.later.rewrite(
        december.id,
        replace(december.details, join_link=link),
        shown=december,
        by=ORGANISER,
    )

    without = await as_file(parts, series)
    with_place = await as_file(parts, series, with_place=True)

    assert link.encode() not in without
    (override,) = others(with_place)
    assert override["LOCATION"] == link
    assert "LOCATION" not in masters(with_place)[0]


async def test_while_paused_the_file_goes_as_far_as_people_know(
    parts: Services, clock: FakeClock
) -> None:
    series = await started(parts)
    await parts.series.standing.join(series.id, HOME, AMINA)
    await parts.series.pausing.pause(series.id, by=ORGANISER)

    (master,) = masters(await as_file(parts, series))

    assert master["RRULE"]["UNTIL"][0].date() == date(2026, 12, 3)


async def test_one_that_was_left_out_of_the_rule_is_an_event_of_its_own(parts: Services) -> None:
    from bot.series.service.reshaping import Wish

    series = await started(parts, which=Which.EVERY)
    await parts.series.standing.join(series.id, HOME, AMINA)
    proposed = await parts.series.reshaping.propose(series.id, Wish(which=Which.LAST), by=ORGANISER)
    await parts.series.reshaping.change(proposed.id, by=ORGANISER)

    events = others(await as_file(parts, series))

    days = {f"{each['DTSTART'].dt:%d %b}" for each in events if "RECURRENCE-ID" not in each}
    assert days <= {"03 Dec", "10 Dec"}
    assert days
    assert all(str(each["UID"]).startswith("conversation-") for each in events)
