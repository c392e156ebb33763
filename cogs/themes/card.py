"""The list of themes, its history, and the question before a merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

from bot.ids import NetworkId, ThemeId
from bot.network.model import ChannelUse, Network
from bot.themes.model import MOST_TAGS, HistoryPage, Merging, Vocabulary
from bot.ui.answering import edit_in_place, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import network_of, person_of
from cogs.themes import wording

if TYPE_CHECKING:
    import re

    from bot.client import Interaction

ON_A_PAGE = 10


def list_card(vocabulary: Vocabulary, number: int) -> Card:
    listed = (*vocabulary.themes, *vocabulary.groups)
    pages = -(-len(listed) // ON_A_PAGE)
    number = min(number, pages - 1)
    tags = sum(each.is_tag for each in vocabulary.themes)
    kinds = ", ".join(as_typed(each.label) for each in vocabulary.kinds)
    entries = listed[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
    return card_of(
        words(
            f"## Themes\nKinds, which are forum tags too: {kinds}.\n"
            f"{tags} of the {MOST_TAGS} themes that can be forum tags are chosen."
        ),
        words("\n".join(wording.entry(each, vocabulary) for each in entries)),
        words(f"Page {number + 1} of {pages}"),
        row_of(
            ThemesButton(max(number - 1, 0), disabled=number == 0),
            NextThemesButton(number + 1, disabled=number + 1 == pages),
            HistoryButton(0),
            EverydayWordsButton(),
        ),
    )


def everyday_card(vocabulary: Vocabulary, number: int) -> Card:
    listed = vocabulary.everyday
    pages = max(1, -(-len(listed) // ON_A_PAGE))
    number = min(number, pages - 1)
    entries = listed[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
    return card_of(
        words(
            "## Everyday words\nWhoever searches for one of a line finds the others too. Change a "
            "line with /theme synonyms, and it is listed with the themes from then on. A word that "
            "you choose for anything else is taken out here."
        ),
        words("\n".join(map(wording.everyday, entries)) or "There are none left here."),
        words(f"Page {number + 1} of {pages}"),
        row_of(
            EarlierWordsButton(max(number - 1, 0), disabled=number == 0),
            LaterWordsButton(number + 1, disabled=number + 1 == pages),
            BackToThemesButton(),
        ),
    )


def history_card(page: HistoryPage, network: Network) -> Card:
    text = "\n".join(wording.change(each, network) for each in page.changes)
    last = page.number + 1 == page.pages
    return card_of(
        words("## What has changed"),
        words(text or "Nobody has changed anything yet."),
        words(f"Page {page.number + 1} of {page.pages}"),
        row_of(
            LaterChangesButton(max(page.number - 1, 0), disabled=page.number == 0),
            EarlierChangesButton(page.number + 1, disabled=last),
            BackToThemesButton(),
        ),
    )


def merge_card(merging: Merging, vocabulary: Vocabulary, *, has_forum: bool) -> Card:
    source, into = merging.source, merging.into
    lines = "\n".join(f"- {each}" for each in wording.merging(merging, has_forum=has_forum))
    return card_of(
        words(f"## Merge {wording.name(source.label)} into {wording.name(into.label)}?\n{lines}"),
        row_of(MergeThemesButton(source.id, into.id, vocabulary.version), LeaveThemesButton()),
    )


async def show_themes(interaction: Interaction, number: int) -> None:
    person = await person_of(interaction)
    person.must_be_moderator("see how the themes are set up")
    vocabulary = await interaction.client.services.themes.vocabulary(person.network_id)
    await show_in_place(interaction, list_card(vocabulary, number))


async def _show_everyday(interaction: Interaction, number: int) -> None:
    person = await person_of(interaction)
    person.must_be_moderator("see how the themes are set up")
    vocabulary = await interaction.client.services.themes.vocabulary(person.network_id)
    await show_in_place(interaction, everyday_card(vocabulary, number))


async def _show_history(interaction: Interaction, number: int) -> None:
    themes = interaction.client.services.themes
    page = await themes.history(number, by=await person_of(interaction))
    await show_in_place(interaction, history_card(page, await network_of(interaction)))


async def forum_note(interaction: Interaction, network_id: NetworkId) -> str:
    """What becomes of the forum's tags, where there is a forum."""
    if ChannelUse.PRACTICE not in (await network_of(interaction)).channels:
        return ""
    troubles = await interaction.client.services.troubles.of_network(network_id)
    return wording.forum_follows(list(troubles))


class ThemesButton(PersistentButton, template=r"theme:list:(?P<id>[0-9]{1,6})"):
    """Its id is the number of a page, from 0."""

    form, label = "theme:list:{id}", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_themes(interaction, self.id_)


class NextThemesButton(PersistentButton, template=r"theme:list-on:(?P<id>[0-9]{1,6})"):
    """As `ThemesButton`; a message may not hold one `custom_id` twice."""

    form, label = "theme:list-on:{id}", "Later"

    async def press(self, interaction: Interaction) -> None:
        await show_themes(interaction, self.id_)


class BackToThemesButton(PersistentButton, template=r"theme:back"):
    form, label = "theme:back", "Back to the themes"

    async def press(self, interaction: Interaction) -> None:
        await show_themes(interaction, 0)


class EverydayWordsButton(PersistentButton, template=r"theme:everyday"):
    form, label = "theme:everyday", "Everyday words"

    async def press(self, interaction: Interaction) -> None:
        await _show_everyday(interaction, 0)


class EarlierWordsButton(PersistentButton, template=r"theme:everyday-earlier:(?P<id>[0-9]{1,6})"):
    """Its id is the number of a page, from 0."""

    form, label = "theme:everyday-earlier:{id}", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await _show_everyday(interaction, self.id_)


class LaterWordsButton(PersistentButton, template=r"theme:everyday-later:(?P<id>[0-9]{1,6})"):
    form, label = "theme:everyday-later:{id}", "Later"

    async def press(self, interaction: Interaction) -> None:
        await _show_everyday(interaction, self.id_)


class HistoryButton(PersistentButton, template=r"theme:history:(?P<id>[0-9]{1,6})"):
    """Its id is the number of a page, from 0: the latest changes."""

    form, label = "theme:history:{id}", "What has changed"

    async def press(self, interaction: Interaction) -> None:
        await _show_history(interaction, self.id_)


class LaterChangesButton(PersistentButton, template=r"theme:history-later:(?P<id>[0-9]{1,6})"):
    form, label = "theme:history-later:{id}", "Later changes"

    async def press(self, interaction: Interaction) -> None:
        await _show_history(interaction, self.id_)


class EarlierChangesButton(PersistentButton, template=r"theme:history-earlier:(?P<id>[0-9]{1,6})"):
    form, label = "theme:history-earlier:{id}", "Earlier changes"

    async def press(self, interaction: Interaction) -> None:
        await _show_history(interaction, self.id_)


class MergeThemesButton(
    PersistentButton,
    template=r"theme:merge:(?P<id>[0-9]{1,19}):(?P<into>[0-9]{1,19}):(?P<as_of>[0-9]{1,19})",
):
    """Merges the first theme into the second, if nothing has changed since version *as_of*."""

    form, label = "theme:merge:{id}:0:0", "Merge them"
    style = discord.ButtonStyle.danger

    def __init__(self, id_: int, into: int = 0, as_of: int = 0) -> None:
        super().__init__(id_)
        self.into, self.as_of = into, as_of
        self.item.custom_id = f"theme:merge:{id_}:{into}:{as_of}"

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(int(match["id"]), int(match["into"]), int(match["as_of"]))

    async def press(self, interaction: Interaction) -> None:
        person = await person_of(interaction)
        merging = await interaction.client.services.themes.merge(
            ThemeId(self.id_), ThemeId(self.into), as_of=self.as_of, by=person
        )
        source, into = wording.name(merging.source.label), wording.name(merging.into.label)
        note = (await forum_note(interaction, person.network_id)) if merging.source.is_tag else ""
        text = f"{source} is part of {into} now. {note}".rstrip()
        await edit_in_place(interaction, card_of(words(text)))


class LeaveThemesButton(PersistentButton, template=r"theme:leave"):
    form, label = "theme:leave", "Leave them as they are"

    async def press(self, interaction: Interaction) -> None:
        await edit_in_place(interaction, card_of(words("Nothing has changed.")))


PARTS = (
    ThemesButton,
    NextThemesButton,
    BackToThemesButton,
    EverydayWordsButton,
    EarlierWordsButton,
    LaterWordsButton,
    HistoryButton,
    LaterChangesButton,
    EarlierChangesButton,
    MergeThemesButton,
    LeaveThemesButton,
)
