"""How posts and actions are said to people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.clock import spoken_day
from bot.reflections.model import Did, Place, Post, Slot
from bot.reflections.model.action import SAID_OF, Action
from bot.reflections.writing import Link, Page, Part, Said
from bot.ui.text import as_typed, counted, shortened
from bot.wisdom.model import Credit, ShownQuote
from cogs.network.spoken import LINKS
from cogs.wisdom.wording import SAID_BY

if TYPE_CHECKING:
    from bot.network.model import Network
    from bot.reflections.service.drafts import Look
    from bot.themes.model import Vocabulary

CALLED = {
    Slot.TITLE: "Title",
    Slot.INTRO: "Introduction",
    Slot.ASKS: "What do you think?",
    Slot.FOOTNOTES: "Footnotes",
}
DONE = {
    "begun": "began the draft",
    "lead": "chose what leads it",
    "chosen": "left quotes out, or put some back",
    "ordered": "put quotes in another order",
    "gathered": "took in new quotes",
    "published": "published it",
    "exported": "took it away as a file",
}
ASKS = (
    "Tell us what works where you are, what gets in the way, and what you would say to somebody "
    "who is just starting. You can answer here, or share words of your own."
)
LONGEST_SHORT = 80


def title_of(look: Look, vocabulary: Vocabulary) -> str:
    """What somebody has called it, or what we propose."""
    if look.post.title:
        return look.post.title
    if look.conversation is not None:
        return shortened(f"Reflections: {look.conversation.title}", 100)
    if look.draft.theme_id is not None:
        return f"Reflections: {vocabulary.theme(look.draft.theme_id).label}"
    return "Reflections"


def intro_of(look: Look, network: Network) -> str:
    if look.post.intro:
        return look.post.intro
    if look.conversation is None:
        where = "in our conversations"
    else:
        day = spoken_day(look.conversation.starts_at.astimezone(network.zone))
        where = f"at “{look.conversation.title}”, on {day}"
    return (
        f"This is some of what people said {where}: those who use services, those who work in "
        "them, and those who decide about them. Each has agreed that their words stand here."
    )


def page_of(look: Look, network: Network, vocabulary: Vocabulary) -> Page:
    """The post with all its words, also those that we propose."""
    post = look.post
    return Page(
        title=title_of(look, vocabulary),
        lead=None if post.lead is None else said(post.lead),
        intro=intro_of(look, network),
        parts=[
            Part(
                heading=each.heading,
                commentary=each.commentary,
                quotes=[said(quote) for quote in each.quotes],
            )
            for each in post.sections
        ],
        did=[did(each) for each in post.did],
        asks=post.asks or ASKS,
        links=[Link(called=LINKS[to], leads_to=address) for to, address in network.links.items()],
        footnotes=post.footnotes,
    )


def said(quote: ShownQuote) -> Said:
    return Said(words=quote.words, credit=credit_of(quote), content_note=quote.content_note or "")


def credit_of(quote: ShownQuote) -> str:
    """As far as they agreed; nothing for somebody who wants to be nobody."""
    if quote.credited_as:
        return quote.credited_as
    if quote.credit is Credit.PERSPECTIVE and quote.perspective is not None:
        text = SAID_BY.get(quote.perspective, "somebody with another perspective")
        return f"{text[0].upper()}{text[1:]}"
    return ""


def did(done: Did) -> str:
    """“A quiet room at every meeting: done”, with the reason where there is one."""
    because = f". {done.reason}" if done.reason else ""
    return f"{done.title}: {done.state}{because}"


def acted(action: Action) -> str:
    return did(Did(title=action.title, state=SAID_OF[action.state], reason=action.reason))


def called(place: Place, post: Post, vocabulary: Vocabulary) -> str:
    """What a text of a post is called in menus and forms."""
    if place.slot in CALLED:
        return CALLED[place.slot]
    what = "Comment" if place.slot is Slot.COMMENTARY else "Heading"
    for number, each in enumerate(post.sections, start=1):
        if each.kind_id == place.kind_id:
            return f"{what} of section {number}"
    known = [each.label for each in vocabulary.kinds if each.id == place.kind_id]
    return f"{what} of “{known[0]}”" if known else what


def changed(what: str, post: Post, vocabulary: Vocabulary) -> str:
    """One thing that somebody did, as part of a sentence."""
    if what in DONE:
        return DONE[what]
    return f"wrote: {called(Place.named(what), post, vocabulary)}"


def in_short(text: str, at_most: int = LONGEST_SHORT) -> str:
    """One line, not made safe: for menus, which show what stands there."""
    return shortened(" ".join(text.split()), at_most)


def standing(look: Look) -> str:
    """How many quotes there are, and what became of the others. Counts only."""
    lines = [counted(len(look.post.quotes), "quote", "quotes") + " in it"]
    if look.left_out:
        lines.append(f"{look.left_out} left out")
    if look.not_usable:
        lines.append(f"{look.not_usable} may not be used any more")
    return ", ".join(lines) + "."


def news(actions: Sequence[Action]) -> str:
    """What begins the next reminder; nothing when nothing has changed."""
    if not actions:
        return ""
    lines = [f"- {as_typed(acted(each))}" for each in actions]
    return "\n".join(["### You said, we did", *lines, "-# All of it: `/action list`"])
