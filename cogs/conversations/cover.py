"""Covers: the `/organise` command, and the file that a card needs with its message."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import Conversation, Cover
from bot.errors import Invalid, Unavailable
from bot.ids import ConversationId
from bot.network.model import ChannelUse
from bot.people import Person
from bot.ui.answering import say
from bot.ui.parts import NO_PINGS, Card
from bot.ui.text import as_typed
from cogs.asking import network_of, server_of
from cogs.conversations.picking import pick_as_organiser, titles
from cogs.network.needs import may_show_pictures

if TYPE_CHECKING:
    from bot.client import Interaction, Services

log = logging.getLogger(__name__)

_NOT_TAKEN = {400, 413}
"""What Discord answers when it is the file or its place on the card that it does not like."""


class CoverCommands(commands.Cog):
    """Mixed into `OrganiseCog`."""

    @app_commands.command()
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        image="A picture of up to 8 MB: JPEG, PNG, WebP or GIF",
        alt="What it shows, and any words in it, for people who can't see it",
        take_away="Take the cover away again",
    )
    @app_commands.rename(take_away="take-away")
    @app_commands.autocomplete(conversation=titles)
    async def cover(
        self,
        interaction: Interaction,
        conversation: str,
        image: discord.Attachment | None = None,
        alt: str = "",
        take_away: bool = False,
    ) -> None:
        """Put a picture at the top of a card, with words for those who can't see it."""
        by, picked = await pick_as_organiser(interaction, conversation, "choose a cover")
        patience, covers = interaction.client.patience, interaction.client.services.covers
        title = f"**{as_typed(picked.title)}**"
        if take_away and (image is not None or alt):
            raise Invalid("You sent a cover and asked to take it away. Please choose one.")
        if take_away:
            await patience.during(interaction, covers.take_away(picked.id, by=by))
            await say(interaction, f"The cover of {title} is taken away, and the card follows.")
            return
        if image is not None:
            work = _put(interaction.client.services, picked.id, image, alt, by)
        elif alt:
            work = covers.describe(picked.id, alt, by=by)
        else:
            raise Invalid("Please add a picture with a description, or take the cover away.")
        cover = await patience.during(interaction, work)
        await say(
            interaction,
            f"The card of {title} follows with its cover, described as: {as_typed(cover.alt)}"
            + await _unless_allowed(interaction),
        )


async def _put(
    services: Services,
    conversation_id: ConversationId,
    image: discord.Attachment,
    alt: str,
    by: Person,
) -> Cover:
    if not alt:
        raise Invalid(
            "Please also say what the picture shows, and any words in it, under “alt”. "
            "People who can't see it have it read out."
        )
    await services.covers.must_be_welcome(conversation_id, alt, image.size, by=by)
    try:
        sent = await image.read()
    except (discord.HTTPException, aiohttp.ClientError) as error:
        raise Unavailable(
            "Discord didn't hand me that picture, so nothing has changed. Please send it again."
        ) from error
    return await services.covers.put(conversation_id, sent, alt, by=by)


async def _unless_allowed(interaction: Interaction) -> str:
    network = await network_of(interaction)
    home = network.channels.get(ChannelUse.CONVERSATIONS, 0)
    channel = server_of(interaction).get_channel(home)
    if channel is None or may_show_pictures(channel):
        return ""
    return (
        f"\nBut I can't show it yet: I need **Attach Files** in {channel.mention}. Somebody who "
        "runs this server can give me that in the channel's settings."
    )


def gallery_of(cover: Cover) -> discord.ui.MediaGallery[Card]:
    item = discord.MediaGalleryItem(f"attachment://{cover.name}", description=cover.alt)
    return discord.ui.MediaGallery(item)


async def cover_on(services: Services, conversation: Conversation, channel: object) -> Cover | None:
    """The cover to show on a card in *channel*, if there is one and it may be shown there."""
    if isinstance(channel, discord.abc.GuildChannel) and not may_show_pictures(channel):
        return None
    return await services.covers.find(conversation.id)


async def file_of(
    services: Services, conversation_id: ConversationId, cover: Cover
) -> discord.File:
    """A new one for each time that it is sent.

    Raises:
        Unavailable: it has just been replaced; the card will be drawn again.
    """
    picture = await services.covers.picture(conversation_id, cover)
    if picture is None:
        raise Unavailable
    return discord.File(io.BytesIO(picture), cover.name, description=cover.alt)


async def send_drawn(
    services: Services,
    channel: discord.TextChannel,
    conversation_id: ConversationId,
    cover: Cover | None,
    draw: Callable[[Cover | None], Card],
) -> tuple[discord.Message, str | None]:
    """Post a card, and say which cover is attached to it."""
    if cover is not None:
        try:
            file = await file_of(services, conversation_id, cover)
            return await channel.send(view=draw(cover), file=file), cover.name
        except discord.HTTPException as error:
            _must_be_about_the_cover(error, conversation_id)
    return await channel.send(view=draw(None)), None


async def edit_drawn(
    services: Services,
    message: discord.PartialMessage | discord.Message,
    conversation_id: ConversationId,
    cover: Cover | None,
    attached: str | None,
    draw: Callable[[Cover | None], Card],
) -> str | None:
    """Edit a card whose message has the cover called *attached*; say which one it has now.

    An edit leaves alone what is attached unless it says otherwise, so a cover that stays is not
    sent again. Discord does not promise that a card may show a file which came with an earlier
    edit, nor has it always taken files with edits:
    https://github.com/discord/discord-api-docs/issues/7529. So each way has the next to fall
    back on, and the last is a card without a picture: one that is out of date would be worse.
    """
    if cover is not None and cover.name == attached:
        try:
            await message.edit(view=draw(cover), allowed_mentions=NO_PINGS)
        except discord.HTTPException as error:
            _must_be_about_the_cover(error, conversation_id)
        else:
            return attached
    if cover is not None:
        try:
            file = await file_of(services, conversation_id, cover)
            await message.edit(view=draw(cover), attachments=[file], allowed_mentions=NO_PINGS)
        except discord.HTTPException as error:
            _must_be_about_the_cover(error, conversation_id)
        else:
            return cover.name
    if attached is None and cover is None:
        await message.edit(view=draw(None), allowed_mentions=NO_PINGS)
    else:
        await message.edit(view=draw(None), attachments=[], allowed_mentions=NO_PINGS)
    return None


def _must_be_about_the_cover(error: discord.HTTPException, conversation_id: ConversationId) -> None:
    """Raises *error* again when it would come without a cover as well."""
    if error.status not in _NOT_TAKEN:
        raise error
    log.warning("Card %d: its cover was not taken (%d)", conversation_id, error.code)
