"""The real program as a real process: start, look, refuse, stop."""

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

import aiohttp
import pytest

from bot.health import heartbeat_of
from tests.faults.loopback_discord import POINT_HERE, Loopback, loopback
from tests.flipped import flip

CLOSED_PORT = 1


@pytest.fixture
async def discord():
    async with loopback() as (discord, _):
        yield discord


async def program(
    port: int, database: Path, *args: str, token: str = "right", **settings: str
) -> Process:
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
            **settings,
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


async def test_it_starts_says_that_it_is_well_and_stops_cleanly(
    discord: Loopback, tmp_path, command_payloads
):
    database = tmp_path / "bot.db"
    running = await program(discord.port, database, "run")
    await until_connected(database)

    health = await ended(await program(discord.port, database, "health"))
    assert health[0] == 0
    assert discord.identified[0]["intents"] == 1 | 1 << 16, (
        "guilds, the events list, nothing privileged"
    )
    sent = {command["name"] for command in discord.commands}
    assert sent == {payload["name"] for payload in command_payloads}

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


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


async def test_monitors_are_answered_while_it_runs(discord: Loopback, tmp_path):
    database, port = tmp_path / "bot.db", a_free_port()
    running = await program(discord.port, database, "run", COPRO_HEALTH_PORT=str(port))
    await until_connected(database)

    found = {}
    async with aiohttp.ClientSession() as session:
        for path in ("healthz", "readyz", "metrics"):
            async with session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                found[path] = answer.status, await answer.text()

    assert found["healthz"] == (200, "alive\n")
    assert found["readyz"] == (200, "ready\n")
    assert "copro_connected 1.0" in found["metrics"][1]
    assert "copro_notices_owed 0.0" in found["metrics"][1]
    assert "copro_waiting_to_write" in found["metrics"][1]
    running.send_signal(signal.SIGTERM)
    assert (await ended(running))[0] == 0


async def test_discord_that_goes_away_is_sought_until_it_is_back(discord: Loopback, tmp_path):
    database, port = tmp_path / "bot.db", a_free_port()
    running = await program(discord.port, database, "run", COPRO_HEALTH_PORT=str(port))
    await until_connected(database)

    async def until_ready_is(status: int) -> str:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            while True:
                async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
                    if answer.status == status:
                        return await answer.text()
                await asyncio.sleep(0.05)

    await discord.go_away()
    assert await until_ready_is(503) == "not connected to Discord\n"
    await asyncio.sleep(2)  # it tries, and is turned away
    assert running.returncode is None
    discord.is_away = False
    assert await until_ready_is(200) == "ready\n"
    assert discord.resumed == 1, "what happened meanwhile is heard, not lost"
    running.send_signal(signal.SIGTERM)
    assert (await ended(running))[0] == 0


async def test_a_port_for_monitors_that_is_taken(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    taken = str(discord.port)

    code, _, log = await ended(
        await program(discord.port, database, "run", COPRO_HEALTH_PORT=taken)
    )

    assert code == 78
    assert f"Port {taken} of COPRO_HEALTH_PORT can't be used" in log
    assert "Traceback" not in log


async def test_the_first_backup_is_made_at_once_and_told_in_the_log(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    running = await program(discord.port, database, "run", COPRO_LOG_FORMAT="json")
    await until_connected(database)
    async with asyncio.timeout(30):
        while not list((tmp_path / "backups").glob("*.sha256")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    code, _, log = await ended(running)

    assert code == 0
    events = [json.loads(line) for line in log.splitlines()]
    assert any("is made and whole" in event["message"] for event in events)
    assert {"at", "level", "logger", "message"} <= set(events[0])


async def test_a_key_for_backups_that_is_none_stops_the_start(tmp_path):
    code, _, log = await ended(
        await program(CLOSED_PORT, tmp_path / "bot.db", "run", COPRO_BACKUP_KEY="secret")
    )

    assert code == 78
    assert "COPRO_BACKUP_KEY is not the public half of an age key" in log
    assert "secret" not in log


async def test_a_damaged_database_stops_the_start_with_what_to_do(tmp_path):
    database = tmp_path / "bot.db"
    await ended(await program(CLOSED_PORT, database, "migrate"))
    flip(database, 8 * 4096, 8)

    code, _, log = await ended(await program(CLOSED_PORT, database, "run"))

    assert code == 78
    assert "is damaged" in log
    assert "Bring back the newest good backup with “restore”." in log
    assert "Traceback" not in log


async def test_restoring_is_refused_while_it_runs_and_done_after(discord: Loopback, tmp_path):
    database = tmp_path / "bot.db"
    running = await program(discord.port, database, "run")
    await until_connected(database)
    made = await ended(await program(CLOSED_PORT, database, "backup", "mine.db"))
    assert made[1] == "mine.db is made and whole.\n"

    refused = await ended(await program(CLOSED_PORT, database, "restore", "mine.db"))
    assert refused[0] == 78
    assert "Another copy of the bot is already using" in refused[2]

    running.send_signal(signal.SIGTERM)
    await ended(running)
    done = await ended(await program(CLOSED_PORT, database, "restore", "mine.db"))
    assert done[0] == 0, done[2]
    assert "is the backup now." in done[1]


async def test_check_says_what_it_could_see_when_discord_is_away(tmp_path):
    database = tmp_path / "bot.db"
    await ended(await program(CLOSED_PORT, database, "migrate"))

    code, out, log = await ended(await program(CLOSED_PORT, database, "check", "--json"))

    assert code == 75
    said = json.loads(out)
    assert said["stopped_by"] == "Discord can't be reached."
    assert "There is no backup in" in said["found"][0]["what"]
    assert "Discord can't be reached." in log


async def test_where_nothing_may_be_written_it_says_so(tmp_path):
    """/proc takes no files, whoever asks: as a read-only disk does."""
    database = Path("/proc/nowhere/bot.db")
    process = await program(CLOSED_PORT, tmp_path / "b.db", "run", COPRO_DATABASE=str(database))

    code, _, log = await ended(process)

    assert code == 78
    assert "I can't keep a database in /proc/nowhere" in log
    assert "Traceback" not in log
