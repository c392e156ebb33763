"""`/wisdom`, for everybody; the message menu beside it; and keeping what is posted true."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import Conversation
from bot.errors import Invalid
from bot.ids import QuoteId
from bot.schedule import Duty
from bot.search.entry import Filters
from bot.ui.answering import open_form, say, show
from bot.wisdom.model import Perspective
from bot.wisdom.service.showing import Tombstone
from cogs.asking import network_id_of
from cogs.conversations.picking import begun_titles
from cogs.keeper import Keeper
from cogs.wisdom import (
    asked,
    mine,
    quote_card,
    review,
    searching,
    sharing,
    taking_back,
    wording,
)
from cogs.wisdom.asked import SpokenForm, empty_unanswered, keep_as_wisdom
from cogs.wisdom.exporting import hand_over_pack
from cogs.wisdom.picking import completions, kinds, picked_kind, picked_theme, themes
from cogs.wisdom.posts import QuotePostEffect
from cogs.wisdom.themes import QuotesOnThemeSelect, show_themes
from cogs.wisdom.told import COMPOSERS

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PARTS = (
    sharing.AgreeButton,
    sharing.OtherWordsButton,
    sharing.KeepNothingButton,
    sharing.RefuseButton,
    sharing.NeverButton,
    asked.AskHereButton,
    asked.NotAfterAllButton,
    asked.MineToShareButton,
    mine.MyQuotesButton,
    mine.MyOlderQuotesButton,
    mine.MayAskButton,
    mine.MyQuoteButton,
    mine.MyConsentButton,
    mine.RewordButton,
    mine.ProposedButton,
    mine.TakeProposedButton,
    mine.LongerButton,
    mine.WithdrawButton,
    mine.WithdrawForGoodButton,
    mine.KeepMyQuoteButton,
    review.PublishButton,
    review.PublishWordingButton,
    review.AskChangesButton,
    review.DeclineButton,
    review.HideMarkedButton,
    review.HideOtherButton,
    review.SortButton,
    review.RecordButton,
    review.HowSelect,
    review.LeaveOutButton,
    taking_back.TakeBackButton,
    taking_back.TakeBackForGoodButton,
    quote_card.HelpedButton,
    quote_card.AddMineButton,
    quote_card.ShowHereButton,
    quote_card.AsPictureButton,
    searching.EarlierHitsButton,
    searching.LaterHitsButton,
    searching.AnywhereButton,
    searching.ExactlyButton,
    searching.OpenQuoteButton,
    QuotesOnThemeSelect,
)

EARLIEST_YEAR = 2000


@app_commands.guild_only()
class WisdomCog(commands.GroupCog, group_name="wisdom"):
    """People's own words, kept with their consent and found again."""

    def __init__(self, bot: CoproductionBot) -> None:
        self.bot = bot
        self._services = bot.services
        self._posts = Keeper(QuotePostEffect(bot))
        self._looking: set[asyncio.Task[None]] = set()
        wisdom = bot.services.wisdom
        bot.duties.append(
            Duty(next_due=wisdom.ending.next_due, run=wisdom.ending.run, sweep=self._sweep)
        )
        bot.duties.append(
            Duty(next_due=wisdom.weekly.next_due, run=wisdom.weekly.run, sweep=wisdom.weekly.run)
        )
        bot.duties.append(
            Duty(
                next_due=wisdom.requests.next_due,
                run=self._empty_unanswered,
                sweep=self._empty_unanswered,
            )
        )

    async def cog_load(self) -> None:
        wisdom = self._services.wisdom
        self._deaf = [
            wisdom.changed.listen(self._quote_changed),
            self._services.networks.changed.listen(self._posts.look_around),
        ]

    async def cog_unload(self) -> None:
        for stop_listening in self._deaf:
            stop_listening()
        for task in self._looking:
            task.cancel()
        await self._posts.stop()

    def _quote_changed(self, quote_id: QuoteId) -> None:
        task = asyncio.create_task(self._look_at_posts(quote_id))
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)

    async def _look_at_posts(self, quote_id: QuoteId) -> None:
        for post_id in await self._services.wisdom.posts.of_quote(quote_id):
            self._posts.look_at(post_id)

    async def _sweep(self) -> None:
        await self._services.wisdom.ending.sweep()
        self._posts.look_around()

    async def _empty_unanswered(self) -> None:
        await empty_unanswered(self.bot)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self._posts.look_around()

    @app_commands.command()
    @app_commands.describe(conversation="In which conversation you said it, if you like")
    @app_commands.autocomplete(conversation=begun_titles)
    async def share(self, interaction: Interaction, conversation: str | None = None) -> None:
        """Share words of your own. You choose how they may be used."""
        picked = await self._picked(interaction, conversation)
        await sharing.open_share_form(
            interaction, conversation_id=picked.id if picked is not None else None
        )

    @app_commands.command()
    @app_commands.describe(person="Who said it. They see the words first, and decide.")
    async def ask(self, interaction: Interaction, person: discord.Member) -> None:
        """Ask somebody whether words that they said aloud may be kept."""
        if person.bot:
            raise Invalid("That is a bot, so there is nobody who could agree.")
        if person.id == interaction.user.id:
            await sharing.open_share_form(interaction)
            return
        await open_form(interaction, SpokenForm(person))

    @app_commands.command()
    @app_commands.describe(
        words="What you are looking for, in your own words",
        kind="Only this kind",
        theme="Only on this theme",
        perspective="Only from this perspective, where people chose to show it",
        conversation="Only from this conversation",
        year="Only from this year",
    )
    @app_commands.autocomplete(
        words=completions, kind=kinds, theme=themes, conversation=begun_titles
    )
    @app_commands.choices(
        perspective=[
            app_commands.Choice(name=label, value=each.value)
            for each, label in wording.PERSPECTIVES.items()
        ]
    )
    async def search(
        self,
        interaction: Interaction,
        words: str = "",
        kind: str | None = None,
        theme: str | None = None,
        perspective: str | None = None,
        conversation: str | None = None,
        year: app_commands.Range[int, EARLIEST_YEAR, 2100] | None = None,
    ) -> None:
        """Find what people have said, by your own words for it."""
        picked = await self._picked(interaction, conversation)
        theme_id = await picked_theme(interaction, theme)
        filters = Filters(
            kind_id=await picked_kind(interaction, kind),
            theme_ids=(theme_id,) if theme_id is not None else (),
            perspective=Perspective(perspective) if perspective else None,
            conversation_id=picked.id if picked is not None else None,
            year=year,
        )
        typed = words[: searching.LONGEST_SEARCH]
        work = searching.show_results(interaction, typed, filters)
        await interaction.client.patience.during(interaction, work)

    async def _picked(self, interaction: Interaction, typed: str | None) -> Conversation | None:
        if typed is None:
            return None
        return await self._services.calendar.pick_begun(network_id_of(interaction), typed)

    @app_commands.command(name="show")
    @app_commands.describe(number="The number of the quote")
    async def show_one(
        self, interaction: Interaction, number: app_commands.Range[int, 1, 10_000_000]
    ) -> None:
        """Show one quote by its number."""
        network_id = network_id_of(interaction)
        found = await self._services.wisdom.showing.numbered(network_id, number)
        if isinstance(found, Tombstone):
            await show(interaction, quote_card.tombstone_card(number))
            return
        vocabulary = await self._services.themes.vocabulary(network_id)
        await show(interaction, quote_card.quote_card(found, vocabulary, may_be_posted=True))

    @app_commands.command()
    async def random(self, interaction: Interaction) -> None:
        """Read something that somebody said."""
        network_id = network_id_of(interaction)
        found = await self._services.wisdom.showing.by_chance(network_id)
        if found is None:
            await say(
                interaction, "There are no quotes yet. `/wisdom share` keeps words of your own."
            )
            return
        vocabulary = await self._services.themes.vocabulary(network_id)
        await show(interaction, quote_card.quote_card(found, vocabulary, may_be_posted=True))

    @app_commands.command(name="mine")
    async def show_mine(self, interaction: Interaction) -> None:
        """See what you have shared, change what you agreed to, or take it back."""
        await mine.show_mine(interaction)

    @app_commands.command()
    @app_commands.describe(theme="What the page is about")
    @app_commands.autocomplete(theme=themes)
    async def pack(self, interaction: Interaction, theme: str) -> None:
        """Take a page of quotes on a theme for a paper or for training."""
        theme_id = await picked_theme(interaction, theme)
        if theme_id is not None:
            work = hand_over_pack(interaction, theme_id)
            await interaction.client.patience.during(interaction, work)

    @app_commands.command(name="themes")
    async def show_themes(self, interaction: Interaction) -> None:
        """See what people have talked about, theme by theme."""
        await show_themes(interaction)


@app_commands.context_menu(name="Keep as wisdom")
@app_commands.guild_only()
async def keep_menu(interaction: Interaction, message: discord.Message) -> None:
    await keep_as_wisdom(interaction, message)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    bot.composers.update(COMPOSERS)
    await bot.add_cog(WisdomCog(bot))
    bot.tree.add_command(keep_menu)


async def teardown(bot: CoproductionBot) -> None:
    bot.tree.remove_command(keep_menu.name, type=keep_menu.type)
    bot.remove_dynamic_items(*PARTS)
