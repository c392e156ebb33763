"""As much of Discord, on the loopback, as a real process needs to start, look and stop."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

BOT, SERVER, CHANNEL = "5000", "6000", "7000"
LETTERBOX = 9000
"""The private channel to whomever is written to."""
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
        self.answers: list[Any] = []
        """To the next messages; without one, they are taken."""
        self.taken: dict[str, Any] = {}
        self.tries: list[str] = []
        self._sockets: set[web.WebSocketResponse] = set()

    async def go_away(self) -> None:
        """As Discord does now and then, for minutes or hours."""
        self.is_away = True
        for each in list(self._sockets):
            await each.close(code=1001)

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
            # Menus are sent without a description and come back with an empty one.
            {
                "description": "",
                **command,
                "id": str(8000 + number),
                "application_id": BOT,
                "version": "1",
            }
            for number, command in enumerate(await request.json())
        ]
        return _json(self.commands)

    async def get_commands(self, _: web.Request) -> web.Response:
        return _json(self.commands)

    async def member(self, request: web.Request) -> web.Response:
        user = {"id": request.match_info["id"], "username": "somebody", "discriminator": "0",
                "avatar": None}  # fmt: skip
        return _json(
            {
                "user": user,
                "roles": [],
                "joined_at": "2026-01-01T00:00:00+00:00",
                "deaf": False,
                "mute": False,
                "flags": 0,
            }
        )

    async def open_messages(self, request: web.Request) -> web.Response:
        person = (await request.json())["recipient_id"]
        user = {"id": str(person), "username": "somebody", "discriminator": "0", "avatar": None}
        return _json({"id": str(LETTERBOX), "type": 1, "recipients": [user]})

    async def take_message(self, request: web.Request) -> web.StreamResponse:
        """Take it once for each nonce, as Discord does, and then answer as `answers` has it."""
        sent = await request.json()
        self.tries.append(sent["nonce"])
        answer = self.answers.pop(0) if self.answers else "taken"
        if isinstance(answer, str):
            self.taken.setdefault(sent["nonce"], sent)
        match answer:
            case "taken, then reset" | "taken, then closed":
                assert request.transport
                if answer.endswith("reset"):
                    raw = request.transport.get_extra_info("socket")
                    # Closing without lingering sends a reset.
                    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                    request.transport.abort()
                else:
                    request.transport.close()
                return web.Response()
            case "taken, then silence":
                await asyncio.sleep(5)
                return web.Response()
            case "taken":
                return _json(_message(len(self.taken)))
            case int(status), headers, body:
                return _json(body, status=status, headers=headers)
            case _:
                raise AssertionError(answer)

    async def history(self, _: web.Request) -> web.Response:
        return _json([])

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


def _json(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py compares the type whole, and aiohttp would add a charset to it.
    body = json.dumps(value).encode()
    kind = {"Content-Type": "application/json"}
    return web.Response(body=body, status=status, headers={**kind, **(headers or {})})


def _message(number: int) -> dict[str, Any]:
    return {
        "id": str(LETTERBOX + number),
        "channel_id": str(LETTERBOX),
        "author": {"id": BOT, "username": "bot", "discriminator": "0", "avatar": None},
        "content": "",
        "timestamp": "2026-11-23T09:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        "components": [],
    }


def server_data() -> dict[str, Any]:
    """The server, as Discord tells of it."""
    user = {"id": BOT, "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
    return _server(user)


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
            web.get(f"/guilds/{SERVER}/members/{{id}}", discord.member),
            web.post("/users/@me/channels", discord.open_messages),
            web.post(f"/channels/{LETTERBOX}/messages", discord.take_message),
            web.get(f"/channels/{LETTERBOX}/messages", discord.history),
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
