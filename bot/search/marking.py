"""Showing in a text why it was found."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import contains

from bot.search.asking import Group
from bot.search.words import stem, words

_ADDRESS = re.compile(r"(?:\w+://|www\.)\S+")


@dataclass(frozen=True, slots=True)
class Marks:
    """What to mark: stems, and stems that must follow one another."""

    singles: frozenset[str] = frozenset()
    phrases: tuple[tuple[frozenset[str], ...], ...] = ()


def marks_of(groups: Iterable[Group]) -> Marks:
    groups = list(groups)
    singles = {stem(form) for group in groups for form in group.singles}
    phrases = {
        tuple(frozenset(map(stem, forms)) for forms in phrase.forms)
        for group in groups
        for phrase in group.phrases
    }
    return Marks(frozenset(singles), tuple(phrases))


def bold(text: str, marks: Marks, escape: Callable[[str], str]) -> str:
    """*text* with what was found in bold, whole words only, and phrases only whole.

    *escape* makes any part of *text* safe to show. Web addresses are left whole.
    """
    shown: list[str] = []
    done = 0
    for start, end in _spans(text, marks):
        shown += [escape(text[done:start]), f"**{escape(text[start:end])}**"]
        done = end
    return "".join([*shown, escape(text[done:])])


def _spans(text: str, marks: Marks) -> list[tuple[int, int]]:
    """Where to mark, in order, and none in another."""
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    said = [
        word
        for word in words(text)
        if not any(start <= word.start < end for start, end in addresses)
    ]
    stems = [stem(word.text) for word in said]
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(said):
        length = _length(stems, at, marks)
        if length:
            spans.append((said[at].start, said[at + length - 1].end))
        at += length or 1
    return _joined(text, spans)


def _length(stems: Sequence[str], at: int, marks: Marks) -> int:
    """Of the longest thing to mark that begins *at*."""
    longest = int(stems[at] in marks.singles)
    for phrase in marks.phrases:
        here = stems[at : at + len(phrase)]
        if len(here) == len(phrase) > longest and all(map(contains, phrase, here)):
            longest = len(phrase)
    return longest


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Neighbours with only a space between them are marked as one: it reads better aloud."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start] == " ":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined
