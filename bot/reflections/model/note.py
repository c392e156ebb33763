"""Points that people note about a conversation, for those who write about it."""

from dataclasses import dataclass
from datetime import datetime

from bot import prose
from bot.ids import ConversationId, MemberId, NetworkId

LONGEST_POINT = 1000
MOST_NOTES = 500
"""Of one conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What somebody wants to note."""

    question: int | None  # which of the conversation's, from 1; None: the whole of it
    words: str

    @classmethod
    def read(cls, typed: str, question: int | None = None) -> "Point | None":
        """None when nothing was typed. Raises `Invalid`: too long."""
        words = prose.passage(typed, called="note", at_most=LONGEST_POINT)
        return cls(question=question, words=words) if words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    network_id: NetworkId
    conversation_id: ConversationId
    point: Point
    noted_by: MemberId | None  # None: they did not want to be named
    noted_at: datetime
