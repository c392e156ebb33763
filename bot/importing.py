"""`coproduction-bot import`: a file's quotes, shown first and kept only when asked to."""

import asyncio
import json
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.config import Settings
from bot.errors import Invalid, Misconfigured
from bot.wisdom.importing.apart import read_apart
from bot.wisdom.importing.doubles import Known
from bot.wisdom.importing.model import Candidate, NearDouble
from bot.wisdom.importing.reading import must_not_be_too_big

_WIDTH = 88
_ESCAPES = dict.fromkeys((*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)))
"""What a terminal may take for orders to itself, in words that somebody else wrote."""


def import_wisdom(settings: Settings, file: Path, *, dry_run: bool, as_json: bool) -> None:
    """Print the candidates in *file*; without *dry_run*, keep them for consent to be recorded.

    Raises:
        Invalid: it can't be read, or holds no quotes.
        Misconfigured: they can't be kept.
    """
    if not dry_run:
        # Here the service of wisdom will put what was found into the queue.
        raise Misconfigured("Quotes can't be kept from here yet. Please add --dry-run to see them.")
    data = _bytes_of(file)
    found = asyncio.run(read_apart(file.name, data, _kept(settings), _say_progress))
    if as_json:
        print(json.dumps(as_told(found), ensure_ascii=False, indent=2))
    else:
        print(in_words(file.name, found))


def _kept(_: Settings) -> Sequence[Known]:
    """Quotes to compare with: none, as long as the database has none."""
    return ()


def _bytes_of(file: Path) -> bytes:
    try:
        if file.exists() and not file.is_file():  # a folder, or a pipe that never ends
            raise Invalid(f"{file} is not a file.")
        must_not_be_too_big(file.stat().st_size)
        return file.read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Invalid(f"{file} can't be read: {reason or 'that is no name of a file'}.") from error


def as_told(found: Sequence[Candidate]) -> dict[str, Any]:
    """What `--json` prints. Names in it stay as they are: other programs read them."""
    return {
        "candidates": [
            {
                "number": number,
                **asdict(each),
                "nearly_doubles": [_double_as_told(other) for other in each.nearly_doubles],
            }
            for number, each in enumerate(found, start=1)
        ]
    }


def _double_as_told(double: NearDouble) -> dict[str, Any]:
    return {
        "in": "collection" if double.is_kept else "file",
        "number": double.number,
        "words": double.words,
        "likeness": double.likeness,
    }


def in_words(name: str, found: Sequence[Candidate]) -> str:
    count = "1 quote" if len(found) == 1 else f"{len(found):,} quotes"
    lines = [f"{count} found in {name}"]
    heading: str | None = None
    for number, each in enumerate(found, start=1):
        if each.heading != heading:
            heading = each.heading
            lines += ["", f"## {heading or 'Without a heading'} ({each.kind or 'kind not known'})"]
        lines += [
            "",
            f"{number}.{' (leads the post)' if each.is_lead else ''}",
            _wrapped(each.words),
        ]
        for other in each.nearly_doubles:
            where = "quote" if other.is_kept else "number"
            lines.append(f"   {other.likeness} in a hundred like {where} {other.number}:")
            lines.append(_wrapped(other.words, indent=6))
    return "\n".join(lines).translate(_ESCAPES)


def _wrapped(words: str, *, indent: int = 3) -> str:
    return "\n".join(
        textwrap.fill(part, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
        for part in words.split("\n")
        if part
    )


def _say_progress(done: int, of: int) -> None:
    """On one line where somebody looks on, and on lines of their own in a log."""
    end = "\r" if sys.stderr.isatty() and done < of else "\n"
    print(f"Compared {done:,} of {of:,} quotes", end=end, file=sys.stderr, flush=True)
