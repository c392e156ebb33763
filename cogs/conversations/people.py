"""An organiser's list of people. Private, and shown as mentions that ping nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Guest, Listed, PeoplePage, SignUpState
from bot.ids import FORGOTTEN, ConversationId
from bot.network.model import Network
from bot.ui.answering import show_in_place
from bot.ui.parts import Card, PagedButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import network_of, person_of
from cogs.conversations import wording
from cogs.conversations.access_needs import HostsNeedsButton

if TYPE_CHECKING:
    from bot.client import Interaction

HEADINGS = {
    SignUpState.GOING: "Going",
    SignUpState.SUPPORTING: "Coming as supporters, without a place of their own",
    SignUpState.WAITING: "On the waitlist, in order",
    SignUpState.MAYBE: "Maybe",
}

NOT_KNOWN = "Somebody who is not known any more"
"""They asked to be forgotten, or it is long ago. Their place counts all the same."""


def people_card(page: PeoplePage, network: Network, *, for_host: bool = False) -> Card:
    """*for_host*: with the way to what only hosts may see."""
    conversation = page.conversation
    parts: list[discord.ui.Item[Card]] = [
        words(
            f"## {as_typed(conversation.title)}\n{wording.when(conversation, network)}\n"
            f"{wording.places(conversation)}"
        ),
        words("\n".join(_lines(page)) or "Nobody has answered yet."),
    ]
    if page.pages > 1:
        parts.append(words(f"Page {page.number + 1} of {page.pages}"))
        parts.append(
            row_of(
                PeopleButton(conversation.id, max(page.number - 1, 0), label="Earlier"),
                PeopleOnButton(conversation.id, page.number + 1, label="Later"),
            )
        )
    if for_host:
        parts.append(row_of(HostsNeedsButton(conversation.id)))
    return card_of(*parts)


def _lines(page: PeoplePage) -> list[str]:
    conversation = page.conversation
    # Each group counts from one: a number on the waitlist is a turn.
    ahead = {
        SignUpState.GOING: 0,
        SignUpState.SUPPORTING: conversation.going,
        SignUpState.WAITING: conversation.going + conversation.supporting,
        SignUpState.MAYBE: conversation.going + conversation.supporting + conversation.waiting,
    }
    lines: list[str] = []
    heading = None
    for number, each in enumerate(page.listed, start=page.before + 1):
        state = each.sign_up.state
        if state is not heading:
            heading = state
            lines.append(f"**{HEADINGS[state]}**")
        lines.append(f"{number - ahead[state]}\\. {_person(each)}")
    return lines


def _person(listed: Listed) -> str:
    again = " (has not said again since it was moved)" if listed.sign_up.asked_again else ""
    if listed.guest is not None:
        return f"{guest_line(listed.guest)}{again}"
    return NOT_KNOWN if listed.member_id is None else f"<@{listed.member_id}>{again}"


def guest_line(guest: Guest) -> str:
    note = f": {as_typed(guest.note)}" if guest.note else ""
    if guest.looked_after_by == FORGOTTEN:
        return f"{as_typed(guest.name)}, a guest whom nobody looks after now{note}"
    return f"{as_typed(guest.name)}, a guest of <@{guest.looked_after_by}>{note}"


async def show_people(
    interaction: Interaction, conversation_id: ConversationId, number: int
) -> None:
    by = await person_of(interaction)
    page = await interaction.client.services.people.page(conversation_id, number, by=by)
    for_host = by.member_id in page.conversation.hosts
    card = people_card(page, await network_of(interaction), for_host=for_host)
    await show_in_place(interaction, card)


class PeopleButton(PagedButton, template=r"people:list:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"):
    """A page of the list, from 0."""

    form, label = "people:list:{id}:0", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_people(interaction, ConversationId(self.id_), self.page)


class PeopleOnButton(
    PeopleButton, template=r"people:list-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """As `PeopleButton`; a message may not hold one `custom_id` twice."""

    form, label = "people:list-on:{id}:0", "Later"
