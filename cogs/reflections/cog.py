"""`/reflections` and `/action`, and keeping what is published true."""

from __future__ import annotations

import asyncio
import logging
import re
from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Invalid, Unavailable
from bot.ids import MessageId, QuoteId
from bot.reflections.model import Form
from bot.reflections.model.action import LONGEST_ACTION, ActionState
from bot.schedule import Duty
from bot.ui.answering import show
from cogs.asking import network_id_of, person_of
from cogs.conversations.picking import begun_titles
from cogs.keeper import Keeper
from cogs.reflections import actions, files, forms, notes, pages, panel, reading, sections
from cogs.reflections.picking import action_titles, picked_post, post_titles
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

MOST_NUMBERS = 100
"""Characters in which the numbers of quotes are typed."""


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


@app_commands.guild_only()
class ActionCog(commands.GroupCog, group_name="action"):
    """You said, we did: what came of what people said."""

    def __init__(self, bot: CoproductionBot) -> None:
        self._services = bot.services

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """See what came of what people said."""
        await actions.show_list(interaction, 0)

    @app_commands.command()
    @app_commands.describe(action="Begin to type it, and pick it")
    @app_commands.autocomplete(action=action_titles)
    async def show(self, interaction: Interaction, action: str) -> None:
        """See one of them, and the quotes that began it."""
        by = await person_of(interaction)
        picked = await self._services.reflections.actions.pick(action, by.network_id)
        await actions.show_action(interaction, picked, by=by)

    @app_commands.command()
    @app_commands.describe(
        what="What people asked for, in a few words that everybody can read",
        quotes="The numbers of the quotes that began it, like “12, 17”",
        conversation="The conversation in which it came up",
        owner="Who looks after it. They are told. Members do not see it.",
        stands="Where it stands. An idea, if you leave it open.",
    )
    @app_commands.autocomplete(conversation=begun_titles)
    @app_commands.choices(
        stands=[
            app_commands.Choice(name=actions.STATES[each], value=each)
            for each in ActionState
            if each is not ActionState.NOT_POSSIBLE
        ]
    )
    async def add(
        self,
        interaction: Interaction,
        what: app_commands.Range[str, 1, LONGEST_ACTION],
        quotes: app_commands.Range[str, 1, MOST_NUMBERS] | None = None,
        conversation: str | None = None,
        owner: discord.Member | None = None,
        stands: str = ActionState.IDEA,
    ) -> None:
        """Write down what people asked for. Those whose words began it hear first."""
        by = await person_of(interaction)
        by.must_look_after_posts("write down actions")
        picked = None
        if conversation is not None:
            picked = await self._services.calendar.pick_begun(
                network_id_of(interaction), conversation
            )
        work = self._services.reflections.actions.add(
            what,
            ActionState(stands),
            conversation_id=picked.id if picked is not None else None,
            quotes=numbers_in(quotes or ""),
            owner_id=actions.looks_after(owner) if owner is not None else None,
            by=by,
        )
        action = await interaction.client.patience.during(interaction, work)
        await actions.show_action(interaction, action, by=by)

    @app_commands.command()
    @app_commands.describe(
        action="Begin to type it, and pick it", quote="The number of one more quote that began it"
    )
    @app_commands.autocomplete(action=action_titles)
    async def update(
        self,
        interaction: Interaction,
        action: str,
        quote: app_commands.Range[int, 1, 10_000_000] | None = None,
    ) -> None:
        """Say where an action stands, who looks after it, and by when."""
        by = await person_of(interaction)
        by.must_look_after_posts("say where actions stand")
        picked = await self._services.reflections.actions.pick(action, by.network_id)
        if quote is None:
            await actions.open_action_form(interaction, picked)
            return
        linked = await self._services.reflections.actions.link(picked.id, quote, by=by)
        await actions.show_action(interaction, linked, by=by)


def numbers_in(typed: str) -> list[int]:
    """Raises `Invalid`: something that is no number of a quote."""
    parts = re.split(r"[\s,;]+", typed.strip()) if typed.strip() else []
    if any(not re.fullmatch(r"#?[0-9]{1,7}", each) for each in parts):
        raise Invalid("Please type the numbers of quotes, as in “12, 17”.")
    return [int(each.lstrip("#")) for each in parts]


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    bot.composers.update(COMPOSERS)
    await bot.add_cog(ReflectionsCog(bot))
    await bot.add_cog(ActionCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
