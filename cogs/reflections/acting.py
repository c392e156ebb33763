"""`/action`: the list for everybody, and writing down what becomes of what people said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import Invalid
from bot.reflections.model.action import LONGEST_ACTION, ActionState
from cogs.asking import network_id_of, person_of
from cogs.conversations.picking import begun_titles
from cogs.practice.picking import titles
from cogs.reflections import actions
from cogs.reflections.picking import action_titles

if TYPE_CHECKING:
    from bot.client import CoproductionBot, Interaction

MOST_NUMBERS = 100
"""Characters in which the numbers of quotes are typed."""


@app_commands.guild_only()
class ActionCog(commands.GroupCog, group_name="action"):
    """You said, we did: what came of what people said."""

    def __init__(self, bot: CoproductionBot) -> None:
        self._services = bot.services

    @app_commands.command(name="list")
    async def list_(self, interaction: Interaction) -> None:
        """See what came of what people said."""
        await actions.show_list(interaction, 0)

    @app_commands.command()
    @app_commands.describe(action="Begin to type it, and pick it")
    @app_commands.autocomplete(action=action_titles)
    async def show(self, interaction: Interaction, action: str) -> None:
        """See one of them, and the quotes that began it."""
        by = await person_of(interaction)
        picked = await self._services.reflections.actions.pick(action, by.network_id)
        await actions.show_action(interaction, picked, by=by)

    @app_commands.command()
    @app_commands.describe(
        what="What people asked for, in a few words that everybody can read",
        quotes="The numbers of the quotes that began it, like “12, 17”",
        conversation="The conversation in which it came up",
        owner="Who looks after it. They are told. Members do not see it.",
        stands="Where it stands. An idea, if you leave it open.",
    )
    @app_commands.autocomplete(conversation=begun_titles)
    @app_commands.choices(
        stands=[
            app_commands.Choice(name=actions.STATES[each], value=each)
            for each in ActionState
            if each is not ActionState.NOT_POSSIBLE
        ]
    )
    async def add(
        self,
        interaction: Interaction,
        what: app_commands.Range[str, 1, LONGEST_ACTION],
        quotes: app_commands.Range[str, 1, MOST_NUMBERS] | None = None,
        conversation: str | None = None,
        owner: discord.Member | None = None,
        stands: str = ActionState.IDEA,
    ) -> None:
        """Write down what people asked for. Those whose words began it hear first."""
        by = await person_of(interaction)
        by.must_look_after_posts("write down actions")
        picked = None
        if conversation is not None:
            picked = await self._services.calendar.pick_begun(
                network_id_of(interaction), conversation
            )
        work = self._services.reflections.actions.add(
            what,
            ActionState(stands),
            conversation_id=picked.id if picked is not None else None,
            quotes=numbers_in(quotes or ""),
            owner_id=actions.looks_after(owner) if owner is not None else None,
            by=by,
        )
        action = await interaction.client.patience.during(interaction, work)
        await actions.show_action(interaction, action, by=by)

    @app_commands.command()
    @app_commands.describe(
        action="Begin to type it, and pick it",
        quote="The number of one more quote that began it",
        practice="One more practice that began it",
    )
    @app_commands.autocomplete(action=action_titles, practice=titles)
    async def update(
        self,
        interaction: Interaction,
        action: str,
        quote: app_commands.Range[int, 1, 10_000_000] | None = None,
        practice: str | None = None,
    ) -> None:
        """Say where an action stands, who looks after it, and by when."""
        by = await person_of(interaction)
        by.must_look_after_posts("say where actions stand")
        picked = await self._services.reflections.actions.pick(action, by.network_id)
        if quote is None and practice is None:
            await actions.open_action_form(interaction, picked)
            return
        if quote is not None:
            picked = await self._services.reflections.actions.link(picked.id, quote, by=by)
        if practice is not None:
            found = await self._services.practice.showing.pick(by.network_id, practice)
            linking = self._services.reflections.actions.link_practice(picked.id, found.id, by=by)
            picked = await linking
        await actions.show_action(interaction, picked, by=by)


def numbers_in(typed: str) -> list[int]:
    """Raises `Invalid`: something that is no number of a quote."""
    parts = re.split(r"[\s,;]+", typed.strip()) if typed.strip() else []
    if any(not re.fullmatch(r"#?[0-9]{1,7}", each) for each in parts):
        raise Invalid("Please type the numbers of quotes, as in “12, 17”.")
    return [int(each.lstrip("#")) for each in parts]
