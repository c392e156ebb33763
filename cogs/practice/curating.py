"""Looking after what is shared: featuring, archiving, bringing back, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.ids import PracticeId
from bot.practice.model import LONGEST_WHY, Change, Practice, PracticeState
from bot.ui.answering import open_form, show_in_place
from bot.ui.parts import (
    Card,
    Form,
    PagedButton,
    PersistentButton,
    card_of,
    row_of,
    words,
)
from bot.ui.text import as_typed, from_now
from cogs.asking import person_of
from cogs.practice import wording
from cogs.practice.practice_card import Parts
from cogs.practice.review import SortPracticeButton, review_card

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary

ON_A_PAGE = 6


def curating_card(practice: Practice, vocabulary: Vocabulary) -> Card:
    """For moderators: where it stands, and what can be done with it."""
    card = review_card(practice, vocabulary)
    buttons: list[PersistentButton] = []
    if practice.written is not None:
        buttons = [button(practice.id) for button in _BUTTONS.get(practice.state, ())]
        if practice.state not in (PracticeState.NEW, PracticeState.LOOKED_AT):
            buttons.append(SortPracticeButton(practice.id))
    card.add_item(row_of(*buttons, PracticeHistoryButton(practice.id)))
    return card


async def curating_card_of(interaction: Interaction, practice: Practice) -> Card:
    vocabulary = await interaction.client.services.themes.vocabulary(practice.network_id)
    return curating_card(practice, vocabulary)


class FeaturePracticeButton(
    PersistentButton, template=r"practice-curate:feature:(?P<id>[0-9]{1,19})"
):
    form, label = "practice-curate:feature:{id}", "Feature it"
    does, title = "feature", "Feature it"

    async def press(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.review.get(
            PracticeId(self.id_), by=await person_of(interaction)
        )
        await open_form(interaction, WhyForm(practice.id, self.does, self.title))


class UnfeaturePracticeButton(
    FeaturePracticeButton, template=r"practice-curate:unfeature:(?P<id>[0-9]{1,19})"
):
    form, label = "practice-curate:unfeature:{id}", "Feature it no more"
    does, title = "feature_no_more", "Feature it no more"


class ArchivePracticeButton(
    FeaturePracticeButton, template=r"practice-curate:archive:(?P<id>[0-9]{1,19})"
):
    form, label = "practice-curate:archive:{id}", "Archive it"
    does, title = "archive", "Archive it"


class BringPracticeBackButton(
    FeaturePracticeButton, template=r"practice-curate:bring-back:(?P<id>[0-9]{1,19})"
):
    form, label = "practice-curate:bring-back:{id}", "Bring it back"
    does, title = "bring_back", "Bring it back"


_BUTTONS = {
    PracticeState.SHARED: (FeaturePracticeButton, ArchivePracticeButton),
    PracticeState.FEATURED: (UnfeaturePracticeButton, ArchivePracticeButton),
    PracticeState.ARCHIVED: (BringPracticeBackButton,),
}


class WhyForm(Form):
    """Why a moderator does it. The other moderators read that in its history."""

    def __init__(self, practice_id: PracticeId, does: str, title: str) -> None:
        super().__init__(title=title)
        self._practice_id, self._does = practice_id, does
        self.why = discord.ui.TextInput[WhyForm](max_length=LONGEST_WHY, custom_id="why")
        self.add_item(
            discord.ui.Label(
                text="Why?",
                description="In a few words, for the other moderators",
                component=self.why,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        curating = interaction.client.services.practice.curating
        does = {
            "feature": curating.feature,
            "feature_no_more": curating.feature_no_more,
            "archive": curating.archive,
            "bring_back": curating.bring_back,
        }[self._does]
        by = await person_of(interaction)
        practice = await does(self._practice_id, self.why.value, by=by)
        await show_in_place(interaction, await curating_card_of(interaction, practice))


def history_card(practice: Practice, changes: Sequence[Change], page: int) -> Card:
    """A page, from 0, the latest change first. A number too high gives the last."""
    pages = max(1, -(-len(changes) // ON_A_PAGE))
    page = min(page, pages - 1)
    latest = list(reversed(changes))[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    lines = [_line(each) for each in latest]
    parts: Parts = [
        words(f"## What was done with {wording.called(practice)}"),
        words("\n".join(lines) or "Nothing is written down."),
    ]
    if pages > 1:
        parts.append(words(f"Page {page + 1} of {pages}"))
        parts.append(
            row_of(
                LaterPracticeHistoryButton(practice.id, max(page - 1, 0)),
                PracticeHistoryButton(practice.id, page + 1, label="Earlier"),
            )
        )
    return card_of(*parts)


def _line(change: Change) -> str:
    who = f" by <@{change.by_id}>" if change.by_id else ""
    return f"- {from_now(change.at)}: {change.what}{who}. Why: {as_typed(change.why)}"


async def history_of(interaction: Interaction, practice_id: PracticeId, page: int) -> Card:
    by = await person_of(interaction)
    review = interaction.client.services.practice.review
    changes = await review.history(practice_id, by=by)
    return history_card(await review.get(practice_id, by=by), changes, page)


class PracticeHistoryButton(
    PagedButton, template=r"practice-history:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "practice-history:page:{id}:0", "What was done"

    async def press(self, interaction: Interaction) -> None:
        card = await history_of(interaction, PracticeId(self.id_), self.page)
        await show_in_place(interaction, card)


class LaterPracticeHistoryButton(
    PracticeHistoryButton,
    template=r"practice-history:later:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
):
    """As `PracticeHistoryButton`; a message may not hold one `custom_id` twice."""

    form, label = "practice-history:later:{id}:0", "Later"
