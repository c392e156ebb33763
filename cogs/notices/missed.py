"""Telling somebody whose private messages are closed what they missed, when they next press."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ui.answering import say, show
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from cogs.asking import member_id_of, network_id_of

if TYPE_CHECKING:
    from bot.client import Interaction


async def tell_missed(interaction: Interaction) -> None:
    """Once for each message that could not be sent. Call it after the answer itself."""
    client = interaction.client
    missed = await client.services.notices.tell_missed(
        network_id_of(interaction), member_id_of(interaction)
    )
    cards = [await client.composers[each.kind](client.services, each) for each in missed]
    still_true = [card for card in cards if card is not None]
    for card in still_true:
        await show(interaction, card)
    if still_true:
        await show(interaction, _closed())


def _closed() -> Card:
    return card_of(
        words(
            "I wanted to send you that as a private message, but yours are closed to this "
            "server, so I won't try again.\n"
            "To get them: open this server's menu, **Privacy Settings**, and turn on "
            "**Direct Messages**. Then press this:"
        ),
        row_of(MessagesOpenButton()),
    )


class MessagesOpenButton(PersistentButton, template=r"notice:messages-open"):
    form, label = "notice:messages-open", "My messages are open now"

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.notices.messages_are_open(
            network_id_of(interaction), member_id_of(interaction)
        )
        await say(interaction, "Thank you. From now on I'll write to you again.")
