"""Coming together: a supporter for somebody with a place, or two buddies."""

from dataclasses import dataclass
from enum import StrEnum

from bot.conversations.model.conversation import Conversation
from bot.ids import ConversationId, MemberId, PairId


class PairKind(StrEnum):
    SUPPORTER = "supporter"
    BUDDY = "buddy"


class Wish(StrEnum):
    HAVE_ONE = "have_one"
    BE_ONE = "be_one"

    @property
    def opposite(self) -> "Wish":
        return Wish.BE_ONE if self is Wish.HAVE_ONE else Wish.HAVE_ONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two members who may come together. Their names are for both only once both agreed."""

    id: PairId
    conversation_id: ConversationId
    kind: PairKind
    asker_id: MemberId  # who would like company
    other_id: MemberId
    asker_agreed: bool
    other_agreed: bool
    has_ended: bool

    @property
    def is_agreed(self) -> bool:
        return self.asker_agreed and self.other_agreed and not self.has_ended

    def has_agreed(self, member_id: MemberId) -> bool:
        return self.asker_agreed if member_id == self.asker_id else self.other_agreed

    def partner_of(self, member_id: MemberId) -> MemberId:
        return self.other_id if member_id == self.asker_id else self.asker_id


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCompany:
    """What one person has asked for, offered and found for one conversation."""

    conversation: Conversation
    has_place: bool  # of their own
    pairs: tuple[Pair, ...]  # that have not ended
    wish: Wish | None

    def asked_for(self, member_id: MemberId) -> Pair | None:
        """The supporter that this person has, or has asked."""
        mine = (p for p in self.pairs if p.kind is PairKind.SUPPORTER and p.asker_id == member_id)
        return next(mine, None)

    def found(self) -> Pair | None:
        """The buddy that was found, whether or not both have said yes yet."""
        return next((p for p in self.pairs if p.kind is PairKind.BUDDY), None)

    def buddy(self) -> Pair | None:
        found = self.found()
        return found if found is not None and found.is_agreed else None

    def supported(self, member_id: MemberId) -> list[MemberId]:
        """Whom this person comes to support."""
        return [
            p.asker_id
            for p in self.pairs
            if p.kind is PairKind.SUPPORTER and p.other_id == member_id and p.is_agreed
        ]
