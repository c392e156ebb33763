"""`/practice`, for everybody; the message menu beside it; and keeping the forum true."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Unavailable
from bot.ids import NetworkId, PracticeId, ThreadId
from bot.network.model import ChannelUse
from bot.notices.model import NoticeKind
from bot.practice.model import must_be_welcome, web_link
from bot.schedule import Duty
from bot.search.entry import Filters
from cogs.asking import network_id_of
from cogs.keeper import Keeper
from cogs.notices.rooms import channel_for
from cogs.practice import mine, own, practice_card, review, searching, templates
from cogs.practice.by_hand import adopt, share_message
from cogs.practice.file import GetFileButton
from cogs.practice.index import IndexEffect
from cogs.practice.picking import completions, titles
from cogs.practice.practice_card import show_practice
from cogs.practice.review_posts import PracticeReviewEffect
from cogs.practice.thread import PracticeThreadEffect
from cogs.practice.told import COMPOSERS
from cogs.themes.forum import practice_forum
from cogs.wisdom.picking import kinds, picked_kind, picked_theme, themes

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

log = logging.getLogger(__name__)

ADOPTED_LATE = timedelta(days=7)
"""How old a post may be that was made by hand while the bot was away."""

A_STEP, STEP_EVERY = 25, 1.0
"""Threads that are looked at together on a walk round all of them, and seconds between."""

PARTS = (
    practice_card.RecogniseButton,
    practice_card.DifferentlyButton,
    GetFileButton,
    practice_card.AddMyPracticeButton,
    practice_card.OpenPracticeButton,
    own.SendPracticeButton,
    own.ChangePracticeButton,
    own.ShowNameButton,
    own.HideNameButton,
    own.ThrowPracticeAwayButton,
    own.TakePracticeBackButton,
    own.TakePracticeBackForGoodButton,
    own.OpenMineButton,
    templates.UseThisButton,
    templates.LicenceButton,
    templates.StillRightButton,
    templates.TakeOverButton,
    templates.CannotButton,
    mine.MyPracticesButton,
    mine.MyOlderPracticesButton,
    review.LookAtPracticeButton,
    review.SharePracticeButton,
    review.NotNowButton,
    review.SortPracticeButton,
    searching.EarlierPracticesButton,
    searching.LaterPracticesButton,
    searching.AnyPracticesButton,
    searching.ExactPracticesButton,
    searching.PracticesOnThemeSelect,
)


@app_commands.guild_only()
class PracticeCog(commands.GroupCog, group_name="practice"):
    """What worked for others, and what you would tell them."""

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self.threads = Keeper(PracticeThreadEffect(bot))
        self.reviews = Keeper(PracticeReviewEffect(bot))
        self.indexes = Keeper(IndexEffect(bot))
        self._asking: set[asyncio.Task[None]] = set()
        self._saw_who_left: date | None = None
        upkeep = bot.services.practice.upkeep
        bot.duties.append(Duty(next_due=upkeep.next_due, run=upkeep.run, sweep=self._sweep))

    async def cog_load(self) -> None:
        services = self._services
        self._deaf = [
            services.practice.changed.listen(self._practice_changed),
            services.practice.posts.posted.listen(self.indexes.look_at),
            services.networks.changed.listen(self.look_around),
            services.themes.changed.listen(self.look_around),
        ]

    async def cog_unload(self) -> None:
        for stop_listening in self._deaf:
            stop_listening()
        for task in self._asking:
            task.cancel()
        for keeper in (self.threads, self.reviews, self.indexes):
            await keeper.stop()

    def look_around(self, network_id: NetworkId | None = None) -> None:
        self.reviews.look_around(network_id)
        self.indexes.look_around(network_id)
        self._soon(self._walk_round(network_id))

    async def _walk_round(self, network_id: NetworkId | None) -> None:
        """Look at every thread, a few at a time: there may be thousands, and nobody who presses
        something meanwhile is to wait behind them."""
        ids = await self._services.practice.posts.to_look_at(network_id)
        for first in range(0, len(ids), A_STEP):
            if first:
                await asyncio.sleep(STEP_EVERY)
            for practice_id in ids[first : first + A_STEP]:
                self.threads.look_at(practice_id)

    def _practice_changed(self, practice_id: PracticeId) -> None:
        self.threads.look_at(practice_id)
        self.reviews.look_at(practice_id)
        self._soon(self._index_of(practice_id))

    async def _index_of(self, practice_id: PracticeId) -> None:
        found = await self._services.practice.posts.of(practice_id)
        if found is not None:
            self.indexes.look_at(found[0].network_id)

    async def _sweep(self) -> None:
        await self._services.practice.upkeep.sweep()
        await self._services.practice.templates.ask()
        self.look_around()
        for practice_id in await self._services.practice.adopting.to_look_at():
            self.threads.look_at(practice_id, surely=True)
        self._soon(self._adopt_what_is_new())
        self._soon(self._see_who_left())

    async def _adopt_what_is_new(self) -> None:
        """What was posted by hand while the bot was away. What is older was there before it."""
        since = self._services.clock.now() - ADOPTED_LATE
        for server in self._bot.guilds:
            forum = await practice_forum(self._services, server)
            for thread in list(forum.threads) if forum is not None else []:
                if thread.created_at is not None and thread.created_at > since:
                    await self._adopt(thread)

    async def _see_who_left(self) -> None:
        """Once a day: nobody tells us without a privileged intent."""
        today = self._services.clock.now().date()
        if self._saw_who_left == today:
            return
        self._saw_who_left = today
        await templates.see_who_left(self._bot)

    async def _adopt(self, thread: discord.Thread) -> None:
        try:
            known = await self._services.practice.posts.of_thread(ThreadId(thread.id))
            if known is None:
                await adopt(self._bot, thread)
        except (discord.HTTPException, OSError, Unavailable) as error:
            log.warning("Thread %d: the sweep tries again: %s", thread.id, type(error).__name__)

    @commands.Cog.listener()
    async def on_thread_create(self, thread: discord.Thread) -> None:
        await self._adopt(thread)

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(self._safely(work))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _safely(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Unavailable:
            log.warning("Could not see what to look at; the sweep looks everywhere")

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self.look_around()

    @commands.Cog.listener()
    async def on_raw_thread_update(self, event: discord.RawThreadUpdateEvent) -> None:
        """Somebody has renamed, sorted or put away one, or Discord has."""
        await self._thread_was_touched(NetworkId(event.guild_id), ThreadId(event.thread_id))

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        await self._thread_was_touched(NetworkId(event.guild_id), ThreadId(event.thread_id))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        if isinstance(channel, discord.ForumChannel):
            self.look_around(NetworkId(channel.guild.id))

    async def _thread_was_touched(self, network_id: NetworkId, thread_id: ThreadId) -> None:
        posts = self._services.practice.posts
        post = await posts.of_thread(thread_id)
        if post is not None and post.network_id == network_id and not post.is_gone:
            self.threads.look_at(post.practice_id, surely=True)
            return
        index = await posts.index(network_id)
        if index is not None and index.thread_id == thread_id:
            self.indexes.look_at(network_id, surely=True)

    @app_commands.command()
    @app_commands.describe(
        link="A web address where others find more, or something to copy",
        file="A document that others may copy: up to 5 MB, for example .docx or .pdf",
    )
    async def share(
        self,
        interaction: Interaction,
        link: str | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Tell others what worked for you. You read it again before anybody else does."""
        address = web_link(link or "")
        if file is not None:
            must_be_welcome(file.filename, file.size)
        await own.open_share_form(interaction, link=address, attachment=file)

    @app_commands.command()
    @app_commands.describe(
        words="What you are looking for, in your own words",
        kind="Only this kind",
        theme="Only on this theme",
        featured="Only what the moderators feature",
    )
    @app_commands.autocomplete(words=completions, kind=kinds, theme=themes)
    async def search(
        self,
        interaction: Interaction,
        words: str = "",
        kind: str | None = None,
        theme: str | None = None,
        featured: bool = False,
    ) -> None:
        """Find what worked for others, by your own words for it."""
        theme_id = await picked_theme(interaction, theme)
        filters = Filters(
            kind_id=await picked_kind(interaction, kind),
            theme_ids=(theme_id,) if theme_id is not None else (),
            is_featured=featured,
        )
        typed = words[: searching.LONGEST_SEARCH]
        work = searching.show_results(interaction, typed, filters)
        await interaction.client.patience.during(interaction, work)

    @app_commands.command(name="show")
    @app_commands.describe(practice="Begin to type its title, and pick it")
    @app_commands.autocomplete(practice=titles)
    async def show_one(self, interaction: Interaction, practice: str) -> None:
        """Read one practice."""
        found = await self._services.practice.showing.pick(network_id_of(interaction), practice)
        await show_practice(interaction, found.id)

    @app_commands.command(name="mine")
    async def show_mine(self, interaction: Interaction) -> None:
        """See what you wrote or look after, change it, or take it back."""
        await mine.show_mine(interaction)

    @app_commands.command(name="themes")
    async def show_themes(self, interaction: Interaction) -> None:
        """See what there is, theme by theme."""
        await searching.show_themes(interaction)


@app_commands.context_menu(name="Share as practice")
@app_commands.guild_only()
async def share_menu(interaction: Interaction, message: discord.Message) -> None:
    await share_message(interaction, message)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    bot.composers.update(COMPOSERS)
    bot.composers.update(templates.COMPOSERS)
    bot.rooms[NoticeKind.PRACTICE_ORPHANED] = channel_for(ChannelUse.MODERATION)
    await bot.add_cog(PracticeCog(bot))
    bot.tree.add_command(share_menu)


async def teardown(bot: CoproductionBot) -> None:
    bot.tree.remove_command(share_menu.name, type=share_menu.type)
    bot.remove_dynamic_items(*PARTS)
