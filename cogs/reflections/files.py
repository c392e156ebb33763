"""Taking a post away as a file, for the network's website."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import discord

from bot.ids import ReflectionId
from bot.reflections.model import Form
from bot.reflections.writing import html_post, markdown_post
from bot.ui.answering import hand_over
from bot.ui.parts import PersistentButton
from cogs.asking import network_of, person_of
from cogs.reflections import wording

if TYPE_CHECKING:
    from bot.client import Interaction

WRITERS = {Form.MARKDOWN: (markdown_post, "md"), Form.HTML: (html_post, "html")}


async def give_file(interaction: Interaction, reflection_id: ReflectionId, form: Form) -> None:
    by = await person_of(interaction)
    services = interaction.client.services
    look = await services.reflections.posts.export(reflection_id, form, by=by)
    network = await network_of(interaction)
    vocabulary = await services.themes.vocabulary(network.id)
    write, ending = WRITERS[form]
    text = write(wording.page_of(look, network, vocabulary))
    file = discord.File(io.BytesIO(text.encode()), filename=f"reflections-{look.draft.id}.{ending}")
    await hand_over(
        interaction,
        "Here it is. Everybody quoted in it has agreed to reflections posts, also outside Discord. "
        "If one of them changes their mind, I tell you which quote to take out.",
        file,
    )


class MarkdownButton(PersistentButton, template=r"reflection:markdown:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:markdown:{id}", "As Markdown"

    async def press(self, interaction: Interaction) -> None:
        await give_file(interaction, ReflectionId(self.id_), Form.MARKDOWN)


class HtmlButton(PersistentButton, template=r"reflection:html:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:html:{id}", "As a web page"

    async def press(self, interaction: Interaction) -> None:
        await give_file(interaction, ReflectionId(self.id_), Form.HTML)
