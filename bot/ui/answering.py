"""Answering in time: Discord forgets a press that nobody has acknowledged for three seconds."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import discord

from bot import tally
from bot.errors import Unavailable
from bot.ui.failures import MOST_WORDS
from bot.ui.parts import Card, Form, given_back

SOON = 1.5
"""Seconds we work before asking Discord to show that we are thinking."""

LOOK_EVERY = 0.5

Result = TypeVar("Result")


@dataclass(slots=True)
class _Waiting:
    interaction: discord.Interaction[Any]
    late_at: float  # by the loop's clock
    deferring: asyncio.Task[Any] | None = None


class Patience:
    """Asks Discord to wait for answers that take long: a crowd, or a slow disk.

    One timer watches all of them, because a crowd is when a timer for each would hurt.
    """

    def __init__(self) -> None:
        self._waiting: dict[int, _Waiting] = {}  # by interaction, the longest wait first
        self._watch: asyncio.Task[None] | None = None

    async def during(
        self, interaction: discord.Interaction[Any], work: Awaitable[Result]
    ) -> Result:
        """What *work* comes to. Afterwards the interaction may or may not have been answered."""
        loop = asyncio.get_running_loop()
        mine = _Waiting(interaction, loop.time() + SOON)
        self._waiting[interaction.id] = mine
        if self._watch is None or self._watch.done():
            self._watch = loop.create_task(self._keep_watch())
        try:
            return await work
        finally:
            del self._waiting[interaction.id]
            tally.ANSWERING.note(loop.time() + SOON - mine.late_at)
            if mine.deferring is not None:
                await mine.deferring

    async def _keep_watch(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            await asyncio.sleep(LOOK_EVERY)
            for each in list(self._waiting.values()):
                if each.late_at > loop.time():
                    break
                if each.deferring is None:
                    each.deferring = loop.create_task(_ask_to_wait(each.interaction))


async def _ask_to_wait(interaction: discord.Interaction[Any]) -> None:
    response = interaction.response
    # Answered just now, or too late for it: then there is nothing to wait for.
    with contextlib.suppress(discord.HTTPException, discord.InteractionResponded):
        if response.is_done():
            return
        if interaction.message is None:
            await response.defer(ephemeral=True, thinking=True)
        else:
            await response.defer()  # so that the message pressed can still be edited


async def open_form(interaction: discord.Interaction[Any], form: Form) -> None:
    """Show *form*, marked as this run's own: a later run knows that it cannot finish it."""
    if interaction.response.is_done():
        raise Unavailable("That took me too long, so I can't open the form. Please press again.")
    form.custom_id = f"{this_run(interaction.client)}:{secrets.token_hex(8)}"
    await interaction.response.send_modal(form)


async def answer_lost_form(interaction: discord.Interaction[Any]) -> None:
    """Answer a form that was opened before a restart, with what was written in it."""
    sent: Any = interaction.data or {}
    if str(sent.get("custom_id", "")).startswith(f"{this_run(interaction.client)}:"):
        return
    words = "I was restarted while you were writing, so nothing is saved. Please start again."
    if keep := given_back(list(_typed(sent.get("components", [])))):
        words += f"\n\nThis is what you wrote, so that you can copy it:\n{keep}"
    await say(interaction, words[:MOST_WORDS])


def this_run(client: Any) -> str:
    """The mark of the run of the bot that *client* is."""
    return f"form:{client.mark}"


def _typed(components: list[dict[str, Any]]) -> Iterator[str]:
    for component in components:
        if isinstance(value := component.get("value"), str):
            yield value
        inner = component.get("components") or [component.get("component") or {}]
        yield from _typed([each for each in inner if each])


async def say(interaction: discord.Interaction[Any], content: str) -> None:
    """Words for this person only, whether or not they have been answered already."""
    if interaction.response.is_done():
        await interaction.followup.send(content, ephemeral=True)
    else:
        await interaction.response.send_message(content, ephemeral=True)


async def hand_over(
    interaction: discord.Interaction[Any], content: str, *files: discord.File
) -> None:
    """Files for this person only, whether or not they have been answered already."""
    if interaction.response.is_done():
        await interaction.followup.send(content, files=files, suppress_embeds=True, ephemeral=True)
    else:
        await interaction.response.send_message(
            content, files=files, suppress_embeds=True, ephemeral=True
        )


async def show(interaction: discord.Interaction[Any], card: Card) -> None:
    """A card for this person only, whether or not they have been answered already."""
    if interaction.response.is_done():
        await interaction.followup.send(view=card, ephemeral=True)
    else:
        await interaction.response.send_message(view=card, ephemeral=True)


async def show_file(interaction: discord.Interaction[Any], card: Card, file: discord.File) -> None:
    """A card for this person only, with the file that it shows."""
    if interaction.response.is_done():
        await interaction.followup.send(view=card, file=file, ephemeral=True)
    else:
        await interaction.response.send_message(view=card, file=file, ephemeral=True)


async def show_in_place(interaction: discord.Interaction[Any], card: Card) -> None:
    """A card in place of the private message that was pressed, or as a new one without it."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await edit_in_place(interaction, card)
    else:
        await show(interaction, card)


async def edit_in_place(interaction: discord.Interaction[Any], card: Card) -> None:
    """A card in place of the message that was pressed, whether or not we had to ask to wait."""
    if interaction.response.is_done():
        await interaction.edit_original_response(view=card)
    else:
        await interaction.response.edit_message(view=card)
