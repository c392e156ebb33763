"""When a conversation is reminded of, and when a late reminder is still of use.

Days and weeks before are counted on the wall of the network's zone, so that "one day before
2:00pm" is 2:00pm also over a night in which the clocks change. Hours and minutes are counted
as they pass.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.clock import nearest_instant_of, spoken_time
from bot.ids import ConversationId, NetworkId
from bot.network.model import REMINDER_CHOICES

DAY = 24 * 60
"""Minutes."""

ASK_BEFORE = 2 * DAY
ASK_UNTIL = timedelta(hours=6)
"""Before the start. After that, hardly anybody could use a place that is given up."""

THANK_AT = time(10)
THANK_AFTER = timedelta(hours=8)
"""Between the end and the thanks, so that they come on the morning after."""
THANK_UNTIL = timedelta(days=3)


class Purpose(StrEnum):
    REMIND = "remind"
    ASK = "ask"  # still coming?
    THANK = "thank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """What reminders need to know of a conversation."""

    conversation_id: ConversationId
    network_id: NetworkId
    starts_at: datetime
    ends_at: datetime
    known_since: datetime  # that it happens at this time
    is_announced: bool = True  # members have heard of it, or may
    moves: int
    is_on: bool  # planned, and not cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant at which somebody may be due a reminder. Whether anybody is, is asked then."""

    purpose: Purpose
    minutes: int  # before the start; 0 for thanks
    at: datetime
    until: datetime  # how long it is still of use

    @property
    def name(self) -> tuple[Purpose, int]:
        """The same for every date that the conversation ever has."""
        return self.purpose, self.minutes

    def is_in(self, dealt: Mapping[tuple[Purpose, int], "Dealt"]) -> bool:
        """Whether it has been dealt with. One that nobody heard of comes again with a later date:
        before it is announced, a conversation may get another without having been moved."""
        became = dealt.get(self.name)
        return became is not None and (became.left_out_because is None or became.at >= self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """What became of a moment when it had come."""

    at: datetime
    people: int = 0  # written to in private
    is_posted: bool = False
    left_out_because: str | None = None


_DATES = 100_000
"""More than the minutes of the longest reminder."""


def occurrence_of(moves: int, minutes: int) -> int:
    """What makes a reminder one of its kind: which date of the conversation, and which time."""
    return moves * _DATES + minutes


def date_and_minutes(occurrence: int) -> tuple[int, int]:
    """The two that `occurrence_of` put together."""
    return divmod(occurrence, _DATES)


def timetable(occasion: Occasion, zone: ZoneInfo) -> Sequence[Moment]:
    """Every moment of this conversation, in order."""
    starts_at = occasion.starts_at
    moments = [
        Moment(
            purpose=Purpose.REMIND,
            minutes=minutes,
            at=before(starts_at, minutes, zone),
            until=starts_at,
        )
        for minutes in REMINDER_CHOICES
    ]
    asked_at = before(starts_at, ASK_BEFORE, zone)
    moments.append(
        Moment(purpose=Purpose.ASK, minutes=ASK_BEFORE, at=asked_at, until=starts_at - ASK_UNTIL)
    )
    thanked_at = morning_after(occasion.ends_at, zone)
    moments.append(
        Moment(purpose=Purpose.THANK, minutes=0, at=thanked_at, until=thanked_at + THANK_UNTIL)
    )
    return sorted(moments, key=lambda moment: moment.at)


def before(starts_at: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    days, rest = divmod(minutes, DAY)
    wall = starts_at.astimezone(zone).replace(tzinfo=None) - timedelta(days=days)
    counted = nearest_instant_of(wall, zone) if days else starts_at
    return counted - timedelta(minutes=rest)


def morning_after(ends_at: datetime, zone: ZoneInfo) -> datetime:
    day = (ends_at + THANK_AFTER).astimezone(zone).date()
    morning = nearest_instant_of(datetime.combine(day, THANK_AT), zone)
    if morning < ends_at + THANK_AFTER:
        morning = nearest_instant_of(datetime.combine(day + timedelta(days=1), THANK_AT), zone)
    return morning


def left_out_because(moment: Moment, occasion: Occasion, now: datetime) -> str | None:
    """Why nobody hears of a *moment* that has come, or None when they do.

    One that came while the bot was away is made up for as long as it is of use.
    """
    if not occasion.is_announced or moment.at <= occasion.known_since:
        return "this date was announced later than that"
    if now >= moment.until:
        return "I was away, and by then it was of no use any more"
    return None


def latest(moments: Iterable[Moment]) -> Moment | None:
    """Of several that are due at once, people hear the latest only: it says all that is true."""
    return max(moments, key=lambda moment: moment.at, default=None)


def applies(moment: Moment, times: Collection[int]) -> bool:
    """Whether somebody who is reminded at *times* (minutes before) is due this one."""
    return moment.purpose is not Purpose.REMIND or moment.minutes in times


def how_soon(starts_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """“In 20 minutes”, “Tomorrow”, “In 6 days”: true at *now*, however late that is."""
    minutes = round((starts_at - now).total_seconds() / 60)
    if minutes < 1:
        return "Now"
    if minutes <= 90:
        return f"In {minutes} minute{'' if minutes == 1 else 's'}"
    wall = starts_at.astimezone(zone)
    days = (wall.date() - now.astimezone(zone).date()).days
    if days == 0:
        return f"Today at {spoken_time(wall)}"
    if days == 1:
        return "Tomorrow"
    weeks, rest = divmod(days, 7)
    if not rest:
        return "In a week" if weeks == 1 else f"In {weeks} weeks"
    return f"In {days} days"
