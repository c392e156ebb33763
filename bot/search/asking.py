"""From what somebody typed to what is looked for.

Whatever is typed ends up as words between quotation marks, so nothing typed can be an operator,
a column or a token to sort by.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.ids import ThemeId
from bot.search.rings import Ring, Rings
from bot.search.words import Word, fold, is_stop_word, root, stem, words

MOST_TYPED = 500
"""Characters that are read. Whoever pastes a page finds what is like its beginning."""
MOST_TERMS = 8
MOST_FORMS = 24
"""Words tried in place of one."""

OWN, FAMILY, THEME, PART, RING, NEAR = 1.0, 0.8, 0.7, 0.4, 0.35, 0.2
"""What a hit counts that is the word itself; of its family; its theme; a part of the phrase;
another word for it; a theme that is near. Measured on questions that people judged."""

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″〝〞", '"'))
_BETWEEN_PARTS = re.compile(r"[-\u2010-\u2015/&+]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words that belong together."""

    words: tuple[str, ...]
    is_quoted: bool = False

    def __str__(self) -> str:
        said = " ".join(self.words)
        return f'"{said}"' if self.is_quoted else said


@dataclass(frozen=True, slots=True)
class Known:
    """What one network's words are, as far as a search needs them: how many entries have each."""

    entries: int  # in all
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    by_root: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])

    def forms(self, word: str) -> Sequence[str]:
        """Of the index's stem: what the index itself takes for *word*."""
        stemmed = stem(word)
        return [each for each in self.family(word) if stem(each) == stemmed]

    def family(self, word: str) -> Sequence[str]:
        return self.by_root.get(root(word), ())

    def count(self, forms: Iterable[str]) -> int:
        return min(self.entries, sum(self.counts.get(each, 0) for each in forms))


@dataclass(frozen=True, slots=True)
class Phrase:
    forms: tuple[frozenset[str], ...]
    weight: float
    typed: tuple[str, ...]


@dataclass(slots=True)
class Group:
    """One term and everything that counts as it."""

    term: Term
    singles: dict[str, float] = field(default_factory=dict[str, float])  # word to weight
    phrases: list[Phrase] = field(default_factory=list[Phrase])
    facets: dict[str, float] = field(default_factory=dict[str, float])  # token to weight

    def add(self, said: tuple[str, ...], weight: float, known: Known) -> None:
        if len(said) == 1:
            for form in known.forms(said[0]) or said:
                self.singles.setdefault(form, weight)
        else:
            forms = tuple(frozenset(known.forms(each)) | {each} for each in said)
            self.phrases.append(Phrase(forms, weight, said))

    def add_parts(self, known: Known) -> None:
        """Each word of a phrase, but those that say nothing."""
        for word in self.term.words if len(self.term.words) > 1 else ():
            if not is_stop_word(word):
                for form in known.family(word):
                    self.singles.setdefault(form, PART)

    def is_found(self, known: Known) -> bool:
        """Whether anything could have it, as far as the list of words says."""
        return bool(
            self.facets
            or any(form in known.counts for form in self.singles)
            or any(
                all(any(form in known.counts for form in forms) for forms in phrase.forms)
                for phrase in self.phrases
            )
        )

    def expression(self, least: float) -> str:
        """What the index is asked for: all that weighs *least* or more."""
        stems: dict[str, str] = {}
        for form, weight in self.singles.items():
            if weight >= least:
                stems.setdefault(stem(form), form)
        said = [*stems.values()][:MOST_FORMS]
        said += [" ".join(each.typed) for each in self.phrases if each.weight >= least][:MOST_FORMS]
        parts = [f"{{heading words}} : ({_any(said)})"] if said else []
        if facets := [each for each, weight in self.facets.items() if weight >= least]:
            parts.append(f"facets : ({_any(facets)})")
        return f"({' OR '.join(parts)})"


def _any(said: Iterable[str]) -> str:
    # Folded words have no quotation mark to escape: nothing but letters and figures.
    return " OR ".join(f'"{each}"' for each in said)


def all_of(groups: Iterable[Group], tokens: Iterable[Sequence[str]], least: float = RING) -> str:
    return " AND ".join([*_narrowed(tokens), *(each.expression(least) for each in groups)])


def any_of(groups: Iterable[Group], tokens: Iterable[Sequence[str]], least: float = RING) -> str:
    either = " OR ".join(each.expression(least) for each in groups)
    return " AND ".join([*_narrowed(tokens), f"({either})"])


def everything(tokens: Iterable[Sequence[str]]) -> str:
    """Everything that has the tokens."""
    return " AND ".join(_narrowed(tokens))


def _narrowed(tokens: Iterable[Sequence[str]]) -> list[str]:
    return [f"facets : ({_any(each)})" for each in tokens]


def read(typed: str, rings: Rings) -> list[Term]:
    """The terms of *typed*, the first few of them, each once."""
    text = unicodedata.normalize("NFKC", typed[:MOST_TYPED]).translate(_QUOTES)[:MOST_TYPED]
    parts = text.split('"')
    if len(parts) % 2 == 0:  # one mark too many: it says nothing
        parts[-2:] = [" ".join(parts[-2:])]
    terms: list[Term] = []
    for number, part in enumerate(parts):
        if number % 2:
            terms += [Term(said, is_quoted=True)] if (said := tuple(fold(part).split())) else []
        else:
            terms += _unquoted(part, rings)
    telling = [each for each in terms if not _says_nothing(each, rings)] or terms
    return list(dict.fromkeys(telling))[:MOST_TERMS]


def little_words(typed: str, terms: Iterable[Term]) -> list[str]:
    """What was typed that finds nothing, but says which of the found is meant: "the only one"."""
    looked_for = {word for term in terms for word in term.words}
    said = dict.fromkeys(fold(typed[:MOST_TYPED]).split())
    return [each for each in said if is_stop_word(each) and each not in looked_for][:MOST_TERMS]


def _says_nothing(term: Term, rings: Rings) -> bool:
    return (
        not term.is_quoted
        and all(map(is_stop_word, term.words))
        and not rings.of(" ".join(term.words))
    )


def _unquoted(text: str, rings: Rings) -> list[Term]:
    units = _units(text)
    terms: list[Term] = []
    while units:
        taken = _longest(units, rings)
        terms.append(Term(tuple(word for unit in units[:taken] for word in unit)))
        units = units[taken:]
    return terms


def _units(text: str) -> list[tuple[str, ...]]:
    """The words, those together that were typed as one: tick-box."""
    units: list[tuple[str, ...]] = []
    last: Word | None = None
    for word in words(text):
        if last is not None and _BETWEEN_PARTS.fullmatch(text[last.end : word.start]):
            units[-1] += (word.text,)
        else:
            units.append((word.text,))
        last = word
    return units


def _longest(units: Sequence[tuple[str, ...]], rings: Rings) -> int:
    """How many of the first *units* are one phrase of a ring."""
    for number in range(min(rings.most_words, len(units)), 1, -1):
        said = " ".join(word for unit in units[:number] for word in unit)
        if rings.of(said):
            return number
    return 1


def alternatives(term: Term, rings: Rings) -> list[tuple[Ring, list[tuple[str, ...]]]]:
    """The other words for *term*, with the rings that they come from."""
    if term.is_quoted:
        return []
    said = " ".join(term.words)
    return [
        (ring, [words for other in ring.others(said) if (words := tuple(fold(other).split()))])
        for ring in rings.of(said)
    ]


def roots(terms: Iterable[Term], rings: Rings) -> set[str]:
    """Of every word whose forms are worth knowing before the groups are built."""
    wanted: set[str] = set()
    last: Term | None = None
    for term in terms:
        wanted.update(map(root, term.words))
        wanted.add(root("".join(term.words)))
        if last is not None:
            wanted.add(root("".join((*last.words, *term.words))))
        for _, others in alternatives(term, rings):
            wanted.update(root(word) for other in others for word in other)
        last = term
    return wanted


def groups(
    terms: Sequence[Term],
    rings: Rings,
    known: Known,
    theme_token: Callable[[ThemeId], str],
    *,
    with_parts: bool = False,
) -> list[Group]:
    """*with_parts*: a phrase is found by each of its words as well."""
    found = [_group(term, rings, known, theme_token) for term in terms]
    if with_parts:
        for each in found:
            each.add_parts(known)
    for one, two in pairwise(found):
        together = "".join((*one.term.words, *two.term.words))
        if together in known.counts and not (one.term.is_quoted or two.term.is_quoted):
            one.singles.setdefault(together, OWN)
            two.singles.setdefault(together, OWN)
    return found


def _group(term: Term, rings: Rings, known: Known, theme_token: Callable[[ThemeId], str]) -> Group:
    group = Group(term)
    group.add(term.words, OWN, known)
    if term.is_quoted:
        return group
    if len(term.words) == 1:
        for form in known.family(term.words[0]):
            group.singles.setdefault(form, FAMILY)
    elif (joined := "".join(term.words)) in known.counts:
        group.singles.setdefault(joined, OWN)
    for ring, others in alternatives(term, rings):
        for other in others:
            group.add(other, RING, known)
        for theme_id in ring.theme_ids:
            group.facets[theme_token(theme_id)] = THEME
        for theme_id in ring.near_ids:
            group.facets.setdefault(theme_token(theme_id), NEAR)
    return group
