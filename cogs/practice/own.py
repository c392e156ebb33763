"""What somebody wrote themselves: read again beside what is like it, sent, changed, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.ids import PracticeId
from bot.practice.model import Practice, PracticeState, ShownPractice, Source
from bot.ui.answering import edit_in_place, open_form, show, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import counted
from cogs.asking import network_id_of, person_of
from cogs.practice import wording
from cogs.practice.file import GetFileButton
from cogs.practice.form import PracticeForm
from cogs.practice.templates import LicenceButton

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary


async def open_share_form(
    interaction: Interaction,
    *,
    typed: str = "",
    link: str | None = None,
    attachment: discord.Attachment | None = None,
    answers: PracticeId | None = None,
    source: Source = Source.FORM,
) -> None:
    services = interaction.client.services
    vocabulary = await services.themes.vocabulary(network_id_of(interaction))
    form = PracticeForm(
        vocabulary,
        _show_new,
        typed=typed,
        link=link,
        attachment=attachment,
        answers=answers,
        source=source,
    )
    await open_form(interaction, form)


async def _show_new(interaction: Interaction, practice: Practice) -> None:
    await show(interaction, await own_card(interaction, practice))


async def show_changed(interaction: Interaction, practice: Practice) -> None:
    """Below a post in the forum everybody sees the button: the answer is for one alone."""
    await show_in_place(interaction, await own_card(interaction, practice))


async def own_card(interaction: Interaction, practice: Practice) -> Card:
    """One of their own, with what is like it while nobody else has seen it."""
    services, written = interaction.client.services, practice.written
    alike: Sequence[ShownPractice] = ()
    if practice.state is PracticeState.DRAFT and written is not None:
        alike = await services.practice.showing.like(practice.network_id, written.text)
    vocabulary = await services.themes.vocabulary(practice.network_id)
    is_author = practice.author_id == interaction.user.id
    return own_practice_card(practice, vocabulary, alike, is_author=is_author)


def own_practice_card(
    practice: Practice,
    vocabulary: Vocabulary,
    alike: Sequence[ShownPractice],
    *,
    is_author: bool,
) -> Card:
    written = practice.written
    if written is None:
        return card_of(words("You have taken this practice back. Its words are deleted."))
    parts: list[discord.ui.Item[Card]] = [words(_begin(practice)), words(wording.body(written))]
    below = [wording.sorted_under(written, vocabulary)]
    if written.link:
        below.append(f"Link: {written.link}")
    if practice.file_name:
        below.append(f"File: {wording.as_typed(practice.file_name)}")
    named = "Your name is shown with it." if practice.is_named else "Your name is not shown."
    below.append(named if is_author else "You look after it.")
    parts.append(words("\n".join(each for each in below if each)))
    if alike:
        there = "\n".join(f"- {wording.linked(each)}" for each in alike)
        many = counted(len(alike), "practice", "practices").capitalize()
        parts.append(
            words(
                f"### {many} like this {'is' if len(alike) == 1 else 'are'} already here\n{there}\n"
                "If yours adds something, send it. If one of them says it all, answer there."
            )
        )
    rows = [row_of(*_buttons(practice, is_author=is_author))]
    if practice.is_template and practice.state is not PracticeState.DRAFT:
        rows.append(row_of(LicenceButton(practice.id)))
    return card_of(*parts, *rows)


def _begin(practice: Practice) -> str:
    if practice.state is PracticeState.DRAFT:
        return (
            "**Only you have seen this.** Read it once more. When you send it, a moderator reads "
            "it, and then everybody can find it. What you don't send goes away after two days."
        )
    begin = f"This practice is: {wording.STATES[practice.state]}."
    if practice.is_shown:
        begin += " If you change it, a moderator reads it again before others see it again."
    if practice.note and practice.state is PracticeState.NOT_NOW:
        begin += f"\nA moderator writes: {wording.as_typed(practice.note)}"
    return begin


def _buttons(practice: Practice, *, is_author: bool) -> list[PersistentButton]:
    buttons: list[PersistentButton] = []
    if practice.state in (PracticeState.DRAFT, PracticeState.NOT_NOW):
        buttons.append(SendPracticeButton(practice.id))
    if practice.merged_into is None:
        buttons.append(ChangePracticeButton(practice.id))
    if is_author and practice.is_named:
        buttons.append(HideNameButton(practice.id))
    elif is_author:
        buttons.append(ShowNameButton(practice.id))
    if practice.file_name:
        buttons.append(GetFileButton(practice.id))
    if practice.state is PracticeState.DRAFT:
        buttons.append(ThrowPracticeAwayButton(practice.id))
    elif is_author:
        buttons.append(TakePracticeBackButton(practice.id))
    return buttons


class SendPracticeButton(PersistentButton, template=r"my-practice:send:(?P<id>[0-9]{1,19})"):
    form, label = "my-practice:send:{id}", "Send it"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        await interaction.client.services.practice.mine.send(PracticeId(self.id_), by=by)
        await edit_in_place(
            interaction,
            card_of(
                words(
                    "## Thank you\nA moderator reads it before others can see it, and you hear "
                    "from me then. With `/practice mine` you can see it, change it or take it back."
                )
            ),
        )


class ChangePracticeButton(PersistentButton, template=r"my-practice:change:(?P<id>[0-9]{1,19})"):
    form, label = "my-practice:change:{id}", "Change it"

    async def press(self, interaction: Interaction) -> None:
        services, by = interaction.client.services, await person_of(interaction)
        practice = await services.practice.mine.get(PracticeId(self.id_), by=by)
        practice.must_have_words()
        vocabulary = await services.themes.vocabulary(by.network_id)
        await open_form(interaction, PracticeForm(vocabulary, show_changed, before=practice))


class ShowNameButton(PersistentButton, template=r"my-practice:name:(?P<id>[0-9]{1,19})"):
    form, label = "my-practice:name:{id}", "Show my name with it"
    is_named = True

    async def press(self, interaction: Interaction) -> None:
        practice = await interaction.client.services.practice.mine.show_name(
            PracticeId(self.id_), is_named=self.is_named, by=await person_of(interaction)
        )
        await edit_in_place(interaction, await own_card(interaction, practice))


class HideNameButton(ShowNameButton, template=r"my-practice:no-name:(?P<id>[0-9]{1,19})"):
    form, label = "my-practice:no-name:{id}", "Don't show my name"
    is_named = False


class ThrowPracticeAwayButton(
    PersistentButton, template=r"my-practice:throw-away:(?P<id>[0-9]{1,19})"
):
    form, label = "my-practice:throw-away:{id}", "Throw it away"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        await interaction.client.services.practice.mine.throw_away(PracticeId(self.id_), by=by)
        await edit_in_place(interaction, card_of(words("It is thrown away. Nobody has seen it.")))


class TakePracticeBackButton(
    PersistentButton, template=r"my-practice:take-back:(?P<id>[0-9]{1,19})"
):
    form, label = "my-practice:take-back:{id}", "Take it back"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        practice = await interaction.client.services.practice.mine.get(PracticeId(self.id_), by=by)
        practice.must_be_by(by.member_id)
        card = card_of(
            words(
                f"Take back {wording.called(practice)}? Its words and its file are deleted, also "
                "from search. What others wrote in its thread stays, as it is theirs."
            ),
            row_of(
                TakePracticeBackForGoodButton(practice.id),
                OpenMineButton(practice.id, label="Keep it"),
            ),
        )
        await show_in_place(interaction, card)


class TakePracticeBackForGoodButton(
    PersistentButton, template=r"my-practice:gone:(?P<id>[0-9]{1,19})"
):
    form, label = "my-practice:gone:{id}", "Yes, delete it"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        await interaction.client.services.practice.mine.take_back(PracticeId(self.id_), by=by)
        await edit_in_place(
            interaction, card_of(words("It is taken back, and its words are deleted."))
        )


class OpenMineButton(PersistentButton, template=r"my-practice:open:(?P<id>[0-9]{1,19})"):
    form, label = "my-practice:open:{id}", "Open"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        practice = await interaction.client.services.practice.mine.get(PracticeId(self.id_), by=by)
        await show_in_place(interaction, await own_card(interaction, practice))
