"""What can be found, and what it can be sorted by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.ids import ConversationId, KindId, NetworkId, ThemeId
from bot.search import words


class Collection(StrEnum):
    QUOTE = "quote"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """What an entry is sorted under."""

    kind_id: KindId | None = None
    theme_ids: Sequence[ThemeId] = ()
    perspective: str | None = None
    conversation_id: ConversationId | None = None
    year: int | None = None
    is_featured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What everything found must have. None and False mean: it does not matter."""

    kind_id: KindId | None = None
    theme_ids: Sequence[ThemeId] = ()
    """Any one of them: a theme, and those that were merged into it."""
    perspective: str | None = None
    conversation_id: ConversationId | None = None
    year: int | None = None
    is_featured: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that everybody in a network may read. Nothing private belongs in here."""

    network_id: NetworkId
    collection: Collection
    item_id: int
    words: str
    heading: str = ""
    facets: Facets = field(default_factory=Facets)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where a search looks: one collection of one network.

    Its name is in every token to sort by, so that no token can be met on two shelves.
    """

    network_id: NetworkId
    collection: Collection

    @property
    def token(self) -> str:
        """That every entry on this shelf has."""
        return self._token("a", 0)

    def theme(self, theme_id: ThemeId) -> str:
        return self._token("t", theme_id)

    def themes_in(self, facets: str) -> list[str]:
        """Of the tokens of an entry on this shelf, those that are themes."""
        beginning = self._token("t", "")
        return [each for each in facets.split() if each.startswith(beginning)]

    def tokens(self, facets: Facets) -> list[str]:
        """All the tokens of an entry."""
        themes = [self.theme(each) for each in facets.theme_ids]
        return [self.token, *themes, *self._others(facets)]

    def wanted(self, filters: Filters) -> list[list[str]]:
        """For each filter, the tokens of which an entry must have one."""
        themes = [self.theme(each) for each in filters.theme_ids]
        return [[self.token], *([themes] if themes else []), *([t] for t in self._others(filters))]

    def _others(self, facets: Facets | Filters) -> list[str]:
        tokens: list[str] = []
        if facets.kind_id is not None:
            tokens.append(self._token("k", facets.kind_id))
        if facets.perspective is not None:
            name = re.sub(r"\W", "", words.fold(facets.perspective))
            tokens.append(self._token(f"p{name.encode().hex()}p", 0))
        if facets.conversation_id is not None:
            tokens.append(self._token("c", facets.conversation_id))
        if facets.year is not None:
            tokens.append(self._token("y", facets.year))
        if facets.is_featured:
            tokens.append(self._token("f", 1))
        return tokens

    def _token(self, sort: str, number: int | str) -> str:
        # It ends in a figure, so that the index's stemmer leaves it alone.
        return f"n{self.network_id}{self.collection.value[0]}{sort}{number}"
