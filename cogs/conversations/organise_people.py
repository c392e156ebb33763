"""The `/organise` commands about the people of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import Conversation
from bot.conversations.service.people import LONGEST_MESSAGE
from bot.errors import Invalid
from bot.ids import MemberId
from bot.ui.answering import open_form, say
from bot.ui.text import as_typed, shortened
from cogs.asking import person_of
from cogs.conversations import wording
from cogs.conversations.changes import ReasonForm, told
from cogs.conversations.people import show_people
from cogs.conversations.people_file import give_people_file
from cogs.conversations.picking import LONGEST_QUESTION, guest_names, pick_as_organiser, titles

if TYPE_CHECKING:
    from bot.client import Interaction


class PeopleCommands(commands.Cog):
    """Mixed into `OrganiseCog`: discord.py gathers the commands of every base of a cog."""

    @app_commands.command()
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        as_file="As a table for a spreadsheet, with names",
        access_needs="A table with what people need as well. Hosts only; it is noted.",
    )
    @app_commands.autocomplete(conversation=titles)
    async def people(
        self,
        interaction: Interaction,
        conversation: str,
        as_file: bool = False,
        access_needs: bool = False,
    ) -> None:
        """See who is coming, who waits, and who may come. Only you see the list."""
        _, picked = await pick_as_organiser(interaction, conversation, "see who is coming")
        if not (as_file or access_needs):
            await show_people(interaction, picked.id, 0)
            return
        work = give_people_file(interaction, picked.id, with_needs=access_needs)
        await interaction.client.patience.during(interaction, work)

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

    @app_commands.command(name="add-guest")
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        name="A first name or an alias, as they like to be called",
        note="Such as “by phone, Sam will ring”. Never a number or an address.",
        looked_after_by="Who passes things on to them. You, if you leave it out.",
    )
    @app_commands.autocomplete(conversation=titles)
    async def add_guest(
        self,
        interaction: Interaction,
        conversation: str,
        name: str,
        note: str = "",
        looked_after_by: discord.User | None = None,
    ) -> None:
        """Sign up somebody who is not on Discord."""
        by, picked = await pick_as_organiser(interaction, conversation, "add a guest")
        keeper = looked_after_by or interaction.user
        if keeper.bot or not isinstance(keeper, discord.Member):
            raise Invalid("Whoever looks after a guest must be a person in this server.")
        guests = interaction.client.services.guests
        work = guests.add(picked.id, name, note, looked_after_by=MemberId(keeper.id), by=by)
        planned, added = await interaction.client.patience.during(interaction, work)
        await say(interaction, wording.guest_added(planned, added, keeper.mention))

    @app_commands.command(name="remove-person")
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        reason="They are told this, in a private message",
        person="Who is taken off the list",
        guest="Or the guest who is: begin to type their name, and pick it",
    )
    @app_commands.autocomplete(conversation=titles, guest=guest_names)
    async def remove_person(
        self,
        interaction: Interaction,
        conversation: str,
        reason: str,
        person: discord.User | None = None,
        guest: str = "",
    ) -> None:
        """Take somebody off a conversation. They are told, with your reason."""
        by, picked = await pick_as_organiser(
            interaction, conversation, "take somebody off a conversation"
        )
        services = interaction.client.services
        if (person is None) == (not guest):
            raise Invalid("Please name one: a person or a guest.")
        if person is None:
            guest_work = services.guests.take_off(picked.id, guest, reason, by=by)
            gone, moved_up = await interaction.client.patience.during(interaction, guest_work)
            who = f"**{as_typed(gone.guest.name)}**"
        else:
            work = services.people.take_off(picked.id, MemberId(person.id), reason, by=by)
            moved_up = await interaction.client.patience.during(interaction, work)
            who = person.mention
        await say(interaction, wording.taken_off(who, picked, moved_up))


async def _write(
    interaction: Interaction, conversation: Conversation, text: str, only_going: bool
) -> None:
    outcome = await interaction.client.services.people.write(
        conversation.id, text, only_going=only_going, by=await person_of(interaction)
    )
    await say(interaction, f"Your message is on its way. {told(outcome)}")
