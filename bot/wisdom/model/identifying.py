"""What in a text may tell who somebody is. It marks too much rather than too little: a moderator,
who sees each mark, decides."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.wisdom.model.plain_words import HARMLESS, STARTERS


class MarkKind(StrEnum):
    EMAIL = "email"
    LINK = "link"
    MENTION = "mention"
    PHONE = "phone"
    ORGANISATION = "organisation"
    NAME = "name"


REPLACED_BY = {
    MarkKind.EMAIL: "(email)",
    MarkKind.LINK: "(link)",
    MarkKind.MENTION: "(name)",
    MarkKind.PHONE: "(phone number)",
    MarkKind.ORGANISATION: "(organisation)",
    MarkKind.NAME: "(name)",
}

BRACKETED = ("(name)", "(organisation)", "(place)", "(service)", "(job title)", "(date)")
"""What a moderator may choose instead."""


@dataclass(frozen=True, slots=True)
class Mark:
    start: int
    end: int
    text: str
    kind: MarkKind


_LEADING = r"(?<![\w@.])"
_PATTERNS = (
    (MarkKind.EMAIL, re.compile(_LEADING + r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (MarkKind.LINK, re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    (MarkKind.MENTION, re.compile(r"<(?:@[!&]?|#)\d+>|(?<!\w)@\w[\w.]{1,31}")),
    (MarkKind.PHONE, re.compile(r"(?<![\w£$€.,])\+?\(?\d(?:[\s()./-]?\d){8,14}(?!\w)")),
)

_OF_AN_ORGANISATION = re.compile(
    r"\b(?:council|trust|charity|foundation|association|society|housing|hospital|university|college"
    r"|school|centre|hostel|project|ltd|limited|cic|borough|county|services?|partnership|network)\b",
    re.IGNORECASE,
)

_CAPITALISED = r"[^\W\d_a-zà-öø-ÿ][\w'\u2019&-]*"
_RUN = re.compile(
    rf"(?<![\w'\u2019]){_CAPITALISED}"
    rf"(?:(?:[ \t]+(?:of|and|the|for|&)[ \t]+|[ \t]+|-){_CAPITALISED})*"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:\n]|[\"“\u2018(])[\s\"“\u2018(]*$")


def marks(words: str) -> tuple[Mark, ...]:
    """In the order in which they stand, none within another."""
    found: list[Mark] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            _add(found, Mark(match.start(), match.end(), match.group(), kind))
    for match in _RUN.finditer(words):
        run = _without_harmless_start(words, match.start(), match.group())
        if run is not None:
            start, text = run
            is_theirs = _OF_AN_ORGANISATION.search(text) is not None
            kind = MarkKind.ORGANISATION if is_theirs or _is_initials(text) else MarkKind.NAME
            _add(found, Mark(start, start + len(text), text, kind))
    return tuple(sorted(found, key=lambda mark: mark.start))


def replaced(words: str, chosen: tuple[Mark, ...], by: str | None = None) -> str:
    """*words* with bracketed words in place of the *chosen* marks of it."""
    for mark in sorted(chosen, key=lambda each: each.start, reverse=True):
        words = words[: mark.start] + (by or REPLACED_BY[mark.kind]) + words[mark.end :]
    return words


def _add(found: list[Mark], mark: Mark) -> None:
    if not any(mark.start < other.end and other.start < mark.end for other in found):
        found.append(mark)


def _without_harmless_start(words: str, start: int, run: str) -> tuple[int, str] | None:
    """A run of capitalised words without those that only begin a sentence or name nobody."""
    while run:
        first = run.split(maxsplit=1)[0]
        rest = run[len(first) :].lstrip()
        begins = _SENTENCE_START.search(words[:start]) is not None
        is_plain = begins and first.replace("\u2019", "'").casefold() in STARTERS
        if not (_is_harmless(first) or is_plain):
            return start, run
        start, run = start + len(run) - len(rest), rest
        while joining := re.match(r"(?:of|and|the|for|&)\s+", run):
            start, run = start + joining.end(), run[joining.end() :]
    return None


def _is_harmless(word: str) -> bool:
    plain = word.replace("\u2019", "'").strip(".,;:!?").casefold()
    return plain in HARMLESS or plain.removesuffix("'s") in HARMLESS


def _is_initials(word: str) -> bool:
    letters = [each for each in word if each.isalpha()]
    return len(letters) > 1 and all(each.isupper() for each in letters)
