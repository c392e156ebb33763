"""Private questions about Discord's own events list, and the buttons that answer them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.clock import spoken, spoken_length
from bot.conversations.model import Conversation
from bot.conversations.model.effects import ListEntry
from bot.conversations.service.changing import LONGEST_REASON
from bot.ids import MemberId, NoticeId
from bot.network.model import Network
from bot.notices.model import Notice, NoticeKind
from bot.people import Person
from bot.troubles.model import Trouble
from bot.ui.answering import edit_in_place, open_form
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, shortened
from cogs.asking import member_id_of, person_at
from cogs.conversations import wording
from cogs.conversations.changes import ReasonForm, cancel, move_card
from cogs.conversations.picking import LONGEST_QUESTION

if TYPE_CHECKING:
    from bot.client import Composer, Interaction, Services

MOST_SHOWN = 300
"""Characters of a description that was changed by hand."""


async def deleted(services: Services, notice: Notice) -> Card | None:
    asked = await services.events_list.asked_about(notice)
    if asked is None:
        return None
    conversation, _ = asked
    network = await services.networks.get(notice.network_id)
    return card_of(
        words(f"## No longer in the events list: {as_typed(conversation.title)}"),
        words(
            f"{wording.when(conversation, network)}\n"
            "It was deleted or cancelled in Discord's own events list. The conversation itself "
            "still takes place, and everybody keeps their place. What was meant?"
        ),
        row_of(CancelButton(notice.id), PutBackButton(notice.id), LeaveOffButton(notice.id)),
    )


async def changed(services: Services, notice: Notice) -> Card | None:
    asked = await services.events_list.asked_about(notice)
    if asked is None:
        return None
    conversation, entry = asked
    network = await services.networks.get(notice.network_id)
    return changed_card(conversation, entry, network, notice.id)


def changed_card(
    conversation: Conversation, entry: ListEntry, network: Network, notice_id: NoticeId
) -> Card:
    buttons: list[PersistentButton] = [PutBackButton(notice_id, label="Put it back as it was")]
    if entry.has_news_for_us:
        buttons.insert(0, UseHereButton(notice_id))
    return card_of(
        words(f"## Changed in the events list: {as_typed(conversation.title)}"),
        words(
            "Somebody has changed it in Discord's own events list. Its card still says what it "
            "did, and nobody has been told."
        ),
        words("\n".join(_differences(entry, network))),
        words("If nobody answers within a day, I put it back as it was."),
        row_of(*buttons),
    )


def _differences(entry: ListEntry, network: Network) -> list[str]:
    """One line for each thing that is not as we wrote it."""
    before, now = entry.wrote, entry.stands or entry.wrote
    lines: list[str] = []
    if now.name != before.name:
        lines.append(f"**Title**: {as_typed(now.name)}")
    if now.starts_at != before.starts_at:
        was = spoken(before.starts_at, network.zone)
        lines.append(f"**Start**: {spoken(now.starts_at, network.zone)}. It was {was}.")
    if now.minutes is not None and now.minutes != before.minutes:
        lines.append(f"**Length**: {spoken_length(now.minutes)}")
    if (now.channel_id, now.location) != (before.channel_id, before.location):
        where = as_typed(now.location) if now.channel_id is None else f"<#{now.channel_id}>"
        lines.append(f"**Where**: {where}")
    if now.description != before.description:
        lines.append(f"**Description**: {shortened(as_typed(now.own_words), MOST_SHOWN)}")
    return lines


async def trouble(services: Services, notice: Notice) -> Card | None:
    lasting = await services.events_list.trouble(notice)
    if lasting is None:
        return None
    conversation, what = lasting
    because = {
        Trouble.LIST_FULL: "Discord holds 100 events in a server, and they are all there already.",
    }.get(what, "I am not allowed to: I need **Create Events** in the server.")
    return card_of(
        words(f"## Not in the events list: {as_typed(conversation.title)}"),
        words(
            f"I could not put it into Discord's own events list. {because}\n"
            "Its card and sign-up are not affected. Somebody who runs the server can see with "
            "`/network check` how to mend it; then I put it there by myself. I tell you this once."
        ),
    )


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.DELETED_FROM_LIST: deleted,
    NoticeKind.CHANGED_IN_LIST: changed,
    NoticeKind.LIST_TROUBLE: trouble,
}


class CancelButton(PersistentButton, template=r"list:cancel:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's, as with all of these."""

    form, label = "list:cancel:{id}", "Cancel the conversation"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        notice, by = await _asked(interaction, self.id_)
        services = interaction.client.services
        conversation = await services.planning.editable(notice.conversation_id, by=by)
        form = ReasonForm(
            title="Cancel this conversation",
            asks=shortened(f"Why is “{conversation.title}” cancelled?", LONGEST_QUESTION),
            hint="Everybody who answered reads this, and it stays on the card.",
            at_most=LONGEST_REASON,
            then=lambda pressed, because: cancel(pressed, conversation, because),
        )
        await open_form(interaction, form)


class PutBackButton(PersistentButton, template=r"list:put-back:(?P<id>[0-9]{1,19})"):
    form, label = "list:put-back:{id}", "Put it back in the list"

    async def press(self, interaction: Interaction) -> None:
        notice, by = await _asked(interaction, self.id_)
        conversation = await interaction.client.services.events_list.put_back(notice, by=by)
        await _settle(interaction, conversation, "I put it back as it was in the events list.")


class LeaveOffButton(PersistentButton, template=r"list:leave-off:(?P<id>[0-9]{1,19})"):
    form, label = "list:leave-off:{id}", "Leave it off the list"

    async def press(self, interaction: Interaction) -> None:
        notice, by = await _asked(interaction, self.id_)
        conversation = await interaction.client.services.events_list.leave_off(notice, by=by)
        await _settle(
            interaction,
            conversation,
            "I leave it off the events list. It takes place all the same, and its card stays.",
        )


class UseHereButton(PersistentButton, template=r"list:use-here:(?P<id>[0-9]{1,19})"):
    form, label = "list:use-here:{id}", "Use it here too"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        notice, by = await _asked(interaction, self.id_)
        services = interaction.client.services
        used = await services.events_list.use_here(notice, by=by)
        if used.wants_start is None:
            await _settle(interaction, used.conversation, "Saved, and the card follows.")
            return
        proposed = await services.changing.propose_move(
            used.conversation.id, f"<t:{int(used.wants_start.timestamp())}>", by=by
        )
        network = await services.networks.get(notice.network_id)
        await edit_in_place(interaction, move_card(proposed, network))


async def _asked(interaction: Interaction, notice_id: int) -> tuple[Notice, Person]:
    """What was asked of the person who pressed, and what they may do in that network today."""
    member_id: MemberId = member_id_of(interaction)
    notices = interaction.client.services.notices
    notice = await notices.of_member(NoticeId(notice_id), member_id)
    return notice, await person_at(interaction, notice.network_id)


async def _settle(interaction: Interaction, conversation: Conversation, done: str) -> None:
    """The same message without its question."""
    card = card_of(words(f"**{as_typed(conversation.title)}**\n{done}"))
    await edit_in_place(interaction, card)
