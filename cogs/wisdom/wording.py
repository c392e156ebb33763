"""How wisdom is said to people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.clock import spoken_day
from bot.ids import KindId, ThemeId
from bot.ui.text import as_typed, shortened
from bot.wisdom.model import (
    Credit,
    Details,
    Given,
    Lasting,
    Perspective,
    Quote,
    QuoteState,
    ShownQuote,
    Use,
)

if TYPE_CHECKING:
    from bot.network.model import Network
    from bot.themes.model import Vocabulary

USES = {
    Use.DISCORD: "In the network's Discord server",
    Use.WEBSITE: "On the network's website",
    Use.POSTS: "In the network's reflections posts",
    Use.TRAINING: "In training and papers for boards",
}
USES_EXPLAINED = {
    Use.DISCORD: "Its members can search for it, and it may be a quote of the week",
    Use.WEBSITE: "Anybody on the internet can read it",
    Use.POSTS: "Posts about our conversations, also outside Discord",
    Use.TRAINING: "For people who run or pay for services",
}
CREDITS = {
    Credit.ANONYMOUS: "Nothing: anonymous",
    Credit.PERSPECTIVE: "My perspective only, like “a commissioner”",
    Credit.FIRST_NAME: "A first name or another name",
    Credit.NAMED: "My full name",
}
LASTING = {
    Lasting.ONE_YEAR: "One year",
    Lasting.TWO_YEARS: "Two years",
    Lasting.OPEN: "Until I say otherwise",
}
PERSPECTIVES = {
    Perspective.LIVED_EXPERIENCE: "Lived experience",
    Perspective.FRONTLINE: "Frontline worker",
    Perspective.COMMISSIONER: "Commissioner",
    Perspective.PROVIDER_MANAGER: "Manager of a provider",
    Perspective.LOCAL_AUTHORITY: "Local authority",
    Perspective.CARER: "Carer or family",
    Perspective.RESEARCHER: "Researcher",
    Perspective.OTHER: "Another perspective",
}
SAID_BY = {
    Perspective.LIVED_EXPERIENCE: "somebody with lived experience",
    Perspective.FRONTLINE: "a frontline worker",
    Perspective.COMMISSIONER: "a commissioner",
    Perspective.PROVIDER_MANAGER: "a manager of a provider",
    Perspective.LOCAL_AUTHORITY: "somebody in a local authority",
    Perspective.CARER: "a carer or family member",
    Perspective.RESEARCHER: "a researcher",
}
STATES = {
    QuoteState.TO_RECORD: "waiting until somebody records that its speaker agrees",
    QuoteState.PENDING: "waiting for a moderator",
    QuoteState.CHANGES_ASKED: "a moderator asks you for changes",
    QuoteState.PUBLISHED: "published",
    QuoteState.DECLINED: "not published",
    QuoteState.WITHDRAWN: "taken back",
    QuoteState.EXPIRED: "its time is over",
}

LONGEST_SHORT = 90


def credit_line(quote: ShownQuote) -> str:
    """Who said it, as far as they agreed: “A commissioner, 2026”. Not made safe."""
    if quote.credited_as:  # just as they typed it: some write their name without a capital
        return f"{quote.credited_as}, {quote.year}"
    said_by = "a member of the network"
    if quote.perspective is not None:
        said_by = SAID_BY.get(quote.perspective, said_by)
    return f"{said_by[0].upper()}{said_by[1:]}, {quote.year}"


def sorted_under(details: Details, vocabulary: Vocabulary) -> str:
    """“Great example · Recruitment, Power & equality”: nothing if it is sorted under nothing."""
    return under(details.kind_id, details.theme_ids, vocabulary)


def under(kind_id: KindId | None, theme_ids: Sequence[ThemeId], vocabulary: Vocabulary) -> str:
    kind = [each.label for each in vocabulary.kinds if each.id == kind_id]
    themes = dict.fromkeys(
        vocabulary.theme(each).label
        for each in theme_ids  # pyright: ignore[reportArgumentType]
    )
    parts = [*kind, *([", ".join(themes)] if themes else [])]
    return as_typed(" · ".join(parts))


def agreed(given: Given, network: Network) -> str:
    """What somebody agreed to, as they read it themselves."""
    consent = given.consent
    uses = "\n".join(f"- {USES[use]}" for use in Use if use in consent.uses)
    name = f"“{as_typed(consent.credited_as)}”" if consent.credited_as else None
    with_it = name or {
        Credit.ANONYMOUS: "no name",
        Credit.PERSPECTIVE: "your perspective only",
    }.get(consent.credit, "no name")
    return (
        f"You agreed on {day(given.given_at, network)} to these uses:\n{uses}\n\n"
        f"With it stands: {with_it}\n{until(given, network)}"
    )


def until(given: Given, network: Network) -> str:
    if given.expires_at is None:
        return "It has no end. You can take it back whenever you like."
    return f"It ends on {day(given.expires_at, network)}, if you do not take it back sooner."


def day(instant: datetime, network: Network) -> str:
    return spoken_day(instant.astimezone(network.zone))


def in_short(text: str) -> str:
    """The beginning of a quote in one line, made safe."""
    return as_typed(shortened(" ".join(text.split()), LONGEST_SHORT))


def called(quote: Quote) -> str:
    return f"Quote {quote.number}" if quote.number else "A quote without a number yet"
