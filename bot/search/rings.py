"""Rings: words that people use for the same thing, so that one is found by another."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.ids import ThemeId
from bot.search.words import fold, stem

MOST_USED = 15
"""Words of a ring that a search tries: more would find everything, and slowly."""

_REMEMBERED = 10_000
"""Words and phrases: those of every ring are asked about with each change of the vocabulary."""


@dataclass(frozen=True, slots=True)
class Ring:
    label: str
    words: tuple[str, ...]  # or a few words at once, as people say them
    theme_id: ThemeId | None = None  # what is tagged with it is found by each of the words
    merged_ids: tuple[ThemeId, ...] = ()  # what was tagged with these before they became that one
    near_ids: tuple[ThemeId, ...] = ()  # themes that people who say one of the words often mean

    @property
    def theme_ids(self) -> tuple[ThemeId, ...]:
        return () if self.theme_id is None else (self.theme_id, *self.merged_ids)

    def others(self, said: str) -> Sequence[str]:
        """What to try beside *said*, no more than a search can use."""
        same = key(said)
        return [each for each in self.words if key(each) != same][:MOST_USED]


class Rings:
    """Each word, whatever its ending or spelling, and the rings that it is in."""

    def __init__(self, rings: Iterable[Ring] = ()) -> None:
        self._rings = tuple(rings)
        self._by_key: dict[str, list[Ring]] = {}
        for ring in self._rings:
            for same in dict.fromkeys(map(key, ring.words)):
                if same:
                    self._by_key.setdefault(same, []).append(ring)
        self.most_words = max((each.count(" ") + 1 for each in self._by_key), default=0)
        """In the longest of their phrases: a search need not look for longer ones."""

    def words(self) -> Set[str]:
        """Every word in them, folded."""
        return self._words

    @cached_property
    def _words(self) -> Set[str]:
        return frozenset(
            word for ring in self._rings for said in ring.words for word in fold(said).split()
        )

    def theme_ids(self) -> set[ThemeId]:
        return {each for ring in self._rings for each in ring.theme_ids}

    def of(self, word_or_phrase: str) -> Sequence[Ring]:
        return self._by_key.get(key(word_or_phrase), ())


@lru_cache(_REMEMBERED)
def key(said: str) -> str:
    """The same for what counts as the same word: "Commissioner", "commissioners".

    Empty when there is no word in it that a search could look for.
    """
    return " ".join(map(stem, fold(said).split()))
