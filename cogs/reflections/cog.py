"""`/reflections`, and keeping what is published true."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Unavailable
from bot.ids import MessageId, QuoteId
from bot.reflections.model import Form
from bot.schedule import Duty
from bot.ui.answering import show
from cogs.asking import person_of
from cogs.conversations.picking import begun_titles
from cogs.keeper import Keeper
from cogs.reflections import actions, files, forms, notes, pages, panel, reading, sections
from cogs.reflections.acting import ActionCog
from cogs.reflections.picking import picked_post, post_titles
from cogs.reflections.thread import PostEffect
from cogs.reflections.told import COMPOSERS
from cogs.wisdom.picking import picked_theme, themes

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

log = logging.getLogger(__name__)

PARTS = (
    actions.ActionsButton,
    actions.ActionsOnButton,
    actions.UpdateActionButton,
    files.HtmlButton,
    files.MarkdownButton,
    forms.WriteAgainButton,
    notes.HowWasItButton,
    notes.NotesButton,
    pages.ThinkButton,
    panel.GatherButton,
    panel.WhoChangedButton,
    panel.PanelButton,
    panel.SectionSelect,
    panel.ThrowPostAwayButton,
    panel.ThrownAwayButton,
    panel.WriteSelect,
    reading.PublishPostButton,
    reading.ReadButton,
    reading.ReadOnButton,
    sections.FirstSelect,
    sections.KeepSelect,
    sections.LeadSelect,
    sections.SectionBackButton,
    sections.SectionOnButton,
)


@app_commands.guild_only()
class ReflectionsCog(commands.GroupCog, group_name="reflections"):
    """Posts made of what people said, and read by everybody."""

    def __init__(self, bot: CoproductionBot) -> None:
        self._services = bot.services
        self._posts = Keeper(PostEffect(bot))
        self._looking: set[asyncio.Task[None]] = set()
        bot.duties.append(Duty(next_due=_never, run=self._rest, sweep=self._sweep))

    async def cog_load(self) -> None:
        services = self._services
        self._deaf = [
            services.wisdom.changed.listen(self._quote_changed),
            services.reflections.changed.listen(self._posts.look_at),
            services.networks.changed.listen(self._posts.look_around),
        ]

    async def cog_unload(self) -> None:
        for stop_listening in self._deaf:
            stop_listening()
        tasks = list(self._looking)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._posts.stop()

    def _quote_changed(self, quote_id: QuoteId) -> None:
        task = asyncio.create_task(self._follow(quote_id))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _follow(self, quote_id: QuoteId) -> None:
        """Threads without it, where it may not be used any more; and tell those with files."""
        posts = self._services.reflections.posts
        try:
            for reflection_id in await posts.with_quote(quote_id):
                self._posts.look_at(reflection_id)
            await posts.call_back(quote_id)
        except Unavailable:
            log.warning("Could not see where quote %d stands; the sweep looks everywhere", quote_id)

    async def _rest(self) -> None:
        """Bells and the sweep say when there is something to do."""

    async def _sweep(self) -> None:
        reflections = self._services.reflections
        await reflections.posts.call_back()
        await reflections.actions.ask_about_overdue()
        self._posts.look_around()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self._posts.look_around()

    @commands.Cog.listener()
    async def on_raw_message_delete(self, event: discord.RawMessageDeleteEvent) -> None:
        found = await self._services.reflections.posts.of_message(MessageId(event.message_id))
        if found is not None:
            self._posts.look_at(found, surely=True)

    @app_commands.command()
    @app_commands.describe(
        conversation="Of one conversation: begin to type its title, and pick it",
        theme="Only what was said on one theme",
    )
    @app_commands.autocomplete(conversation=begun_titles, theme=themes)
    async def draft(
        self, interaction: Interaction, conversation: str | None = None, theme: str | None = None
    ) -> None:
        """Make a post of what people said, or go on with one. Only those who write posts see it."""
        by = await person_of(interaction)
        by.must_look_after_posts("write posts")
        conversation_id = None
        if conversation is not None:
            picked = await self._services.calendar.pick_begun(by.network_id, conversation)
            conversation_id = picked.id
        theme_id = await picked_theme(interaction, theme)
        drafts = self._services.reflections.drafts
        work = drafts.begin(conversation_id, theme_id, by=by)
        look = await interaction.client.patience.during(interaction, work)
        await show(interaction, await panel.panel_for(interaction, look))

    @app_commands.command(name="show")
    @app_commands.describe(post="Begin to type its title, and pick it")
    @app_commands.autocomplete(post=post_titles)
    async def show_one(self, interaction: Interaction, post: str) -> None:
        """Read a post; those who write posts see what they can do with it."""
        reflection_id = await picked_post(interaction, post)
        by = await person_of(interaction)
        if not by.looks_after_posts:
            await reading.show_reading(interaction, reflection_id, 0)
            return
        look = await self._services.reflections.drafts.look(reflection_id, by=by)
        await show(interaction, await panel.panel_for(interaction, look))

    @app_commands.command()
    @app_commands.describe(post="Begin to type its title, and pick it")
    @app_commands.autocomplete(post=post_titles)
    async def publish(self, interaction: Interaction, post: str) -> None:
        """Read a draft as it will look, and publish it as a thread."""
        by = await person_of(interaction)
        by.must_look_after_posts("publish posts")
        await reading.show_reading(interaction, await picked_post(interaction, post), 0)

    @app_commands.command()
    @app_commands.describe(
        post="Begin to type its title, and pick it", form="What you want to do with it"
    )
    @app_commands.autocomplete(post=post_titles)
    @app_commands.choices(
        form=[
            app_commands.Choice(name="A web page", value=Form.HTML),
            app_commands.Choice(name="Markdown", value=Form.MARKDOWN),
        ]
    )
    async def export(self, interaction: Interaction, post: str, form: str = Form.HTML) -> None:
        """Take a post away as a file, for the network's website."""
        by = await person_of(interaction)
        by.must_look_after_posts("export posts")
        reflection_id = await picked_post(interaction, post)
        await files.give_file(interaction, reflection_id, Form(form))


async def _never() -> datetime | None:
    return None


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    bot.composers.update(COMPOSERS)
    await bot.add_cog(ReflectionsCog(bot))
    await bot.add_cog(ActionCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
