"""The quotes of one section: which are in, which comes first, and which leads the post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import discord

from bot.ids import KindId, QuoteId, ReflectionId
from bot.ui.answering import edit_in_place
from bot.ui.parts import Card, PersistentButton, PersistentSelect, card_of, row_of, words
from bot.ui.text import as_typed
from cogs.asking import person_of
from cogs.reflections import panel, wording

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import Interaction
    from bot.reflections.service.drafts import Look
    from bot.wisdom.model import ShownQuote

ON_A_PAGE = 12
LARGEST = 2**63 - 1
OF_SECTION = r"(?P<id>[0-9]{1,19}):(?P<kind>[0-9]{1,19}):(?P<page>[0-9]{1,4})"


def section_card(look: Look, kind_id: KindId | None, page: int) -> Card:
    quotes = look.of_section(kind_id)
    pages = max(1, -(-len(quotes) // ON_A_PAGE))
    page = min(page, pages - 1)
    here = quotes[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    kept = {each.quote_id for each in look.draft.entries if not each.is_left_out}
    heading = next((each.heading for each in look.post.sections if each.kind_id == kind_id), "")
    lines = [f"## {as_typed(heading or 'Nothing is in this section any more')}"]
    if pages > 1:
        lines.append(f"Page {page + 1} of {pages}")
    lines += [
        f"- Quote {each.number}{'' if each.id in kept else ', left out'}: "
        f"“{as_typed(wording.in_short(each.words))}”"
        for each in here
    ]
    parts: list[discord.ui.Item[Card]] = [words("\n".join(lines))]
    where = f"{look.draft.id}:{kind_id or 0}:{page}"
    if here:
        chosen = [each.id for each in here if each.id in kept]
        keeping = _menu(f"reflection:keep:{where}", "Which are in the post?", here, chosen)
        keeping.min_values, keeping.max_values = 0, len(here)
        parts += [
            row_of(KeepSelect(keeping)),
            row_of(FirstSelect(_menu(f"reflection:first:{where}", "Put one first", here))),
            row_of(LeadSelect(_menu(f"reflection:lead:{where}", "Begin the post with one", here))),
        ]
    buttons: list[PersistentButton] = []
    if pages > 1:
        before, after = (page - 1) % pages, (page + 1) % pages
        buttons = [
            SectionBackButton(look.draft.id, kind_id, before),
            SectionOnButton(look.draft.id, kind_id, after),
        ]
    return card_of(*parts, row_of(*buttons, panel.PanelButton(look.draft.id)))


def _menu(
    custom_id: str,
    placeholder: str,
    quotes: Sequence[ShownQuote],
    chosen: Sequence[QuoteId] = (),
) -> discord.ui.Select[Card]:
    return discord.ui.Select(
        custom_id=custom_id,
        placeholder=placeholder,
        options=[
            discord.SelectOption(
                label=f"Quote {each.number}",
                value=str(each.id),
                description=wording.in_short(each.words, 100),
                default=each.id in chosen,
            )
            for each in quotes
        ],
    )


class KeepSelect(PersistentSelect, template=r"reflection:keep:" + OF_SECTION):
    def __init__(self, item: discord.ui.Item[Any]) -> None:
        super().__init__(item)
        self.reflection_id = ReflectionId(0)
        self.kind_id: KindId | None = None
        self.page = 0

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        select = cls(item)
        select.reflection_id = ReflectionId(min(int(match["id"]), LARGEST))
        kind = int(match["kind"])
        select.kind_id = KindId(kind) if kind else None
        select.page = int(match["page"])
        return select

    async def press(self, interaction: Interaction) -> None:
        chosen = [QuoteId(int(each)) for each in self.item.values]
        look = await self.change(interaction, chosen)
        await edit_in_place(interaction, section_card(look, self.kind_id, self.page))

    async def change(self, interaction: Interaction, chosen: Sequence[QuoteId]) -> Look:
        among = [QuoteId(int(each.value)) for each in self.item.options]
        drafts = interaction.client.services.reflections.drafts
        by = await person_of(interaction)
        return await drafts.keep(self.reflection_id, among, chosen, by=by)


class FirstSelect(KeepSelect, template=r"reflection:first:" + OF_SECTION):
    async def change(self, interaction: Interaction, chosen: Sequence[QuoteId]) -> Look:
        drafts = interaction.client.services.reflections.drafts
        by = await person_of(interaction)
        return await drafts.put_first(self.reflection_id, chosen[0], by=by)


class LeadSelect(KeepSelect, template=r"reflection:lead:" + OF_SECTION):
    async def change(self, interaction: Interaction, chosen: Sequence[QuoteId]) -> Look:
        drafts = interaction.client.services.reflections.drafts
        by = await person_of(interaction)
        return await drafts.lead_with(self.reflection_id, chosen[0], by=by)


class SectionBackButton(PersistentButton, template=r"reflection:quotes-back:" + OF_SECTION):
    form, label = "reflection:quotes-back:{id}:0:0", "Quotes before"

    def __init__(self, id_: int = 0, kind_id: KindId | None = None, page: int = 0) -> None:
        super().__init__(id_)
        self.kind_id, self.page = kind_id, page
        self.item.custom_id = f"{self.form.format(id=id_)[:-3]}{kind_id or 0}:{page}"

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        kind = int(match["kind"])
        return cls(
            min(int(match["id"]), LARGEST), KindId(kind) if kind else None, int(match["page"])
        )

    async def press(self, interaction: Interaction) -> None:
        by = await person_of(interaction)
        by.must_look_after_posts("write posts")
        look = await interaction.client.services.reflections.drafts.look(
            ReflectionId(self.id_), by=by
        )
        await edit_in_place(interaction, section_card(look, self.kind_id, self.page))


class SectionOnButton(SectionBackButton, template=r"reflection:quotes-on:" + OF_SECTION):
    form, label = "reflection:quotes-on:{id}:0:0", "More quotes"
