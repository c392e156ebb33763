"""The rules of a conversation and of its places. No database, no Discord, no clock."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto

from bot.conversations.model.details import Details, More
from bot.conversations.model.occurrence import Occurrence
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import FORGOTTEN, ConversationId, MemberId, NetworkId

FURTHEST = timedelta(days=2 * 366)
"""How far ahead a conversation may be planned: beyond that a year was mistyped."""


class SignUpState(StrEnum):
    GOING = "going"
    MAYBE = "maybe"
    WAITING = "waiting"
    SUPPORTING = "supporting"  # with somebody who has a place; takes none
    NOT_COMING = "not_coming"


EVERYBODY_WHO_ANSWERED = (
    SignUpState.GOING,
    SignUpState.SUPPORTING,
    SignUpState.WAITING,
    SignUpState.MAYBE,
)
"""Those who would miss a conversation if it were gone."""


class Phase(Enum):
    AHEAD = auto()
    UNDER_WAY = auto()
    OVER = auto()


class ChangedMeanwhile(Closed):
    """It is no longer as it was shown to an organiser. Both are there, to say what differs."""

    def __init__(self, before: "Conversation", after: "Conversation") -> None:
        super().__init__(
            "Somebody else changed this conversation while you were writing, so I have saved "
            "nothing of yours. Please look at its card, and change it again if you still want to."
        )
        self.before = before
        self.after = after


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
    more: More = field(default_factory=More)
    drafted_by: MemberId
    host_id: MemberId | None = None
    deputy_id: MemberId | None = None
    is_planned: bool  # False while its organiser is still reading it back
    cancelled_because: str | None = None  # None: it was not
    moved_from: datetime | None = None
    moves: int = 0
    sequence: int = 0  # changes since it was planned, as calendar programs count them
    going: int
    maybe: int
    waiting: int
    supporting: int = 0
    announce_at: datetime | None = None  # None: members may know of it
    occurrence: Occurrence | None = None  # None: it is of no series

    @property
    def hosts(self) -> tuple[MemberId, ...]:
        """Who hosts it. Until somebody is named, that is whoever planned it, if still known."""
        planner = () if self.drafted_by == FORGOTTEN else (self.drafted_by,)
        return self.named_hosts or planner

    @property
    def named_hosts(self) -> tuple[MemberId, ...]:
        """Those named by an organiser, who know that everybody sees it: host, then deputy."""
        return tuple(each for each in (self.host_id, self.deputy_id) if each is not None)

    @property
    def title(self) -> str:
        return self.details.title

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.details.minutes)

    @property
    def answers(self) -> int:
        """People who would miss this conversation if it were gone."""
        return self.going + self.maybe + self.waiting + self.supporting

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

    @property
    def is_expected(self) -> bool:
        """Whether somebody would miss it: people who answered, or who were named to host it."""
        return bool(self.answers or self.named_hosts)

    @property
    def is_announced(self) -> bool:
        return self.announce_at is None

    @property
    def is_known(self) -> bool:
        """Whether members may hear of it."""
        return self.is_planned and self.is_announced

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

    def must_be_announced(self) -> None:
        if not self.is_announced:
            raise not_found()

    def must_be_draft(self) -> None:
        if self.is_planned:
            raise Closed("This conversation is already planned. Nothing has changed.")

    def must_have_no_answers(self) -> None:
        """Raises `Closed`: those who answered would not hear that it is gone."""
        if self.answers:
            people = "1 person has" if self.answers == 1 else f"{self.answers} people have"
            raise Closed(
                f"{people} answered, and would not hear that it is gone. So I have kept it. "
                "To call it off so that they hear, use /organise cancel."
            )

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

    def must_have_begun(self, now: datetime) -> None:
        """Raises `Closed` before its start, and for one that never took place."""
        if self.is_cancelled:
            raise Closed("This conversation was cancelled, so there is nothing to note.")
        if self.phase(now) is Phase.AHEAD:
            raise Closed(
                "This conversation has not started yet. You can note who was there once it has."
            )

    def must_not_be_over(self, now: datetime) -> None:
        """For what may still be said while people are together."""
        if self.is_cancelled or self.phase(now) is Phase.OVER:
            self.must_be_open(now)

    def must_be_hosted_by(self, member_id: MemberId) -> None:
        if member_id not in self.hosts:
            raise NotAllowed(
                "Only the hosts of this conversation can see its access needs: that is what "
                "people have agreed to."
            )

    def must_take_sign_ups(self, now: datetime, closed: str) -> None:
        """Raises `Closed`, with the deadline said as *closed*, once it has gone by."""
        self.must_be_open(now)
        if self.more.closes_at is not None and now >= self.more.closes_at:
            raise Closed(f"Sign-up for this conversation closed on {closed}.")

    def state_for_newcomer(self) -> SignUpState:
        """A free place is for whoever has waited longest, so nobody overtakes the waitlist."""
        if self.places_left is None or (self.places_left and not self.waiting):
            return SignUpState.GOING
        return SignUpState.WAITING

    def states_for_newcomers(self, how_many: int) -> list[SignUpState]:
        """As if they had asked one after another."""
        left = 0 if self.waiting else self.places_left
        going = how_many if left is None else min(left, how_many)
        return [SignUpState.GOING] * going + [SignUpState.WAITING] * (how_many - going)

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


def must_have_answered(mine: SignUp | None) -> SignUp:
    """Raises `NotFound` for somebody who has not signed up, or can't make it."""
    if mine is None or mine.state is SignUpState.NOT_COMING:
        raise NotFound("You have not signed up to this conversation. Press Sign up on its card.")
    return mine


def not_found() -> NotFound:
    return NotFound("I can't find that conversation. It may be over, or have been removed.")
