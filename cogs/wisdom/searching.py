"""Finding quotes: a page of hits, with what was tried and the filters that hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.ids import ConversationId, KindId, QuoteId, ThemeId
from bot.search.entry import Filters
from bot.search.found import Found, Tried
from bot.search.marking import bold
from bot.ui.answering import show, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, shortened
from bot.wisdom.model import Perspective, ShownQuote
from bot.wisdom.service.showing import Page
from cogs.asking import network_id_of
from cogs.wisdom import wording
from cogs.wisdom.carried import carried, words_on
from cogs.wisdom.quote_card import quote_card, quote_text

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary

LONGEST_HITS = (450, 300, 200, 120, 60, 30)
"""Characters of one hit, the first with which a page fits a message. All are behind its button."""

MOST_TEXT = 3900
"""Characters of a message, with some to spare."""

LONGEST_SEARCH = 200

TOO_TELLING = (
    "So few people here share that perspective that showing it might tell who they are. You can "
    "search without it."
)


def results_card(
    typed: str, page: Page, filters: Filters, vocabulary: Vocabulary, *, is_exactly: bool = False
) -> Card:
    """A page of hits. What was typed is carried by the message, for its other pages."""
    cards = (
        _results(typed, page, filters, vocabulary, longest, is_exactly=is_exactly)
        for longest in LONGEST_HITS
    )
    return next(card for card in cards if card.content_length() <= MOST_TEXT)


def _results(
    typed: str,
    page: Page,
    filters: Filters,
    vocabulary: Vocabulary,
    longest: int,
    *,
    is_exactly: bool,
) -> Card:
    found = page.found
    said = "\nYou searched for:" if typed else ""
    parts: list[discord.ui.Item[Card]] = [words(f"## {_heading(found)}{said}")]
    if typed:
        parts.append(carried(typed))
    if told := TOO_TELLING if page.is_too_telling else _told(found, filters, vocabulary):
        parts.append(words(told))
    parts.extend(_hit(each, found, longest) for each in page.quotes)
    buttons: list[PersistentButton] = []
    if found.tried is Tried.RESPELT and not is_exactly:
        buttons.append(ExactlyButton(1, filters))
    if found.pages > 1:
        parts.append(words(f"Page {found.page} of {found.pages}"))
        buttons.append(EarlierHitsButton(max(found.page - 1, 1), filters, disabled=found.page == 1))
        buttons.append(LaterHitsButton(found.page + 1, filters, disabled=found.page == found.pages))
    if page.is_too_telling or (found.without_filters and not page.quotes):
        buttons.append(AnywhereButton())
    if buttons:
        parts.append(row_of(*buttons))
    return card_of(*parts)


def _heading(found: Found) -> str:
    if not found.how_many:
        return "Nothing found"
    more = "More than " if found.is_more else ""
    return f"{more}{counted(found.how_many, 'quote', 'quotes')}"


def _told(found: Found, filters: Filters, vocabulary: Vocabulary) -> str:
    """What was tried, and what is near: never a silent nothing."""
    lines: list[str] = []
    if found.tried is Tried.RESPELT:
        lines.append(f"Showing results for *{as_typed(found.showing)}*.")
    elif found.tried is Tried.LOOSENED and found.with_all < found.how_many:
        lines.append(
            "Few have all of these words, so some with only part of them follow."
            if found.with_all
            else "None has all of these words. These have some of them, or are about what is near."
        )
    elif found.tried is Tried.NEAR and found.how_many:
        near = ", ".join(f"*{as_typed(each)}*" for each in found.near)
        lines.append(f"Nobody has used that word here. These are about words like it: {near}.")
    if not found.how_many:
        lines.append(_nothing(found))
    if filtered := _filtered(filters, vocabulary):
        lines.append(f"Only: {filtered}")
    return "\n".join(lines)


def _nothing(found: Found) -> str:
    if found.without_filters:
        return f"Without the filters I find {counted(found.without_filters, 'quote', 'quotes')}."
    if found.near:
        near = ", ".join(f"*{as_typed(each)}*" for each in found.near)
        return f"I tried every word, other words for it, and other spellings. Near are: {near}."
    return (
        "I tried every word, other words for it, and other spellings. Try fewer words or a simpler "
        "one, or look at `/wisdom themes`."
    )


def _filtered(filters: Filters, vocabulary: Vocabulary) -> str:
    parts: list[str] = []
    if filters.kind_id is not None or filters.theme_ids:
        parts.append(wording.under(filters.kind_id, tuple(filters.theme_ids[:1]), vocabulary))
    if filters.perspective is not None:
        parts.append(wording.PERSPECTIVES[Perspective(filters.perspective)])
    if filters.conversation_id is not None:
        parts.append("one conversation")
    if filters.year is not None:
        parts.append(str(filters.year))
    return " · ".join(parts)


def _hit(quote: ShownQuote, found: Found, longest: int) -> discord.ui.Item[Card]:
    text = shortened(quote.words, longest)
    shown_as = bold(text, found.marks, as_typed)
    return discord.ui.Section(
        words(quote_text(quote, None, shown_as=shown_as)), accessory=OpenQuoteButton(quote.id)
    )


async def show_results(
    interaction: Interaction,
    typed: str,
    filters: Filters,
    number: int = 1,
    *,
    in_place: bool = False,
    is_exactly: bool = False,
) -> None:
    services, network_id = interaction.client.services, network_id_of(interaction)
    page = await services.wisdom.showing.search(
        network_id, typed, filters, number, may_respell=not is_exactly
    )
    vocabulary = await services.themes.vocabulary(network_id)
    card = results_card(typed, page, filters, vocabulary, is_exactly=is_exactly)
    await (show_in_place if in_place else show)(interaction, card)


_STATE = (
    r"(?P<page>[0-9]{1,4}):(?P<kind>[0-9]{0,12}):(?P<theme>[0-9]{0,12})"
    r":(?P<perspective>[a-z_]{0,20}):(?P<conversation>[0-9]{0,12}):(?P<year>[0-9]{0,4})"
)


def _perspective(named: str) -> Perspective | None:
    return Perspective(named) if named in set(Perspective) else None


class EarlierHitsButton(PersistentButton, template=rf"quote-search:earlier:{_STATE}"):
    """Its `custom_id` holds the page and the filters; the message holds what was typed."""

    form, label = "quote-search:earlier:1:::::", "Earlier"
    is_exactly = False

    def __init__(
        self, page: int = 1, filters: Filters | None = None, *, disabled: bool = False
    ) -> None:
        super().__init__(0, disabled=disabled)
        filters = filters or Filters()
        self.filters, self.page = filters, page
        theme = next(iter(filters.theme_ids), "")
        state = (
            page,
            filters.kind_id or "",
            theme,
            filters.perspective or "",
            filters.conversation_id or "",
            filters.year or "",
        )
        self.item.custom_id = ":".join([self.form.removesuffix(":1:::::"), *map(str, state)])

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        theme, kind, year = match["theme"], match["kind"], match["year"]
        conversation = match["conversation"]
        filters = Filters(
            kind_id=KindId(int(kind)) if kind else None,
            theme_ids=(ThemeId(int(theme)),) if theme else (),
            perspective=_perspective(match["perspective"]),
            conversation_id=ConversationId(int(conversation)) if conversation else None,
            year=int(year) if year else None,
        )
        return cls(int(match["page"]), filters)

    async def press(self, interaction: Interaction) -> None:
        typed = words_on(interaction.message, or_else="")
        await show_results(
            interaction,
            typed,
            self.filters,
            self.page,
            in_place=True,
            is_exactly=self.is_exactly,
        )


class LaterHitsButton(EarlierHitsButton, template=rf"quote-search:later:{_STATE}"):
    form, label = "quote-search:later:1:::::", "Later"


class AnywhereButton(EarlierHitsButton, template=rf"quote-search:anywhere:{_STATE}"):
    form, label = "quote-search:anywhere:1:::::", "Search without filters"


class ExactlyButton(EarlierHitsButton, template=rf"quote-search:exactly:{_STATE}"):
    form, label = "quote-search:exactly:1:::::", "Search for just what I typed"
    is_exactly = True


class OpenQuoteButton(PersistentButton, template=r"quote:open:(?P<id>[0-9]{1,19})"):
    form, label = "quote:open:{id}", "Open"

    async def press(self, interaction: Interaction) -> None:
        services, network_id = interaction.client.services, network_id_of(interaction)
        quote = await services.wisdom.showing.get(QuoteId(self.id_), network_id)
        vocabulary = await services.themes.vocabulary(network_id)
        await show(interaction, quote_card(quote, vocabulary, may_be_posted=True))
