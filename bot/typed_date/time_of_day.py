"""The time of day in a typed date."""

import re
from datetime import time

from bot.errors import Invalid

_MERIDIEM = r"(?P<half>[ap])\.?m\b\.?"
_TIMES = (
    re.compile(rf"(?<![\d.:/])(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?\s*{_MERIDIEM}"),
    re.compile(r"(?<![\d.:/-])(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::00)?(?![\d:])"),
    re.compile(r"\b(?:12 ?)?(?P<noon>noon|midday)\b"),
    re.compile(r"(?<![\d.:/-])(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?![\d./-])(?!.*\d\.\d)"),
)
# "1400" could be a time; "2030" could be a year as well.
_BARE = re.compile(r"\b(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\b")


def split_time(text: str) -> tuple[time | None, str]:
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
    if (year := _BARE.search(text)) and not 1970 <= int(year[0]) <= 2199:
        raise Invalid(f"If “{year[0]}” is a time, please type “{year['hour']}:{year['minute']}”.")
    return None, text


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
