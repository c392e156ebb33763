"""A quote as a picture: at the top of the quote of the week, and for somebody who asks for it."""

from __future__ import annotations

import asyncio
import hashlib
import io
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.errors import Invalid
from bot.ids import QuoteId
from bot.ui.answering import show_file
from bot.ui.parts import NO_PINGS, Card, PersistentButton, card_of, words
from bot.ui.text import as_typed, shortened
from bot.wisdom.model import ShownQuote, Use
from bot.wisdom.picture import drawn, laid_out
from cogs.asking import network_id_of
from cogs.wisdom import wording

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.client import Interaction

log = logging.getLogger(__name__)

LONGEST_ALT = 1000
_NOT_TAKEN = {400, 413}
"""What Discord answers when it is the file or its place on the card that it does not like."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that can be drawn. Its name changes with whatever is on it."""

    quote: ShownQuote

    @property
    def _below(self) -> str:
        return f"{wording.credit_line(self.quote)}\nQuote {self.quote.number}"

    @property
    def name(self) -> str:
        shown = f"{self.quote.content_note}\n{self.quote.words}\n{self._below}"
        return f"quote-{hashlib.blake2b(shown.encode(), digest_size=8).hexdigest()}.png"

    @property
    def alt(self) -> str:
        """All that can be read on it, for those who can't see it."""
        note = f"Content note: {self.quote.content_note}. " if self.quote.content_note else ""
        below = self._below.replace("\n", ". ")
        return f"{note}“{shortened(self.quote.words, LONGEST_ALT - 250)}” {below}"

    def is_possible(self) -> bool:
        """Slow enough for a thread."""
        return laid_out(self.quote.words, self._below, self.quote.content_note) is not None

    def file(self) -> discord.File:
        """A new one for each time that it is sent. Slow: call it in a thread."""
        drawing = laid_out(self.quote.words, self._below, self.quote.content_note)
        if drawing is None:
            raise Invalid(NOT_POSSIBLE)
        return discord.File(io.BytesIO(drawn(drawing)), self.name, description=self.alt)

    def on_card(self) -> discord.ui.MediaGallery[Card]:
        return discord.ui.MediaGallery(
            discord.MediaGalleryItem(f"attachment://{self.name}", description=self.alt)
        )


NOT_POSSIBLE = (
    "I can't make a picture of that quote: it is too long to be read on one, or it has letters "
    "that I can't draw."
)


async def picture_of(quote: ShownQuote) -> Picture | None:
    """None: its words can't be drawn so that people can read them."""
    picture = Picture(quote)
    return picture if await asyncio.to_thread(picture.is_possible) else None


async def send_drawn(
    channel: discord.abc.Messageable,
    picture: Picture | None,
    draw: Callable[[Picture | None], Card],
) -> tuple[discord.Message, str | None]:
    """Post a card, and say which picture is attached to it."""
    if picture is not None:
        file = await asyncio.to_thread(picture.file)
        try:
            return await channel.send(view=draw(picture), file=file), picture.name
        except discord.HTTPException as error:
            _must_be_about_the_picture(error)
    return await channel.send(view=draw(None)), None


async def edit_drawn(
    message: discord.PartialMessage | discord.Message,
    picture: Picture | None,
    attached: str | None,
    draw: Callable[[Picture | None], Card],
) -> str | None:
    """Edit a card to which the picture called *attached* is; say which one is now.

    A picture that is not wanted any more is taken off in the same edit as its words.
    """
    if picture is not None and picture.name == attached:
        try:
            await message.edit(view=draw(picture), allowed_mentions=NO_PINGS)
        except discord.HTTPException as error:
            _must_be_about_the_picture(error)
        else:
            return attached
    if picture is not None:
        file = await asyncio.to_thread(picture.file)
        try:
            await message.edit(view=draw(picture), attachments=[file], allowed_mentions=NO_PINGS)
        except discord.HTTPException as error:
            _must_be_about_the_picture(error)
        else:
            return picture.name
    await message.edit(view=draw(None), attachments=[], allowed_mentions=NO_PINGS)
    return None


def _must_be_about_the_picture(error: discord.HTTPException) -> None:
    """Raises *error* again when it would come without a picture as well."""
    if error.status not in _NOT_TAKEN:
        raise error
    log.warning("The picture of a quote was not taken (%d)", error.code)


class AsPictureButton(PersistentButton, template=r"quote:as-picture:(?P<id>[0-9]{1,19})"):
    form, label = "quote:as-picture:{id}", "As a picture"

    async def press(self, interaction: Interaction) -> None:
        quote = await interaction.client.services.wisdom.showing.get(
            QuoteId(self.id_), network_id_of(interaction)
        )
        picture = await picture_of(quote)
        if picture is None:
            raise Invalid(NOT_POSSIBLE)
        file = await asyncio.to_thread(picture.file)
        await show_file(interaction, picture_card(picture), file)


def picture_card(picture: Picture) -> Card:
    quote = picture.quote
    agreed = "this server and the website" if Use.WEBSITE in quote.uses else "this server only"
    note = f"Content note: {as_typed(quote.content_note)}\n" if quote.content_note else ""
    body = as_typed(quote.words)
    body = f"||{body}||" if quote.content_note else f"“{body}”"
    return card_of(
        discord.ui.MediaGallery(
            discord.MediaGalleryItem(
                f"attachment://{picture.name}",
                description=picture.alt,
                spoiler=quote.content_note is not None,
            )
        ),
        words(f"{note}{body}\n{as_typed(wording.credit_line(quote))} · Quote {quote.number}"),
        words(
            f"-# Whoever said it agreed to it being shown in {agreed}. If they take it back, "
            "please stop using the picture: I can't reach copies of it."
        ),
    )
