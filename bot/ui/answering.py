"""Answering in time: Discord forgets a press that nobody has acknowledged for three seconds."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, TypeVar

import discord

from bot.ui.parts import Card

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
                    response = each.interaction.response
                    each.deferring = loop.create_task(response.defer(ephemeral=True, thinking=True))


async def say(interaction: discord.Interaction[Any], content: str) -> None:
    """Words for this person only, whether or not they have been answered already."""
    if interaction.response.is_done():
        await interaction.followup.send(content, ephemeral=True)
    else:
        await interaction.response.send_message(content, ephemeral=True)


async def show(interaction: discord.Interaction[Any], card: Card) -> None:
    """A card for this person only, whether or not they have been answered already."""
    if interaction.response.is_done():
        await interaction.followup.send(view=card, ephemeral=True)
    else:
        await interaction.response.send_message(view=card, ephemeral=True)


async def show_in_place(interaction: discord.Interaction[Any], card: Card) -> None:
    """A card in place of the private message that was pressed, or as a new one without it."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await interaction.response.edit_message(view=card)
    else:
        await show(interaction, card)
