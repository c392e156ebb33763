"""`/organise`: for organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import DEFAULT_MINUTES, Details
from bot.ids import ChannelId, ConversationId
from bot.ui.answering import edit_in_place, open_form, show
from bot.ui.parts import PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import network_of, person_of
from cogs.conversations import wording
from cogs.conversations.attendance import AttendanceCommands
from cogs.conversations.changes import (
    cancel_form,
    move_card,
    report_described,
    report_edited,
)
from cogs.conversations.cover import CoverCommands
from cogs.conversations.draft import show_draft
from cogs.conversations.forms import DetailsForm, MoreForm
from cogs.conversations.hosts import HostCommands
from cogs.conversations.organise_people import PeopleCommands
from cogs.conversations.picking import pick_as_organiser, titles
from cogs.reminders.organise import ReminderCommands
from cogs.series import scope

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction


@app_commands.guild_only()
@app_commands.default_permissions(manage_events=True)
class OrganiseCog(
    PeopleCommands,
    HostCommands,
    CoverCommands,
    AttendanceCommands,
    ReminderCommands,
    commands.GroupCog,
    group_name="organise",
):
    """Plan conversations and look after them."""

    def __init__(self, bot: CoproductionBot) -> None:
        self.services = bot.services

    @app_commands.command()
    @app_commands.describe(
        title="What it is about. A question works well.",
        when="“3 Dec 2pm”, “first Thursday of next month 2pm”, or Discord's own @time",
        places="How many people can come. Leave it out for no limit.",
        length="In minutes. 90 if you leave it out.",
        description="A few lines more. You can also add them in the next step.",
        channel="A voice or stage channel where it happens",
        link="Or a link to join, which only people with a place are shown",
    )
    async def plan(
        self,
        interaction: Interaction,
        title: str,
        when: str,
        places: int | None = None,
        length: int = DEFAULT_MINUTES,
        description: str = "",
        channel: discord.VoiceChannel | discord.StageChannel | None = None,
        link: str = "",
    ) -> None:
        """Plan a conversation. You see it first, before anybody else does."""
        person = await person_of(interaction)
        person.must_be_organiser("plan a conversation")
        details = Details.read(
            title=title,
            description=description,
            minutes=length,
            places=places,
            venue_channel_id=None if channel is None else ChannelId(channel.id),
            join_link=link,
        )
        work = self.services.planning.draft(details, when, by=person)
        draft = await interaction.client.patience.during(interaction, work)
        await show_draft(interaction, draft)

    @app_commands.command()
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        what="What do you want to change? Words and places, if you leave it out.",
        channel="A voice or stage channel, if that changes",
    )
    @app_commands.autocomplete(conversation=titles)
    async def edit(
        self,
        interaction: Interaction,
        conversation: str,
        what: Literal["words and places", "questions, access and deadline"] = "words and places",
        channel: discord.VoiceChannel | discord.StageChannel | None = None,
    ) -> None:
        """Change the title, description, length, places, or where it happens."""
        person, picked = await pick_as_organiser(interaction, conversation, "change a conversation")
        editable = await self.services.planning.editable(picked.id, by=person)
        if scope.is_of_series(editable):
            is_more = what != "words and places"
            venue_id = 0 if channel is None else channel.id
            card = scope.edit_card(editable, is_more=is_more, venue_id=venue_id)
            await show(interaction, card)
            return
        if what != "words and places":
            network = await network_of(interaction)
            await open_form(interaction, MoreForm(editable, network, report_described))
            return
        venue = None if channel is None else ChannelId(channel.id)
        form = DetailsForm(editable, report_edited, venue_channel_id=venue)
        await open_form(interaction, form)

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=titles)
    async def remove(self, interaction: Interaction, conversation: str) -> None:
        """Take away a conversation planned by mistake, while nobody has signed up."""
        _, picked = await pick_as_organiser(interaction, conversation, "remove a conversation")
        network = await network_of(interaction)
        picked.must_have_no_answers()
        card = card_of(
            words(
                f"Remove **{as_typed(picked.title)}**, {wording.when(picked, network)}?\n"
                "Its card goes as well. This cannot be undone."
            ),
            row_of(RemoveButton(picked.id)),
        )
        await show(interaction, card)

    @app_commands.command()
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        when="“3 Dec 2pm”, “first Thursday of next month 2pm”, or Discord's own @time",
    )
    @app_commands.autocomplete(conversation=titles)
    async def move(self, interaction: Interaction, conversation: str, when: str) -> None:
        """Move a conversation. You see the new date first; then people are asked to say again."""
        person, picked = await pick_as_organiser(interaction, conversation, "move a conversation")
        work = self.services.changing.propose_move(picked.id, when, by=person)
        proposed = await interaction.client.patience.during(interaction, work)
        later = None
        if scope.is_of_series(picked):
            later = scope.MoveLaterButton(proposed.id)
        await show(interaction, move_card(proposed, await network_of(interaction), later))

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=titles)
    async def cancel(self, interaction: Interaction, conversation: str) -> None:
        """Call a conversation off. Everybody who answered is told, with your reason."""
        _, picked = await pick_as_organiser(interaction, conversation, "cancel a conversation")
        picked.must_be_open(self.services.clock.now())
        if scope.is_of_series(picked):
            await show(interaction, scope.cancel_card(picked, await network_of(interaction)))
            return
        await open_form(interaction, cancel_form(picked))

    @app_commands.command()
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        when="When the new one starts",
    )
    @app_commands.autocomplete(conversation=titles)
    async def duplicate(self, interaction: Interaction, conversation: str, when: str) -> None:
        """Plan another conversation with the same words."""
        person, picked = await pick_as_organiser(interaction, conversation, "plan a conversation")
        work = self.services.changing.duplicate(picked.id, when, by=person)
        draft = await interaction.client.patience.during(interaction, work)
        await show_draft(interaction, draft)


class RemoveButton(PersistentButton, template=r"conversation:remove:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:remove:{id}", "Yes, remove it"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        removed = await interaction.client.services.planning.remove(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        card = card_of(words(f"**{as_typed(removed.title)}** is removed."))
        await edit_in_place(interaction, card)
