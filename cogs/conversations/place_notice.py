"""The private message that a place has come up, and the button that hands it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation
from bot.ids import NoticeId
from bot.notices.model import Notice
from bot.ui.answering import edit_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of
from cogs.conversations import wording

if TYPE_CHECKING:
    from bot.client import Interaction, Services


async def place_came_up(services: Services, notice: Notice) -> Card | None:
    """The message, or None when it is no longer true."""
    conversation = await services.sign_ups.place_that_came_up(notice)
    if conversation is None:
        return None
    network = await services.networks.get(notice.network_id)
    return card_of(
        words("## A place has come up, and it is yours"),
        words(f"**{as_typed(conversation.title)}**\n{wording.when_in_full(conversation, network)}"),
        *_where(conversation),
        words("If you want to come, there is nothing to do. If you can't, please press this:"),
        row_of(HandBackButton(notice.id)),
    )


def _where(conversation: Conversation) -> list[discord.ui.Item[Card]]:
    """They have a place, or there would be no message: so they are given the link."""
    where = wording.where(conversation, has_place=True)
    return [words(where)] if where else []


class HandBackButton(PersistentButton, template=r"place:hand-back:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's, so that the message can be known again among others."""

    form, label = "place:hand-back:{id}", "I can't come: hand it back"

    async def press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        answer = await services.sign_ups.hand_back(NoticeId(self.id_), member_id_of(interaction))
        card = card_of(
            words(
                f"You handed back your place at **{as_typed(answer.conversation.title)}**. "
                "Thank you for letting us know: it "
                + ("goes to the next person." if answer.moved_up else "is free again.")
            )
        )
        await edit_in_place(interaction, card)
