"""One running copy per database: two would deliver the same notices."""

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import Misconfigured


@contextmanager
def only_copy(database: Path) -> Generator[None, None, None]:
    """Hold *database* for this process. The kernel lets go when the process ends, however it ends.

    Raises:
        Misconfigured: another process holds it, or its directory cannot be written to.
    """
    lock = database.with_name(f"{database.name}.lock")
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise Misconfigured(
            f"I can't keep a database in {database.parent} ({error.strerror})."
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Misconfigured(
                f"Another copy of the bot is already using {database}. "
                "Stop that one first: a database can have one running copy."
            ) from error
        yield
    finally:
        os.close(descriptor)
