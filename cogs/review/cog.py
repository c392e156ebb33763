"""`/review`: what waits for a moderator, quotes and practices together, the oldest first."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from discord import app_commands
from discord.ext import commands

from bot.network.model import ChannelUse
from bot.notices.model import Notice, NoticeKind
from bot.review.queue import NUDGE_AFTER, since
from bot.schedule import Duty
from bot.ui.answering import say, show
from bot.ui.parts import Card, card_of, words
from bot.ui.text import counted, from_now
from bot.wisdom.model import Quote
from cogs.asking import person_of
from cogs.notices.rooms import channel_for
from cogs.practice.review import review_card as practice_review_card
from cogs.wisdom.review import review_card as quote_review_card

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction, Services

AT_ONCE = 3

PARTS = ()


class ReviewCog(commands.Cog):
    def __init__(self, bot: CoproductionBot) -> None:
        queue = bot.services.queue
        bot.duties.append(Duty(next_due=self._never, run=queue.nudge, sweep=queue.nudge))

    async def _never(self) -> datetime | None:
        """An hour does not matter after three days: the sweep looks."""
        return None

    @app_commands.command(name="review")
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_messages=True)
    async def review(self, interaction: Interaction) -> None:
        """See what waits for a moderator, the oldest first."""
        await show_waiting(interaction)


async def show_waiting(interaction: Interaction) -> None:
    """The oldest that wait, with how many there are."""
    by = await person_of(interaction)
    services = interaction.client.services
    waits = await services.queue.waiting(by=by, most=AT_ONCE)
    if not waits.items:
        await say(interaction, "Nothing waits for a moderator. Thank you for looking.")
        return
    vocabulary = await services.themes.vocabulary(by.network_id)
    for item in waits.items:
        card = (
            quote_review_card(item, vocabulary)
            if isinstance(item, Quote)
            else practice_review_card(item, vocabulary)
        )
        await show(interaction, card)
    if waits.how_many > len(waits.items):
        await say(
            interaction,
            f"These are the oldest {len(waits.items)} of {waits.how_many:,} that wait. The first "
            f"of them came {from_now(since(waits.items[0]))}. When you have dealt with them, use "
            "/review again.",
        )


async def waits_long(services: Services, notice: Notice) -> Card | None:
    """A nudge in the moderators' channel, with what is true when it is sent."""
    oldest = await services.queue.oldest(notice.network_id)
    if oldest is None or services.clock.now() - oldest.since < NUDGE_AFTER:
        return None
    waits = counted(oldest.how_many, "quote or practice waits", "quotes and practices wait")
    return card_of(
        words(
            f"## Somebody is waiting for a moderator\n{waits}. The oldest came "
            f"{from_now(oldest.since)}. `/review` shows them, the oldest first."
        )
    )


async def setup(bot: CoproductionBot) -> None:
    bot.composers[NoticeKind.REVIEW_WAITS] = waits_long
    bot.rooms[NoticeKind.REVIEW_WAITS] = channel_for(ChannelUse.MODERATION)
    await bot.add_cog(ReviewCog(bot))
