"""The setup panel: one message of menus and buttons, drawn from what is chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.errors import Closed, Invalid, NotFound
from bot.ids import ChannelId, RoleId
from bot.network.model import REMINDER_CHOICES, ChannelUse, Duty, Network, ReminderWay
from bot.ui.answering import edit_in_place, open_form
from bot.ui.parts import Card, PersistentButton, PersistentSelect, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import network_of, person_of, server_of
from cogs.network import spoken
from cogs.network.checked import CheckButton
from cogs.network.forms import LinksForm, RemindersForm, ZoneForm
from cogs.network.making import ShowCommandsButton, maker_for, report

if TYPE_CHECKING:
    from bot.client import Interaction

_OTHER = "other"


def setup_panel(network: Network, server: discord.Guild) -> Card:
    return card_of(
        words(
            "## Setting up this server\n"
            "One press on **Create what is missing** is enough. Everything below can be "
            "changed at any time, and only you see this message."
        ),
        row_of(MakeButton(), ShowCommandsButton(), CheckButton()),
        words("**Time zone**: dates are typed and shown in it"),
        row_of(ZoneSelect(_zone_menu(network))),
        *_channel_menus(network, server),
        *_role_menus(network, server),
        words(f"**Attendees**: {spoken.ATTENDEES}"),
        row_of(AttendeeRoleSelect.offering(network, server)),
        words(_links(network)),
        words(_reminders(network)),
        row_of(LinksButton(), RemindersButton()),
    )


async def redraw(interaction: Interaction) -> None:
    """Show the panel as things now stand, in place of the one that was pressed."""
    panel = setup_panel(await network_of(interaction), server_of(interaction))
    await edit_in_place(interaction, panel)


def _zone_menu(network: Network) -> discord.ui.Select[Any]:
    menu: discord.ui.Select[Any] = discord.ui.Select(custom_id="network:choose-zone")
    zones = spoken.ZONES
    if network.time_zone not in zones:
        zones = (network.time_zone, *zones)
    for name in zones:
        menu.add_option(label=name.replace("_", " "), value=name, default=name == network.time_zone)
    menu.add_option(label="Somewhere else…", value=_OTHER)
    return menu


def _channel_menus(network: Network, server: discord.Guild) -> list[discord.ui.Item[Any]]:
    parts: list[discord.ui.Item[Any]] = []
    for used_for, (called, purpose) in spoken.CHANNELS.items():
        parts.append(words(f"**{called}**: {purpose}"))
        parts.append(row_of(ChannelSelect.offering(used_for, network, server)))
    return parts


def _role_menus(network: Network, server: discord.Guild) -> list[discord.ui.Item[Any]]:
    parts: list[discord.ui.Item[Any]] = []
    for duty, (called, purpose) in spoken.ROLES.items():
        parts.append(words(f"**{called}**: the role of people who {purpose}"))
        parts.append(row_of(RoleSelect.offering(duty, network, server)))
    return parts


def _links(network: Network) -> str:
    if not network.links:
        return "**Links for members**: none yet"
    named = (f"{spoken.LINKS[to]}: {as_typed(link)}" for to, link in network.links.items())
    return "**Links for members**\n" + "\n".join(named)


def _reminders(network: Network) -> str:
    def times(way: ReminderWay) -> str:
        return ", ".join(REMINDER_CHOICES[m] for m in network.reminders[way]) or "never"

    return (
        "**Reminders, unless a conversation has its own**\n"
        f"In the channel: {times(ReminderWay.CHANNEL)}\n"
        f"By private message, to those who asked: {times(ReminderWay.DIRECT)}"
    )


class ZoneSelect(PersistentSelect, template=r"network:choose-zone"):
    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item)

    async def press(self, interaction: Interaction) -> None:
        (chosen,) = self.item.values
        person = await person_of(interaction)
        person.must_manage_network("change what is set up here")
        if chosen == _OTHER:
            await open_form(interaction, ZoneForm(redraw))
            return
        await interaction.client.services.networks.choose_time_zone(chosen, by=person)
        await redraw(interaction)


class ChannelSelect(
    PersistentSelect,
    template=r"network:choose-channel:(?P<used_for>conversations|practice|wisdom|moderation)",
):
    def __init__(self, used_for: ChannelUse, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)
        self.used_for = used_for

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(ChannelUse(match["used_for"]), item)

    @classmethod
    def offering(cls, used_for: ChannelUse, network: Network, server: discord.Guild) -> Self:
        forum = used_for is ChannelUse.PRACTICE
        menu: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            custom_id=f"network:choose-channel:{used_for}",
            channel_types=[discord.ChannelType.forum if forum else discord.ChannelType.text],
            placeholder="Choose a forum" if forum else "Choose a channel",
        )
        chosen = server.get_channel(network.channels.get(used_for, 0))
        if chosen is not None:
            menu.default_values = [discord.SelectDefaultValue.from_channel(chosen)]
        return cls(used_for, menu)

    async def press(self, interaction: Interaction) -> None:
        (chosen,) = self.item.values
        if server_of(interaction).get_channel(chosen.id) is None:
            raise NotFound("I can't see that channel. Let me view it, or choose another one.")
        await interaction.client.services.networks.choose_channel(
            self.used_for, ChannelId(chosen.id), by=await person_of(interaction)
        )
        await redraw(interaction)


class RoleSelect(PersistentSelect, template=r"network:choose-role:(?P<duty>organiser|moderator)"):
    def __init__(self, duty: Duty, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)
        self.duty = duty

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(Duty(match["duty"]), item)

    @classmethod
    def offering(cls, duty: Duty, network: Network, server: discord.Guild) -> Self:
        menu: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            custom_id=f"network:choose-role:{duty}", placeholder="Choose a role"
        )
        chosen = server.get_role(network.roles.get(duty, 0))
        if chosen is not None:
            menu.default_values = [discord.SelectDefaultValue.from_role(chosen)]
        return cls(duty, menu)

    async def press(self, interaction: Interaction) -> None:
        (chosen,) = self.item.values
        role = _to_give(server_of(interaction).get_role(chosen.id))
        await interaction.client.services.networks.choose_role(
            self.duty, RoleId(role.id), by=await person_of(interaction)
        )
        await redraw(interaction)


class AttendeeRoleSelect(PersistentSelect, template=r"network:choose-attendee-role"):
    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item)

    @classmethod
    def offering(cls, network: Network, server: discord.Guild) -> Self:
        menu: discord.ui.RoleSelect[Any] = discord.ui.RoleSelect(
            custom_id="network:choose-attendee-role",
            placeholder="No such role",
            min_values=0,
        )
        chosen = server.get_role(network.attendee_role or 0)
        if chosen is not None:
            menu.default_values = [discord.SelectDefaultValue.from_role(chosen)]
        return cls(menu)

    async def press(self, interaction: Interaction) -> None:
        role_id = None
        for chosen in self.item.values:
            role = _to_give(server_of(interaction).get_role(chosen.id))
            if role.permissions.value & discord.Permissions.elevated().value:
                raise Invalid(
                    "That role lets people change things in this server, and everybody who signs "
                    "up would get it. Please choose one without such permissions."
                )
            role_id = RoleId(role.id)
        await interaction.client.services.networks.choose_attendee_role(
            role_id, by=await person_of(interaction)
        )
        await redraw(interaction)


def _to_give(role: discord.Role | None) -> discord.Role:
    if role is None or role.is_default() or role.managed:
        raise Invalid(
            "Please choose a role that you give to people: not @everyone, and not one that "
            "belongs to a bot."
        )
    return role


class SetupButton(PersistentButton, template=r"network:setup"):
    form, label = "network:setup", "Set up this server"

    async def press(self, interaction: Interaction) -> None:
        await open_panel(interaction)


class LinksButton(PersistentButton, template=r"network:links"):
    form, label = "network:links", "Change the links"

    async def press(self, interaction: Interaction) -> None:
        (await person_of(interaction)).must_manage_network("change what is set up here")
        await open_form(interaction, LinksForm(await network_of(interaction), redraw))


class RemindersButton(PersistentButton, template=r"network:reminders"):
    form, label = "network:reminders", "Change the reminders"

    async def press(self, interaction: Interaction) -> None:
        (await person_of(interaction)).must_manage_network("change what is set up here")
        await open_form(interaction, RemindersForm(await network_of(interaction), redraw))


class MakeButton(PersistentButton, template=r"network:make"):
    form, label = "network:make", "Create what is missing"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        maker = await maker_for(interaction)
        if maker.server.id in interaction.client.being_made:
            raise Closed(
                "I am creating things here already. Please wait a moment, then look again."
            )
        interaction.client.being_made.add(maker.server.id)
        try:
            await interaction.response.defer()
            await report(interaction, "### Creating what is missing", maker.make_all())
        finally:
            interaction.client.being_made.discard(maker.server.id)
        panel = setup_panel(await network_of(interaction), server_of(interaction))
        await interaction.edit_original_response(view=panel)


async def open_panel(interaction: Interaction) -> None:
    (await person_of(interaction)).must_manage_network("set up this server")
    panel = setup_panel(await network_of(interaction), server_of(interaction))
    await interaction.response.send_message(view=panel, ephemeral=True)


PARTS = (
    ZoneSelect,
    ChannelSelect,
    RoleSelect,
    AttendeeRoleSelect,
    SetupButton,
    LinksButton,
    RemindersButton,
    MakeButton,
    ShowCommandsButton,
    CheckButton,
)
