"""After any order of sharing, curating, hand edits, outages and crashes, once things are quiet, the
forum's threads, their tags and the index say what the database says."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path
from typing import Any, TypeVar

import simcord
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import VirtualClock, apscheduler_on, begin_at, crash
from bot.practice.model import SHOWN
from bot.storage.database import Database
from cogs import keeper
from cogs.practice.index import TITLE as INDEX
from tests.conftest import NOW
from tests.discord import by_hand
from tests.discord.conftest import build_world, text_of
from tests.discord.test_effects_property import Mistakes
from tests.discord.test_forum_tags_property import fresh
from tests.discord.test_practice import Practical, build_practical

T = TypeVar("T")
WHICH = st.integers(0, 5)
LABELS = ["Feature it", "Feature it no more", "Archive it", "Bring it back"]


class Forum(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.mistakes = Mistakes()
        self.runner = asyncio.Runner()
        self.open = ExitStack()
        self.open_in_loop = AsyncExitStack()
        path = Path(self.open.enter_context(tempfile.TemporaryDirectory())) / "test.db"
        path.write_bytes(fresh())
        self.made = 0
        self.practical: Practical = self.run(self.begin(path))

    async def begin(self, path: Path) -> Practical:
        self.db = await self.open_in_loop.enter_async_context(Database.open(path))
        self.clock = VirtualClock()
        self.env = self.clock.env = simcord.Env(
            CoproductionBot(services(self.db, self.clock)), check_errors=False
        )
        begin_at(self.env, NOW)
        self.open.enter_context(apscheduler_on(self.env.now))
        await self.env.start()
        return await build_practical(await build_world(self.env))

    def run(self, doing: Awaitable[T]) -> T:
        async def it() -> T:
            return await doing

        return self.runner.run(it())

    @property
    def world(self) -> Any:
        return self.practical.world

    def thread(self, number: int) -> Any:
        """One that somebody may change by hand; None while there is none."""
        threads = self.practical.threads()
        names = sorted(name for name in threads if name != INDEX)
        return threads[names[number % len(names)]] if names else None

    @rule()
    def share(self) -> None:
        if self.made >= 4:
            return
        self.made += 1
        self.run(self.share_one(f"Number {self.made}"))

    async def share_one(self, title: str) -> None:
        written = await self.practical.write(self.world.amina, title, f"We did {title}.")
        await self.world.amina.click(written.response.message, label="Send it")
        queue = await self.practical.moderator.slash(self.world.general, "review")
        await self.practical.moderator.click(queue.response.message, label="Share it")

    @rule(number=WHICH, label=st.sampled_from(LABELS))
    def curate(self, number: int, label: str) -> None:
        self.run(self.curate_one(number % 4 + 1, label))

    async def curate_one(self, number: int, label: str) -> None:
        moderator, where = self.practical.moderator, self.world.general
        shown = await moderator.slash(where, "curate practice", practice=str(number))
        if label in text_of(shown.response.message):
            form = await moderator.click(shown.response.message, label=label)
            await moderator.submit_modal(form, {"why": "it is time"})

    @rule(number=WHICH, does=st.sampled_from(["rename", "retag", "put away", "delete"]))
    def somebody_changes_a_thread_by_hand(self, number: int, does: str) -> None:
        thread, backend = self.thread(number), self.env.backend
        if thread is None or backend.faults:
            return
        # Whatever the bot is about to do there is done first: who is later is right.
        self.run(self.env.advance_time(400))
        if does == "rename":
            backend.edit_channel(thread.id, {"name": f"{thread.name}+"[:90]})
        elif does == "retag":
            tags = [tag.id for tag in self.practical.forum.available_tags][number : number + 2]
            backend.edit_channel(thread.id, {"applied_tags": tags})
        elif does == "put away":
            backend.edit_channel(thread.id, {}, thread_metadata={"archived": True})
        else:
            by_hand.delete_channel(self.world, thread.id)
        self.run(self.env.advance_time(10))

    @rule(
        status=st.sampled_from([500, 503]),
        times=st.integers(1, 4),
        method=st.sampled_from(["PATCH", "POST", "GET"]),
    )
    def discord_fails(self, status: int, times: int, method: str) -> None:
        self.env.inject_error(method, "/channels/*", status=status, times=times)

    @rule()
    def the_bot_crashes(self) -> None:
        self.run(crash(self.env, CoproductionBot(services(self.db, self.clock))))

    @rule(seconds=st.integers(1, 400))
    def time_passes(self, seconds: int) -> None:
        self.run(self.env.advance_time(seconds))

    @rule()
    def everything_agrees_once_it_is_quiet(self) -> None:
        self.env.backend.faults.clear()
        self.run(self.env.advance_time(2 * 3600 + 10))
        self.run(self.compare())
        assert self.mistakes.seen == []

    async def compare(self) -> None:
        posts = self.world.parts.practice.posts
        rows = await self.db.all("SELECT id FROM practice WHERE state <> 'draft'")
        threads = {each.id: each for each in self.practical.threads().values()}
        vocabulary = await self.world.parts.themes.vocabulary(self.world.network_id)
        names = {tag.id: tag.name for tag in self.practical.forum.available_tags}
        linked = 0
        for row in rows:
            practice, visible, post = await posts.of(row["id"])
            if post is None:
                assert practice.state not in SHOWN
                continue
            assert post.is_gone == (post.thread_id not in threads)
            if post.is_gone:
                continue
            thread = threads.pop(post.thread_id)
            assert thread.name == practice.title
            written = practice.written
            wanted = {each.label for each in vocabulary.kinds if each.id == written.kind_id}
            wanted |= {vocabulary.theme(each).label for each in written.theme_ids}
            on_it = {names[each] for each in thread._channel.applied_tags}
            assert on_it == wanted & set(names.values())
            says = text_of(thread.history()[0])
            assert ("What we did" in says) == (visible is not None)
            if visible is not None:
                linked += 1
                assert not thread._channel.thread_metadata.archived
                assert ("Featured by" in says) == visible.is_featured
        others = [each.name for each in threads.values()]
        assert others in ([], [INDEX]), "no thread stands there twice"
        if rows and others:
            index = text_of(next(iter(threads.values())).history()[0])
            assert index.count("](https://discord.com/channels/") == linked

    def teardown(self) -> None:
        try:
            if hasattr(self, "practical"):
                self.everything_agrees_once_it_is_quiet()
        finally:
            keeper.log.removeHandler(self.mistakes)
            self.run(self.end())
            self.open.close()
            self.runner.close()

    async def end(self) -> None:
        await self.env.bot.close()
        await self.env.shutdown()
        await self.open_in_loop.aclose()


TestForum = Forum.TestCase
TestForum.settings = settings(
    derandomize="CI" in os.environ,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=int(os.environ.get("FORUM_EXAMPLES", "5")),
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
