"""How many notices go out at once, how fast, and when nothing does."""

from dataclasses import dataclass
from datetime import timedelta

from bot.notices.model import Delivery, Lane

AT_ONCE = 10
"""How many notices one round tries, before people pressing buttons get their turn."""

PACE = timedelta(seconds=1)
"""The least time for each message to a person: Discord takes a bot that is faster for spam.

Messages that Discord refuses count too: ten thousand refusals in ten minutes get a bot shut out.
"""

ABREAST = 3
"""How many are on their way at once, so that a slow Discord does not slow the pace."""

TO_PEOPLE = (Lane.NEWS, Lane.REMINDERS)

PAUSE = timedelta(minutes=10)
"""How long nothing is sent after Discord has said "too fast"."""


@dataclass(slots=True)
class Round:
    """What those who deliver at the same time share."""

    left: int
    sent: int = 0
    asked: int = 0  # of Discord, whatever it answered
    was_too_fast: bool = False


ASKED = {Delivery.SENT, Delivery.MESSAGES_CLOSED, Delivery.HAS_LEFT}
