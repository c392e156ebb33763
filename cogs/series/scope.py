"""Only this one, or this one and later: asked whenever one of a series is changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.conversations.model import Conversation
from bot.conversations.service.changing import LONGEST_REASON
from bot.ids import ChannelId, ConversationId, MoveId
from bot.network.model import Network
from bot.series.model import Reshaped
from bot.ui.answering import open_form, say
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import network_of, person_of
from cogs.conversations import wording as conversation_wording
from cogs.conversations.changes import (
    ReasonForm,
    cancel_form,
    report_described,
    report_edited,
)
from cogs.conversations.differences import telling_what_changed
from cogs.conversations.forms import DetailsForm, MoreForm
from cogs.series import wording
from cogs.series.change import show_change

if TYPE_CHECKING:
    from bot.client import Interaction

ONE, LATER = "Only this one", "This one and later"


def is_of_series(conversation: Conversation) -> bool:
    """Whether there may be later ones that could change with it."""
    occurrence = conversation.occurrence
    return occurrence is not None and occurrence.date is not None and occurrence.rule is not None


def edit_card(conversation: Conversation, *, is_more: bool, venue_id: int) -> Card:
    buttons = (
        (MoreOneButton(conversation.id), MoreLaterButton(conversation.id))
        if is_more
        else (EditOneButton(conversation.id, venue_id), EditLaterButton(conversation.id, venue_id))
    )
    return card_of(
        words(f"## Which ones?\n**{as_typed(conversation.title)}** is one of a series."),
        words(
            f"**{ONE}** changes nothing else, and later changes of the series leave it alone.\n"
            f"**{LATER}** changes the series from here on, except what somebody changed by itself."
        ),
        row_of(*buttons),
    )


def cancel_card(conversation: Conversation, network: Network) -> Card:
    when = conversation_wording.when(conversation, network)
    return card_of(
        words(f"## Which ones?\n**{as_typed(conversation.title)}**, {when}, is one of a series."),
        words(
            f"**{ONE}** cancels it, and the series goes on.\n"
            f"**{LATER}** cancels it and all that follow, and ends the series there. What somebody "
            "changed by itself stays, and I'll say which."
        ),
        row_of(CancelOneButton(conversation.id), CancelLaterButton(conversation.id)),
    )


class EditOneButton(
    PersistentButton, template=r"series:edit-one:(?P<id>[0-9]{1,19}):(?P<venue>[0-9]{1,19})"
):
    """Its second number is the channel that was chosen for it to happen in, or 0."""

    form, label = "series:edit-one:{id}:0", ONE

    def __init__(self, id_: int, venue_id: int = 0) -> None:
        super().__init__(id_)
        self.venue_id = venue_id
        self.item.custom_id = self.form.removesuffix("0").format(id=id_) + str(venue_id)

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        without_venue = await super().from_custom_id(interaction, item, match)
        return cls(without_venue.id_, int(match["venue"]))

    async def press(self, interaction: Interaction) -> None:
        await self._open(interaction, DetailsForm)

    async def _open(self, interaction: Interaction, form: type[DetailsForm]) -> None:
        editable = await _editable(interaction, self.id_)
        venue = ChannelId(self.venue_id) if self.venue_id else None
        await open_form(interaction, form(editable, report_edited, venue_channel_id=venue))


class EditLaterButton(
    EditOneButton, template=r"series:edit-later:(?P<id>[0-9]{1,19}):(?P<venue>[0-9]{1,19})"
):
    form, label = "series:edit-later:{id}:0", LATER

    async def press(self, interaction: Interaction) -> None:
        await self._open(interaction, LaterDetailsForm)


class MoreOneButton(PersistentButton, template=r"series:more-one:(?P<id>[0-9]{1,19})"):
    form, label = "series:more-one:{id}", ONE

    async def press(self, interaction: Interaction) -> None:
        editable = await _editable(interaction, self.id_)
        network = await network_of(interaction)
        await open_form(interaction, MoreForm(editable, network, report_described))


class MoreLaterButton(PersistentButton, template=r"series:more-later:(?P<id>[0-9]{1,19})"):
    form, label = "series:more-later:{id}", LATER

    async def press(self, interaction: Interaction) -> None:
        editable = await _editable(interaction, self.id_)
        network = await network_of(interaction)
        await open_form(interaction, LaterMoreForm(editable, network, report_described))


class LaterDetailsForm(DetailsForm):
    async def submit(self, interaction: Interaction) -> None:
        with telling_what_changed(await network_of(interaction)):
            outcome = await interaction.client.services.series.later.rewrite(
                self.conversation_id,
                self.read(),
                shown=self.shown,
                by=await person_of(interaction),
            )
        await _report_later(interaction, outcome)


class LaterMoreForm(MoreForm):
    async def submit(self, interaction: Interaction) -> None:
        with telling_what_changed(await network_of(interaction)):
            outcome = await interaction.client.services.series.later.describe(
                self.conversation_id,
                self.read(),
                self.closes.value,
                shown=self.shown,
                by=await person_of(interaction),
            )
        await _report_later(interaction, outcome)


class MoveLaterButton(PersistentButton, template=r"series:move-later:(?P<id>[0-9]{1,19})"):
    """Its id is that of the move that was read back."""

    form, label = "series:move-later:{id}", LATER

    async def press(self, interaction: Interaction) -> None:
        proposed = await interaction.client.services.series.reshaping.propose_from_move(
            MoveId(self.id_), by=await person_of(interaction)
        )
        await show_change(interaction, proposed)


class CancelOneButton(PersistentButton, template=r"series:cancel-one:(?P<id>[0-9]{1,19})"):
    form, label = "series:cancel-one:{id}", ONE
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        await open_form(interaction, cancel_form(await _editable(interaction, self.id_)))


class CancelLaterButton(PersistentButton, template=r"series:cancel-later:(?P<id>[0-9]{1,19})"):
    form, label = "series:cancel-later:{id}", LATER
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        await _editable(interaction, self.id_)
        form = ReasonForm(
            title="Cancel this one and later",
            asks="Why are they cancelled?",
            hint="Everybody who answered reads this, and it stays on the cards.",
            at_most=LONGEST_REASON,
            then=self._cancel,
        )
        await open_form(interaction, form)

    async def _cancel(self, interaction: Interaction, because: str) -> None:
        outcome = await interaction.client.services.series.later.cancel(
            ConversationId(self.id_), because, by=await person_of(interaction)
        )
        await say(
            interaction,
            wording.reshaped(outcome, await network_of(interaction), did="Cancelled"),
        )


async def _editable(interaction: Interaction, id_: int) -> Conversation:
    return await interaction.client.services.planning.editable(
        ConversationId(id_), by=await person_of(interaction)
    )


async def _report_later(interaction: Interaction, outcome: Reshaped) -> None:
    network = await network_of(interaction)
    what = wording.reshaped(outcome, network, did="Saved, and cards follow", silent=True)
    await say(interaction, f"{what}\nWhat the series makes from now on is changed as well.")
