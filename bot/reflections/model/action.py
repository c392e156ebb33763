"""Something that people asked for, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot import prose
from bot.errors import Closed, Invalid, NotFound
from bot.ids import ActionId, ConversationId, MemberId, NetworkId

LONGEST_ACTION = 150
LONGEST_BECAUSE = 300
MOST_BEHIND = 10
"""Quotes that one action may have begun with."""

NO_SUCH_ACTION = (
    "I can't find that action here. Pick one from the list that comes up while you type."
)


class ActionState(StrEnum):
    IDEA = "idea"
    AGREED = "agreed"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_POSSIBLE = "not_possible"


ENDED = (ActionState.DONE, ActionState.NOT_POSSIBLE)

SAID_OF: Mapping[ActionState, str] = {
    ActionState.IDEA: "an idea",
    ActionState.AGREED: "agreed",
    ActionState.UNDER_WAY: "under way",
    ActionState.DONE: "done",
    ActionState.NOT_POSSIBLE: "not possible",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where an action is to stand from now on."""

    state: ActionState
    reason: str

    @classmethod
    def read(cls, state: str, reason: str) -> "Step":
        """Raises `Invalid`: something that is not possible, and nobody says why."""
        because = " ".join(prose.passage(reason, called="reason", at_most=LONGEST_BECAUSE).split())
        if state == ActionState.NOT_POSSIBLE and not because:
            raise Invalid("Please say why it is not possible, for those who asked for it.")
        return cls(state=ActionState(state), reason=because)


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """Who sees to it, who else if they can't, and by which day."""

    owner_id: MemberId | None = None
    deputy_id: MemberId | None = None
    due_on: date | None = None

    @property
    def people(self) -> tuple[MemberId, ...]:
        return tuple(each for each in (self.owner_id, self.deputy_id) if each is not None)

    def must_be_two(self) -> None:
        if self.owner_id is not None and self.owner_id == self.deputy_id:
            raise Invalid("The owner and the deputy must be two people. Please choose another.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    id: ActionId
    network_id: NetworkId
    conversation_id: ConversationId | None
    title: str
    state: ActionState
    reason: str
    owner_id: MemberId | None
    deputy_id: MemberId | None
    due_on: date | None
    version: int
    made_at: datetime
    changed_at: datetime
    quotes: int  # how many it began with

    def must_be_in(self, network_id: NetworkId) -> None:
        if self.network_id != network_id:
            raise NotFound(NO_SUCH_ACTION)

    def must_be_as_seen(self, version: int) -> None:
        if self.version != version:
            raise Closed(
                "Somebody else changed this action while you were writing, so I have saved "
                f"nothing of yours. It is {SAID_OF[self.state]} now. Please look at it again."
            )

    @property
    def is_open(self) -> bool:
        return self.state not in ENDED

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


def action_title(typed: str) -> str:
    return prose.line(typed, called="action", at_most=LONGEST_ACTION)
