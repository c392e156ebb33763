"""`/conversation`: for everybody."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.ids import ListEntryId, NetworkId, ThreadId
from bot.schedule import Duty
from cogs.asking import network_id_of
from cogs.conversations import company, company_told, guests, in_list
from cogs.conversations.access_needs import (
    HostsNeedsButton,
    NeedsButton,
    NeedsOnButton,
    NeedsPageButton,
)
from cogs.conversations.attendance import (
    DoneButton,
    EarlierButton,
    EverybodyButton,
    LaterButton,
    WasThereSelect,
)
from cogs.conversations.card import LeaveButton, MaybeButton, MySignUpButton, SignUpButton
from cogs.conversations.changes import LeaveItButton, MoveButton
from cogs.conversations.choices import ChoicesButton
from cogs.conversations.draft import (
    DateButton,
    MoreButton,
    PlanButton,
    ThrowAwayButton,
    WordsButton,
)
from cogs.conversations.effects.every import Effects
from cogs.conversations.hosts import NameOffButton
from cogs.conversations.listing import (
    AheadButton,
    MineButton,
    MineNextPageButton,
    MinePageButton,
    NextPageButton,
    PageButton,
    ShowButton,
    show_mine,
    show_one,
    show_page,
)
from cogs.conversations.mine import CalendarButton
from cogs.conversations.organise import OrganiseCog, RemoveButton
from cogs.conversations.people import PeopleButton, PeopleOnButton
from cogs.conversations.picking import begun_titles, titles
from cogs.conversations.place_notice import HandBackButton
from cogs.conversations.told import COMPOSERS, NotAnyMoreButton, StillComingButton
from cogs.reflections.notes import open_note_form
from cogs.series.listing import show_series

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PARTS = (
    SignUpButton,
    MaybeButton,
    LeaveButton,
    MySignUpButton,
    CalendarButton,
    ShowButton,
    PageButton,
    NextPageButton,
    AheadButton,
    MineButton,
    MinePageButton,
    MineNextPageButton,
    PlanButton,
    DateButton,
    WordsButton,
    MoreButton,
    ThrowAwayButton,
    RemoveButton,
    HandBackButton,
    StillComingButton,
    NotAnyMoreButton,
    MoveButton,
    LeaveItButton,
    PeopleButton,
    PeopleOnButton,
    company.CompanyButton,
    company.AskSupporterButton,
    company.LikeBuddyButton,
    company.BeBuddyButton,
    company.DoWithoutButton,
    company_told.YesButton,
    company_told.NoButton,
    guests.GuestsStillComeButton,
    guests.GuestCantComeSelect,
    NameOffButton,
    WasThereSelect,
    EarlierButton,
    LaterButton,
    EverybodyButton,
    DoneButton,
    NeedsButton,
    HostsNeedsButton,
    NeedsPageButton,
    NeedsOnButton,
    ChoicesButton,
    in_list.CancelButton,
    in_list.PutBackButton,
    in_list.LeaveOffButton,
    in_list.UseHereButton,
)


@app_commands.guild_only()
class ConversationsCog(commands.GroupCog, group_name="conversation"):
    """See conversations and sign up."""

    def __init__(self, bot: CoproductionBot) -> None:
        self.services = bot.services
        self.effects = Effects(bot)
        needs = bot.services.access_needs
        bot.duties += [
            Duty(next_due=self._next_change, run=self._look, sweep=self._sweep),
            Duty(next_due=needs.next_due, run=needs.forget_old, sweep=needs.forget_old),
        ]

    async def _next_change(self) -> datetime | None:
        """When the passing of time next changes what people see."""
        services = self.services
        due = (await services.cards.next_change(), await services.threads.next_archive())
        return min((each for each in due if each is not None), default=None)

    async def _look(self) -> None:
        self.effects.look_around()

    async def _sweep(self) -> None:
        self.effects.look_around(surely=True)
        await self.services.planning.tidy_drafts()

    async def cog_load(self) -> None:
        self.effects.listen()

    async def cog_unload(self) -> None:
        await self.effects.stop()

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Any cards and threads in it went with it: look for another place."""
        self.effects.look_around(NetworkId(channel.guild.id), surely=True)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, gone: discord.RawThreadDeleteEvent) -> None:
        self.effects.thread_is_gone(NetworkId(gone.guild_id), ThreadId(gone.thread_id))

    @commands.Cog.listener()
    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Discord's own screens delete what they cancel."""
        self.effects.entry_was_touched(NetworkId(event.guild_id), ListEntryId(event.id))

    @commands.Cog.listener()
    async def on_scheduled_event_update(
        self, _: discord.ScheduledEvent, event: discord.ScheduledEvent
    ) -> None:
        self.effects.entry_was_touched(NetworkId(event.guild_id), ListEntryId(event.id))

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        self.effects.roles.look_around(NetworkId(role.guild.id))

    @commands.Cog.listener()
    async def on_guild_role_update(self, _: discord.Role, role: discord.Role) -> None:
        """What stood in our way may be mended: a permission given, a role moved."""
        if role in role.guild.me.roles:
            self.effects.look_around(NetworkId(role.guild.id), surely=True)
        else:
            self.effects.roles.look_around(NetworkId(role.guild.id))

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """See the conversations ahead."""
        await show_page(interaction, 0)

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=titles)
    async def show(self, interaction: Interaction, conversation: str) -> None:
        """See one conversation, and sign up."""
        calendar = self.services.calendar
        await show_one(interaction, await calendar.pick(network_id_of(interaction), conversation))

    @app_commands.command()
    @app_commands.describe(conversation="Begin to type its title, and pick it")
    @app_commands.autocomplete(conversation=begun_titles)
    async def note(self, interaction: Interaction, conversation: str) -> None:
        """Note something for those who write about a conversation, with your name or without."""
        calendar = self.services.calendar
        picked = await calendar.pick_begun(network_id_of(interaction), conversation)
        await open_note_form(interaction, picked)

    @app_commands.command()
    async def mine(self, interaction: Interaction) -> None:
        """See what you have signed up to."""
        await show_mine(interaction)

    @app_commands.command()
    async def series(self, interaction: Interaction) -> None:
        """See what happens again and again, and sign up to all of it."""
        await show_series(interaction, 0)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    bot.composers.update(COMPOSERS | guests.COMPOSERS | company_told.COMPOSERS | in_list.COMPOSERS)
    await bot.add_cog(ConversationsCog(bot))
    await bot.add_cog(OrganiseCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
