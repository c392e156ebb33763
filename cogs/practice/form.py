"""The form in which somebody writes what worked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.errors import Invalid, Unavailable
from bot.ids import KindId, PracticeId, ThemeId
from bot.practice.model import (
    LONGEST_DID,
    LONGEST_PART,
    LONGEST_TITLE,
    MOST_THEMES,
    File,
    Practice,
    Source,
    Written,
)
from bot.ui.parts import Form
from cogs.asking import person_of

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary

    After: TypeAlias = Callable[[Interaction, Practice], Awaitable[None]]
    """What shows the practice as it is then."""

MOST_OPTIONS = 25
"""In one menu of Discord. Themes beyond that are chosen by a moderator."""


class PracticeForm(Form):
    """What worked. *before*: it is written already, and this changes it."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        after: After,
        *,
        typed: str = "",
        link: str | None = None,
        attachment: discord.Attachment | None = None,
        answers: PracticeId | None = None,
        before: Practice | None = None,
        source: Source = Source.FORM,
    ) -> None:
        super().__init__(title="Share what works")
        self._after = after
        self._attachment, self._answers, self._source = attachment, answers, source
        self._before = before
        now = before.written if before is not None else None
        self._link = now.link if now is not None else link
        self.name = discord.ui.TextInput[PracticeForm](
            max_length=LONGEST_TITLE, default=now.title if now else None, custom_id="title"
        )
        self.did = _passage("did", typed[:LONGEST_DID] or (now.did if now else ""), LONGEST_DID)
        self.changed = _passage("changed", now.changed if now else "", LONGEST_PART)
        self.tell_others = _passage("tell_others", now.tell_others if now else "", LONGEST_PART)
        self.did.required = True
        self.under: discord.ui.Select[PracticeForm] = discord.ui.Select(
            min_values=1,
            max_values=1 + MOST_THEMES,
            placeholder="One kind, and up to four themes",
            custom_id="under",
            options=under_options(vocabulary, now),
        )
        for text, description, component in (
            ("Title", "In a few words, so that others can tell whether it is for them", self.name),
            ("What you did", "Names nobody, please. Others will read this.", self.did),
            ("What changed", None, self.changed),
            ("What you would tell others", "Who want to try it too", self.tell_others),
            ("What is it?", f"One kind, and up to {MOST_THEMES} themes", self.under),
        ):
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def submit(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        kind_id, theme_ids = sorted_values(self.under.values)
        written = Written.read(
            title=self.name.value,
            did=self.did.value,
            changed=self.changed.value,
            tell_others=self.tell_others.value,
            link=self._link,
            kind_id=kind_id,
            theme_ids=theme_ids,
        )
        mine = interaction.client.services.practice.mine
        if self._before is not None:
            await self._after(interaction, await mine.rewrite(self._before.id, written, by=by))
            return
        file = await _fetched(self._attachment)
        practice = await mine.draft(
            written, by=by, file=file, answers=self._answers, source=self._source
        )
        await self._after(interaction, practice)


def _passage(custom_id: str, default: str, longest: int) -> discord.ui.TextInput[PracticeForm]:
    return discord.ui.TextInput[PracticeForm](
        style=discord.TextStyle.paragraph,
        required=False,
        max_length=longest,
        default=default or None,
        custom_id=custom_id,
    )


def under_options(vocabulary: Vocabulary, now: Written | None) -> list[discord.SelectOption]:
    """Kinds first, then themes. Those it has come before others, so that none is lost."""
    themes_now = {vocabulary.theme(each).id for each in now.theme_ids} if now else set[ThemeId]()
    kinds = [
        discord.SelectOption(
            label=each.label,
            value=f"kind:{each.id}",
            description="A kind",
            default=now is not None and each.id == now.kind_id,
        )
        for each in vocabulary.kinds
    ]
    ordered = sorted(vocabulary.themes, key=lambda each: each.id not in themes_now)
    themes = [
        discord.SelectOption(
            label=each.label,
            value=f"theme:{each.id}",
            description="A theme",
            default=each.id in themes_now,
        )
        for each in ordered[: MOST_OPTIONS - len(kinds)]
    ]
    return [*kinds, *themes]


def sorted_values(values: Sequence[str]) -> tuple[KindId, list[ThemeId]]:
    """Raises `Invalid`: no kind, or more than one."""
    kinds = [KindId(int(each[5:])) for each in values if each.startswith("kind:")]
    themes = [ThemeId(int(each[6:])) for each in values if each.startswith("theme:")]
    if len(kinds) != 1:
        raise Invalid("Please choose one kind (the first five in the menu) and up to four themes.")
    return kinds[0], themes


async def _fetched(attachment: discord.Attachment | None) -> File | None:
    if attachment is None:
        return None
    try:
        return File(attachment.filename, await attachment.read())
    except discord.HTTPException as error:
        raise Unavailable(
            "I can't get your file from Discord any more. Please use the command again."
        ) from error
