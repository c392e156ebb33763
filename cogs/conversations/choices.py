"""My choices: what a person chooses for themselves at one conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import MOST_NAMED, Choices
from bot.ids import ConversationId
from bot.network.model import Network
from bot.ui.answering import open_form, say
from bot.ui.parts import Form, PersistentButton
from cogs.asking import member_id_of, network_id_of, network_of

if TYPE_CHECKING:
    from bot.client import Interaction


def offers_role(network: Network) -> bool:
    """Whether *network* gives a role to people who come, so that they can do without it."""
    return network.attendee_role is not None


class ChoicesForm(Form):
    def __init__(
        self, conversation_id: ConversationId, choices: Choices, *, asks_about_role: bool
    ) -> None:
        super().__init__(title="My choices")
        self.conversation_id = conversation_id
        self.shows_name = discord.ui.Checkbox[ChoicesForm](
            custom_id="shows_name", default=choices.shows_name
        )
        self.add_item(
            discord.ui.Label(
                text="Put my name on the card",
                description=f"While you have a place. A card names up to {MOST_NAMED} people.",
                component=self.shows_name,
            )
        )
        self.wants_role = discord.ui.Checkbox[ChoicesForm](
            custom_id="wants_role", default=choices.wants_role
        )
        self.asks_about_role = asks_about_role
        if asks_about_role:
            self.add_item(
                discord.ui.Label(
                    text="Give me the role",
                    description="For people who come. Others can see who has it.",
                    component=self.wants_role,
                )
            )

    async def submit(self, interaction: Interaction) -> None:
        chosen = await interaction.client.services.choosing.choose(
            self.conversation_id,
            network_id_of(interaction),
            member_id_of(interaction),
            shows_name=self.shows_name.value,
            wants_role=self.wants_role.value if self.asks_about_role else None,
        )
        await say(interaction, _saved(chosen, asks_about_role=self.asks_about_role))


def _saved(chosen: Choices, *, asks_about_role: bool) -> str:
    lines = ["Saved. Your name is not on the card."]
    if chosen.shows_name:
        lines = ["Saved. While you have a place, the card may name you. Everybody can see that."]
    if asks_about_role:
        lines.append("You get the role." if chosen.wants_role else "You don't get the role.")
    return " ".join(lines)


class ChoicesButton(PersistentButton, template=r"conversation:my-choices:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:my-choices:{id}", "My choices"

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        conversation_id = ConversationId(self.id_)
        choices = await interaction.client.services.choosing.of(
            conversation_id, network.id, member_id_of(interaction)
        )
        form = ChoicesForm(conversation_id, choices, asks_about_role=offers_role(network))
        await open_form(interaction, form)
