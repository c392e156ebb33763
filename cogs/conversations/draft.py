"""Reading a new conversation back to its organiser, before anybody else sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation, Cover, Edited
from bot.ids import ConversationId
from bot.network.model import ChannelUse, Network
from bot.ui.answering import open_form, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, shortened
from cogs.asking import network_of, person_of, server_of
from cogs.conversations import wording
from cogs.conversations.card import MOST_TEXT, text_length
from cogs.conversations.forms import DateForm, DetailsForm, MoreForm
from cogs.network.needs import missing_in, named

if TYPE_CHECKING:
    from bot.client import Interaction


MOST_READ_BACK = 1000
"""Characters of a description: the rest of the message needs its room."""


def draft_card(conversation: Conversation, network: Network, *, cover: Cover | None = None) -> Card:
    details = conversation.details
    limit = (
        "no limit on places"
        if details.places is None
        else counted(details.places, "place", "places")
    )
    head = [
        words("## Is this right?\nOnly you see this. Nothing is posted yet."),
        words(wording.when_in_full(conversation, network)),
        discord.ui.Separator(),
        words(f"### {as_typed(details.title)}"),
    ]
    rest = [
        words("\n".join([f"With {limit}.", *_where(conversation), _hosted(conversation)])),
        *_more(conversation, network),
        *([words(f"With a cover: {as_typed(cover.alt)}")] if cover else []),
    ]
    room = min(MOST_READ_BACK, MOST_TEXT - text_length([*head, *rest]))
    return card_of(
        *head,
        words(shortened(as_typed(details.description), room) or "No description yet."),
        *rest,
        row_of(
            PlanButton(conversation.id),
            DateButton(conversation.id),
            WordsButton(conversation.id),
            MoreButton(conversation.id),
            ThrowAwayButton(conversation.id),
        ),
    )


def _more(conversation: Conversation, network: Network) -> list[discord.ui.Item[Card]]:
    texts = (wording.questions(conversation), wording.good_to_know(conversation, network))
    return [words(text) for text in texts if text]


def _where(conversation: Conversation) -> list[str]:
    """The organiser wrote the link, and so reads it back as well."""
    where = wording.where(conversation, has_place=False)
    link = conversation.details.join_link
    lines = [where, f"The link they are given: {link}" if link else ""]
    return [line for line in lines if line] or ["Nothing yet about where it happens."]


def _hosted(conversation: Conversation) -> str:
    if hosted := wording.hosted(conversation):
        return f"{hosted}. They are told once you plan it."
    return "To name who hosts it, use /organise hosts once it is planned."


async def show_draft(interaction: Interaction, conversation: Conversation) -> None:
    cover = await interaction.client.services.covers.find(conversation.id)
    network = await network_of(interaction)
    await show_in_place(interaction, draft_card(conversation, network, cover=cover))


async def _show_edited(interaction: Interaction, outcome: Edited) -> None:
    await show_draft(interaction, outcome.conversation)


async def _say_in_place(interaction: Interaction, text: str) -> None:
    card = card_of(words(text))
    await show_in_place(interaction, card)


def where_it_appears(network: Network, server: discord.Guild) -> str:
    """Where the card is going, or why it cannot go there yet."""
    channel = server.get_channel(network.channels.get(ChannelUse.CONVERSATIONS, 0))
    mend = "Somebody who runs this server can mend that with /network setup."
    if channel is None:
        return f"There is no conversations channel yet, so nobody can see it. {mend}"
    if missing := missing_in(channel):
        return f"I can't post it: I need {named(missing)} in {channel.mention}. {mend}"
    return f"I am posting it in {channel.mention}, where people can sign up."


class PlanButton(PersistentButton, template=r"conversation:plan:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:plan:{id}", "Plan it"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        conversation = await interaction.client.services.planning.plan(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        await _say_in_place(
            interaction,
            f"**{as_typed(conversation.title)}** is planned for "
            f"{wording.when(conversation, network)}.\n"
            + where_it_appears(network, server_of(interaction)),
        )


class DateButton(PersistentButton, template=r"conversation:change-date:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:change-date:{id}", "Change the date"

    async def press(self, interaction: Interaction) -> None:
        (await person_of(interaction)).must_be_organiser("plan a conversation")
        await open_form(interaction, DateForm(ConversationId(self.id_), show_draft))


class WordsButton(PersistentButton, template=r"conversation:change-words:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:change-words:{id}", "Change the rest"

    async def press(self, interaction: Interaction) -> None:
        conversation = await interaction.client.services.planning.editable(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        await open_form(interaction, DetailsForm(conversation, _show_edited))


class MoreButton(PersistentButton, template=r"conversation:add-more:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:add-more:{id}", "Add more"

    async def press(self, interaction: Interaction) -> None:
        conversation = await interaction.client.services.planning.editable(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        form = MoreForm(conversation, await network_of(interaction), show_draft)
        await open_form(interaction, form)


class ThrowAwayButton(PersistentButton, template=r"conversation:throw-away:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:throw-away:{id}", "Throw it away"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.planning.throw_away(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        await _say_in_place(interaction, "Thrown away. Nobody has seen it.")
