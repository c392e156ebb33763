"""What people type, made safe to keep: no invisible characters, no surprises in length."""

import re
import unicodedata

from bot.errors import Invalid

# Marks that turn the direction of text, and spaces of no width. They can make a title read
# as something else. The two joiners (U+200C, U+200D) stay: Persian, Hindi and emoji need them.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u061c\u180e]")
# Half a surrogate pair is no character at all: neither SQLite nor Discord takes one.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SHOWS_NOTHING = {"Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me", "Cn", "Cs", "Co"}
# Letters by name only: Discord shows nothing for them.
_BLANK_LETTERS = {"\u115f", "\u1160", "\u3164", "\uffa0", "\u2800"}


def tidy(typed: str) -> str:
    """*typed* composed, with line ends as \\n, and without what cannot be seen."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\r", "\n"))
    text = _INVISIBLE.sub("", _CONTROL.sub("", text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def line(typed: str, *, called: str, at_most: int) -> str:
    """One tidy line with something to see in it. *called* is what people call it: "title".

    Raises:
        Invalid: nothing visible, or more than *at_most* characters.
    """
    text = " ".join(tidy(typed).split())
    if not _shows_something(text):
        raise Invalid(f"The {called} needs at least one letter or number that people can see.")
    return _short_enough(text, called=called, at_most=at_most)


def passage(typed: str, *, called: str, at_most: int) -> str:
    """Tidy text over several lines, which may be empty.

    Raises:
        Invalid: more than *at_most* characters.
    """
    text = tidy(typed)
    if not _shows_something(text):
        return ""
    text = re.sub(r"\n{3,}", "\n\n", text)
    return _short_enough(text, called=called, at_most=at_most)


def whole_number(typed: str | int, *, called: str, least: int, most: int) -> int:
    """The number typed, commas and spaces forgiven.

    Raises:
        Invalid: not a whole number, or outside *least* to *most*.
    """
    digits = str(typed).strip().replace(",", "").replace(" ", "")
    if re.fullmatch(r"[+-]?[0-9]{1,18}", digits) and least <= int(digits) <= most:
        return int(digits)
    raise Invalid(f"The {called} must be a whole number from {least:,} to {most:,}.")


def _short_enough(text: str, *, called: str, at_most: int) -> str:
    if len(text) > at_most:
        raise Invalid(
            f"The {called} is {len(text):,} characters long. "
            f"Please shorten it to {at_most:,} or fewer."
        )
    return text


def _shows_something(text: str) -> bool:
    return any(
        unicodedata.category(character) not in _SHOWS_NOTHING and character not in _BLANK_LETTERS
        for character in text
    )
