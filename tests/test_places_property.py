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
from bot.errors import Closed, Invalid, NotFound, Unavailable
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
    asks: dict[MemberId, MemberId] = field(default_factory=dict)
    """Whom somebody with a place has asked to come with them, and has not said yes or no."""
    supports: dict[MemberId, MemberId] = field(default_factory=dict)
    """Who comes with whom, by the one who has a place."""

    def answered(self) -> list[MemberId]:
        """Members only: a guest's id is below nought here."""
        return [
            who for who, (state, _) in self.answers.items() if state != "not_coming" and who > 0
        ]

    def part(self, who: MemberId, *, still_supports: bool = False) -> None:
        """What ends when *who* gives a place up."""
        self.asks.pop(who, None)
        if not still_supports:
            self.asks = {asker: other for asker, other in self.asks.items() if other != who}
        released = [self.supports.pop(who)] if who in self.supports else []
        if not still_supports:
            self.supports = {a: other for a, other in self.supports.items() if other != who}
        for supporter in released:
            if supporter not in self.supports.values() and (
                self.answers[supporter][0] == "supporting"
            ):
                self.write(supporter, "not_coming")

    def write(self, who: MemberId, state: str) -> None:
        self.last_number += 1
        self.answers[who] = (state, self.last_number)
        self.asked_again.discard(who)

    def support(self, who: MemberId) -> None:
        """*who* says yes to whoever asked them."""
        (asker,) = [asker for asker, other in self.asks.items() if other == who][:1]
        self.supports[asker] = self.asks.pop(asker)
        self.write(who, "supporting")
        self.part(who, still_supports=True)
        self.fill()

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
        if now == wanted or (wanted == "going" and now in {"waiting", "supporting"}):
            self.asked_again -= {who} if wanted == "going" else set()
            return
        self.asked_again.discard(who)
        if wanted == "going" and (not self.has_room() or self.those("waiting")):
            wanted = "waiting"
        self.write(who, wanted)
        if wanted == "not_coming" or now in {"going", "supporting"}:
            self.part(who)
        self.fill()

    def add_guest(self, guest: MemberId) -> None:
        has_room = self.has_room() and not self.those("waiting")
        self.write(guest, "going" if has_room else "waiting")

    def take_guest_off(self, guest: MemberId) -> None:
        self.answers[guest] = ("not_coming", self.answers[guest][1])
        self.asked_again.discard(guest)
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
        if notice.kind in {NoticeKind.MOVED, NoticeKind.CANCELLED}:
            return self.send_news(notice)
        if notice.kind is not NoticeKind.PLACE_CAME_UP:
            return Delivery.NO_LONGER_TRUE  # the words of the others have tests of their own
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
    @precondition(lambda self: any(who > 0 for who, _ in self.notebook.promoted))
    def hand_back(self, data: st.DataObject) -> None:
        members = [each for each in self.notebook.promoted if each[0] > 0]
        who, number = data.draw(st.sampled_from(members))
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

    @rule(asker=MEMBERS, other=MEMBERS)
    @precondition(lambda self: self.is_ahead)
    def ask_for_support(self, asker: MemberId, other: MemberId) -> None:
        notebook = self.notebook
        doing = self.parts.company.ask_supporter(self.conversation.id, HOME, asker, other)
        if asker == other:
            with pytest.raises(Invalid):
                self.run(doing)
        elif (
            asker not in notebook.those("going")
            or asker in notebook.asks
            or (asker in notebook.supports)
        ):
            with pytest.raises(Closed):
                self.run(doing)
        else:
            self.run(doing)
            notebook.asks[asker] = other

    @rule(who=MEMBERS, yes=st.booleans())
    @precondition(lambda self: self.is_ahead and self.notebook.asks)
    def answer_who_asked(self, who: MemberId, yes: bool) -> None:
        asked = [asker for asker, other in self.notebook.asks.items() if other == who]
        if len(asked) != 1:
            return
        row = self.run(
            self.db.only(
                """
                SELECT notice.id FROM notice
                JOIN pair ON pair.id = notice.occurrence
                WHERE notice.conversation_id = :c AND notice.kind = 'support_asked'
                  AND member_id = :who AND ended_at IS NULL AND other_agreed_at IS NULL
                """,
                {"c": self.conversation.id, "who": who},
            )
        )
        company = self.parts.company
        if yes:
            self.run(company.say_yes(NoticeId(row["id"]), who))
            self.notebook.support(who)
        else:
            self.run(company.say_no(NoticeId(row["id"]), who))
            del self.notebook.asks[asked[0]]

    @rule(who=MEMBERS)
    @precondition(lambda self: self.is_ahead)
    def do_without(self, who: MemberId) -> None:
        self.run(self.parts.company.do_without(self.conversation.id, HOME, who))
        self.notebook.part(who, still_supports=True)

    @rule()
    @precondition(lambda self: self.is_ahead)
    def add_a_guest(self) -> None:
        name = f"Guest {self.notebook.last_number}"
        doing = self.parts.guests.add(
            self.conversation.id, name, "", looked_after_by=MemberId(60), by=ORGANISER
        )
        _, added = self.run(doing)
        self.notebook.add_guest(MemberId(-added.guest.id))

    @rule(data=st.data())
    @precondition(lambda self: self.is_ahead and any(who < 0 for who in self.coming()))
    def take_a_guest_off(self, data: st.DataObject) -> None:
        guest = data.draw(st.sampled_from([who for who in self.coming() if who < 0]))
        self.run(
            self.parts.guests.take_off(
                self.conversation.id, str(-guest), "They rang.", by=ORGANISER
            )
        )
        self.notebook.take_guest_off(guest)

    def coming(self) -> list[MemberId]:
        return [*self.notebook.those("going"), *self.notebook.those("waiting")]

    @rule()
    @precondition(lambda self: self.is_ahead)
    def duplicate(self) -> None:
        """Another with the same words, and nobody in it."""
        to = f"<t:{int(self.conversation.starts_at.timestamp()) + 7 * 24 * 3600}>"
        draft = self.run(self.parts.changing.duplicate(self.conversation.id, to, by=ORGANISER))
        assert draft.details.places == self.notebook.places
        assert draft.answers == 0
        assert not draft.is_planned

    @rule()
    @precondition(lambda self: self.is_ahead)
    def cancel(self) -> None:
        self.run(self.parts.changing.cancel(self.conversation.id, "It rained.", by=ORGANISER))
        rows = self.rows("SELECT kind, member_id, state FROM notice WHERE conversation_id = :id")
        owed = [(kind, who) for kind, who, state in rows if state in {"owed", "missed"}]
        news = [("cancelled", who) for who in self.notebook.answered()]
        if any(who < 0 for who in self.coming()):
            news.append(("guests_cancelled", 60))
        assert sorted(owed) == sorted(news)
        self.plan(self.notebook.places)

    @rule()
    def remove(self) -> None:
        counted = [*self.notebook.answered(), *(who for who in self.coming() if who < 0)]
        doing = self.parts.planning.remove(self.conversation.id, by=ORGANISER)
        if counted:
            with pytest.raises(Closed, match="answered, and would not hear"):
                self.run(doing)
        else:
            self.run(doing)
            self.plan(self.notebook.places)

    @rule(data=st.data(), how=st.sampled_from(["maybe", "leave"]))
    @precondition(lambda self: any(who > 0 for who in self.notebook.those("going")))
    def give_a_place_up(self, data: st.DataObject, how: str) -> None:
        getattr(self, how)(
            data.draw(st.sampled_from([w for w in self.notebook.those("going") if w > 0]))
        )

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
        rows = self.rows(
            "SELECT coalesce(member_id, -guest_id), state, number FROM sign_up "
            "WHERE conversation_id = :id"
        )
        assert {m: (state, number) for m, state, number in rows} == self.notebook.answers
        assert len(rows) == len(self.notebook.answers)

    @invariant()
    def the_counts_are_those_of_the_rows(self) -> None:
        ((*counts, last_number),) = self.rows(
            "SELECT going, maybe, waiting, supporting, last_number FROM conversation WHERE id = :id"
        )
        states = ("going", "maybe", "waiting", "supporting")
        assert counts == [len(self.notebook.those(each)) for each in states]
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
        members = [each for each in self.notebook.promoted if each[0] > 0]
        assert sorted((m, n) for m, n, _ in rows) == sorted(members)
        guests = self.rows(
            "SELECT -occurrence FROM notice "
            "WHERE conversation_id = :id AND kind = 'guest_place_came_up'"
        )
        promoted = [who for who, _ in self.notebook.promoted if who < 0]
        assert sorted(who for (who,) in guests) == sorted(promoted)
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
            "SELECT coalesce(member_id, -guest_id) FROM sign_up "
            "WHERE conversation_id = :id AND asked_again = 1"
        )
        assert {member for (member,) in rows} == self.notebook.asked_again

    @invariant()
    def whoever_supports_comes_with_somebody_who_has_a_place(self) -> None:
        rows = self.rows(
            "SELECT asker_id, other_id FROM pair WHERE conversation_id = :id "
            "AND kind = 'supporter' AND ended_at IS NULL AND other_agreed_at IS NOT NULL"
        )
        assert dict(rows) == self.notebook.supports
        assert set(self.notebook.supports) <= set(self.notebook.those("going"))
        assert set(self.notebook.supports.values()) == set(self.notebook.those("supporting"))

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
