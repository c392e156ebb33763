"""The thread of each practice in the forum, kept true and in sight.

Its title, tags and card follow the database. What somebody changes by hand in Discord's own
screens is meant, and followed the other way. A thread that somebody deletes stays deleted until
`/network check` brings it back. None is ever locked: nobody could press its buttons then.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import discord

from bot.errors import Refusal
from bot.ids import ChannelId, KindId, MessageId, NetworkId, PracticeId, TagId, ThemeId, ThreadId
from bot.practice.model import MOST_THEMES, Practice, PracticePost, ShownPractice, Source
from bot.ui.parts import NO_PINGS, Card, card_of, words
from cogs.finding import carries, digest
from cogs.practice import wording
from cogs.practice.by_hand import (
    answered_before,
    by_hand_card,
    first_message,
    look_at_source,
)
from cogs.practice.practice_card import RecogniseButton, practice_card
from cogs.themes.forum import MOST_ON_A_POST, practice_forum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.client import CoproductionBot

log = logging.getLogger(__name__)

A_WEEK = 10080
"""Minutes without a word after which Discord itself puts a thread out of sight: its longest."""


class PracticeThreadEffect:
    called = "Thread of practice"

    def __init__(self, bot: CoproductionBot) -> None:
        self._bot = bot
        self._services = bot.services
        self._posts = bot.services.practice.posts

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[PracticeId]:
        return await self._posts.to_look_at(network_id)

    async def make_true(self, key: PracticeId, *, surely: bool) -> None:
        found = await self._posts.of(key)
        if found is None:
            return
        practice, visible, post = found
        server = self._bot.get_guild(practice.network_id)
        if server is None or server.unavailable or (post is not None and post.is_gone):
            return
        forum = await practice_forum(self._services, server)
        if post is None:
            if visible is not None and forum is not None:
                await self._open(practice, visible, forum)
            return
        await self._keep_up(practice, visible, post, server, surely=surely)

    async def _open(
        self, practice: Practice, visible: ShownPractice, forum: discord.ForumChannel
    ) -> None:
        card = await self._card(practice, visible)
        tags = await self._tags(practice, forum)
        found = await self._opened_before(practice, forum)
        if found is None:
            opened = await forum.create_thread(
                name=practice.title,
                view=card,
                applied_tags=tags_that_may_be(forum, tags),
                auto_archive_duration=A_WEEK,
                allowed_mentions=NO_PINGS,
            )
            found = opened.thread, opened.message
        thread, message = found
        post = PracticePost(
            practice_id=practice.id,
            network_id=practice.network_id,
            forum_id=ChannelId(forum.id),
            thread_id=ThreadId(thread.id),
            message_id=MessageId(message.id),
            is_ours=True,
            title=thread.name,
            tags=_on(thread),
            shows=digest(card),
            is_gone=False,
        )
        await self._posts.remember(post)

    async def _opened_before(
        self, practice: Practice, forum: discord.ForumChannel
    ) -> tuple[discord.Thread, discord.Message] | None:
        """One that a crash kept us from remembering."""
        sought = RecogniseButton.form.format(id=practice.id)
        for thread in list(forum.threads):
            if thread.owner_id == forum.guild.me.id and thread.name == practice.title:
                first = await first_message(thread)
                if first is not None and carries(first, sought):
                    return thread, first
        return None

    async def _keep_up(
        self,
        practice: Practice,
        visible: ShownPractice | None,
        post: PracticePost,
        server: discord.Guild,
        *,
        surely: bool,
    ) -> None:
        thread = server.get_thread(post.thread_id)
        if thread is None or surely:
            try:
                fetched = await server.fetch_channel(post.thread_id)
            except discord.NotFound:
                with_forum = server.get_channel(post.forum_id) is None
                await self._posts.is_gone(post, with_forum=with_forum)
                return
            if not isinstance(fetched, discord.Thread):
                return
            thread = fetched
            await self._follow(practice, post, thread)
            if surely and not post.is_ours:
                _, _, post = await self._again(practice.id) or (practice, visible, post)
                await look_at_source(self._bot, post, thread)
            again = await self._again(practice.id)
            if again is None:
                return
            practice, visible, post = again
        await self._make_like_the_database(practice, visible, post, thread)

    async def _again(
        self, practice_id: PracticeId
    ) -> tuple[Practice, ShownPractice | None, PracticePost] | None:
        found = await self._posts.of(practice_id)
        return None if found is None or found[2] is None else (found[0], found[1], found[2])

    async def _follow(self, practice: Practice, post: PracticePost, thread: discord.Thread) -> None:
        """Take over what was changed by hand in Discord since we last looked."""
        title = thread.name if thread.name != post.title else None
        tags = await self._meant(practice, post, thread)
        if thread.name == post.title and set(_on(thread)) == set(post.tags):
            return
        try:
            await self._posts.follow(practice.id, title, tags)
        except Refusal:
            log.info("What was changed in the thread of practice %d can't be kept", practice.id)
        await self._posts.remember(replace(post, title=thread.name, tags=_on(thread)))

    async def _meant(
        self, practice: Practice, post: PracticePost, thread: discord.Thread
    ) -> tuple[KindId | None, list[ThemeId]] | None:
        """The kind and themes that somebody has sorted it under by its tags. None: nobody has.

        A tag that the forum no longer has went by itself: nobody has taken it off this one.
        """
        forum, on_it, written = thread.parent, set(_on(thread)), practice.written
        if not isinstance(forum, discord.ForumChannel) or written is None:
            return None
        there = {TagId(tag.id) for tag in forum.available_tags}
        if on_it in ({*post.tags} & there, {*await self._tags(practice, forum)}):
            return None  # as it was, or made so by us just before a crash
        stands_for = await self._services.forum_tags.remembered(post.network_id, post.forum_id)
        live = {value: tag_id for value, tag_id in stands_for.items() if tag_id in there}
        values = [value for value, tag_id in live.items() if tag_id in on_it]
        kinds = [KindId(int(each[5:])) for each in values if each.startswith("kind:")]
        themes = [ThemeId(int(each[6:])) for each in values if each.startswith("theme:")]
        without = [each for each in written.theme_ids if f"theme:{each}" not in live]
        keeps_kind = written.kind_id if f"kind:{written.kind_id}" not in live else None
        return kinds[0] if kinds else keeps_kind, [*themes, *without][:MOST_THEMES]

    async def _make_like_the_database(
        self,
        practice: Practice,
        visible: ShownPractice | None,
        post: PracticePost,
        thread: discord.Thread,
    ) -> None:
        card = await self._card(practice, visible)
        shows, forum = digest(card), thread.parent
        tags = post.tags
        if isinstance(forum, discord.ForumChannel) and practice.written is not None:
            tags = await self._tags(practice, forum)
        title = practice.title if practice.written is not None else post.title
        is_to_be_seen = visible is not None and await self._posts.is_kept_in_sight(practice.id)
        changes_thread = title != post.title or set(tags) != set(post.tags)
        if thread.archived and (is_to_be_seen or changes_thread or shows != post.shows):
            thread = await thread.edit(archived=False)
        if changes_thread and self._may_change(thread, post):
            on_it = tags_that_may_be(forum, tags)
            thread = await thread.edit(name=title, applied_tags=on_it)
            post = replace(post, title=title, tags=_on(thread))
            await self._posts.remember(post)
        if not post.shows and not post.is_ours:
            answered = await answered_before(self._bot, practice, thread)
            message = answered or await thread.send(view=card)
            answer = MessageId(message.id)
            await self._posts.remember(
                replace(post, message_id=answer, shows="" if answered else shows)
            )
        elif shows != post.shows and post.message_id is not None:
            try:
                message = thread.get_partial_message(post.message_id)
                await message.edit(view=card, allowed_mentions=NO_PINGS)
            except discord.NotFound:
                # Somebody has deleted the card: the thread and what people said in it stay.
                post = replace(post, message_id=None)
            await self._posts.remember(replace(post, shows=shows))

    def _may_change(self, thread: discord.Thread, post: PracticePost) -> bool:
        me = thread.guild.me
        return post.is_ours or thread.permissions_for(me).manage_threads

    async def _tags(self, practice: Practice, forum: discord.ForumChannel) -> tuple[TagId, ...]:
        """Those that the forum has for what it is sorted under, the kind's first."""
        stands_for: Mapping[str, TagId] = await self._services.forum_tags.remembered(
            practice.network_id, ChannelId(forum.id)
        )
        there = {tag.id for tag in forum.available_tags}
        written = practice.must_have_words()
        vocabulary = await self._services.themes.vocabulary(practice.network_id)
        themes = dict.fromkeys(vocabulary.theme(each).id for each in written.theme_ids)
        values = [f"kind:{written.kind_id}", *(f"theme:{each}" for each in themes)]
        tags = [stands_for[each] for each in values if each in stands_for]
        return tuple(each for each in tags if each in there)[:MOST_ON_A_POST]

    async def _card(self, practice: Practice, visible: ShownPractice | None) -> Card:
        if visible is None and practice.source is Source.POST and practice.merged_into is None:
            return by_hand_card(practice)
        if visible is None:
            return await self._stand_in(practice)
        vocabulary = await self._services.themes.vocabulary(practice.network_id)
        network = await self._services.networks.get(practice.network_id)
        return practice_card(visible, vocabulary, network, is_in_thread=True)

    async def _stand_in(self, practice: Practice) -> Card:
        """What stands in the thread of a practice that others may not see now."""
        if practice.written is None:
            return card_of(
                words(
                    "Its author has taken this practice back. What you wrote below is yours, and "
                    "stays."
                )
            )
        if practice.merged_into is not None:
            other = await self._services.practice.showing.find(
                practice.merged_into, practice.network_id
            )
            if other is not None:
                return card_of(
                    words(f"This is told in another practice now: {wording.linked(other)}")
                )
        said = {
            "archived": "The moderators have archived this practice, as it is out of date.",
            "new": "This practice was changed. It comes back when a moderator has read it.",
            "looked_at": "This practice was changed. It comes back when a moderator has read it.",
        }
        return card_of(words(said.get(practice.state, "This practice is not shared just now.")))


def tags_that_may_be(
    forum: discord.ForumChannel | discord.TextChannel | None, tags: Collection[TagId]
) -> list[discord.ForumTag]:
    """Those of a forum that are wanted; some forums take no post without any."""
    if not isinstance(forum, discord.ForumChannel):
        return []
    wanted = [tag for tag in forum.available_tags if tag.id in tags]
    must_have_one = forum.flags.require_tag and not wanted
    return list(forum.available_tags[:1]) if must_have_one else wanted


def _on(thread: discord.Thread) -> tuple[TagId, ...]:
    return tuple(TagId(tag.id) for tag in thread.applied_tags)
