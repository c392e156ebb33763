"""What a file is read into: blocks first, whatever the format, and then candidates."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

BIGGEST_FILE = 5_000_000
"""Bytes. A year of transcripts is smaller."""
MOST_CANDIDATES = 2_000
LONGEST = 1_500
"""Characters of one quote. What is longer is parted between sentences, never inside one."""

Progress = Callable[[int, int], None]
"""How many candidates have been compared, of how many."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    QUOTE = "quote"  # marked as one by the file: <blockquote>, “>”, Word's style
    CUE = "cue"  # of a transcript
    ROW = "row"  # of a table


@dataclass(frozen=True, slots=True, kw_only=True)
class FromTable:
    """What the columns beside the words say, as somebody typed it."""

    kind: str = ""
    themes: tuple[str, ...] = ()
    year: int | None = None
    perspective: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    kind: BlockKind
    text: str
    level: int = 0  # of a heading that has one: 1 for the highest
    turn: int = 0  # quotes and cues: those next to each other with the same number are one
    beside: FromTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDouble:
    """Something that says almost the same, to be shown beside it."""

    is_kept: bool  # in the collection, and not merely in the same file
    number: int  # of the quote there, or of the candidate in the file, from 1
    words: str
    likeness: int  # in a hundred


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Words that somebody may have said. A moderator looks, and the speaker is asked."""

    words: str
    heading: str | None = None
    kind: str | None = None  # a slug of bot.themes, guessed
    is_lead: bool = False  # stands alone above the first section
    themes: tuple[str, ...] = ()
    year: int | None = None
    perspective: str = ""
    credit: str = ""
    nearly_doubles: tuple[NearDouble, ...] = ()
