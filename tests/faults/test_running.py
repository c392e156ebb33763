"""The real program as a real process: start, look, refuse, stop."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import pytest

from bot.health import heartbeat_of
from tests.faults.loopback_discord import POINT_HERE, Loopback, loopback

CLOSED_PORT = 1


@pytest.fixture
async def discord():
    async with loopback() as (discord, port):
        discord.port = port
        yield discord


async def program(port: int, database: Path, *args: str, token: str = "right") -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        POINT_HERE,
        str(port),
        *args,
        cwd=database.parent,
        env={
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "COPRO_TOKEN": token,
            "COPRO_DATABASE": str(database),
        },
        stdout=PIPE,
        stderr=PIPE,
    )


async def ended(process: Process) -> tuple[int, str, str]:
    out, err = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def until_connected(database: Path) -> None:
    """Another process leaves the sign, so there is nothing here to wait on but the file."""
    beat = heartbeat_of(database)
    async with asyncio.timeout(30):
        while not beat.exists():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_it_starts_says_that_it_is_well_and_stops_cleanly(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    running = await program(discord.port, database, "run")
    await until_connected(database)

    health = await ended(await program(discord.port, database, "health"))
    assert health[0] == 0
    assert discord.identified[0]["intents"] == 1 | 1 << 16, (
        "guilds, the events list, nothing privileged"
    )
    assert {command["name"] for command in discord.commands} == {
        "network",
        "conversation",
        "organise",
        "reminders",
        "series",
        "theme",
        "help",
    }

    running.send_signal(signal.SIGTERM)
    code, _, log = await ended(running)
    assert code == 0
    assert "finishing what is in hand" in log
    assert "Traceback" not in log
    assert "right" not in log, "the token stays out of the log"


async def test_a_second_copy_on_the_same_database_is_refused(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    first = await program(discord.port, database, "run")
    await until_connected(database)

    code, _, log = await ended(await program(discord.port, database, "run"))

    assert code == 78
    assert "Another copy of the bot is already using" in log
    assert "Traceback" not in log
    first.send_signal(signal.SIGTERM)
    assert (await ended(first))[0] == 0


async def test_check_names_what_is_missing_while_the_bot_runs(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    running = await program(discord.port, database, "run")
    await until_connected(database)

    code, out, _ = await ended(await program(discord.port, database, "check"))

    assert code == 1
    assert "6000: The conversations channel (where conversations are announced) has not been" in out
    assert "*" not in out
    assert running.returncode is None
    running.send_signal(signal.SIGTERM)
    await ended(running)


@pytest.mark.parametrize("command", ["run", "check"])
async def test_a_token_that_discord_refuses(discord: Loopback, tmp_path, command):
    database = tmp_path / "bot.db"
    await ended(await program(discord.port, database, "migrate"))

    code, _, log = await ended(await program(discord.port, database, command, token="wrong"))

    assert code == 78
    assert "COPRO_TOKEN" in log
    assert "wrong" not in log
    assert "Traceback" not in log


async def test_discord_that_cannot_be_reached(tmp_path):
    code, _, log = await ended(await program(CLOSED_PORT, tmp_path / "bot.db", "run"))

    assert code == 75, "start it again later"
    assert "Discord can't be reached" in log
    assert "Traceback" not in log


async def test_no_token(tmp_path):
    code, _, log = await ended(await program(CLOSED_PORT, tmp_path / "b.db", "run", token=""))

    assert code == 78
    assert "COPRO_TOKEN is empty." in log


async def test_check_before_anything_was_migrated(tmp_path):
    code, _, log = await ended(await program(CLOSED_PORT, tmp_path / "bot.db", "check"))

    assert code == 78
    assert "is not up to date. Run “migrate” or “run”." in log


async def test_migrate_says_what_it_did_and_then_that_there_is_nothing_to_do(tmp_path):
    database = tmp_path / "bot.db"

    first = await ended(await program(CLOSED_PORT, database, "migrate"))
    second = await ended(await program(CLOSED_PORT, database, "migrate"))

    assert "Applied 0001_network.sql" in first[1]
    assert second[1] == "Nothing to do: already up to date.\n"


async def test_a_bot_that_was_killed_is_not_well_for_long(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    running = await program(discord.port, database, "run")
    await until_connected(database)
    running.kill()
    await ended(running)
    os.utime(heartbeat_of(database), (0, 0))

    assert (await ended(await program(discord.port, database, "health")))[0] == 1


async def test_after_a_kill_the_next_start_is_not_refused(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    killed = await program(discord.port, database, "run")
    await until_connected(database)
    killed.kill()
    await ended(killed)
    heartbeat_of(database).unlink()

    again = await program(discord.port, database, "run")
    await until_connected(database)

    again.send_signal(signal.SIGTERM)
    assert (await ended(again))[0] == 0


async def test_nobody_else_on_the_machine_may_read_the_database(tmp_path):
    database = tmp_path / "bot.db"
    await ended(await program(CLOSED_PORT, database, "migrate"))

    assert database.stat().st_mode & 0o077 == 0
