"""Somebody who comes without Discord, by the name they like to be called."""

from dataclasses import dataclass

from bot import prose
from bot.conversations.model.conversation import SignUp
from bot.ids import ConversationId, GuestId, MemberId

LONGEST_NAME = 40
LONGEST_GUEST_NOTE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """How they are reached is not kept: the member who looks after them knows."""

    id: GuestId
    name: str
    note: str
    looked_after_by: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestSignUp:
    """A guest with their answer, as an organiser or whoever looks after them gave it."""

    conversation_id: ConversationId
    guest: Guest
    sign_up: SignUp
    taken_off_because: str | None  # None: they were not


def guest_name(typed: str) -> str:
    """Raises `Invalid`: nothing to read, or too much for a first name."""
    return prose.line(typed, called="guest's name", at_most=LONGEST_NAME)


def guest_note(typed: str) -> str:
    """Raises `Invalid`: too long."""
    text = prose.passage(typed, called="note about the guest", at_most=LONGEST_GUEST_NOTE)
    return " ".join(text.split())
