"""What a series is, and when it happens."""

from bot.series.model.rule import MOST_DATES, WEEKDAYS, Rule, Which
from bot.series.model.series import (
    AHEAD,
    DEFAULT_WEEKS,
    MOST_SERIES,
    MOST_WEEKS,
    Counts,
    Dated,
    Joined,
    Outlook,
    ProposedRule,
    Reshaped,
    Series,
    SeriesPage,
    SeriesState,
    announce_weeks,
    not_found,
    spoken_rule,
)

__all__ = [
    "AHEAD",
    "DEFAULT_WEEKS",
    "MOST_DATES",
    "MOST_SERIES",
    "MOST_WEEKS",
    "WEEKDAYS",
    "Counts",
    "Dated",
    "Joined",
    "Outlook",
    "ProposedRule",
    "Reshaped",
    "Rule",
    "Series",
    "SeriesPage",
    "SeriesState",
    "Which",
    "announce_weeks",
    "not_found",
    "spoken_rule",
]
