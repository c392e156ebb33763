"""What a series is, and what came of what people did with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot import prose
from bot.conversations.model import Conversation, Details, More, Told
from bot.errors import Closed, NotFound
from bot.ids import ConversationId, MemberId, NetworkId, ProposedRuleId, SeriesId
from bot.series.model.rule import Rule

AHEAD = 3
"""How many conversations of a running series exist at all times."""

DEFAULT_WEEKS = 3
MOST_WEEKS = 12
"""Before the start, when members hear of a conversation."""

MOST_SERIES = 25
"""Of one network, ended ones left out."""


class SeriesState(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    id: SeriesId
    network_id: NetworkId
    rule: Rule
    announce_weeks: int
    details: Details  # of each conversation it makes
    more: More = field(default_factory=More)  # without a deadline: that depends on the date
    closes_before: timedelta | None = None  # how long before its start sign-up closes
    state: SeriesState
    version: int = 0
    sequence: int = 0
    look_at: datetime | None = None  # when one of its conversations may have to be made
    drafted_by: MemberId

    @property
    def title(self) -> str:
        return self.details.title

    def announce_at(self, starts_at: datetime) -> datetime:
        return starts_at - timedelta(weeks=self.announce_weeks)

    def must_be_in(self, network_id: NetworkId) -> None:
        """Raises `NotFound`, the same as for one that is not there: nothing crosses networks."""
        if self.network_id != network_id:
            raise not_found()

    def must_be_started(self) -> None:
        if self.state is SeriesState.DRAFT:
            raise not_found()

    def must_be_draft(self) -> None:
        if self.state is not SeriesState.DRAFT:
            raise Closed("This series is started already. Nothing has changed.")

    def must_go_on(self) -> None:
        if self.state is SeriesState.ENDED:
            raise Closed("This series has ended. Start another with /series start.")

    def must_be_as_read(self, version: int) -> None:
        """Raises `Closed`: what an organiser read back is no longer what would be changed."""
        if self.version != version:
            raise Closed(
                "Somebody else changed this series in the meantime, so I have changed nothing. "
                "Please look at /series list, and change it again if you still want to."
            )


def announce_weeks(typed: int) -> int:
    """Raises `Invalid`: too few or too many."""
    return prose.whole_number(
        typed, called="number of weeks to announce it before", least=1, most=MOST_WEEKS
    )


def not_found() -> NotFound:
    return NotFound("I can't find that series. It may have been removed. See /conversation series.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date of a series as people see it: the conversation made for it, or only the date."""

    starts_at: datetime
    day: date | None  # by the rule; None: the rule has none for it now
    conversation: Conversation | None = None
    is_skipped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """A series with its next dates, for one person."""

    series: Series
    dates: Sequence[Dated]
    has_standing: bool = False  # whether this person comes to all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesPage:
    outlooks: Sequence[Outlook]
    number: int  # from 0
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedRule:
    """Another rule that an organiser is reading back."""

    id: ProposedRuleId
    series: Series
    version: int
    since: date
    rule: Rule
    announce_weeks: int
    conversation_id: ConversationId | None  # moved to the first date, if this began with one


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshaped:
    """What became of the conversations ahead when a series changed."""

    series: Series
    changed: Sequence[Conversation] = ()  # moved, rewritten or cancelled
    removed: int = 0  # nobody had answered them
    left_edited: Sequence[Conversation] = ()  # an organiser had changed them by themselves
    left_answered: Sequence[Conversation] = ()  # the rule has no date for them now
    told: Sequence[Told] = ()
    moved_up: int = 0  # people, from a waitlist

    @property
    def people_told(self) -> int:
        """Messages, of which one person may get several."""
        return sum(each.people for each in self.told)

    @property
    def guests_told(self) -> int:
        """Guests whose keepers are told."""
        return sum(each.guests for each in self.told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What a standing sign-up led to."""

    series: Series
    is_new: bool
    going: Sequence[Conversation] = ()  # those in which they now have a place
    waiting: Sequence[Conversation] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How a pause or an end leaves the conversations ahead."""

    series: Series
    announced: Sequence[Conversation]
    unannounced: Sequence[Conversation]


def spoken_rule(conversation: Conversation, zone: ZoneInfo) -> str:
    """“every first Thursday…”, or nothing when it is of no series any more."""
    occurrence = conversation.occurrence
    if occurrence is None or occurrence.rule is None or occurrence.first_at is None:
        return ""
    return Rule.from_text(occurrence.rule, occurrence.first_at).spoken(zone)
