"""What is kept about one person, shown to them alone, page by page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import discord

from bot.keeping.privacy import About, as_file
from bot.network.model import LinkTo, Network
from bot.ui.answering import hand_over, show, show_in_place
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted
from cogs.asking import member_id_of, network_id_of, network_of
from cogs.privacy.forgetting import AskToForgetButton

if TYPE_CHECKING:
    from bot.client import Interaction

ON_A_PAGE = 5

FILE_NAME = "what-is-kept-about-me.txt"

HEAD = (
    "## What I keep about you\n"
    "Only you see this. It is about this server; another server that I look after keeps its own. "
    "I know you by your Discord id. A name of yours I keep only if you chose one to stand with "
    "words of yours. Each entry is in the file that the button below gives you."
)
NOTHING = "I keep nothing about you here."
ALSO = (
    "-# The people who run this bot keep logs with ids and counts, never words, and backups for "
    "up to about half a year. Private messages that I sent are in Discord, and stay with whoever "
    "got them."
)
ICO = (
    "You may also complain to whoever looks after data protection where you live. In the UK that "
    "is the Information Commissioner's Office (ICO): https://ico.org.uk/make-a-complaint or "
    "0303 123 1113. You need not ask anybody here first."
)


def kept_card(found: Sequence[About], number: int) -> Card:
    if not found:
        return card_of(words(HEAD), words(NOTHING), words(ALSO), row_of(ComplainButton()))
    pages = -(-len(found) // ON_A_PAGE)
    number = min(number, pages - 1)
    shown = found[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
    parts: list[discord.ui.Item[Card]] = [words(HEAD)]
    parts += [words(_one(each)) for each in shown]
    if pages > 1:
        parts.append(words(f"Page {number + 1} of {pages}"))
        parts.append(
            row_of(
                KeptPageButton(max(number - 1, 0), disabled=number == 0),
                NextKeptPageButton(min(number + 1, pages - 1), disabled=number + 1 == pages),
            )
        )
    parts.append(words(ALSO))
    parts.append(row_of(TakeAwayButton(), AskToForgetButton(), ComplainButton()))
    return card_of(*parts)


def _one(about: About) -> str:
    kept = about.kept
    return (
        f"**{kept.what[0].upper()}{kept.what[1:]}**: {counted(len(about.rows), 'entry', 'entries')}"
        f"\nWhy: {kept.why}. How long: {kept.how_long}."
    )


def complain_card(network: Network) -> Card:
    contact = network.links.get(LinkTo.CONTACT)
    first = (
        f"Write to this network: {as_typed(contact)}"
        if contact
        else "This network has not said where to write to. Please ask somebody who runs this "
        "server."
    )
    return card_of(
        words("## If something about your data is not right"),
        words(f"{first}\nSay what happened, and what should be put right."),
        words(ICO),
        row_of(KeptPageButton(0, label="What is kept about me")),
    )


async def show_kept(interaction: Interaction, number: int = 0) -> None:
    found = await _found(interaction)
    await show_in_place(interaction, kept_card(found, number))


async def give_file(interaction: Interaction) -> None:
    found = await _found(interaction)
    now = interaction.client.services.clock.now()
    made = as_file(found, network_id_of(interaction), member_id_of(interaction), now)
    await hand_over(
        interaction,
        "Here is all that I keep about you in this server, first in words and then for programs. "
        "Keep it safe: only you have got it.",
        discord.File(io.BytesIO(made.encode()), FILE_NAME, description="What is kept about me"),
    )


async def show_complain(interaction: Interaction) -> None:
    await show(interaction, complain_card(await network_of(interaction)))


async def _found(interaction: Interaction) -> Sequence[About]:
    privacy = interaction.client.services.privacy
    return await privacy.about(network_id_of(interaction), member_id_of(interaction))


class KeptPageButton(PersistentButton, template=r"privacy:page:(?P<id>[0-9]{1,4})"):
    """A page, from 0, of what is kept about whoever presses."""

    form, label = "privacy:page:{id}", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_kept(interaction, self.id_)


class NextKeptPageButton(KeptPageButton, template=r"privacy:page-on:(?P<id>[0-9]{1,4})"):
    """As `KeptPageButton`; a message may not hold one `custom_id` twice."""

    form, label = "privacy:page-on:{id}", "Later"


class TakeAwayButton(PersistentButton, template=r"privacy:take-away"):
    form, label = "privacy:take-away", "Give it to me as a file"

    async def press(self, interaction: Interaction) -> None:
        await give_file(interaction)


class ComplainButton(PersistentButton, template=r"privacy:complain"):
    form, label = "privacy:complain", "Something is not right"

    async def press(self, interaction: Interaction) -> None:
        await show_complain(interaction)
