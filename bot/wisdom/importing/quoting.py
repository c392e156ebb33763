"""Quotes in running text: whole paragraphs between marks, several paragraphs, words in between."""

import re
from collections.abc import Sequence

from bot.wisdom.importing.marks import Family, Marked, Span, marked, starts_with_mark

FURTHEST = 12
"""How many paragraphs one quote may have."""
_LEAST_WORDS_INSIDE = 6
"""Fewer words between marks, inside a sentence of somebody else, are a term and not a quote."""
_LEAST_WORDS = 2
_INTRODUCES = ("", ":", ",")
"""What stands in front of a quote that may go on in the next paragraph."""
_CUT_OFF = ("…", "...")
_MOST_WORDS_SAYING = 8
_SAYING = re.compile(
    r"\b(?:said|says|saying|added|adds|explained|explains|told|tells|asked|recalled|"
    r"continued|replied|commented|laughed)\b",
    re.IGNORECASE,
)


def quotes_in(paragraphs: Sequence[str]) -> list[tuple[int, str]]:
    """Every quote with the number of the paragraph in which it begins."""
    rest = list(paragraphs)
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(rest):
        text = rest[at]
        seen = marked(text)
        found += [(at, words) for words in _closed(text, seen)]
        if seen.still_open is None:
            at += 1
            continue
        start = seen.still_open.start
        begun = text[start:].strip()
        more = (
            _continued(rest, at, seen.still_open.family)
            if text[: start - 1].rstrip()[-1:] in _INTRODUCES
            else None
        )
        if more is None:
            found += _unclosed(at, begun, leads=start == 1)
            at += 1
            continue
        parts, last, after = more
        found.append((at, "\n\n".join((begun, *parts))))
        rest[last] = after
        at = last
    return found


def _closed(text: str, seen: Marked) -> list[str]:
    groups: list[list[Span]] = []
    for span in seen.spans:
        if groups and _is_saying(text[groups[-1][-1].end + 1 : span.start - 1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    quotes: list[str] = []
    ended = 0
    for group in groups:
        words = " ".join(text[span.start : span.end].strip() for span in group)
        # At the start of the paragraph, or right behind another: nobody else is speaking.
        leads = not text[ended : group[0].start - 1].strip()
        ended = group[-1].end + 1
        if len(words.split()) >= (_LEAST_WORDS if leads else _LEAST_WORDS_INSIDE):
            quotes.append(words)
    return quotes


def _is_saying(between: str) -> bool:
    """“We asked,” said a commissioner, “and they told us.” is one quote."""
    return len(between.split()) <= _MOST_WORDS_SAYING and bool(_SAYING.search(between))


def _unclosed(at: int, begun: str, *, leads: bool) -> list[tuple[int, str]]:
    """A quote without an end: somebody forgot the mark, or only meant to write an apostrophe."""
    least = _LEAST_WORDS if leads else _LEAST_WORDS_INSIDE
    return [(at, begun)] if len(begun.split()) >= least else []


def _continued(
    paragraphs: Sequence[str], begun: int, family: Family
) -> tuple[list[str], int, str] | None:
    """The other paragraphs of a quote that its first leaves open, and what is left of the last.

    None when no paragraph closes it: then somebody forgot the mark.
    """
    if paragraphs[begun].endswith(_CUT_OFF):
        return None
    parts: list[str] = []
    opens_each = begun + 1 < len(paragraphs) and starts_with_mark(paragraphs[begun + 1])
    for at in range(begun + 1, min(begun + FURTHEST, len(paragraphs))):
        text = paragraphs[at]
        if starts_with_mark(text) is not opens_each:
            return None
        if opens_each:
            # As books do it: every paragraph opens, and only the last one closes.
            seen = marked(text)
            if seen.spans and seen.spans[0].start == 1:
                end = seen.spans[0].end
                return [*parts, text[1:end].strip()], at, text[end + 1 :].strip()
            if seen.still_open is None or seen.still_open.start != 1:
                return None
            parts.append(text[1:].strip())
            continue
        seen = marked(text, already_open=family)
        if seen.closed_at is not None:
            end = seen.closed_at
            return [*parts, text[:end].strip()], at, text[end + 1 :].strip()
        if marked(text).still_open is not None:
            return None
        parts.append(text)
    return None
