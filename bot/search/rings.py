"""Rings: words that people use for the same thing, so that one is found by another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import snowballstemmer  # pyright: ignore[reportMissingTypeStubs]  # it ships none

from bot.ids import ThemeId
from bot.search.words import fold

MOST_USED = 15
"""Words of a ring that a search tries: more would find everything, and slowly."""

_STEMMER = cast("Any", snowballstemmer.stemmer("porter"))  # pyright: ignore[reportUnknownMemberType]


@dataclass(frozen=True, slots=True)
class Ring:
    label: str
    words: tuple[str, ...]  # or a few words at once, as people say them
    theme_id: ThemeId | None = None  # what is tagged with it is found by each of the words

    def others(self, said: str) -> Sequence[str]:
        """What to try beside *said*, no more than a search can use."""
        same = key(said)
        return [each for each in self.words if key(each) != same][:MOST_USED]


class Rings:
    """Each word, whatever its ending or spelling, and the rings that it is in."""

    def __init__(self, rings: Iterable[Ring] = ()) -> None:
        self._by_key: dict[str, list[Ring]] = {}
        for ring in rings:
            for same in dict.fromkeys(map(key, ring.words)):
                if same:
                    self._by_key.setdefault(same, []).append(ring)
        self.most_words = max((each.count(" ") + 1 for each in self._by_key), default=0)
        """In the longest of their phrases: a search need not look for longer ones."""

    def of(self, word_or_phrase: str) -> Sequence[Ring]:
        return self._by_key.get(key(word_or_phrase), ())


def key(said: str) -> str:
    """The same for what counts as the same word: "Commissioner", "commissioners".

    Empty when there is no word in it that a search could look for.
    """
    return " ".join(_STEMMER.stemWords(fold(said).split()))
