"""What people choose for themselves at one conversation."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.ids import MemberId

MOST_NAMED = 10
"""Names on a card: more would hide what the conversation is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    shows_name: bool = False  # on the card, for everybody
    wants_role: bool = True  # if the network gives one to people who come


NOBODY: Sequence[MemberId] = ()
