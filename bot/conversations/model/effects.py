"""What a conversation looks like elsewhere on Discord: the events list, a thread, a role."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.conversations.model.conversation import Conversation
from bot.conversations.model.details import Details
from bot.errors import Closed
from bot.ids import (
    ChannelId,
    ConversationId,
    ListEntryId,
    MemberId,
    NetworkId,
    RoleId,
    ThreadId,
)

LONGEST_LIST_DESCRIPTION = 1000
LONGEST_LOCATION = 100
"""Discord's own limits for its events list."""

PATIENCE = timedelta(days=1)
"""How long something changed by hand in the events list stands unanswered. Then ours is put
back: a wrong hour there sends people to a closed door."""

_SIGN_UP = "\n\nTo sign up: "


class ListState(StrEnum):
    KEPT = "kept"
    DELETED = "deleted"  # by hand, and its hosts were asked
    CHANGED = "changed"  # by hand, and its hosts were asked
    OFF = "off"  # its hosts want it left off the list


@dataclass(frozen=True, slots=True, kw_only=True)
class InList:
    """What the events list says of a conversation."""

    name: str
    description: str
    starts_at: datetime
    ends_at: datetime | None
    channel_id: ChannelId | None  # a voice or stage channel, or else:
    location: str

    @classmethod
    def of(
        cls,
        conversation: Conversation,
        *,
        sign_up: str,
        channel_id: ChannelId | None,
        location: str,
    ) -> "InList":
        """What it ought to say. *sign_up* tells people where they can."""
        tail = f"{_SIGN_UP}{sign_up}"
        room = LONGEST_LIST_DESCRIPTION - len(tail)
        text = conversation.details.description
        if len(text) > room:
            text = f"{text[: room - 1].rstrip()}…"
        return cls(
            name=conversation.title,
            description=f"{text}{tail}".strip(),
            starts_at=conversation.starts_at,
            ends_at=conversation.ends_at,
            channel_id=channel_id,
            location="" if channel_id is not None else location[:LONGEST_LOCATION],
        )

    @property
    def own_words(self) -> str:
        """The description without the line that says where to sign up."""
        return f"\n\n{self.description}".rsplit(_SIGN_UP, 1)[0].strip()

    @property
    def minutes(self) -> int | None:
        if self.ends_at is None:
            return None
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    conversation_id: ConversationId
    network_id: NetworkId
    entry_id: ListEntryId | None
    state: ListState
    wrote: InList
    is_written: bool
    stands: InList | None
    asked: int
    asked_at: datetime | None

    def is_ours(self, found: InList) -> bool:
        """Whether what was *found* in the list is what we wrote, or may have written."""
        return found in (self.stands, self.wrote)

    def says(self, wanted: InList) -> bool:
        """Whether nothing need be written, as far as we know."""
        return self.entry_id is not None and self.is_written and self.wrote == wanted

    def has_waited_enough(self, now: datetime) -> bool:
        return self.asked_at is not None and now >= self.asked_at + PATIENCE

    @property
    def has_news_for_us(self) -> bool:
        """Whether what somebody changed by hand is something that a conversation has as well:
        where it happens, in words, is not."""
        now, before = self.stands, self.wrote
        return now is not None and (
            (now.name, now.own_words, now.starts_at, now.minutes, now.channel_id)
            != (before.name, before.own_words, before.starts_at, before.minutes, before.channel_id)
        )

    def must_wait_for(self, state: ListState, asked: int) -> None:
        """Raises `Closed` unless its hosts are still being asked about just that."""
        if self.state is not state or self.asked != asked:
            raise Closed("That has been settled in the meantime. Nothing has changed.")

    def as_details(self, details: Details) -> Details:
        """*details* with what somebody changed by hand, apart from the time of its start.

        Raises:
            Invalid: a conversation can't be called that, or be that long.
        """
        if self.stands is None:
            return details
        now, before = self.stands, self.wrote
        text = details.description if now.own_words == before.own_words else now.own_words
        changed = now.minutes is not None and now.minutes != before.minutes
        venue = details.venue_channel_id if now.channel_id == before.channel_id else now.channel_id
        read = Details.read(
            title=details.title if now.name == before.name else now.name,
            description=text,
            minutes=now.minutes if changed and now.minutes is not None else details.minutes,
            places=details.places,
            venue_channel_id=venue,
        )
        return replace(read, join_link=details.join_link)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenThread:
    conversation_id: ConversationId
    network_id: NetworkId
    thread_id: ThreadId
    name: str
    is_greeted: bool = False
    moves_told: int = 0
    is_cancel_told: bool = False
    is_archived: bool = False


class Carrying(StrEnum):
    """How somebody came to carry the attendee role, or not to."""

    GIVING = "giving"
    GIVEN = "given"
    BY_HAND = "by_hand"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    member_id: MemberId
    role_id: RoleId
    how: Carrying
