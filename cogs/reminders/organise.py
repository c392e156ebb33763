"""`/organise reminders`: what is owed for one conversation, and when. Counts, never names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.clock import spoken
from bot.ids import ConversationId
from bot.network.model import REMINDER_CHOICES, Network
from bot.reminders.model import Planned, PlannedReminder, Purpose
from bot.ui.answering import open_form, show, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted
from cogs.asking import network_of, person_of
from cogs.conversations import wording
from cogs.conversations.picking import pick_as_organiser, titles
from cogs.reminders.forms import OwnTimesForm

if TYPE_CHECKING:
    from datetime import datetime

    from bot.client import Interaction


class ReminderCommands(commands.Cog):
    """Mixed into `OrganiseCog`: discord.py gathers the commands of every base of a cog."""

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=titles)
    async def reminders(self, interaction: Interaction, conversation: str) -> None:
        """See what people will be reminded of for one conversation, and when, and change it."""
        _, picked = await pick_as_organiser(
            interaction, conversation, "see the reminders of a conversation"
        )
        await show(interaction, await _card(interaction, picked.id))


def planned_card(planned: Planned, network: Network, now: datetime) -> Card:
    conversation = planned.conversation
    people = counted(planned.people, "person", "people")
    posts = [_posted(each, network) for each in planned.reminders if _is_in_channel(each)]
    notes = [_written(each, network) for each in planned.reminders if _is_in_private(each)]
    whose = "chosen for this conversation" if planned.has_own_times else "this network's usual ones"
    parts: list[discord.ui.Item[Card]] = [
        words(f"## Reminders of {as_typed(conversation.title)}"),
        words(wording.when(conversation, network)),
        words("\n".join(["**In the channel**", *(posts or ["None."])])),
        words("\n".join([f"**By private message, to those who asked**: {people}", *notes])),
        words(f"The times are {whose}. People may choose their own for private messages."),
    ]
    if conversation.is_cancelled:
        return card_of(*parts[:2], words("It is cancelled, so nobody is reminded."))
    if conversation.is_ahead(now):
        usual = (UsualTimesButton(conversation.id),) if planned.has_own_times else ()
        parts.append(row_of(ChangeTimesButton(conversation.id), *usual))
    return card_of(*parts)


def _is_in_channel(each: PlannedReminder) -> bool:
    if each.dealt is None:
        return each.in_channel
    return each.dealt.is_posted or (each.in_channel and each.dealt.left_out_because is not None)


def _is_in_private(each: PlannedReminder) -> bool:
    return bool(each.people if each.dealt is None else each.dealt.people)


def _posted(each: PlannedReminder, network: Network) -> str:
    if each.dealt is None:
        return f"- {_when(each, network)}"
    if each.dealt.left_out_because is not None:
        return f"- {_when(each, network)}. Left out: {each.dealt.left_out_because}."
    return f"- {_when(each, network)}. Done."


def _written(each: PlannedReminder, network: Network) -> str:
    if each.dealt is None:
        return f"- {_when(each, network)}, to {counted(each.people, 'person', 'people')}"
    return f"- {_when(each, network)}. Done, to {counted(each.dealt.people, 'person', 'people')}."


def _when(each: PlannedReminder, network: Network) -> str:
    called = {
        Purpose.ASK: "“Still coming?”, two days before",
        Purpose.THANK: "Thanks, the morning after",
    }.get(each.moment.purpose)
    called = called or REMINDER_CHOICES[each.moment.minutes].capitalize()
    return f"{called}: {spoken(each.moment.at, network.zone)}"


async def _card(interaction: Interaction, conversation_id: ConversationId) -> Card:
    services = interaction.client.services
    planned = await services.reminder_truth.planned(
        conversation_id, by=await person_of(interaction)
    )
    return planned_card(planned, await network_of(interaction), services.clock.now())


class ChangeTimesButton(PersistentButton, template=r"reminders:change:(?P<id>[0-9]{1,19})"):
    form, label = "reminders:change:{id}", "Change the times"

    async def press(self, interaction: Interaction) -> None:
        conversation_id = ConversationId(self.id_)
        planned = await interaction.client.services.reminder_truth.planned(
            conversation_id, by=await person_of(interaction)
        )

        async def then(submitted: Interaction) -> None:
            await show_in_place(submitted, await _card(submitted, conversation_id))

        await open_form(interaction, OwnTimesForm(conversation_id, planned.times, then))


class UsualTimesButton(PersistentButton, template=r"reminders:usual:(?P<id>[0-9]{1,19})"):
    form, label = "reminders:usual:{id}", "Use this network's times"

    async def press(self, interaction: Interaction) -> None:
        conversation_id = ConversationId(self.id_)
        await interaction.client.services.reminder_truth.choose_times(
            conversation_id, None, by=await person_of(interaction)
        )
        await show_in_place(interaction, await _card(interaction, conversation_id))
