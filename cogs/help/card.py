"""What I can do here, for the person who asks, with buttons to the next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.network.model import LinkTo, Network
from bot.people import Person
from bot.ui.answering import show
from bot.ui.parts import Card, PersistentButton, card_of, row_of, words
from cogs.asking import network_of, person_in
from cogs.conversations.listing import AheadButton, MineButton
from cogs.network import spoken
from cogs.network.checked import CheckButton
from cogs.network.panel import SetupButton
from cogs.notices.missed import tell_missed

if TYPE_CHECKING:
    from bot.client import Interaction

MEMBERS = (
    "## What I can do for you\n"
    "I look after this network's conversations on co-production.\n"
    "- `/conversation list`: see what is ahead\n"
    "- `/conversation show`: see one conversation and sign up\n"
    "- `/conversation mine`: see what you have signed up to\n"
    "- `/reminders`: be reminded by private message, when and at the hours you choose\n"
    "- `/conversation series`: see what happens again and again, and sign up to all of it\n"
    "- `/wisdom search`: find what people have said, by your own words for it\n"
    "- `/wisdom themes` or `/wisdom random`: look around in it; `/wisdom show`: one by its number\n"
    "- `/wisdom share`: share words of your own; you choose how they may be used\n"
    "- `/wisdom ask`: ask somebody whether what they said may be kept\n"
    "- Apps → **Keep as wisdom**, in the menu of a message: the same, with what stands there\n"
    "- `/wisdom pack`: take a page of quotes on a theme for a paper or for training\n"
    "- `/wisdom mine`: see what you have shared, change it, or take it back\n"
    "- `/practice search`, `/practice themes` and `/practice show`: find what worked for others\n"
    "- `/practice share`, or Apps → **Share as practice**: tell others what worked for you\n"
    "- `/practice mine`: see what you wrote, change it, or take it back\n"
    "- `/conversation note`: note something for those who write about a conversation\n"
    "- `/reflections show`: read what came of a conversation\n"
    "- `/action list` and `/action show`: see what was done about what people said\n"
    "- `/privacy show`: see what I keep about you, and why; `/privacy export`: take it away\n"
    "- `/privacy forget-me`: have everything about you forgotten here\n"
    "- `/privacy complain`: whom to tell if something is not right\n\n"
    "You can also press the buttons below, or those on any card."
)
POSTS = (
    "\n\n**Posts and what came of them**\n"
    "- `/reflections draft`: make a post of what people said, and write it together\n"
    "- `/reflections publish`: read it as it will look, and publish it as a thread\n"
    "- `/reflections export`: take it away, for the network's website\n"
    "- `/action add` and `/action update`: write down what people asked for, and where it stands"
)
ORGANISERS = (
    "## What organisers can do\n"
    "- `/organise plan`: plan a conversation; you see it before anybody else\n"
    "- `/organise edit`: change its words, length, places, or where it happens\n"
    "- `/organise move`: move it; everybody with a place is asked to say again\n"
    "- `/organise cancel`: call it off; everybody who answered is told why\n"
    "- `/organise duplicate`: plan another with the same words\n"
    "- `/organise hosts`: name who hosts it; they are told and shown on its card\n"
    "- `/organise cover`: put a picture on its card, with words for those who can't see it\n"
    "- `/organise people`: see who is coming, for your eyes only, or take it as a file\n"
    "- `/organise add-guest`: sign up somebody who is not on Discord\n"
    "- `/organise reminders`: see and change when people are reminded\n"
    "- `/organise message`: write to the people of a conversation\n"
    "- `/organise remove-person`: take somebody off; they are told why\n"
    "- `/organise attendance`: note who was there; only counts are shown\n"
    "- `/organise remove`: take away one planned by mistake\n"
    "- `/series start`: conversations that happen every month or week; you see the dates first\n"
    "- `/series list`: see them all, with their next dates\n"
    "- `/series change`: another day or time; or the words and places of what is ahead\n"
    "- `/series skip`: leave out one date; people who answered are told\n"
    "- `/series pause` and `/series resume`: make nothing more for a while, and go on\n"
    "- `/series end`: end it for good" + POSTS
)
MODERATORS = (
    "## What moderators can do\n"
    "- `/review`: look at the quotes and practices that wait, the oldest first\n"
    "- `/curate practice`: feature a practice, archive it, bring it back, or sort it\n"
    "- `/curate merge`, `/curate handover`: make one of two doubles; give one to somebody else\n"
    "- `/curate import`: read quotes out of a file; they wait until consent is recorded\n"
    "- `/curate imported`: the files whose quotes wait; record it for all of one, or undo it\n"
    "- `/curate export`: take quotes out as a file, for one use that people have agreed to\n"
    "- `/curate history`: see what was done with a quote or a practice, by whom, and when\n"
    "- `/theme list`: see the themes of practice and wisdom, their words, and who changed what\n"
    "- `/theme add`, `/theme rename` and `/theme merge`: change them; the forum's tags follow\n"
    "- `/theme synonyms`: change the other words by which a search finds a theme" + POSTS
)
MANAGERS = (
    "## Looking after this server\n"
    "- `/network setup`: choose channels, roles and the time zone, or have them created\n"
    "- `/network check`: see what is missing and how to mend it"
)
FIRST_TIME = (
    "## Your first time\n"
    "1. Look at a card in the conversations channel, or press **See what is ahead**.\n"
    "2. Press **Sign up**. You get an answer that only you can see. Others see how many are "
    "coming, and your name only if you choose that.\n"
    "3. If it is full, you join the waitlist. When a place comes up I send you a private "
    "message.\n"
    "4. **My sign-up** on a card puts it into your calendar, tells the hosts what helps you to "
    "take part, and finds you company if you would rather not come alone.\n"
    "5. If you can't come after all, press **I can't make it**. Nobody minds, and somebody else "
    "gets your place.\n\n"
    "You can listen only. You can come late, leave early, or take a break. Nobody has to say "
    "who they are or tell their story."
)


def help_card(network: Network, person: Person) -> Card:
    parts: list[discord.ui.Item[Card]] = [words(MEMBERS)]
    if links := _links(network):
        parts.append(words(links))
    parts.append(row_of(AheadButton(), MineButton(), FirstTimeButton()))
    more: list[PersistentButton] = []
    if person.is_organiser:
        more.append(ForOrganisersButton())
    if person.is_moderator:
        more.append(ForModeratorsButton())
    if person.manages_network:
        more.append(ForManagersButton())
    if more:
        parts.append(row_of(*more))
    return card_of(*parts)


def _links(network: Network) -> str:
    lines = [f"- {spoken.LINKS[to]}: {network.links[to]}" for to in LinkTo if to in network.links]
    return "\n".join(["### Links", *lines]) if lines else ""


class ForOrganisersButton(PersistentButton, template=r"help:for-organisers"):
    """What it tells is no secret: the commands themselves ask who may."""

    form, label = "help:for-organisers", "What organisers can do"

    async def press(self, interaction: Interaction) -> None:
        await show(interaction, card_of(words(ORGANISERS)))


class ForModeratorsButton(PersistentButton, template=r"help:for-moderators"):
    form, label = "help:for-moderators", "What moderators can do"

    async def press(self, interaction: Interaction) -> None:
        await show(interaction, card_of(words(MODERATORS)))


class ForManagersButton(PersistentButton, template=r"help:for-managers"):
    form, label = "help:for-managers", "Looking after this server"

    async def press(self, interaction: Interaction) -> None:
        await show(interaction, managers_card())


def managers_card() -> Card:
    return card_of(words(MANAGERS), row_of(SetupButton(), CheckButton()))


class FirstTimeButton(PersistentButton, template=r"help:first-time"):
    form, label = "help:first-time", "What to expect the first time"

    async def press(self, interaction: Interaction) -> None:
        network = await network_of(interaction)
        text = FIRST_TIME
        if starting := network.links.get(LinkTo.STARTING):
            text += f"\n\nMore: {starting}"
        card = card_of(words(text), row_of(AheadButton()))
        await show(interaction, card)


async def show_help(interaction: Interaction) -> None:
    network = await network_of(interaction)
    await show(interaction, help_card(network, person_in(network, interaction)))
    await tell_missed(interaction)
