"""Quotes that say nearly the same, so that a person can look at both."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from bot.wisdom.importing.model import Candidate, NearDouble, Progress

ALIKE = 85
"""In a hundred, by the words that two quotes share."""
_SHORTEST = 40
_FEWEST_WORDS = 3
"""What is shorter, or has fewer words that say something, doubles only what is the same."""
_SHARED = 0.6
"""Of the words that say something, in the shorter of two: with fewer they are not alike."""
_MOST = 5
_LITTLE_WORDS = """
a about all an and are as at be been but by can do does for from had has have he her his how i
if in into is it its just me more my no not of on one or our out she so some than that the their
them then there these they this those to too up us was we were what when where which who why
will with would you your
"""
_SAY_LITTLE = frozenset(_LITTLE_WORDS.split())
_WORD = re.compile(r"[^\W_]+")


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
            if place != but and (score := _likeness(telling, words, *self._at(place))) >= ALIKE:
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

    def _at(self, place: int) -> tuple[str, str]:
        return self._telling[place], self._known[place].words


def _likeness(telling: str, words: str, other_telling: str, other_words: str) -> int:
    if telling == other_telling:
        return 100
    if not (_says_enough(telling, words) and _says_enough(other_telling, other_words)):
        return 0
    return int(fuzz.token_set_ratio(telling, other_telling, score_cutoff=ALIKE))


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
    """The words that say something, folded; all of them where none does."""
    folded = unicodedata.normalize("NFKC", words).casefold().replace("’", "'").replace("'", "")
    every = _WORD.findall(folded)
    return " ".join(word for word in every if word not in _SAY_LITTLE) or " ".join(every)


def _says_enough(telling: str, words: str) -> bool:
    return len(words) >= _SHORTEST and telling.count(" ") + 1 >= _FEWEST_WORDS
