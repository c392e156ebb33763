"""What is kept of a post: its texts in all their versions, and which quotes it has room for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import prose
from bot.errors import Closed, Invalid
from bot.ids import (
    ChannelId,
    ConversationId,
    ExportId,
    KindId,
    MemberId,
    MessageId,
    NetworkId,
    QuoteId,
    ReflectionId,
    ThemeId,
    ThreadId,
)

LONGEST_TEXT = 4000
MOST_QUOTES = 200

NO_SUCH_POST = "I can't find that post here. Pick one from the list that comes up while you type."


class Slot(StrEnum):
    TITLE = "title"
    INTRO = "intro"
    HEADING = "heading"  # of a section
    COMMENTARY = "commentary"  # of a section
    ASKS = "asks"  # what is asked of readers at the end
    FOOTNOTES = "footnotes"  # one on each line


SECTIONED = (Slot.HEADING, Slot.COMMENTARY)
_ONE_LINE = {Slot.TITLE: 100, Slot.HEADING: 120}


class Form(StrEnum):
    """Of an exported file."""

    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Place:
    """One text of a post. *kind_id* is the section's; None for what has no kind."""

    slot: Slot
    kind_id: KindId | None = None

    @property
    def name(self) -> str:
        """“commentary-3”: to stand in an option of a menu, and be read back."""
        return f"{self.slot}-{self.kind_id or 0}"

    @classmethod
    def named(cls, name: str) -> "Place":
        """Raises `Invalid`: nothing of a post is called so."""
        slot, _, kind = name.partition("-")
        if slot not in set(Slot) or not (kind.isascii() and kind.isdecimal() and len(kind) < 19):
            raise Invalid("I don't know that part of a post. Pick one from the list.")
        return cls(Slot(slot), KindId(int(kind)) if int(kind) else None)

    @property
    def longest(self) -> int:
        return _ONE_LINE.get(self.slot, LONGEST_TEXT)

    @property
    def is_one_line(self) -> bool:
        return self.slot in _ONE_LINE

    def read(self, typed: str) -> str:
        """What somebody typed there. Nothing at all brings back what we propose.

        Raises:
            Invalid: too long.
        """
        text = prose.passage(typed, called="text", at_most=self.longest)
        return " ".join(text.split()) if self.is_one_line else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    words: str
    version: int
    by_id: MemberId | None
    at: datetime


class ChangedMeanwhile(Closed):
    """A text is no longer as somebody saw it who wrote it anew. Both are there to be shown."""

    def __init__(self, place: Place, theirs: Text, yours: str) -> None:
        super().__init__(
            "Somebody else changed this text while you were writing, so I have saved nothing of "
            "yours. Both are below. Please put them together, and save it again."
        )
        self.place, self.theirs, self.yours = place, theirs, yours


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A quote that the post has room for, if its consent allows it."""

    quote_id: QuoteId
    is_left_out: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A post as it is kept, published or not."""

    id: ReflectionId
    network_id: NetworkId
    conversation_id: ConversationId | None
    theme_id: ThemeId | None
    lead_quote_id: QuoteId | None
    made_at: datetime
    published_at: datetime | None
    channel_id: ChannelId | None
    thread_id: ThreadId | None
    texts: Mapping[Place, Text]
    entries: Sequence[Entry]  # in their order

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    def words(self, place: Place) -> str:
        """What was written there; empty for nothing, or when it was emptied again."""
        text = self.texts.get(place)
        return "" if text is None else text.words

    def version(self, place: Place) -> int:
        text = self.texts.get(place)
        return 0 if text is None else text.version

    def must_have(self, quote_id: QuoteId) -> None:
        """Raises `Closed`: that quote has no room in it."""
        if all(each.quote_id != quote_id for each in self.entries):
            raise Closed("That quote is not in this post. Please look at the post again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A post in a list, with what it may be called by."""

    id: ReflectionId
    title: str  # empty: nobody has written one
    conversation: str  # its title; empty: of no one
    theme_id: ThemeId | None
    is_published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of what was done with a post."""

    what: str
    by_id: MemberId | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PostedPart:
    """A message that shows a part of a published post."""

    part: int
    message_id: MessageId
    shows: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """That somebody's file holds a quote which may not be used any more."""

    id: int
    export_id: ExportId
    reflection_id: ReflectionId
    network_id: NetworkId
    number: int
    form: Form
    exported_by: MemberId | None
    exported_at: datetime
