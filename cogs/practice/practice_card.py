"""A practice as everybody may see it, and the buttons below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.errors import NotFound
from bot.ids import PracticeId
from bot.practice.model import Says, ShownPractice
from bot.ui.answering import say, show
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from cogs.asking import member_id_of, network_id_of, network_of
from cogs.practice import wording
from cogs.practice.file import GetFileButton
from cogs.practice.own import open_share_form
from cogs.practice.templates import UseThisButton

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.network.model import Network
    from bot.themes.model import Vocabulary

Parts: TypeAlias = list[discord.ui.Item[Card]]

ASKS = "**What do you think?**"


def practice_card(
    practice: ShownPractice, vocabulary: Vocabulary, network: Network, *, is_in_thread: bool = False
) -> Card:
    """The whole of it. In its thread the title stands above already."""
    parts: Parts = [words(wording.body(practice, with_title=not is_in_thread))]
    below = [wording.sorted_under(practice, vocabulary)]
    if practice.is_featured:
        below.append("Featured by the moderators")
    if practice.link:
        below.append(f"Link: {practice.link}")
    if practice.file_name:
        below.append(f"File: {wording.as_typed(practice.file_name)}")
    below.append(wording.more(practice, network))
    parts.append(words("\n".join(each for each in below if each)))
    if not is_in_thread and practice.thread_id is not None:
        where = wording.address(practice.network_id, practice.thread_id)
        parts.append(words(f"[Read what others say about it]({where})"))
    answered = wording.answers(practice)
    parts.append(words(f"{ASKS}\n{answered}" if answered else ASKS))
    buttons: list[PersistentButton] = [
        RecogniseButton(practice.id),
        DifferentlyButton(practice.id),
        AddMyPracticeButton(practice.id),
    ]
    if practice.is_template:
        buttons.append(UseThisButton(practice.id))
    if practice.file_name:
        buttons.append(GetFileButton(practice.id))
    return card_of(*parts, row_of(*buttons))


class RecogniseButton(PersistentButton, template=r"practice:recognise:(?P<id>[0-9]{1,19})"):
    form, label = "practice:recognise:{id}", "I recognise this"
    says = Says.RECOGNISE
    counts = (
        "Thank you. Others see how many people recognise it, never who. Press again to take that "
        "back."
    )

    async def press(self, interaction: Interaction) -> None:
        does = await interaction.client.services.practice.showing.answer(
            PracticeId(self.id_), network_id_of(interaction), member_id_of(interaction), self.says
        )
        await say(interaction, self.counts if does else "That is taken back.")


class DifferentlyButton(RecogniseButton, template=r"practice:differently:(?P<id>[0-9]{1,19})"):
    form, label = "practice:differently:{id}", "We do it differently"
    says = Says.DIFFERENTLY
    counts = (
        "Thank you. Others see how many people do it differently, never who. If you like, write in "
        "the thread how you do it, or press **Add mine**. Press again to take that back."
    )


class AddMyPracticeButton(PersistentButton, template=r"practice:add-mine:(?P<id>[0-9]{1,19})"):
    form, label = "practice:add-mine:{id}", "Add mine"

    async def press(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.showing.get(
            PracticeId(self.id_), network_id_of(interaction)
        )
        await open_share_form(interaction, answers=practice.id)


class OpenPracticeButton(PersistentButton, template=r"practice:open:(?P<id>[0-9]{1,19})"):
    form, label = "practice:open:{id}", "Open"

    async def press(self, interaction: Interaction) -> None:
        await show_practice(interaction, PracticeId(self.id_))


async def show_practice(interaction: Interaction, practice_id: PracticeId) -> None:
    services, network = interaction.client.services, await network_of(interaction)
    practice = await services.practice.showing.find(practice_id, network.id)
    if practice is None:
        raise NotFound("I can't find that practice here. It may have been taken away.")
    vocabulary = await services.themes.vocabulary(network.id)
    await show(interaction, practice_card(practice, vocabulary, network))
