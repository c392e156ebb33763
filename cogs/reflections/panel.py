"""The panel of a post: what is in it, what can be written, and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

from bot.ids import KindId, ReflectionId
from bot.reflections.model import Place, places_of
from bot.ui.answering import edit_in_place, show, show_in_place
from bot.ui.parts import Card, PersistentButton, PersistentSelect, card_of, row_of, words
from bot.ui.text import as_typed, counted, from_now
from cogs.asking import network_of, person_of
from cogs.reflections import files, forms, notes, reading, sections, wording

if TYPE_CHECKING:
    import re

    from bot.client import Interaction
    from bot.network.model import Network
    from bot.reflections.service.drafts import Look
    from bot.themes.model import Vocabulary

MOST_OPTIONS = 25


async def panel_for(interaction: Interaction, look: Look, said: str = "") -> Card:
    network = await network_of(interaction)
    vocabulary = await interaction.client.services.themes.vocabulary(network.id)
    return panel_card(look, network, vocabulary, said)


def panel_card(look: Look, network: Network, vocabulary: Vocabulary, said: str = "") -> Card:
    """For those who write it. *said*: what has just happened."""
    draft, post = look.draft, look.post
    heading = f"## {as_typed(wording.title_of(look, vocabulary))}\n{_stands(look)}"
    parts: list[discord.ui.Item[Card]] = [words(said)] if said else []
    parts += [words(heading), words(_contents(look))]
    parts.append(row_of(WriteSelect.about(look, vocabulary)))
    if post.sections:
        parts.append(row_of(SectionSelect.about(look)))
    parts.append(
        row_of(
            reading.ReadButton(draft.id, label="Read it" if draft.is_published else None),
            files.MarkdownButton(draft.id),
            files.HtmlButton(draft.id),
        )
    )
    more: list[PersistentButton] = [GatherButton(draft.id), WhoChangedButton(draft.id)]
    if draft.conversation_id is not None:
        more.append(notes.NotesButton(draft.id))
    if not draft.is_published:
        more.append(ThrowPostAwayButton(draft.id))
    return card_of(*parts, row_of(*more))


def _stands(look: Look) -> str:
    lines: list[str] = []
    if look.draft.published_at is None:
        lines.append("A draft: only organisers and moderators see it.")
    else:
        where = f": <#{look.draft.thread_id}>" if look.draft.thread_id else ""
        lines.append(
            f"Published {from_now(look.draft.published_at)}{where}. What you change here changes "
            "the thread."
        )
    if look.conversation is not None and look.conversation.is_cancelled:
        lines.append("The conversation that it is about was cancelled.")
    return "\n".join(lines)


def _contents(look: Look) -> str:
    post = look.post
    lines = [wording.standing(look)]
    if post.lead is not None:
        lines.append(f"It begins with: “{as_typed(wording.in_short(post.lead.words))}”")
    else:
        lines.append("No quote leads it yet. Choose one under a section.")
    for number, each in enumerate(post.sections, start=1):
        comment = "with a comment" if each.commentary else "no comment yet"
        quotes = counted(len(each.quotes), "quote", "quotes")
        lines.append(f"**{number}. {as_typed(each.heading)}**: {quotes}, {comment}")
    if post.did:
        lines.append(f"You said, we did: {counted(len(post.did), 'action', 'actions')}")
    return "\n".join(lines)


async def redrawn(interaction: Interaction, look: Look, said: str = "") -> None:
    await show_in_place(interaction, await panel_for(interaction, look, said))


class WriteSelect(PersistentSelect, template=r"reflection:write:(?P<id>[0-9]{1,19})"):
    """Opens the form of one text."""

    def __init__(self, item: discord.ui.Item[Any], id_: int) -> None:
        super().__init__(item)
        self.id_ = id_

    @classmethod
    def about(cls, look: Look, vocabulary: Vocabulary) -> Self:
        select: discord.ui.Select[Card] = discord.ui.Select(
            custom_id=f"reflection:write:{look.draft.id}",
            placeholder="Write or change a text",
            options=[
                discord.SelectOption(
                    label=wording.called(place, look.post, vocabulary),
                    value=place.name,
                    description=wording.in_short(look.draft.words(place)) or None,
                )
                for place in places_of(look.post)[:MOST_OPTIONS]
            ],
        )
        return cls(select, look.draft.id)

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item, int(match["id"]))

    async def press(self, interaction: Interaction) -> None:
        place = Place.named(self.item.values[0])
        await forms.open_text(interaction, ReflectionId(self.id_), place)


class SectionSelect(PersistentSelect, template=r"reflection:section:(?P<id>[0-9]{1,19})"):
    """Leads to the quotes of a section."""

    def __init__(self, item: discord.ui.Item[Any], id_: int) -> None:
        super().__init__(item)
        self.id_ = id_

    @classmethod
    def about(cls, look: Look) -> Self:
        select: discord.ui.Select[Card] = discord.ui.Select(
            custom_id=f"reflection:section:{look.draft.id}",
            placeholder="Choose quotes, their order, and what leads",
            options=[
                discord.SelectOption(
                    label=wording.in_short(f"{number}. {each.heading}", 100),
                    value=str(each.kind_id or 0),
                )
                for number, each in enumerate(look.post.sections, start=1)
            ],
        )
        return cls(select, look.draft.id)

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item, int(match["id"]))

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        by.must_look_after_posts("write posts")
        look = await interaction.client.services.reflections.drafts.look(
            ReflectionId(self.id_), by=by
        )
        kind = int(self.item.values[0])
        card = sections.section_card(look, KindId(kind) if kind else None, 0)
        await edit_in_place(interaction, card)


class PanelButton(PersistentButton, template=r"reflection:panel:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:panel:{id}", "Back to the post"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        by.must_look_after_posts("write posts")
        look = await interaction.client.services.reflections.drafts.look(
            ReflectionId(self.id_), by=by
        )
        await redrawn(interaction, look)


class GatherButton(PersistentButton, template=r"reflection:gather:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:gather:{id}", "Look for new quotes"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        look, came = await interaction.client.services.reflections.drafts.gather(
            ReflectionId(self.id_), by=by
        )
        said = f"{counted(came, 'quote has', 'quotes have')} come in." if came else "Nothing new."
        await redrawn(interaction, look, said)


class WhoChangedButton(PersistentButton, template=r"reflection:history:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:history:{id}", "Who changed what"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        services = interaction.client.services
        reflection_id = ReflectionId(self.id_)
        changes = await services.reflections.drafts.history(reflection_id, by=by)
        look = await services.reflections.drafts.look(reflection_id, by=by)
        vocabulary = await services.themes.vocabulary(by.network_id)
        lines = [
            f"- {from_now(each.at)}: {f'<@{each.by_id}>' if each.by_id else 'somebody'} "
            f"{as_typed(wording.changed(each.what, look.post, vocabulary))}"
            for each in changes
        ]
        await show(interaction, card_of(words("\n".join(["## Who changed what", *lines]))))


class ThrowPostAwayButton(PersistentButton, template=r"reflection:throw-away:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:throw-away:{id}", "Throw it away"

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        look = await interaction.client.services.reflections.drafts.look(
            ReflectionId(self.id_), by=by
        )
        card = card_of(
            words("Throw this draft away, with all that was written in it? Its quotes stay."),
            row_of(ThrownAwayButton(look.draft.id), PanelButton(look.draft.id)),
        )
        await show_in_place(interaction, card)


class ThrownAwayButton(PersistentButton, template=r"reflection:thrown:(?P<id>[0-9]{1,19})"):
    form, label = "reflection:thrown:{id}", "Yes, throw it away"
    style = discord.ButtonStyle.danger

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        await interaction.client.services.reflections.drafts.throw_away(
            ReflectionId(self.id_), by=by
        )
        await edit_in_place(interaction, card_of(words("The draft is gone.")))
