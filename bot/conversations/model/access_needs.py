"""What somebody needs so that they can take part, which only they and the hosts may read."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot import prose
from bot.conversations.model.conversation import Conversation, SignUp
from bot.ids import MemberId

NEEDS_LAST = timedelta(days=14)
"""How long after the end of a conversation its people's needs are kept."""

LONGEST_NEED = 300


class Need(StrEnum):
    CAPTIONS = "captions"
    BSL = "bsl"
    LARGE_PRINT = "large_print"
    PHONE = "phone"
    BREAKS = "breaks"
    CAMERA_OFF = "camera_off"
    SOMETHING_ELSE = "something_else"


class Look(StrEnum):
    """How a host looked at needs."""

    LIST = "list"
    FILE = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    kinds: tuple[Need, ...] = ()
    words: str = ""

    @classmethod
    def read(cls, *, kinds: Collection[str], words: str) -> "Needs":
        """Raises `Invalid`: too many words."""
        text = prose.passage(words, called="text about what you need", at_most=LONGEST_NEED)
        return cls(kinds=tuple(each for each in Need if each in kinds), words=text)

    @property
    def is_nothing(self) -> bool:
        return not self.kinds and not self.words


@dataclass(frozen=True, slots=True, kw_only=True)
class MyNeeds:
    """What a person's form begins with."""

    conversation: Conversation
    told: Needs  # to the hosts of this conversation
    remembered: Needs

    @property
    def to_begin_with(self) -> Needs:
        return self.remembered if self.told.is_nothing else self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonsNeeds:
    member_id: MemberId
    sign_up: SignUp
    needs: Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class EverybodysNeeds:
    """All that the hosts of a conversation were told."""

    conversation: Conversation
    people: Sequence[PersonsNeeds]

    @property
    def how_many(self) -> Mapping[Need, int]:
        counted = Counter(need for each in self.people for need in each.needs.kinds)
        return {need: counted[need] for need in Need if counted[need]}
