"""What people type and what they said, folded so that spelling does not part them."""

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def fold(text: str) -> str:
    """The words of *text* in small letters and without accents, with a space between two."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("\u2019", "'")
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return " ".join(each.replace("'", "") for each in _WORD.findall(letters))
