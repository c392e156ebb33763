"""The day in a typed date."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.relativedelta import relativedelta
from dateutil.relativedelta import weekday as on

from bot.clock import spoken_day
from bot.errors import Invalid
from bot.typed_date.words import EXAMPLES, weekday
from bot.typed_date.words import month as month_of

_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_NTH_SHORT = {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
YEARS = range(1970, 9999)  # a year to spare, so that another zone's midnight is a date as well


@dataclass(frozen=True, slots=True)
class Day:
    """The words that name a day, and today to count from."""

    today: date
    words: tuple[str, ...]
    typed: str

    def read(self) -> date:
        if not self.words:
            raise Invalid(f"Which day? Please add one, as in {EXAMPLES}.")
        day = self._relative() or self._nthweekday() or self._numeric() or self._named()
        if day is None:
            raise Invalid(f"I can't find a day in “{self.typed}”. Please type it as in {EXAMPLES}.")
        return day

    def _relative(self) -> date | None:
        match self.words:
            case ("today" | "tonight",):
                return self.today
            case ("tomorrow",):
                return self.today + timedelta(days=1)
            case ("day", "after", "tomorrow"):
                return self.today + timedelta(days=2)
            case ("yesterday",):
                return self.today - timedelta(days=1)
            case (name,) if (wanted := weekday(name)) is not None:
                return self._coming(wanted)
            case ("next", name) if (wanted := weekday(name)) is not None:
                return self._next(wanted)
            case (name, "next", "week") | ("next", "week", name) if (
                wanted := weekday(name)
            ) is not None:
                monday = self.today + relativedelta(days=1, weekday=on(0))
                return monday + timedelta(days=wanted)
            case (name, "week") if (wanted := weekday(name)) is not None:
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
        return self.today + relativedelta(weekday=on(wanted))

    def _next(self, wanted: int) -> date:
        """Clear only when this week's has gone: people disagree about the rest."""
        coming = self._coming(wanted)
        if wanted > self.today.weekday():
            later = coming + timedelta(weeks=1)
            raise Invalid(
                f"“Next {coming:%A}” could be {coming.day} {coming:%B} or {later.day} {later:%B}. "
                "Please type the date of the one you mean."
            )
        return coming

    def _counted(self, number: str, unit: str) -> date | None:
        count = _COUNT.get(number) or (int(number) if re.fullmatch(r"[0-9]{1,3}", number) else None)
        unit = unit.removesuffix("'").removesuffix("s").removesuffix("'")
        if count is None or unit not in {"day", "week", "month"}:
            return None
        if unit == "month":
            return self.today + relativedelta(months=count)
        return self.today + timedelta(days=count if unit == "day" else 7 * count)

    def _nthweekday(self) -> date | None:
        if len(self.words) < 3 or self.words[0] not in _NTH | _NTH_SHORT:
            return None
        wanted = weekday(self.words[1])
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
            case (name,) if (month := month_of(name)) is not None:
                has_gone = month < this.month
                return this.replace(month=month) + relativedelta(years=has_gone), True
            case (name, year) if (month := month_of(name)) is not None and year.isdecimal():
                return self._date(1, month, year), False
            case _:
                raise Invalid(
                    f"I can't find the month in “{self.typed}”. Please type it as in {EXAMPLES}."
                )

    def _nth(self, first: date, wanted: int) -> date:
        nth = (_NTH | _NTH_SHORT)[self.words[0]]
        start = first + relativedelta(day=31) if nth < 0 else first
        day = start + relativedelta(weekday=on(wanted)(nth))
        if day.month != first.month:
            raise Invalid(f"{first:%B} {first.year} has no fifth {day:%A}.")
        return day

    def _numeric(self) -> date | None:
        words = [word for word in self.words if weekday(word) is None]
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
            if (found := month_of(word)) is not None and month is None:
                month = found
            elif number and len(number[1]) <= 2 and day is None:
                day = int(number[1])
            elif number and len(number[1]) in {2, 4} and not number[2] and year is None:
                year = number[1]
            elif weekday(word) is None:
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
        if year not in YEARS:
            raise too_far()
        try:
            return date(year, month, day)
        except ValueError as error:
            name = date(2000, month, 1).strftime("%B")
            raise Invalid(f"There is no {day} {name} {year}. Please check the date.") from error

    def _agreed(self, day: date) -> date:
        """*day*, once any weekday that was typed agrees with it."""
        for word in self.words:
            typed_weekday = weekday(word)
            if typed_weekday is not None and typed_weekday != day.weekday():
                other = date(2024, 1, 1) + timedelta(days=typed_weekday)
                raise Invalid(
                    f"That date is {spoken_date(day)}, not a {other:%A}. Which did you mean?"
                )
        return day


def spoken_date(day: date) -> str:
    return spoken_day(datetime.combine(day, time()))


def too_far() -> Invalid:
    return Invalid("That date is too far away to use. Please check the year.")
