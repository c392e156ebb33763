"""The `/organise` command that names who hosts, and the private message to those named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.conversations.model import HostChange, Hosted
from bot.errors import Invalid
from bot.ids import FORGOTTEN, MemberId, NoticeId
from bot.notices.model import Notice
from bot.ui.answering import edit_in_place, say
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted
from cogs.asking import member_id_of
from cogs.conversations import wording
from cogs.conversations.picking import pick_as_organiser, titles

if TYPE_CHECKING:
    from bot.client import Interaction, Services


class HostCommands(commands.Cog):
    """Mixed into `OrganiseCog`."""

    @app_commands.command()
    @app_commands.describe(
        conversation="Begin to type its title, and pick it",
        host="Who hosts it. Leave it out to keep whoever does.",
        deputy="Who hosts it with them. Leave it out to keep whoever does.",
        take_off="Whose name comes off the card",
    )
    @app_commands.rename(take_off="take-off")
    @app_commands.autocomplete(conversation=titles)
    async def hosts(
        self,
        interaction: Interaction,
        conversation: str,
        host: discord.User | None = None,
        deputy: discord.User | None = None,
        take_off: Literal["the host", "the deputy", "both"] | None = None,
    ) -> None:
        """Name who hosts a conversation. They are told, and shown on its card."""
        by, picked = await pick_as_organiser(
            interaction, conversation, "name who hosts a conversation"
        )
        change = HostChange(
            host_id=host_from(host),
            deputy_id=host_from(deputy),
            host_off=take_off in {"the host", "both"},
            deputy_off=take_off in {"the deputy", "both"},
        )
        work = interaction.client.services.hosting.name(picked.id, change, by=by)
        outcome = await interaction.client.patience.during(interaction, work)
        await say(interaction, _named(outcome))


def host_from(person: discord.User | discord.Member | None) -> MemberId | None:
    """Raises `Invalid`: a bot, or somebody who is not in the server."""
    if person is None:
        return None
    if person.bot:
        raise Invalid(f"{person.mention} is a bot, and can't host a conversation.")
    if not isinstance(person, discord.Member):
        raise Invalid(
            f"{person.mention} is not in this server. Please invite them first, or name "
            "somebody who is here."
        )
    return MemberId(person.id)


def _named(outcome: Hosted) -> str:
    """What an organiser reads after naming hosts. The mentions ping nobody."""
    conversation = outcome.conversation
    hosted = wording.hosted(conversation) or "Nobody is named as its host now"
    lines = [f"**{as_typed(conversation.title)}**: {hosted}. The card follows."]
    if outcome.told:
        lines.append(
            f"{counted(outcome.told, 'person is', 'people are')} told in a private message, with "
            "a button that takes their name off."
        )
    if outcome.came_off:
        lines.append(
            f"{counted(outcome.came_off, 'name', 'names')} came off the card. I don't tell them: "
            "please do."
        )
    return "\n".join(lines)


async def named_host(services: Services, notice: Notice) -> Card | None:
    conversation = await services.hosting.as_told(notice)
    if conversation is None:
        return None
    network = await services.networks.get(notice.network_id)
    return card_of(
        words(f"## You are named as a host of {as_typed(conversation.title)}"),
        words(wording.when_in_full(conversation, network)),
        words(
            f"{wording.hosted(conversation)}\n"
            "Its card shows your name to everybody in the server. If you would rather not be "
            "named, or can't host it, press this. An organiser hears of it; nobody else does."
        ),
        row_of(NameOffButton(notice.id)),
    )


async def host_stepped_back(services: Services, notice: Notice) -> Card | None:
    found = await services.hosting.who_stepped_back(notice)
    if found is None:
        return None
    conversation, member_id = found
    who = "Somebody" if member_id == FORGOTTEN else f"<@{member_id}>"
    network = await services.networks.get(notice.network_id)
    hosted = wording.hosted(conversation) or "Nobody is named as its host now"
    return card_of(
        words(f"## A host of {as_typed(conversation.title)} has stepped back"),
        words(wording.when(conversation, network)),
        words(
            f"{who} asked for their name to be taken off. {hosted}.\n"
            "To name somebody else, use /organise hosts in the server."
        ),
    )


class NameOffButton(PersistentButton, template=r"host:take-off:(?P<id>[0-9]{1,19})"):
    """Its id is the notice's, so that it works for the person it was written to only."""

    form, label = "host:take-off:{id}", "Please take my name off"

    async def press(self, interaction: Interaction) -> None:
        conversation = await interaction.client.services.hosting.take_me_off(
            NoticeId(self.id_), member_id_of(interaction)
        )
        card = card_of(
            words(
                f"Your name is off the card of **{as_typed(conversation.title)}**, and you are "
                "not down as its host any more. Thank you for saying so."
            )
        )
        await edit_in_place(interaction, card)
