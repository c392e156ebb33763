"""What a notice is, and how its sending can end."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, IntEnum, StrEnum, auto
from typing import Protocol

from bot.errors import Unavailable
from bot.ids import ConversationId, MemberId, NetworkId, NoticeId

LEASE = timedelta(seconds=90)
"""How long a notice that is being sent is left alone, in case its sender dies."""

EVERYBODY = MemberId(0)
"""Whom a notice is for that is posted in a channel. No person has this id."""

HOLDS_BACK_FOR = 5
"""Attempts during which a notice holds back what its person is owed after it, to keep the order."""

_FIRST_RETRY = timedelta(seconds=30)
_LONGEST_RETRY = timedelta(minutes=30)


class Lane(IntEnum):
    """Who goes first when many are due, so that nothing urgent waits behind a thousand others."""

    POSTS = 0  # in a channel: at its own pace, since no person is written to
    NEWS = 1  # what somebody is waiting to hear
    REMINDERS = 2


class Subject(StrEnum):
    """What a kind of notice is about, and so whose id its `about_id` is."""

    CONVERSATION = "conversation"
    QUOTE = "quote"
    PRACTICE = "practice"
    ACTION = "action"
    NETWORK = "network"
    REFLECTION = "reflection"


class NoticeKind(StrEnum):
    PLACE_CAME_UP = "place_came_up"  # its occurrence: the number of the sign-up
    MOVED = "moved"  # how often the conversation has been moved
    CANCELLED = "cancelled"  # always 1
    WRITTEN = "written"  # the id of an organiser's message
    TAKEN_OFF = "taken_off"  # the id of an organiser's reason
    SIGNED_UP = "signed_up"  # by a standing sign-up; the number of the sign-up
    # To whoever looks after a guest:
    GUEST_PLACE_CAME_UP = "guest_place_came_up"  # the guest's id
    GUEST_TAKEN_OFF = "guest_taken_off"  # the guest's id
    GUESTS_MOVED = "guests_moved"  # as MOVED
    GUESTS_CANCELLED = "guests_cancelled"  # always 1
    GUESTS_WRITTEN = "guests_written"  # as WRITTEN
    # About coming together; the id of the pair:
    SUPPORT_ASKED = "support_asked"
    BUDDY_FOUND = "buddy_found"
    COMPANY_AGREED = "company_agreed"
    COMPANY_DECLINED = "company_declined"
    COMPANY_ENDED = "company_ended"
    NAMED_HOST = "named_host"  # the id of the naming
    HOST_STEPPED_BACK = "host_stepped_back"  # as above; it goes to whoever named them
    DELETED_FROM_LIST = "deleted_from_list"  # how often its hosts were asked about the events list
    CHANGED_IN_LIST = "changed_in_list"  # as above
    LIST_TROUBLE = "list_trouble"  # the id of the trouble

    # Their occurrence: which of a conversation's dates, and how long before it.
    CHANNEL_REMINDER = "channel_reminder"
    REMINDER = "reminder"
    STILL_COMING = "still_coming"
    AFTERWARDS = "afterwards"
    THREAD_REMINDER = "thread_reminder"  # instead of those that could not be sent

    # About a quote. To its speaker; their occurrence: the id of what was done, or of the consent.
    QUOTE_PUBLISHED = "quote_published"
    QUOTE_CHANGES_ASKED = "quote_changes_asked"
    QUOTE_DECLINED = "quote_declined"
    QUOTE_ENDING = "quote_ending"

    # About a practice. To its author or owner; their occurrence: the id of what was done.
    PRACTICE_SHARED = "practice_shared"
    PRACTICE_NOT_NOW = "practice_not_now"
    PRACTICE_HANDED_OVER = "practice_handed_over"
    PRACTICE_STILL_RIGHT = "practice_still_right"  # when that was asked
    PRACTICE_TAKE_OVER = "practice_take_over"
    PRACTICE_ORPHANED = "practice_orphaned"  # for its moderators

    # About the network, for its moderators; its occurrence: the instant that it is for.
    REVIEW_WAITS = "review_waits"
    # To whoever took a post away as a file; the id of what is in it and may not be any more.
    EXPORT_HOLDS = "export_holds"

    # About an action; their occurrence: the id of the step, or how often it was asked about.
    ACTION_NEWS = "action_news"  # to those whose words began it
    ACTION_YOURS = "action_yours"  # to those who are to look after it
    ACTION_OVERDUE = "action_overdue"

    @property
    def lane(self) -> Lane:
        return _LANES.get(self, Lane.NEWS)

    @property
    def about(self) -> Subject:
        return SUBJECTS.get(self, Subject.CONVERSATION)

    @property
    def instead(self) -> "NoticeKind | None":
        """What is posted for everybody when one of this kind meets closed messages."""
        return _INSTEAD.get(self)


SUBJECTS: dict[NoticeKind, Subject] = {
    NoticeKind.QUOTE_PUBLISHED: Subject.QUOTE,
    NoticeKind.QUOTE_CHANGES_ASKED: Subject.QUOTE,
    NoticeKind.QUOTE_DECLINED: Subject.QUOTE,
    NoticeKind.QUOTE_ENDING: Subject.QUOTE,
    NoticeKind.PRACTICE_SHARED: Subject.PRACTICE,
    NoticeKind.PRACTICE_NOT_NOW: Subject.PRACTICE,
    NoticeKind.PRACTICE_HANDED_OVER: Subject.PRACTICE,
    NoticeKind.PRACTICE_STILL_RIGHT: Subject.PRACTICE,
    NoticeKind.PRACTICE_TAKE_OVER: Subject.PRACTICE,
    NoticeKind.PRACTICE_ORPHANED: Subject.PRACTICE,
    NoticeKind.REVIEW_WAITS: Subject.NETWORK,
    NoticeKind.EXPORT_HOLDS: Subject.REFLECTION,
    NoticeKind.ACTION_NEWS: Subject.ACTION,
    NoticeKind.ACTION_YOURS: Subject.ACTION,
    NoticeKind.ACTION_OVERDUE: Subject.ACTION,
}
"""What those kinds are about that are not about a conversation."""


ABOUT_MORE_THAN_A_PLACE = (
    NoticeKind.NAMED_HOST,
    NoticeKind.HOST_STEPPED_BACK,
    NoticeKind.GUEST_PLACE_CAME_UP,
    NoticeKind.GUEST_TAKEN_OFF,
    NoticeKind.GUESTS_MOVED,
    NoticeKind.GUESTS_CANCELLED,
    NoticeKind.GUESTS_WRITTEN,
    NoticeKind.DELETED_FROM_LIST,
    NoticeKind.CHANGED_IN_LIST,
    NoticeKind.LIST_TROUBLE,
)
"""Still to be told to somebody who gives up a place of their own: it is not about that place."""


_LANES = {
    NoticeKind.CHANNEL_REMINDER: Lane.POSTS,
    NoticeKind.THREAD_REMINDER: Lane.POSTS,
    NoticeKind.REVIEW_WAITS: Lane.POSTS,
    NoticeKind.PRACTICE_ORPHANED: Lane.POSTS,
    NoticeKind.REMINDER: Lane.REMINDERS,
    NoticeKind.STILL_COMING: Lane.REMINDERS,
    NoticeKind.AFTERWARDS: Lane.REMINDERS,
}

_INSTEAD = {
    NoticeKind.REMINDER: NoticeKind.THREAD_REMINDER,
    NoticeKind.STILL_COMING: NoticeKind.THREAD_REMINDER,
}


class NoticeState(StrEnum):
    OWED = "owed"
    SENT = "sent"
    MISSED = "missed"  # their messages are closed; told when they next press something
    DROPPED = "dropped"


class Delivery(Enum):
    """How sending a notice ended, when it did end."""

    SENT = auto()
    MESSAGES_CLOSED = auto()
    HAS_LEFT = auto()  # the server
    NO_LONGER_TRUE = auto()  # or no longer of use: it has started, or they gave the place up


class SendingTooFast(Unavailable):
    """Discord says that we write to people too fast: stop for a while, all of it."""


class NotNow(Unavailable):
    """This person wants not to be written to before *until*. Nobody failed."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    id: NoticeId
    network_id: NetworkId
    kind: NoticeKind
    about_id: int
    """The id of what its kind is about."""
    member_id: MemberId
    occurrence: int
    due_at: datetime
    attempts: int

    @property
    def conversation_id(self) -> ConversationId:
        """The conversation it is about. Only ask it of kinds that are about one."""
        if self.kind.about is not Subject.CONVERSATION:
            raise LookupError(f"{self.kind} is not about a conversation")
        return ConversationId(self.about_id)

    @property
    def nonce(self) -> str:
        """24 characters, the same at every attempt, so that Discord refuses a second copy.

        Discord takes up to 25 and remembers them for some minutes:
        https://docs.discord.com/developers/resources/message#create-message
        """
        identity = f"{self.kind}:{self.id}:{self.member_id}:{self.occurrence}"
        return hashlib.blake2b(identity.encode(), digest_size=12).hexdigest()

    @property
    def may_have_been_sent(self) -> bool:
        """An attempt before this one may have got through without our hearing of it."""
        return self.attempts > 1

    def retry_after(self) -> timedelta:
        # The exponent is bounded so that a notice tried for days does not overflow.
        return min(_FIRST_RETRY * 2 ** min(self.attempts - 1, 10), _LONGEST_RETRY)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is owed just now."""

    owed: int
    due: int
    due_since: datetime | None


class Messenger(Protocol):
    """How a notice reaches a person. Discord's side of it lives in `cogs`."""

    async def send(self, notice: Notice) -> Delivery:
        """Send *notice* once, also when asked again after a crash.

        Raises:
            Unavailable: Discord did not answer; the notice stays owed.
            SendingTooFast: as above, and nothing else should be sent for a while.
            NotNow: they sleep; the notice waits until they don't.
        """
        ...
