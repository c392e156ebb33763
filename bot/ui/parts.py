"""Base classes that carry failures to `answer_failure`. Nothing in `cogs` skips them."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self

import discord
from discord import app_commands

from bot.errors import Refusal
from bot.ui.failures import answer_failure

_LARGEST = 2**63 - 1
"""No row has a larger id; one that is, is nobody's, and must not trip SQLite up."""


NO_PINGS = discord.AllowedMentions.none()
"""For every edit of a message: discord.py adds the client's default to new ones only."""


class Tree(app_commands.CommandTree[Any]):
    async def on_error(
        self, interaction: discord.Interaction, error: app_commands.AppCommandError, /
    ) -> None:
        await answer_failure(interaction, error)


class Card(discord.ui.LayoutView):
    """A message laid out from state. Build a new one each time; never edit one in place.

    It holds persistent parts and nothing else that dispatches: discord.py unregisters a
    dynamic item *for every message* when a view that also holds an ordinary button ends.
    """

    def __init__(self) -> None:
        super().__init__(timeout=None)

    async def on_error(
        self, interaction: discord.Interaction, error: Exception, item: discord.ui.Item[Any], /
    ) -> None:
        await answer_failure(interaction, error)


WORTH_KEEPING = 3
"""Characters: fewer are typed again sooner than copied."""

FORMS_LAST = 12 * 3600.0
"""Seconds. Discord does not say when somebody closes a form, so each must be forgotten in time."""


class Form(discord.ui.Modal):
    """A form. Override `submit`. When it refuses, people get back what they wrote.

    Open it with `answering.open_form`, so that one sent after a restart is still answered.
    """

    def __init__(self, *, title: str) -> None:
        super().__init__(title=title, timeout=FORMS_LAST)

    async def submit(self, interaction: discord.Interaction[Any]) -> None:
        raise NotImplementedError

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        await interaction.client.patience.during(interaction, self.submit(interaction))

    async def on_error(self, interaction: discord.Interaction, error: Exception, /) -> None:
        keep = self._written() if isinstance(error, Refusal) else ""
        await answer_failure(interaction, error, keep=keep)

    def _written(self) -> str:
        items = (item for item in self.walk_children() if isinstance(item, discord.ui.TextInput))
        return given_back([item.value for item in items])


def given_back(typed: Sequence[str]) -> str:
    """What somebody typed, each in a block of its own that can be copied."""
    blocks = [text.replace("```", "` ` `")[:900] for text in typed if len(text) > WORTH_KEEPING]
    return "\n".join(f"```\n{text}\n```" for text in blocks)


class _Persistent:
    """What buttons and selects that outlive the process have in common.

    The template is a promise to every message already posted: add new ones, never change
    one. Override `press`, not `callback`: discord.py only logs what a dynamic item raises,
    and logs nothing at all for `interaction_check`.
    """

    id_: int

    async def press(self, interaction: discord.Interaction[Any]) -> None:
        raise NotImplementedError

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        try:
            await interaction.client.patience.during(interaction, self.press(interaction))
        except Exception as error:  # noqa: BLE001  # one of the four doors
            await answer_failure(interaction, error)


class PersistentButton(
    _Persistent, discord.ui.DynamicItem[discord.ui.Button[Any]], template=r"(?!)"
):
    """A button whose `custom_id` is `noun:verb:id`, with `{id}` in *form*."""

    form: ClassVar[str]
    label: ClassVar[str]
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary

    def __init__(self, id_: int = 0, *, label: str | None = None, disabled: bool = False) -> None:
        super().__init__(
            discord.ui.Button(
                label=label or self.label,
                style=self.style,
                disabled=disabled,
                custom_id=self.form.format(id=id_),
            )
        )
        self.id_ = id_

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(min(int(match.groupdict().get("id") or 0), _LARGEST))


class PagedButton(PersistentButton, template=r"(?!)"):
    """A button to a page, from 0: its `custom_id` is `noun:verb:id:page`, its *form* ends in 0."""

    def __init__(
        self, id_: int = 0, page: int = 0, *, label: str | None = None, disabled: bool = False
    ) -> None:
        super().__init__(id_, label=label, disabled=disabled)
        self.page = page
        self.item.custom_id = self.form.removesuffix("0").format(id=id_) + str(page)

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(min(int(match["id"]), _LARGEST), int(match["page"]))


class PersistentSelect(_Persistent, discord.ui.DynamicItem[Any], template=r"(?!)"):
    """A select menu that outlives the process. What was chosen is in `self.item.values`."""

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls.of(match, item)

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        raise NotImplementedError


def row_of(*parts: discord.ui.Item[Any]) -> discord.ui.ActionRow[Any]:
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
    for part in parts:
        row.add_item(part)
    return row


def words(text: str) -> discord.ui.TextDisplay[Any]:
    return discord.ui.TextDisplay(text)


def line() -> discord.ui.Separator[Any]:
    """A thin line across a card."""
    return discord.ui.Separator()


def card_of(*parts: discord.ui.Item[Any]) -> Card:
    """A card that frames *parts*, one below the other."""
    card = Card()
    card.add_item(discord.ui.Container(*parts))
    return card
