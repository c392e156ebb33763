"""The words about reminders that panels and answers share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.clock import spoken_day, spoken_zone
from bot.network.model import REMINDER_CHOICES
from bot.reminders.model import Reminding


def times(minutes: Sequence[int]) -> str:
    """“one day before and one hour before”."""
    *others, last = [REMINDER_CHOICES[each] for each in minutes] or ["at no time"]
    return f"{', '.join(others)} and {last}" if others else last


def day(instant: datetime, zone: ZoneInfo) -> str:
    return spoken_day(instant.astimezone(zone))


def zone(chosen: ZoneInfo) -> str:
    return spoken_zone(chosen)


def of_one(reminding: Reminding, network_zone: ZoneInfo) -> str:
    """How somebody with a place will be reminded of one conversation."""
    if not reminding.is_wanted:
        return "I won't remind you of this one by private message."
    if reminding.paused_until is not None:
        return f"Your reminders are paused until {day(reminding.paused_until, network_zone)}."
    if not reminding.times:
        return "I'll ask you two days before, by private message, whether you still come."
    return f"I'll remind you by private message, {times(reminding.times)}."
