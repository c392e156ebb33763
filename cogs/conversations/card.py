"""A conversation as people see it in a channel, and the buttons they press on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

import discord

from bot.conversations.model import (
    NOBODY,
    Answer,
    Conversation,
    Cover,
    Mine,
    Phase,
    SignUpState,
)
from bot.ids import ConversationId, MemberId, NetworkId
from bot.network.model import Network
from bot.ui.answering import edit_in_place, say, show
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, shortened
from cogs.asking import member_id_of, network_id_of, network_of
from cogs.conversations import wording
from cogs.conversations.access_needs import told
from cogs.conversations.cover import gallery_of
from cogs.conversations.mine import mine_panel
from cogs.notices.missed import tell_missed
from cogs.reminders.one import reminding_parts

if TYPE_CHECKING:
    from datetime import datetime

    from bot.client import Interaction


MOST_TEXT = 4000
"""Characters on one message, by Discord's own limit."""


def conversation_card(
    conversation: Conversation,
    network: Network,
    now: datetime,
    *,
    named: Sequence[MemberId] = NOBODY,
    cover: Cover | None = None,
) -> Card:
    """*named*: some of those who come, who asked for it.

    *cover*: the picture at its top, whose file must be attached to the message.
    """
    head: list[discord.ui.Item[Card]] = [words(f"## {as_typed(conversation.title)}")]
    if cover is not None and not conversation.is_cancelled:
        head.insert(0, gallery_of(cover))
    body: list[discord.ui.Item[Card]] = [words(wording.when_in_full(conversation, network))]
    if not conversation.is_cancelled:
        texts = (
            wording.series(conversation, network),
            wording.hosted(conversation),
            wording.questions(conversation),
            wording.good_to_know(conversation, network),
            wording.where(conversation, has_place=False),
        )
        body.extend(words(text) for text in texts if text)
    body.extend(_state(conversation, network, now, named))
    if links := wording.footer(network):
        body.append(words(links))
    described = _description(conversation, room=MOST_TEXT - text_length([*head, *body]))
    return card_of(*head, *described, *body)


def _description(conversation: Conversation, room: int) -> list[discord.ui.Item[Card]]:
    """What it is about, cut short only where the message would not hold it."""
    text = as_typed(conversation.details.description)
    if not text or conversation.is_cancelled or room < 1:
        return []
    return [words(shortened(text, room)), discord.ui.Separator()]


def text_length(parts: Sequence[discord.ui.Item[Card]]) -> int:
    """Characters that *parts* put on a message."""
    return sum(len(part.content) for part in parts if isinstance(part, discord.ui.TextDisplay))


def _state(
    conversation: Conversation, network: Network, now: datetime, named: Sequence[MemberId]
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
            parts: list[discord.ui.Item[Card]] = [words(_who(conversation, named))]
            if moved := wording.moved(conversation, network):
                parts.insert(0, words(moved))
            buttons = (SignUpButton, MaybeButton, LeaveButton, MySignUpButton)
            return [*parts, row_of(*(button(conversation.id) for button in buttons))]


def _who(conversation: Conversation, named: Sequence[MemberId]) -> str:
    names = wording.with_them(conversation, named)
    return "\n".join([wording.places(conversation), *([names] if names else [])])


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
        needs = await interaction.client.services.access_needs.mine(
            mine.conversation.id, network.id, member_id_of(interaction)
        )
        reminding = await reminding_parts(interaction, mine)
        panel = mine_panel(mine, network, answers, told(needs.told), reminding)
        await show(interaction, panel)
        await tell_missed(interaction)


def _may_change(interaction: Interaction, mine: Mine) -> bool:
    return mine.conversation.is_ahead(interaction.client.services.clock.now())


async def _answer(
    interaction: Interaction,
    give: Callable[[ConversationId, NetworkId, MemberId], Awaitable[Answer]],
    conversation_id: int,
) -> None:
    """Give an answer, and words for the person. What everybody sees follows by its keeper."""
    answer = await give(
        ConversationId(conversation_id), network_id_of(interaction), member_id_of(interaction)
    )
    network = await network_of(interaction)
    message = interaction.message
    if message is not None and message.flags.ephemeral:
        # Only they see this card, and no keeper can reach it: draw it anew here.
        now = interaction.client.services.clock.now()
        named = await interaction.client.services.cards.named(answer.conversation.id)
        card = conversation_card(answer.conversation, network, now, named=named)
        await edit_in_place(interaction, card)
    await say(interaction, wording.answered(answer, network))
    await tell_missed(interaction)
