"""Reading a file in a process of its own.

Not in a thread: a file may be made to eat memory or to turn in circles inside a library, and a
thread can neither be stopped nor be given a limit. The process has little memory, little time, no
settings of ours in its environment, and its end is at worst a plain sentence.
"""

import asyncio
import json
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from bot.errors import Invalid
from bot.wisdom.importing.doubles import Known
from bot.wisdom.importing.model import Candidate, NearDouble, Progress
from bot.wisdom.importing.reading import form_of, must_not_be_too_big

PATIENCE = 60.0
"""Seconds. Five megabytes of any format take a few."""
MEMORY = 1_000_000_000
"""Bytes of address space, of which the interpreter itself takes a quarter."""
TOO_HARD = (
    "That file took too much time or memory to read, so I stopped. "
    "Please part it into smaller files, or save it as plain text."
)
_LONGEST_LINE = 64_000_000


async def read_apart(
    name: str, data: bytes, kept: Iterable[Known] = (), progress: Progress | None = None
) -> list[Candidate]:
    """What `reading.read` does, where it can do no harm.

    Raises:
        Invalid: as there, or when the file is too much for the limits.
    """
    form_of(name)
    must_not_be_too_big(len(data))
    # Found where we were found, and told nothing else: the token is in our environment.
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-X", "utf8", "-m", "bot.wisdom.importing"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(each or os.curdir for each in sys.path)},
        limit=_LONGEST_LINE,
    )
    asked = json.dumps({"name": name, "kept": [(each.number, each.words) for each in kept]})
    try:
        async with asyncio.timeout(PATIENCE):
            return await _answer(child, asked.encode() + b"\n" + data, progress)
    except (TimeoutError, ConnectionError, ValueError) as error:
        raise Invalid(TOO_HARD) from error
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()


async def _answer(
    child: asyncio.subprocess.Process, asked: bytes, progress: Progress | None
) -> list[Candidate]:
    if child.stdin is None or child.stdout is None:
        raise ConnectionError
    child.stdin.write(asked)
    writing = asyncio.create_task(_end(child.stdin))
    try:
        async for line in child.stdout:
            said: dict[str, Any] = json.loads(line)
            if "refused" in said:
                raise Invalid(str(said["refused"]))
            if "found" in said:
                return [_candidate(each) for each in said["found"]]
            if progress is not None:
                progress(*said["compared"])
    finally:
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
    raise ConnectionError  # it ended without an answer


async def _end(stdin: asyncio.StreamWriter) -> None:
    await stdin.drain()
    stdin.close()
    await stdin.wait_closed()


def told(candidate: Candidate) -> dict[str, Any]:
    return asdict(candidate)


def _candidate(said: dict[str, Any]) -> Candidate:
    doubles = tuple(NearDouble(**each) for each in said.pop("nearly_doubles"))
    themes = tuple(said.pop("themes"))
    return Candidate(**said, themes=themes, nearly_doubles=doubles)
