"""`/theme`: for moderators. And what keeps the practice forum's tags true."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.ids import NetworkId
from bot.network.model import ChannelUse
from bot.schedule import Duty
from bot.themes.model import Theme, value_of
from bot.themes.service import AddAs
from bot.troubles.model import ABOUT_TAGS
from bot.ui.answering import open_form, say, show
from cogs.asking import network_of, person_of
from cogs.keeper import Keeper
from cogs.themes import picking, wording
from cogs.themes.card import PARTS, forum_note, merge_card, show_themes
from cogs.themes.forms import WordsForm
from cogs.themes.forum import ForumTagsEffect

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PICK = "Begin to type its name, and pick it"


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class ThemesCog(commands.GroupCog, group_name="theme"):
    """Look after the themes that wisdom and practice are sorted by."""

    def __init__(self, bot: CoproductionBot) -> None:
        self.services = bot.services
        self.tags = Keeper(ForumTagsEffect(bot))
        bot.duties.append(Duty(next_due=self._never, run=self._look, sweep=self._look))

    async def _never(self) -> datetime | None:
        """Tags do not change with time."""
        return None

    async def _look(self) -> None:
        self.tags.look_around(surely=True)

    async def cog_load(self) -> None:
        self._deaf = [
            self.services.themes.changed.listen(self.tags.look_around),
            self.services.networks.changed.listen(self.tags.look_around),
        ]

    async def cog_unload(self) -> None:
        for stop_listening in self._deaf:
            stop_listening()
        await self.tags.stop()

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, _: discord.abc.GuildChannel, channel: discord.abc.GuildChannel
    ) -> None:
        """What stood in our way may be mended: a permission given, a tag removed."""
        if isinstance(channel, discord.ForumChannel):
            await self._look_if_troubled(NetworkId(channel.guild.id))

    @commands.Cog.listener()
    async def on_guild_role_update(self, _: discord.Role, role: discord.Role) -> None:
        if role in role.guild.me.roles:
            await self._look_if_troubled(NetworkId(role.guild.id))

    async def _look_if_troubled(self, network_id: NetworkId) -> None:
        troubles = await self.services.troubles.of_network(network_id)
        if not set(ABOUT_TAGS).isdisjoint(troubles):
            self.tags.look_around(network_id)

    @app_commands.command()
    @app_commands.describe(
        name="Up to 20 characters, as Discord shows them on a tag",
        use="A theme that is no forum tag, if you leave it out",
    )
    @app_commands.choices(
        use=[
            app_commands.Choice(name="a theme", value=AddAs.THEME.value),
            app_commands.Choice(name="a theme that is a forum tag", value=AddAs.TAG.value),
            app_commands.Choice(name="only words for searching", value=AddAs.WORDS.value),
        ]
    )
    async def add(self, interaction: Interaction, name: str, use: str = AddAs.THEME.value) -> None:
        """Add a theme, or a group of words that mean the same to a search."""
        person = await person_of(interaction)
        work = self.services.themes.add(name, AddAs(use), by=person)
        added = await interaction.client.patience.during(interaction, work)
        what = "a theme" if isinstance(added, Theme) else "a group of words for searching"
        text = f"{wording.name(added.label)} is {what} now. "
        if isinstance(added, Theme) and added.is_tag:
            text += await forum_note(interaction, person.network_id) + " "
        await say(interaction, f"{text}Give it more words with /theme synonyms.")

    @app_commands.command()
    @app_commands.describe(
        theme=PICK, to="Its new name, up to 20 characters", tag="Whether it is a tag of the forum"
    )
    @app_commands.autocomplete(theme=picking.everything)
    async def rename(
        self,
        interaction: Interaction,
        theme: str,
        to: str | None = None,
        tag: bool | None = None,
    ) -> None:
        """Give a theme another name, or make it a forum tag or not."""
        person = await person_of(interaction)
        work = self.services.themes.rename(theme, to=to, as_tag=tag, by=person)
        outcome = await interaction.client.patience.during(interaction, work)
        text = wording.renamed(outcome)
        if outcome.touches_forum:
            text += f" {await forum_note(interaction, person.network_id)}"
        await say(interaction, text.rstrip())

    @app_commands.command()
    @app_commands.describe(
        theme="The one that goes. Begin to type its name, and pick it",
        into="The one that stays. Begin to type its name, and pick it",
    )
    @app_commands.autocomplete(theme=picking.themes, into=picking.themes)
    async def merge(self, interaction: Interaction, theme: str, into: str) -> None:
        """Make one theme part of another. You see first what that does."""
        merging, vocabulary = await self.services.themes.propose_merge(
            theme, into, by=await person_of(interaction)
        )
        network = await network_of(interaction)
        has_forum = ChannelUse.PRACTICE in network.channels
        await show(interaction, merge_card(merging, vocabulary, has_forum=has_forum))

    @app_commands.command()
    @app_commands.describe(theme=PICK)
    @app_commands.autocomplete(theme=picking.with_words)
    async def synonyms(self, interaction: Interaction, theme: str) -> None:
        """Change the other words by which a search finds a theme."""
        person = await person_of(interaction)
        person.must_be_moderator("change the words of themes")
        vocabulary = await self.services.themes.vocabulary(person.network_id)
        picked = vocabulary.pick(theme)
        form = WordsForm(value_of(picked), picked.label, vocabulary.ring_of(picked))
        await open_form(interaction, form)

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """See all themes with their words, and who changed what."""
        await show_themes(interaction, 0)


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(ThemesCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
