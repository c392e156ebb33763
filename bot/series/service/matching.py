"""Which date of a new rule stands for which date of the old one. No database."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from bot.clock import instant_of
from bot.series.model import Rule

LONGEST_STEP = timedelta(days=45)
"""More than there is between two dates of any rule."""


def slots(
    rule: Rule, zone: ZoneInfo, *, now: datetime, through: Collection[date]
) -> dict[date, datetime]:
    """The dates of *rule* that are still to come, far enough to stand for all of *through*.

    Raises:
        Invalid: clocks in *zone* skip one of them, or show it twice.
    """
    end = max((*through, rule.first.date())) + LONGEST_STEP
    since = datetime.combine(rule.first.date(), time())
    walls = takewhile(lambda wall: wall.date() <= end, rule.dates(since=since))
    instants = {wall.date(): instant_of(wall, zone) for wall in walls}
    return {day: instant for day, instant in instants.items() if instant > now}


class Matching:
    """Hands out each date of a rule once: the same day if it can, else the same month or week."""

    def __init__(self, rule: Rule, days: Mapping[date, datetime]) -> None:
        self._rule = rule
        self._free = sorted(days)

    def take(self, day: date) -> bool:
        """Whether *day* was free; it no longer is."""
        if day not in self._free:
            return False
        self._free.remove(day)
        return True

    def take_first(self) -> date | None:
        return self._free.pop(0) if self._free else None

    def take_near(self, day: date) -> date | None:
        """The free date that stands for *day*, which no longer is free."""
        near = (each for each in self._free if self._rule.period(each) == self._rule.period(day))
        found = next(near, None)
        if found is not None:
            self._free.remove(found)
        return found

    def match(self, days: Iterable[date]) -> dict[date, date | None]:
        """For each of *days*, soonest first, the date that stands for it; None: there is none."""
        wanted = sorted(days)
        same = {day: day for day in wanted if self.take(day)}
        return {day: same.get(day) or self.take_near(day) for day in wanted}
