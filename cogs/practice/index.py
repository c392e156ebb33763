"""The pinned post that says what the forum holds, built anew as that changes."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.ids import ChannelId, MessageId, NetworkId, ThemeId, ThreadId
from bot.practice.model import ForumIndex, ShownPractice
from bot.practice.service.posts import Contents
from bot.ui.parts import NO_PINGS, Card, card_of, words
from bot.ui.text import as_typed, counted
from cogs.finding import digest
from cogs.practice import wording
from cogs.practice.by_hand import first_message
from cogs.practice.thread import A_WEEK, tags_that_may_be
from cogs.themes.forum import practice_forum

if TYPE_CHECKING:
    from bot.client import CoproductionBot
    from bot.themes.model import Vocabulary

log = logging.getLogger(__name__)

TITLE = "What you find here"
BEGINS = (
    "## What you find here\nWhat worked for somebody, so that you need not begin again. "
    "`/practice search` finds it by your own words for it, and `/practice share` adds yours."
)
MOST_TEXT = 3900
"""Characters of a message, with some to spare."""

MOST_FEATURED, MOST_LATEST = 10, 20


def index_card(contents: Contents, vocabulary: Vocabulary, counts: Mapping[ThemeId, int]) -> Card:
    """As much as fits one message: what is featured first, then themes, then the latest."""
    room = MOST_TEXT - len(BEGINS)
    parts = [words(BEGINS)]
    themes = [each for each in vocabulary.themes if counts.get(each.id)]
    latest = [each for each in contents.latest if not each.is_featured]
    for heading, lines in (
        ("Featured by the moderators", _linked(contents.featured[:MOST_FEATURED])),
        (
            f"{counted(contents.how_many, 'practice', 'practices')} in all, by theme",
            [f"- {as_typed(each.label)}: {counts[each.id]:,}" for each in themes],
        ),
        ("The latest", _linked(latest[:MOST_LATEST])),
    ):
        text = "\n".join(_fitting(f"### {heading}", lines, room))
        if "\n" in text:
            parts.append(words(text))
            room -= len(text)
    if contents.how_many == 0:
        parts.append(words("Nothing yet. Yours could be the first."))
    return card_of(*parts)


def _linked(practices: Sequence[ShownPractice]) -> list[str]:
    return [f"- {wording.linked(each)}" for each in practices]


def _fitting(heading: str, lines: Sequence[str], room: int) -> Iterator[str]:
    room -= len(heading)
    yield heading
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            return
        yield line


class IndexEffect:
    called = "Index of network"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self._posts = bot.services.practice.posts

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[NetworkId]:
        return [each for each in await self._posts.networks() if network_id in (None, each)]

    async def make_true(self, key: NetworkId, *, surely: bool) -> None:
        server = self._bot.get_guild(key)
        if server is None or server.unavailable:
            return
        forum = await practice_forum(self._services, server)
        if forum is None:
            return
        card = await self._card(key)
        index = await self._posts.index(key)
        if index is not None and (
            index.forum_id != forum.id or not await self._is_there(index, server, surely=surely)
        ):
            index = None
        if index is None:
            index = await self._open(forum, card)
        thread = await self._fetched(index, server)
        if thread is None:
            await self._posts.forget_index(key)
            return
        await self._keep_up(index, thread, card)

    async def _card(self, network_id: NetworkId) -> Card:
        vocabulary = await self._services.themes.vocabulary(network_id)
        contents = await self._posts.contents(network_id)
        counts = await self._services.practice.showing.by_theme(network_id)
        return index_card(contents, vocabulary, counts)

    async def _is_there(self, index: ForumIndex, server: discord.Guild, *, surely: bool) -> bool:
        if not surely and server.get_thread(index.thread_id) is not None:
            return True
        return await self._fetched(index, server) is not None

    async def _fetched(self, index: ForumIndex, server: discord.Guild) -> discord.Thread | None:
        known = server.get_thread(index.thread_id)
        if known is not None:
            return known
        try:
            found = await server.fetch_channel(index.thread_id)
        except discord.NotFound:
            return None
        return found if isinstance(found, discord.Thread) else None

    async def _open(self, forum: discord.ForumChannel, card: Card) -> ForumIndex:
        found, shows = await self._opened_before(forum), ""
        if found is None:
            opened = await forum.create_thread(
                name=TITLE,
                view=card,
                applied_tags=tags_that_may_be(forum, ()),
                auto_archive_duration=A_WEEK,
                allowed_mentions=NO_PINGS,
            )
            found, shows = (opened.thread, opened.message), digest(card)
        thread, message = found
        index = ForumIndex(
            network_id=NetworkId(forum.guild.id),
            forum_id=ChannelId(forum.id),
            thread_id=ThreadId(thread.id),
            message_id=MessageId(message.id),
            shows=shows,
        )
        await self._posts.remember_index(index)
        return index

    async def _opened_before(
        self, forum: discord.ForumChannel
    ) -> tuple[discord.Thread, discord.Message] | None:
        """One that a crash kept us from remembering."""
        for thread in list(forum.threads):
            if thread.owner_id == forum.guild.me.id and thread.name == TITLE:
                first = await first_message(thread)
                if first is not None:
                    return thread, first
        return None

    async def _keep_up(self, index: ForumIndex, thread: discord.Thread, card: Card) -> None:
        if thread.archived:
            thread = await thread.edit(archived=False)
        if digest(card) != index.shows:
            try:
                message = thread.get_partial_message(index.message_id)
                await message.edit(view=card, allowed_mentions=NO_PINGS)
            except discord.NotFound:
                await self._posts.forget_index(index.network_id)
                raise
            await self._posts.remember_index(replace(index, shows=digest(card)))
        # One post of a forum can be pinned. It is no loss where we may not.
        if not thread.flags.pinned and thread.permissions_for(thread.guild.me).manage_threads:
            await thread.edit(pinned=True)
