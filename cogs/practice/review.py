"""What moderators see of a practice that waits, and the buttons with which they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.ids import PracticeId
from bot.practice.model import LONGEST_NOTE, MOST_THEMES, WAITING, Practice, PracticeState
from bot.ui.answering import edit_in_place, open_form
from bot.ui.parts import Card, Form, PersistentButton, card_of, row_of, words
from bot.ui.text import from_now
from cogs.asking import person_of
from cogs.practice import wording
from cogs.practice.file import GetFileButton
from cogs.practice.form import sorted_values, under_options
from cogs.practice.practice_card import Parts

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary

HEADINGS = {
    PracticeState.DRAFT: "Its author is still writing it",
    PracticeState.NEW: "A practice waits for a moderator",
    PracticeState.LOOKED_AT: "A moderator is looking at this practice",
    PracticeState.SHARED: "Shared",
    PracticeState.FEATURED: "Shared and featured",
    PracticeState.ARCHIVED: "Archived",
    PracticeState.NOT_NOW: "Not for now",
}
COMES_FROM = {
    "form": "written for it",
    "message": "made from a message, by whoever wrote that",
    "post": "made by hand in the forum",
    "imported": "read in from a file",
}


def review_card(practice: Practice, vocabulary: Vocabulary) -> Card:
    """For moderators. It names nobody, also not whoever wrote it, unless they wished it."""
    written = practice.written
    if written is None:
        return card_of(words("Its author has taken this practice back. Its words are deleted."))
    begin = f"## {HEADINGS[practice.state]}\nIt was {COMES_FROM[practice.source]}."
    if practice.state in WAITING and practice.sent_at is not None:
        begin += f" It came {from_now(practice.sent_at)}."
    if practice.state is PracticeState.LOOKED_AT and practice.decided_by:
        begin += f" <@{practice.decided_by}> is looking at it."
    elif practice.state not in WAITING and practice.decided_by:
        begin += f" Decided by <@{practice.decided_by}>."
    parts: Parts = [words(begin), words(wording.body(written)), words(_below(practice, vocabulary))]
    if practice.state in WAITING:
        buttons: list[PersistentButton] = [
            SharePracticeButton(practice.id),
            NotNowButton(practice.id),
            SortPracticeButton(practice.id),
        ]
        if practice.state is PracticeState.NEW:
            buttons.insert(0, LookAtPracticeButton(practice.id))
        if practice.file_name:
            buttons.append(GetFileButton(practice.id))
        parts.append(row_of(*buttons))
    return card_of(*parts)


def _below(practice: Practice, vocabulary: Vocabulary) -> str:
    written = practice.must_have_words()
    lines = [f"Sorted under: {wording.sorted_under(written, vocabulary) or 'nothing yet'}"]
    if written.link:
        lines.append(f"Link: {written.link}")
    if practice.file_name:
        lines.append(f"File: {wording.as_typed(practice.file_name)}")
    if practice.version > 1:
        lines.append(f"Version {practice.version}: somebody who looks after it has changed it")
    named = f"<@{practice.author_id}>" if practice.is_named else "nobody"
    lines.append(f"Named with it: {named}")
    return "\n".join(lines)


async def redrawn(interaction: Interaction, practice: Practice) -> None:
    vocabulary = await interaction.client.services.themes.vocabulary(practice.network_id)
    await edit_in_place(interaction, review_card(practice, vocabulary))


class LookAtPracticeButton(PersistentButton, template=r"practice-review:look:(?P<id>[0-9]{1,19})"):
    form, label = "practice-review:look:{id}", "I'm looking at this"

    async def press(self, interaction: Interaction) -> None:
        review = interaction.client.services.practice.review
        by = await person_of(interaction)
        await redrawn(interaction, await review.look_at(PracticeId(self.id_), by=by))


class SharePracticeButton(PersistentButton, template=r"practice-review:share:(?P<id>[0-9]{1,19})"):
    form, label = "practice-review:share:{id}", "Share it"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        review = interaction.client.services.practice.review
        by = await person_of(interaction)
        await redrawn(interaction, await review.share(PracticeId(self.id_), by=by))


class NotNowButton(PersistentButton, template=r"practice-review:not-now:(?P<id>[0-9]{1,19})"):
    form, label = "practice-review:not-now:{id}", "Not now"

    async def press(self, interaction: Interaction) -> None:
        review = interaction.client.services.practice.review
        practice = await review.to_decide(PracticeId(self.id_), by=await person_of(interaction))
        await open_form(interaction, NotNowForm(practice.id))


class NotNowForm(Form):
    def __init__(self, practice_id: PracticeId) -> None:
        super().__init__(title="Not now")
        self._practice_id = practice_id
        self.note = discord.ui.TextInput[NotNowForm](
            style=discord.TextStyle.paragraph, max_length=LONGEST_NOTE, custom_id="note"
        )
        self.add_item(
            discord.ui.Label(
                text="A kind word to whoever wrote it",
                description="They read it. They are not told which moderator wrote it.",
                component=self.note,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        review = interaction.client.services.practice.review
        by = await person_of(interaction)
        practice = await review.not_now(self._practice_id, self.note.value, by=by)
        await redrawn(interaction, practice)


class SortPracticeButton(PersistentButton, template=r"practice-review:sort:(?P<id>[0-9]{1,19})"):
    form, label = "practice-review:sort:{id}", "Kind and themes"

    async def press(self, interaction: Interaction) -> None:
        services, by = interaction.client.services, await person_of(interaction)
        practice = await services.practice.review.get(PracticeId(self.id_), by=by)
        vocabulary = await services.themes.vocabulary(by.network_id)
        await open_form(interaction, SortPracticeForm(practice, vocabulary))


class SortPracticeForm(Form):
    def __init__(self, practice: Practice, vocabulary: Vocabulary) -> None:
        super().__init__(title="Kind and themes")
        self._practice_id = practice.id
        self.under: discord.ui.Select[SortPracticeForm] = discord.ui.Select(
            min_values=1,
            max_values=1 + MOST_THEMES,
            custom_id="under",
            options=under_options(vocabulary, practice.written),
        )
        self.add_item(
            discord.ui.Label(
                text="What is it?",
                description=f"One kind, and up to {MOST_THEMES} themes",
                component=self.under,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        kind_id, theme_ids = sorted_values(self.under.values)
        practice = await interaction.client.services.practice.curating.sort_under(
            self._practice_id, kind_id, theme_ids, by=await person_of(interaction)
        )
        await redrawn(interaction, practice)
