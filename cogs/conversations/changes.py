"""Moving and cancelling: what organisers read before they press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.clock import spoken
from bot.conversations.model import Conversation, ProposedMove, Told
from bot.ids import ConversationId, MoveId
from bot.network.model import Network
from bot.ui.answering import say, show_in_place
from bot.ui.parts import Card, Form, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, own_time
from cogs.asking import network_of, person_of
from cogs.conversations import wording

if TYPE_CHECKING:
    from bot.client import Interaction


def move_card(proposed: ProposedMove, network: Network) -> Card:
    conversation = proposed.conversation
    others = conversation.waiting + conversation.maybe
    return card_of(
        words("## Move it?\nOnly you see this. Nobody has been told yet."),
        words(
            f"**{as_typed(conversation.title)}**\n"
            f"From: {wording.when(conversation, network)}\n"
            f"To: **{spoken(proposed.to_start_at, network.zone)}**\n"
            f"On your own clock: {own_time(proposed.to_start_at)}"
        ),
        words(
            f"{counted(conversation.going, 'person has', 'people have')} a place and will be "
            f"asked to say again. {counted(others, 'other is', 'others are')} told."
        ),
        row_of(MoveButton(proposed.id), LeaveItButton(proposed.id)),
    )


def told(outcome: Told) -> str:
    """How many people hear of it, and how soon."""
    if not outcome.people and not outcome.guests:
        return "Nobody had answered yet, so there is nobody to tell."
    said: list[str] = []
    if outcome.people == 1:
        said.append("1 person is told in a private message.")
    elif outcome.people:
        said.append(f"{outcome.people:,} people are told in private messages, one after another.")
    if outcome.guests:
        guests = counted(outcome.guests, "guest", "guests")
        said.append(f"Whoever looks after {guests} is asked to pass it on.")
    return " ".join(said)


class MoveButton(PersistentButton, template=r"move:make:(?P<id>[0-9]{1,19})"):
    form, label = "move:make:{id}", "Move it"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        outcome = await interaction.client.services.changing.move(
            MoveId(self.id_), by=await person_of(interaction)
        )
        conversation = outcome.conversation
        text = (
            f"**{as_typed(conversation.title)}** is moved to "
            f"{wording.when(conversation, network)}. {told(outcome)}"
        )
        await show_in_place(interaction, card_of(words(text)))


class LeaveItButton(PersistentButton, template=r"move:leave:(?P<id>[0-9]{1,19})"):
    form, label = "move:leave:{id}", "Leave it as it is"

    async def press(self, interaction: Interaction) -> None:
        conversation = await interaction.client.services.changing.leave_as_it_is(
            MoveId(self.id_), by=await person_of(interaction)
        )
        text = f"**{as_typed(conversation.title)}** stays as it is. Nobody was told."
        await show_in_place(interaction, card_of(words(text)))


class ReasonForm(Form):
    """A form that asks for words which other people will read, and what then to do with them."""

    def __init__(
        self,
        *,
        title: str,
        asks: str,
        hint: str,
        at_most: int,
        then: Callable[[Interaction, str], Awaitable[None]],
    ) -> None:
        super().__init__(title=title)
        self.then = then
        self.written = discord.ui.TextInput[ReasonForm](
            style=discord.TextStyle.paragraph, max_length=at_most, custom_id="words"
        )
        self.add_item(discord.ui.Label(text=asks, description=hint, component=self.written))

    async def submit(self, interaction: Interaction) -> None:
        await self.then(interaction, self.written.value)


async def cancel(interaction: Interaction, conversation: Conversation, because: str) -> None:
    outcome = await interaction.client.services.changing.cancel(
        ConversationId(conversation.id), because, by=await person_of(interaction)
    )
    title = as_typed(conversation.title)
    await say(interaction, f"**{title}** is cancelled, and its card says so. {told(outcome)}")
