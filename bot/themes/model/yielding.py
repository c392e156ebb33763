"""What everyday words give up for the names and words that moderators choose. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.ids import RingId
from bot.search.rings import key
from bot.themes.model.vocabulary import Vocabulary

_FEWEST = 2
"""Words: one alone finds nothing by another."""


@dataclass(frozen=True, slots=True)
class Yielding:
    gone: Sequence[RingId] = ()
    losing: Mapping[RingId, Sequence[str]] = field(default_factory=dict[RingId, Sequence[str]])
    moving: Sequence[str] = ()  # to what is named as the ring was that is gone


def yielding(
    vocabulary: Vocabulary, words: Sequence[str], *, name: str = "", room: int = 0
) -> Yielding:
    """What becomes of everyday rings when others are to have *words*.

    One that is called *name* goes: up to *room* of its words lead to what has that name now.
    """
    chosen = {key(each) for each in words}
    gone: list[RingId] = []
    losing: dict[RingId, Sequence[str]] = {}
    moving: Sequence[str] = ()
    for ring in vocabulary.everyday:
        left = [each for each in ring.words if key(each) not in chosen]
        if ring.label.casefold() == name.casefold():
            gone.append(ring.id)
            moving = left[:room]
        elif len(left) == len(ring.words):
            continue
        elif len(left) < _FEWEST:
            gone.append(ring.id)
        else:
            losing[ring.id] = [each for each in ring.words if each not in left]
    return Yielding(gone, losing, moving)
