"""Which of what was found comes first.

Not bm25: to weigh a word it reads every entry of every network that has it (200 ms for a common
word among 100,000). The list of words knows how rare each is, and only the newest candidates are
weighed, in Python, where a ring's word can count for less than one's own.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from bot.search.asking import OWN, Group, Known, Phrase
from bot.search.entry import Shelf

_AGAIN = 0.15
"""What each further mention adds, of a part that shrinks."""
_IN_HEADING = 0.3
_SIDE_BY_SIDE, _NEARBY, _NEAR = 0.5, 0.2, 6
_COVERAGE = 0.35
_USUAL_LENGTH = 40
_THEME_RARITY = 4.3
_SHARED = 0.3
"""By which power a theme counts for less the more of them an entry has."""
_LITTLE = 0.3
"""What a little word counts of how rare it is: it tells apart, and finds nothing."""
_BEST = 10
"""Of what was found, from whose themes one learns what the words are about."""
_IN_COMMON = 0.3
"""Of the best score: what sharing all the themes of the best would add."""


@dataclass(frozen=True, slots=True)
class Candidate:
    id: int
    item_id: int
    facets: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Scored:
    candidate: Candidate
    score: float


class Scales:
    """Weighs candidates for one search."""

    def __init__(
        self, groups: Sequence[Group], known: Known, shelf: Shelf, little: Iterable[str] = ()
    ) -> None:
        self._groups = len(groups)
        self._shelf = shelf
        self._little = {
            each: _LITTLE * _rarity(known, known.count([each]))
            for each in little
            if each in known.counts
        }
        self._singles: dict[str, list[tuple[int, float, bool]]] = {}
        self._phrases: dict[str, list[tuple[int, float, Phrase]]] = {}
        self._facets: dict[str, list[tuple[int, float]]] = {}
        for number, group in enumerate(groups):
            self._add(number, group, known)
        self._wanted = self._singles.keys() | self._phrases.keys()

    def _add(self, number: int, group: Group, known: Known) -> None:
        for form, weight in group.singles.items():
            value = weight * _rarity(known, known.count(known.forms(form) or [form]))
            self._singles.setdefault(form, []).append((number, value, weight == OWN))
        for phrase in group.phrases:
            # As rare as its rarest word, at least.
            value = phrase.weight * max(_rarity(known, known.count(f)) for f in phrase.forms)
            for form in phrase.forms[0]:
                self._phrases.setdefault(form, []).append((number, value, phrase))
        for token, weight in group.facets.items():
            self._facets.setdefault(token, []).append((number, weight * _THEME_RARITY))

    def weigh(self, candidates: Sequence[Candidate]) -> list[Scored]:
        """Best first; of equals the newest."""
        scored = [Scored(each, self._score(each)) for each in candidates]
        return sorted(scored, key=_order)

    def weigh_together(self, candidates: Sequence[Candidate]) -> list[Scored]:
        """As `weigh`, where those gain that are about the same as the best are.

        So the tags that people gave say what a word is about that no ring has.
        """
        scored = self.weigh(candidates)
        themes = {
            each.candidate.id: self._shelf.themes_in(each.candidate.facets) for each in scored
        }
        common: Counter[str] = Counter()
        for each in scored[:_BEST]:
            for theme in themes[each.candidate.id]:
                common[theme] += each.score
        if not common:
            return scored
        gain = _IN_COMMON * scored[0].score / sum(each.score for each in scored[:_BEST])
        lifted = [
            Scored(
                each.candidate,
                each.score + gain * sum(common[theme] for theme in themes[each.candidate.id]),
            )
            for each in scored
        ]
        return sorted(lifted, key=_order)

    def _score(self, candidate: Candidate) -> float:
        heading = candidate.heading.split()
        said = heading + candidate.words.split()
        best = [0.0] * self._groups
        times = [0] * self._groups
        own: list[tuple[int, int]] = []
        singles, phrases = self._singles, self._phrases
        wanted = self._wanted
        for at, word in [hit for hit in enumerate(said) if hit[1] in wanted]:
            for number, value, is_own in singles.get(word, ()):
                times[number] += 1
                if at < len(heading):
                    value *= 1 + _IN_HEADING
                if value > best[number]:
                    best[number] = value
                if is_own:
                    own.append((at, number))
            for number, value, phrase in phrases.get(word, ()):
                if _stands(phrase, said, at):
                    times[number] += 1
                    best[number] = max(best[number], value)
        for number, value in self._under(candidate.facets).items():
            best[number] += value
        score = sum(
            value * (1 + _AGAIN * sqrt(count - 1)) if count > 1 else value
            for value, count in zip(best, times, strict=True)
        )
        score *= 1 + _closeness(own)
        met = sum(1 for value in best if value)
        score *= (met / max(1, self._groups)) ** _COVERAGE / _length_matters(len(said))
        return score + sum(value for word, value in self._little.items() if word in said)

    def _under(self, facets: str) -> dict[int, float]:
        """The groups that have a theme of the candidate's, and what that counts."""
        found: dict[int, float] = {}
        if self._facets:
            themes = self._shelf.themes_in(facets)
            for each in themes:
                for number, value in self._facets.get(each, ()):
                    found[number] = max(found.get(number, 0.0), value / len(themes) ** _SHARED)
        return found


def _order(scored: Scored) -> tuple[float, int]:
    return -scored.score, -scored.candidate.id


def _rarity(known: Known, count: int) -> float:
    return log(1 + (known.entries + 1) / (count + 0.5))


def _stands(phrase: Phrase, said: Sequence[str], at: int) -> bool:
    end = at + len(phrase.forms)
    return end <= len(said) and all(
        word in forms for word, forms in zip(said[at:end], phrase.forms, strict=True)
    )


def _closeness(own: Sequence[tuple[int, int]]) -> float:
    """More when words that were typed one after the other stand so here."""
    found: dict[int, float] = {}
    for (at, number), (then, following) in pairwise(own):
        if following == number + 1:
            near = _SIDE_BY_SIDE if then == at + 1 else _NEARBY if then - at <= _NEAR else 0.0
            found[number] = max(found.get(number, 0.0), near)
    return sum(found.values()) / max(1, len(found)) if found else 0.0


def _length_matters(length: int) -> float:
    return 0.85 + 0.15 * length / _USUAL_LENGTH
