"""The private messages about supporters and buddies, and the two buttons on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.conversations.model import Conversation, Pair, PairKind
from bot.ids import MemberId, NoticeId
from bot.network.model import Network
from bot.notices.model import Notice, NoticeKind
from bot.ui.answering import edit_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of
from cogs.conversations import wording
from cogs.notices.naming import write_names

if TYPE_CHECKING:
    from bot.client import Composer, Interaction, Services

_WHERE = "press **My sign-up** on the card, then **Supporter or buddy**."


async def _still(services: Services, notice: Notice) -> tuple[Conversation, Pair, Network] | None:
    """What the notice is about, or None once the conversation is not ahead any more."""
    conversation, pair = await services.company.pair_of(notice)
    if not conversation.is_ahead(services.clock.now()):
        return None
    return conversation, pair, await services.networks.get(notice.network_id)


def _head(heading: str, conversation: Conversation, network: Network) -> discord.ui.Item[Card]:
    return words(
        f"## {heading}\n**{as_typed(conversation.title)}**\n"
        f"{wording.when_in_full(conversation, network)}"
    )


def _answer(notice: Notice) -> discord.ui.Item[Card]:
    return row_of(YesButton(notice.id), NoButton(notice.id))


async def support_asked(services: Services, notice: Notice) -> Card | None:
    found = await _still(services, notice)
    if found is None or found[1].has_ended or found[1].other_agreed:
        return None
    conversation, _, network = found
    return card_of(
        _head("Would you come as somebody's supporter?", conversation, network),
        words(
            "Somebody who has a place would like you with them. You need no place yourself: if "
            "you have one, it goes to whoever waits.\n"
            "If you say yes, the two of you are told each other's names. If you say no, they "
            "are told only that you can't."
        ),
        _answer(notice),
    )


async def buddy_found(services: Services, notice: Notice) -> Card | None:
    found = await _still(services, notice)
    if found is None or found[1].has_ended or found[1].has_agreed(notice.member_id):
        return None
    conversation, pair, network = found
    wishes = (
        "Somebody else who is coming would be your buddy."
        if notice.member_id == pair.asker_id
        else "Somebody who is coming would like a buddy."
    )
    return card_of(
        _head("I have found somebody", conversation, network),
        words(
            f"{wishes} If you both say yes, I tell each of you the other's name. If not, nobody "
            "is named."
        ),
        _answer(notice),
    )


async def company_agreed(services: Services, notice: Notice) -> Card | None:
    found = await _still(services, notice)
    if found is None or not found[1].is_agreed:
        return None
    conversation, pair, network = found
    return card_of(
        _head("You are not coming alone", conversation, network),
        words(agreed(pair, notice.member_id)),
        words(f"If that should change, {_WHERE}"),
    )


def agreed(pair: Pair, member_id: MemberId) -> str:
    """What one of two who both said yes is told."""
    partner = f"<@{pair.partner_of(member_id)}>"
    if pair.kind is PairKind.BUDDY:
        return f"Your buddy is {partner}. You could write to each other to say hello."
    if member_id == pair.asker_id:
        return f"{partner} comes with you as your supporter."
    return f"You come with {partner} as their supporter."


async def company_declined(services: Services, notice: Notice) -> Card | None:
    found = await _still(services, notice)
    if found is None:
        return None
    conversation, _, network = found
    return card_of(
        _head("They can't come this time", conversation, network),
        words(
            "The person you asked can't come as your supporter. You keep your place. To ask "
            f"somebody else, {_WHERE}"
        ),
    )


async def company_ended(services: Services, notice: Notice) -> Card | None:
    found = await _still(services, notice)
    if found is None:
        return None
    conversation, pair, network = found
    said = _ended(pair, notice.member_id)
    return card_of(_head("A change of company", conversation, network), words(said))


def _ended(pair: Pair, member_id: MemberId) -> str:
    if pair.kind is PairKind.BUDDY:
        return (
            "Your buddy can't be there with you after all. You keep your place. To find another, "
            f"{_WHERE}"
        )
    if member_id == pair.asker_id:
        return (
            "Your supporter can't come after all. You keep your place. To ask somebody else, "
            f"{_WHERE}"
        )
    return (
        "The person you were to support no longer needs you there. If you would like to come "
        "yourself, press **Sign up** on the card."
    )


class YesButton(PersistentButton, template=r"company:yes:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "company:yes:{id}", "Yes"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        member_id = member_id_of(interaction)
        company = interaction.client.services.company
        conversation, pair = await company.say_yes(NoticeId(self.id_), member_id)
        if not pair.is_agreed:
            said = "Thank you. If they say yes as well, I'll tell you both."
        else:
            lines = [agreed(pair, member_id), wording.where(conversation, has_place=True)]
            said = "\n".join(line for line in lines if line)
        await _settle(interaction, conversation, said)


class NoButton(PersistentButton, template=r"company:no:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "company:no:{id}", "No, thank you"

    async def press(self, interaction: Interaction) -> None:
        company = interaction.client.services.company
        conversation = await company.say_no(NoticeId(self.id_), member_id_of(interaction))
        await _settle(interaction, conversation, "That is fine. Thank you for saying so.")


async def _settle(interaction: Interaction, conversation: Conversation, said: str) -> None:
    """The same message without its question."""
    network = await interaction.client.services.networks.get(conversation.network_id)
    when = wording.when(conversation, network)
    title = as_typed(conversation.title)
    card = card_of(words(f"**{title}**, {when}"), words(said))
    server = interaction.client.get_guild(conversation.network_id)
    if server is not None:
        await write_names(card, server)
    await edit_in_place(interaction, card)


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.SUPPORT_ASKED: support_asked,
    NoticeKind.BUDDY_FOUND: buddy_found,
    NoticeKind.COMPANY_AGREED: company_agreed,
    NoticeKind.COMPANY_DECLINED: company_declined,
    NoticeKind.COMPANY_ENDED: company_ended,
}
