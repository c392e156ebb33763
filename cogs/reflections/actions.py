"""Actions: the list for everybody, one of them, and the form in which it is said how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.errors import Invalid
from bot.ids import ActionId, MemberId
from bot.reflections.model.action import (
    LONGEST_BECAUSE,
    SAID_OF,
    Action,
    ActionState,
    Care,
    Step,
)
from bot.typed_date import read_day
from bot.typed_date.day import spoken_date
from bot.ui.answering import open_form, show, show_in_place
from bot.ui.parts import Card, Form, PagedButton, PersistentButton, card_of, row_of, words
from bot.ui.text import as_typed, counted, shortened
from cogs.asking import network_of, person_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import Interaction
    from bot.people import Person
    from bot.practice.model import ShownPractice
    from bot.wisdom.model import ShownQuote

LONGEST_IN_LIST = 120
"""Of a reason; `/action show` has all of it."""

STATES = {
    ActionState.IDEA: "An idea",
    ActionState.AGREED: "Agreed",
    ActionState.UNDER_WAY: "Under way",
    ActionState.DONE: "Done",
    ActionState.NOT_POSSIBLE: "Not possible, because…",
}


def list_card(actions: Sequence[Action], page: int, pages: int) -> Card:
    """For everybody. It names nobody."""
    lines = ["## You said, we did"]
    if not actions:
        lines.append(
            "Nothing has been written down yet. Organisers and moderators do that with "
            "`/action add`, when something is asked for in a conversation."
        )
    if pages > 1:
        lines.append(f"Page {page + 1} of {pages}")
    lines += [f"- **{as_typed(each.title)}**: {_stands(each, LONGEST_IN_LIST)}" for each in actions]
    if pages > 1:
        row = row_of(
            ActionsButton(0, (page - 1) % pages, label="Page before"),
            ActionsOnButton(0, (page + 1) % pages),
        )
        return card_of(words("\n".join(lines)), row)
    return card_of(words("\n".join(lines)))


def _stands(action: Action, room: int = LONGEST_BECAUSE) -> str:
    because = f". {as_typed(shortened(action.reason, room))}" if action.reason else ""
    return f"{SAID_OF[action.state]}{because}"


def action_card(
    action: Action,
    quotes: Sequence[ShownQuote],
    practices: Sequence[ShownPractice] = (),
    *,
    by: Person,
) -> Card:
    lines = [f"## {as_typed(action.title)}", f"It is {_stands(action)}"]
    if action.quotes:
        began = counted(action.quotes, "quote", "quotes")
        numbers = ", ".join(str(each.number) for each in quotes)
        seen = f": {numbers}. `/wisdom show` shows one." if numbers else "."
        lines.append(f"It began with {began}{seen}")
    lines += [f"It began with the practice “{as_typed(each.title)}”." for each in practices]
    buttons: list[PersistentButton] = [ActionsButton(0, 0)]
    if by.looks_after_posts:
        if action.owner_id or action.deputy_id:
            owner = f"<@{action.owner_id}>" if action.owner_id else "nobody"
            deputy = f", deputy <@{action.deputy_id}>" if action.deputy_id else ""
            lines.append(f"Looked after by {owner}{deputy}. Members do not see that.")
        else:
            lines.append("Nobody looks after it yet.")
        if action.due_on is not None:
            lines.append(f"By {spoken_date(action.due_on)}")
        buttons.append(UpdateActionButton(action.id))
    return card_of(words("\n".join(lines)), row_of(*buttons))


async def show_list(interaction: Interaction, page: int) -> None:
    by = await person_of(interaction)
    actions = interaction.client.services.reflections.actions
    found, page, pages = await actions.page(by.network_id, page)
    await show_in_place(interaction, list_card(found, page, pages))


async def show_action(interaction: Interaction, action: Action, *, by: Person) -> None:
    actions = interaction.client.services.reflections.actions
    quotes, practices = await actions.began_with(action), await actions.practices_behind(action)
    await show(interaction, action_card(action, quotes, practices, by=by))


class ActionForm(Form):
    """Where it stands, why, who looks after it, and by when. All in one."""

    def __init__(self, action: Action) -> None:
        super().__init__(title="How does it stand?")
        self._action = action
        self.state: discord.ui.Select[ActionForm] = discord.ui.Select(
            custom_id="state",
            options=[
                discord.SelectOption(label=label, value=each, default=each is action.state)
                for each, label in STATES.items()
            ],
        )
        self.reason = discord.ui.TextInput[ActionForm](
            required=False,
            max_length=LONGEST_BECAUSE,
            default=action.reason or None,
            style=discord.TextStyle.paragraph,
            custom_id="reason",
        )
        self.owner: discord.ui.UserSelect[Any] = discord.ui.UserSelect(
            required=False, min_values=0, custom_id="owner", default_values=_chosen(action.owner_id)
        )
        self.deputy: discord.ui.UserSelect[Any] = discord.ui.UserSelect(
            required=False,
            min_values=0,
            custom_id="deputy",
            default_values=_chosen(action.deputy_id),
        )
        due = action.due_on
        self.due = discord.ui.TextInput[ActionForm](
            required=False,
            max_length=60,
            default=f"{due.day} {due:%B} {due.year}" if due is not None else None,
            custom_id="due",
        )
        for text, description, component in (
            ("It is", None, self.state),
            ("Because, or what was done", "Everybody reads it. Needed if not possible.",
             self.reason),
            ("Who looks after it?", "They are told. Members do not see it.", self.owner),
            ("And if they can't?", "A deputy", self.deputy),
            ("By when?", "A day, as in “31 March”. Leave it empty for none.", self.due),
        ):  # fmt: skip
            self.add_item(discord.ui.Label(text=text, description=description, component=component))

    async def submit(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        network = await network_of(interaction)
        services = interaction.client.services
        step = Step.read(self.state.values[0], self.reason.value)
        due = self._action.due_on
        typed = self.due.value.strip()
        if not typed:
            due = None
        elif typed != (self.due.default or ""):
            due = read_day(typed, now=services.clock.now(), zone=network.zone)
        owner, deputy = _picked(self.owner), _picked(self.deputy)
        actions = services.reflections.actions
        care = Care(owner_id=owner, deputy_id=deputy, due_on=due)
        action = await actions.update(self._action.id, step, care, self._action.version, by=by)
        quotes, practices = await actions.began_with(action), await actions.practices_behind(action)
        await show_in_place(interaction, action_card(action, quotes, practices, by=by))


def _chosen(member_id: MemberId | None) -> list[discord.SelectDefaultValue]:
    if member_id is None:
        return []
    return [discord.SelectDefaultValue(id=member_id, type=discord.SelectDefaultValueType.user)]


def _picked(select: discord.ui.UserSelect[Any]) -> MemberId | None:
    return looks_after(select.values[0]) if select.values else None


def looks_after(person: discord.User | discord.Member) -> MemberId:
    """Raises `Invalid`: a bot, or somebody who is not in the server."""
    if person.bot or not isinstance(person, discord.Member):
        raise Invalid(
            f"{person.mention} can't look after an action. Please choose somebody in this server."
        )
    return MemberId(person.id)


async def open_action_form(interaction: Interaction, action: Action) -> None:
    by = await person_of(interaction)
    by.must_look_after_posts("say where actions stand")
    await open_form(interaction, ActionForm(action))


class ActionsButton(PagedButton, template=r"action:list:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"):
    form, label = "action:list:{id}:0", "All actions"

    async def press(self, interaction: Interaction) -> None:
        await show_list(interaction, self.page)


class ActionsOnButton(
    PagedButton, template=r"action:list-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "action:list-on:{id}:0", "Next page"

    async def press(self, interaction: Interaction) -> None:
        await show_list(interaction, self.page)


class UpdateActionButton(PersistentButton, template=r"action:update:(?P<id>[0-9]{1,19})"):
    form, label = "action:update:{id}", "Say how it stands"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        action = await interaction.client.services.reflections.actions.get(
            ActionId(self.id_), by.network_id
        )
        await open_action_form(interaction, action)
