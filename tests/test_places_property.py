"""Any order of presses, changes and hours, against a model of a page in a notebook."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.app import services
from bot.errors import Closed, NotFound, Unavailable
from bot.ids import MemberId, NoticeId
from bot.notices.model import Delivery, Notice, NoticeKind, SendingTooFast
from bot.storage.database import Database
from bot.storage.migrate import migrate
from tests.conftest import HOME, NOW, ORGANISER, FakeClock
from tests.fakes import details, planned

T = TypeVar("T")
MEMBERS = st.sampled_from([MemberId(number) for number in range(1, 8)])
PLACES = st.sampled_from([1, 2, 3, 4, 5, None])


@cache
def fresh() -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "fresh.db"
        migrate(path)
        return path.read_bytes()


@dataclass
class Notebook:
    """What ought to be so, by the rules as people would say them."""

    places: int | None
    answers: dict[MemberId, tuple[str, int]] = field(default_factory=dict)
    promoted: list[tuple[MemberId, int]] = field(default_factory=list)
    last_number: int = 0
    moves: int = 0
    asked_again: set[MemberId] = field(default_factory=set)
    told_of_moves: list[tuple[MemberId, int]] = field(default_factory=list)

    def answered(self) -> list[MemberId]:
        return [who for who, (state, _) in self.answers.items() if state != "not_coming"]

    def move(self) -> None:
        self.moves += 1
        self.asked_again = set(self.those("going"))
        self.told_of_moves += [(who, self.moves) for who in self.answered()]

    def those(self, state: str) -> list[MemberId]:
        """In the order in which they asked."""
        found = [(number, who) for who, (theirs, number) in self.answers.items() if theirs == state]
        return [who for _, who in sorted(found)]

    def answer(self, who: MemberId, wanted: str) -> None:
        now = self.answers.get(who, ("", 0))[0]
        if now == wanted or (wanted == "going" and now == "waiting"):
            self.asked_again -= {who} if wanted == "going" else set()
            return
        self.asked_again.discard(who)
        if wanted == "going" and (not self.has_room() or self.those("waiting")):
            wanted = "waiting"
        self.last_number += 1
        self.answers[who] = (wanted, self.last_number)
        self.fill()

    def has_room(self) -> bool:
        return self.places is None or len(self.those("going")) < self.places

    def fill(self) -> None:
        while self.has_room() and (waiting := self.those("waiting")):
            number = self.answers[waiting[0]][1]
            self.answers[waiting[0]] = ("going", number)
            self.promoted.append((waiting[0], number))


class Post:
    """A messenger that looks at the notebook: is what it is asked to say true now?"""

    def __init__(self, machine: "Places") -> None:
        self.machine = machine
        self.arrived: list[str] = []
        self.fails: BaseException | None = None
        self.is_closed = False

    async def send(self, notice: Notice) -> Delivery:
        machine = self.machine
        if notice.kind is not NoticeKind.PLACE_CAME_UP:
            return self.send_news(notice)
        if await machine.parts.sign_ups.place_that_came_up(notice) is None:
            return Delivery.NO_LONGER_TRUE
        if notice.may_have_been_sent and notice.nonce in self.arrived:
            return Delivery.SENT
        if self.is_closed:
            return Delivery.MESSAGES_CLOSED
        assert machine.is_ahead
        assert machine.notebook.answers[notice.member_id] == ("going", notice.occurrence)
        if self.fails is None or notice.attempts % 2:  # some fail before it is out, some after
            assert notice.nonce not in self.arrived or notice.may_have_been_sent
            if notice.nonce not in self.arrived:
                self.arrived.append(notice.nonce)
        if self.fails is not None:
            raise self.fails
        return Delivery.SENT

    def send_news(self, notice: Notice) -> Delivery:
        """Of a move or a cancellation: to those who answered, once."""
        if notice.kind is NoticeKind.MOVED and notice.conversation_id == (
            self.machine.conversation.id
        ):
            assert notice.occurrence == self.machine.notebook.moves, "only the last move is told"
        if self.fails is not None:
            raise self.fails
        if not self.is_closed:
            assert notice.nonce not in self.arrived
            self.arrived.append(notice.nonce)
        return Delivery.MESSAGES_CLOSED if self.is_closed else Delivery.SENT


class Places(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.directory = tempfile.TemporaryDirectory()
        self.runner = asyncio.Runner()
        self.clock = FakeClock(NOW)
        self.open = AsyncExitStack()
        path = Path(self.directory.name) / "test.db"
        path.write_bytes(fresh())
        self.db = self.run(self.open.enter_async_context(Database.open(path)))
        self.parts = services(self.db, self.clock)
        self.post = Post(self)

    def run(self, doing: Awaitable[T]) -> T:
        async def it() -> T:
            return await doing

        return self.runner.run(it())

    @initialize(places=st.integers(1, 3), crowd=st.permutations(range(1, 8)))
    def begin(self, places: int, crowd: list[int]) -> None:
        self.plan(places)
        self.all_press_at_once([(MemberId(who), "going") for who in crowd])

    def plan(self, places: int | None) -> None:
        self.conversation = self.run(
            planned(
                self.parts,
                places=places,
                when=f"<t:{int(self.clock.now().timestamp()) + 9 * 3600}>",
            )
        )
        self.notebook = Notebook(places)
        self.most_going = 0

    @property
    def is_ahead(self) -> bool:
        return self.clock.now() < self.conversation.starts_at

    def expect(self, doing: Awaitable[object], said: str = "") -> bool:
        """Run it; whether it was done. After the start everything is refused."""
        if self.is_ahead and not said:
            self.run(doing)
            return True
        with pytest.raises(Closed, match=said if self.is_ahead else "has already started|is over"):
            self.run(doing)
        return False

    @rule(who=MEMBERS)
    def sign_up(self, who: MemberId) -> None:
        if self.expect(self.parts.sign_ups.sign_up(self.conversation.id, HOME, who)):
            self.notebook.answer(who, "going")

    @rule(who=MEMBERS)
    def maybe(self, who: MemberId) -> None:
        if self.expect(self.parts.sign_ups.maybe(self.conversation.id, HOME, who)):
            self.notebook.answer(who, "maybe")

    @rule(who=MEMBERS)
    def leave(self, who: MemberId) -> None:
        if self.expect(self.parts.sign_ups.leave(self.conversation.id, HOME, who)):
            self.notebook.answer(who, "not_coming")

    @rule(crowd=st.lists(st.tuples(MEMBERS, st.sampled_from(["going", "not_coming"])), max_size=9))
    @precondition(lambda self: self.is_ahead)
    def all_press_at_once(self, crowd: list[tuple[MemberId, str]]) -> None:
        press = {"going": self.parts.sign_ups.sign_up, "not_coming": self.parts.sign_ups.leave}

        async def rush() -> None:
            await asyncio.gather(
                *(press[how](self.conversation.id, HOME, who) for who, how in crowd)
            )

        self.run(rush())
        for who, wanted in crowd:
            self.notebook.answer(who, wanted)

    @rule(data=st.data())
    @precondition(lambda self: self.notebook.promoted)
    def hand_back(self, data: st.DataObject) -> None:
        who, number = data.draw(st.sampled_from(self.notebook.promoted))
        row = self.run(
            self.db.only(
                """
                SELECT id FROM notice
                WHERE conversation_id = :c AND member_id = :w AND occurrence = :n
                  AND kind = 'place_came_up'
                """,
                {"c": self.conversation.id, "w": who, "n": number},
            )
        )
        holds_it = self.notebook.answers[who] == ("going", number)
        doing = self.parts.sign_ups.hand_back(NoticeId(row["id"]), who)
        if self.expect(doing, "" if holds_it else "You no longer have that place"):
            self.notebook.answer(who, "not_coming")

    @rule(places=PLACES)
    def change_the_places(self, places: int | None) -> None:
        changed = details(places=places)
        if self.expect(self.parts.planning.edit(self.conversation.id, changed, by=ORGANISER)):
            self.notebook.places = places
            self.notebook.fill()

    @rule(hours=st.integers(1, 12))
    @precondition(lambda self: self.is_ahead)
    def move(self, hours: int) -> None:
        to = f"<t:{int(self.conversation.starts_at.timestamp()) + 3600 * hours}>"
        changing = self.parts.changing
        proposed = self.run(changing.propose_move(self.conversation.id, to, by=ORGANISER))
        told = self.run(changing.move(proposed.id, by=ORGANISER))
        self.notebook.move()
        self.conversation = told.conversation
        assert told.people == len(self.notebook.answered())

    @rule(who=MEMBERS)
    @precondition(lambda self: self.is_ahead)
    def take_off(self, who: MemberId) -> None:
        doing = self.parts.people.take_off(
            self.conversation.id, who, "They asked me to.", by=ORGANISER
        )
        if who in self.notebook.answered():
            self.run(doing)
            self.notebook.answer(who, "not_coming")
        else:
            with pytest.raises(NotFound, match="not on the list"):
                self.run(doing)

    @rule()
    @precondition(lambda self: self.is_ahead)
    def cancel(self) -> None:
        self.run(self.parts.changing.cancel(self.conversation.id, "It rained.", by=ORGANISER))
        rows = self.rows("SELECT kind, member_id, state FROM notice WHERE conversation_id = :id")
        owed = [(kind, who) for kind, who, state in rows if state in {"owed", "missed"}]
        assert sorted(owed) == sorted(("cancelled", who) for who in self.notebook.answered())
        self.plan(self.notebook.places)

    @rule()
    def remove(self) -> None:
        counted = self.notebook.answered()
        doing = self.parts.planning.remove(self.conversation.id, by=ORGANISER)
        if counted:
            with pytest.raises(Closed, match="answered, and would not hear"):
                self.run(doing)
        else:
            self.run(doing)
            self.plan(self.notebook.places)

    @rule(data=st.data(), how=st.sampled_from(["maybe", "leave"]))
    @precondition(lambda self: self.notebook.those("going"))
    def give_a_place_up(self, data: st.DataObject, how: str) -> None:
        getattr(self, how)(data.draw(st.sampled_from(self.notebook.those("going"))))

    @rule(minutes=st.integers(0, 60))
    def time_passes(self, minutes: int) -> None:
        self.clock.advance(minutes=minutes)

    @rule(
        fails=st.sampled_from(
            [None, None, None, Unavailable(), SendingTooFast(), KeyError("ours"),
             asyncio.CancelledError()]
        ),
        is_closed=st.booleans(),
    )  # fmt: skip
    def deliver(self, fails: BaseException | None, is_closed: bool) -> None:
        self.post.fails, self.post.is_closed = fails, is_closed and fails is None
        try:
            self.run(self.parts.notices.deliver_due(self.post))
        except asyncio.CancelledError:
            assert isinstance(fails, asyncio.CancelledError)
        self.post.fails, self.post.is_closed = None, False

    @rule(who=MEMBERS)
    def hear_what_was_missed(self, who: MemberId) -> None:
        told = self.run(self.parts.notices.tell_missed(HOME, who))
        for notice in told:
            assert notice.nonce not in self.post.arrived
            self.post.arrived.append(notice.nonce)
            if notice.kind is not NoticeKind.PLACE_CAME_UP:
                continue
            assert self.notebook.answers[who] == ("going", notice.occurrence)
        self.run(self.parts.notices.messages_are_open(HOME, who))

    @invariant()
    def everybody_is_where_they_ought_to_be(self) -> None:
        rows = self.rows("SELECT member_id, state, number FROM sign_up WHERE conversation_id = :id")
        assert {m: (state, number) for m, state, number in rows} == self.notebook.answers
        assert len(rows) == len(self.notebook.answers)

    @invariant()
    def the_counts_are_those_of_the_rows(self) -> None:
        ((*counts, last_number),) = self.rows(
            "SELECT going, maybe, waiting, last_number FROM conversation WHERE id = :id"
        )
        assert counts == [len(self.notebook.those(each)) for each in ("going", "maybe", "waiting")]
        assert last_number == self.notebook.last_number

    @invariant()
    def nobody_goes_without_a_place_unless_places_were_lowered(self) -> None:
        going = len(self.notebook.those("going"))
        if self.notebook.places is not None:
            assert going <= max(self.notebook.places, self.most_going)
        self.most_going = going

    @invariant()
    def every_promotion_owes_one_notice_and_nothing_else_does(self) -> None:
        rows = self.rows(
            "SELECT member_id, occurrence, state FROM notice "
            "WHERE conversation_id = :id AND kind = 'place_came_up'"
        )
        assert sorted((m, n) for m, n, _ in rows) == sorted(self.notebook.promoted)
        for member, number, state in rows:
            if state in {"owed", "missed"}:
                assert self.notebook.answers[member] == ("going", number)
            elif state == "dropped" and self.is_ahead:
                assert self.notebook.answers[member] != ("going", number)

    @invariant()
    def every_move_is_told_once_to_everybody_who_had_answered(self) -> None:
        rows = self.rows(
            "SELECT member_id, occurrence, state FROM notice "
            "WHERE conversation_id = :id AND kind = 'moved'"
        )
        assert sorted((m, n) for m, n, _ in rows) == sorted(self.notebook.told_of_moves)
        for _, move, state in rows:
            assert state not in {"owed", "missed"} or move == self.notebook.moves

    @invariant()
    def only_those_with_a_place_who_have_not_said_again_are_asked(self) -> None:
        rows = self.rows(
            "SELECT member_id FROM sign_up WHERE conversation_id = :id AND asked_again = 1"
        )
        assert {member for (member,) in rows} == self.notebook.asked_again

    @invariant()
    def nothing_has_arrived_twice(self) -> None:
        assert len(set(self.post.arrived)) == len(self.post.arrived)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        return [tuple(row) for row in self.run(self.db.all(sql, {"id": self.conversation.id}))]

    def teardown(self) -> None:
        try:
            if hasattr(self, "conversation"):
                self.in_the_end_nothing_is_owed()
        finally:
            self.run(self.open.aclose())
            self.runner.close()
            self.directory.cleanup()

    def in_the_end_nothing_is_owed(self) -> None:
        for _ in range(50):
            due = self.run(self.parts.notices.next_due())
            if due is None:
                break
            self.clock.advance(seconds=max(0, (due - self.clock.now()).total_seconds()))
            self.run(self.parts.notices.deliver_due(self.post))
        assert self.rows("SELECT id FROM notice WHERE state = 'owed'") == []
        self.every_promotion_owes_one_notice_and_nothing_else_does()


TestPlaces = Places.TestCase
TestPlaces.settings = settings(
    # In CI the same examples each time, and no hour spent on making a failure smaller.
    derandomize="CI" in os.environ,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
