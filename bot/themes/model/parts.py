"""Kinds, themes and the words for them, as one network has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.ids import KindId, MemberId, RingId, ThemeId

MOST_TAGS = 15
"""Themes that are tags of the forum, beside the five kinds."""

FORUM_TAGS = 20
"""How many tags Discord allows a forum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What sort of thing something is."""

    id: KindId
    slug: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What something is about."""

    id: ThemeId
    slug: str
    label: str
    is_tag: bool = False  # of the practice forum
    merged_into: ThemeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WordRing:
    """Words for the same thing: for a theme, beside its name, or for something else."""

    id: RingId
    label: str
    words: tuple[str, ...]
    theme_id: ThemeId | None = None
    is_everyday: bool = (
        False  # as we gave it, touched by nobody: it gives way to what people choose
    )


Named: TypeAlias = Kind | Theme | WordRing
"""Anything with a name that a moderator can pick. A ring: one that is not about a theme."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merging:
    """What merging *source* into *into* would do."""

    source: Theme
    into: Theme
    moving: tuple[str, ...]  # words that will lead to the other, with the old name
    total: int  # words of the other afterwards

    @property
    def hands_over_tag(self) -> bool:
        return self.source.is_tag and not self.into.is_tag

    @property
    def drops_tag(self) -> bool:
        return self.source.is_tag and self.into.is_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsEdit:
    ring: WordRing
    added: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def total(self) -> int:
        return len(self.ring.words) + len(self.added) - len(self.removed)

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.removed)


def is_everyday(named: Named) -> bool:
    return isinstance(named, WordRing) and named.is_everyday


def value_of(named: Named) -> str:
    """What a choice carries: no name has a colon in it."""
    match named:
        case Kind():
            return f"kind:{named.id}"
        case Theme():
            return f"theme:{named.id}"
        case WordRing():
            return f"words:{named.id}"


class What(StrEnum):
    """What was done to the vocabulary."""

    THEME_ADDED = "theme_added"
    WORDS_ADDED = "words_added"  # a ring that is not about a theme
    RENAMED = "renamed"
    MERGED = "merged"
    MADE_A_TAG = "made_a_tag"
    MADE_NO_TAG = "made_no_tag"
    WORDS_CHANGED = "words_changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    at: datetime
    by_id: MemberId | None  # None: they were forgotten
    what: What
    subject: str  # what it was called then
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Changes, the latest first."""

    changes: Sequence[Change]
    number: int
    pages: int
