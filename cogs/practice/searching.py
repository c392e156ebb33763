"""Finding practices: a page of hits, with what was tried and the filters that hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.ids import KindId, ThemeId
from bot.practice.model import ShownPractice
from bot.practice.service.showing import Page
from bot.search.entry import Filters
from bot.search.found import Found, Tried
from bot.search.marking import bold
from bot.ui.answering import show, show_in_place
from bot.ui.parts import Card, PersistentButton, PersistentSelect, card_of, row_of, words
from bot.ui.text import as_typed, counted, shortened
from cogs.asking import network_id_of
from cogs.practice.practice_card import OpenPracticeButton, Parts
from cogs.wisdom.carried import carried, words_on
from cogs.wisdom.wording import under

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Theme, Vocabulary

LONGEST_HITS = (400, 250, 150, 80, 30)
"""Characters of one hit, the first with which a page fits a message. All are behind its button."""

MOST_TEXT = 3900
"""Characters of a message, with some to spare."""

LONGEST_SEARCH = 200
MOST_OPTIONS, MOST_LINES = 25, 35


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
    parts: Parts = [words(f"## {_heading(found)}")]
    if typed:
        parts.append(carried(typed))
    if told := _told(found, filters, vocabulary):
        parts.append(words(told))
    parts.extend(_hit(each, found, longest) for each in page.practices)
    buttons: list[PersistentButton] = []
    if found.tried is Tried.RESPELT and not is_exactly:
        buttons.append(ExactPracticesButton(1, filters))
    if found.pages > 1:
        parts.append(words(f"Page {found.page} of {found.pages}"))
        buttons += [
            EarlierPracticesButton(max(found.page - 1, 1), filters, disabled=found.page == 1),
            LaterPracticesButton(found.page + 1, filters, disabled=found.page == found.pages),
        ]
    if found.without_filters and not page.practices:
        buttons.append(AnyPracticesButton())
    if buttons:
        parts.append(row_of(*buttons))
    return card_of(*parts)


def _heading(found: Found) -> str:
    if not found.how_many:
        return "Nothing found for this"
    more = "More than " if found.is_more else ""
    return f"{more}{counted(found.how_many, 'practice', 'practices')}"


def _told(found: Found, filters: Filters, vocabulary: Vocabulary) -> str:
    """What was tried, and what is near: never a silent nothing."""
    lines: list[str] = []
    if found.tried is Tried.RESPELT:
        lines.append(f"Showing results for *{as_typed(found.showing)}*.")
    elif found.tried is Tried.LOOSENED and found.with_all < found.how_many:
        lines.append("Few have all of these words, so some with only part of them follow.")
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
        return f"Without the filters there are {counted(found.without_filters, 'one', 'some')}."
    tried = "I tried every word, other words for it, and other spellings."
    if found.near:
        near = ", ".join(f"*{as_typed(each)}*" for each in found.near)
        return f"{tried} Near are: {near}."
    return (
        f"{tried} Try fewer words or a simpler one, look at `/practice themes`, or tell others how "
        "you do it with `/practice share`."
    )


def _filtered(filters: Filters, vocabulary: Vocabulary) -> str:
    parts: list[str] = []
    if filters.kind_id is not None or filters.theme_ids:
        parts.append(under(filters.kind_id, tuple(filters.theme_ids[:1]), vocabulary))
    if filters.is_featured:
        parts.append("featured")
    return " · ".join(parts)


def _hit(practice: ShownPractice, found: Found, longest: int) -> discord.ui.Item[Card]:
    title = bold(practice.title, found.marks, as_typed)
    text = bold(shortened(" ".join(practice.did.split()), longest), found.marks, as_typed)
    template = "-# With something to copy" if practice.is_template else ""
    lines = [f"### {title}", text, template]
    return discord.ui.Section(
        words("\n".join(each for each in lines if each)),
        accessory=OpenPracticeButton(practice.id),
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
    page = await services.practice.showing.search(
        network_id, typed, filters, number, may_respell=not is_exactly
    )
    vocabulary = await services.themes.vocabulary(network_id)
    card = results_card(typed, page, filters, vocabulary, is_exactly=is_exactly)
    await (show_in_place if in_place else show)(interaction, card)


_STATE = r"(?P<page>[0-9]{1,4}):(?P<kind>[0-9]{0,12}):(?P<theme>[0-9]{0,12}):(?P<featured>[01])"


class EarlierPracticesButton(PersistentButton, template=rf"practice-search:earlier:{_STATE}"):
    """Its `custom_id` holds the page and the filters; the message holds what was typed."""

    form, label = "practice-search:earlier:1:::0", "Earlier"
    is_exactly = False

    def __init__(
        self, page: int = 1, filters: Filters | None = None, *, disabled: bool = False
    ) -> None:
        super().__init__(0, disabled=disabled)
        filters = filters or Filters()
        self.filters, self.page = filters, page
        theme = next(iter(filters.theme_ids), "")
        state = (page, filters.kind_id or "", theme, int(filters.is_featured))
        self.item.custom_id = ":".join([self.form.removesuffix(":1:::0"), *map(str, state)])

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        kind, theme = match["kind"], match["theme"]
        filters = Filters(
            kind_id=KindId(int(kind)) if kind else None,
            theme_ids=(ThemeId(int(theme)),) if theme else (),
            is_featured=match["featured"] == "1",
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


class LaterPracticesButton(EarlierPracticesButton, template=rf"practice-search:later:{_STATE}"):
    form, label = "practice-search:later:1:::0", "Later"


class AnyPracticesButton(EarlierPracticesButton, template=rf"practice-search:anywhere:{_STATE}"):
    form, label = "practice-search:anywhere:1:::0", "Search without filters"


class ExactPracticesButton(EarlierPracticesButton, template=rf"practice-search:exactly:{_STATE}"):
    form, label = "practice-search:exactly:1:::0", "Search for just what I typed"
    is_exactly = True


def themes_card(vocabulary: Vocabulary, counts: Mapping[ThemeId, int]) -> Card:
    having = [each for each in vocabulary.themes if counts.get(each.id)]
    without = [each for each in vocabulary.themes if not counts.get(each.id)]
    lines = [
        f"- {as_typed(each.label)}: {counted(counts[each.id], 'practice', 'practices')}"
        for each in having[:MOST_LINES]
    ]
    parts: Parts = [words("## Themes of practice")]
    if lines:
        parts.append(words("\n".join(lines)))
        parts.append(row_of(PracticesOnThemeSelect.offering(having)))
    if without:
        named = ", ".join(as_typed(each.label) for each in without[:MOST_LINES])
        parts.append(words(f"-# Nothing yet on: {named}"))
    return card_of(*parts)


async def show_themes(interaction: Interaction) -> None:
    services, network_id = interaction.client.services, network_id_of(interaction)
    vocabulary = await services.themes.vocabulary(network_id)
    counts = await services.practice.showing.by_theme(network_id)
    await show(interaction, themes_card(vocabulary, counts))


class PracticesOnThemeSelect(PersistentSelect, template=r"practice-search:theme"):
    @classmethod
    def offering(cls, themes: list[Theme]) -> Self:
        return cls(
            discord.ui.Select(
                custom_id="practice-search:theme",
                placeholder="See what works on a theme",
                options=[
                    discord.SelectOption(label=each.label, value=str(each.id))
                    for each in themes[:MOST_OPTIONS]
                ],
            )
        )

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item)

    async def press(self, interaction: Interaction) -> None:
        theme_id = ThemeId(int(self.item.values[0]))
        await show_results(interaction, "", Filters(theme_ids=(theme_id,)))
