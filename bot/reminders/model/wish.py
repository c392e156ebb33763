"""What one person wants of reminders: whether, when, at which hours, and not just now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.clock import nearest_instant_of, spoken_time
from bot.errors import Invalid
from bot.ids import MemberId

HOURS_OF_A_DAY = 24
LONGEST_PAUSE = timedelta(days=2 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """The hours of the day at which somebody may be written to. Equal ones mean all of it."""

    from_hour: int = 8
    until_hour: int = 21

    def __post_init__(self) -> None:
        if not {self.from_hour, self.until_hour} <= set(range(HOURS_OF_A_DAY)):
            raise Invalid("Please choose two hours from the lists.")

    def has(self, wall: datetime) -> bool:
        since_opening = (wall.hour - self.from_hour) % HOURS_OF_A_DAY
        return since_opening < ((self.until_hour - self.from_hour) % HOURS_OF_A_DAY or 24)

    def next_in(self, instant: datetime, zone: ZoneInfo) -> datetime:
        """*instant* itself, or the next one at which these hours begin in *zone*."""
        wall = instant.astimezone(zone)
        if self.has(wall):
            return instant
        # Up to the day after tomorrow: the clocks may skip the only hour of one night.
        openings = (self._opening(wall.date() + timedelta(days=days), zone) for days in range(3))
        return next(
            opening
            for opening in openings
            if opening > instant and self.has(opening.astimezone(zone))
        )

    def _opening(self, day: date, zone: ZoneInfo) -> datetime:
        return nearest_instant_of(datetime.combine(day, time(self.from_hour)), zone)

    def spoken(self) -> str:
        if self.from_hour == self.until_hour:
            return "at any hour"
        return f"from {spoken_hour(self.from_hour)} to {spoken_hour(self.until_hour)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderWish:
    """One person's, in one network. The defaults are those of everybody who chose nothing."""

    is_wanted: bool = False
    times: Sequence[int] | None = None  # minutes before; None: when the network does
    hours: Hours = Hours()
    time_zone: str | None = None  # None: the network's
    paused_until: datetime | None = None

    def for_one(self, *, is_wanted: bool) -> "ReminderWish":
        """With what they chose for one conversation, whatever they want of the others."""
        return replace(self, is_wanted=is_wanted)

    def is_paused(self, now: datetime) -> bool:
        return self.paused_until is not None and now < self.paused_until

    def zone_in(self, network: ZoneInfo) -> ZoneInfo:
        return network if self.time_zone is None else ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody with a place who wants reminders of this conversation, just now."""

    member_id: MemberId
    wish: ReminderWish
    has_own_place: bool  # and could give it up; a supporter has none


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """How one person is reminded of one conversation."""

    is_wanted: bool
    times: Sequence[int]
    paused_until: datetime | None  # None: not paused


def spoken_hour(hour: int) -> str:
    if hour % 12 == 0:
        return "noon" if hour else "midnight"
    return spoken_time(datetime.combine(date.min, time(hour))).replace(":00", "")


def pause_end(day: date, zone: ZoneInfo, now: datetime) -> datetime:
    """The beginning of *day*.

    Raises:
        Invalid: it has come already, or is years away.
    """
    ends_at = nearest_instant_of(datetime.combine(day, time()), zone)
    if ends_at <= now:
        raise Invalid("That day has come already. Please choose one that is still to come.")
    if ends_at > now + LONGEST_PAUSE:
        raise Invalid("That is more than two years away. You can also turn reminders off.")
    return ends_at
