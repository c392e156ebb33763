"""Lists of conversations: what is ahead, and what is mine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import discord

from bot.conversations.model import Conversation, MinePage, Page
from bot.ids import ConversationId
from bot.network.model import Network
from bot.ui.answering import show, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, shortened
from cogs.asking import member_id_of, network_of
from cogs.conversations import wording
from cogs.conversations.card import conversation_card
from cogs.notices.missed import tell_missed

if TYPE_CHECKING:
    from bot.client import Interaction

LONGEST_LABEL = 38
"""Of a button, as Discord recommends."""


def page_card(page: Page, network: Network) -> Card:
    parts: list[discord.ui.Item[Card]] = [words("## Conversations ahead")]
    if not page.conversations:
        parts.append(words("None is planned just now. Please look again soon."))
    parts.extend(
        _entry(each, _summary(each, network) + "\n" + wording.places(each))
        for each in page.conversations
    )
    if page.pages > 1:
        parts.append(words(f"Page {page.number + 1} of {page.pages}"))
        parts.append(
            row_of(
                PageButton(max(page.number - 1, 0), disabled=page.number == 0),
                NextPageButton(page.number + 1, disabled=page.number + 1 == page.pages),
            )
        )
    return card_of(*parts)


def mine_card(page: MinePage, network: Network) -> Card:
    parts: list[discord.ui.Item[Card]] = [words("## Your conversations")]
    if not page.mine:
        parts.append(words("You have not signed up to anything that is still to come."))
        parts.append(row_of(AheadButton()))
    parts.extend(
        _entry(
            each.conversation,
            _summary(each.conversation, network) + "\n" + wording.standing(each),
        )
        for each in page.mine
    )
    if page.pages > 1:
        last = page.number + 1 == page.pages
        parts.append(words(f"Page {page.number + 1} of {page.pages}"))
        parts.append(
            row_of(
                MinePageButton(max(page.number - 1, 0), disabled=page.number == 0),
                MineNextPageButton(page.number + 1, disabled=last),
            )
        )
    return card_of(*parts)


def _summary(conversation: Conversation, network: Network) -> str:
    return f"**{as_typed(conversation.title)}**\n{wording.when(conversation, network)}"


def _entry(conversation: Conversation, text: str) -> discord.ui.Section[Card]:
    # discord.py's types say that an accessory belongs to its section, not to the message.
    return discord.ui.Section(text, accessory=ShowButton.of(conversation))  # pyright: ignore[reportArgumentType]


async def show_page(interaction: Interaction, number: int) -> None:
    network = await network_of(interaction)
    page = await interaction.client.services.calendar.page(network.id, number)
    await show_in_place(interaction, page_card(page, network))
    await tell_missed(interaction)


async def _mine(interaction: Interaction, number: int) -> Card:
    network = await network_of(interaction)
    page = await interaction.client.services.sign_ups.page_of_member(
        network.id, member_id_of(interaction), number
    )
    return mine_card(page, network)


async def show_mine(interaction: Interaction) -> None:
    await show(interaction, await _mine(interaction, 0))
    await tell_missed(interaction)


async def _turn_to_mine(interaction: Interaction, number: int) -> None:
    await show_in_place(interaction, await _mine(interaction, number))
    await tell_missed(interaction)


async def show_one(interaction: Interaction, conversation: Conversation) -> None:
    network = await network_of(interaction)
    now = interaction.client.services.clock.now()
    named = await interaction.client.services.cards.named(conversation.id)
    await show(interaction, conversation_card(conversation, network, now, named=named))
    await tell_missed(interaction)


class PageButton(PersistentButton, template=r"conversation:list:(?P<id>[0-9]{1,6})"):
    """Its id is the number of a page, from 0."""

    form, label = "conversation:list:{id}", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_page(interaction, self.id_)


class NextPageButton(PersistentButton, template=r"conversation:list-on:(?P<id>[0-9]{1,6})"):
    """As `PageButton`; a message may not hold one `custom_id` twice."""

    form, label = "conversation:list-on:{id}", "Later"

    async def press(self, interaction: Interaction) -> None:
        await show_page(interaction, self.id_)


class AheadButton(PersistentButton, template=r"conversation:ahead"):
    """The first page as a message of its own, beside the one that was pressed."""

    form, label = "conversation:ahead", "See what is ahead"

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        page = await interaction.client.services.calendar.page(network.id, 0)
        await show(interaction, page_card(page, network))
        await tell_missed(interaction)


class MineButton(PersistentButton, template=r"conversation:mine"):
    form, label = "conversation:mine", "Your conversations"

    async def press(self, interaction: Interaction) -> None:
        await show_mine(interaction)


class MinePageButton(PersistentButton, template=r"conversation:mine-page:(?P<id>[0-9]{1,6})"):
    """Its id is the number of a page, from 0."""

    form, label = "conversation:mine-page:{id}", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await _turn_to_mine(interaction, self.id_)


class MineNextPageButton(PersistentButton, template=r"conversation:mine-on:(?P<id>[0-9]{1,6})"):
    """As `MinePageButton`; a message may not hold one `custom_id` twice."""

    form, label = "conversation:mine-on:{id}", "Later"

    async def press(self, interaction: Interaction) -> None:
        await _turn_to_mine(interaction, self.id_)


class ShowButton(PersistentButton, template=r"conversation:show:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:show:{id}", "Show"

    @classmethod
    def of(cls, conversation: Conversation) -> Self:
        """With the title in its label: a screen reader reads labels one after another."""
        return cls(conversation.id, label=shortened(f"Show {conversation.title}", LONGEST_LABEL))

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        calendar = interaction.client.services.calendar
        await show_one(interaction, await calendar.get(ConversationId(self.id_), network.id))
