"""Which lines are headings, and what kind of quote they announce."""

import re

_KINDS = (
    ("example", r"examples?|practice|what (?:has )?work(?:s|ed)|success(?:es)?|good news"),
    ("challenge", r"challeng(?:e|es|ing)|barriers?|difficult(?:y|ies)|problems?|obstacles?"),
    ("advice", r"wisdom|advice|tips?|learn(?:ing|t|ed)?|lessons?|recommendations?"),
    ("template", r"templates?|tools?|toolkits?|checklists?"),
    ("question", r"questions?"),
)
_WORDS = re.compile("|".join(rf"\b(?P<{slug}>{words})\b" for slug, words in _KINDS), re.IGNORECASE)
_NUMBER = re.compile(r"^(?:(?:\d{1,3}|[ivxIVX]{1,5}|[a-zA-Z])[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+)")
_AFTER_THE_END = re.compile(
    r"^(?:leave a (?:reply|comment)|comments?(?: \(?\d+\)?)?|\d+ (?:comments?|repl(?:y|ies)|"
    r"responses?|thoughts on .*)|related (?:posts?|articles?)|share this|you may also like|"
    r"(?:foot|end)?notes|references|sources)[:.]?$",
    re.IGNORECASE,
)
# Under the title of a page: who wrote it, and when.
_BYLINE = re.compile(
    r"^(?:by|posted|published|written|updated)\b|\b(?:january|february|march|april|may|june|july|"
    r"august|september|october|november|december)\b.*\d",
    re.IGNORECASE,
)
_LONGEST, _MOST_WORDS = 120, 16
_ENDS_SENTENCE = tuple('.,;!…"”’»›—–-')
_DOUBLE_MARKS = re.compile('["“”„«»]')


def guessed_kind(heading: str) -> str | None:
    """The slug of the kind whose word comes first in *heading*."""
    found = _WORDS.search(heading)
    if found is not None:
        return found.lastgroup
    return "question" if heading.endswith("?") else None


def without_number(heading: str) -> str:
    return _NUMBER.sub("", heading).strip().removesuffix(":").strip()


def is_after_the_end(line: str) -> bool:
    """Whether what follows is no part of the post: comments of readers, notes, other posts."""
    return bool(_AFTER_THE_END.match(line))


def has_the_shape(line: str) -> bool:
    """One short line that is no sentence and no quote."""
    return (
        0 < len(line) <= _LONGEST
        and "\n" not in line
        and len(line.split()) <= _MOST_WORDS
        and (line[0].isupper() or _NUMBER.match(line) is not None)
        and _BYLINE.search(line) is None
        and not line.endswith(_ENDS_SENTENCE)
        and _DOUBLE_MARKS.search(line) is None
    )


def says_it_is_one(line: str) -> bool:
    """Of a line with the shape: numbered, ended by a colon, in capitals, or naming a kind."""
    if line.endswith("?"):
        return _WORDS.search(line) is not None
    return (
        _NUMBER.match(line) is not None
        or line.endswith(":")
        or line.isupper()
        or guessed_kind(line) is not None
    )
