"""What came of what people did, and what they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversations.model.conversation import Conversation, SignUp, SignUpState
from bot.conversations.model.guest import Guest
from bot.errors import Closed
from bot.ids import ChannelId, ConversationId, GuestId, MemberId, MessageId, MoveId, NetworkId


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an answer led to, and how the conversation stands after it."""

    conversation: Conversation
    sign_up: SignUp
    before: SignUpState | None  # None: they had not answered
    moved_up: int  # how many people got a place from the waitlist

    @property
    def changed(self) -> bool:
        return self.sign_up.state is not self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One person on an organiser's list: a member, a guest, or somebody not known any more."""

    member_id: MemberId | None
    guest: Guest | None
    sign_up: SignUp
    attended: bool | None = None  # None: nobody has noted it


@dataclass(frozen=True, slots=True, kw_only=True)
class Promoted:
    """Who got a place from the waitlist: a member, or else a guest."""

    member_id: MemberId | None
    guest_id: GuestId | None
    number: int  # of their sign-up


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Part of an organiser's list: those going first, then supporters, the waitlist, maybe."""

    conversation: Conversation
    listed: Sequence[Listed]
    number: int  # from 0
    pages: int
    before: int  # people on earlier pages


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePage(PeoplePage):
    """Part of those who were expected, to be ticked by an organiser."""

    there: int  # on all pages
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """How many of those expected were there."""

    conversation: Conversation
    there: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Everybody:
    """An organiser's whole list, in the order of its pages."""

    conversation: Conversation
    listed: Sequence[Listed]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMove:
    """A new date that an organiser is reading back."""

    id: MoveId
    conversation: Conversation
    was_at: datetime  # when it started as the organiser proposed this
    to_start_at: datetime

    def must_still_fit(self, was: str, now: str) -> None:
        """Raises `Closed` when it has been moved from *was* to *now*, as those are said."""
        if self.conversation.starts_at != self.was_at:
            raise Closed(
                "Somebody else has moved this conversation in the meantime, so I have changed "
                f"nothing. It started: {was}. It now starts: {now}. "
                "Please move it again if you still want to."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an organiser did, and how many people are being told of it."""

    conversation: Conversation
    people: int
    guests: int = 0  # whoever looks after them is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    conversation: Conversation
    moved_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """A conversation with one person's answer to it."""

    conversation: Conversation
    sign_up: SignUp
    ahead_in_line: int  # people on the waitlist before them, 0 unless they wait

    @property
    def has_place(self) -> bool:
        """Also a supporter is there with somebody who has one."""
        return self.sign_up.state in {SignUpState.GOING, SignUpState.SUPPORTING}


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage:
    """Some of what one person has answered, soonest first."""

    mine: Sequence[Mine]
    number: int  # from 0
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of the conversations ahead, soonest first."""

    conversations: Sequence[Conversation]
    number: int  # from 0
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """The message that shows a conversation to everybody."""

    conversation_id: ConversationId
    network_id: NetworkId
    channel_id: ChannelId
    message_id: MessageId
    shows: str  # a digest of what was drawn last
    cover: str | None = None  # the name of the picture attached to it
