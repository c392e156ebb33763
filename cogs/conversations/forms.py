"""The forms in which organisers write about a conversation. Each ends with *then*."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.clock import retyped
from bot.conversations.model import (
    LONGEST,
    LONGEST_DESCRIPTION,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_PLACES,
    SHORTEST,
    Conversation,
    Details,
    Edited,
    More,
)
from bot.ids import ChannelId, ConversationId
from bot.network.model import LONGEST_LINK, Network
from bot.ui.parts import Form
from cogs.asking import network_of, person_of
from cogs.conversations.differences import telling_what_changed

if TYPE_CHECKING:
    from bot.client import Interaction

    ThenRedraw: TypeAlias = Callable[[Interaction, Conversation], Awaitable[None]]
    ThenReport: TypeAlias = Callable[[Interaction, Edited], Awaitable[None]]


class DateForm(Form):
    def __init__(self, conversation_id: ConversationId, then: ThenRedraw) -> None:
        super().__init__(title="Change the date")
        self.conversation_id = conversation_id
        self.then = then
        self.when = discord.ui.TextInput[DateForm](
            placeholder="first Thursday of next month 2pm", max_length=100, custom_id="when"
        )
        self.add_item(
            discord.ui.Label(
                text="Day and time",
                description="As you would say it. I read the day first: 2/4 is 2 April.",
                component=self.when,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        conversation = await interaction.client.services.planning.redate(
            self.conversation_id, self.when.value, by=await person_of(interaction)
        )
        await self.then(interaction, conversation)


class MoreForm(Form):
    def __init__(self, conversation: Conversation, network: Network, then: ThenRedraw) -> None:
        super().__init__(title="More about the conversation")
        self.conversation_id = conversation.id
        self.then = then
        self.shown = conversation
        more = conversation.more
        closes = "" if more.closes_at is None else retyped(more.closes_at, network.zone)
        self.questions = _text("questions", "\n".join(more.questions), long=True, most=450)
        self.content_note = _text("content_note", more.content_note)
        self.offered = _text("offered", more.offered)
        self.access_provided = _text("access_provided", more.access_provided)
        self.closes = _text("closes", closes, most=100)
        for text, description, component in (
            ("Questions it asks", "Up to two, one on each line", self.questions),
            ("Content note", "What may be hard to hear, named in a few words", self.content_note),
            ("What is offered", "Expenses, a thank-you… In words, never amounts.", self.offered),
            ("Access provided", "Captions, BSL, breaks…", self.access_provided),
            ("Sign-up closes", "A day and time. Empty: with the start.", self.closes),
        ):
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    def read(self) -> More:
        """What was written, without the deadline, which is a date as typed."""
        return More.read(
            questions=self.questions.value,
            content_note=self.content_note.value,
            offered=self.offered.value,
            access_provided=self.access_provided.value,
            closes_at=None,
        )

    async def submit(self, interaction: Interaction) -> None:
        with telling_what_changed(await network_of(interaction)):
            conversation = await interaction.client.services.planning.describe(
                self.conversation_id,
                self.read(),
                self.closes.value,
                shown=self.shown,
                by=await person_of(interaction),
            )
        await self.then(interaction, conversation)


def _text(
    custom_id: str, default: str, *, long: bool = False, most: int = LONGEST_NOTE
) -> discord.ui.TextInput[MoreForm]:
    return discord.ui.TextInput(
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        default=default or None,
        required=False,
        max_length=most,
        custom_id=custom_id,
    )


class DetailsForm(Form):
    def __init__(
        self,
        conversation: Conversation,
        then: ThenReport,
        *,
        venue_channel_id: ChannelId | None = None,
    ) -> None:
        super().__init__(title="Change the conversation")
        self.conversation_id = conversation.id
        self.then = then
        self.shown = conversation
        details = conversation.details
        self.conversation_title = discord.ui.TextInput[DetailsForm](
            default=details.title, max_length=LONGEST_TITLE, custom_id="title"
        )
        self.description = discord.ui.TextInput[DetailsForm](
            style=discord.TextStyle.paragraph,
            default=details.description or None,
            required=False,
            max_length=LONGEST_DESCRIPTION,
            custom_id="description",
        )
        self.minutes = discord.ui.TextInput[DetailsForm](
            default=str(details.minutes), max_length=6, custom_id="minutes"
        )
        self.places = discord.ui.TextInput[DetailsForm](
            default=None if details.places is None else str(details.places),
            required=False,
            max_length=10,
            custom_id="places",
        )
        self.venue_channel_id = venue_channel_id or details.venue_channel_id
        self.join_link = discord.ui.TextInput[DetailsForm](
            default=details.join_link,
            required=False,
            placeholder="https://",
            max_length=LONGEST_LINK,
            custom_id="join_link",
        )
        self._ask("Title", "A question works well", self.conversation_title)
        self._ask("Description", "What it is about, in a few lines", self.description)
        self._ask("Length in minutes", f"From {SHORTEST} to {LONGEST}", self.minutes)
        self._ask("Places", f"From 1 to {MOST_PLACES:,}. Empty: no limit.", self.places)
        self._ask("Link to join", "Only people with a place are shown it.", self.join_link)

    def _ask(
        self, text: str, description: str, component: discord.ui.TextInput[DetailsForm]
    ) -> None:
        self.add_item(discord.ui.Label(text=text, description=description, component=component))

    def read(self) -> Details:
        return Details.read(
            title=self.conversation_title.value,
            description=self.description.value,
            minutes=self.minutes.value,
            places=self.places.value,
            venue_channel_id=self.venue_channel_id,
            join_link=self.join_link.value,
        )

    async def submit(self, interaction: Interaction) -> None:
        with telling_what_changed(await network_of(interaction)):
            outcome = await interaction.client.services.planning.edit(
                self.conversation_id, self.read(), shown=self.shown, by=await person_of(interaction)
            )
        await self.then(interaction, outcome)
