"""Quotes out of a file, as a moderator brings them in: read, compared, and kept or left out."""

from __future__ import annotations

import asyncio
import contextlib
import io
from collections.abc import AsyncGenerator, Sequence
from typing import TYPE_CHECKING

import aiohttp
import discord

from bot.clock import spoken_day
from bot.errors import Refusal, Unavailable
from bot.ids import QuoteImportId
from bot.ui.answering import edit_in_place, hand_over, open_form, show
from bot.ui.parts import Card, PagedButton, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, shortened
from bot.wisdom.importing.apart import read_apart
from bot.wisdom.importing.model import Candidate
from bot.wisdom.importing.reading import form_of, must_not_be_too_big
from bot.wisdom.model import Brought, Consent, LeftOut, QuoteImport
from cogs.asking import network_of, person_of
from cogs.wisdom.consent_form import ConsentForm

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.network.model import Network

LOOK_EVERY = 2.0
"""Seconds between two looks at how far it has come."""
MOST_SHOWN, LONGEST_SHOWN = 4, 150
FILES_A_PAGE = 5

ALL_RECORDED = (
    "This is for all quotes of the file that still wait. Please use it only if the network has "
    "published every one of them, and everybody who is quoted agreed to the same uses. Each still "
    "waits for a moderator, in `/review`. They can change or take it back at any time by telling a "
    "moderator."
)


async def bring_in(interaction: Interaction, file: discord.Attachment, *, keep_alike: bool) -> None:
    """Read it apart, keep what is new, and say what became of the rest."""
    bringing = interaction.client.services.wisdom.bringing
    by = await person_of(interaction)
    await bringing.must_be_allowed(by=by)
    form_of(file.filename)
    must_not_be_too_big(file.size)
    await show(interaction, card_of(words("I am reading the file. This may take a minute.")))
    try:
        found = await read_apart(file.filename, await _fetched(file))
        async with _told_how_far(interaction, len(found)) as so_far:
            brought = await bringing.bring_in(
                found, by=by, keep_alike=keep_alike, progress=so_far.note
            )
    except Refusal as refusal:
        await edit_in_place(interaction, card_of(words(f"{refusal}\nNothing was brought in.")))
        return
    except Exception:
        await edit_in_place(interaction, card_of(words("I stopped, and brought nothing in.")))
        raise
    await edit_in_place(interaction, brought_card(found, brought))
    if len(brought.left_out) > MOST_SHOWN:
        made = side_by_side(brought.left_out).encode()
        await hand_over(
            interaction,
            "Here is all that was left out, each with what it is like.",
            discord.File(io.BytesIO(made), "left-out.md", description="What was left out"),
        )


async def _fetched(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except (discord.HTTPException, aiohttp.ClientError) as error:
        raise Unavailable(
            "Discord didn't hand me that file, so nothing has changed. Please send it again."
        ) from error


class _SoFar:
    """How far the comparing has come."""

    def __init__(self, of: int) -> None:
        self.done, self.of = 0, of

    def note(self, done: int, of: int) -> None:
        self.done, self.of = done, of


@contextlib.asynccontextmanager
async def _told_how_far(interaction: Interaction, of: int) -> AsyncGenerator[_SoFar, None]:
    so_far = _SoFar(of)

    async def tell() -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY)
            text = f"I have compared {so_far.done:,} of {so_far.of:,} quotes with what is here."
            with contextlib.suppress(discord.HTTPException):
                await edit_in_place(interaction, card_of(words(text)))

    telling = asyncio.create_task(tell())
    try:
        yield so_far
    finally:
        telling.cancel()
        await asyncio.gather(telling, return_exceptions=True)


def brought_card(found: Sequence[Candidate], brought: Brought) -> Card:
    left = len(brought.left_out)
    said = f"## {counted(len(found), 'quote', 'quotes')} found in the file\n"
    if brought.kept:
        said += (
            f"{counted(brought.kept, 'is', 'are')} brought in. Nobody else can see them: in "
            "`/review` each waits until somebody records that its speaker agrees."
        )
    else:
        said += "None was brought in: all of it is here already."
    if brought.had_names:
        said += (
            "\nThe file says who spoke. Those names are not kept: type them with the consent, "
            "where somebody wants theirs to stand with their words."
        )
    parts: list[discord.ui.Item[Card]] = [words(said)]
    if left:
        said = f"### {counted(left, 'was', 'were')} left out as nearly the same"
        shown = [_beside(each) for each in brought.left_out[:MOST_SHOWN]]
        more = [f"-# and {left - MOST_SHOWN:,} more"] if left > MOST_SHOWN else []
        hint = (
            "-# To bring in those that only nearly say the same, send the file again with "
            "**alike** set to True."
        )
        parts.append(words("\n".join([said, *shown, *more, hint])))
    if brought.import_id is not None:
        parts.append(_import_buttons(brought.import_id))
    return card_of(*parts)


def _beside(left: LeftOut) -> str:
    like = left.like
    return (
        f"- In the file: “{_in_short(left.words)}”\n"
        f"  {_where(left)}: “{_in_short(like.words)}” ({like.likeness} in a hundred alike)"
    )


def _where(left: LeftOut) -> str:
    if not left.like.is_kept:
        return "Also in the file"
    return f"Quote {left.like.number}" if left.like.number else "Here, without a number yet"


def _in_short(text: str) -> str:
    return as_typed(shortened(" ".join(text.split()), LONGEST_SHOWN))


def side_by_side(left_out: Sequence[LeftOut]) -> str:
    """All of it as Markdown, to be read in private."""
    lines = ["# Left out as nearly the same"]
    for number, each in enumerate(left_out, start=1):
        lines += [
            f"## {number}",
            f"In the file:\n\n{_quoted(each.words)}",
            f"{_where(each)}, {each.like.likeness} in a hundred alike:\n\n"
            f"{_quoted(each.like.words)}",
        ]
    return "\n\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _import_buttons(import_id: QuoteImportId) -> discord.ui.ActionRow[Card]:
    return row_of(RecordImportButton(import_id), LeaveOutImportButton(import_id))


async def show_imports(interaction: Interaction, page: int = 0) -> None:
    by = await person_of(interaction)
    found, how_many = await interaction.client.services.wisdom.bringing.waiting(
        by=by, skip=page * FILES_A_PAGE, most=FILES_A_PAGE
    )
    card = imports_card(found, how_many, page, await network_of(interaction))
    if interaction.message is None:
        await show(interaction, card)
    else:
        await edit_in_place(interaction, card)


def imports_card(found: Sequence[QuoteImport], how_many: int, page: int, network: Network) -> Card:
    if not found:
        return card_of(
            words(
                "Nothing that was brought in waits for consent to be recorded. `/curate import` "
                "reads quotes out of a file."
            )
        )
    parts: list[discord.ui.Item[Card]] = [
        words("## Files whose quotes wait for consent to be recorded")
    ]
    for each in found:
        who = f" by <@{each.by_id}>" if each.by_id else ""
        on = spoken_day(each.at.astimezone(network.zone))
        waits = f"{each.to_record:,} of {counted(each.kept, 'quote', 'quotes')}"
        parts.append(words(f"Brought in on {on}{who}: {waits} still to be recorded."))
        parts.append(_import_buttons(each.id))
    turning = [
        ImportsButton(0, at, label=label)
        for at, label in ((page - 1, "Newer"), (page + 1, "Older"))
        if 0 <= at < -(-how_many // FILES_A_PAGE)
    ]
    if turning:
        parts.append(row_of(*turning))
    return card_of(*parts)


class ImportsButton(
    PagedButton, template=r"quote-imports:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "quote-imports:page:{id}:0", "Older"

    async def press(self, interaction: Interaction) -> None:
        await show_imports(interaction, self.page)


class RecordImportButton(PersistentButton, template=r"quote-import:record:(?P<id>[0-9]{1,19})"):
    form, label = "quote-import:record:{id}", "Record consent for all of them"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        import_id = QuoteImportId(self.id_)
        bringing = interaction.client.services.wisdom.bringing
        await bringing.get(import_id, by=await person_of(interaction))

        async def record(interaction: Interaction, consent: Consent) -> None:
            by = await person_of(interaction)
            recorded = await bringing.record_all(import_id, consent, by=by)
            text = (
                f"Consent is recorded for {counted(recorded, 'quote', 'quotes')}. Each now waits "
                "for a moderator to publish it: use `/review`."
            )
            await edit_in_place(interaction, card_of(words(text)))

        await open_form(interaction, ConsentForm(record, promise=ALL_RECORDED))


class LeaveOutImportButton(
    PersistentButton, template=r"quote-import:leave-out:(?P<id>[0-9]{1,19})"
):
    form, label = "quote-import:leave-out:{id}", "Leave all of it out"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        found = await interaction.client.services.wisdom.bringing.get(
            QuoteImportId(self.id_), by=by
        )
        text = (
            f"This deletes {counted(found.to_record, 'quote', 'quotes')} of that file, for good. "
            "What somebody has recorded consent to already stays."
        )
        row = row_of(DeleteImportButton(found.id), KeepImportButton(found.id))
        await edit_in_place(interaction, card_of(words(text), row))


class DeleteImportButton(PersistentButton, template=r"quote-import:delete:(?P<id>[0-9]{1,19})"):
    form, label = "quote-import:delete:{id}", "Yes, delete them"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        deleted = await interaction.client.services.wisdom.bringing.leave_out_all(
            QuoteImportId(self.id_), by=by
        )
        text = f"{counted(deleted, 'quote is', 'quotes are')} deleted, with all words."
        await edit_in_place(interaction, card_of(words(text)))


class KeepImportButton(PersistentButton, template=r"quote-import:keep:(?P<id>[0-9]{1,19})"):
    form, label = "quote-import:keep:{id}", "Keep them"

    async def press(self, interaction: Interaction) -> None:
        text = "They are kept, and wait in `/review`. `/curate imported` shows this file again."
        await edit_in_place(interaction, card_of(words(text)))
