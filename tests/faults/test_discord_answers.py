"""All that Discord may answer to a message, over real connections: none lost, none doubled."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from discord.http import Route

from bot.app import services
from bot.client import CoproductionBot
from bot.ids import MemberId, NetworkId
from bot.notices.model import LEASE
from bot.notices.pace import PAUSE
from bot.people import Person
from bot.storage.database import Database
from cogs.notices import messenger
from cogs.notices.messenger import DiscordMessenger
from tests.conftest import AMINA, BRYN, FakeClock
from tests.fakes import details
from tests.faults.loopback_discord import SERVER, Loopback, loopback, server_data

HERE = NetworkId(int(SERVER))
BY = Person(network_id=HERE, member_id=MemberId(90), is_organiser=True)

DOWN = (503, {}, {"message": "Service Unavailable", "code": 0})
BUSY = (429, {"Via": "1.1 discord"}, {"message": "Slow down", "retry_after": 0.1, "global": False})
BANNED = (429, {}, {"message": "You are being blocked"})
CLOSED = (403, {}, {"message": "Cannot send messages to this user", "code": 50007})
FLAGGED = (403, {}, {"message": "You are opening direct messages too fast", "code": 40003})
NO_ACCESS = (403, {}, {"message": "Missing Access", "code": 50001})
WRONG = (400, {}, {"message": "Invalid Form Body", "code": 50035})


@dataclass
class Post:
    discord: Loopback
    bot: CoproductionBot
    db: Database
    clock: FakeClock

    async def rounds(self, count: int = 1, **apart: float) -> None:
        for _ in range(count):
            await self.bot.services.notices.deliver_due(DiscordMessenger(self.bot))
            self.clock.advance(**apart or {"minutes": 1})

    async def state(self) -> str:
        row = await self.db.only("SELECT state FROM notice")
        return row["state"]


@pytest.fixture
async def post(
    db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Post]:
    """A bot that is logged in, and owes Bryn that a place came up."""
    async with loopback() as (discord, port):
        monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{port}")
        parts = services(db, clock)
        draft = await parts.planning.draft(details(places=1), "3 Dec 2026 2pm", by=BY)
        conversation = await parts.planning.plan(draft.id, by=BY)
        for person in (AMINA, BRYN):
            await parts.sign_ups.sign_up(conversation.id, HERE, person)
        await parts.sign_ups.leave(conversation.id, HERE, AMINA)
        async with CoproductionBot(parts) as bot:
            await bot.login("right")
            bot._connection._add_guild_from_data(server_data())
            yield Post(discord, bot, db, clock)


@pytest.mark.parametrize(
    "answers",
    [
        [],
        [DOWN],
        [DOWN, DOWN, DOWN],
        [BUSY],
        [NO_ACCESS],
        ["taken, then reset"],
        ["taken, then closed"],
        ["taken, then reset", DOWN, "taken, then closed"],
    ],
    ids=str,
)
async def test_it_arrives_once_whatever_was_answered_before(post: Post, answers: list) -> None:
    post.discord.answers = list(answers)
    await post.rounds(8, minutes=5)
    assert post.discord.answers == []
    assert len(post.discord.taken) == 1
    assert len(set(post.discord.tries)) == 1, "always the same nonce"
    assert len(post.discord.tries) == len(answers) + 1
    assert await post.state() == "sent"


async def test_a_gateway_that_is_bad_for_a_moment_is_asked_again_by_the_library(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    sleep = asyncio.sleep

    async def at_once(seconds: float, *rest: object) -> None:
        waited.append(seconds)
        await sleep(0)

    monkeypatch.setattr("discord.http.asyncio.sleep", at_once)
    post.discord.answers = [(status, {}, {}) for status in (500, 502, 504)]
    await post.rounds()
    assert len(post.discord.taken) == 1
    assert len(post.discord.tries) == 4
    assert await post.state() == "sent"


async def test_a_discord_that_hangs_is_not_waited_for(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert timedelta(seconds=messenger.PATIENCE) < LEASE
    monkeypatch.setattr(messenger, "PATIENCE", 0.5)
    post.discord.answers = ["taken, then silence"]
    await post.rounds()
    assert await post.state() == "owed"
    await post.rounds(3)
    assert len(post.discord.taken) == 1
    assert len(set(post.discord.tries)) == 1
    assert await post.state() == "sent"


async def test_closed_messages_are_tried_once(post: Post) -> None:
    post.discord.answers = [CLOSED]
    await post.rounds(5, hours=1)
    assert len(post.discord.tries) == 1
    assert await post.state() == "missed"


@pytest.mark.parametrize("answer", [FLAGGED, BANNED], ids=str)
async def test_too_fast_ends_all_writing_for_a_while(post: Post, answer: tuple) -> None:
    post.discord.answers = [answer]
    await post.rounds(int(PAUSE.total_seconds()) // 60 - 1)
    assert len(post.discord.tries) == 1, "not once more in ten minutes"
    assert await post.state() == "owed"
    await post.rounds(3)
    assert len(post.discord.taken) == 1


async def test_what_discord_does_not_take_is_our_mistake_and_said_so_in_the_log(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.discord.answers = [WRONG]
    await post.rounds()
    assert "could not be sent, by our own mistake" in caplog.text
    assert await post.state() == "owed"
