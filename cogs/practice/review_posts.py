"""The cards in the moderators' channel, kept true: each follows what becomes of its practice."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.ids import ChannelId, MessageId, NetworkId, PracticeId
from bot.network.model import ChannelUse
from bot.practice.model import WAITING, ReviewPost
from bot.ui.parts import NO_PINGS, Card
from cogs.finding import carries, digest
from cogs.network.needs import missing_in
from cogs.practice.review import SharePracticeButton, review_card

if TYPE_CHECKING:
    from bot.client import CoproductionBot

log = logging.getLogger(__name__)

RECENT = 50
"""How many messages are searched for one that was posted just before a crash."""


class PracticeReviewEffect:
    called = "Review card of practice"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self._posts = bot.services.practice.posts

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[PracticeId]:
        return await self._posts.reviews_to_look_at(network_id)

    async def make_true(self, key: PracticeId, *, surely: bool) -> None:
        found = await self._posts.review(key)
        if found is None:
            return
        post, practice = found
        vocabulary = await self._services.themes.vocabulary(post.network_id)
        card = review_card(practice, vocabulary)
        waits = practice.state in WAITING
        try:
            if post.message_id is not None:
                await self._edit(post, card, is_unsure=surely and waits)
                if not waits:
                    # It is done with: another round begins with a card of its own, below.
                    await self._posts.forget_review(key)
            elif waits:
                await self._post(post, card)
            else:
                await self._posts.forget_review(key)
        except discord.NotFound:
            # Somebody has deleted it. What still waits is in /review, and comes back below.
            await self._posts.forget_review(key)

    async def _edit(self, post: ReviewPost, card: Card, *, is_unsure: bool) -> None:
        channel = self._bot.get_partial_messageable(post.channel_id or 0)
        message = channel.get_partial_message(post.message_id or 0)
        shows = digest(card)
        if shows != post.shows:
            await message.edit(view=card, allowed_mentions=NO_PINGS)
            await self._remember(post, channel.id, message.id, shows)
        elif is_unsure:
            await message.fetch()

    async def _post(self, post: ReviewPost, card: Card) -> None:
        network = await self._services.networks.get(post.network_id)
        channel = self._bot.get_channel(network.channels.get(ChannelUse.MODERATION, 0))
        if not isinstance(channel, discord.TextChannel) or missing_in(channel):
            log.info("Practice %d has nowhere to be reviewed yet", post.practice_id)
            return
        message = await self._posted_before(channel, post)
        if message is None:
            message = await channel.send(view=card)
        else:
            await message.edit(view=card, allowed_mentions=NO_PINGS)
        await self._remember(post, channel.id, message.id, digest(card))

    async def _posted_before(
        self, channel: discord.TextChannel, post: ReviewPost
    ) -> discord.Message | None:
        """A message that a crash kept us from remembering."""
        sought = SharePracticeButton.form.format(id=post.practice_id)
        with contextlib.suppress(discord.Forbidden):
            async for message in channel.history(limit=RECENT):
                if self._bot.user == message.author and carries(message, sought):
                    return message
        return None

    async def _remember(
        self, post: ReviewPost, channel_id: int, message_id: int, shows: str
    ) -> None:
        await self._posts.remember_review(
            post.practice_id, ChannelId(channel_id), MessageId(message_id), shows
        )
