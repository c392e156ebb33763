"""My sign-up: one person's private panel for one conversation, and the calendar file."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.conversations.calendar_file import (
    FILE_NAME,
    calendar_file,
    google_link,
    outlook_link,
)
from bot.conversations.model import Conversation, Mine
from bot.ids import ConversationId
from bot.network.model import Network
from bot.ui.answering import hand_over
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of, network_of
from cogs.conversations import wording
from cogs.conversations.access_needs import NeedsButton
from cogs.conversations.choices import ChoicesButton
from cogs.conversations.company import CompanyButton
from cogs.series.panel import ShowSeriesButton

if TYPE_CHECKING:
    from bot.client import Interaction


def mine_panel(
    mine: Mine,
    network: Network,
    answers: Sequence[PersistentButton],
    told: str = "",
    reminding: Sequence[discord.ui.Item[Card]] = (),
) -> Card:
    """*answers*: the buttons with which they can change their mind.

    *told*: of access needs. *reminding*: whether they are reminded, and how to change it.
    """
    conversation = mine.conversation
    return card_of(
        words(f"## Your sign-up\n**{as_typed(conversation.title)}**"),
        words(wording.when_in_full(conversation, network)),
        words("\n".join([*_standing(mine), *([told] if told else [])])),
        row_of(CalendarButton(conversation.id), *answers),
        row_of(
            NeedsButton(conversation.id),
            CompanyButton(conversation.id),
            ChoicesButton(conversation.id),
        ),
        *reminding,
        *_series(conversation, network),
    )


def _series(conversation: Conversation, network: Network) -> list[discord.ui.Item[Card]]:
    happens = wording.series(conversation, network)
    if not happens or conversation.occurrence is None:
        return []
    return [words(happens), row_of(ShowSeriesButton(conversation.occurrence.series_id))]


def _standing(mine: Mine) -> list[str]:
    lines = [wording.standing(mine)]
    if mine.sign_up.asked_again:
        lines.append("It was moved, and you have not said again whether you come.")
    if where := wording.where(mine.conversation, has_place=mine.has_place):
        lines.append(where)
    return lines


class CalendarButton(PersistentButton, template=r"conversation:calendar:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:calendar:{id}", "Add to my calendar"

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        services = interaction.client.services
        mine = await services.sign_ups.mine(
            ConversationId(self.id_), network.id, member_id_of(interaction)
        )
        conversation = mine.conversation
        # In a thread: the time zone's rules are written out, which takes a while.
        made = await asyncio.to_thread(
            calendar_file,
            conversation,
            network,
            services.clock.now(),
            has_place=mine.has_place,
        )
        title = as_typed(conversation.title)
        await hand_over(
            interaction,
            f"Open this file to put **{title}** into your calendar. If the conversation changes, "
            "press the button again: the new file replaces the old one.\n"
            f"Or: [Google Calendar]({google_link(conversation)}) · "
            f"[Outlook]({outlook_link(conversation)})",
            discord.File(io.BytesIO(made), FILE_NAME, description="A calendar file"),
        )
