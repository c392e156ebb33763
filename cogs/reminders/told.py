"""The reminders themselves, and the buttons on them. Each is written from what is true just then.

Every one carries a button with the notice's id, so that it is known again after a crash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation, SignUp, SignUpState
from bot.ids import NoticeId
from bot.network.model import Network
from bot.notices.model import Notice, NoticeKind
from bot.reminders.model import how_soon
from bot.ui.answering import say
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of, network_id_of
from cogs.conversations import wording
from cogs.conversations.listing import show_one
from cogs.conversations.told import NotAnyMoreButton, StillComingButton
from cogs.reflections.notes import HowWasItButton
from cogs.reflections.wording import news

if TYPE_CHECKING:
    from datetime import datetime

    from bot.client import Composer, Interaction, RoomFinder, Services
    from bot.ids import ThreadId


async def in_channel(services: Services, notice: Notice) -> Card | None:
    conversation = await services.reminder_truth.to_everybody(notice)
    if conversation is None:
        return None
    network = await services.networks.get(notice.network_id)
    changed = news(await services.reflections.actions.news(notice.network_id))
    return channel_card(conversation, network, services.clock.now(), notice.id, changed)


def channel_card(
    conversation: Conversation,
    network: Network,
    now: datetime,
    notice_id: NoticeId,
    changed: str = "",
) -> Card:
    """*changed*: what came of what people said before, with which it begins."""
    return card_of(
        *([words(changed)] if changed else []),
        words(_heading(conversation, network, now)),
        words(wording.when_in_full(conversation, network)),
        *_where(conversation, has_place=False),
        words(wording.places(conversation)),
        words("-# To be reminded by private message as well, type `/reminders`."),
        row_of(SeeButton(notice_id)),
    )


async def in_thread(services: Services, notice: Notice) -> Card | None:
    conversation = await services.reminder_truth.to_everybody(notice)
    if conversation is None:
        return None
    network = await services.networks.get(notice.network_id)
    return thread_card(conversation, network, services.clock.now(), notice.id)


def thread_card(
    conversation: Conversation, network: Network, now: datetime, notice_id: NoticeId
) -> Card:
    """It comes when a private message could not, and says nothing of that: somebody could guess
    whose it was."""
    return card_of(
        words(_heading(conversation, network, now)),
        words(wording.when_in_full(conversation, network)),
        *_where(conversation, has_place=False),
        words(f"{wording.places(conversation)}\n{_IF_THEY_CANNOT}"),
        row_of(SeeButton(notice_id)),
    )


_IF_THEY_CANNOT = (
    "If you have a place and can't come, please press the button below and then "
    "**I can't make it**, so that somebody else can. Nobody minds."
)


async def thread_of(services: Services, notice: Notice) -> ThreadId | None:
    """Where the thread's reminder goes."""
    _, _, thread = await services.threads.of(notice.conversation_id)
    return None if thread is None else thread.thread_id


async def to_person(services: Services, notice: Notice) -> Card | None:
    found = await services.reminder_truth.to_person(notice)
    if found is None:
        return None
    conversation, mine = found
    network = await services.networks.get(notice.network_id)
    return private_card(conversation, mine, network, services.clock.now(), notice)


def private_card(
    conversation: Conversation, mine: SignUp, network: Network, now: datetime, notice: Notice
) -> Card:
    if notice.kind is NoticeKind.AFTERWARDS:
        return _thanks(conversation, network, notice)
    asks = notice.kind is NoticeKind.STILL_COMING
    supports = mine.state is SignUpState.SUPPORTING
    stands = "You come as somebody's supporter." if supports else "You have a place."
    heading = _heading(conversation, network, now)
    if asks:
        heading = f"## Still coming?\n{heading.removeprefix('## ')}"
    answers = [StillComingButton(notice.id)] if asks else []
    return card_of(
        words(heading),
        words(wording.when_in_full(conversation, network)),
        *_where(conversation, has_place=True),
        words(f"{wording.places(conversation)}\n{stands} {_CANNOT}"),
        row_of(*answers, NotAnyMoreButton(notice.id), StopButton(notice.id)),
    )


_CANNOT = "If you can't come, please say so, so that somebody else can. Nobody minds."


def _thanks(conversation: Conversation, network: Network, notice: Notice) -> Card:
    return card_of(
        words(f"## Thank you\n**{as_typed(conversation.title)}**"),
        words(f"{wording.when(conversation, network)}"),
        words(
            "Thank you for being part of it. If you couldn't make it after all, nobody minds: "
            "we hope to see you at another."
        ),
        words(
            "How was it for you? What you write goes to organisers and moderators only, with your "
            "name or without."
        ),
        row_of(HowWasItButton(notice.id), StopButton(notice.id)),
    )


def _heading(conversation: Conversation, network: Network, now: datetime) -> str:
    soon = how_soon(conversation.starts_at, now, network.zone)
    return f"## {soon}: {as_typed(conversation.title)}"


def _where(conversation: Conversation, *, has_place: bool) -> list[discord.ui.Item[Card]]:
    where = wording.where(conversation, has_place=has_place)
    return [words(where)] if where else []


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.CHANNEL_REMINDER: in_channel,
    NoticeKind.THREAD_REMINDER: in_thread,
    NoticeKind.REMINDER: to_person,
    NoticeKind.STILL_COMING: to_person,
    NoticeKind.AFTERWARDS: to_person,
}

ROOMS: dict[NoticeKind, RoomFinder] = {NoticeKind.THREAD_REMINDER: thread_of}


class SeeButton(PersistentButton, template=r"reminder:see:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "reminder:see:{id}", "See it, or sign up"

    async def press(self, interaction: Interaction) -> None:
        truth = interaction.client.services.reminder_truth
        conversation = await truth.posted(NoticeId(self.id_), network_id_of(interaction))
        await show_one(interaction, conversation)


class StopButton(PersistentButton, template=r"reminder:stop:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "reminder:stop:{id}", "Stop these reminders"

    async def press(self, interaction: Interaction) -> None:
        wishes = interaction.client.services.reminder_wishes
        await wishes.stop_from(NoticeId(self.id_), member_id_of(interaction))
        await say(
            interaction,
            "I won't remind you by private message any more. Your sign-ups stay as they are, and "
            "I still tell you if something changes. To turn reminders on again, type `/reminders` "
            "in the server.",
        )
