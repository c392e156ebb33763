"""Dates as people type them, read day first in the network's zone, and never guessed.

No library does this strictly enough: dateparser takes "Friday 3 December" on a Thursday and
"03/13" for 13 March, and none reads "first Thursday of next month". The calendar itself
(names, nth weekdays, hours that clocks skip) is dateutil's.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.parser import parserinfo
from dateutil.relativedelta import relativedelta, weekday

from bot import prose
from bot.clock import instant_of, spoken_day
from bot.errors import Invalid

EXAMPLES = "“3 Dec 2pm”, “Thursday 3 December 14:00” or “first Thursday of next month 2pm”"


_NAMES = parserinfo(dayfirst=True)
_SHORT_WEEKDAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}  # dateutil knows the others
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NTH_SHORT = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_FILLER = {"at", "on", "the", "of", "in", "from", "this", "coming", "o'clock", "t"}
# Discord's own time picker leaves this: https://docs.discord.com/developers/reference
_PICKED = re.compile(r"<t:(-?[0-9]{1,20})(?::[A-Za-z])?>")
_LONGEST = 200  # characters; nobody types a longer date
_YEARS = range(1970, 9999)  # a year to spare, so that another zone's midnight is a date as well
_ADD_TIME = "Please type the day again with a time, as in “2pm” or “14:00”."
_MERIDIEM = r"(?P<half>[ap])\.?m\b\.?"
_TIMES = (
    re.compile(rf"(?<![\d.:/])(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s*{_MERIDIEM}"),
    re.compile(r"(?<![\d.:/-])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::00)?(?![\d:])"),
    re.compile(r"\b(?P<noon>noon|midday)\b"),
    re.compile(r"(?<![\d.:/-])(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?![\d./-])(?!.*\d\.\d)"),
)


def read_date(typed: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that *typed* means, seen from *now* by somebody in *zone*.

    A date without a year is the next such date. The past is not refused here.

    Raises:
        Invalid: it cannot be read, or could mean two things; the sentence says which.
    """
    typed = prose.tidy(typed)
    if picked := _PICKED.search(typed):
        return _picked(int(picked[1]))
    text = " ".join(typed.casefold().replace("\u2019", "'").split())
    if len(text) > _LONGEST:
        raise Invalid(f"That is too long for a date. Please type it as in {EXAMPLES}.")
    wall_time, day_words = _split_time(text)
    today = now.astimezone(zone).date()
    day = _Day(today, tuple(_words(day_words)), typed=_shortened(typed)).read()
    if wall_time is None:
        raise Invalid(f"I read that as {_spoken(day)}. What time does it start? {_ADD_TIME}")
    return instant_of(datetime.combine(day, wall_time), zone)


def _picked(unix: int) -> datetime:
    try:
        instant = datetime.fromtimestamp(unix, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise _too_far() from error
    if instant.year not in _YEARS:
        raise _too_far()
    return instant


def _too_far() -> Invalid:
    return Invalid("That date is too far away to use. Please check the year.")


def _split_time(text: str) -> tuple[time | None, str]:
    """The time of day in *text* if there is one, and the rest."""
    if "midnight" in text:
        raise Invalid("“Midnight” could be the night before or after. Please type 23:59 or 0:01.")
    for pattern in _TIMES:
        found = list(pattern.finditer(text))
        if len(found) > 1:
            raise Invalid(
                "I found two times. Please give the time it starts, and its length apart."
            )
        if found:
            match = found[0]
            return _time(match), f"{text[: match.start()]} {text[match.end() :]}"
    if bare := re.search(r"\bat (\d{1,2})$", text):
        raise Invalid(f"Is that morning or afternoon? Please type “{bare[1]}am” or “{bare[1]}pm”.")
    return None, text


def _spoken(day: date) -> str:
    return spoken_day(datetime.combine(day, time()))


def _time(match: re.Match[str]) -> time:
    parts = match.groupdict()
    if parts.get("noon"):
        return time(12)
    hour, minute, half = int(parts["hour"]), int(parts["minute"] or 0), parts.get("half")
    written = match[0].strip()
    if half and not 1 <= hour <= 12:
        raise Invalid(f"“{written}” is not a time I know. Please type “2pm” or “14:00”.")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif 1 <= hour <= 7 and not written.startswith("0"):
        raise Invalid(
            f"“{written}” could be morning or afternoon. Please type “{hour}:{minute:02}pm”, "
            f"or “{hour}:{minute:02}am”."
        )
    if hour > 23 or minute > 59:
        raise Invalid(f"“{written}” is not a time on the clock. Please type “2pm” or “14:00”.")
    return time(hour, minute)


def _weekday(word: str) -> int | None:
    """Monday is 0."""
    return _SHORT_WEEKDAYS.get(word, _NAMES.weekday(word))


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[\s,]+", text) if word and word not in _FILLER]


def _shortened(typed: str) -> str:
    return typed if len(typed) <= 60 else f"{typed[:60]}…"


@dataclass(frozen=True, slots=True)
class _Day:
    """The words that name a day, and today to count from."""

    today: date
    words: tuple[str, ...]
    typed: str

    def read(self) -> date:
        if not self.words:
            raise Invalid(f"Which day? Please add one, as in {EXAMPLES}.")
        day = self._relative() or self._nth_weekday() or self._numeric() or self._named()
        if day is None:
            raise Invalid(f"I can't find a day in “{self.typed}”. Please type it as in {EXAMPLES}.")
        return day

    def _relative(self) -> date | None:
        match self.words:
            case ("today" | "tonight",):
                return self.today
            case ("tomorrow",):
                return self.today + timedelta(days=1)
            case ("yesterday",):
                return self.today - timedelta(days=1)
            case (name,) if (wanted := _weekday(name)) is not None:
                return self._coming(wanted)
            case ("next", name) if (wanted := _weekday(name)) is not None:
                return self._coming(wanted)
            case (name, "week") if (wanted := _weekday(name)) is not None:
                return self._coming(wanted) + timedelta(weeks=1)
            case (number, unit) | (number, unit, "time" | "now"):
                return self._counted(number, unit)
            case _:
                return None

    def _coming(self, wanted: int) -> date:
        if wanted == self.today.weekday():
            raise Invalid(
                f"Today is {self.today:%A}. Please type “today”, or the date of the one you mean."
            )
        return self.today + relativedelta(weekday=weekday(wanted))

    def _counted(self, number: str, unit: str) -> date | None:
        count = _COUNT.get(number) or (int(number) if re.fullmatch(r"[0-9]{1,3}", number) else None)
        unit = unit.removesuffix("'").removesuffix("s").removesuffix("'")
        if count is None or unit not in {"day", "week", "month"}:
            return None
        if unit == "month":
            return self.today + relativedelta(months=count)
        return self.today + timedelta(days=count if unit == "day" else 7 * count)

    def _nth_weekday(self) -> date | None:
        if len(self.words) < 3 or self.words[0] not in _NTH | _NTH_SHORT:
            return None
        wanted = _weekday(self.words[1])
        if wanted is None:
            return None
        first, rolls = self._month(self.words[2:])
        day = self._nth(first, wanted)
        if rolls and day < self.today:
            day = self._nth(first + relativedelta(years=1), wanted)
        return day

    def _month(self, words: tuple[str, ...]) -> tuple[date, bool]:
        """The first day of the month named, and whether it may roll on to next year."""
        this = self.today.replace(day=1)
        match words:
            case ("next", "month"):
                return this + relativedelta(months=1), False
            case ("month",):
                return this, False
            case (name,) if (month := _NAMES.month(name)) is not None:
                has_gone = month < this.month
                return this.replace(month=month) + relativedelta(years=has_gone), True
            case (name, year) if (month := _NAMES.month(name)) is not None and year.isdecimal():
                return self._date(1, month, year), False
            case _:
                raise Invalid(
                    f"I can't find the month in “{self.typed}”. Please type it as in {EXAMPLES}."
                )

    def _nth(self, first: date, wanted: int) -> date:
        nth = (_NTH | _NTH_SHORT)[self.words[0]]
        start = first + relativedelta(day=31) if nth < 0 else first
        day = start + relativedelta(weekday=weekday(wanted)(nth))
        if day.month != first.month:
            raise Invalid(f"{first:%B} {first.year} has no fifth {day:%A}.")
        return day

    def _numeric(self) -> date | None:
        words = [word for word in self.words if _weekday(word) is None]
        if len(words) != 1:
            return None
        if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})t?", words[0]):
            day = self._date(int(iso[3]), int(iso[2]), iso[1])
        elif short := re.fullmatch(r"(\d{1,2})([/.-])(\d{1,2})(?:\2(\d{4}|\d\d))?\.?", words[0]):
            day = self._date(int(short[1]), int(short[3]), short[4])
        else:
            return None
        return self._agreed(day)

    def _named(self) -> date | None:
        day = month = year = None
        for word in self.words:
            number = re.fullmatch(r"(\d{1,4})(st|nd|rd|th)?", word)
            if (found := _NAMES.month(word)) is not None and month is None:
                month = found
            elif number and len(number[1]) <= 2 and day is None:
                day = int(number[1])
            elif number and len(number[1]) == 4 and not number[2] and year is None:
                year = number[1]
            elif _weekday(word) is None:
                return None
        if day is None or month is None:
            return None
        return self._agreed(self._date(day, month, year))

    def _date(self, day: int, month: int, year: str | None) -> date:
        if not 1 <= month <= 12:
            raise Invalid(f"There is no month {month}. I read the day first: “2/4” is 2 April.")
        if year is not None:
            return self._exactly(day, month, int(year) + (2000 if len(year) == 2 else 0))
        has_gone = (month, day) < (self.today.month, self.today.day)
        return self._exactly(day, month, self.today.year + has_gone)

    def _exactly(self, day: int, month: int, year: int) -> date:
        if year not in _YEARS:
            raise _too_far()
        try:
            return date(year, month, day)
        except ValueError as error:
            name = date(2000, month, 1).strftime("%B")
            raise Invalid(f"There is no {day} {name} {year}. Please check the date.") from error

    def _agreed(self, day: date) -> date:
        """*day*, once any weekday that was typed agrees with it."""
        for word in self.words:
            typed_weekday = _weekday(word)
            if typed_weekday is not None and typed_weekday != day.weekday():
                other = date(2024, 1, 1) + timedelta(days=typed_weekday)
                raise Invalid(f"That date is {_spoken(day)}, not a {other:%A}. Which did you mean?")
        return day
