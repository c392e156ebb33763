"""A practice, the states it goes through, and what others see of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot import prose
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import KindId, MemberId, NetworkId, PracticeId, ThemeId
from bot.network.model import LinkTo, link
from bot.people import Person

LONGEST_TITLE = 100
LONGEST_DID = 1000
LONGEST_PART = 800
LONGEST_NOTE = 300
LONGEST_WHY = 200
LONGEST_LICENCE = 100
LONGEST_SERVICE = 60
MOST_THEMES = 4
"""With a kind, the five tags that Discord allows a post."""

MOST_DRAFTS = 5
"""That one person may leave open."""

NO_SUCH_PRACTICE = "I can't find that practice here. It may have been taken away."


class PracticeState(StrEnum):
    DRAFT = "draft"
    NEW = "new"
    LOOKED_AT = "looked_at"
    SHARED = "shared"
    FEATURED = "featured"
    ARCHIVED = "archived"
    NOT_NOW = "not_now"


WAITING = (PracticeState.NEW, PracticeState.LOOKED_AT)
"""For a moderator."""

SHOWN = (PracticeState.SHARED, PracticeState.FEATURED)
"""To everybody."""


class Source(StrEnum):
    FORM = "form"
    MESSAGE = "message"
    POST = "post"  # made in the forum by hand
    IMPORTED = "imported"


class Says(StrEnum):
    """What somebody answers under a practice."""

    RECOGNISE = "recognise"
    DIFFERENTLY = "differently"


def _passage(typed: str, called: str, at_most: int) -> str:
    return prose.passage(typed, called=f"text under “{called}”", at_most=at_most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What somebody wrote about it, and what it is sorted under."""

    title: str
    did: str = ""
    changed: str = ""
    tell_others: str = ""
    link: str | None = None
    kind_id: KindId | None = None
    theme_ids: tuple[ThemeId, ...] = ()

    @classmethod
    def read(
        cls,
        *,
        title: str,
        did: str,
        changed: str,
        tell_others: str,
        link: str | None,
        kind_id: KindId | None,
        theme_ids: Collection[ThemeId],
    ) -> "Written":
        """Raises `Invalid`: nothing was said, or too much."""
        what = _passage(did, "What you did", LONGEST_DID)
        if not what:
            raise Invalid("Please write what you did, so that others can do it too.")
        return cls(
            title=prose.line(title, called="title", at_most=LONGEST_TITLE),
            did=what,
            changed=_passage(changed, "What changed", LONGEST_PART),
            tell_others=_passage(tell_others, "What you would tell others", LONGEST_PART),
            link=web_link(link or ""),
            kind_id=kind_id,
            theme_ids=up_to_four(theme_ids),
        )

    @property
    def text(self) -> str:
        """All of it, for comparing with others."""
        return "\n".join([self.title, self.did, self.changed, self.tell_others])


def up_to_four(theme_ids: Collection[ThemeId]) -> tuple[ThemeId, ...]:
    """Raises `Invalid`: more themes than a post can have tags for."""
    different = tuple(dict.fromkeys(theme_ids))
    if len(different) > MOST_THEMES:
        raise Invalid(f"Please choose up to {MOST_THEMES} themes.")
    return different


def web_link(typed: str) -> str | None:
    """The web address *typed*, or None when there is none.

    Raises:
        Invalid: it is no web address.
    """
    return link(typed, LinkTo.STARTING)


def reason(typed: str) -> str:
    """Why a moderator did something. Raises `Invalid`: nothing, or too much."""
    return prose.line(typed, called="reason", at_most=LONGEST_WHY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """All that is kept of a practice: for its author, its owner and its moderators."""

    id: PracticeId
    network_id: NetworkId
    state: PracticeState
    source: Source
    written: Written | None  # None: its author took it back
    note: str | None  # a moderator's kind words to its author
    file_name: str | None
    answers: PracticeId | None
    merged_into: PracticeId | None
    author_id: MemberId | None
    is_named: bool
    owner_id: MemberId | None
    deputy_id: MemberId | None
    licence: str
    version: int
    checked_at: datetime | None
    drafted_at: datetime
    sent_at: datetime | None
    decided_by: MemberId | None

    @property
    def title(self) -> str:
        return self.written.title if self.written is not None else "A practice that was taken back"

    @property
    def is_shown(self) -> bool:
        return self.state in SHOWN and self.written is not None

    @property
    def is_template(self) -> bool:
        """Whether there is something to copy."""
        has_link = self.written is not None and self.written.link is not None
        return has_link or self.file_name is not None

    def must_be_in(self, network_id: NetworkId) -> None:
        if self.network_id != network_id:
            raise NotFound(NO_SUCH_PRACTICE)

    def must_be_by(self, member_id: MemberId) -> None:
        """Somebody else's is as good as none: that it exists is not theirs to know."""
        if self.author_id != member_id:
            raise NotFound(NO_SUCH_PRACTICE)

    def must_have_words(self) -> Written:
        """Raises `Closed`: its author has taken it back."""
        if self.written is None:
            raise Closed("Its author has taken that practice back, so its words are gone.")
        return self.written

    def must_be_looked_after_by(self, member_id: MemberId) -> None:
        """By whoever wrote it, owns it, or is the owner's deputy."""
        if member_id not in (self.author_id, self.owner_id, self.deputy_id):
            raise NotFound(NO_SUCH_PRACTICE)

    def must_not_be_own(self, by: Person) -> None:
        """Nobody decides on their own, nor on what they look after."""
        if by.member_id in (self.author_id, self.owner_id, self.deputy_id):
            raise NotAllowed(
                "You shared this practice or look after it yourself, so another moderator decides "
                "on it."
            )

    def must_wait_for_moderator(self) -> None:
        if self.state in WAITING and self.written is not None:
            return
        who = f" by <@{self.decided_by}>" if self.decided_by else ""
        raise Closed(f"This practice has already been dealt with{who}: {_DEALT[self.state]}.")

    def must_be_shown(self) -> None:
        if not self.is_shown:
            raise Closed(f"This practice can't be seen by others: {_DEALT[self.state]}.")


_DEALT = {
    PracticeState.DRAFT: "its author is still writing it",
    PracticeState.NEW: "it waits for a moderator",
    PracticeState.LOOKED_AT: "a moderator is looking at it",
    PracticeState.SHARED: "it is shared",
    PracticeState.FEATURED: "it is featured",
    PracticeState.ARCHIVED: "it is archived",
    PracticeState.NOT_NOW: "its author was told that it is not for now",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPractice:
    """A practice as others may see it; see `store.shown`."""

    id: PracticeId
    network_id: NetworkId
    is_featured: bool
    title: str
    did: str
    changed: str
    tell_others: str
    link: str | None
    file_name: str | None
    kind_id: KindId | None
    theme_ids: tuple[ThemeId, ...]
    named_id: MemberId | None  # its author, only if they wished to be named
    licence: str
    version: int
    checked_at: datetime | None
    shared_at: datetime
    recognised: int  # by how many
    differently: int
    used_by: int  # services
    thread_id: int | None  # where people talk about it, once it is there

    @property
    def is_template(self) -> bool:
        return self.link is not None or self.file_name is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of what was done with a practice."""

    at: datetime
    by_id: MemberId | None
    what: str
    state: PracticeState
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for moderators, oldest first."""

    practices: Sequence[Practice]
    how_many: int
