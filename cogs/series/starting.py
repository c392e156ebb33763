"""`/series start`, and how people choose when a series happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import DEFAULT_MINUTES, Details
from bot.ids import ChannelId
from bot.series.model import DEFAULT_WEEKS, WEEKDAYS, Which
from bot.series.service.starting import Typed
from cogs.asking import person_of
from cogs.series.draft import show_draft

if TYPE_CHECKING:
    from bot.client import Interaction

Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Chosen = Literal[
    "every week",
    "every two weeks",
    "first of the month",
    "second of the month",
    "third of the month",
    "fourth of the month",
    "last of the month",
]
CHOSEN: dict[str, Which] = {
    "every week": Which.EVERY,
    "every two weeks": Which.EVERY_OTHER,
    "first of the month": Which.FIRST,
    "second of the month": Which.SECOND,
    "third of the month": Which.THIRD,
    "fourth of the month": Which.FOURTH,
    "last of the month": Which.LAST,
}


class StartCommand(commands.Cog):
    """Mixed into `SeriesCog`: discord.py gathers the commands of every base of a cog."""

    @app_commands.command()
    @app_commands.describe(
        title="What it is about. A question works well.",
        weekday="On which day of the week",
        which="Which of these days. Not every month has a fifth; choose the last instead.",
        time="“2pm” or “14:00”. It stays the same when the clocks change.",
        first="The first day from which it may happen. As soon as can be, if you leave it out.",
        places="How many people can come each time. Leave it out for no limit.",
        length="In minutes. 90 if you leave it out.",
        description="A few lines more",
        until="The last day on which it may happen. No end, if you leave it out.",
        count="Or how many times it happens",
        announce="How many weeks before each one members hear of it. 3 if you leave it out.",
        channel="A voice or stage channel where it happens",
        link="Or a link to join, which only people with a place are shown",
    )
    @app_commands.rename(first="from")
    async def start(
        self,
        interaction: Interaction,
        title: str,
        weekday: Weekday,
        which: Chosen,
        time: str,
        first: str = "",
        places: int | None = None,
        length: int = DEFAULT_MINUTES,
        description: str = "",
        until: str = "",
        count: int | None = None,
        announce: int = DEFAULT_WEEKS,
        channel: discord.VoiceChannel | discord.StageChannel | None = None,
        link: str = "",
    ) -> None:
        """Start a series. You see its dates first, before anything is made."""
        person = await person_of(interaction)
        person.must_be_organiser("start a series")
        details = Details.read(
            title=title,
            description=description,
            minutes=length,
            places=places,
            venue_channel_id=None if channel is None else ChannelId(channel.id),
            join_link=link,
        )
        typed = Typed(
            which=CHOSEN[which],
            weekday=WEEKDAYS.index(weekday),
            at=time,
            first=first,
            until=until,
            count=count,
            announce_weeks=announce,
        )
        work = interaction.client.services.series.starting.draft(details, typed, by=person)
        await show_draft(interaction, await interaction.client.patience.during(interaction, work))
