"""Ticking who was there: a private panel for organisers, which ends with a count."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import AttendancePage, Listed, SignUpState
from bot.errors import Unavailable
from bot.ids import ConversationId
from bot.network.model import Network
from bot.ui.answering import edit_in_place, show_in_place
from bot.ui.parts import (
    Card,
    PagedButton,
    PersistentButton,
    PersistentSelect,
    card_of,
    row_of,
    words,
)
from bot.ui.text import as_typed
from cogs.asking import network_of, person_of, server_of
from cogs.conversations import wording
from cogs.conversations.people import NOT_KNOWN, guest_line
from cogs.conversations.picking import begun_titles

if TYPE_CHECKING:
    from bot.client import Interaction

HAS_LEFT = "Somebody who has left the server"

_NOTED = {True: ": there", False: ": not there", None: ""}


class AttendanceCommands(commands.Cog):
    """Mixed into `OrganiseCog`."""

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=begun_titles)
    async def attendance(self, interaction: Interaction, conversation: str) -> None:
        """Note who was there. Only you see the list; what is shown later is a count."""
        by = await person_of(interaction)
        by.must_be_organiser("note who was there")
        picked = await interaction.client.services.calendar.pick_begun(by.network_id, conversation)
        await interaction.client.patience.during(
            interaction, show_attendance(interaction, picked.id, 0)
        )


def attendance_card(page: AttendancePage, network: Network, names: Mapping[int, str]) -> Card:
    """*names*: what to call the members on this page who are in the server."""
    conversation = page.conversation
    parts: list[discord.ui.Item[Card]] = [
        words(
            f"## Who was there?\n**{as_typed(conversation.title)}**\n"
            f"{wording.when(conversation, network)}\nOnly you see this."
        )
    ]
    if not page.listed:
        parts.append(words("Nobody had a place, so there is nothing to note."))
        return card_of(*parts)
    lines = [
        f"{number}\\. {_line(each, names)}"
        for number, each in enumerate(page.listed, start=page.before + 1)
    ]
    parts += [
        words("\n".join(lines)),
        row_of(WasThereSelect.offering(page, names)),
        words(
            f"{page.there:,} of {page.people:,} ticked so far. Whoever is not ticked when you "
            "press **Done** counts as not there. You can come back and change it."
        ),
    ]
    if page.pages > 1:
        last = page.number + 1 == page.pages
        parts.append(words(f"Page {page.number + 1} of {page.pages}"))
        parts.append(
            row_of(
                EarlierButton(conversation.id, max(page.number - 1, 0), disabled=page.number == 0),
                LaterButton(conversation.id, page.number + 1, disabled=last),
            )
        )
    parts.append(row_of(EverybodyButton(conversation.id, page.number), DoneButton(conversation.id)))
    return card_of(*parts)


def _line(listed: Listed, names: Mapping[int, str]) -> str:
    noted = _NOTED[listed.attended]
    if listed.guest is not None:
        return f"{guest_line(listed.guest)}{noted}"
    if listed.member_id is None:
        return f"{NOT_KNOWN}{noted}"
    left = "" if listed.member_id in names else " (has left the server)"
    return f"<@{listed.member_id}>{left}{noted}"


def _label(listed: Listed, names: Mapping[int, str]) -> str:
    """As Discord shows it, without any markdown to escape."""
    if listed.guest is not None:
        return listed.guest.name
    if listed.member_id is None:
        return NOT_KNOWN
    return names.get(listed.member_id, HAS_LEFT)


def _beside(listed: Listed) -> str | None:
    if listed.sign_up.state is SignUpState.SUPPORTING:
        return "A supporter"
    return None if listed.guest is None else "A guest"


async def show_attendance(
    interaction: Interaction, conversation_id: ConversationId, number: int
) -> None:
    page = await interaction.client.services.attendance.page(
        conversation_id, number, by=await person_of(interaction)
    )
    members = [each.member_id for each in page.listed if each.member_id is not None]
    names = await _names_of(server_of(interaction), members)
    await show_in_place(interaction, attendance_card(page, await network_of(interaction), names))


async def _names_of(server: discord.Guild, members: Sequence[int]) -> dict[int, str]:
    """What members are called in *server*, asked afresh: names are not kept, nor are members."""
    if not members:
        return {}
    try:
        found = await server.query_members(user_ids=list(members), limit=len(members), cache=False)
    except TimeoutError as error:
        raise Unavailable from error
    return {member.id: member.display_name for member in found}


class WasThereSelect(
    PersistentSelect, template=r"attendance:tick:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """Those on one page. What is ticked was there; what is offered and not ticked was not."""

    def __init__(self, id_: int, page: int, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)
        self.id_ = id_
        self.page = page

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(int(match["id"]), int(match["page"]), item)

    @classmethod
    def offering(cls, page: AttendancePage, names: Mapping[int, str]) -> Self:
        menu: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=f"attendance:tick:{page.conversation.id}:{page.number}",
            placeholder="Tick who was there",
            min_values=0,
            max_values=len(page.listed),
            options=[
                discord.SelectOption(
                    label=_label(each, names),
                    value=str(each.sign_up.number),
                    description=_beside(each),
                    default=bool(each.attended),
                )
                for each in page.listed
            ],
        )
        return cls(page.conversation.id, page.number, menu)

    async def press(self, interaction: Interaction) -> None:
        there = {int(value) for value in self.item.values}
        offered = {int(option.value) for option in self.item.options}
        await interaction.client.services.attendance.note(
            ConversationId(self.id_),
            there=sorted(there),
            not_there=sorted(offered - there),
            by=await person_of(interaction),
        )
        await show_attendance(interaction, ConversationId(self.id_), self.page)


class EarlierButton(
    PagedButton, template=r"attendance:list:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "attendance:list:{id}:0", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_attendance(interaction, ConversationId(self.id_), self.page)


class LaterButton(
    EarlierButton, template=r"attendance:list-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """As `EarlierButton`; a message may not hold one `custom_id` twice."""

    form, label = "attendance:list-on:{id}:0", "Later"


class EverybodyButton(
    PagedButton, template=r"attendance:everybody:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "attendance:everybody:{id}:0", "Everybody was there"

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.attendance.everybody(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        await show_attendance(interaction, ConversationId(self.id_), self.page)


class DoneButton(PersistentButton, template=r"attendance:done:(?P<id>[0-9]{1,19})"):
    form, label = "attendance:done:{id}", "Done"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        attended = await interaction.client.services.attendance.finish(
            ConversationId(self.id_), by=await person_of(interaction)
        )
        verb = "was" if attended.there == 1 else "were"
        text = (
            f"**{as_typed(attended.conversation.title)}**: {attended.there:,} of "
            f"{attended.people:,} {verb} there. Thank you for noting it."
        )
        await edit_in_place(interaction, card_of(words(text)))
