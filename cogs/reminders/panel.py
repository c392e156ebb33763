"""`/reminders`: one person's private panel."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.network.model import REMINDER_CHOICES, Network, ReminderWay
from bot.reminders.model import ReminderWish
from bot.ui.answering import open_form, show, show_in_place
from bot.ui.parts import Card, PersistentButton, PersistentSelect, card_of, row_of, words
from cogs.asking import member_id_of, network_id_of, network_of
from cogs.notices.missed import tell_missed
from cogs.reminders import wording
from cogs.reminders.forms import HoursForm, PauseForm

if TYPE_CHECKING:
    from datetime import datetime

    from bot.client import Interaction


def wishes_panel(wish: ReminderWish, network: Network, now: datetime) -> Card:
    head = (
        "## Your reminders\n"
        "Only you see this. Reminders are posted in the conversations channel for everybody. "
        "By private message you get them only if you ask me to."
    )
    if not wish.is_wanted:
        return card_of(
            words(head),
            words("**Reminders by private message are off**, unless you asked for one on its own."),
            row_of(OnButton()),
        )
    is_paused = wish.is_paused(now)
    usual = () if wish.times is None else (AsUsualButton(),)
    pause = GoOnButton() if is_paused else PauseButton()
    return card_of(
        words(head),
        words("\n".join(_chosen(wish, network, now))),
        row_of(TimesSelect(_menu(wish.times or network.reminders[ReminderWay.DIRECT]))),
        row_of(HoursButton(), pause, *usual, OffButton()),
        words(
            "-# I also ask two days before whether you still come, and thank you on the morning "
            "after. If a conversation moves or is cancelled, or a place comes up for you, I tell "
            "you at once, also during a pause."
        ),
    )


def _chosen(wish: ReminderWish, network: Network, now: datetime) -> list[str]:
    zone = wish.zone_in(network.zone)
    times = network.reminders[ReminderWay.DIRECT] if wish.times is None else wish.times
    whose = "as this network usually does" if wish.times is None else "as you chose"
    lines = [
        "**Reminders by private message are on**, for the conversations you have a place at.",
        f"**When:** {wording.times(times)}, {whose}",
        f"**Hours:** {wish.hours.spoken()}, {wording.zone(zone)}. What would come at another hour "
        "waits until then; if the conversation has begun by then, I leave it out.",
    ]
    if wish.paused_until is not None and wish.is_paused(now):
        lines.append(f"**Paused** until {wording.day(wish.paused_until, zone)}")
    return lines


def _menu(chosen: Any) -> discord.ui.Select[Any]:
    menu: discord.ui.Select[Any] = discord.ui.Select(
        custom_id="reminders:times",
        placeholder="When?",
        min_values=1,
        max_values=len(REMINDER_CHOICES),
    )
    for minutes, called in REMINDER_CHOICES.items():
        menu.add_option(label=called.capitalize(), value=str(minutes), default=minutes in chosen)
    return menu


async def open_panel(interaction: Interaction) -> None:
    await show(interaction, await _panel(interaction))
    await tell_missed(interaction)


async def _redraw(interaction: Interaction) -> None:
    await show_in_place(interaction, await _panel(interaction))


async def _panel(interaction: Interaction) -> Card:
    services = interaction.client.services
    network = await network_of(interaction)
    wish = await services.reminder_wishes.of(network.id, member_id_of(interaction))
    return wishes_panel(wish, network, services.clock.now())


class OnButton(PersistentButton, template=r"reminders:on"):
    form, label = "reminders:on", "Remind me by private message"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        network_id, member_id = network_id_of(interaction), member_id_of(interaction)
        await services.reminder_wishes.ask_for(network_id, member_id)
        # Whoever asks to be written to can be. If not, the first message tells.
        await services.notices.messages_are_open(network_id, member_id)
        await _redraw(interaction)


class OffButton(PersistentButton, template=r"reminders:off"):
    form, label = "reminders:off", "Turn them off"

    async def press(self, interaction: Interaction) -> None:
        wishes = interaction.client.services.reminder_wishes
        await wishes.stop(network_id_of(interaction), member_id_of(interaction))
        await _redraw(interaction)


class AsUsualButton(PersistentButton, template=r"reminders:as-usual"):
    form, label = "reminders:as-usual", "Use this network's times"

    async def press(self, interaction: Interaction) -> None:
        wishes = interaction.client.services.reminder_wishes
        await wishes.choose_times(network_id_of(interaction), member_id_of(interaction), None)
        await _redraw(interaction)


class HoursButton(PersistentButton, template=r"reminders:hours"):
    form, label = "reminders:hours", "Change the hours"

    async def press(self, interaction: Interaction) -> None:
        wishes = interaction.client.services.reminder_wishes
        wish = await wishes.of(network_id_of(interaction), member_id_of(interaction))
        await open_form(interaction, HoursForm(wish, _redraw))


class PauseButton(PersistentButton, template=r"reminders:pause"):
    form, label = "reminders:pause", "Pause until…"

    async def press(self, interaction: Interaction) -> None:
        network_id_of(interaction)
        await open_form(interaction, PauseForm(_redraw))


class GoOnButton(PersistentButton, template=r"reminders:go-on"):
    form, label = "reminders:go-on", "End the pause"

    async def press(self, interaction: Interaction) -> None:
        wishes = interaction.client.services.reminder_wishes
        await wishes.go_on(network_id_of(interaction), member_id_of(interaction))
        await _redraw(interaction)


class TimesSelect(PersistentSelect, template=r"reminders:times"):
    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item)

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.reminder_wishes.choose_times(
            network_id_of(interaction),
            member_id_of(interaction),
            [int(value) for value in self.item.values],
        )
        await _redraw(interaction)
