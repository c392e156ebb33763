"""What moderators see of a quote that waits, and the buttons with which they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

from bot.ids import QuoteId
from bot.ui.answering import edit_in_place, open_form, show
from bot.ui.parts import (
    Card,
    PagedButton,
    PersistentButton,
    PersistentSelect,
    card_of,
    row_of,
    words,
)
from bot.ui.text import as_typed, from_now, shortened
from bot.wisdom.model import (
    Consent,
    Credit,
    How,
    Mark,
    Quote,
    QuoteState,
    marks,
)
from cogs.asking import person_of
from cogs.wisdom import wording
from cogs.wisdom.consent_form import RECORDED, ConsentForm
from cogs.wisdom.review_forms import HideForm, NoteForm, SortForm
from cogs.wisdom.taking_back import TakeBackButton

if TYPE_CHECKING:
    import re

    from bot.client import Interaction
    from bot.themes.model import Vocabulary

MOST_ROOM = 3000
"""Characters that the words take at the most, so that the card fits a message."""

MOST_NAMED, LONGEST_NAMED = 8, 100
LONGEST_HEADING = 60

HOW = {
    How.SPOKEN: "They said so",
    How.WRITTEN: "They wrote it down",
    How.PUBLISHED: "The network has published it with their consent",
}
COMES_FROM = {
    "shared": "shared by whoever said it",
    "asked": "somebody asked for it, and whoever said it agreed",
    "told": "brought in for somebody who is not on Discord",
    "imported": "read in from a file",
    "note": "a note of a conversation",
}


def review_card(quote: Quote, vocabulary: Vocabulary, *, waiting_since: bool = True) -> Card:
    """For moderators. It names nobody, also not whoever shared it."""
    if quote.words is None:
        return card_of(words(f"{wording.called(quote)} is gone: {wording.STATES[quote.state]}."))
    found = marks(quote.words)
    begin = f"## {_HEADINGS[quote.state]}\nIt was {COMES_FROM[quote.source]}."
    if waiting_since and quote.state in (QuoteState.PENDING, QuoteState.TO_RECORD):
        begin += f" It came {from_now(quote.kept_at)}."
    parts: list[discord.ui.Item[Card]] = [
        words(begin),
        words(f"“{_marked(quote.words, found)}”"),
        words(_below(quote, vocabulary, found)),
    ]
    if quote.state is QuoteState.TO_RECORD:
        parts.append(row_of(RecordButton(quote.id), SortButton(quote.id), LeaveOutButton(quote.id)))
        parts.append(_hiding(quote, found))
    elif quote.state is QuoteState.PENDING:
        parts.append(
            row_of(
                PublishWordingButton(quote.id, quote.wording),
                AskChangesButton(quote.id),
                DeclineButton(quote.id),
            )
        )
        parts.append(_hiding(quote, found))
    if quote.speaker_id is None and quote.state is not QuoteState.TO_RECORD:
        parts.append(row_of(TakeBackButton(quote.id)))
    return card_of(*parts)


def _hiding(quote: Quote, found: tuple[Mark, ...]) -> discord.ui.ActionRow[Card]:
    buttons: list[PersistentButton] = [HideMarkedButton(quote.id)] if found else []
    if quote.state is QuoteState.PENDING:
        return row_of(*buttons, HideOtherButton(quote.id), SortButton(quote.id))
    return row_of(*buttons, HideOtherButton(quote.id))


_HEADINGS = {
    QuoteState.TO_RECORD: "Does its speaker agree?",
    QuoteState.PENDING: "A quote waits for a moderator",
    QuoteState.CHANGES_ASKED: "Its speaker was asked for changes",
    QuoteState.PUBLISHED: "Published",
    QuoteState.DECLINED: "Not published",
}


def _marked(text: str, found: tuple[Mark, ...]) -> str:
    """The words, with what may tell who somebody is in bold and underlined."""
    parts: list[str] = []
    at = 0
    for mark in found:
        parts += [as_typed(text[at : mark.start]), f"**__{as_typed(mark.text)}__**"]
        at = mark.end
    shown = "".join([*parts, as_typed(text[at:])])
    return shown if len(shown) <= MOST_ROOM else as_typed(text)


def _below(quote: Quote, vocabulary: Vocabulary, found: tuple[Mark, ...]) -> str:
    lines: list[str] = []
    if found:
        named = ", ".join(dict.fromkeys(mark.text for mark in found[:MOST_NAMED]))
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        lines.append(f"May tell who somebody is: {as_typed(shortened(named, LONGEST_NAMED))}{more}")
    if quote.heading:
        lines.append(f"It stood under: {as_typed(shortened(quote.heading, LONGEST_HEADING))}")
    sorted_under = wording.sorted_under(quote.details, vocabulary)
    lines.append(f"Sorted under: {sorted_under or 'nothing yet'}")
    if quote.details.content_note:
        lines.append(f"Content note: {as_typed(quote.details.content_note)}")
    if quote.given is not None:
        consent = quote.given.consent
        uses = "; ".join(text for use, text in wording.USES.items() if use in consent.uses)
        lines.append(f"Agreed to: {uses}")
        name = f"“{as_typed(consent.credited_as)}”" if consent.credited_as else None
        lines.append(f"With it stands: {name or _perspective(quote)}")
    if quote.decided_by is not None and quote.state is not QuoteState.PENDING:
        lines.append(f"Decided by <@{quote.decided_by}>")
    return "\n".join(lines)


def _perspective(quote: Quote) -> str:
    perspective = quote.details.perspective
    chosen = quote.given is not None and quote.given.consent.credit is Credit.PERSPECTIVE
    return wording.SAID_BY.get(perspective, "no name") if chosen and perspective else "no name"


async def redrawn(interaction: Interaction, quote: Quote) -> None:
    vocabulary = await interaction.client.services.themes.vocabulary(quote.network_id)
    await edit_in_place(interaction, review_card(quote, vocabulary))


class PublishWordingButton(
    PagedButton, template=r"quote-review:publish-as:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,9})"
):
    """It knows which wording stands above it: a speaker may change the words meanwhile."""

    form, label = "quote-review:publish-as:{id}:0", "Publish"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        quote = await interaction.client.services.wisdom.review.publish(
            QuoteId(self.id_), wording=self.page, by=by
        )
        await redrawn(interaction, quote)


class PublishButton(PersistentButton, template=r"quote-review:publish:(?P<id>[0-9]{1,19})"):
    """On older cards, which don't know their wording: it shows the words as they are now."""

    form, label = "quote-review:publish:{id}", "Publish"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        quote = await interaction.client.services.wisdom.review.to_decide(QuoteId(self.id_), by=by)
        await redrawn(interaction, quote)


class AskChangesButton(PersistentButton, template=r"quote-review:ask:(?P<id>[0-9]{1,19})"):
    form, label = "quote-review:ask:{id}", "Ask for changes"
    declines = False

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        quote = await interaction.client.services.wisdom.review.to_decide(QuoteId(self.id_), by=by)
        await open_form(interaction, NoteForm(quote, redrawn, declines=self.declines))


class DeclineButton(AskChangesButton, template=r"quote-review:decline:(?P<id>[0-9]{1,19})"):
    form, label = "quote-review:decline:{id}", "Not publish it"
    declines = True


class HideMarkedButton(PersistentButton, template=r"quote-review:hide:(?P<id>[0-9]{1,19})"):
    """One press hides all that is marked, each behind the word that goes with it."""

    form, label = "quote-review:hide:{id}", "Hide all that is marked"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        review = interaction.client.services.wisdom.review
        quote = await review.get(QuoteId(self.id_), by=by)
        chosen = {mark.text for mark in marks(quote.words or "")}
        await redrawn(interaction, await review.redact(quote.id, chosen, None, by=by))


class HideOtherButton(PersistentButton, template=r"quote-review:hide-some:(?P<id>[0-9]{1,19})"):
    form, label = "quote-review:hide-some:{id}", "Hide some words"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        quote = await interaction.client.services.wisdom.review.get(QuoteId(self.id_), by=by)
        await open_form(interaction, HideForm(quote, redrawn))


class SortButton(PersistentButton, template=r"quote-review:sort:(?P<id>[0-9]{1,19})"):
    form, label = "quote-review:sort:{id}", "Kind and themes"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        services = interaction.client.services
        quote = await services.wisdom.review.get(QuoteId(self.id_), by=by)
        vocabulary = await services.themes.vocabulary(by.network_id)
        await open_form(interaction, SortForm(quote, vocabulary, redrawn))


class RecordButton(PersistentButton, template=r"quote-review:record:(?P<id>[0-9]{1,19})"):
    form, label = "quote-review:record:{id}", "Record consent"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        quote = await interaction.client.services.wisdom.review.get(QuoteId(self.id_), by=by)
        card = card_of(
            words("How did they agree? Choose one, and write down what they agreed to."),
            row_of(HowSelect.about(quote.id)),
        )
        await show(interaction, card)


class HowSelect(PersistentSelect, template=r"quote-review:how:(?P<id>[0-9]{1,19})"):
    def __init__(self, item: discord.ui.Item[Any], id_: int) -> None:
        super().__init__(item)
        self.id_ = id_

    @classmethod
    def about(cls, quote_id: QuoteId) -> Self:
        select: discord.ui.Select[Card] = discord.ui.Select(
            custom_id=f"quote-review:how:{quote_id}",
            placeholder="How did they agree?",
            options=[discord.SelectOption(label=text, value=how) for how, text in HOW.items()],
        )
        return cls(select, quote_id)

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item, int(match["id"]))

    async def press(self, interaction: Interaction) -> None:
        quote_id, how = QuoteId(self.id_), How(self.item.values[0])
        by = await person_of(interaction)
        review = interaction.client.services.wisdom.review
        await review.get(quote_id, by=by)

        async def record(interaction: Interaction, consent: Consent) -> None:
            quote = await review.record(quote_id, consent, how, by=await person_of(interaction))
            await redrawn(interaction, quote)

        await open_form(interaction, ConsentForm(record, promise=RECORDED))


class LeaveOutButton(PersistentButton, template=r"quote-review:leave-out:(?P<id>[0-9]{1,19})"):
    form, label = "quote-review:leave-out:{id}", "Leave it out"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        await interaction.client.services.wisdom.review.leave_out(QuoteId(self.id_), by=by)
        await edit_in_place(interaction, card_of(words("It is left out, and its words deleted.")))
