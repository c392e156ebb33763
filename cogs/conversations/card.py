"""A conversation as people see it in a channel, and the buttons they press on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Answer, Conversation, Mine, Phase, SignUpState
from bot.ids import ConversationId, MemberId, NetworkId
from bot.network.model import Network
from bot.ui.answering import say, show
from bot.ui.parts import Card, PersistentButton, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of, network_id_of, network_of
from cogs.conversations import wording
from cogs.conversations.mine import mine_panel
from cogs.notices.missed import tell_missed

if TYPE_CHECKING:
    from datetime import datetime

    from bot.client import Interaction


def conversation_card(conversation: Conversation, network: Network, now: datetime) -> Card:
    parts: list[discord.ui.Item[Card]] = [words(f"## {as_typed(conversation.title)}")]
    if conversation.details.description and not conversation.is_cancelled:
        parts.append(words(as_typed(conversation.details.description)))
        parts.append(discord.ui.Separator())
    parts.append(words(wording.when_in_full(conversation, network)))
    where = wording.where(conversation, has_place=False)
    if where and not conversation.is_cancelled:
        parts.append(words(where))
    parts.extend(_state(conversation, network, now))
    if links := wording.footer(network):
        parts.append(words(links))
    card = Card()
    card.add_item(discord.ui.Container(*parts))
    return card


def _state(
    conversation: Conversation, network: Network, now: datetime
) -> list[discord.ui.Item[Card]]:
    """What can be done about it just now, or why nothing can."""
    if conversation.is_cancelled:
        reason = as_typed(conversation.cancelled_because or "")
        return [words(f"**This conversation is cancelled.**\nThe reason: {reason}")]
    match conversation.phase(now):
        case Phase.UNDER_WAY:
            return [words("This conversation has started. Sign-up is closed.")]
        case Phase.OVER:
            return [words("This conversation is over. Thank you to everybody who came.")]
        case Phase.AHEAD:
            parts: list[discord.ui.Item[Card]] = [words(wording.places(conversation))]
            if moved := wording.moved(conversation, network):
                parts.insert(0, words(moved))
            buttons = (SignUpButton, MaybeButton, LeaveButton, MySignUpButton)
            return [*parts, row_of(*(button(conversation.id) for button in buttons))]


class SignUpButton(PersistentButton, template=r"conversation:sign-up:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:sign-up:{id}", "Sign up"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        await _answer(interaction, interaction.client.services.sign_ups.sign_up, self.id_)


class MaybeButton(PersistentButton, template=r"conversation:maybe:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:maybe:{id}", "Maybe"

    async def press(self, interaction: Interaction) -> None:
        await _answer(interaction, interaction.client.services.sign_ups.maybe, self.id_)


class LeaveButton(PersistentButton, template=r"conversation:leave:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:leave:{id}", "I can't make it"

    async def press(self, interaction: Interaction) -> None:
        await _answer(interaction, interaction.client.services.sign_ups.leave, self.id_)


class MySignUpButton(PersistentButton, template=r"conversation:my-sign-up:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:my-sign-up:{id}", "My sign-up"

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        mine = await interaction.client.services.sign_ups.mine(
            ConversationId(self.id_), network.id, member_id_of(interaction)
        )
        other = SignUpButton if mine.sign_up.state is SignUpState.MAYBE else MaybeButton
        answers = (other(self.id_), LeaveButton(self.id_)) if _may_change(interaction, mine) else ()
        await show(interaction, mine_panel(mine, network, answers))
        await tell_missed(interaction)


def _may_change(interaction: Interaction, mine: Mine) -> bool:
    return mine.conversation.is_ahead(interaction.client.services.clock.now())


async def _answer(
    interaction: Interaction,
    give: Callable[[ConversationId, NetworkId, MemberId], Awaitable[Answer]],
    conversation_id: int,
) -> None:
    """Give an answer, and words for the person. What everybody sees follows by the refresher."""
    answer = await interaction.client.patience.during(
        interaction,
        give(
            ConversationId(conversation_id), network_id_of(interaction), member_id_of(interaction)
        ),
    )
    network = await network_of(interaction)
    message = interaction.message
    if message is not None and message.flags.ephemeral and not interaction.response.is_done():
        # Only they see this card, and no refresher can reach it: draw it anew here.
        now = interaction.client.services.clock.now()
        card = conversation_card(answer.conversation, network, now)
        await interaction.response.edit_message(view=card)
    await say(interaction, wording.answered(answer, network))
    await tell_missed(interaction)
