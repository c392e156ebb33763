"""Whatever people and moderators do, in whatever order: each practice is in one state, each step
says who, when and why, nobody decided on their own, and the search has just what is shared."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack, suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.app import services
from bot.errors import Refusal
from bot.ids import MemberId, NetworkId, PracticeId
from bot.people import Person
from bot.practice.model import Says
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.conftest import AWAY, HOME, NOW, FakeClock
from tests.practices import written

T = TypeVar("T")
NETWORKS = (HOME, AWAY)
PEOPLE = st.builds(
    lambda number, network: Person(
        network_id=NetworkId(network), member_id=MemberId(number), is_moderator=number <= 3
    ),
    st.integers(1, 5),
    st.sampled_from([HOME, HOME, HOME, AWAY]),
)
WHICH = st.integers(1, 6).map(PracticeId)
WHY = st.sampled_from(["it is time", " "])
DECISIONS = ("shared", "not now", "featured", "not featured any more", "archived", "brought back")


@cache
def fresh() -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "fresh.db"
        migrate(path)
        return path.read_bytes()


class Practising(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        path = Path(self.stack.enter_context(tempfile.TemporaryDirectory())) / "test.db"
        path.write_bytes(fresh())
        self.clock = FakeClock(NOW)
        self.run(self.open(path))

    async def open(self, path: Path) -> None:
        self.db = await self.stack.enter_async_context(Database.open(path))
        self.practice = services(self.db, self.clock).practice

    def run(self, does: Awaitable[T]) -> T:
        async def it() -> T:
            return await does

        return self.runner.run(it())

    def attempt(self, does: Awaitable[object]) -> None:
        self.clock.advance(seconds=1)
        with suppress(Refusal):
            self.run(does)

    @rule(by=PEOPLE, title=st.sampled_from(["One", "Two"]), sends=st.booleans())
    def write(self, by: Person, title: str, sends: bool) -> None:
        async def it() -> None:
            practice = await self.practice.mine.draft(written(title, f"We did {title}."), by=by)
            if sends:
                await self.practice.mine.send(practice.id, by=by)

        if self.run(self.db.only("SELECT count(*) AS n FROM practice"))["n"] < 6:
            self.attempt(it())

    @rule(by=PEOPLE, id_=WHICH, named=st.booleans())
    def author(self, by: Person, id_: PracticeId, named: bool) -> None:
        self.attempt(self.practice.mine.send(id_, by=by))
        self.attempt(self.practice.mine.show_name(id_, is_named=named, by=by))

    @rule(by=PEOPLE, id_=WHICH, title=st.sampled_from(["One", "Three"]))
    def rewrite(self, by: Person, id_: PracticeId, title: str) -> None:
        self.attempt(self.practice.mine.rewrite(id_, written(title), by=by))

    @rule(by=PEOPLE, id_=WHICH, does=st.sampled_from(["take_back", "throw_away"]))
    def end(self, by: Person, id_: PracticeId, does: str) -> None:
        self.attempt(getattr(self.practice.mine, does)(id_, by=by))

    @rule(by=PEOPLE, id_=WHICH, does=st.sampled_from(["look_at", "share", "share"]))
    def review(self, by: Person, id_: PracticeId, does: str) -> None:
        self.attempt(getattr(self.practice.review, does)(id_, by=by))

    @rule(by=PEOPLE, id_=WHICH, note=WHY)
    def not_now(self, by: Person, id_: PracticeId, note: str) -> None:
        self.attempt(self.practice.review.not_now(id_, note, by=by))

    @rule(
        by=PEOPLE,
        id_=WHICH,
        why=WHY,
        does=st.sampled_from(["feature", "feature_no_more", "archive", "bring_back"]),
    )
    def curate(self, by: Person, id_: PracticeId, why: str, does: str) -> None:
        self.attempt(getattr(self.practice.curating, does)(id_, why, by=by))

    @rule(by=PEOPLE, double=WHICH, into=WHICH)
    def merge(self, by: Person, double: PracticeId, into: PracticeId) -> None:
        self.attempt(self.practice.curating.merge(double, into, "the same", by=by))

    @rule(by=PEOPLE, id_=WHICH, owner=st.integers(1, 5), deputy=st.none() | st.integers(1, 5))
    def hand_over(self, by: Person, id_: PracticeId, owner: int, deputy: int | None) -> None:
        other = None if deputy is None else MemberId(deputy)
        self.attempt(
            self.practice.curating.hand_over(id_, MemberId(owner), other, "they leave", by=by)
        )

    @rule(by=PEOPLE, id_=WHICH, says=st.sampled_from(Says))
    def answer(self, by: Person, id_: PracticeId, says: Says) -> None:
        self.attempt(self.practice.showing.answer(id_, by.network_id, by.member_id, says))

    @rule(days=st.integers(0, 2))
    def time_passes(self, days: int) -> None:
        self.clock.advance(days=days)
        self.run(self.practice.upkeep.sweep())

    @rule()
    def restart(self) -> None:
        self.practice = services(self.db, self.clock).practice

    @invariant()
    def the_trail_tells_it_all(self) -> None:
        """The last line of each has the state it is in, and every line who, when and why."""
        rows = self.run(
            self.db.all(
                """
                SELECT practice.state, author_id, title,
                       (SELECT state FROM practice_change WHERE practice_id = practice.id
                        ORDER BY id DESC LIMIT 1) AS last
                FROM practice LEFT JOIN practice_text ON practice_id = practice.id
                """
            )
        )
        for row in rows:
            assert row["state"] == row["last"]
            assert (row["title"] is None) == (row["author_id"] is None)
            assert row["title"] is not None or row["state"] == "archived"
        lines = self.run(
            self.db.all("SELECT at, by_id, what, why, practice_id FROM practice_change")
        )
        authors = self.run(self.db.all("SELECT id, author_id FROM practice"))
        author_of = {row["id"]: row["author_id"] for row in authors}
        for line in lines:
            assert line["why"].strip()
            assert line["at"]
            if line["what"] in DECISIONS:
                assert line["by_id"] in (1, 2, 3)
                assert line["by_id"] != author_of[line["practice_id"]]

    @invariant()
    def the_search_has_what_is_shared(self) -> None:
        found = self.run(
            self.db.all("SELECT item_id FROM search_entry WHERE collection = 'practice'")
        )
        visible = self.run(self.db.all("SELECT id FROM shown_practice"))
        assert {row["item_id"] for row in found} == {row["id"] for row in visible}

    @invariant()
    def merged_ones_lead_to_one_that_stands_by_itself(self) -> None:
        rows = self.run(
            self.db.all(
                """
                SELECT other.merged_into FROM practice
                JOIN practice AS other ON other.id = practice.merged_into
                """
            )
        )
        assert all(row["merged_into"] is None for row in rows)

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()


TestPractising = Practising.TestCase
TestPractising.settings = settings(
    max_examples=int(os.environ.get("PRACTICE_EXAMPLES", "15")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
