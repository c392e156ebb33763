"""The rules of a conversation. No database, no Discord, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from bot import prose
from bot.errors import Closed, Invalid, NotFound
from bot.ids import ChannelId, ConversationId, MemberId, MessageId, MoveId, NetworkId
from bot.network.model import LinkTo, link

LONGEST_TITLE = 100
LONGEST_DESCRIPTION = 1000  # as in Discord's own events list
MOST_PLACES = 10_000
SHORTEST, LONGEST = 15, 720
"""Minutes a conversation may last."""
DEFAULT_MINUTES = 90
FURTHEST = timedelta(days=2 * 366)
"""How far ahead a conversation may be planned: beyond that a year was mistyped."""


class SignUpState(StrEnum):
    GOING = "going"
    MAYBE = "maybe"
    WAITING = "waiting"
    NOT_COMING = "not_coming"


EVERYBODY_WHO_ANSWERED = (SignUpState.GOING, SignUpState.WAITING, SignUpState.MAYBE)
"""Those who would miss a conversation if it were gone."""


class Phase(Enum):
    AHEAD = auto()
    UNDER_WAY = auto()
    OVER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an organiser writes about a conversation, checked."""

    title: str
    description: str
    minutes: int
    places: int | None  # None: no limit
    venue_channel_id: ChannelId | None = None  # a voice or stage channel, which everybody may know
    join_link: str | None = None  # shown to people with a place, and to nobody else

    @classmethod
    def read(
        cls,
        *,
        title: str,
        description: str = "",
        minutes: str | int,
        places: str | int | None,
        venue_channel_id: ChannelId | None = None,
        join_link: str = "",
    ) -> "Details":
        """Raises `Invalid` for the first thing that cannot be used."""
        unlimited = places is None or (isinstance(places, str) and not places.strip())
        return cls(
            title=prose.line(title, called="title", at_most=LONGEST_TITLE),
            description=prose.passage(
                description, called="description", at_most=LONGEST_DESCRIPTION
            ),
            minutes=prose.whole_number(
                minutes, called="length in minutes", least=SHORTEST, most=LONGEST
            ),
            places=None
            if unlimited or places is None
            else prose.whole_number(places, called="number of places", least=1, most=MOST_PLACES),
            venue_channel_id=venue_channel_id,
            join_link=link(join_link, LinkTo.JOINING),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SignUp:
    """One person's answer. *number* is the order of asking within the conversation."""

    state: SignUpState
    number: int
    asked_again: bool = False  # they have not said again since it was moved


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    id: ConversationId
    network_id: NetworkId
    details: Details
    starts_at: datetime
    drafted_by: MemberId
    is_planned: bool  # False while its organiser is still reading it back
    cancelled_because: str | None = None  # None: it was not
    moved_from: datetime | None = None
    moves: int = 0
    sequence: int = 0  # changes since it was planned, as calendar programs count them
    going: int
    maybe: int
    waiting: int

    @property
    def title(self) -> str:
        return self.details.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.details.minutes)

    @property
    def answers(self) -> int:
        """People who would miss this conversation if it were gone."""
        return self.going + self.maybe + self.waiting

    @property
    def places_left(self) -> int | None:
        """None when there is no limit. Never negative, also when places were lowered."""
        places = self.details.places
        return None if places is None else max(places - self.going, 0)

    @property
    def over(self) -> int:
        """How many more are going than there are places, since places were lowered."""
        places = self.details.places
        return 0 if places is None else max(self.going - places, 0)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_because is not None

    def is_ahead(self, now: datetime) -> bool:
        return not self.is_cancelled and self.phase(now) is Phase.AHEAD

    def phase(self, now: datetime) -> Phase:
        if now < self.starts_at:
            return Phase.AHEAD
        return Phase.UNDER_WAY if now < self.ends_at else Phase.OVER

    def must_be_in(self, network_id: NetworkId) -> None:
        """Raises `NotFound`, the same as for one that is not there: nothing crosses networks."""
        if self.network_id != network_id:
            raise not_found()

    def must_be_planned(self) -> None:
        if not self.is_planned:
            raise not_found()

    def must_be_draft(self) -> None:
        if self.is_planned:
            raise Closed("This conversation is already planned. Nothing has changed.")

    def must_be_open(self, now: datetime) -> None:
        if self.is_cancelled:
            raise Closed("This conversation has been cancelled.")
        match self.phase(now):
            case Phase.AHEAD:
                return
            case Phase.UNDER_WAY:
                raise Closed("This conversation has already started.")
            case Phase.OVER:
                raise Closed("This conversation is over.")

    def state_for_newcomer(self) -> SignUpState:
        """A free place is for whoever has waited longest, so nobody overtakes the waitlist."""
        if self.places_left is None or (self.places_left and not self.waiting):
            return SignUpState.GOING
        return SignUpState.WAITING

    def may_move_up(self) -> int:
        """How many people on the waitlist there is now a place for."""
        if self.places_left is None:
            return self.waiting
        return min(self.places_left, self.waiting)


def must_be_ahead(starts_at: datetime, now: datetime, spoken: str) -> None:
    """Raises `Invalid` unless a conversation may be planned for *starts_at*, said as *spoken*."""
    if starts_at <= now:
        raise Invalid(f"{spoken} has already gone. Please choose a time that is still to come.")
    if starts_at > now + FURTHEST:
        raise Invalid(f"{spoken} is more than two years away. Please check the year.")


def not_found() -> NotFound:
    return NotFound("I can't find that conversation. It may be over, or have been removed.")


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
    """One person on an organiser's list."""

    member_id: MemberId
    sign_up: SignUp


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """Part of an organiser's list: those going first, then the waitlist, then maybe."""

    conversation: Conversation
    listed: Sequence[Listed]
    number: int  # from 0
    pages: int
    before: int  # people on earlier pages


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedMove:
    """A new date that an organiser is reading back."""

    id: MoveId
    conversation: Conversation
    was_at: datetime  # when it started as the organiser proposed this
    to_start_at: datetime

    def must_still_fit(self) -> None:
        if self.conversation.starts_at != self.was_at:
            raise Closed(
                "Somebody else has moved this conversation in the meantime, so I have changed "
                "nothing. Please look at its card, and move it again if you still want to."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an organiser did, and how many people are being told of it."""

    conversation: Conversation
    people: int


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
        return self.sign_up.state is SignUpState.GOING


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
