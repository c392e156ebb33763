"""What says the same already, or something like it."""

from rapidfuzz import fuzz

from bot.search import asking, store
from bot.search.asking import OWN, Group, Known, Term
from bot.search.entry import Filters, Shelf
from bot.search.finding import Finding
from bot.search.found import Alike
from bot.search.rings import Rings
from bot.search.scoring import Candidate, Scales, Scored
from bot.search.words import fold, is_stop_word, root
from bot.storage.database import Queries

DOUBLE = 85
"""Of 100, by which two texts agree that nearly say the same. People decide, never the bot."""
_LONG_ENOUGH = 40
"""Characters, without stop words: shorter texts agree by chance."""
_MOST_READ = 4000
_TELLING = 10
"""Words, the rarest, by which a text is known."""
_WEIGHED = 300
_COMPARED = 50
_IN_COMMON = 3
"""Telling words that similar texts share, or half of them if there are few."""


async def alike(db: Queries, shelf: Shelf, text: str, *, most: int, but: int | None) -> Alike:
    said = _telling(fold(text[:_MOST_READ]))
    known = await store.known(db, shelf, {root(word) for word in said})
    rarest = sorted(
        (word for word in said if known.forms(word)),
        key=lambda word: (known.count(known.forms(word)), word),
    )[:_TELLING]
    if not rarest:
        return Alike()
    groups = [_group(word, known) for word in rarest]
    found = await _candidates(db, shelf, groups, known)
    scored = Scales(groups, known, shelf).weigh([each for each in found if each.item_id != but])
    doubles = [each for each in scored[:_COMPARED] if _is_double(" ".join(said), each.candidate)]
    shared = min(_IN_COMMON, -(-len(groups) // 2))
    similar = [
        each for each in scored if each not in doubles and _in_common(groups, each) >= shared
    ]
    doubled = [each.candidate.item_id for each in doubles][:most]
    return Alike(
        doubles=tuple(doubled),
        similar=tuple(each.candidate.item_id for each in similar)[: most - len(doubled)],
    )


async def _candidates(
    db: Queries, shelf: Shelf, groups: list[Group], known: Known
) -> list[Candidate]:
    """First by the words that few have, so that the newest with a common word don't hide them."""
    finding, tokens = Finding(db, shelf, Rings(), Filters()), shelf.wanted(Filters())
    few: list[Group] = []
    for group in groups:
        if few and known.count(x for each in (*few, group) for x in each.singles) > _WEIGHED:
            break
        few.append(group)
    found, is_more = await finding.newest(asking.any_of(few, tokens), most=_WEIGHED)
    if is_more and len(groups) > 1:  # even the rarest is common: with the next it is less so
        both, _ = await finding.newest(asking.all_of(groups[:2], tokens), most=_WEIGHED)
        found = list({each.id: each for each in (*found, *both)}.values())
    return found


def _group(word: str, known: Known) -> Group:
    return Group(Term((word,)), singles=dict.fromkeys(known.forms(word), OWN))


def _telling(folded: str) -> list[str]:
    """The words that say something, each once, in their order."""
    return list(dict.fromkeys(word for word in folded.split() if not is_stop_word(word)))


def _is_double(said: str, candidate: Candidate) -> bool:
    other = " ".join(_telling(candidate.words))
    return (
        min(len(said), len(other)) >= _LONG_ENOUGH and fuzz.token_set_ratio(said, other) >= DOUBLE
    )


def _in_common(groups: list[Group], scored: Scored) -> int:
    said = set(f"{scored.candidate.heading} {scored.candidate.words}".split())
    return sum(1 for group in groups if not said.isdisjoint(group.singles))
