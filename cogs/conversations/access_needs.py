"""Access needs: the form in which people tell them, and the list that the hosts see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.clock import spoken_day
from bot.conversations.model import (
    LONGEST_NEED,
    NEEDS_LAST,
    Conversation,
    EverybodysNeeds,
    Look,
    MyNeeds,
    Need,
    Needs,
    SignUpState,
)
from bot.ids import ConversationId
from bot.network.model import Network
from bot.ui.answering import open_form, say, show, show_in_place
from bot.ui.parts import Card, Form, PagedButton, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted
from cogs.asking import member_id_of, network_id_of, network_of, person_of

if TYPE_CHECKING:
    from bot.client import Interaction

CALLED = {
    Need.CAPTIONS: "Captions",
    Need.BSL: "British Sign Language (BSL)",
    Need.LARGE_PRINT: "Large print",
    Need.PHONE: "Joining by phone",
    Need.BREAKS: "Breaks",
    Need.CAMERA_OFF: "Camera off",
    Need.SOMETHING_ELSE: "Something else",
}

PROMISE = (
    "Tell us what helps you to take part. Only you and the hosts of this conversation can see it. "
    f"It is deleted {NEEDS_LAST.days} days after the conversation, or as soon as you say that you "
    "can't come. To take it back, clear everything and send the form."
)

ON_A_PAGE = 4


def spoken_needs(needs: Needs) -> str:
    """“Captions, breaks. Something else: …”: in one line, as typed and not made safe."""
    kinds = [CALLED[each] for each in needs.kinds if each is not Need.SOMETHING_ELSE]
    parts = [", ".join(kinds)] if kinds else []
    if needs.words:
        parts.append(f"{CALLED[Need.SOMETHING_ELSE]}: {' '.join(needs.words.split())}")
    elif Need.SOMETHING_ELSE in needs.kinds:
        parts.append("Something else, which they will tell you if you ask")
    return ". ".join(parts)


def kept_until(conversation: Conversation, network: Network) -> str:
    return spoken_day((conversation.ends_at + NEEDS_LAST).astimezone(network.zone))


def told(needs: Needs) -> str:
    """What a person reads of their own needs, or nothing."""
    if needs.is_nothing:
        return ""
    return f"You told us: {as_typed(spoken_needs(needs))}.\nOnly you and the hosts can see that."


class NeedsForm(Form):
    def __init__(self, mine: MyNeeds) -> None:
        super().__init__(title="Access needs")
        self.conversation_id = mine.conversation.id
        begin = mine.to_begin_with
        self.kinds: discord.ui.CheckboxGroup[NeedsForm] = discord.ui.CheckboxGroup(
            required=False, min_values=0, max_values=len(Need), custom_id="kinds"
        )
        for need in Need:
            self.kinds.add_option(label=CALLED[need], value=need, default=need in begin.kinds)
        self.words = discord.ui.TextInput[NeedsForm](
            style=discord.TextStyle.paragraph,
            default=begin.words or None,
            required=False,
            max_length=LONGEST_NEED,
            custom_id="words",
        )
        # Never ticked for them, also when they have agreed before.
        self.consents = discord.ui.Checkbox[NeedsForm](custom_id="consents")
        self.remember = discord.ui.Checkbox[NeedsForm](
            custom_id="remember", default=not mine.remembered.is_nothing
        )
        self.add_item(words(PROMISE))
        for text, description, component in (
            ("What would help you?", "As many as you like", self.kinds),
            ("Something else", "In your own words, if you like", self.words),
            (
                "Yes, the hosts may see this",
                f"They and you, nobody else, until {NEEDS_LAST.days} days after the conversation",
                self.consents,
            ),
            (
                "Remember it for next time",
                "Only to fill in this form for you, until you untick this and send it",
                self.remember,
            ),
        ):
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def submit(self, interaction: Interaction) -> None:
        needs = Needs.read(kinds=self.kinds.values, words=self.words.value)
        mine = await interaction.client.services.access_needs.tell(
            self.conversation_id,
            network_id_of(interaction),
            member_id_of(interaction),
            needs,
            consents=self.consents.value,
            remember=self.remember.value,
        )
        await say(interaction, _saved(mine, await network_of(interaction)))


def _saved(mine: MyNeeds, network: Network) -> str:
    if mine.told.is_nothing:
        return "Saved. The hosts see no access needs of yours, and nothing is remembered."
    lines = [
        f"Thank you. {told(mine.told)}",
        f"It is deleted on {kept_until(mine.conversation, network)}. To change it or take it back, "
        "press **Access needs** again.",
    ]
    if not mine.remembered.is_nothing:
        lines.append("Next time the form will begin with this.")
    return "\n".join(lines)


class NeedsButton(PersistentButton, template=r"conversation:access-needs:(?P<id>[0-9]{1,19})"):
    form, label = "conversation:access-needs:{id}", "Access needs"

    async def press(self, interaction: Interaction) -> None:
        mine = await interaction.client.services.access_needs.mine(
            ConversationId(self.id_), network_id_of(interaction), member_id_of(interaction)
        )
        await open_form(interaction, NeedsForm(mine))


ANSWERS = {
    SignUpState.GOING: "",
    SignUpState.SUPPORTING: " (a supporter)",
    SignUpState.WAITING: " (on the waitlist)",
    SignUpState.MAYBE: " (maybe)",
    SignUpState.NOT_COMING: "",
}


def needs_card(everybody: EverybodysNeeds, number: int, network: Network) -> Card:
    """A page, from 0, of what the hosts were told. A number too high gives the last page."""
    conversation = everybody.conversation
    pages = max(1, -(-len(everybody.people) // ON_A_PAGE))
    number = min(number, pages - 1)
    parts: list[discord.ui.Item[Card]] = [
        words(
            f"## Access needs: {as_typed(conversation.title)}\n"
            "Only the hosts see this, and it is noted that you have looked. All of it is deleted "
            f"on {kept_until(conversation, network)}."
        ),
        words(_summary(everybody)),
    ]
    for each in everybody.people[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]:
        who = f"<@{each.member_id}>{ANSWERS[each.sign_up.state]}"
        parts.append(words(f"{who}: {as_typed(spoken_needs(each.needs))}"))
    if pages > 1:
        parts.append(words(f"Page {number + 1} of {pages}"))
        parts.append(
            row_of(
                NeedsPageButton(conversation.id, max(number - 1, 0), label="Earlier"),
                NeedsOnButton(conversation.id, number + 1, label="Later"),
            )
        )
    return card_of(*parts)


def _summary(everybody: EverybodysNeeds) -> str:
    if not everybody.people:
        return "Nobody has told us of any."
    kinds = [f"{CALLED[need]}: {number:,}" for need, number in everybody.how_many.items()]
    people = counted(len(everybody.people), "person has", "people have")
    return "\n".join([f"{people} told us what they need.", *([", ".join(kinds)] if kinds else [])])


async def _card(interaction: Interaction, conversation_id: int, number: int) -> Card:
    everybody = await interaction.client.services.access_needs.look(
        ConversationId(conversation_id), Look.LIST, by=await person_of(interaction)
    )
    return needs_card(everybody, number, await network_of(interaction))


class HostsNeedsButton(PersistentButton, template=r"people:needs:(?P<id>[0-9]{1,19})"):
    """On an organiser's list of people. The needs come beside the list, not in its place."""

    form, label = "people:needs:{id}", "Access needs"

    async def press(self, interaction: Interaction) -> None:
        await show(interaction, await _card(interaction, self.id_, 0))


class NeedsPageButton(
    PagedButton, template=r"people:needs-page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "people:needs-page:{id}:0", "Earlier"

    async def press(self, interaction: Interaction) -> None:
        await show_in_place(interaction, await _card(interaction, self.id_, self.page))


class NeedsOnButton(
    NeedsPageButton, template=r"people:needs-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    """As `NeedsPageButton`; a message may not hold one `custom_id` twice."""

    form, label = "people:needs-on:{id}:0", "Later"
