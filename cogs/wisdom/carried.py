"""Words that a private message carries until their speaker has said yes to keeping them.

They are in one part of that message and nowhere else. A quote has no backslashes of its own, so
those that stand there are the escapes that keep its markdown from being read.
"""

from __future__ import annotations

from typing import Any

import discord

from bot.errors import NotFound
from bot.ui.text import as_typed

WORDS_ID = 4711
"""The number of that part. Messages that are already sent have it too: never change it."""


def carried(text: str) -> discord.ui.TextDisplay[Any]:
    """The part of a message that shows *text*, and keeps it for `words_on`."""
    return discord.ui.TextDisplay(as_typed(text.replace("\\", "")), id=WORDS_ID)


def words_on(message: discord.Message | None, *, or_else: str | None = None) -> str:
    """The words that a message carries, just as they were put there.

    Raises:
        NotFound: it carries none any more, and nothing else was given for that.
    """
    for component in message.components if message is not None else ():
        for part in [component, *getattr(component, "children", [])]:
            if isinstance(part, discord.TextDisplay) and part.id == WORDS_ID:
                return part.content.replace("\\", "")
    if or_else is not None:
        return or_else
    raise NotFound("The words are not in this message any more. Please begin again.")
