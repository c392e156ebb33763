"""Dates as people type them, read day first in the network's zone, and never guessed.

No library does this strictly enough: dateparser takes "Friday 3 December" on a Thursday and
"03/13" for 13 March, and none reads "first Thursday of next month". The calendar itself
(names, nth weekdays, hours that clocks skip) is dateutil's.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot import prose
from bot.clock import instant_of
from bot.errors import Invalid
from bot.typed_date.day import YEARS, Day, spoken_date, too_far
from bot.typed_date.time_of_day import split_time
from bot.typed_date.words import EXAMPLES, shortened, words_of

__all__ = ["EXAMPLES", "read_date", "read_day", "read_time"]

# Discord's own time picker leaves this: https://docs.discord.com/developers/reference
_PICKED = re.compile(r"<t:(-?[0-9]{1,20})(?::[A-Za-z])?>")
_LONGEST = 200  # characters; nobody types a longer date
_ADD_TIME = "Please type the day again with a time, as in “2pm” or “14:00”."


def read_date(typed: str, *, now: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) that *typed* means, seen from *now* by somebody in *zone*.

    A date without a year is the next such date. The past is not refused here.

    Raises:
        Invalid: it cannot be read, or could mean two things; the sentence says which.
    """
    typed = prose.tidy(typed)
    if picked := _PICKED.search(typed):
        return _picked(int(picked[1]))
    wall_time, day = _read(typed, now, zone)
    today = now.astimezone(zone).date()
    if wall_time is None and day < today:
        raise Invalid(f"{spoken_date(day)} has already gone. Please choose a day still to come.")
    if wall_time is None:
        raise Invalid(f"I read that as {spoken_date(day)}. What time does it start? {_ADD_TIME}")
    return instant_of(datetime.combine(day, wall_time), zone)


def read_day(typed: str, *, now: datetime, zone: ZoneInfo, may_be_gone: bool = False) -> date:
    """The day that *typed* means. A time with it is not needed, and changes nothing.

    Raises:
        Invalid: it cannot be read, could mean two days, or has gone, unless it *may_be_gone*.
    """
    typed = prose.tidy(typed)
    if picked := _PICKED.search(typed):
        day = _picked(int(picked[1])).astimezone(zone).date()
    else:
        day = _read(typed, now, zone)[1]
    if day < now.astimezone(zone).date() and not may_be_gone:
        raise Invalid(f"{spoken_date(day)} has already gone. Please choose a day still to come.")
    return day


def read_time(typed: str) -> time:
    """The time of day that *typed* means.

    Raises:
        Invalid: there is none, or more than that.
    """
    wall_time, rest = split_time(_as_read(prose.tidy(typed)))
    if wall_time is None or words_of(rest):
        raise Invalid(
            f"I can't find a time of day in “{shortened(typed)}”. Please type it as in “2pm” or "
            "“14:00”."
        )
    return wall_time


def _read(typed: str, now: datetime, zone: ZoneInfo) -> tuple[time | None, date]:
    wall_time, day_words = split_time(_as_read(typed))
    today = now.astimezone(zone).date()
    return wall_time, Day(today, words_of(day_words), typed=shortened(typed)).read()


def _as_read(typed: str) -> str:
    text = " ".join(typed.casefold().replace("\u2019", "'").split())
    if len(text) > _LONGEST:
        raise Invalid(f"That is too long for a date. Please type it as in {EXAMPLES}.")
    return text


def _picked(unix: int) -> datetime:
    try:
        instant = datetime.fromtimestamp(unix, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise too_far() from error
    if instant.year not in YEARS:
        raise too_far()
    return instant
