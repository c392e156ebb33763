"""Picking a practice while typing, and words that find something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.errors import NotFound
from bot.ids import PracticeId
from bot.practice.model import Practice
from bot.ui.text import shortened
from cogs.asking import network_id_of, person_of

if TYPE_CHECKING:
    from bot.client import Interaction

LONGEST_CHOICE = 100


async def titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Of what everybody may see."""
    found = await interaction.client.services.practice.showing.titled(
        network_id_of(interaction), typed
    )
    return [_choice(title, practice_id) for practice_id, title in found]


async def completions(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """What somebody who has begun to type may mean. Only what is public helps."""
    found = await interaction.client.services.practice.showing.complete(
        network_id_of(interaction), typed
    )
    fitting = [each for each in found if len(each) <= LONGEST_CHOICE]
    return [app_commands.Choice(name=each, value=each) for each in fitting]


async def every_title(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """For moderators: in whatever state. Nothing for anybody else."""
    by = await person_of(interaction)
    if not by.is_moderator:
        return []
    found = await interaction.client.services.practice.curating.titled(typed, by=by)
    return [_choice(each.title, each.id) for each in found]


async def picked_any(interaction: Interaction, picked: str) -> Practice:
    """For moderators, by what was picked from the list or typed of its title.

    Raises:
        NotAllowed: they are no moderator.
        NotFound: nothing here is called that.
    """
    by = await person_of(interaction)
    services = interaction.client.services.practice
    if picked.isascii() and picked.isdecimal() and len(picked) < 19:
        return await services.review.get(PracticeId(int(picked)), by=by)
    found = await services.curating.titled(picked, by=by)
    if not found:
        raise NotFound("I can't find a practice called that. Begin to type its title and pick it.")
    return found[0]


def _choice(title: str, practice_id: PracticeId) -> app_commands.Choice[str]:
    return app_commands.Choice(name=shortened(title, LONGEST_CHOICE), value=str(practice_id))
