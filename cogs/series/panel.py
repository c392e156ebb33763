"""One series as somebody sees it in private: its dates, and signing up to all of it."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Self

import discord

from bot.conversations.model import Conversation
from bot.errors import Closed, NotFound
from bot.ids import ConversationId, MemberId, NetworkId, SeriesId
from bot.network.model import Network
from bot.series.calendar_file import FILE_NAME, ForCalendar, series_file
from bot.series.model import Outlook, Series, SeriesState
from bot.ui.answering import say, show, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, shortened
from cogs.asking import member_id_of, network_id_of, network_of
from cogs.notices.missed import tell_missed
from cogs.series import wording

if TYPE_CHECKING:
    from bot.client import Interaction, Services

LONGEST_LABEL = 38
"""Of a button, as Discord recommends."""

MOST_DESCRIBED = 1000
"""Characters of a description: the rest of the message needs its room."""


def series_panel(outlook: Outlook, network: Network) -> Card:
    series = outlook.series
    head = [f"## {as_typed(series.title)}", f"**{wording.happens(series, network)}**"]
    if state := wording.state(series):
        head.append(state)
    parts: list[discord.ui.Item[Card]] = [words("\n".join(head))]
    if series.details.description:
        parts.append(words(shortened(as_typed(series.details.description), MOST_DESCRIBED)))
    lines = [f"- {wording.dated(each, network)}" for each in outlook.dates]
    ahead = "\n".join(["**Next dates**", *lines]) if lines else "No dates are planned just now."
    parts.append(words(ahead))
    if series.state is not SeriesState.ENDED:
        parts.append(words(f"{wording.announced(series)}\n{_standing(outlook)}"))
        parts.append(row_of(*_buttons(outlook)))
    return card_of(*parts)


def _standing(outlook: Outlook) -> str:
    if outlook.has_standing:
        return "You are signed up to the whole series."
    return "You can sign up to one conversation on its card, or here to all of them."


def _buttons(outlook: Outlook) -> list[PersistentButton]:
    id_ = outlook.series.id
    if outlook.has_standing:
        return [SeriesCalendarButton(id_), LeaveSeriesButton(id_)]
    return [SignUpToAllButton(id_)]


async def show_panel(interaction: Interaction, series_id: SeriesId, *, in_place: bool) -> None:
    network = await network_of(interaction)
    outlook = await interaction.client.services.series.book.outlook(
        series_id, network.id, member_id_of(interaction)
    )
    card = series_panel(outlook, network)
    await (show_in_place if in_place else show)(interaction, card)


class ShowSeriesButton(PersistentButton, template=r"series:show:(?P<id>[0-9]{1,19})"):
    form, label = "series:show:{id}", "The whole series"

    @classmethod
    def of(cls, series: Series) -> Self:
        """With the title in its label: a screen reader reads labels one after another."""
        return cls(series.id, label=shortened(f"Show {series.title}", LONGEST_LABEL))

    async def press(self, interaction: Interaction) -> None:
        await show_panel(interaction, SeriesId(self.id_), in_place=False)
        await tell_missed(interaction)


class SignUpToAllButton(PersistentButton, template=r"series:sign-up:(?P<id>[0-9]{1,19})"):
    form, label = "series:sign-up:{id}", "Sign up to all"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        joined = await interaction.client.services.series.standing.join(
            SeriesId(self.id_), network_id_of(interaction), member_id_of(interaction)
        )
        await show_panel(interaction, SeriesId(self.id_), in_place=True)
        await say(interaction, wording.joined(joined, await network_of(interaction)))
        await tell_missed(interaction)


class LeaveSeriesButton(PersistentButton, template=r"series:leave:(?P<id>[0-9]{1,19})"):
    form, label = "series:leave:{id}", "Leave the series"

    async def press(self, interaction: Interaction) -> None:
        services = interaction.client.services
        network_id, member_id = network_id_of(interaction), member_id_of(interaction)
        series, had_standing = await services.series.standing.leave(
            SeriesId(self.id_), network_id, member_id
        )
        await show_panel(interaction, series.id, in_place=True)
        text = (
            f"You have left the series **{as_typed(series.title)}**. I sign you up to no more."
            if had_standing
            else "You were not signed up to the whole series. Nothing has changed."
        )
        await say(interaction, text + await _still_has(interaction, series))
        await tell_missed(interaction)


async def _still_has(interaction: Interaction, series: Series) -> str:
    network = await network_of(interaction)
    mine = await interaction.client.services.sign_ups.of_member(
        network.id, member_id_of(interaction)
    )
    still = [each.conversation for each in mine if _is_of(each.conversation, series)]
    if not still:
        return ""
    return (
        f"\nYour answers to what was announced already stay:\n{wording.dates(still, network)}\n"
        "To change one, see /conversation mine."
    )


def _is_of(conversation: Conversation, series: Series) -> bool:
    occurrence = conversation.occurrence
    return occurrence is not None and occurrence.series_id == series.id


class SeriesCalendarButton(PersistentButton, template=r"series:calendar:(?P<id>[0-9]{1,19})"):
    form, label = "series:calendar:{id}", "Add the whole series to my calendar"

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        services = interaction.client.services
        of = await _for_calendar(
            services, SeriesId(self.id_), network.id, member_id_of(interaction)
        )
        # In a thread: the time zone's rules are written out, which takes a while.
        made = await asyncio.to_thread(series_file, of, network, services.clock.now())
        file = discord.File(io.BytesIO(made), FILE_NAME, description="A calendar file")
        text = (
            f"Open this file to put all of **{as_typed(of.series.title)}** into your calendar. If "
            "something changes, press the button again: the new file replaces the old one.\n"
            "If you have put single conversations into your calendar before, please take those "
            "out, or you will see them twice."
        )
        if interaction.response.is_done():
            await interaction.followup.send(text, file=file, ephemeral=True)
        else:
            await interaction.response.send_message(text, file=file, ephemeral=True)


async def _for_calendar(
    services: Services, series_id: SeriesId, network_id: NetworkId, member_id: MemberId
) -> ForCalendar:
    book = services.series.book
    series = await book.get(series_id, network_id)
    series.must_go_on()
    if not await services.series.standing.has(series_id, member_id):
        raise NotFound("You are not signed up to this series. Press Sign up to all first.")
    now = services.clock.now()
    made = await book.conversations(series, since=series.rule.first.date())
    if series.state is SeriesState.PAUSED and not any(each.is_announced for each in made):
        raise Closed("This series is paused, so it has no dates for your calendar just now.")
    mine = await services.sign_ups.of_member(network_id, member_id)
    coming: set[ConversationId] = {each.conversation.id for each in mine}
    coming |= {each.id for each in made if not each.is_ahead(now)}
    return ForCalendar(
        series=series,
        conversations=made,
        skipped=await book.skipped(series),
        coming=coming,
        with_place={each.conversation.id for each in mine if each.has_place},
    )
