"""The `/organise` commands about the people of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import Conversation
from bot.conversations.service.people import LONGEST_MESSAGE
from bot.ids import MemberId
from bot.ui.answering import open_form, say
from bot.ui.text import shortened
from cogs.asking import person_of
from cogs.conversations import wording
from cogs.conversations.changes import ReasonForm, told
from cogs.conversations.people import show_people
from cogs.conversations.picking import LONGEST_QUESTION, pick_as_organiser, titles

if TYPE_CHECKING:
    from bot.client import Interaction


class PeopleCommands(commands.Cog):
    """Mixed into `OrganiseCog`: discord.py gathers the commands of every base of a cog."""

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=titles)
    async def people(self, interaction: Interaction, conversation: str) -> None:
        """See who is coming, who waits, and who may come. Only you see the list."""
        _, picked = await pick_as_organiser(interaction, conversation, "see who is coming")
        await show_people(interaction, picked.id, 0)

    @app_commands.command()
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        to="To whom? Everybody who answered, if you leave it out.",
    )
    @app_commands.autocomplete(conversation=titles)
    async def message(
        self,
        interaction: Interaction,
        conversation: str,
        to: Literal["everybody who answered", "only people with a place"] = (
            "everybody who answered"
        ),
    ) -> None:
        """Write to the people of a conversation, by private message."""
        _, picked = await pick_as_organiser(
            interaction, conversation, "write to everybody who signed up"
        )
        only_going = to == "only people with a place"
        form = ReasonForm(
            title="Write to people",
            asks=shortened(f"About “{picked.title}”", LONGEST_QUESTION),
            hint=f"Goes privately to {to}, from “its organisers”.",
            at_most=LONGEST_MESSAGE,
            then=lambda pressed, text: _write(pressed, picked, text, only_going),
        )
        await open_form(interaction, form)

    @app_commands.command(name="remove-person")
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        person="Who is taken off the list",
        reason="They are told this, in a private message",
    )
    @app_commands.autocomplete(conversation=titles)
    async def remove_person(
        self, interaction: Interaction, conversation: str, person: discord.User, reason: str
    ) -> None:
        """Take somebody off a conversation. They are told, with your reason."""
        by, picked = await pick_as_organiser(
            interaction, conversation, "take somebody off a conversation"
        )
        work = interaction.client.services.people.take_off(
            picked.id, MemberId(person.id), reason, by=by
        )
        moved_up = await interaction.client.patience.during(interaction, work)
        await say(interaction, wording.taken_off(person.mention, picked, moved_up))


async def _write(
    interaction: Interaction, conversation: Conversation, text: str, only_going: bool
) -> None:
    outcome = await interaction.client.services.people.write(
        conversation.id, text, only_going=only_going, by=await person_of(interaction)
    )
    await say(interaction, f"Your message is on its way. {told(outcome)}")
