"""Quotation marks: which open, which close, and which are apostrophes.

Every mark is looked at by its neighbours first (a space before and a letter after: it can open),
and then by what is open already. People mix marks, forget them, and write three kinds of
apostrophe with the same key, so whatever stays unclear is taken for an apostrophe.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum


class Family(Enum):
    DOUBLE = "double"
    SINGLE = "single"


_FAMILY = {
    **dict.fromkeys('"“”„‟«»＂', Family.DOUBLE),
    **dict.fromkeys("'‘’‚‛‹›", Family.SINGLE),
}
_ONLY_OPEN = set("„«‘‚‹")
_ONLY_CLOSE = set("»›")
_APOSTROPHES = set("'’‘‛")
_BEFORE_OPENING = set("([{—–-/…")
_ENDS_SENTENCE = set(".!?…,")
_DEEPEST = 8
# Words whose first letters are left out: ’em, ’til, ’cause, ’90s.
_LEFT_OUT = re.compile(r"(?:em|til|till|cause|cos|coz|tis|twas|bout|n)\b|\d0s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """Words between marks: text[start:end], without the marks themselves."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Opening:
    start: int
    family: Family


@dataclass(frozen=True, slots=True)
class Marked:
    spans: tuple[Span, ...]  # the outermost, in order
    still_open: Opening | None  # at the end of the text
    closed_at: int | None  # where what was open at the start of the text is closed


def plain_marks(text: str) -> str:
    """*text* without the marks that typewriters and typesetters put together from two."""
    return text.replace("``", "“").replace("''", '"')


def starts_with_mark(text: str) -> bool:
    return text[:1] in _FAMILY and _can_open(text, 0)


def marked(text: str, already_open: Family | None = None) -> Marked:
    return _Reader(text).read(already_open)


def _can_open(text: str, at: int) -> bool:
    mark, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not after or after.isspace() or mark in _ONLY_CLOSE:
        return False
    if mark in "”’" and before:
        return False
    if mark in _APOSTROPHES and _LEFT_OUT.match(text, at + 1):
        return False
    return not before or before.isspace() or before in _BEFORE_OPENING or before in _FAMILY


def _can_close(text: str, at: int) -> bool:
    mark, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if not before or before.isspace() or before in "([{" or mark in _ONLY_OPEN:
        return False
    return not after or not after.isalnum()


@dataclass(slots=True)
class _Reader:
    text: str
    _open: list[Opening] = field(default_factory=list[Opening])
    _spans: list[Span] = field(default_factory=list[Span])
    _closers: dict[Family, list[int]] = field(default_factory=dict[Family, list[int]])
    _openers: list[int] = field(default_factory=list[int])

    def read(self, already_open: Family | None) -> Marked:
        marks = [at for at, character in enumerate(self.text) if character in _FAMILY]
        for family in Family:
            mine = [at for at in marks if _FAMILY[self.text[at]] is family]
            self._closers[family] = [at for at in mine if _can_close(self.text, at)]
        self._openers = [
            at
            for at in marks
            if _FAMILY[self.text[at]] is Family.SINGLE and _can_open(self.text, at)
        ]
        if already_open is not None:
            self._open.append(Opening(-1, already_open))
        closed_at = None
        for at in marks:
            self._take(at)
            if already_open is not None and closed_at is None and not self._open:
                closed_at = at
                self._spans.clear()
        return Marked(
            spans=tuple(self._spans),
            still_open=self._open[0] if self._open else None,
            closed_at=closed_at,
        )

    def _take(self, at: int) -> None:
        family = _FAMILY[self.text[at]]
        can_open, can_close = _can_open(self.text, at), _can_close(self.text, at)
        if can_open and can_close and self._open:
            # Between two marks: it opens after one that has just opened, as in “‘No,’ she said”.
            can_close = self._open[-1].start != at and self.text[at] != "“"
            can_open = not can_close
        if can_close and self._closes(at, family):
            return
        if can_open and self._opens(at, family):
            self._open.append(Opening(at + 1, family))

    def _opens(self, at: int, family: Family) -> bool:
        """A single mark that nothing closes afterwards is an apostrophe, if it may be one."""
        if len(self._open) >= _DEEPEST:
            return False
        may_be_apostrophe = family is Family.SINGLE and self.text[at] in _APOSTROPHES
        if not may_be_apostrophe or (at == 0 and not self._open):
            return True
        return self._next(self._closers[family], at) is not None

    def _closes(self, at: int, family: Family) -> bool:
        depth = next(
            (
                index
                for index in reversed(range(len(self._open)))
                if self._open[index].family is family
            ),
            None,
        )
        if depth is None:
            return self._closes_the_other(at, family)
        if family is Family.SINGLE and self._is_apostrophe_at_the_end(at):
            return True
        opening = self._open[depth]
        del self._open[depth:]
        if not self._open:
            self._spans.append(Span(opening.start, at))
        return True

    def _closes_the_other(self, at: int, family: Family) -> bool:
        """Opened by one family and closed by the other, as in ‘words." """
        if not self._open:
            return False
        top = self._open[-1]
        if self._next(self._closers[top.family], at) is not None:
            return False
        if _can_open(self.text, at):
            return False
        ends_sentence = self.text[at - 1] in _ENDS_SENTENCE or at == len(self.text) - 1
        if family is Family.SINGLE and not ends_sentence:
            return False
        self._open.pop()
        if not self._open:
            self._spans.append(Span(top.start, at))
        return True

    def _is_apostrophe_at_the_end(self, at: int) -> bool:
        """As in “the services’ own words”, inside single marks that are closed later."""
        if self.text[at] not in _APOSTROPHES or self.text[at - 1] in _ENDS_SENTENCE:
            return False
        after = self.text[at + 1 : at + 3]
        if not (len(after) == 2 and after[0] == " " and after[1].islower()):
            return False
        closer = self._next(self._closers[Family.SINGLE], at)
        opener = self._next(self._openers, at)
        return closer is not None and (opener is None or opener > closer)

    def _next(self, places: list[int], at: int) -> int | None:
        index = bisect_right(places, at)
        return places[index] if index < len(places) else None
