"""What every test can ask for: a clock, a database, the services, a bot on a pretend Discord."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import simcord

from bot.app import services
from bot.client import COGS, CoproductionBot, Services
from bot.clock import SystemClock
from bot.demo.settling import settle_quickly
from bot.demo.simulator import (
    VirtualClock,
    apscheduler_on,
    begin_at,
    open_threads_as_discord_does,
    raise_unseen_errors,
)
from bot.ids import MemberId, NetworkId
from bot.people import Person
from bot.storage.database import Database
from bot.storage.migrate import migrate

settle_quickly()
open_threads_as_discord_does()

# An example that takes long on a busy machine is no failure.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday. The clocks in the UK show the same hour."""


class FakeClock:
    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        self._now = now

    def advance(self, **span: float) -> None:
        self._now += timedelta(**span)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a fresh database, made once."""
    path = tmp_path_factory.mktemp("migrated") / "fresh.db"
    migrate(path)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, migrated: bytes) -> Path:
    path = tmp_path / "test.db"
    path.write_bytes(migrated)
    return path


@pytest.fixture
async def db(path: Path) -> AsyncIterator[Database]:
    async with Database.open(path) as db:
        yield db


@pytest.fixture
def parts(db: Database, clock: FakeClock) -> Services:
    return services(db, clock)


HOME = NetworkId(1001)
AWAY = NetworkId(2002)

ORGANISER = Person(network_id=HOME, member_id=MemberId(90), is_organiser=True)
MODERATOR = Person(network_id=HOME, member_id=MemberId(92), is_moderator=True)
MANAGER = Person(
    network_id=HOME,
    member_id=MemberId(91),
    is_organiser=True,
    is_moderator=True,
    manages_network=True,
)
AMINA, BRYN, CHIDI, DILYS = MemberId(1), MemberId(2), MemberId(3), MemberId(4)


class PatientEnv(simcord.Env):
    """simcord gives up after five real seconds, which a busy machine needs for ten days of
    sweeps: so long spans pass in steps."""

    async def advance_time(self, seconds: float) -> None:
        while seconds > A_STEP:
            await super().advance_time(A_STEP)
            seconds -= A_STEP
        await super().advance_time(seconds)


A_STEP = 12 * 3600.0


@pytest.fixture
async def env(db: Database, request: pytest.FixtureRequest) -> AsyncIterator[simcord.Env]:
    """A running bot on a pretend Discord, on virtual time that begins at `NOW`."""
    marker = request.node.get_closest_marker("simcord")
    clock = VirtualClock()
    bot = CoproductionBot(services(db, clock))
    env = PatientEnv(bot, **(marker.kwargs if marker else {}))
    clock.env = env
    begin_at(env, NOW)
    with apscheduler_on(env.now):
        await env.start()
        try:
            yield env
        finally:
            await env.bot.close()
            await env.shutdown()
            raise_unseen_errors(env)


@pytest.fixture(scope="session")
def command_payloads(
    tmp_path_factory: pytest.TempPathFactory, migrated: bytes
) -> list[dict[str, Any]]:
    """Every command as Discord is told of it."""

    path = tmp_path_factory.mktemp("commands") / "bot.db"
    path.write_bytes(migrated)

    async def collect() -> list[dict[str, Any]]:
        async with Database.open(path) as db, CoproductionBot(services(db, SystemClock())) as bot:
            for name in COGS:
                await bot.load_extension(name)
            return [command.to_dict(bot.tree) for command in bot.tree.get_commands()]

    return asyncio.run(collect())


@pytest.fixture(scope="session")
def commands(command_payloads: list[dict[str, Any]]) -> list[str]:
    """The full name of every command: "conversation list"."""
    names: list[str] = []
    for payload in command_payloads:
        below = [each["name"] for each in payload.get("options", []) if each["type"] == 1]
        names += [f"{payload['name']} {name}" for name in below] or [payload["name"]]
    return names
