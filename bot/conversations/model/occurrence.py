"""What a conversation has to do with the series that made it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.ids import SeriesId


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    series_id: SeriesId
    date: date | None
    """By the series' rule, wherever it was moved since. None: the rule has none for it now."""

    is_edited: bool = False  # by itself, so that changes of the series leave it as it is
    rule: str | None = None  # by RFC 5545; None once the series has ended
    first_at: datetime | None = None  # the rule's first date and time, on the network's walls
