"""`/series`: for organisers. Members see the same list with `/conversation series`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.errors import NotFound
from bot.schedule import Duty
from bot.series.model import WEEKDAYS
from bot.series.service.reshaping import Wish
from bot.typed_date import read_day
from bot.ui.answering import open_form, say, show
from bot.ui.text import as_typed
from cogs.asking import network_of
from cogs.conversations.changes import report_edited
from cogs.series import wording
from cogs.series.change import (
    ChangeSeriesButton,
    EndAndCancelButton,
    EndSeriesButton,
    LeaveSeriesAsItIsButton,
    end_card,
    show_change,
)
from cogs.series.draft import StartSeriesButton, ThrowSeriesAwayButton
from cogs.series.listing import NextSeriesPageButton, SeriesPageButton, show_series
from cogs.series.panel import (
    LeaveSeriesButton,
    SeriesCalendarButton,
    ShowSeriesButton,
    SignUpToAllButton,
)
from cogs.series.picking import dates_of_series, pick_series, series_titles
from cogs.series.scope import (
    CancelLaterButton,
    CancelOneButton,
    EditLaterButton,
    EditOneButton,
    LaterDetailsForm,
    MoreLaterButton,
    MoreOneButton,
    MoveLaterButton,
)
from cogs.series.starting import CHOSEN, Chosen, StartCommand, Weekday
from cogs.series.told import COMPOSERS, NotThisTimeButton

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction
    from bot.series.model import Series

PARTS = (
    ShowSeriesButton,
    SignUpToAllButton,
    LeaveSeriesButton,
    SeriesCalendarButton,
    SeriesPageButton,
    NextSeriesPageButton,
    StartSeriesButton,
    ThrowSeriesAwayButton,
    ChangeSeriesButton,
    LeaveSeriesAsItIsButton,
    EndSeriesButton,
    EndAndCancelButton,
    EditOneButton,
    EditLaterButton,
    MoreOneButton,
    MoreLaterButton,
    MoveLaterButton,
    CancelOneButton,
    CancelLaterButton,
    NotThisTimeButton,
)

PICK = "Begin to type its title, and pick it"


@app_commands.guild_only()
@app_commands.default_permissions(manage_events=True)
class SeriesCog(StartCommand, commands.GroupCog, group_name="series"):
    """Conversations that happen again and again."""

    def __init__(self, bot: CoproductionBot) -> None:
        self.series = bot.services.series
        making = self.series.making
        bot.duties.append(Duty(next_due=making.next_due, run=making.run, sweep=making.sweep))

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """See every series, when it happens, and its next dates."""
        await show_series(interaction, 0)

    @app_commands.command()
    @app_commands.describe(
        series=PICK,
        weekday="Another day of the week",
        which="Other ones of these days",
        time="Another time, such as “2pm” or “14:00”",
        until="Another last day, or “never”",
        count="Or how many more times it happens",
        announce="How many weeks before each one members hear of it",
    )
    @app_commands.autocomplete(series=series_titles)
    async def change(
        self,
        interaction: Interaction,
        series: str,
        weekday: Weekday | None = None,
        which: Chosen | None = None,
        time: str = "",
        until: str = "",
        count: int | None = None,
        announce: int | None = None,
    ) -> None:
        """Change when it happens; or its words and places, if you give nothing else."""
        person, picked = await pick_series(interaction, series, "change a series")
        wish = Wish(
            which=None if which is None else CHOSEN[which],
            weekday=None if weekday is None else WEEKDAYS.index(weekday),
            at=time,
            until=until,
            count=count,
            announce_weeks=announce,
        )
        if wish.is_empty:
            await self._change_words(interaction, picked)
            return
        work = self.series.reshaping.propose(picked.id, wish, by=person)
        await show_change(interaction, await interaction.client.patience.during(interaction, work))

    async def _change_words(self, interaction: Interaction, series: Series) -> None:
        """From the next one on that nobody changed by itself."""
        series.must_go_on()
        now = interaction.client.services.clock.now()
        made = await self.series.book.conversations(series, since=now.date())
        for each in made:
            is_edited = each.occurrence is None or each.occurrence.is_edited
            if each.is_ahead(now) and not is_edited:
                await open_form(interaction, LaterDetailsForm(each, report_edited))
                return
        raise NotFound(
            "This series has no conversation ahead that nobody changed by itself. Pick the one "
            "you mean in /organise edit."
        )

    @app_commands.command()
    @app_commands.describe(
        series=PICK,
        date="Which date is left out. Pick it from the list.",
        reason="If people have answered, they read this",
    )
    @app_commands.autocomplete(series=series_titles, date=dates_of_series)
    async def skip(
        self, interaction: Interaction, series: str, date: str, reason: str = ""
    ) -> None:
        """Leave out one date of a series. If people have answered, they are told."""
        person, picked = await pick_series(interaction, series, "change a series")
        network = await network_of(interaction)
        now = interaction.client.services.clock.now()
        day = read_day(date, now=now, zone=network.zone)
        work = self.series.pausing.skip(picked.id, day, reason, by=person)
        outcome = await interaction.client.patience.during(interaction, work)
        text = f"**{as_typed(picked.title)}** leaves out {day:%A} {day.day} {day:%B} {day.year}."
        if outcome.changed:
            text += f" {wording.messages(outcome)}"
        await say(interaction, text)

    @app_commands.command()
    @app_commands.describe(series=PICK)
    @app_commands.autocomplete(series=series_titles)
    async def pause(self, interaction: Interaction, series: str) -> None:
        """Make and announce nothing more until you resume it. What is announced stays."""
        person, picked = await pick_series(interaction, series, "change a series")
        outcome = await self.series.pausing.pause(picked.id, by=person)
        await say(interaction, wording.paused(outcome, await network_of(interaction)))

    @app_commands.command()
    @app_commands.describe(series=PICK)
    @app_commands.autocomplete(series=series_titles)
    async def resume(self, interaction: Interaction, series: str) -> None:
        """Go on with a series that is paused."""
        person, picked = await pick_series(interaction, series, "change a series")
        work = self.series.pausing.resume(picked.id, by=person)
        outcome = await interaction.client.patience.during(interaction, work)
        await say(interaction, wording.resumed(outcome, await network_of(interaction)))

    @app_commands.command()
    @app_commands.describe(series=PICK)
    @app_commands.autocomplete(series=series_titles)
    async def end(self, interaction: Interaction, series: str) -> None:
        """End a series for good. You are asked what becomes of what is announced."""
        person, picked = await pick_series(interaction, series, "change a series")
        counts = await self.series.pausing.counts(picked.id, by=person)
        await show(interaction, end_card(counts, await network_of(interaction)))


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    bot.composers.update(COMPOSERS)
    await bot.add_cog(SeriesCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
