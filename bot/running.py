"""Running the bot for real: one copy, until it is asked to stop, finishing what is in hand."""

import asyncio
import contextlib
import logging
import signal
import sqlite3
from collections.abc import AsyncGenerator

import aiohttp
import discord

from bot.app import services
from bot.client import CoproductionBot
from bot.clock import SystemClock
from bot.config import Settings
from bot.errors import Misconfigured, Unavailable
from bot.health import beat, heartbeat_of
from bot.keeping.migrating import migrate_safely
from bot.keeping.nightly import Nightly
from bot.keeping.sealing import must_be_key
from bot.keeping.shelf import Shelf
from bot.schedule import Duty
from bot.storage.database import Database
from bot.storage.instance import only_copy

log = logging.getLogger(__name__)

PATIENCE = 3.0
"""Seconds that the connection may take to end."""

SAFE_SQLITE = (3, 51, 3)


def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT.

    Raises:
        Misconfigured: no token, a token that Discord refuses, or a database that is in use.
        Unavailable: Discord cannot be reached at all. Once connected, the bot tries for ever.
    """
    token = settings.must_have_token()
    shelf = Shelf.of(settings)
    if shelf.key:
        must_be_key(shelf.key)  # or the operator would hear of it at three in the morning
    with only_copy(settings.database):
        migrate_safely(shelf, SystemClock().now())
        if sqlite3.sqlite_version_info < SAFE_SQLITE:
            # https://www.sqlite.org/wal.html#walresetbug
            log.warning(
                "SQLite %s can damage a database that two programs checkpoint at once. The bot "
                "alone is safe; don't run Litestream or another writer beside it.",
                sqlite3.sqlite_version,
            )
        try:
            asyncio.run(_run(settings, token))
        except discord.ConnectionClosed as error:
            raise Unavailable(f"Discord has closed the connection ({error.code}).") from error
        except discord.LoginFailure as error:
            raise Misconfigured("Discord does not accept COPRO_TOKEN.") from error
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            raise Unavailable(f"Discord can't be reached ({type(error).__name__}).") from error


async def _run(settings: Settings, token: str) -> None:
    database, clock = settings.database, SystemClock()
    stop = asyncio.Event()
    for received in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(received, stop.set)
    heartbeat_of(database).unlink(missing_ok=True)  # a former process's says nothing of this one
    async with (
        Database.open(database) as db,
        CoproductionBot(services(db, clock)) as bot,
        _watched(settings, db, bot),
    ):
        nightly = Nightly(Shelf.of(settings), clock)
        bot.duties.append(Duty(next_due=nightly.next_due, run=nightly.run, sweep=nightly.sweep))
        running = asyncio.create_task(bot.start(token))
        stopping = asyncio.create_task(stop.wait())
        beating = asyncio.create_task(
            beat(heartbeat_of(database), lambda: bot.is_connected and not bot.is_closed())
        )
        await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
        beating.cancel()
        stopping.cancel()
        if stop.is_set():
            log.info("Stopping: finishing what is in hand")
            await bot.close()
            # It may be waiting to connect again, for minutes.
            await asyncio.wait({running}, timeout=PATIENCE)
            running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


@contextlib.asynccontextmanager
async def _watched(
    settings: Settings, db: Database, bot: CoproductionBot
) -> AsyncGenerator[None, None]:
    if not settings.health_port:
        yield
        return
    # What only monitors need costs memory, so it is fetched only for them.
    from bot.watching import Gauge, Watched, watch

    async def gauges() -> list[Gauge]:
        now = bot.services.clock.now()
        owed = await bot.services.notices.standing()
        late = (now - owed.due_since).total_seconds() if owed.due_since else 0.0
        backups = await asyncio.to_thread(Shelf.of(settings).backups)
        found = [
            Gauge("copro_notices_owed", "Messages to be sent, now or later.", owed.owed),
            Gauge("copro_notices_due", "Of those, to be sent by now.", owed.due),
            Gauge("copro_notices_late_seconds", "The longest that one has been due.", late),
            Gauge("copro_waiting_to_write", "Writes that wait their turn.", db.waiting_to_write),
        ]
        if backups:
            age = (now - backups[0].taken_at).total_seconds()
            found.append(Gauge("copro_backup_age_seconds", "Of the newest backup.", age))
        return found

    watched = Watched(
        is_connected=lambda: bot.is_connected and not bot.is_closed(),
        reads=lambda: db.only("SELECT count(*) FROM migration"),
        gauges=gauges,
    )
    async with watch(settings.health_port, watched):
        yield
