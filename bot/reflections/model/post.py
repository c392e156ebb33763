"""A post as it looks just now: what is kept of it, with the quotes that may be used. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.ids import KindId, QuoteId, ReflectionId, ThemeId
from bot.reflections.model.draft import Draft, Place, Slot
from bot.themes.model import Vocabulary
from bot.wisdom.model import ShownQuote

MOST_THEMES_IN_HEADING = 3
NO_KIND = "More of what was said"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    kind_id: KindId | None
    heading: str
    commentary: str
    quotes: Sequence[ShownQuote]


@dataclass(frozen=True, slots=True, kw_only=True)
class Did:
    """What came of what people said."""

    title: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    id: ReflectionId
    title: str  # empty where nobody has written one, as all texts here
    lead: ShownQuote | None
    intro: str
    sections: Sequence[Section]  # those that have something in them
    did: Sequence[Did]
    asks: str
    footnotes: Sequence[str]

    @property
    def quotes(self) -> Sequence[ShownQuote]:
        """All that are in it, in their order."""
        lead = () if self.lead is None else (self.lead,)
        return (*lead, *(each for section in self.sections for each in section.quotes))


def compose(
    draft: Draft, usable: Sequence[ShownQuote], vocabulary: Vocabulary, did: Sequence[Did] = ()
) -> Post:
    """*usable*: those of the draft's quotes that may be used in a post now, in any order."""
    by_id = {each.id: each for each in usable}
    wanted = [
        by_id[each.quote_id]
        for each in draft.entries
        if not each.is_left_out and each.quote_id in by_id
    ]
    lead = next((each for each in wanted if each.id == draft.lead_quote_id), None)
    sections = [
        _section(draft, kind_id, [each for each in wanted if each != lead], vocabulary)
        for kind_id in kinds_in_order(vocabulary)
    ]
    return Post(
        id=draft.id,
        title=draft.words(Place(Slot.TITLE)),
        lead=lead,
        intro=draft.words(Place(Slot.INTRO)),
        sections=[each for each in sections if each.quotes or each.commentary],
        did=did,
        asks=draft.words(Place(Slot.ASKS)),
        footnotes=[each for each in draft.words(Place(Slot.FOOTNOTES)).splitlines() if each],
    )


def places_of(post: Post) -> Sequence[Place]:
    """All that can be written in it, in the order in which it is read."""
    sections = [
        Place(slot, each.kind_id)
        for each in post.sections
        for slot in (Slot.COMMENTARY, Slot.HEADING)
    ]
    ends = (Place(Slot.ASKS), Place(Slot.FOOTNOTES))
    return (Place(Slot.TITLE), Place(Slot.INTRO), *sections, *ends)


def kinds_in_order(vocabulary: Vocabulary) -> Sequence[KindId | None]:
    """The sections that there may be. What was sorted under no kind comes last."""
    return (*(each.id for each in vocabulary.kinds), None)


def first_lead(quotes: Sequence[ShownQuote]) -> QuoteId | None:
    """Which quote begins a new post, until somebody chooses another: one that is of no kind."""
    return next((each.id for each in quotes if each.kind_id is None), None)


def _section(
    draft: Draft, kind_id: KindId | None, rest: Sequence[ShownQuote], vocabulary: Vocabulary
) -> Section:
    quotes = [each for each in rest if each.kind_id == kind_id]
    heading = draft.words(Place(Slot.HEADING, kind_id))
    return Section(
        kind_id=kind_id,
        heading=heading or _proposed(kind_id, quotes, vocabulary, draft.theme_id),
        commentary=draft.words(Place(Slot.COMMENTARY, kind_id)),
        quotes=quotes,
    )


def _proposed(
    kind_id: KindId | None,
    quotes: Sequence[ShownQuote],
    vocabulary: Vocabulary,
    all_on: ThemeId | None,
) -> str:
    """“Great example: Recruitment, Power & equality”: the kind, and what most quotes are about,
    besides what *all* of them are *on*."""
    label = NO_KIND if kind_id is None else vocabulary.kind(kind_id).label
    counted = Counter(
        vocabulary.theme(theme_id).label
        for each in quotes
        for theme_id in each.theme_ids
        if all_on is None or theme_id not in vocabulary.ids_of(all_on)
    )
    themes = ", ".join(each for each, _ in counted.most_common(MOST_THEMES_IN_HEADING))
    return f"{label}: {themes}" if themes else label
