"""`coproduction-bot check`: the machine, and what `/network check` says, for the operator."""

import asyncio
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp
import discord
from discord import app_commands
from discord.http import Route

from bot.app import services
from bot.client import INTENTS, Services
from bot.clock import SystemClock
from bot.config import Settings
from bot.errors import Misconfigured, Unavailable
from bot.keeping import looking
from bot.keeping.shelf import Shelf
from bot.storage.database import Database
from bot.storage.migrate import pending
from cogs.network.check import look_over

PATIENCE = 60.0
"""Seconds to wait for Discord."""


MACHINE = "this machine"


@dataclass(frozen=True, slots=True)
class Found:
    where: str
    """`MACHINE`, or the id of a server."""
    what: str
    mend: str


def machine(settings: Settings) -> list[Found]:
    """What is wrong with the database, the disk, the clock and the backups. Changes nothing.

    Raises:
        Misconfigured: there is no migrated database.
    """
    if pending(settings.database):
        raise Misconfigured(f"{settings.database} is not up to date. Run “migrate” or “run”.")
    faults = looking.look_over(Shelf.of(settings), SystemClock().now())
    return [Found(MACHINE, each.what, each.mend) for each in faults]


async def servers(settings: Settings) -> list[Found]:
    """What is missing in each server, and whether our clock is Discord's. Changes nothing.

    The running copy need not be stopped: this one answers nobody and writes nothing.

    Raises:
        Misconfigured: no token, or one that Discord refuses.
        Unavailable: Discord cannot be reached.
    """
    token = settings.must_have_token()
    async with (
        Database.open(settings.database) as db,
        discord.Client(intents=INTENTS, chunk_guilds_at_startup=False) as client,
    ):
        connecting = asyncio.create_task(client.start(token))
        ready = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait(
            {connecting, ready}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
        )
        if connecting.done() or not ready.done():
            ready.cancel()
            cause = connecting.exception() if connecting.done() else None
            if isinstance(cause, discord.LoginFailure):
                raise Misconfigured("Discord does not accept COPRO_TOKEN.") from cause
            raise Unavailable("Discord can't be reached.") from cause
        found = [*await _clock(), *await _every_server(client, services(db, SystemClock()))]
        await client.close()
        await connecting
    return found


def as_text(found: Sequence[Found]) -> str:
    lines = [f"{each.where}: {each.what} {each.mend}" for each in found]
    return "\n".join(lines) or "Everything the bot needs is there."


def as_json(found: Sequence[Found], stopped: Exception | None) -> str:
    """For programs. *stopped* is why not everything could be looked at."""
    return json.dumps(
        {
            "found": [
                {"where": each.where, "what": each.what, "mend": each.mend} for each in found
            ],
            "stopped_by": None if stopped is None else str(stopped),
        },
        ensure_ascii=False,
        indent=2,
    )


async def _clock() -> list[Found]:
    """Every answer of Discord's says what time it is there."""
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get(f"{Route.BASE}/gateway") as answer:
                discords = parsedate_to_datetime(answer.headers["Date"])
        except (aiohttp.ClientError, OSError, KeyError, ValueError):
            return []  # it has just answered everything else, so this says nothing about clocks
    faults = looking.clock_against(discords, SystemClock().now())
    return [Found(MACHINE, each.what, each.mend) for each in faults]


async def _every_server(client: discord.Client, parts: Services) -> list[Found]:
    commands = await app_commands.CommandTree(client).fetch_commands()
    return [
        Found(str(server.id), _plain(finding.what, server), finding.mend)
        for server in client.guilds
        for finding in await look_over(server, parts, commands)
    ]


def _plain(text: str, server: discord.Guild) -> str:
    """*text* without Discord's marks: channels and roles by name."""

    def name(match: re.Match[str]) -> str:
        number = int(match[2])
        thing = server.get_channel(number) if match[1] == "#" else server.get_role(number)
        return (
            f"#{thing.name}" if match[1] == "#" and thing else (thing.name if thing else match[0])
        )

    return re.sub(r"<(#|@&)(\d+)>", name, text).replace("**", "")
