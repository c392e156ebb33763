"""Picking a post or an action while typing, and finding it again by what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import app_commands

from bot.errors import NotFound
from bot.ids import ReflectionId
from bot.reflections.model import NO_SUCH_POST
from bot.reflections.model.action import SAID_OF
from bot.ui.text import shortened
from cogs.asking import network_id_of, person_of
from cogs.conversations.picking import LONGEST_CHOICE, MOST_CHOICES

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.reflections.model import Listed
    from bot.themes.model import Vocabulary


async def post_titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The posts that fit *typed*; drafts only for those who write them."""
    return [
        app_commands.Choice(name=shortened(name, LONGEST_CHOICE), value=str(each.id))
        for each, name in await _named(interaction)
        if typed.strip().casefold() in name.casefold()
    ][:MOST_CHOICES]


async def picked_post(interaction: Interaction, typed: str) -> ReflectionId:
    """Raises `NotFound`: none of this network is called so, or several are."""
    sought = typed.strip().casefold()
    named = await _named(interaction)
    found = [each.id for each, name in named if sought in (str(each.id), name.casefold())]
    if len(found) != 1:
        found = [each.id for each, name in named if sought in name.casefold()]
    if len(found) != 1:
        raise NotFound(NO_SUCH_POST)
    return found[0]


async def action_titles(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    found = await interaction.client.services.reflections.actions.titled(
        network_id_of(interaction), typed
    )
    return [
        app_commands.Choice(
            name=shortened(f"{each.title} · {SAID_OF[each.state]}", LONGEST_CHOICE),
            value=str(each.id),
        )
        for each in found[:MOST_CHOICES]
    ]


async def _named(interaction: Interaction) -> list[tuple[Listed, str]]:
    services, by = interaction.client.services, await person_of(interaction)
    vocabulary = await services.themes.vocabulary(by.network_id)
    found = await services.reflections.drafts.listed(by=by)
    return [(each, _name(each, vocabulary)) for each in found]


def _name(post: Listed, vocabulary: Vocabulary) -> str:
    theme = vocabulary.theme(post.theme_id).label if post.theme_id is not None else ""
    title = post.title or ": ".join(
        each for each in ("Reflections", post.conversation or theme) if each
    )
    return title if post.is_published else f"{title} (draft)"
