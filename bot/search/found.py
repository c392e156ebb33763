"""What a search answers."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.search.marking import Marks


class Tried(StrEnum):
    """How far a search had to go. Whoever shows what was found says so."""

    NOTHING = "nothing"  # no word to look for
    EVERYTHING = "everything"  # no word, but filters: whatever they let through, newest first
    EXACT = "exact"  # every word, or another word for it
    LOOSENED = "loosened"  # after those with every word, those with some
    RESPELT = "respelt"  # as EXACT or LOOSENED, with words put right
    NEAR = "near"  # words that look like those typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    item_ids: tuple[int, ...] = ()
    """Of this page, best first. Whoever shows them asks again whether each may be shown."""
    how_many: int = 0
    is_more: bool = False
    """Whether there are more than *how_many*: nobody reads on, so nobody counts on."""
    with_all: int = 0
    """How many of them have every word."""
    page: int = 1
    pages: int = 1
    tried: Tried = Tried.NOTHING
    showing: str = ""
    """The words looked for: "commissioner" when "comissioner" was typed."""
    near: tuple[str, ...] = ()
    """Other words that could be tried."""
    without_filters: int = 0
    """When nothing was found: how much the same words find when nothing is filtered."""
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    doubles: tuple[int, ...] = ()
    """Says nearly the same in nearly the same words."""
    similar: tuple[int, ...] = ()
