"""`/wisdom themes`: what there is, theme by theme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

import discord

from bot.ids import ThemeId
from bot.search.entry import Filters
from bot.ui.answering import show
from bot.ui.parts import Card, PersistentSelect, card_of, row_of, words
from bot.ui.text import as_typed, counted
from cogs.asking import network_id_of
from cogs.wisdom.searching import show_results

if TYPE_CHECKING:
    import re

    from bot.client import Interaction
    from bot.themes.model import Vocabulary

MOST_OPTIONS = 25
MOST_LINES = 35


def themes_card(vocabulary: Vocabulary, counts: Mapping[ThemeId, int]) -> Card:
    having = [each for each in vocabulary.themes if counts.get(each.id)]
    without = [each for each in vocabulary.themes if not counts.get(each.id)]
    lines = [
        f"- {as_typed(each.label)}: {counted(counts[each.id], 'quote', 'quotes')}"
        for each in having[:MOST_LINES]
    ]
    parts: list[discord.ui.Item[Card]] = [words("## Themes")]
    if lines:
        parts.append(words("\n".join(lines)))
        parts.append(row_of(QuotesOnThemeSelect.offering(having)))
    if without:
        named = ", ".join(as_typed(each.label) for each in without[:MOST_LINES])
        parts.append(words(f"-# Nothing yet on: {named}"))
    return card_of(*parts)


async def show_themes(interaction: Interaction) -> None:
    services, network_id = interaction.client.services, network_id_of(interaction)
    vocabulary = await services.themes.vocabulary(network_id)
    counts = await services.wisdom.showing.by_theme(network_id)
    await show(interaction, themes_card(vocabulary, counts))


class QuotesOnThemeSelect(PersistentSelect, template=r"quote-search:theme"):
    @classmethod
    def offering(cls, themes: list[Any]) -> Self:
        return cls(
            discord.ui.Select(
                custom_id="quote-search:theme",
                placeholder="Read what was said on a theme",
                options=[
                    discord.SelectOption(label=each.label, value=str(each.id))
                    for each in themes[:MOST_OPTIONS]
                ],
            )
        )

    @classmethod
    def of(cls, match: re.Match[str], item: discord.ui.Item[Any]) -> Self:
        return cls(item)

    async def press(self, interaction: Interaction) -> None:
        theme_id = ThemeId(int(self.item.values[0]))
        await show_results(interaction, "", Filters(theme_ids=(theme_id,)))
