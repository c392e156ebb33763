"""A sign of life for whoever watches the process: a file touched while the bot is connected."""

import asyncio
import logging
import time
from collections.abc import Callable
from pathlib import Path

log = logging.getLogger(__name__)

BEAT_EVERY = 5.0
LOOK_AGAIN = 0.5
STALE_AFTER = 90.0
"""Seconds."""


def heartbeat_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.heartbeat")


async def beat(file: Path, is_well: Callable[[], bool]) -> None:
    """Touch *file* for as long as *is_well* says so. Runs until cancelled."""
    while True:
        if is_well():
            try:
                await asyncio.to_thread(file.touch)
            except OSError as error:
                # A full disk: the old beat goes stale, and whoever watches sees it.
                log.warning("Could not leave a sign of life: %s", error)
        await asyncio.sleep(BEAT_EVERY if is_well() else LOOK_AGAIN)


def is_alive(file: Path) -> bool:
    """Whether the bot that writes *file* was connected a moment ago."""
    try:
        return time.time() - file.stat().st_mtime < STALE_AFTER
    except OSError:
        return False
