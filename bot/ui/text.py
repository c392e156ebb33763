"""People's words and our times, as Discord shows them."""

import re
from datetime import datetime

import discord

# What discord.utils.escape_markdown leaves: headings, small print, lists, and the mentions,
# timestamps and commands that Discord makes of <…>.
_LINE_START = re.compile(r"^(\s*)(-#|#{1,3}(?= )|[-+](?= ))", re.MULTILINE)
_NUMBERED = re.compile(r"^(\s*\d+)\.(?= )", re.MULTILINE)
_MENTION = re.compile(r"<(?=[@#/:tai])")


def as_typed(text: str) -> str:
    """*text* so that Discord shows just what was typed, and links nothing but web addresses."""
    escaped = discord.utils.escape_markdown(text)
    escaped = _NUMBERED.sub(r"\1\.", _LINE_START.sub(r"\1\\\2", escaped))
    return _MENTION.sub(r"\<", escaped)


def own_time(instant: datetime) -> str:
    """The instant on each reader's own clock, in full."""
    return discord.utils.format_dt(instant, "F")


def from_now(instant: datetime) -> str:
    """“in 3 days”, kept up by the reader's Discord."""
    return discord.utils.format_dt(instant, "R")


def shortened(text: str, at_most: int) -> str:
    return text if len(text) <= at_most else f"{text[: at_most - 1]}…"


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
