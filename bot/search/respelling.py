"""What was meant by a word that nobody in the network has used."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

MOST_OFFERED = 5
_SHORTEST = 4
_VOWELS = re.compile("[aeiouy]")
_AGAIN = re.compile(r"(.)\1+")
_LIKE_ENOUGH = 62.0
_PART = 4
"""Letters that a word must have for it to be worth finding inside of others."""


def slips(word: str) -> int:
    """How many letters may be wrong, missing, too many or the wrong way round."""
    return 0 if len(word) < _SHORTEST else 1 if len(word) < 7 else 2 if len(word) < 10 else 3


def meant(word: str, known: Mapping[str, int]) -> str | None:
    """The word of *known*, which says how often each is used, that *word* is a slip for."""
    allowed = slips(word)
    if not allowed:
        return None
    close = process.extract(
        word, list(known), scorer=OSA.distance, score_cutoff=allowed, limit=None
    )
    ranked = [
        (distance + (each[0] != word[0]), -known[each], each)
        for each, distance, _ in close
        if (distance == 1 and len(word) > _SHORTEST) or _sounds(each) == _sounds(word)
    ]
    return min(ranked)[2] if ranked else None


def _sounds(word: str) -> str:
    """Its consonants, doubled ones once: people mishear vowels, and mistype what they like."""
    return _AGAIN.sub(r"\1", word[:1] + _VOWELS.sub("", word[1:]))


def nearest(word: str, known: Mapping[str, int]) -> list[str]:
    """Words that look like *word*, or that it is a part of, or that are a part of it."""
    ranked: list[tuple[float, int, str]] = []
    for each, score, _ in process.extract(
        word, list(known), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH, limit=20
    ):
        ranked.append((-score, -known[each], each))
    if len(word) >= _PART:
        for each, count in known.items():
            if word in each or (len(each) > _PART and each in word):
                ranked.append((-fuzz.ratio(word, each) - 40, -count, each))
    return list(dict.fromkeys(each for _, _, each in sorted(ranked)))[:MOST_OFFERED]
