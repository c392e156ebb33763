"""The words that dates are made of."""

import re

from dateutil.parser import parserinfo

from bot.errors import Invalid

EXAMPLES = "“3 Dec 2pm”, “Thursday 3 December 14:00” or “first Thursday of next month 2pm”"

_NAMES = parserinfo(dayfirst=True)
_SHORT_WEEKDAYS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}  # dateutil knows the others
_FILLER = {
    *("at", "on", "the", "of", "in", "from", "this", "coming", "o'clock", "t"),
    *("noon", "midday"),  # left over from "12:00 noon"
}
_ZONES = {"gmt", "bst", "utc", "z", "cet", "cest", "est", "edt", "pst", "pdt", "ist"}


def weekday(word: str) -> int | None:
    """Monday is 0."""
    return _SHORT_WEEKDAYS.get(word, _NAMES.weekday(word))


def month(word: str) -> int | None:
    """January is 1."""
    return _NAMES.month(word)


def words_of(text: str) -> tuple[str, ...]:
    """The words that matter.

    Raises:
        Invalid: one of them is a time zone, which would be another than the network's.
    """
    words = [word for word in re.split(r"[\s,]+", text) if word and word not in _FILLER]
    for word in words:
        if word in _ZONES:
            raise Invalid(
                f"I read times in this network's own time zone. Please leave out “{word.upper()}”."
            )
    return tuple(words)


def shortened(typed: str) -> str:
    return typed if len(typed) <= 60 else f"{typed[:60]}…"
