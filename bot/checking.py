"""`coproduction-bot check`: what `/network check` says, for the operator, on the terminal."""

import asyncio
import re

import discord
from discord import app_commands

from bot.app import services
from bot.client import INTENTS, Services
from bot.clock import SystemClock
from bot.config import Settings
from bot.errors import Misconfigured, Unavailable
from bot.storage.database import Database
from bot.storage.migrate import pending
from cogs.network.check import look_over

PATIENCE = 60.0
"""Seconds to wait for Discord."""


async def check(settings: Settings) -> list[str]:
    """A line about each thing that is missing; none when all is well. Changes nothing.

    The running copy need not be stopped: this one answers nobody and writes nothing.

    Raises:
        Misconfigured: no token, one that Discord refuses, or no migrated database.
        Unavailable: Discord cannot be reached.
    """
    token = settings.must_have_token()
    if pending(settings.database):
        raise Misconfigured(f"{settings.database} is not up to date. Run “migrate” or “run”.")
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
        lines = await every_network(client, services(db, SystemClock()))
        await client.close()
        await connecting
    return lines


async def every_network(client: discord.Client, parts: Services) -> list[str]:
    """What is missing in each server that *client* is in."""
    commands = await app_commands.CommandTree(client).fetch_commands()
    lines: list[str] = []
    for server in client.guilds:
        for finding in await look_over(server, parts, commands):
            lines.append(f"{server.id}: {_plain(finding.what, server)} {finding.mend}")
    return lines


def _plain(text: str, server: discord.Guild) -> str:
    """*text* without Discord's marks: channels and roles by name."""

    def name(match: re.Match[str]) -> str:
        number = int(match[2])
        thing = server.get_channel(number) if match[1] == "#" else server.get_role(number)
        return (
            f"#{thing.name}" if match[1] == "#" and thing else (thing.name if thing else match[0])
        )

    return re.sub(r"<(#|@&)(\d+)>", name, text).replace("**", "")
