"""Moving and cancelling: what organisers read before they press."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.clock import spoken
from bot.conversations.model import Conversation, Edited, ProposedMove, Told
from bot.conversations.service.changing import LONGEST_REASON
from bot.ids import MoveId
from bot.network.model import Network
from bot.people import Person
from bot.ui.answering import edit_in_place, say, show_in_place
from bot.ui.parts import Card, Form, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, own_time, shortened
from cogs.asking import network_of, person_at, person_of
from cogs.conversations import wording
from cogs.conversations.picking import LONGEST_QUESTION

if TYPE_CHECKING:
    from bot.client import Interaction


def move_card(
    proposed: ProposedMove, network: Network, later: PersistentButton | None = None
) -> Card:
    """*later*: the button that moves every later one of its series as well."""
    conversation = proposed.conversation
    others = conversation.waiting + conversation.maybe
    also = f" {counted(others, 'other is', 'others are')} told." if others else ""
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
            f"asked to say again.{also}"
        ),
        row_of(*_ways(proposed, later), LeaveItButton(proposed.id)),
    )


def _ways(proposed: ProposedMove, later: PersistentButton | None) -> list[PersistentButton]:
    if later is None:
        return [MoveButton(proposed.id)]
    return [MoveButton(proposed.id, label="Only this one"), later]


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
        services, by = interaction.client.services, await _mover(interaction, self.id_)
        network = await services.networks.get(by.network_id)
        outcome = await services.changing.move(MoveId(self.id_), by=by)
        conversation = outcome.conversation
        text = (
            f"**{as_typed(conversation.title)}** is moved to "
            f"{wording.when(conversation, network)}. {told(outcome)}"
        )
        await _show(interaction, card_of(words(text)))


class LeaveItButton(PersistentButton, template=r"move:leave:(?P<id>[0-9]{1,19})"):
    form, label = "move:leave:{id}", "Leave it as it is"

    async def press(self, interaction: Interaction) -> None:
        conversation = await interaction.client.services.changing.leave_as_it_is(
            MoveId(self.id_), by=await _mover(interaction, self.id_)
        )
        text = f"**{as_typed(conversation.title)}** stays as it is. Nobody was told."
        await _show(interaction, card_of(words(text)))


async def _show(interaction: Interaction, card: Card) -> None:
    """In place of the read-back. In a private message nobody else sees that either."""
    if interaction.guild_id is None:
        await edit_in_place(interaction, card)
    else:
        await show_in_place(interaction, card)


async def _mover(interaction: Interaction, move_id: int) -> Person:
    """Who presses, also in a private message: there the move says which network is meant."""
    if interaction.guild_id is not None:
        return await person_of(interaction)
    changing = interaction.client.services.changing
    return await person_at(interaction, await changing.network_of(MoveId(move_id)))


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


def cancel_form(conversation: Conversation) -> ReasonForm:
    return ReasonForm(
        title="Cancel this conversation",
        asks=shortened(f"Why is “{conversation.title}” cancelled?", LONGEST_QUESTION),
        hint="Everybody who answered reads this, and it stays on the card.",
        at_most=LONGEST_REASON,
        then=lambda pressed, because: cancel(pressed, conversation, because),
    )


async def cancel(interaction: Interaction, conversation: Conversation, because: str) -> None:
    outcome = await interaction.client.services.changing.cancel(
        conversation.id, because, by=await person_at(interaction, conversation.network_id)
    )
    title = as_typed(conversation.title)
    await say(interaction, f"**{title}** is cancelled, and its card says so. {told(outcome)}")


async def report_edited(interaction: Interaction, outcome: Edited) -> None:
    await say(interaction, wording.edited(outcome))


async def report_described(interaction: Interaction, conversation: Conversation) -> None:
    known = wording.good_to_know(conversation, await network_of(interaction))
    await say(interaction, f"Saved, and the card follows.\n{known}".rstrip())
