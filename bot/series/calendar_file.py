"""A whole series for people's own calendars: its rule, and where it departs from it.

By RFC 5545: one event with the rule, EXDATE for what is left out, and an event with a
RECURRENCE-ID for each conversation that is not as the rule would have it.
"""

# icalendar's own `add` is only partly typed.
# pyright: reportUnknownMemberType=false

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, vRecur

from bot.conversations.calendar_file import PRODUCT, alarm, event_of
from bot.conversations.model import Conversation
from bot.ids import ConversationId
from bot.network.model import Network
from bot.series.model import Rule, Series, SeriesState

FILE_NAME = "series.ics"  # ours: a title may not name a file
_YEARS_AHEAD = 10  # of a series without an end, whose clock changes are written out


@dataclass(frozen=True, slots=True, kw_only=True)
class ForCalendar:
    """A series as one person's calendar should have it."""

    series: Series
    conversations: Sequence[Conversation]
    """All that were made for a date of the rule, cancelled ones included."""
    skipped: Collection[date]
    coming: Collection[ConversationId]
    """What this person has not said no to, of what is announced."""
    with_place: Collection[ConversationId]
    """Where they may be shown the link to join."""


def series_file(of: ForCalendar, network: Network, now: datetime) -> bytes:
    """The file as it stands at *now*. A later one replaces an earlier one in a calendar."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    rule = _rule(of)
    made = {day: each for each in of.conversations if (day := _day(each, rule)) is not None}
    if rule is not None:
        calendar.add_component(_master(of, rule, made, network, now))
        for day, conversation in made.items():
            if _is_left_out(of, conversation) or _is_as_ruled(of, rule, day, conversation, network):
                continue
            calendar.add_component(_override(of, rule, day, conversation, network, now))
    for conversation in of.conversations:
        is_apart = _day(conversation, rule) is None and conversation.is_announced
        if is_apart and conversation.is_ahead(now) and conversation.id in of.coming:
            has_place = conversation.id in of.with_place
            calendar.add_component(event_of(conversation, network, now, has_place=has_place))
    first = of.series.rule.first.year
    last = of.series.rule.last
    until = (last.year if last is not None else max(first, now.year) + _YEARS_AHEAD) + 1
    calendar.add_missing_timezones(date(first - 1, 1, 1), date(until, 1, 1))
    return calendar.to_ical()


def _rule(of: ForCalendar) -> Rule | None:
    """Of a series that is paused, only as far as people have heard of it."""
    if of.series.state is SeriesState.RUNNING:
        return of.series.rule
    known = [
        each.occurrence.date
        for each in of.conversations
        if each.is_announced and each.occurrence is not None and each.occurrence.date is not None
    ]
    if not known or max(known) < of.series.rule.first.date():
        return None
    return replace(of.series.rule, until=max(known), count=None)


def _day(conversation: Conversation, rule: Rule | None) -> date | None:
    """The date of *rule* that it was made for."""
    day = None if conversation.occurrence is None else conversation.occurrence.date
    is_in_rule = rule is not None and day is not None and rule.has(day)
    return day if is_in_rule else None


def _is_left_out(of: ForCalendar, conversation: Conversation) -> bool:
    has_said_no = conversation.is_announced and conversation.id not in of.coming
    return conversation.is_cancelled or has_said_no


def _is_as_ruled(
    of: ForCalendar, rule: Rule, day: date, conversation: Conversation, network: Network
) -> bool:
    if not conversation.is_announced:
        return True
    template, theirs = of.series.details, conversation.details
    shown = (theirs.title, theirs.description, theirs.minutes)
    shows_link = conversation.id in of.with_place and theirs.join_link is not None
    is_moved = conversation.starts_at != _local(rule, day, network)
    same_words = shown == (template.title, template.description, template.minutes)
    return same_words and not is_moved and not shows_link


def _master(
    of: ForCalendar,
    rule: Rule,
    made: dict[date, Conversation],
    network: Network,
    now: datetime,
) -> Event:
    event = Event()
    details = of.series.details
    event.add("uid", _uid(of.series))
    event.add("dtstamp", now)
    event.add("sequence", of.series.sequence)
    event.add("summary", details.title)
    if details.description:
        event.add("description", details.description)
    starts = _local(rule, rule.first.date(), network)
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=details.minutes))
    event.add("rrule", vRecur.from_ical(_text(rule, network)))
    left_out = sorted(_left_out(of, rule, made))
    if left_out:
        event.add("exdate", [_local(rule, day, network) for day in left_out])
    event.add("status", "CONFIRMED")
    event.add_component(alarm(details.title))
    return event


def _left_out(of: ForCalendar, rule: Rule, made: dict[date, Conversation]) -> Iterator[date]:
    skipped: Iterable[date] = (day for day in of.skipped if day not in made)
    yield from (day for day in skipped if rule.has(day))
    yield from (day for day, each in made.items() if _is_left_out(of, each))


def _override(
    of: ForCalendar,
    rule: Rule,
    day: date,
    conversation: Conversation,
    network: Network,
    now: datetime,
) -> Event:
    has_place = conversation.id in of.with_place
    event = event_of(conversation, network, now, has_place=has_place)
    del event["uid"], event["sequence"]
    event.add("uid", _uid(of.series))
    event.add("sequence", of.series.sequence)
    event.add("recurrence-id", _local(rule, day, network))
    return event


def _text(rule: Rule, network: Network) -> str:
    """With a time zone at the start, RFC 5545 wants the end in UTC."""
    if rule.until is None:
        return rule.text
    end = datetime.combine(rule.until, time(23, 59, 59), network.zone)
    return rule.ending(f"{end.astimezone(UTC):%Y%m%dT%H%M%SZ}")


def _local(rule: Rule, day: date, network: Network) -> datetime:
    return datetime.combine(day, rule.at, network.zone)


def _uid(series: Series) -> str:
    return f"series-{series.id}.network-{series.network_id}@coproduction-bot"
