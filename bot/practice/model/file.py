"""Documents that go with a practice: of a known kind, and not too large."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from bot import prose
from bot.errors import Invalid

MOST_BYTES = 5_000_000
LONGEST_NAME = 60

ENDINGS = (
    ".pdf", ".docx", ".odt", ".rtf", ".txt", ".md", ".csv", ".xlsx", ".ods", ".pptx", ".odp",
)  # fmt: skip
"""No pictures, which may say where they were taken, and nothing that can run."""

_UNSAFE = re.compile(r"[^\w.() +-]")


@dataclass(frozen=True, slots=True)
class File:
    name: str
    content: bytes


def must_be_welcome(name: str, size: int) -> str:
    """A safe name for a file, before it is fetched.

    Raises:
        Invalid: of no known kind, empty, or too large.
    """
    tidy = " ".join(_UNSAFE.sub("_", prose.tidy(PurePath(name).name)).split())
    stem, ending = PurePath(tidy).stem, PurePath(tidy).suffix.casefold()
    if ending not in ENDINGS or not stem:
        known = ", ".join(each.removeprefix(".") for each in ENDINGS)
        raise Invalid(f"I can keep documents only: {known}. For anything else, please give a link.")
    if size > MOST_BYTES:
        raise Invalid("That file is larger than 5 MB. Please give a link to it instead.")
    if size == 0:
        raise Invalid("That file is empty.")
    return f"{stem[: LONGEST_NAME - len(ending)]}{ending}"
