"""Guests: the private messages to whoever looks after them, and what they can press."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.conversations.model import Conversation, GuestSignUp, SignUpState
from bot.ids import GuestId, NoticeId
from bot.network.model import Network
from bot.notices.model import Notice, NoticeKind
from bot.ui.answering import edit_in_place, say
from bot.ui.parts import Card, PersistentButton, PersistentSelect, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of
from cogs.conversations import wording

if TYPE_CHECKING:
    from bot.client import Composer, Interaction, Services

MOST_SHOWN = 10
"""Of the guests that one person looks after: a message holds only so many words."""

ASK_TO_TELL = "They are not on Discord, so please pass this on to them."


def how_guest_stands(guest: GuestSignUp) -> str:
    """“**Jo** has a place (by phone).”"""
    stands = "has a place" if guest.sign_up.state is SignUpState.GOING else "is on the waitlist"
    note = f" ({as_typed(guest.guest.note)})" if guest.guest.note else ""
    return f"**{as_typed(guest.guest.name)}** {stands}{note}."


def _guests(guests: Sequence[GuestSignUp]) -> discord.ui.Item[Card]:
    shown = [how_guest_stands(each) for each in guests[:MOST_SHOWN]]
    if len(guests) > MOST_SHOWN:
        shown.append(f"And {len(guests) - MOST_SHOWN} more.")
    return words("\n".join(["You look after:", *shown]))


async def _news(
    services: Services, notice: Notice
) -> tuple[Conversation, Sequence[GuestSignUp], Network] | None:
    """None when there is nobody left to pass anything on to, or the conversation has begun."""
    conversation, guests = await services.guests.looked_after(notice)
    if not guests or services.clock.now() >= conversation.starts_at:
        return None
    return conversation, guests, await services.networks.get(notice.network_id)


async def place_came_up(services: Services, notice: Notice) -> Card | None:
    conversation, guest = await services.guests.told_of(notice)
    has_place = guest.sign_up.state is SignUpState.GOING
    if not has_place or not conversation.is_ahead(services.clock.now()):
        return None
    network = await services.networks.get(notice.network_id)
    where = wording.where(conversation, has_place=True)
    return card_of(
        words("## A place has come up for your guest"),
        words(f"**{as_typed(conversation.title)}**\n{wording.when_in_full(conversation, network)}"),
        words("\n".join([how_guest_stands(guest), ASK_TO_TELL])),
        *([words(where)] if where else []),
        words("If they can't come, please choose them here:"),
        row_of(GuestCantComeSelect.offering(notice.id, [guest])),
    )


async def taken_off(services: Services, notice: Notice) -> Card | None:
    conversation, guest = await services.guests.told_of(notice)
    if guest.taken_off_because is None or not conversation.is_ahead(services.clock.now()):
        return None
    network = await services.networks.get(notice.network_id)
    name = as_typed(guest.guest.name)
    return card_of(
        words(f"## Your guest is no longer on the list for {as_typed(conversation.title)}"),
        words(wording.when(conversation, network)),
        words(
            f"An organiser has taken **{name}** off. The reason they gave: "
            f"{as_typed(guest.taken_off_because)}\n{ASK_TO_TELL}"
        ),
    )


async def moved(services: Services, notice: Notice) -> Card | None:
    news = await _news(services, notice)
    if news is None or news[0].is_cancelled or notice.occurrence != news[0].moves:
        return None
    conversation, guests, network = news
    return card_of(
        words(f"## Moved: {as_typed(conversation.title)}"),
        words(f"{wording.moved(conversation, network)}\nIt is now:"),
        words(wording.when_in_full(conversation, network)),
        _guests(guests),
        words(f"{ASK_TO_TELL} Are they still coming? If one can't, choose them from the list."),
        row_of(GuestsStillComeButton(notice.id)),
        row_of(GuestCantComeSelect.offering(notice.id, guests)),
    )


async def cancelled(services: Services, notice: Notice) -> Card | None:
    news = await _news(services, notice)
    if news is None or not news[0].is_cancelled:
        return None
    conversation, guests, network = news
    return card_of(
        words(f"## Cancelled: {as_typed(conversation.title)}"),
        words(f"It was planned for {wording.when(conversation, network)}."),
        words(f"The reason: {as_typed(conversation.cancelled_because or '')}"),
        _guests(guests),
        words(ASK_TO_TELL),
    )


async def written(services: Services, notice: Notice) -> Card | None:
    news = await _news(services, notice)
    if news is None or news[0].is_cancelled:
        return None
    conversation, guests, network = news
    return card_of(
        words(f"## About {as_typed(conversation.title)}"),
        words(f"{wording.when(conversation, network)}\nFrom its organisers:"),
        words(as_typed(await services.people.words_of(notice))),
        _guests(guests),
        words(ASK_TO_TELL),
    )


class GuestsStillComeButton(PersistentButton, template=r"guests:still-come:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "guests:still-come:{id}", "They still come"

    async def press(self, interaction: Interaction) -> None:
        guests = interaction.client.services.guests
        conversation = await guests.still_coming(NoticeId(self.id_), member_id_of(interaction))
        await _settle(interaction, conversation.title, "Thank you: your guests keep their places.")


class GuestCantComeSelect(PersistentSelect, template=r"guests:cant-come:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's; what is chosen is a guest's."""

    def __init__(self, notice_id: NoticeId, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)
        self.notice_id = notice_id

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(NoticeId(int(match["id"])), item)

    @classmethod
    def offering(cls, notice_id: NoticeId, guests: Sequence[GuestSignUp]) -> Self:
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"guests:cant-come:{notice_id}", placeholder="Who can't come?"
        )
        for each in guests[:MOST_SHOWN]:
            menu.add_option(label=each.guest.name, value=str(each.guest.id))
        return cls(notice_id, menu)

    async def press(self, interaction: Interaction) -> None:
        (chosen,) = self.item.values
        services = interaction.client.services
        member_id = member_id_of(interaction)
        guest = await services.guests.cant_come(self.notice_id, GuestId(int(chosen)), member_id)
        name = as_typed(guest.guest.name)
        await say(
            interaction,
            f"Thank you for letting us know. **{name}** is off the list, and the place is free "
            "for somebody else.",
        )


async def _settle(interaction: Interaction, title: str, said: str) -> None:
    await edit_in_place(interaction, card_of(words(f"**{as_typed(title)}**"), words(said)))


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.GUEST_PLACE_CAME_UP: place_came_up,
    NoticeKind.GUEST_TAKEN_OFF: taken_off,
    NoticeKind.GUESTS_MOVED: moved,
    NoticeKind.GUESTS_CANCELLED: cancelled,
    NoticeKind.GUESTS_WRITTEN: written,
}
