"""The forms of a review: a note to the speaker, words to hide, and what it is sorted under."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.ids import KindId, ThemeId
from bot.ui.parts import Form
from bot.wisdom.model import (
    BRACKETED,
    LONGEST_CONTENT_NOTE,
    LONGEST_NOTE,
    LONGEST_QUOTE,
    MOST_THEMES,
    REPLACED_BY,
    Quote,
    marks,
)
from cogs.asking import person_of
from cogs.wisdom.sharing import MOST_OPTIONS

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary

    After: TypeAlias = Callable[[Interaction, Quote], Awaitable[None]]
    """What shows the quote as it is then."""

MOST_MARKS = 25
"""That a menu of Discord can offer."""


class NoteForm(Form):
    """A moderator's words to a speaker, and perhaps other words for the quote."""

    def __init__(self, quote: Quote, after: After, *, declines: bool) -> None:
        self._after = after
        super().__init__(title="Not publish it" if declines else "Ask for changes")
        self._quote_id, self._declines = quote.id, declines
        self.note = discord.ui.TextInput[NoteForm](
            style=discord.TextStyle.paragraph,
            required=declines,
            max_length=LONGEST_NOTE,
            custom_id="note",
        )
        self.proposed = discord.ui.TextInput[NoteForm](
            style=discord.TextStyle.paragraph,
            required=False,
            default=None if declines else quote.words,
            max_length=LONGEST_QUOTE,
            custom_id="proposed",
        )
        self._words = quote.words or ""
        self.add_item(
            discord.ui.Label(
                text="A kind word to whoever said it",
                description="They read it. They are not told which moderator wrote it.",
                component=self.note,
            )
        )
        if not declines:
            self.add_item(
                discord.ui.Label(
                    text="Other words that you propose",
                    description="They decide. Leave the words as they are to propose none.",
                    component=self.proposed,
                )
            )

    async def submit(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        review = interaction.client.services.wisdom.review
        if self._declines:
            quote = await review.decline(self._quote_id, self.note.value, by=by)
        else:
            proposed = self.proposed.value
            changed = proposed if proposed.strip() != self._words.strip() else ""
            quote = await review.ask_changes(self._quote_id, self.note.value, changed, by=by)
        await self._after(interaction, quote)


class HideForm(Form):
    """Words to hide, marked or not, and what stands in their place."""

    def __init__(self, quote: Quote, after: After) -> None:
        self._after = after
        super().__init__(title="Hide words")
        self._quote_id = quote.id
        found = list(dict.fromkeys(mark.text for mark in marks(quote.words or "")))
        self.marked: discord.ui.Select[HideForm] | None = None
        if found:
            self.marked = discord.ui.Select(
                required=False,
                min_values=0,
                max_values=min(len(found), MOST_MARKS),
                placeholder="Choose some of what is marked",
                custom_id="marked",
                options=[
                    discord.SelectOption(label=text[:100], value=str(number))
                    for number, text in enumerate(found[:MOST_MARKS])
                ],
            )
        self._found = found
        self.text = discord.ui.TextInput[HideForm](required=False, max_length=200, custom_id="text")
        self.put: discord.ui.Select[HideForm] = discord.ui.Select(
            placeholder="Choose one",
            custom_id="put",
            options=[
                discord.SelectOption(label=each, value=each)
                for each in dict.fromkeys([*BRACKETED, *REPLACED_BY.values()])
            ],
        )
        if self.marked is not None:
            self.add_item(discord.ui.Label(text="What is marked", component=self.marked))
        self.add_item(
            discord.ui.Label(
                text="Or other words of the quote",
                description="Just as they stand there",
                component=self.text,
            )
        )
        self.add_item(discord.ui.Label(text="What stands in their place", component=self.put))

    async def submit(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        review = interaction.client.services.wisdom.review
        put = self.put.values[0]
        chosen = [self._found[int(each)] for each in self.marked.values] if self.marked else []
        quote = None
        if self.text.value.strip() or not chosen:
            quote = await review.hide(self._quote_id, self.text.value, put, by=by)
        if chosen:
            quote = await review.redact(self._quote_id, chosen, put, by=by)
        if quote is not None:
            await self._after(interaction, quote)


class SortForm(Form):
    def __init__(self, quote: Quote, vocabulary: Vocabulary, after: After) -> None:
        self._after = after
        super().__init__(title="Kind, themes and content note")
        self._quote_id = quote.id
        self.kind: discord.ui.Select[SortForm] = discord.ui.Select(
            required=False,
            min_values=0,
            custom_id="kind",
            options=[
                discord.SelectOption(
                    label=each.label,
                    value=str(each.id),
                    default=each.id == quote.details.kind_id,
                )
                for each in vocabulary.kinds
            ],
        )
        now = {vocabulary.theme(each).id for each in quote.details.theme_ids}
        # Those it has come first, so that none is lost when there are more than fit.
        ordered = sorted(vocabulary.themes, key=lambda each: each.id not in now)[:MOST_OPTIONS]
        self.themes: discord.ui.Select[SortForm] = discord.ui.Select(
            required=False,
            min_values=0,
            max_values=MOST_THEMES,
            custom_id="themes",
            options=[
                discord.SelectOption(label=each.label, value=str(each.id), default=each.id in now)
                for each in ordered
            ],
        )
        self.note = discord.ui.TextInput[SortForm](
            required=False,
            max_length=LONGEST_CONTENT_NOTE,
            default=quote.details.content_note,
            custom_id="note",
        )
        for text, description, component in (
            ("What kind is it?", None, self.kind),
            ("What is it about?", f"Up to {MOST_THEMES} themes", self.themes),
            ("Content note", "What should people know before they read it?", self.note),
        ):
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def submit(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        quote = await interaction.client.services.wisdom.review.sort_under(
            self._quote_id,
            KindId(int(self.kind.values[0])) if self.kind.values else None,
            [ThemeId(int(each)) for each in self.themes.values],
            self.note.value,
            by=by,
        )
        await self._after(interaction, quote)
