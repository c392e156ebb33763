"""The forms of the setup panel. Each ends by drawing the panel anew, with *then*."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.network.model import (
    LONGEST_LINK,
    REMINDER_CHOICES,
    LinkTo,
    Network,
    ReminderWay,
)
from bot.ui.parts import Form
from cogs.asking import person_of
from cogs.network import spoken

if TYPE_CHECKING:
    from bot.client import Interaction

    Then: TypeAlias = Callable[[Interaction], Awaitable[None]]


class ZoneForm(Form):
    def __init__(self, then: Then) -> None:
        super().__init__(title="Another time zone")
        self.then = then
        self.zone = discord.ui.TextInput[ZoneForm](
            placeholder="Lisbon, or Europe/Lisbon", max_length=60, custom_id="zone"
        )
        self.add_item(
            discord.ui.Label(
                text="Time zone",
                description="A large city in it, or its full name",
                component=self.zone,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        person = await person_of(interaction)
        await interaction.client.services.networks.choose_time_zone(self.zone.value, by=person)
        await self.then(interaction)


class LinksForm(Form):
    def __init__(self, network: Network, then: Then) -> None:
        super().__init__(title="Links for members")
        self.then = then
        self.inputs = {
            leads_to: discord.ui.TextInput[LinksForm](
                default=network.links.get(leads_to),
                placeholder="https://",
                required=False,
                max_length=LONGEST_LINK,
                custom_id=leads_to.value,
            )
            for leads_to in LinkTo
        }
        for leads_to, text_input in self.inputs.items():
            hint = "A web page or an email address" if leads_to is LinkTo.CONTACT else "A web page"
            self.add_item(
                discord.ui.Label(
                    text=spoken.LINKS[leads_to], description=hint, component=text_input
                )
            )

    async def submit(self, interaction: Interaction) -> None:
        person = await person_of(interaction)
        typed = {leads_to: text_input.value for leads_to, text_input in self.inputs.items()}
        await interaction.client.services.networks.choose_links(typed, by=person)
        await self.then(interaction)


class TimesForm(Form):
    """Asks when people are reminded, in both ways."""

    def __init__(self, *, title: str, times: Mapping[ReminderWay, Sequence[int]]) -> None:
        super().__init__(title=title)
        self.choices = {way: _times(way, times[way]) for way in ReminderWay}
        self.add_item(
            discord.ui.Label(
                text="In the conversations channel",
                description="None at all is fine too",
                component=self.choices[ReminderWay.CHANNEL],
            )
        )
        self.add_item(
            discord.ui.Label(
                text="By private message",
                description="Only people who asked for it get these",
                component=self.choices[ReminderWay.DIRECT],
            )
        )

    def chosen(self) -> dict[ReminderWay, list[int]]:
        return {way: [int(v) for v in group.values] for way, group in self.choices.items()}


class RemindersForm(TimesForm):
    def __init__(self, network: Network, then: Then) -> None:
        super().__init__(title="When people are reminded", times=network.reminders)
        self.then = then

    async def submit(self, interaction: Interaction) -> None:
        person = await person_of(interaction)
        await interaction.client.services.networks.choose_reminders(self.chosen(), by=person)
        await self.then(interaction)


def _times(way: ReminderWay, chosen: Sequence[int]) -> discord.ui.CheckboxGroup[TimesForm]:
    group: discord.ui.CheckboxGroup[TimesForm] = discord.ui.CheckboxGroup(
        required=False, min_values=0, max_values=len(REMINDER_CHOICES), custom_id=way.value
    )
    for minutes, called in REMINDER_CHOICES.items():
        group.add_option(label=called.capitalize(), value=str(minutes), default=minutes in chosen)
    return group
