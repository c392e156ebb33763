"""A sign of life: fresh while the bot is connected, stale soon after."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from bot import health


def test_without_a_sign_there_is_no_life(tmp_path: Path) -> None:
    assert not health.is_alive(tmp_path / "nothing")


def test_a_sign_is_good_for_a_while_and_no_longer(tmp_path: Path) -> None:
    file = tmp_path / "beat"
    file.touch()
    assert health.is_alive(file)
    for age, alive in ((health.STALE_AFTER - 5, True), (health.STALE_AFTER + 1, False)):
        then = time.time() - age
        os.utime(file, (then, then))
        assert health.is_alive(file) is alive


def test_a_sign_survives_two_missed_beats() -> None:
    assert health.STALE_AFTER > 3 * health.BEAT_EVERY


def test_the_sign_lies_beside_the_database() -> None:
    assert health.heartbeat_of(Path("/data/a.db")) == Path("/data/a.db.heartbeat")


async def test_the_bot_gives_a_sign_while_it_is_well_and_none_while_it_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "BEAT_EVERY", 0.0)
    file = tmp_path / "beat"
    asked = asyncio.Event()
    well = False

    def is_well() -> bool:
        asked.set()
        return well

    beating = asyncio.create_task(health.beat(file, is_well))
    async with asyncio.timeout(5):
        for well in (False, True):
            for _ in range(3):  # by the third time, the second beat is done
                asked.clear()
                await asked.wait()
            assert health.is_alive(file) is well
    beating.cancel()
    with pytest.raises(asyncio.CancelledError):
        await beating
