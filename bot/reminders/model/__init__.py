"""The rules of reminding. No database, no Discord, no clock."""

from bot.reminders.model.planned import Planned, PlannedReminder
from bot.reminders.model.timetable import (
    ASK_BEFORE,
    Dealt,
    Moment,
    Occasion,
    Purpose,
    applies,
    before,
    date_and_minutes,
    how_soon,
    latest,
    left_out_because,
    morning_after,
    occurrence_of,
    timetable,
)
from bot.reminders.model.wish import (
    HOURS_OF_A_DAY,
    Hours,
    Recipient,
    ReminderWish,
    Reminding,
    pause_end,
    spoken_hour,
)

__all__ = [
    "ASK_BEFORE",
    "HOURS_OF_A_DAY",
    "Dealt",
    "Hours",
    "Moment",
    "Occasion",
    "Planned",
    "PlannedReminder",
    "Purpose",
    "Recipient",
    "ReminderWish",
    "Reminding",
    "applies",
    "before",
    "date_and_minutes",
    "how_soon",
    "latest",
    "left_out_because",
    "morning_after",
    "occurrence_of",
    "pause_end",
    "spoken_hour",
    "timetable",
]
