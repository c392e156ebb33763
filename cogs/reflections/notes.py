"""Noting points at a conversation and after it; what is quotable goes the way of wisdom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation
from bot.errors import Invalid
from bot.ids import NoticeId, ReflectionId
from bot.reflections.model import LONGEST_POINT, Point
from bot.ui.answering import open_form, say, show
from bot.ui.parts import Card, Form, PagedButton, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, shortened
from bot.wisdom.model import LONGEST_QUOTE, Details, words_of_quote
from cogs.asking import member_id_of, person_at, person_of
from cogs.wisdom.sharing import asking_card

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import Interaction
    from bot.reflections.model import Note

NAMED, UNNAMED = "named", "unnamed"
ON_A_PAGE = 10
ROOM = 2300
"""Characters that all notes of a page may take, beside the questions."""


class NoteForm(Form):
    """Points under a conversation's questions, and words that others may read, if there are any."""

    def __init__(self, conversation: Conversation, *, title: str, about_all: str) -> None:
        super().__init__(title=title)
        self._conversation = conversation
        self.points: list[tuple[int | None, discord.ui.TextInput[NoteForm]]] = []
        asked = enumerate(conversation.more.questions[:2], start=1)
        for number, label, description in (
            *((number, f"Question {number}", shortened(each, 100)) for number, each in asked),
            (None, about_all, "For those who write about the conversation"),
        ):
            field = discord.ui.TextInput[NoteForm](
                style=discord.TextStyle.paragraph,
                required=False,
                max_length=LONGEST_POINT,
                custom_id=f"question{number}" if number else "whole",
            )
            self.points.append((number, field))
            self.add_item(discord.ui.Label(text=label, description=description, component=field))
        self.named: discord.ui.RadioGroup[NoteForm] = discord.ui.RadioGroup(
            required=True, custom_id="named"
        )
        self.named.add_option(label="Without my name", value=UNNAMED, default=True)
        self.named.add_option(label="With my name", value=NAMED)
        self.quotable = discord.ui.TextInput[NoteForm](
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=LONGEST_QUOTE,
            custom_id="quotable",
        )
        self.add_item(
            discord.ui.Label(
                text="Note that down",
                description="Only organisers and moderators read it",
                component=self.named,
            )
        )
        self.add_item(
            discord.ui.Label(
                text="Words of yours for others to read",
                description="In the next step you choose how they may be used. Not kept before.",
                component=self.quotable,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        by = await person_at(interaction, self._conversation.network_id)
        read = [Point.read(field.value, number) for number, field in self.points]
        points = [each for each in read if each is not None]
        quotable = words_of_quote(self.quotable.value) if self.quotable.value.strip() else ""
        services = interaction.client.services
        if not points and not quotable:
            raise Invalid("There is nothing to note yet. Please write something in the form.")
        if points:
            named = self.named.value == NAMED
            await services.reflections.notes.add(self._conversation.id, points, named=named, by=by)
            await say(
                interaction,
                f"Thank you. {counted(len(points), 'point is', 'points are')} noted, "
                f"{'with your name' if named else 'and nowhere is it kept who wrote that'}. "
                "Organisers and moderators read it when they write about the conversation.",
            )
        if quotable:
            details = Details(conversation_id=self._conversation.id)
            request = await services.wisdom.requests.begin(details, by=by)
            await show(interaction, await asking_card(interaction, request, quotable))


async def open_note_form(interaction: Interaction, conversation: Conversation) -> None:
    form = NoteForm(conversation, title="Take a note", about_all="About all of it")
    await open_form(interaction, form)


class HowWasItButton(PersistentButton, template=r"reflection:how-was-it:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "reflection:how-was-it:{id}", "How was it?"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        conversation = await interaction.client.services.reflections.notes.asked_in(
            NoticeId(self.id_), member_id_of(interaction)
        )
        form = NoteForm(conversation, title="How was it?", about_all="How was it for you?")
        await open_form(interaction, form)


def notes_card(
    reflection_id: ReflectionId, conversation: Conversation, notes: Sequence[Note], page: int
) -> Card:
    pages = max(1, -(-len(notes) // ON_A_PAGE))
    page = min(page, pages - 1)
    lines = [f"## Notes of {as_typed(conversation.title)}"]
    if not notes:
        lines.append("Nobody has noted anything yet. Everybody can, with `/conversation note`.")
    if pages > 1:
        lines.append(f"Page {page + 1} of {pages}")
    before: int | None = -1
    for each in notes[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
        if each.point.question != before:
            before = each.point.question
            lines.append(f"**{as_typed(_asked(conversation, before))}**")
        by = f" (<@{each.noted_by}>)" if each.noted_by else ""
        said = shortened(" ".join(each.point.words.split()), _room(notes))
        lines.append(f"- {as_typed(said)}{by}")
    rows = [row_of(NotesButton(reflection_id, (page + 1) % pages, label="More notes"))]
    return card_of(words("\n".join(lines)), *(rows if pages > 1 else []))


def _room(notes: Sequence[Note]) -> int:
    """Characters of one note, so that a page of them fits: made safe, it may be twice as long."""
    return min(LONGEST_POINT, (ROOM // max(1, min(len(notes), ON_A_PAGE)) - 30) // 2)


def _asked(conversation: Conversation, question: int | None) -> str:
    questions = conversation.more.questions
    if question is None or question > len(questions):
        return "About all of it"
    return questions[question - 1]


class NotesButton(
    PagedButton, template=r"reflection:notes:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """Its id is the post's."""

    form, label = "reflection:notes:{id}:0", "Notes"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        services = interaction.client.services
        reflection_id = ReflectionId(self.id_)
        look = await services.reflections.drafts.look(reflection_id, by=by)
        if look.conversation is None:
            raise Invalid("This post is of no one conversation, so it has no notes of its own.")
        found = await services.reflections.notes.of(look.conversation.id, by=by)
        await show(interaction, notes_card(reflection_id, look.conversation, found, self.page))
