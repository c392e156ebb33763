"""Reminders of one conversation, on the panel of somebody's own sign-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Mine
from bot.ids import ConversationId
from bot.ui.answering import say
from bot.ui.parts import Card, PersistentButton, row_of, words
from cogs.asking import member_id_of, network_id_of, network_of
from cogs.reminders import wording

if TYPE_CHECKING:
    from bot.client import Interaction


async def reminding_parts(interaction: Interaction, mine: Mine) -> list[discord.ui.Item[Card]]:
    """What the panel says about reminders, for somebody with a place that is still to come."""
    services = interaction.client.services
    if not mine.has_place or not mine.conversation.is_ahead(services.clock.now()):
        return []
    network = await network_of(interaction)
    conversation_id = mine.conversation.id
    reminding = await services.reminder_wishes.for_one(
        conversation_id, network.id, member_id_of(interaction)
    )
    button = NotOfOneButton if reminding.is_wanted else OfOneButton
    return [words(wording.of_one(reminding, network.zone)), row_of(button(conversation_id))]


class OfOneButton(PersistentButton, template=r"reminders:of-one:(?P<id>[0-9]{1,19})"):
    form, label = "reminders:of-one:{id}", "Remind me of this one"

    async def press(self, interaction: Interaction) -> None:
        await _choose(interaction, self.id_, is_wanted=True)


class NotOfOneButton(PersistentButton, template=r"reminders:not-of-one:(?P<id>[0-9]{1,19})"):
    form, label = "reminders:not-of-one:{id}", "Don't remind me of this one"

    async def press(self, interaction: Interaction) -> None:
        await _choose(interaction, self.id_, is_wanted=False)


async def _choose(interaction: Interaction, conversation_id: int, *, is_wanted: bool) -> None:
    services = interaction.client.services
    network = await network_of(interaction)
    reminding = await services.reminder_wishes.choose_for_one(
        ConversationId(conversation_id),
        network.id,
        member_id_of(interaction),
        is_wanted=is_wanted,
    )
    if is_wanted:  # whoever asks to be written to can be
        await services.notices.messages_are_open(
            network_id_of(interaction), member_id_of(interaction)
        )
    await say(
        interaction,
        f"{wording.of_one(reminding, network.zone)}\nFor all conversations: `/reminders`.",
    )
