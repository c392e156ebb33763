"""A quote, the states it goes through, and what others see of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import prose
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import ConversationId, KindId, MemberId, NetworkId, QuoteId, ThemeId
from bot.people import Person
from bot.wisdom.model.consent import Credit, Given, Use

LONGEST_QUOTE = 1500
LONGEST_NOTE = 200
LONGEST_CONTENT_NOTE = 80
MOST_THEMES = 4

NO_SUCH_QUOTE = "I can't find that quote here. It may never have been published, or be gone."


class QuoteState(StrEnum):
    TO_RECORD = "to_record"  # imported: nobody has recorded yet that its speaker agrees
    PENDING = "pending"  # agreed, and waiting for a moderator
    CHANGES_ASKED = "changes_asked"  # of the speaker, by a moderator
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ENDED = (QuoteState.WITHDRAWN, QuoteState.EXPIRED)
WAITING = (QuoteState.TO_RECORD, QuoteState.PENDING)
"""For a moderator."""


class Source(StrEnum):
    SHARED = "shared"  # by the speaker
    ASKED = "asked"  # somebody asked the speaker, who said yes
    TOLD = "told"  # brought in for somebody who is not on Discord
    IMPORTED = "imported"
    NOTE = "note"  # of a conversation


class Perspective(StrEnum):
    LIVED_EXPERIENCE = "lived_experience"
    FRONTLINE = "frontline"
    COMMISSIONER = "commissioner"
    PROVIDER_MANAGER = "provider_manager"
    LOCAL_AUTHORITY = "local_authority"
    CARER = "carer"
    RESEARCHER = "researcher"
    OTHER = "other"


def words_of_quote(typed: str) -> str:
    """What somebody typed as their words.

    Without backslashes: only the escapes that keep markdown from being read are one then, and
    words can be read back exactly from a message that shows them.

    Raises:
        Invalid: nothing to see, or too long.
    """
    text = prose.passage(typed.replace("\\", ""), called="quote", at_most=LONGEST_QUOTE)
    if not text:
        raise Invalid("Please write the words that you want to share.")
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What stands beside the words of a quote."""

    kind_id: KindId | None = None
    theme_ids: tuple[ThemeId, ...] = ()
    perspective: Perspective | None = None
    content_note: str | None = None
    conversation_id: ConversationId | None = None
    answers: QuoteId | None = None

    @classmethod
    def read(
        cls,
        *,
        kind_id: KindId | None,
        theme_ids: Collection[ThemeId],
        perspective: str | None,
        content_note: str,
        conversation_id: ConversationId | None = None,
        answers: QuoteId | None = None,
    ) -> "Details":
        """Raises `Invalid`: too many themes, or too long a content note."""
        if len(theme_ids) > MOST_THEMES:
            raise Invalid(f"Please choose up to {MOST_THEMES} themes.")
        note = " ".join(prose.tidy(content_note).split())
        if note:
            note = prose.line(note, called="content note", at_most=LONGEST_CONTENT_NOTE)
        return cls(
            kind_id=kind_id,
            theme_ids=tuple(dict.fromkeys(theme_ids)),
            perspective=Perspective(perspective) if perspective else None,
            content_note=note or None,
            conversation_id=conversation_id,
            answers=answers,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """All that is kept of a quote: for its speaker, and for those who review it."""

    id: QuoteId
    network_id: NetworkId
    number: int | None
    state: QuoteState
    words: str | None  # None: a tombstone
    proposed: str | None  # a moderator's other words, for the speaker to agree to
    wording: int
    is_redacted: bool
    heading: str | None
    details: Details
    year: int
    speaker_id: MemberId | None
    kept_by: MemberId | None
    source: Source
    kept_at: datetime
    decided_by: MemberId | None
    note: str | None
    given: Given | None

    def must_be_in(self, network_id: NetworkId) -> None:
        if self.network_id != network_id:
            raise NotFound(NO_SUCH_QUOTE)

    def must_be_spoken_by(self, member_id: MemberId) -> None:
        """Somebody else's is as good as none: that it exists is not theirs to know."""
        if self.speaker_id != member_id:
            raise NotFound(NO_SUCH_QUOTE)

    def must_have_words(self) -> str:
        """The words.

        Raises:
            Closed: it is a tombstone.
        """
        if self.words is None:
            raise Closed("That quote has been taken back, so its words are gone.")
        return self.words

    def must_not_be_own(self, by: Person) -> None:
        """Nobody decides on their own words, nor on those that they wished to be kept.

        What comes from a file was published before: whoever read it in may decide on it.
        """
        wished = self.kept_by if self.source is not Source.IMPORTED else None
        if by.member_id in (self.speaker_id, wished):
            raise NotAllowed(
                "You said or brought in this quote yourself, so another moderator decides on it."
            )

    def must_wait_for_moderator(self) -> None:
        if self.state is QuoteState.PENDING:
            return
        if self.state is QuoteState.TO_RECORD:
            raise Closed(
                "Nobody has recorded yet that its speaker agrees. Please press Record consent "
                "first."
            )
        if self.state in ENDED:
            raise Closed(f"This quote is gone: {_DEALT[self.state]}.")
        who = f" by <@{self.decided_by}>" if self.decided_by else ""
        raise Closed(f"This quote has already been dealt with{who}: {_DEALT[self.state]}.")

    @property
    def has_consent_to_its_words(self) -> bool:
        return self.given is not None and self.given.wording == self.wording

    def is_shown_for(self, use: Use, now: datetime) -> bool:
        """Whether these words may be shown at this moment, for this use."""
        return (
            self.state is QuoteState.PUBLISHED
            and self.given is not None
            and self.has_consent_to_its_words
            and self.given.allows(use, now)
        )


_DEALT = {
    QuoteState.CHANGES_ASKED: "its speaker was asked for changes",
    QuoteState.PUBLISHED: "it is published",
    QuoteState.DECLINED: "it was declined",
    QuoteState.WITHDRAWN: "its speaker took it back",
    QuoteState.EXPIRED: "its time was over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuote:
    """A quote as others may see it, read where its consent is checked; see `store.shown`."""

    id: QuoteId
    network_id: NetworkId
    number: int
    words: str
    heading: str | None
    kind_id: KindId | None
    theme_ids: tuple[ThemeId, ...]
    perspective: Perspective | None  # only as far as the credit allows it to be shown
    sorted_by: Perspective | None = None
    """What they chose to be credited as, however few share it: see `Showing.search`."""
    content_note: str | None
    conversation_id: ConversationId | None
    year: int
    credit: Credit
    credited_as: str | None
    is_redacted: bool
    uses: frozenset[Use]
    helped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of what was done with a quote."""

    at: datetime
    by_id: MemberId | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for moderators, oldest first."""

    quotes: Sequence[Quote]
    how_many: int
