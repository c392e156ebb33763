"""Quotes that say nearly the same, so that a person can look at both."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.search.words import fold, is_stop_word
from bot.wisdom.importing.model import Candidate, NearDouble, Progress

ALIKE = 85
"""In a hundred, by the words that two quotes share."""
_LONG_ENOUGH = 40
"""Characters, without stop words. What is shorter doubles only what says the same."""
_SHARED = 0.6
"""Of the words that say something, in the shorter of two: with fewer they are not alike."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Known:
    """Words to compare with: a quote that is kept, or another candidate."""

    number: int
    words: str
    is_kept: bool = True


class Others:
    """Words made ready once, to be compared with many times.

    Comparing is dear, so it is done only with those that share most of the words that say
    something: nothing else comes near.
    """

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = list(known)
        self._telling = [_telling(each.words) for each in self._known]
        self._sizes = [len(set(each.split())) for each in self._telling]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, telling in enumerate(self._telling):
            for word in set(telling.split()):
                self._places[word].append(place)

    def nearly_double(self, words: str, *, but: int | None = None) -> tuple[NearDouble, ...]:
        """Those that say nearly what *words* say, the likest first; never the one at *but*."""
        telling = _telling(words)
        likeness: dict[int, int] = {}
        for place in self._worth_comparing(telling):
            if place != but and (score := _likeness(telling, self._telling[place])) >= ALIKE:
                likeness[place] = score
        return tuple(
            NearDouble(
                is_kept=self._known[place].is_kept,
                number=self._known[place].number,
                words=self._known[place].words,
                likeness=likeness[place],
            )
            for place in sorted(likeness, key=lambda place: (-likeness[place], place))[:_MOST]
        )

    def _worth_comparing(self, telling: str) -> Iterator[int]:
        mine = set(telling.split())
        shared: Counter[int] = Counter()
        for word in mine:
            shared.update(self._places.get(word, ()))
        for place, count in shared.items():
            if count >= _SHARED * min(len(mine), self._sizes[place]):
                yield place


def _likeness(telling: str, other: str) -> int:
    if telling == other:
        return 100
    if min(len(telling), len(other)) < _LONG_ENOUGH:
        return 0
    return int(fuzz.token_set_ratio(telling, other, score_cutoff=ALIKE))


def nearly_double(words: str, others: Iterable[Known]) -> tuple[NearDouble, ...]:
    """Those of *others* that say nearly what *words* say."""
    return Others(others).nearly_double(words)


def with_doubles(
    candidates: Sequence[Candidate], kept: Iterable[Known] = (), progress: Progress | None = None
) -> list[Candidate]:
    """The candidates, each with what it nearly doubles: in the collection first, then here."""
    collection = Others(kept)
    here = Others(
        Known(number, each.words, is_kept=False) for number, each in enumerate(candidates, start=1)
    )
    shown: list[Candidate] = []
    for index, each in enumerate(candidates):
        alike = (
            *collection.nearly_double(each.words),
            *here.nearly_double(each.words, but=index),
        )
        shown.append(replace(each, nearly_doubles=alike))
        if progress is not None:
            progress(index + 1, len(candidates))
    return shown


def _telling(words: str) -> str:
    """The words that say something, folded, each once; all of them where none does."""
    every = list(dict.fromkeys(fold(words).split()))
    return " ".join(word for word in every if not is_stop_word(word)) or " ".join(every)
