"""When a series happens: a rule by RFC 5545, on the network's walls. No database, no clock.

The dates are dateutil's. All of them are naive, as a wall clock is, so that half past six stays
half past six on both sides of a clock change; `instant_of` turns one into an instant.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from bot.clock import instant_of, spoken_day, spoken_time, spoken_zone
from bot.errors import Invalid

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_DATES = 500
"""After which a series may as well have no end."""

LOOK_AHEAD = 400
"""How many dates are tried for hours that clocks skip or show twice: 33 years of months."""


class Which(StrEnum):
    """Which of the weekdays. The value is what people say."""

    EVERY = "every"
    EVERY_OTHER = "every other"
    FIRST = "every first"
    SECOND = "every second"
    THIRD = "every third"
    FOURTH = "every fourth"
    LAST = "every last"

    @property
    def is_monthly(self) -> bool:
        return self in _NTH

    @classmethod
    def on(cls, day: date, *, like: "Which") -> "Which":
        """Which of its weekday *day* is in its month; weeks stay weeks.

        A fourth may be a last as well: then it is whichever is *like* the rule before it. A fifth
        is taken for the last, since most months have none.
        """
        if not like.is_monthly:
            return like
        nth = (day.day - 1) // 7 + 1
        is_last = (day + timedelta(weeks=1)).month != day.month
        if nth == 5 or (is_last and like is cls.LAST):
            return cls.LAST
        return next(which for which, number in _NTH.items() if number == nth)


_NTH = {Which.FIRST: 1, Which.SECOND: 2, Which.THIRD: 3, Which.FOURTH: 4, Which.LAST: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """*first* is a date of the rule. *until* and *count* exclude each other; neither: no end."""

    which: Which
    weekday: int  # Monday is 0
    first: datetime
    until: date | None = None
    count: int | None = None

    @classmethod
    def starting(
        cls, which: Which, weekday: int, earliest: datetime, *, phase: date | None = None
    ) -> "Rule":
        """The rule whose first date is the first at or after *earliest*.

        *phase*: for every other week, a day of one of the weeks in which it happens.
        """
        start = earliest - timedelta(weeks=2)
        if phase is not None:
            monday = phase - timedelta(days=phase.weekday(), weeks=52)
            start = datetime.combine(monday, earliest.time())
        open_ended = cls(which=which, weekday=weekday, first=start)
        if phase is None and not which.is_monthly:
            # No week is given, so the first weekday that comes begins the count.
            ahead = (weekday - earliest.weekday()) % 7
            return replace(open_ended, first=earliest + timedelta(days=ahead))
        return replace(open_ended, first=next(open_ended.dates(since=earliest)))

    @classmethod
    def from_text(cls, text: str, first: datetime) -> "Rule":
        """From the form in which `text` gives it."""
        parts = dict(part.split("=", 1) for part in text.split(";"))
        day = parts["BYDAY"]
        nth = day[:-2]
        if nth:
            which = next(each for each, number in _NTH.items() if number == int(nth))
        else:
            which = Which.EVERY_OTHER if parts.get("INTERVAL") == "2" else Which.EVERY
        until, count = parts.get("UNTIL"), parts.get("COUNT")
        return cls(
            which=which,
            weekday=_CODES.index(day[-2:]),
            first=first,
            until=None if until is None else date.fromisoformat(until[:8]),
            count=None if count is None else int(count),
        )

    @property
    def text(self) -> str:
        """As RFC 5545 writes it, an end in local time."""
        return self.ending("" if self.until is None else f"{self.until:%Y%m%d}T235959")

    def ending(self, until: str) -> str:
        """As RFC 5545 writes it, with the end as *until*."""
        day = _CODES[self.weekday]
        match self.which:
            case Which.EVERY:
                parts = ["FREQ=WEEKLY", f"BYDAY={day}"]
            case Which.EVERY_OTHER:
                parts = ["FREQ=WEEKLY", "INTERVAL=2", f"BYDAY={day}"]
            case _:
                parts = ["FREQ=MONTHLY", f"BYDAY={_NTH[self.which]}{day}"]
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        elif until:
            parts.append(f"UNTIL={until}")
        return ";".join(parts)

    @property
    def at(self) -> time:
        return self.first.time()

    def dates(self, *, since: datetime | None = None) -> Iterator[datetime]:
        """Each date and time of the rule, at or after *since*; without end if it has none."""
        dates = rrulestr(self.text, dtstart=self.first)
        return dates.xafter(since or self.first, inc=True)

    def has(self, day: date) -> bool:
        wanted = datetime.combine(day, self.at)
        return next(self.dates(since=wanted), None) == wanted

    def period(self, day: date) -> tuple[int, int]:
        """What *day* shares with the date of the rule that stands for the same time."""
        if self.which.is_monthly:
            return day.year, day.month
        return day.isocalendar()[:2]

    def ended_before(self, day: date) -> "Rule":
        return replace(self, until=day - timedelta(days=1), count=None)

    def changed(
        self,
        *,
        since: datetime,
        which: Which | None = None,
        weekday: int | None = None,
        at: time | None = None,
    ) -> "Rule":
        """Another rule for the dates of this one at or after *since*. What is None stays.

        Raises:
            Invalid: none of its dates is left.
        """
        next_date = next(self.dates(since=since), None)
        if next_date is None:
            raise Invalid("This series has no dates left, so there is nothing to change.")
        which = self.which if which is None else which
        weekday = self.weekday if weekday is None else weekday
        begins = next_date.date()
        # From the beginning of the month or week in which it would have happened next.
        begins -= timedelta(days=begins.day - 1 if which.is_monthly else begins.weekday())
        earliest = max(
            datetime.combine(begins, at or self.at),
            datetime.combine(since.date(), at or self.at),
        )
        changed = Rule.starting(which, weekday, earliest, phase=next_date.date())
        return changed.with_end_of(self, since=since)

    def with_end_of(self, before: "Rule", *, since: datetime) -> "Rule":
        """The end of the rule *before* this one, less what it had used up *since* then.

        Raises:
            Invalid: nothing would be left of it.
        """
        count = before.count
        if count is not None:
            count = sum(1 for _ in before.dates(since=since))
        ending = replace(self, until=before.until, count=count)
        ending.must_have_dates()
        return ending

    def must_have_dates(self) -> None:
        if self.until is not None and self.until < self.first.date():
            ends = spoken_day(datetime.combine(self.until, time()))
            raise Invalid(
                f"The series would end on {ends}, before its first conversation on "
                f"{spoken_day(self.first)}."
            )

    def must_be_on_the_clock(self, zone: ZoneInfo) -> None:
        """Raises `Invalid`, with the day and the reason, if clocks in *zone* lack one of them."""
        for wall in islice(self.dates(), LOOK_AHEAD):
            instant_of(wall, zone)

    def spoken(self, zone: ZoneInfo) -> str:
        """“every first Thursday at 2:00pm UK time”."""
        words = f"{self.which} {WEEKDAYS[self.weekday]}"
        if self.which.is_monthly:
            words += " of the month"
        words += f" at {spoken_time(self.first)} {spoken_zone(zone)}"
        if (last := self.last) is not None:
            words += f", the last on {spoken_day(last)}"
        return words

    @property
    def last(self) -> datetime | None:
        """Its last date, if it has one."""
        if self.until is None and self.count is None:
            return None
        return max(self.dates(), default=None)
