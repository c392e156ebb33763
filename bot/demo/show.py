"""`coproduction-bot demo`: the whole show, from the first line printed to Ctrl+C."""

import asyncio
import contextlib
import errno
import logging
import secrets
import signal
import socket
import tempfile
import textwrap
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from bot.demo.lobby import Lobby
from bot.demo.pages import Pages
from bot.demo.passing import Passing
from bot.demo.settling import settle_quickly
from bot.demo.simulator import open_threads_as_discord_does
from bot.demo.stage import raised
from bot.demo.world import TO_TRY, build
from bot.errors import Misconfigured

HOST = "127.0.0.1"

GREETING = """The demo is ready. Open this in your browser:

  {address}

Things to try there:
{to_try}

Ctrl+C stops it. Nothing is kept."""


def demo(port: int) -> int:
    """Run until Ctrl+C or SIGTERM.

    Raises:
        Misconfigured: the port can't be had.
    """
    logging.getLogger().setLevel(logging.WARNING)
    settle_quickly()
    open_threads_as_discord_does()
    with _listening(port) as listener:
        asyncio.run(_run(listener))
    return 0


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OverflowError as error:
        raise Misconfigured("A port is a number from 0 to 65535. Try: --port 8766") from error
    except OSError as error:
        because = "is in use already" if error.errno == errno.EADDRINUSE else "can't be used"
        other = port + 1 if 1024 <= port < 65535 else 8766
        raise Misconfigured(
            f"Port {port} {because}. Choose another one, for example: --port {other}"
        ) from error


async def _run(listener: socket.socket) -> None:
    stop = asyncio.Event()
    for received in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(received, stop.set)
    async with _open_lobby(listener) as address:
        print(GREETING.format(address=address, to_try=_list(TO_TRY)), flush=True)
        await stop.wait()


def _list(entries: Sequence[str]) -> str:
    return "\n".join(
        textwrap.fill(entry, 90, initial_indent=f"{number}. ", subsequent_indent="   ")
        for number, entry in enumerate(entries, start=1)
    )


@asynccontextmanager
async def _open_lobby(listener: socket.socket) -> AsyncGenerator[str, None]:
    """The lobby's address, for as long as the show goes on."""
    port = listener.getsockname()[1]
    token = secrets.token_urlsafe(24)
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="coproduction-demo-"))
        stage = await stack.enter_async_context(raised(Path(folder) / "demo.db"))
        world = await build(stage, until=datetime.now(UTC))
        pages = Pages(stage, world)
        stack.push_async_callback(pages.close)
        passing = Passing(stage, pages.redraw)
        runner = web.AppRunner(
            Lobby(stage, world, pages, passing).app(token, port),
            access_log=None,
            shutdown_timeout=1.0,
        )
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.SockSite(runner, listener).start()
        keeping = asyncio.create_task(passing.keep_time())
        try:
            yield f"http://{HOST}:{port}/?token={token}"
        finally:
            keeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await keeping
