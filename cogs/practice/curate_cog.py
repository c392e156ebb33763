"""`/curate`, for moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Invalid
from bot.ids import MemberId
from bot.practice.model import LONGEST_WHY
from bot.ui.answering import say, show
from cogs.asking import person_of
from cogs.practice import curating, wording
from cogs.practice.picking import every_title, picked_any

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PICK = "Begin to type its title, and pick it"
WHY = "In a few words, for the other moderators"

PARTS = (
    curating.FeaturePracticeButton,
    curating.UnfeaturePracticeButton,
    curating.ArchivePracticeButton,
    curating.BringPracticeBackButton,
    curating.PracticeHistoryButton,
    curating.LaterPracticeHistoryButton,
)


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class CurateCog(commands.GroupCog, group_name="curate"):
    """Look after what people have shared."""

    def __init__(self, bot: CoproductionBot) -> None:
        self._practice = bot.services.practice

    @app_commands.command()
    @app_commands.describe(practice=PICK)
    @app_commands.autocomplete(practice=every_title)
    async def practice(self, interaction: Interaction, practice: str) -> None:
        """Feature a practice, archive it, bring it back, or sort it under kind and themes."""
        found = await picked_any(interaction, practice)
        await show(interaction, await curating.curating_card_of(interaction, found))

    @app_commands.command()
    @app_commands.describe(practice=PICK)
    @app_commands.autocomplete(practice=every_title)
    async def history(self, interaction: Interaction, practice: str) -> None:
        """See what was done with a practice, by whom, when and why."""
        found = await picked_any(interaction, practice)
        await show(interaction, await curating.history_of(interaction, found.id, 0))

    @app_commands.command()
    @app_commands.describe(
        double="The one that goes: begin to type its title, and pick it",
        into="The one that stays and says the same",
        why=WHY,
    )
    @app_commands.autocomplete(double=every_title, into=every_title)
    async def merge(
        self,
        interaction: Interaction,
        double: str,
        into: str,
        why: app_commands.Range[str, 1, LONGEST_WHY],
    ) -> None:
        """Make one practice of two that say the same."""
        source, target = await picked_any(interaction, double), await picked_any(interaction, into)
        by = await person_of(interaction)
        after = await self._practice.curating.merge(source.id, target.id, why, by=by)
        await say(
            interaction,
            f"{wording.called(source)} leads to {wording.called(after)} now. What people said of "
            "it counts there. /curate practice can bring it back.",
        )

    @app_commands.command()
    @app_commands.describe(
        practice=PICK,
        owner="Who looks after it from now on. They are told.",
        deputy="Who does when the owner can't. They are told too.",
        why=WHY,
    )
    @app_commands.autocomplete(practice=every_title)
    async def handover(
        self,
        interaction: Interaction,
        practice: str,
        owner: discord.Member,
        why: app_commands.Range[str, 1, LONGEST_WHY],
        deputy: discord.Member | None = None,
    ) -> None:
        """Give a practice to somebody else to look after."""
        if owner.bot or (deputy is not None and deputy.bot):
            raise Invalid("A bot can't look after a practice. Please choose a person.")
        found, by = await picked_any(interaction, practice), await person_of(interaction)
        other = None if deputy is None else MemberId(deputy.id)
        await self._practice.curating.hand_over(found.id, MemberId(owner.id), other, why, by=by)
        also = f", with <@{deputy.id}> as deputy" if deputy is not None else ""
        await say(
            interaction,
            f"<@{owner.id}> looks after {wording.called(found)} now{also}. I tell them in private.",
        )


async def setup(bot: CoproductionBot) -> None:
    bot.add_dynamic_items(*PARTS)
    await bot.add_cog(CurateCog(bot))


async def teardown(bot: CoproductionBot) -> None:
    bot.remove_dynamic_items(*PARTS)
