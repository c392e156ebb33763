"""As much of Discord, on the loopback, as a real process needs to start, look and stop."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

BOT, SERVER, CHANNEL = "5000", "6000", "7000"
EVERYTHING = str((1 << 53) - 1)

# Run before the bot's own program: it speaks to the loopback in place of Discord.
POINT_HERE = """
import sys, yarl, discord.http, discord.gateway
port = sys.argv.pop(1)
discord.http.Route.BASE = f"http://127.0.0.1:{port}"
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gateway")
from bot.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


class Loopback:
    def __init__(self) -> None:
        self.identified: list[dict[str, Any]] = []
        self.commands: list[dict[str, Any]] = []
        self.token = "right"
        self.port = 0
        self.is_away = False
        """Then nobody is let in; see `go_away`."""
        self.resumed = 0
        self._sockets: set[web.WebSocketResponse] = set()

    async def go_away(self) -> None:
        """As Discord does now and then, for minutes or hours."""
        self.is_away = True
        for socket in list(self._sockets):
            await socket.close(code=1001)

    async def me(self, request: web.Request) -> web.Response:
        if request.headers["Authorization"] != f"Bot {self.token}":
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        user = {"id": BOT, "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
        return _json(user)

    async def application(self, _: web.Request) -> web.Response:
        return _json(
            {
                "id": BOT,
                "name": "bot",
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "",
                "flags": 0,
                "owner": {"id": "1", "username": "o", "discriminator": "0", "avatar": None},
            }
        )

    async def put_commands(self, request: web.Request) -> web.Response:
        self.commands = [
            {**command, "id": str(8000 + number), "application_id": BOT, "version": "1"}
            for number, command in enumerate(await request.json())
        ]
        return _json(self.commands)

    async def get_commands(self, _: web.Request) -> web.Response:
        return _json(self.commands)

    async def gateway(self, request: web.Request) -> web.StreamResponse:
        if self.is_away:
            return _json({"message": "Service Unavailable"}, status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.add(socket)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 40000}, "s": None, "t": None})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            payload = json.loads(message.data)
            if payload["op"] == 2:
                self.identified.append(payload["d"])
                await self._welcome(socket)
            elif payload["op"] == 6:
                self.resumed += 1
                await socket.send_json({"op": 0, "t": "RESUMED", "s": 3, "d": {}})
            elif payload["op"] == 1:
                await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
        self._sockets.discard(socket)
        return socket

    async def _welcome(self, socket: web.WebSocketResponse) -> None:
        user = {"id": BOT, "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
        ready = {
            "v": 10,
            "user": user,
            "guilds": [{"id": SERVER, "unavailable": True}],
            "session_id": "s",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": BOT, "flags": 0},
        }
        await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": ready})
        await socket.send_json({"op": 0, "t": "GUILD_CREATE", "s": 2, "d": _server(user)})


def _json(value: Any, status: int = 200) -> web.Response:
    # discord.py compares the type whole, and aiohttp would add a charset to it.
    body = json.dumps(value).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json"})


def _server(user: dict[str, Any]) -> dict[str, Any]:
    everyone = {
        "id": SERVER,
        "name": "@everyone",
        "permissions": EVERYTHING,
        "position": 0,
        "color": 0,
        "hoist": False,
        "managed": False,
        "mentionable": False,
    }
    member = {"user": user, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "flags": 0}
    return {
        "id": SERVER,
        "name": "Network",
        "owner_id": "1",
        "roles": [everyone],
        "channels": [],
        "members": [{**member, "deaf": False, "mute": False}],
        "member_count": 1,
        "emojis": [],
        "stickers": [],
        "features": [],
        "threads": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "premium_tier": 0,
        "preferred_locale": "en-GB",
        "system_channel_flags": 0,
        "nsfw_level": 0,
    }


@asynccontextmanager
async def loopback() -> AsyncIterator[tuple[Loopback, int]]:
    discord = Loopback()
    app = web.Application()
    app.add_routes(
        [
            web.get("/users/@me", discord.me),
            web.get("/oauth2/applications/@me", discord.application),
            web.get("/applications/@me", discord.application),
            web.put(f"/applications/{BOT}/commands", discord.put_commands),
            web.get(f"/applications/{BOT}/commands", discord.get_commands),
            web.get("/gateway/", discord.gateway),
            web.get("/gateway", discord.gateway),
        ]
    )
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        discord.port = runner.addresses[0][1]
        yield discord, discord.port
    finally:
        await asyncio.shield(runner.cleanup())
