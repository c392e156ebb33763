"""After any order of changes, hand edits, outages and crashes, once things are quiet, the practice
forum's tags are what the database says."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack, ExitStack
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import discord
import simcord
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import VirtualClock, apscheduler_on, begin_at, crash
from bot.network.model import ChannelUse
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.themes.model import FORUM_TAGS
from cogs import keeper
from tests.conftest import NOW
from tests.discord.conftest import World, build_world
from tests.discord.test_effects_property import Mistakes

T = TypeVar("T")
NAMES = st.sampled_from(["Housing", "Homes", "Money", "Peers", "Art", "Digital", "Rural"])
NUMBERS = st.integers(0, 40)


@cache
def fresh() -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "fresh.db"
        migrate(path)
        return path.read_bytes()


class Tags(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.mistakes = Mistakes()
        self.runner = asyncio.Runner()
        self.open = ExitStack()
        self.open_in_loop = AsyncExitStack()
        path = Path(self.open.enter_context(tempfile.TemporaryDirectory())) / "test.db"
        path.write_bytes(fresh())
        self.world: World = self.run(self.begin(path))

    async def begin(self, path: Path) -> World:
        self.db = await self.open_in_loop.enter_async_context(Database.open(path))
        self.clock = VirtualClock()
        self.env = self.clock.env = simcord.Env(
            CoproductionBot(services(self.db, self.clock)), check_errors=False
        )
        begin_at(self.env, NOW)
        self.open.enter_context(apscheduler_on(self.env.now))
        await self.env.start()
        world = await build_world(self.env)
        commands = self.env.backend.commands[None].values()
        command_id = next(int(each["id"]) for each in commands if each["name"] == "theme")
        world.server.set_command_permissions(command_id, {world.manager: True})
        shown = await world.manager.slash(world.general, "network setup")
        await world.manager.click(shown.response.message, label="Create what is missing")
        return world

    def run(self, doing: Awaitable[T]) -> T:
        async def it() -> T:
            return await doing

        return self.runner.run(it())

    async def forum(self) -> discord.ForumChannel:
        network = await self.world.parts.networks.get(self.world.network_id)
        forum = self.world.bot.get_channel(network.channels[ChannelUse.PRACTICE])
        assert isinstance(forum, discord.ForumChannel)
        return forum

    def theme(self, command: str, **options: Any) -> Any:
        manager, where = self.world.manager, self.world.general
        return self.run(manager.slash(where, f"theme {command}", **options))

    def one(self, number: int) -> str:
        themes = self.run(self.world.parts.themes.vocabulary(self.world.network_id)).themes
        return f"theme:{themes[number % len(themes)].id}"

    @rule(name=NAMES, use=st.sampled_from(["theme", "tag"]))
    def add(self, name: str, use: str) -> None:
        self.theme("add", name=name, use=use)

    @rule(number=NUMBERS, name=NAMES)
    def rename(self, number: int, name: str) -> None:
        self.theme("rename", theme=self.one(number), to=name)

    @rule(number=st.integers(0, 4), name=NAMES)
    def rename_a_kind(self, number: int, name: str) -> None:
        kinds = self.run(self.world.parts.themes.vocabulary(self.world.network_id)).kinds
        self.theme("rename", theme=f"kind:{kinds[number].id}", to=name)

    @rule(number=NUMBERS, tag=st.booleans())
    def make_tag(self, number: int, tag: bool) -> None:
        self.theme("rename", theme=self.one(number), tag=tag)

    @rule(source=NUMBERS, into=NUMBERS)
    def merge(self, source: int, into: int) -> None:
        asked = self.theme("merge", theme=self.one(source), into=self.one(into))
        if asked.response.message.components:
            self.run(self.world.manager.click(asked.response.message, label="Merge them"))

    @rule(number=NUMBERS, own=NAMES)
    def somebody_edits_the_tags_by_hand(self, number: int, own: str) -> None:
        async def edit() -> None:
            forum = await self.forum()
            tags = list(forum.available_tags)
            if tags and number % 3 == 0:
                del tags[number % len(tags)]
            elif tags and number % 3 == 1:
                tags[number % len(tags)].name = f"by hand {number}"
            elif own.casefold() not in {tag.name.casefold() for tag in tags} and len(tags) < 20:
                tags.append(discord.ForumTag(name=own))
            with self.env.time_context():
                await forum.edit(available_tags=tags)
            await self.env.settle()

        if not self.env.backend.faults:
            self.run(edit())

    @rule(status=st.sampled_from([500, 503]), times=st.integers(1, 4))
    def discord_fails(self, status: int, times: int) -> None:
        self.env.inject_error("PATCH", "/channels/*", status=status, times=times)

    @rule()
    def the_bot_crashes(self) -> None:
        self.run(crash(self.env, CoproductionBot(services(self.db, self.clock))))

    @rule(seconds=st.integers(1, 400))
    def time_passes(self, seconds: int) -> None:
        self.run(self.env.advance_time(seconds))

    @rule()
    def the_tags_agree_once_it_is_quiet(self) -> None:
        self.env.backend.faults.clear()
        self.run(self.env.advance_time(2 * 3600 + 10))
        forum = self.run(self.forum())
        themes = self.world.parts.themes
        vocabulary = self.run(themes.vocabulary(self.world.network_id))
        names = [tag.name for tag in forum.available_tags]
        assert len(names) <= FORUM_TAGS
        assert len({name.casefold() for name in names}) == len(names)
        left_out = set(vocabulary.forum_labels()) - set(names)
        checked = self.run(self.world.manager.slash(self.world.general, "network check"))
        said = checked.response.content
        assert bool(left_out) == ("The practice forum has tags of its own" in said), said
        remembered = self.run(
            self.world.parts.forum_tags.remembered(self.world.network_id, forum.id)
        )
        by_id = {tag.id: tag.name for tag in forum.available_tags}
        assert set(remembered.values()) <= set(by_id)
        for value, tag_id in remembered.items():
            wanted = vocabulary.pick(value).label
            assert by_id[tag_id] == wanted or wanted in left_out, value
        assert self.mistakes.seen == []

    def teardown(self) -> None:
        try:
            if hasattr(self, "world"):
                self.the_tags_agree_once_it_is_quiet()
        finally:
            keeper.log.removeHandler(self.mistakes)
            self.run(self.end())
            self.open.close()
            self.runner.close()

    async def end(self) -> None:
        await self.env.bot.close()
        await self.env.shutdown()
        await self.open_in_loop.aclose()


TestTags = Tags.TestCase
TestTags.settings = settings(
    derandomize="CI" in os.environ,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=int(os.environ.get("TAGS_EXAMPLES", "5")),
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
