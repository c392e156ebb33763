"""Answering in time: Discord forgets a press that nobody has acknowledged for three seconds."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import discord

from bot.ui.parts import Card

SOON = 1.5
"""Seconds we work before asking Discord to show that we are thinking."""

Result = TypeVar("Result")


async def in_time(
    interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Result]
) -> Result:
    """What *work* comes to, with Discord told to wait if a crowd makes it slow."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=SOON)
    if not done:
        await interaction.response.defer(ephemeral=True, thinking=True)
    return await task


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
