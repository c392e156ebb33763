"""Help with typing, from the words that can be found."""

from collections import Counter

from bot.search import asking, store
from bot.search.asking import Group, Term
from bot.search.entry import Filters, Shelf
from bot.search.finding import Finding
from bot.search.rings import Rings
from bot.search.words import is_stop_word, words
from bot.storage.database import Queries

_CONSIDERED = 40
"""Words that begin so, the most used of them."""
_LEAST = 2
"""Letters of a word that is worth offering."""
_AS_WRITTEN = {"coproduction": "co-production"}


async def completed(db: Queries, shelf: Shelf, typed: str, *, most: int) -> list[str]:
    """Lines that begin with *typed*, or with all of it but the last word."""
    typed = typed[: asking.MOST_TYPED]
    said = list(words(typed))
    if not said or said[-1].end != len(typed):
        return []
    last, before = said[-1], typed[: said[-1].start]
    choices = await store.words_that_begin(db, shelf, last.text, _CONSIDERED)
    choices = [each for each in choices if len(each) >= _LEAST and not is_stop_word(each)]
    if choices and (terms := asking.read(before, Rings())):
        choices = await _that_go_with(db, shelf, terms, choices)
    return [before + _AS_WRITTEN.get(each, each) for each in choices[:most]]


async def _that_go_with(
    db: Queries, shelf: Shelf, terms: list[Term], choices: list[str]
) -> list[str]:
    """Those of *choices* that something found by *terms* has, the most frequent first."""
    known = await store.known(db, shelf, asking.roots(terms, Rings()))
    groups = asking.groups(terms, Rings(), known, shelf.theme)
    beginning = Group(Term((choices[0],)), singles=dict.fromkeys(choices, asking.OWN))
    finding = Finding(db, shelf, Rings(), Filters())
    found, _ = await finding.newest(
        asking.all_of([*groups, beginning], shelf.wanted(Filters())), most=200
    )
    said = Counter(word for each in found for word in set(f"{each.heading} {each.words}".split()))
    return sorted((c for c in choices if said[c]), key=lambda c: -said[c])
