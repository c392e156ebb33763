"""`/organise`: for organisers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import DEFAULT_MINUTES, Details, Edited
from bot.ids import ConversationId
from bot.ui.answering import say, show
from bot.ui.parts import Card, PersistentButton, row_of, words
from bot.ui.text import as_typed
from cogs.asking import network_id_of, network_of, person_of
from cogs.conversations import wording
from cogs.conversations.draft import show_draft
from cogs.conversations.forms import DetailsForm
from cogs.conversations.picking import titles

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction


@app_commands.guild_only()
@app_commands.default_permissions(manage_events=True)
class OrganiseCog(commands.GroupCog, group_name="organise"):
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
    )
    async def plan(
        self,
        interaction: Interaction,
        title: str,
        when: str,
        places: int | None = None,
        length: int = DEFAULT_MINUTES,
        description: str = "",
    ) -> None:
        """Plan a conversation. You see it first, before anybody else does."""
        person = await person_of(interaction)
        person.must_be_organiser("plan a conversation")
        details = Details.read(title=title, description=description, minutes=length, places=places)
        draft = await self.services.planning.draft(details, when, by=person)
        await show_draft(interaction, draft)

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=titles)
    async def edit(self, interaction: Interaction, conversation: str) -> None:
        """Change the title, description, length or places."""
        person = await person_of(interaction)
        person.must_be_organiser("change a conversation")
        picked = await self.services.calendar.pick(person.network_id, conversation)
        editable = await self.services.planning.editable(picked.id, by=person)
        await interaction.response.send_modal(DetailsForm(editable, _report))

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=titles)
    async def remove(self, interaction: Interaction, conversation: str) -> None:
        """Take away a conversation planned by mistake, while nobody has signed up."""
        (await person_of(interaction)).must_be_organiser("remove a conversation")
        network = await network_of(interaction)
        picked = await self.services.calendar.pick(network_id_of(interaction), conversation)
        card = Card()
        card.add_item(
            discord.ui.Container(
                words(
                    f"Remove **{as_typed(picked.title)}**, {wording.when(picked, network)}?\n"
                    "Its card goes as well. This cannot be undone."
                ),
                row_of(RemoveButton(picked.id)),
            )
        )
        await show(interaction, card)


async def _report(interaction: Interaction, outcome: Edited) -> None:
    await say(interaction, wording.edited(outcome))


class RemoveButton(PersistentButton, template=r"conversation:remove:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:remove:{id}", "Yes, remove it"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        removed = await interaction.client.services.planning.remove(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        card = Card()
        card.add_item(discord.ui.Container(words(f"**{as_typed(removed.title)}** is removed.")))
        await interaction.response.edit_message(view=card)
