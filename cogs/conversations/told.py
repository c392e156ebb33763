"""The private messages about what became of a conversation, and the buttons on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation, SignUp, SignUpState
from bot.ids import NoticeId
from bot.network.model import LinkTo, Network
from bot.notices.model import Notice, NoticeKind
from bot.ui.answering import edit_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of
from cogs.conversations import wording
from cogs.conversations.hosts import host_stepped_back, named_host
from cogs.conversations.place_notice import place_came_up

if TYPE_CHECKING:
    from bot.client import Composer, Interaction, Services


HOSTS_IT = (
    "You are named as its host. If you can't host it at the new time, please tell its organisers."
)


async def moved(services: Services, notice: Notice) -> Card | None:
    conversation, mine = await services.sign_ups.standing(notice)
    now = services.clock.now()
    if not conversation.is_ahead(now) or notice.occurrence != conversation.moves:
        return None
    if mine is None or mine.state is SignUpState.NOT_COMING:
        if notice.member_id not in conversation.named_hosts:
            return None
        ask: list[discord.ui.Item[Card]] = [words(HOSTS_IT)]
    elif _has_said_again(mine):
        return None
    else:
        ask = _ask(notice, mine)
    network = await services.networks.get(notice.network_id)
    return card_of(
        words(f"## Moved: {as_typed(conversation.title)}"),
        words(f"{wording.moved(conversation, network)}\nIt is now:"),
        words(wording.when_in_full(conversation, network)),
        *ask,
    )


def _has_said_again(mine: SignUp) -> bool:
    return mine.state is SignUpState.GOING and not mine.asked_again


def _ask(notice: Notice, mine: SignUp) -> list[discord.ui.Item[Card]]:
    if mine.state is SignUpState.GOING:
        return [
            words("You have a place. Are you still coming?"),
            row_of(StillComingButton(notice.id), NotAnyMoreButton(notice.id)),
        ]
    return [
        words(f"You {_STANDS[mine.state]}. If the new time suits you, there is nothing to do."),
        row_of(NotAnyMoreButton(notice.id)),
    ]


_STANDS = {
    SignUpState.SUPPORTING: "come as somebody's supporter",
    SignUpState.WAITING: "are on the waitlist",
    SignUpState.MAYBE: "are down as maybe",
}


async def cancelled(services: Services, notice: Notice) -> Card | None:
    conversation, _ = await services.sign_ups.standing(notice)
    if services.clock.now() >= conversation.starts_at or not conversation.is_cancelled:
        return None
    network = await services.networks.get(notice.network_id)
    return card_of(
        words(f"## Cancelled: {as_typed(conversation.title)}"),
        words(f"It was planned for {wording.when(conversation, network)}."),
        words(f"The reason: {as_typed(conversation.cancelled_because or '')}"),
        words("There is nothing for you to do. We are sorry, and hope to see you at another."),
    )


async def written(services: Services, notice: Notice) -> Card | None:
    conversation, mine = await services.sign_ups.standing(notice)
    if mine is None or mine.state is SignUpState.NOT_COMING or conversation.is_cancelled:
        return None
    network = await services.networks.get(notice.network_id)
    return card_of(
        words(f"## About {as_typed(conversation.title)}"),
        words(f"{wording.when(conversation, network)}\nFrom its organisers:"),
        words(as_typed(await services.people.words_of(notice))),
    )


async def taken_off(services: Services, notice: Notice) -> Card | None:
    conversation, mine = await services.sign_ups.standing(notice)
    back_again = mine is not None and mine.state is not SignUpState.NOT_COMING
    if back_again or not conversation.is_ahead(services.clock.now()):
        return None
    network = await services.networks.get(notice.network_id)
    return card_of(
        words(f"## You are no longer on the list for {as_typed(conversation.title)}"),
        words(f"{wording.when(conversation, network)}"),
        words(
            "An organiser has taken you off. The reason they gave: "
            + as_typed(await services.people.words_of(notice))
        ),
        words(_whom_to_ask(network)),
    )


def _whom_to_ask(network: Network) -> str:
    contact = network.links.get(LinkTo.CONTACT)
    whom = contact or "an organiser in the server"
    return f"If you think that this is a mistake, please ask {whom}."


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.PLACE_CAME_UP: place_came_up,
    NoticeKind.MOVED: moved,
    NoticeKind.CANCELLED: cancelled,
    NoticeKind.WRITTEN: written,
    NoticeKind.TAKEN_OFF: taken_off,
    NoticeKind.NAMED_HOST: named_host,
    NoticeKind.HOST_STEPPED_BACK: host_stepped_back,
}


class StillComingButton(PersistentButton, template=r"place:still-coming:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "place:still-coming:{id}", "Still coming"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        sign_ups = interaction.client.services.sign_ups
        conversation = await sign_ups.still_coming(NoticeId(self.id_), member_id_of(interaction))
        await _settle(interaction, conversation, "Thank you: you keep your place.")


class NotAnyMoreButton(PersistentButton, template=r"place:not-any-more:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "place:not-any-more:{id}", "I can't make it"

    async def press(self, interaction: Interaction) -> None:
        sign_ups = interaction.client.services.sign_ups
        answer = await sign_ups.not_any_more(NoticeId(self.id_), member_id_of(interaction))
        await _settle(interaction, answer.conversation, "Thank you for letting us know.")


async def _settle(interaction: Interaction, conversation: Conversation, thanks: str) -> None:
    """The same message without its question."""
    network = await interaction.client.services.networks.get(conversation.network_id)
    await edit_in_place(
        interaction,
        card_of(
            words(f"**{as_typed(conversation.title)}**, {wording.when(conversation, network)}"),
            words(thanks),
        ),
    )
