"""One search, step by step, each only when the one before found too little.

1. Every word, where other words for it and its theme count as well.
2. Fewer than three: any of the words, or a theme near to one, after those that have them all.
A word that nobody in the network has used is put right first, if it looks like a slip.
3. Nothing: words that look like those that were typed.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from bot.search import asking, respelling, store
from bot.search.asking import FAMILY, NEAR, Group, Known, Term
from bot.search.entry import Filters, Shelf
from bot.search.found import Found, Tried
from bot.search.marking import marks_of
from bot.search.rings import Rings
from bot.search.scoring import Candidate, Scales, Scored
from bot.search.words import is_stop_word, root
from bot.storage.database import Queries

MOST = 300
"""Candidates that are weighed, the newest. Pages and totals end there."""
ENOUGH = 3
STRIDE = 100_000
"""Entries, of all networks, that one query looks through: a few milliseconds at the worst."""
DEADLINE = 0.25
"""Seconds after which no further query begins: what was found by then is what there is."""
_PART = 3
"""Letters of a word that can be a part of another."""
_TELLING_ROOT = 6
"""Letters of a root that says which word was meant when one of them is wrong."""


@dataclass(frozen=True, slots=True)
class _Ranked:
    item_ids: list[int]
    is_more: bool = False
    groups: Sequence[Group] = ()


class Finding:
    """One search on one shelf."""

    def __init__(
        self, db: Queries, shelf: Shelf, rings: Rings, filters: Filters, *, may_respell: bool = True
    ) -> None:
        self._db = db
        self._may_respell = may_respell
        self._shelf = shelf
        self._rings = rings
        self._tokens = shelf.wanted(filters)
        self._little: Sequence[str] = ()
        self._until = time.monotonic() + DEADLINE

    async def find(self, typed: str) -> tuple[list[int], Found]:
        """All that was found, best first, and what to say about it."""
        terms = asking.read(typed, self._rings)
        if not terms:
            return await self._everything()
        self._little = asking.little_words(typed, terms)
        known, groups = await self._understood(terms)
        unknown = [each.term for each in groups if not each.is_found(known)]
        respelt: list[Term] = []
        if unknown:
            terms, respelt = await self._put_right(terms, unknown, known)
            known, groups = await self._understood(terms)
            unknown = [each.term for each in groups if not each.is_found(known)]
        ranked, strong = await self._with_all(groups, known)
        with_all, tried = len(ranked.item_ids), Tried.RESPELT if respelt else Tried.EXACT
        if strong < ENOUGH:
            ranked, is_longer = _after(ranked, await self._with_any(terms), strong)
            tried = Tried.LOOSENED if is_longer and not respelt else tried
        near: list[str] = []
        if unknown:
            near = await self._near(unknown)
            if near and not ranked.item_ids:
                ranked, tried = await self._with_any([Term((each,)) for each in near]), Tried.NEAR
            if not ranked.item_ids:
                near = []  # nobody is sent after words that find nothing either
        return ranked.item_ids, Found(
            how_many=len(ranked.item_ids),
            is_more=ranked.is_more,
            with_all=with_all,
            tried=tried,
            showing=" ".join(map(str, terms)),
            near=tuple(near),
            marks=marks_of(ranked.groups),
        )

    async def _everything(self) -> tuple[list[int], Found]:
        if len(self._tokens) == 1:  # the shelf's own: nothing is asked for at all
            return [], Found()
        candidates, is_more = await self.newest(asking.everything(self._tokens))
        items = [each.item_id for each in candidates]
        return items, Found(
            how_many=len(items), is_more=is_more, with_all=len(items), tried=Tried.EVERYTHING
        )

    async def _understood(
        self, terms: Sequence[Term], *, with_parts: bool = False
    ) -> tuple[Known, list[Group]]:
        roots = asking.roots(terms, self._rings) | set(map(root, self._little))
        known = await store.known(self._db, self._shelf, roots)
        groups = asking.groups(terms, self._rings, known, self._shelf.theme, with_parts=with_parts)
        return known, groups

    async def _with_all(self, groups: Sequence[Group], known: Known) -> tuple[_Ranked, int]:
        """Those with every word or another word for it; the first ones have the very words."""
        anyhow = asking.all_of(groups, self._tokens)
        found, is_more = await self.newest(anyhow)
        exactly = asking.all_of(groups, self._tokens, least=FAMILY)
        if exactly != anyhow and (is_more or len(groups) > 1):
            very, _ = await self.newest(exactly)
            # Older ones with the very words must not be lost to newer ones with other words.
            found = _together(very, found)
        else:
            very = found
        scored = self._weighed(groups, known, found)
        first = {each.item_id for each in very} if len(groups) > 1 else set[int]()
        item_ids = [each.candidate.item_id for each in scored]
        item_ids.sort(key=lambda each: each not in first)
        return _Ranked(item_ids, is_more, groups), len(very)

    async def _with_any(self, terms: Sequence[Term]) -> _Ranked:
        known, groups = await self._understood(terms, with_parts=True)
        groups = [each for each in groups if each.is_found(known)]
        if not groups:
            return _Ranked([])
        found, is_more = await self.newest(asking.any_of(groups, self._tokens))
        if is_more and len(groups) > 1:
            rarest = min(groups, key=lambda each: known.count(each.singles))
            rare, _ = await self.newest(asking.all_of([rarest], self._tokens))
            found = _together(rare, found)
        elif not is_more and any(NEAR in each.facets.values() for each in groups):
            around, is_more = await self.newest(asking.any_of(groups, self._tokens, least=NEAR))
            found = _together(found, around)
        scored = self._weighed(groups, known, found)
        return _Ranked([each.candidate.item_id for each in scored], is_more, groups)

    def _weighed(
        self, groups: Sequence[Group], known: Known, found: Sequence[Candidate]
    ) -> list[Scored]:
        return Scales(groups, known, self._shelf, self._little).weigh_together(found)

    async def newest(
        self, expression: str, most: int | None = None
    ) -> tuple[list[Candidate], bool]:
        """The newest that the index finds, and whether there may be more of them."""
        most = MOST if most is None else most
        found: list[Candidate] = []
        until = await store.newest_id(self._db)
        while until > 0:
            after = max(0, until - STRIDE)
            found += await store.candidates(
                self._db, expression, after=after, until=until, most=most + 1 - len(found)
            )
            until = after
            if len(found) > most or time.monotonic() > self._until:
                return found[:most], len(found) > most or until > 0
        return found, False

    async def _put_right(
        self, terms: Sequence[Term], unknown: Sequence[Term], known: Known
    ) -> tuple[list[Term], list[Term]]:
        """The terms with what was meant instead of the *unknown*, and the ones that were respelt.

        Two words written as one, or one as two, are no mistake.
        """
        better: list[Term] = []
        respelt: list[Term] = []
        for term in terms:
            if term not in unknown or term.is_quoted:
                better.append(term)
                continue
            for word in term.words:
                if len(term.words) > 1 and (is_stop_word(word) or known.family(word)):
                    better.append(Term((word,)))
                elif (two := await self._as_two(word)) is not None:
                    better.append(Term(two))
                elif self._may_respell and (guess := await self._guessed(word)) is not None:
                    better.append(Term((guess,)))
                    respelt.append(better[-1])
                else:
                    better.append(Term((word,)))
        return list(dict.fromkeys(better)), respelt

    async def _as_two(self, word: str) -> tuple[str, str] | None:
        """ "tickbox" as "tick box", where both are in use."""
        cuts = [(word[:at], word[at:]) for at in range(_PART, len(word) - _PART + 1)]
        known = await store.known(
            self._db, self._shelf, {root(part) for two in cuts for part in two}
        )
        used = [two for two in cuts if all(known.counts.get(part) for part in two)]
        return max(used, key=lambda two: min(map(known.counts.__getitem__, two)), default=None)

    async def _guessed(self, word: str) -> str | None:
        allowed = respelling.slips(word)
        if not allowed:
            return None
        choices = await self._words_like(word, allowed)
        if word in choices:  # a part of something in a ring
            return None
        if (meant := respelling.meant(word, choices)) is not None:
            return meant
        # Another ending is no slip: "comissioning" where everybody says commissioner.
        if len(root(word)) >= _TELLING_ROOT:
            families = await self._families(root(word)[0])
            counts = {each: count for each, (count, _) in families.items()}
            if (family := respelling.meant(root(word), counts)) is not None:
                return families[family][1]
        longer = await store.words_that_begin(self._db, self._shelf, word, 1)
        return longer[0] if longer else None

    async def _near(self, unknown: Sequence[Term]) -> list[str]:
        words = {word: None for term in unknown for word in term.words if not is_stop_word(word)}
        near = [respelling.nearest(word, await self._words_near(word)) for word in words]
        in_turn = [each for several in zip_longest(*near) for each in several if each is not None]
        return list(dict.fromkeys(in_turn))[: respelling.MOST_OFFERED]

    async def _families(self, initial: str) -> dict[str, tuple[int, str]]:
        """Of each root that begins so, the word that most entries have, and how many."""
        rings = {root(word): (0, word) for word in self._rings.words() if word[0] == initial}
        return _telling(rings | await store.families(self._db, self._shelf, initial))

    async def _words_like(self, word: str, slips: int) -> dict[str, int]:
        """As long, give or take some *slips*, and with the same beginning, or almost."""
        initials = set(word[:2])
        least, most = len(word) - slips, len(word) + slips
        rings = {
            each: 0
            for each in self._rings.words()
            if least <= len(each) <= most and each[0] in initials
        }
        used = [
            await store.words_as_long(self._db, self._shelf, initial, least, most)
            for initial in initials
        ]
        return _telling(rings | {each: n for some in used for each, n in some.items()})

    async def _words_near(self, word: str) -> dict[str, int]:
        """That it is a part of, or that are a part of it, or that look like it."""
        around = await store.words_around(self._db, self._shelf, word)
        return _telling(around | await self._words_like(word, len(word) // 3))


_T = TypeVar("_T")


def _telling(words: dict[str, _T]) -> dict[str, _T]:
    return {word: said for word, said in words.items() if not is_stop_word(word)}


def _together(first: Iterable[Candidate], then: Iterable[Candidate]) -> list[Candidate]:
    return list({each.id: each for each in (*first, *then)}.values())[:MOST]


def _after(first: _Ranked, then: _Ranked, strong: int) -> tuple[_Ranked, bool]:
    """The *strong* of the first, then all by what the second makes of them, and whether it had
    anything to add."""
    kept = first.item_ids[:strong]
    item_ids = list(dict.fromkeys([*kept, *then.item_ids, *first.item_ids]))[:MOST]
    is_longer = len(item_ids) > len(first.item_ids)
    return _Ranked(item_ids, then.is_more, [*first.groups, *then.groups]), is_longer
