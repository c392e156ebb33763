"""The forms about reminders. Each ends with *then*."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.ids import ConversationId
from bot.network.model import ReminderWay
from bot.reminders.model import HOURS_OF_A_DAY, Hours, ReminderWish, spoken_hour
from bot.ui.parts import Form
from cogs.asking import member_id_of, network_id_of, person_of
from cogs.network.forms import TimesForm

if TYPE_CHECKING:
    from bot.client import Interaction

    Then: TypeAlias = Callable[[Interaction], Awaitable[None]]


class HoursForm(Form):
    def __init__(self, wish: ReminderWish, then: Then) -> None:
        super().__init__(title="When may I write to you?")
        self.then = then
        self.from_hour = _hours("from_hour", wish.hours.from_hour)
        self.until_hour = _hours("until_hour", wish.hours.until_hour)
        self.zone = discord.ui.TextInput[HoursForm](
            default=wish.time_zone,
            required=False,
            placeholder="Lisbon, or Europe/Lisbon",
            max_length=60,
            custom_id="zone",
        )
        for text, description, component in (
            ("From", "Earlier reminders wait until then", self.from_hour),
            ("Until", "The same hour as above means: at any hour", self.until_hour),
            ("Time zone", "A large city in it. Empty: this network's.", self.zone),
        ):
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def submit(self, interaction: Interaction) -> None:
        (from_hour,), (until_hour,) = self.from_hour.values, self.until_hour.values
        await interaction.client.services.reminder_wishes.choose_hours(
            network_id_of(interaction),
            member_id_of(interaction),
            Hours(from_hour=int(from_hour), until_hour=int(until_hour)),
            self.zone.value,
        )
        await self.then(interaction)


def _hours(custom_id: str, chosen: int) -> discord.ui.Select[HoursForm]:
    menu: discord.ui.Select[HoursForm] = discord.ui.Select(custom_id=custom_id)
    for hour in range(HOURS_OF_A_DAY):
        menu.add_option(label=spoken_hour(hour), value=str(hour), default=hour == chosen)
    return menu


class PauseForm(Form):
    def __init__(self, then: Then) -> None:
        super().__init__(title="Pause your reminders")
        self.then = then
        self.until = discord.ui.TextInput[PauseForm](
            placeholder="4 January, or three weeks", max_length=100, custom_id="until"
        )
        self.add_item(
            discord.ui.Label(
                text="Until which day?",
                description="That day I begin again. I read the day first: 2/4 is 2 April.",
                component=self.until,
            )
        )

    async def submit(self, interaction: Interaction) -> None:
        await interaction.client.services.reminder_wishes.pause(
            network_id_of(interaction), member_id_of(interaction), self.until.value
        )
        await self.then(interaction)


class OwnTimesForm(TimesForm):
    """Other times for one conversation than the network's."""

    def __init__(
        self,
        conversation_id: ConversationId,
        times: Mapping[ReminderWay, Sequence[int]],
        then: Then,
    ) -> None:
        super().__init__(title="Reminders of this conversation", times=times)
        self.conversation_id = conversation_id
        self.then = then

    async def submit(self, interaction: Interaction) -> None:
        await interaction.client.services.reminder_truth.choose_times(
            self.conversation_id, self.chosen(), by=await person_of(interaction)
        )
        await self.then(interaction)
