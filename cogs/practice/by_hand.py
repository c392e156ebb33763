"""Posts that people made in the forum by hand: noticed, answered, and looked at again."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import discord

from bot.errors import Invalid, Refusal
from bot.ids import ChannelId, KindId, MemberId, MessageId, NetworkId, TagId, ThemeId, ThreadId
from bot.practice.model import (
    LONGEST_DID,
    MOST_THEMES,
    WAITING,
    Practice,
    PracticePost,
    PracticeState,
    Source,
    must_be_welcome,
)
from bot.practice.service.adopting import MadeByHand
from bot.ui.answering import open_form
from bot.ui.parts import Card, card_of, row_of, words
from cogs.asking import network_id_of, person_of
from cogs.finding import carries
from cogs.practice.form import PracticeForm
from cogs.practice.own import ChangePracticeButton, open_share_form, show_changed
from cogs.themes.forum import practice_forum

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

log = logging.getLogger(__name__)

RECENT = 20
"""How many messages are searched for an answer that was posted just before a crash."""


async def adopt(bot: CoproductionBot, thread: discord.Thread) -> None:
    """Keep a post in mind, if somebody made it in the practice forum by hand."""
    services = bot.services
    forum = await practice_forum(services, thread.guild)
    if forum is None or thread.parent_id != forum.id or await _is_by_a_bot(thread):
        return
    stands_for = await services.forum_tags.remembered(
        NetworkId(thread.guild.id), ChannelId(forum.id)
    )
    tags = tuple(TagId(tag.id) for tag in thread.applied_tags)
    values = [value for value, tag_id in stands_for.items() if tag_id in tags]
    kinds = [KindId(int(each[5:])) for each in values if each.startswith("kind:")]
    themes = [ThemeId(int(each[6:])) for each in values if each.startswith("theme:")]
    first = await first_message(thread)
    try:
        await services.practice.adopting.adopt(
            MadeByHand(
                network_id=NetworkId(thread.guild.id),
                forum_id=ChannelId(forum.id),
                thread_id=ThreadId(thread.id),
                source_id=None if first is None else MessageId(first.id),
                author_id=MemberId(thread.owner_id),
                title=thread.name,
                tags=tags,
                kind_id=kinds[0] if kinds else None,
                theme_ids=tuple(themes[:MOST_THEMES]),
            )
        )
    except Refusal:
        log.info("Thread %d has a title that shows nothing, so it is left alone", thread.id)


async def first_message(thread: discord.Thread) -> discord.Message | None:
    """What a post begins with. None: somebody has deleted it."""
    async for message in thread.history(limit=1, oldest_first=True):
        return message
    return None


async def _is_by_a_bot(thread: discord.Thread) -> bool:
    """Or by somebody who has left: then there is nobody to ask."""
    if thread.owner_id == thread.guild.me.id:
        return True
    try:
        return (await thread.guild.fetch_member(thread.owner_id)).bot
    except discord.NotFound:
        return True


async def look_at_source(bot: CoproductionBot, post: PracticePost, thread: discord.Thread) -> None:
    """Whether the message that it began with is still there, and says the same."""
    if post.source_id is None:
        return
    adopting = bot.services.practice.adopting
    try:
        message = await thread.fetch_message(post.source_id)
    except discord.NotFound:
        await adopting.saw_source(post, edited_at=None, is_there=False)
        return
    edited_at = message.edited_at.replace(microsecond=0) if message.edited_at else None
    await adopting.saw_source(post, edited_at=edited_at, is_there=True)


async def answered_before(
    bot: CoproductionBot, practice: Practice, thread: discord.Thread
) -> discord.Message | None:
    """An answer of ours that a crash kept us from remembering."""
    sought = ChangePracticeButton.form.format(id=practice.id)
    async for message in thread.history(limit=RECENT):
        if bot.user == message.author and carries(message, sought):
            return message
    return None


def by_hand_card(practice: Practice) -> Card:
    """Below a post that somebody made by hand, while others can't find it yet."""
    if practice.written is None:
        return card_of(words("Its author has taken this back. What you wrote here is yours."))
    if practice.state is PracticeState.NOT_NOW:
        return card_of(
            words("This stays here. It is not in search, and its author has been told why.")
        )
    if practice.state not in WAITING:
        return card_of(words("The moderators have archived this. It is not in search any more."))
    text = (
        "Thank you for telling others.\nI can't read what you wrote here, only its title. If you "
        "would like others to find it in `/practice search`, press the button and write it in a "
        "few words. A moderator reads it first. Only whoever made this post can."
    )
    if practice.written.did:
        text = "Thank you. A moderator reads it, and then others can find it in `/practice search`."
    button = ChangePracticeButton(practice.id, label="Tell what works")
    return card_of(words(text), row_of(button))


async def share_message(interaction: Interaction, message: discord.Message) -> None:
    """One's own message, as the beginning of a practice; also of one that stands in the forum."""
    if message.author.id != interaction.user.id:
        raise Invalid(
            "Only whoever wrote that can share it as practice. You can tell them of "
            "/practice share, or of this menu."
        )
    services, by = interaction.client.services, await person_of(interaction)
    post = await services.practice.posts.of_thread(ThreadId(message.channel.id))
    if (
        post is not None
        and post.network_id == network_id_of(interaction)
        and post.source_id == message.id
    ):
        practice = await services.practice.mine.get(post.practice_id, by=by)
        vocabulary = await services.themes.vocabulary(by.network_id)
        form = PracticeForm(
            vocabulary, show_changed, typed=message.content[:LONGEST_DID], before=practice
        )
        await open_form(interaction, form)
        return
    attachment = next(iter(message.attachments), None)
    if attachment is not None:
        must_be_welcome(attachment.filename, attachment.size)
    await open_share_form(
        interaction,
        typed=message.content[:LONGEST_DID],
        attachment=attachment,
        source=Source.MESSAGE,
    )
