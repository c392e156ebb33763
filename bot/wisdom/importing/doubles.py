"""Quotes that say nearly the same, so that a person can look at both."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from bot.wisdom.importing.model import Candidate, NearDouble, Progress

ALIKE = 85
"""In a hundred, by the words that two quotes share."""
_SHORTEST = 40
"""Characters that say something. What is shorter is a double only when it is the same."""
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
    """Words made ready once, to be compared with many times."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known = list(known)
        self._telling = [_telling(each.words) for each in self._known]

    def nearly_double(self, words: str, *, but: int | None = None) -> tuple[NearDouble, ...]:
        """Those that say nearly what *words* say, the likest first; never the one at *but*."""
        mine = _telling(words)
        if not mine:
            return ()
        found = process.extract(
            mine,
            self._telling,
            scorer=fuzz.token_set_ratio if len(mine) >= _SHORTEST else fuzz.ratio,
            score_cutoff=ALIKE if len(mine) >= _SHORTEST else 100,
            limit=_MOST + 1,
        )
        return tuple(
            NearDouble(
                is_kept=self._known[place].is_kept,
                number=self._known[place].number,
                words=self._known[place].words,
                likeness=int(score),
            )
            for other, score, place in found
            if place != but and (len(other) >= _SHORTEST or score == 100)
        )[:_MOST]


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
