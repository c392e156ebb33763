"""`/curate`, for moderators: what is shared, what is brought in and taken out, and its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Invalid
from bot.ids import MemberId
from bot.practice.model import LONGEST_WHY
from bot.ui.answering import say, show
from bot.wisdom.model import Use
from cogs.asking import person_of
from cogs.practice import curating, wording
from cogs.practice.picking import every_title, picked_any
from cogs.wisdom import bringing
from cogs.wisdom.exporting import FORMATS, Format, hand_over_export
from cogs.wisdom.history import QuoteHistoryButton, show_history
from cogs.wisdom.wording import USES

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

PARTS = (
    bringing.DeleteImportButton,
    bringing.ImportsButton,
    bringing.KeepImportButton,
    bringing.LeaveOutImportButton,
    bringing.RecordImportButton,
    QuoteHistoryButton,
    curating.FeaturePracticeButton,
    curating.UnfeaturePracticeButton,
    curating.ArchivePracticeButton,
    curating.BringPracticeBackButton,
    curating.PracticeHistoryButton,
    curating.LaterPracticeHistoryButton,
)

PICK = "Begin to type its title, and pick it"
WHY = "In a few words, for the other moderators"


@app_commands.guild_only()
@app_commands.default_permissions(manage_messages=True)
class CurateCog(commands.GroupCog, group_name="curate"):
    """Look after what people have shared."""

    def __init__(self, bot: CoproductionBot) -> None:
        self._practice = bot.services.practice

    @app_commands.command(name="import")
    @app_commands.describe(
        file="A post, a transcript or a table: .txt, .md, .html, .docx, .vtt, .srt or .csv",
        alike="Also bring in what nearly says the same as something here",
    )
    async def bring_in(
        self, interaction: Interaction, file: discord.Attachment, alike: bool = False
    ) -> None:
        """Read quotes out of a file. They wait until somebody records that people agree."""
        await bringing.bring_in(interaction, file, keep_alike=alike)

    @app_commands.command(name="export")
    @app_commands.rename(form="format")
    @app_commands.describe(
        use="What you need them for: only quotes agreed for just this are in the file",
        form="What the file is for",
    )
    @app_commands.choices(
        use=[app_commands.Choice(name=text, value=use) for use, text in USES.items()],
        form=[app_commands.Choice(name=text, value=form) for form, text in FORMATS.items()],
    )
    async def export(self, interaction: Interaction, use: str, form: str = Format.CSV) -> None:
        """Take quotes out as a file, for one use that people have agreed to."""
        work = hand_over_export(interaction, Use(use), Format(form))
        await interaction.client.patience.during(interaction, work)

    @app_commands.command(name="history")
    @app_commands.describe(number="The number of a quote", practice=f"Or a practice. {PICK}")
    @app_commands.autocomplete(practice=every_title)
    async def history(
        self,
        interaction: Interaction,
        number: app_commands.Range[int, 1, 10_000_000] | None = None,
        practice: str | None = None,
    ) -> None:
        """See what was done with a quote or a practice, by whom, when and why."""
        if practice is not None and number is None:
            found = await picked_any(interaction, practice)
            await show(interaction, await curating.history_of(interaction, found.id, 0))
        elif number is not None and practice is None:
            await show_history(interaction, number)
        else:
            raise Invalid("Please give the number of a quote, or pick one practice.")

    @app_commands.command(name="imported")
    async def imported(self, interaction: Interaction) -> None:
        """See the files whose quotes wait for consent to be recorded."""
        await bringing.show_imports(interaction)

    @app_commands.command()
    @app_commands.describe(practice=PICK)
    @app_commands.autocomplete(practice=every_title)
    async def practice(self, interaction: Interaction, practice: str) -> None:
        """Feature a practice, archive it, bring it back, or sort it under kind and themes."""
        found = await picked_any(interaction, practice)
        await show(interaction, await curating.curating_card_of(interaction, found))

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
