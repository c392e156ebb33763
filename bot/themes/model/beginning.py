"""What a network has not been offered yet of what networks begin with. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.ids import RingId
from bot.search.rings import MOST_USED, key
from bot.themes.model import seeds
from bot.themes.model.parts import WordRing
from bot.themes.model.seeds import SeedGroup
from bot.themes.model.vocabulary import Vocabulary

_FEWEST = 2
"""Words: one alone finds nothing by another."""


@dataclass(frozen=True, slots=True)
class Offer:
    words: Mapping[RingId, Sequence[str]]  # more of them for rings that are there
    groups: Sequence[SeedGroup]  # everyday words


def offer(vocabulary: Vocabulary, taken_out: Iterable[str]) -> Offer:
    """All that does not get in the way of what the network has, or has *taken_out* before.

    It may be asked for any number of times: whatever is there is not offered again.
    """
    unwanted = {key(each) for each in taken_out}
    named = {each.label.casefold(): each for each in vocabulary.named("")}
    words: dict[RingId, Sequence[str]] = {}
    groups: list[SeedGroup] = []

    def free(those: Sequence[str]) -> Sequence[str]:
        return [
            each
            for each in those
            if key(each) not in unwanted and vocabulary.leads_to(each) is None
        ]

    def add(ring: WordRing, those: Sequence[str]) -> None:
        words[ring.id] = free(those)[: max(0, MOST_USED - len(ring.words))]

    for theme in vocabulary.themes:
        add(vocabulary.ring_of(theme), seeds.MORE_FOR_THEMES.get(theme.slug, ()))
    for group in vocabulary.groups:
        add(group, seeds.MORE_FOR_GROUPS.get(group.label, ()))
    for group in seeds.EVERYDAY:
        there = named.get(group.label.casefold())
        if isinstance(there, WordRing):
            add(there, group.words)
        elif there is None and len(left := free(group.words)) >= _FEWEST:
            groups.append(SeedGroup(group.label, left))
    return Offer(words, groups)
