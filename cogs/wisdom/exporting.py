"""Quotes as files that are handed over: exports for moderators, and pages for papers."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

import discord

from bot.clock import spoken_day
from bot.errors import Invalid
from bot.ids import ThemeId
from bot.network.model import LinkTo
from bot.ui.answering import hand_over, say
from bot.ui.text import as_typed, counted
from bot.wisdom.exporting import (
    ExportedQuote,
    as_csv,
    as_json,
    as_markdown,
    as_taguette_csv,
)
from bot.wisdom.model import ShownQuote, Use
from bot.wisdom.pack import Pack, html_page, markdown_page
from cogs.asking import network_of, person_of, server_of
from cogs.wisdom.wording import SAID_BY, USES

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.themes.model import Vocabulary


class Format(StrEnum):
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"
    TAGUETTE = "taguette"


FORMATS = {
    Format.CSV: "CSV, for spreadsheets",
    Format.JSON: "JSON, for programs",
    Format.MARKDOWN: "Markdown, to read",
    Format.TAGUETTE: "CSV as Taguette writes it, for research",
}
ENDINGS = {Format.CSV: "csv", Format.JSON: "json", Format.MARKDOWN: "md", Format.TAGUETTE: "csv"}


def exported(quote: ShownQuote, vocabulary: Vocabulary, *, to_read: bool) -> ExportedQuote:
    """*to_read*: with words for people where programs want the same ones each time."""
    perspective = ""
    if quote.perspective is not None:
        plain = quote.perspective.replace("_", " ")
        perspective = SAID_BY.get(quote.perspective, "") if to_read else plain
    kind = next((each.label for each in vocabulary.kinds if each.id == quote.kind_id), "")
    themes = dict.fromkeys(vocabulary.theme(each).label for each in quote.theme_ids)
    return ExportedQuote(
        number=quote.number,
        words=quote.words,
        kind=kind,
        themes=tuple(themes),
        credit=quote.credited_as or "",
        perspective=perspective,
        year=quote.year,
        content_note=quote.content_note or "",
        uses=tuple(text for use, text in USES.items() if use in quote.uses),
    )


def file_of(quotes: Sequence[ShownQuote], vocabulary: Vocabulary, form: Format) -> bytes:
    to_read = form is Format.MARKDOWN
    rows = [exported(each, vocabulary, to_read=to_read) for each in quotes]
    if form is Format.CSV:
        return as_csv(rows)
    if form is Format.JSON:
        return as_json(rows)
    return as_markdown(rows) if form is Format.MARKDOWN else as_taguette_csv(rows)


async def hand_over_export(interaction: Interaction, use: Use, form: Format) -> None:
    by, services = await person_of(interaction), interaction.client.services
    quotes = [each async for each in services.wisdom.showing.everything(use, by=by)]
    if not quotes:
        await say(interaction, f"No quote is agreed for this use yet: {USES[use]}.")
        return
    vocabulary = await services.themes.vocabulary(by.network_id)
    made = await asyncio.to_thread(file_of, quotes, vocabulary, form)
    _must_fit(interaction, len(made))
    name = f"wisdom-{use}{'-taguette' if form is Format.TAGUETTE else ''}.{ENDINGS[form]}"
    await hand_over(
        interaction,
        f"The file has {counted(len(quotes), 'quote', 'quotes')}, all that is agreed for this use, "
        f"and nothing else: {USES[use]}. People can change their minds, so please delete this file "
        "when you have used it, and make a new one next time.",
        discord.File(io.BytesIO(made), name, description="Quotes"),
    )


def _must_fit(interaction: Interaction, size: int) -> None:
    most = server_of(interaction).filesize_limit
    if size > most:
        raise Invalid(
            f"That file has {size / 1_000_000:.0f} MB, and Discord takes up to "
            f"{most // 1_000_000} MB here. Please choose Markdown, or ask whoever runs the bot."
        )


async def hand_over_pack(interaction: Interaction, theme_id: ThemeId) -> None:
    by, services = await person_of(interaction), interaction.client.services
    vocabulary = await services.themes.vocabulary(by.network_id)
    theme = vocabulary.theme(theme_id).label
    packed = await services.wisdom.curating.pack(theme_id, by=by)
    left = ""
    if packed.left_out:
        left = (
            f"{counted(packed.left_out, 'quote', 'quotes')} on it left out: whoever said it has "
            "not agreed to training and papers."
        )
    if not packed.quotes:
        text = f"Nothing on **{as_typed(theme)}** is agreed for training and papers yet."
        await say(interaction, f"{text} {left}".strip())
        return
    network, server = await network_of(interaction), server_of(interaction)
    contact = network.links.get(LinkTo.CONTACT)
    pack = Pack(
        theme=theme,
        network=server.name,
        made_on=spoken_day(services.clock.now().astimezone(network.zone)),
        how_to_ask=(
            "To use more of what people have said, or to use it elsewhere, ask "
            f"{server.name}{f': {contact}' if contact else ''}."
        ),
        quotes=[exported(each, vocabulary, to_read=True) for each in packed.quotes],
    )
    shown = counted(len(packed.quotes), "quote", "quotes")
    newest = f", the newest of {packed.of:,}" if packed.of > len(packed.quotes) else ""
    text = (
        f"Here is a page on **{as_typed(theme)}** for a paper or for training, once to edit (.md) "
        f"and once to open in a browser or in Word (.html). It has {shown}{newest}. {left}\n"
        "People can change their minds, so please make a new page each time."
    )
    await hand_over(
        interaction,
        text,
        discord.File(io.BytesIO(markdown_page(pack).encode()), "wisdom.md"),
        discord.File(io.BytesIO(html_page(pack).encode()), "wisdom.html"),
    )
