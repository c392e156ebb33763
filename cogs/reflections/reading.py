"""Reading a post as it will look, page by page, and publishing it below what was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.ids import ReflectionId
from bot.ui.answering import show_in_place
from bot.ui.parts import Card, PagedButton, PersistentButton, card_of, row_of, words
from cogs.asking import network_of, person_of
from cogs.reflections import panel, wording
from cogs.reflections.pages import texts_of

if TYPE_CHECKING:
    from bot.client import Interaction
    from bot.network.model import Network
    from bot.reflections.service.drafts import Look
    from bot.themes.model import Vocabulary


def reading_card(
    look: Look, network: Network, vocabulary: Vocabulary, page: int, *, may_write: bool
) -> Card:
    """One page of what stands, or will stand, in the thread."""
    texts = texts_of(wording.page_of(look, network, vocabulary))
    page = min(page, len(texts) - 1)
    draft = look.draft
    buttons: list[PersistentButton] = []
    if len(texts) > 1:
        last = len(texts) - 1
        back = ReadButton(draft.id, (page - 1) if page else last, label="Back")
        back.item.style = discord.ButtonStyle.secondary
        buttons = [back, ReadOnButton(draft.id, (page + 1) if page < last else 0)]
    if may_write:
        buttons.append(panel.PanelButton(draft.id))
        if not draft.is_published:
            buttons.append(PublishPostButton(draft.id))
    at = f"-# Page {page + 1} of {len(texts)}"
    rows = [row_of(*buttons)] if buttons else []
    return card_of(*map(words, texts[page]), words(at), *rows)


async def show_reading(interaction: Interaction, reflection_id: ReflectionId, page: int) -> None:
    by = await person_of(interaction)
    services = interaction.client.services
    look = await services.reflections.drafts.look(reflection_id, by=by)
    network = await network_of(interaction)
    vocabulary = await services.themes.vocabulary(network.id)
    card = reading_card(look, network, vocabulary, page, may_write=by.looks_after_posts)
    await show_in_place(interaction, card)


class ReadButton(PagedButton, template=r"reflection:read:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"):
    form, label = "reflection:read:{id}:0", "Read it, and publish"
    style = discord.ButtonStyle.primary

    async def press(self, interaction: Interaction) -> None:
        await show_reading(interaction, ReflectionId(self.id_), self.page)


class ReadOnButton(
    PagedButton, template=r"reflection:read-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
):
    form, label = "reflection:read-on:{id}:0", "Read on"

    async def press(self, interaction: Interaction) -> None:
        await show_reading(interaction, ReflectionId(self.id_), self.page)


class PublishPostButton(PersistentButton, template=r"reflection:publish:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:publish:{id}", "Publish it"
    style = discord.ButtonStyle.success

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        look = await interaction.client.services.reflections.drafts.publish(
            ReflectionId(self.id_), by=by
        )
        said = (
            "It is published. Its thread appears in a moment, in the wisdom channel, or else in "
            "the conversations channel."
        )
        await panel.redrawn(interaction, look, said)
