"""Time: UTC inside, the network's own zone on the wall."""

from datetime import UTC, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil import tz

from bot.errors import Invalid

# How people name a zone. Elsewhere the city of the zone's name does: "Lisbon time".
_SPOKEN_ZONES = {
    "Europe/London": "UK time",
    "Europe/Belfast": "UK time",
    "Europe/Dublin": "Irish time",
    "UTC": "UTC",
    "Etc/UTC": "UTC",
}


class Clock(Protocol):
    def now(self) -> datetime:
        """The present instant, in UTC, to the whole second."""
        ...


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)


def to_text(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def from_text(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


def spoken_zone(zone: ZoneInfo) -> str:
    return _SPOKEN_ZONES.get(zone.key) or f"{zone.key.split('/')[-1].replace('_', ' ')} time"


def spoken_day(wall: datetime) -> str:
    return f"{wall:%A} {wall.day} {wall:%B} {wall.year}"


def spoken_time(wall: datetime) -> str:
    hour = wall.hour % 12 or 12
    return f"{hour}:{wall:%M}{'am' if wall.hour < 12 else 'pm'}"


def spoken(instant: datetime, zone: ZoneInfo) -> str:
    """“Thursday 3 December 2026, 2:00pm UK time”: complete, and safe to read aloud."""
    wall = instant.astimezone(zone)
    return f"{spoken_day(wall)}, {spoken_time(wall)} {spoken_zone(zone)}"


def retyped(instant: datetime, zone: ZoneInfo) -> str:
    """“3 December 2026 14:00”: as somebody in *zone* would type it, to be read back."""
    wall = instant.astimezone(zone)
    return f"{wall.day} {wall:%B} {wall.year} {wall:%H:%M}"


def spoken_length(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [_counted(hours, "hour"), _counted(rest, "minute")]
    return " ".join(part for part in parts if part)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def nearest_instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """As `instant_of`, for times that nobody typed: the first of two, or the end of the gap."""
    return tz.resolve_imaginary(wall.replace(tzinfo=zone, fold=0)).astimezone(UTC)


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant at which clocks in *zone* show the naive time *wall*.

    Raises:
        Invalid: clocks skip that time, or show it twice, on that day.
    """
    local = wall.replace(tzinfo=zone)
    named = f"{spoken_time(wall)} on {spoken_day(wall)}"
    if not tz.datetime_exists(wall, zone):
        after = tz.resolve_imaginary(local)
        raise Invalid(
            f"There is no {named}: the clocks go forward that day and skip that hour. "
            f"Did you mean {spoken_time(after)}?"
        )
    if tz.datetime_ambiguous(wall, zone):
        raise Invalid(
            f"{named} comes twice: the clocks go back that day and show that hour again. "
            "Please choose another time."
        )
    return local.astimezone(UTC)
