"""The form in which a text of a post is written, and what happens when two people write at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.ids import ReflectionId
from bot.reflections.model import ChangedMeanwhile, Draft, Place, Slot
from bot.ui.answering import open_form, say, show, show_in_place
from bot.ui.parts import Form, PersistentButton, card_of, row_of, words
from cogs.asking import network_of, person_of
from cogs.reflections import panel, wording
from cogs.reflections.pages import pieces

if TYPE_CHECKING:
    import re
    from typing import Any, Self

    from bot.client import Interaction
    from bot.ids import KindId
    from bot.reflections.service.drafts import Look

LARGEST = 2**63 - 1
HINTS = {
    Slot.TITLE: "Leave it empty for the one that I propose",
    Slot.INTRO: "Two or three sentences before the first section",
    Slot.HEADING: "Its number comes by itself",
    Slot.COMMENTARY: "A line or two in your own words, before the quotes",
    Slot.ASKS: "What would you like to hear from those who read it?",
    Slot.FOOTNOTES: "One on each line, as in “(1) The name of the project”",
}


class WriteForm(Form):
    """*called*: what the text is called. *proposed*: what stands there while nobody has written."""

    def __init__(self, draft: Draft, place: Place, called: str, proposed: str) -> None:
        super().__init__(title=called[:45])
        self._id, self._place, self._proposed = draft.id, place, proposed
        self._version = draft.version(place)
        self.text = discord.ui.TextInput[WriteForm](
            style=discord.TextStyle.short if place.is_one_line else discord.TextStyle.paragraph,
            required=False,
            max_length=place.longest,
            default=(draft.words(place) or proposed)[: place.longest] or None,
            custom_id="text",
        )
        self.add_item(
            discord.ui.Label(text=called[:45], description=HINTS[place.slot], component=self.text)
        )

    async def submit(self, interaction: Interaction) -> None:
        typed = self.text.value
        # What was proposed and left as it is stays a proposal, which follows what changes.
        if typed.strip() == self._proposed.strip():
            typed = ""
        drafts = interaction.client.services.reflections.drafts
        by = await person_of(interaction)
        try:
            look = await drafts.write(self._id, self._place, typed, self._version, by=by)
        except ChangedMeanwhile as stale:
            await show_both(interaction, self._id, stale)
            return
        await show_in_place(interaction, await panel.panel_for(interaction, look))


async def show_both(
    interaction: Interaction, reflection_id: ReflectionId, stale: ChangedMeanwhile
) -> None:
    """What stands there now and what was written, in full: nothing has to be typed again."""
    await say(interaction, str(stale))
    by = f" by <@{stale.theirs.by_id}>" if stale.theirs.by_id else ""
    for heading, text in (
        (f"### As it is now, written{by}", stale.theirs.words),
        ("### What you wrote", stale.yours),
    ):
        first, *rest = list(pieces(text)) or ["(nothing)"]
        await show(interaction, card_of(words(f"{heading}\n{first}")))
        for each in rest:
            await show(interaction, card_of(words(each)))
    again = card_of(
        words("The button opens the text as it is now."),
        row_of(WriteAgainButton(reflection_id, stale.place.name)),
    )
    await show(interaction, again)


async def open_text(interaction: Interaction, reflection_id: ReflectionId, place: Place) -> None:
    by = await person_of(interaction)
    by.must_look_after_posts("write posts")
    services = interaction.client.services
    look = await services.reflections.drafts.look(reflection_id, by=by)
    network = await network_of(interaction)
    vocabulary = await services.themes.vocabulary(network.id)
    page = wording.page_of(look, network, vocabulary)
    proposed = {Slot.TITLE: page.title, Slot.INTRO: page.intro, Slot.ASKS: page.asks}.get(
        place.slot, ""
    )
    if place.slot is Slot.HEADING:
        proposed = _heading(look, place.kind_id)
    called = wording.called(place, look.post, vocabulary)
    if look.draft.words(place):
        proposed = ""
    await open_form(interaction, WriteForm(look.draft, place, called, proposed))


def _heading(look: Look, kind_id: KindId | None) -> str:
    return next((each.heading for each in look.post.sections if each.kind_id == kind_id), "")


class WriteAgainButton(
    PersistentButton,
    template=r"reflection:again:(?P<id>[0-9]{1,19}):(?P<place>[a-z]{1,12}-[0-9]{1,19})",
):
    form, label = "reflection:again:{id}:title-0", "Open the text again"

    def __init__(self, id_: int = 0, name: str = "title-0") -> None:
        super().__init__(id_)
        self.name = name
        self.item.custom_id = f"reflection:again:{id_}:{name}"

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        return cls(min(int(match["id"]), LARGEST), match["place"])

    async def press(self, interaction: Interaction) -> None:
        await open_text(interaction, ReflectionId(self.id_), Place.named(self.name))
