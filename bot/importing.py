"""`coproduction-bot import`: a file's quotes, for an operator, also while the bot runs."""

import asyncio
import json
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bot.app import services
from bot.clock import SystemClock
from bot.config import Settings
from bot.errors import Invalid, Misconfigured
from bot.ids import NetworkId
from bot.storage.database import Database
from bot.storage.migrate import pending
from bot.wisdom.importing.apart import read_apart
from bot.wisdom.importing.model import Candidate, NearDouble
from bot.wisdom.importing.reading import must_not_be_too_big
from bot.wisdom.model import Brought
from bot.wisdom.service.bringing import NO_SUCH_NETWORK

_WIDTH = 88
_STEP = 50
_TOO_LARGE = 2**63
_ESCAPES = dict.fromkeys((*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)))
"""What a terminal may take for orders to itself, in words that somebody else wrote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for on the command line."""

    file: Path
    network_id: NetworkId | None = None
    dry_run: bool = False
    keep_alike: bool = False
    as_json: bool = False


def import_wisdom(settings: Settings, wish: Wish) -> None:
    """Keep the quotes in a file for consent to be recorded, or only print them.

    Raises:
        Invalid: it can't be read, or holds no quotes; or there is no such network.
        Misconfigured: nothing says for which network, or there is no database to keep them in.
    """
    if wish.network_id is None and not wish.dry_run:
        raise Misconfigured(
            "Please say whose quotes these are: add --network and the id of its server, which "
            "“coproduction-bot stats --each” names. Or add --dry-run to see them and keep nothing."
        )
    data = _bytes_of(wish.file)
    if wish.network_id is not None:
        if not 0 < wish.network_id < _TOO_LARGE:
            raise Invalid(NO_SUCH_NETWORK)
        _must_be_ready(settings.database)
    asyncio.run(_import(settings, wish, data))


def _must_be_ready(database: Path) -> None:
    if not database.is_file():
        raise Misconfigured(f"There is no database at {database} yet. Start the bot once first.")
    if missing := pending(database):
        raise Misconfigured(
            f"The database needs {len(missing)} changes of this version first. Please use "
            "“coproduction-bot migrate”, or start the bot."
        )


async def _import(settings: Settings, wish: Wish, data: bytes) -> None:
    name = wish.file.name
    found = await read_apart(name, data, progress=_say_progress)
    if wish.network_id is None:
        _show(name, found, as_json=wish.as_json)
        return
    # The bot may be running: both write one after the other, and it reads anew what it shows.
    async with Database.open(settings.database) as db:
        bringing = services(db, SystemClock()).wisdom.bringing
        if wish.dry_run:
            found = await bringing.compared(found, wish.network_id, _say_progress)
            _show(name, found, as_json=wish.as_json)
            return
        brought = await bringing.bring_in_as_operator(
            found, wish.network_id, keep_alike=wish.keep_alike, progress=_say_progress
        )
    if wish.as_json:
        print(json.dumps(brought_as_told(brought), ensure_ascii=False, indent=2))
    else:
        print(brought_in_words(name, brought))


def _show(name: str, found: Sequence[Candidate], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(as_told(found), ensure_ascii=False, indent=2))
    else:
        print(in_words(name, found))


def brought_as_told(brought: Brought) -> dict[str, Any]:
    return {
        "import": brought.import_id,
        "kept": brought.kept,
        "left_out": [
            {"words": each.words, "nearly_doubles": _double_as_told(each.like)}
            for each in brought.left_out
        ],
    }


def brought_in_words(name: str, brought: Brought) -> str:
    left = len(brought.left_out)
    lines = [
        f"{_counted(brought.kept)} of {name} brought in, for consent to be recorded in /review.",
        *(["/curate imported can leave all of them out again."] if brought.kept else []),
    ]
    if left:
        lines += ["", f"Left out as nearly the same: {left:,}"]
    for each in brought.left_out:
        lines += [
            "",
            _wrapped(each.words),
            f"   {_like(each.like)}",
            _wrapped(each.like.words, indent=6),
        ]
    return "\n".join(lines).translate(_ESCAPES)


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
        "number": double.number or None,  # what waits has none yet
        "words": double.words,
        "likeness": double.likeness,
    }


def in_words(name: str, found: Sequence[Candidate]) -> str:
    lines = [f"{_counted(len(found))} found in {name}"]
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
            lines.append(f"   {_like(other)}")
            lines.append(_wrapped(other.words, indent=6))
    return "\n".join(lines).translate(_ESCAPES)


def _counted(number: int) -> str:
    return "1 quote" if number == 1 else f"{number:,} quotes"


def _like(other: NearDouble) -> str:
    what = f"{'quote' if other.is_kept else 'number'} {other.number}"
    return f"{other.likeness} in a hundred like {what if other.number else 'one that waits'}:"


def _wrapped(words: str, *, indent: int = 3) -> str:
    return "\n".join(
        textwrap.fill(part, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)
        for part in words.split("\n")
        if part
    )


def _say_progress(done: int, of: int) -> None:
    """On one line where somebody looks on, and on lines of their own in a log."""
    if done % _STEP and (done < of or of < _STEP):
        return
    end = "\r" if sys.stderr.isatty() and done < of else "\n"
    print(f"Compared {done:,} of {of:,} quotes", end=end, file=sys.stderr, flush=True)
