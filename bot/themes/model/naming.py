"""What themes may be called, and which words a search can use."""

import re
import unicodedata
from collections.abc import Sequence

from bot import prose
from bot.errors import Invalid
from bot.search.rings import key

LONGEST_LABEL = 20
"""Discord's limit for a tag of a forum."""

LONGEST_WORD = 40
MOST_WORDS = 60
"""Of one ring."""

_BESIDE_LETTERS = set(" &/-\u2013'\u2019,.()+")
_JOINERS = {"\u200c", "\u200d"}  # written inside Persian and Hindi words
_BETWEEN_WORDS = re.compile(r"[\n,;]")


def label(typed: str) -> str:
    """A name that Discord can show as a tag, in one tidy line.

    Raises:
        Invalid: too long, or anything in it that is not plain writing.
    """
    text = prose.line(typed, called="name", at_most=LONGEST_LABEL)
    _must_be_plain(text, called="name")
    return text


def words(typed: str) -> Sequence[str]:
    """The words in *typed*, one on each line or with commas between them, each once.

    Raises:
        Invalid: one of them is too long, or not plain writing.
    """
    found: dict[str, str] = {}
    for each in _BETWEEN_WORDS.split(prose.tidy(typed)):
        if not each.strip():
            continue
        word = prose.line(
            each, called=f"word “{each.strip()[:LONGEST_WORD]}”", at_most=LONGEST_WORD
        )
        _must_be_plain(word, called="word")
        found.setdefault(key(word), word)
    return tuple(found.values())


def slug(text: str) -> str:
    """For exports and links: “Outcomes & KPIs” gives outcomes-kpis."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "theme"


def _must_be_plain(text: str, *, called: str) -> None:
    for character in text:
        if not (_is_of_a_word(character) or character in _BESIDE_LETTERS):
            raise Invalid(
                f"A {called} may have letters, numbers, spaces and & / - ' , . ( ) + in it. "
                f"Please leave out “{character}”."
            )
    if not text[0].isalnum() or not key(text):
        raise Invalid(f"A {called} must begin with a letter or a number.")


def _is_of_a_word(character: str) -> bool:
    if 0xFE00 <= ord(character) <= 0xFE0F:  # makes an emoji of a digit
        return False
    category = unicodedata.category(character)
    return category[0] in "LN" or category in ("Mn", "Mc") or character in _JOINERS
