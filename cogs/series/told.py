"""The private message to somebody with a standing sign-up, and the button that says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversations.model import SignUpState
from bot.ids import NoticeId
from bot.notices.model import Notice, NoticeKind
from bot.ui.answering import edit_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import member_id_of
from cogs.conversations import wording

if TYPE_CHECKING:
    from bot.client import Composer, Interaction, Services


async def signed_up(services: Services, notice: Notice) -> Card | None:
    conversation, sign_up = await services.sign_ups.standing(notice)
    if sign_up is None or sign_up.number != notice.occurrence:
        return None
    if sign_up.state not in {SignUpState.GOING, SignUpState.WAITING}:
        return None
    if not conversation.is_ahead(services.clock.now()):
        return None
    mine = await services.sign_ups.mine(conversation.id, notice.network_id, notice.member_id)
    network = await services.networks.get(notice.network_id)
    title = as_typed(conversation.title)
    head = (
        f"You are signed up to {title}" if mine.has_place else f"You are on the waitlist: {title}"
    )
    texts = (
        wording.when_in_full(conversation, network),
        wording.standing(mine),
        wording.where(conversation, has_place=mine.has_place),
        "You signed up to the whole series, so there is nothing to do. If you can't come to this "
        "one, please press the button. To leave the series, type /conversation series in the "
        "server.",
    )
    return card_of(
        words(f"## {head}"),
        *(words(text) for text in texts if text),
        row_of(NotThisTimeButton(notice.id)),
    )


COMPOSERS: dict[NoticeKind, Composer] = {NoticeKind.SIGNED_UP: signed_up}


class NotThisTimeButton(PersistentButton, template=r"series:not-this-time:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's."""

    form, label = "series:not-this-time:{id}", "I can't make it this time"

    async def press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        answer = await services.sign_ups.not_any_more(NoticeId(self.id_), member_id_of(interaction))
        conversation = answer.conversation
        network = await services.networks.get(conversation.network_id)
        title = f"**{as_typed(conversation.title)}**, {wording.when(conversation, network)}"
        thanks = (
            "Thank you for letting us know. You are not coming to this one. Your sign-up to the "
            "rest of the series stays."
        )
        await edit_in_place(interaction, card_of(words(title), words(thanks)))
