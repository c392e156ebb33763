"""A quote as everybody may see it, and the buttons below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.errors import NotAllowed
from bot.ids import ChannelId, QuoteId
from bot.ui.answering import edit_in_place, say
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted
from bot.wisdom.model import ShownQuote
from cogs.asking import member_id_of, network_id_of
from cogs.wisdom import wording
from cogs.wisdom.picture import AsPictureButton
from cogs.wisdom.sharing import open_share_form

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary

Parts: TypeAlias = list[discord.ui.Item[Card]]


def quote_text(
    quote: ShownQuote, vocabulary: Vocabulary | None, *, shown_as: str | None = None
) -> str:
    """Its words with what stands beside them. *shown_as*: the words, with a hit in bold.

    Without a vocabulary nothing is said of what it is sorted under.
    """
    body = f"“{shown_as if shown_as is not None else as_typed(quote.words)}”"
    if quote.content_note:
        # The note names what comes; whoever wants to reads on. In a web address bars are not
        # escaped, and two of them would end the spoiler.
        hidden = body.replace("|" * 2, "%7C" * 2)
        body = f"Content note: {as_typed(quote.content_note)}\n||{hidden}||"
    lines = [body]
    lines.append(f"{as_typed(wording.credit_line(quote))} · Quote {quote.number}")
    if vocabulary is not None and (
        sorted_under := wording.under(quote.kind_id, quote.theme_ids, vocabulary)
    ):
        lines.append(f"-# {sorted_under}")
    return "\n".join(lines)


def quote_card(
    quote: ShownQuote,
    vocabulary: Vocabulary,
    *,
    heading: str = "",
    may_be_posted: bool = False,
    picture: discord.ui.MediaGallery[Card] | None = None,
) -> Card:
    parts: Parts = [words(heading)] if heading else []
    if picture is not None:
        parts.append(picture)
    parts.append(words(quote_text(quote, vocabulary)))
    if quote.helped:
        parts.append(words(f"-# This has helped {counted(quote.helped, 'person', 'people')}."))
    buttons: list[PersistentButton] = [HelpedButton(quote.id), AddMineButton(quote.id)]
    if may_be_posted:
        buttons += [ShowHereButton(quote.id), AsPictureButton(quote.id)]
    return card_of(*parts, row_of(*buttons))


def tombstone_card(number: int | None) -> Card:
    named = f"Quote {number}" if number is not None else "A quote"
    return card_of(
        words(
            f"{named} stood here. It is not shown any more, as its speaker decided or because the "
            "time they agreed to is over. Its number is not used again."
        )
    )


class HelpedButton(PersistentButton, template=r"quote:helped:(?P<id>[0-9]{1,19})"):
    form, label = "quote:helped:{id}", "This helped me"

    async def press(self, interaction: Interaction) -> None:
        counts = await interaction.client.services.wisdom.showing.helped(
            QuoteId(self.id_), network_id_of(interaction), member_id_of(interaction)
        )
        text = (
            "Thank you for saying so. Others see how many people it has helped, never who. Press "
            "again to take that back."
            if counts
            else "That is taken back."
        )
        await say(interaction, text)


class AddMineButton(PersistentButton, template=r"quote:add-mine:(?P<id>[0-9]{1,19})"):
    form, label = "quote:add-mine:{id}", "Add mine"

    async def press(self, interaction: Interaction) -> None:
        await interaction.client.services.wisdom.showing.get(
            QuoteId(self.id_), network_id_of(interaction)
        )
        await open_share_form(interaction, answers=QuoteId(self.id_))


class ShowHereButton(PersistentButton, template=r"quote:show-here:(?P<id>[0-9]{1,19})"):
    form, label = "quote:show-here:{id}", "Show it to everybody here"

    async def press(self, interaction: Interaction) -> None:
        channel_id = ChannelId(_channel_to_write_in(interaction).id)
        await _forget_if_deleted(interaction, QuoteId(self.id_), channel_id)
        await interaction.client.services.wisdom.posts.share(
            QuoteId(self.id_), network_id_of(interaction), channel_id
        )
        await edit_in_place(
            interaction,
            card_of(words("It is shown in this channel in a moment. You are not named with it.")),
        )


async def _forget_if_deleted(
    interaction: Interaction, quote_id: QuoteId, channel_id: ChannelId
) -> None:
    """Discord does not tell us of deleted messages, so it is asked about the one shown here."""
    posts = interaction.client.services.wisdom.posts
    post = await posts.in_channel(quote_id, network_id_of(interaction), channel_id)
    if post is None or post.message_id is None:
        return
    channel = interaction.client.get_partial_messageable(channel_id)
    try:
        await channel.get_partial_message(post.message_id).fetch()
    except discord.NotFound:
        await posts.forget(post.id)


def _channel_to_write_in(interaction: Interaction) -> discord.abc.GuildChannel | discord.Thread:
    """Where the press was made, if both may write there.

    Raises:
        NotAllowed: one of them may not.
    """
    channel = interaction.channel
    if not isinstance(channel, discord.TextChannel | discord.Thread):
        raise NotAllowed("I can't post a quote in a channel of this kind.")
    in_thread = isinstance(channel, discord.Thread)
    theirs, ours = interaction.permissions, interaction.app_permissions
    if not (theirs.send_messages_in_threads if in_thread else theirs.send_messages):
        raise NotAllowed("You may not write in this channel, so I don't either.")
    may_write = ours.send_messages_in_threads if in_thread else ours.send_messages
    if not (may_write and ours.view_channel and ours.read_message_history):
        raise NotAllowed("I may not write in this channel. Please try another one.")
    return channel
