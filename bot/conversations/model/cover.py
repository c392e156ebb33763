"""The picture at the top of a conversation's card."""

import hashlib
from dataclasses import dataclass

from bot import prose

LONGEST_ALT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """All of it but the picture itself, which is read only when it is sent."""

    name: str  # of the file
    alt: str  # what it shows, in words


def alt_text(typed: str) -> str:
    """Raises `Invalid`: nothing to read out, or too much."""
    return prose.line(typed, called="description of the picture", at_most=LONGEST_ALT)


def name_of(picture: bytes) -> str:
    """A name for the file, and another one for another picture."""
    return f"cover-{hashlib.blake2b(picture, digest_size=8).hexdigest()}.webp"
