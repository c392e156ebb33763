"""After any order of presses, changes, accidents and outages, once things are quiet, Discord
shows what the database says: card, events list, thread and role."""

import asyncio
import logging
import os
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack, ExitStack
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import simcord
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.app import services
from bot.client import CoproductionBot
from bot.clock import from_text
from bot.demo.simulator import VirtualClock, apscheduler_on, begin_at, crash, restart
from bot.storage.database import Database
from bot.storage.migrate import migrate
from cogs import keeper
from tests.conftest import NOW
from tests.discord import by_hand
from tests.discord.conftest import World, build_world, custom_ids_of, text_of

T = TypeVar("T")
PEOPLE = st.sampled_from(["amina", "bryn", "chidi"])
LABELS = st.sampled_from(["Sign up", "Sign up", "Maybe", "I can't make it"])
DAYS = st.integers(3, 20)
OUTAGES = st.sampled_from(
    [
        ("*", "*/scheduled-events*"),
        ("*", "/channels/*/messages/*/threads"),
        ("*", "/channels/*"),
        ("*", "/guilds/*/members/*"),
        ("*", "/[cg]*"),
    ]
)


@cache
def fresh() -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "fresh.db"
        migrate(path)
        return path.read_bytes()


class Mistakes(logging.Handler):
    """Ours, which a keeper logs because nobody waits behind it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.seen: list[str] = []
        keeper.log.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record.getMessage())


class Effects(RuleBasedStateMachine):
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
        clock = VirtualClock()
        self.env = clock.env = simcord.Env(
            CoproductionBot(services(self.db, clock)), check_errors=False
        )
        begin_at(self.env, NOW)
        self.open.enter_context(apscheduler_on(self.env.now))
        await self.env.start()
        world = await build_world(self.env)
        self.role = world.server.create_role("Coming")
        await self.env.settle()
        await world.choose("network:choose-attendee-role", self.role)
        return world

    def run(self, doing: Awaitable[T]) -> T:
        async def it() -> T:
            return await doing

        return self.runner.run(it())

    def slash(self, command: str, **options: Any) -> Any:
        organiser, where = self.world.organiser, self.world.general
        return self.run(organiser.slash(where, f"organise {command}", **options))

    def press(self, result: Any, label: str) -> None:
        if result.response is not None and result.response.message.components:
            self.run(self.world.organiser.click(result.response.message, label=label))

    def rows(self, sql: str) -> list[Any]:
        return self.run(self.db.all(sql))

    @property
    def conversations(self) -> list[Any]:
        return self.rows(
            """
            SELECT id, title, starts_at, cancelled_at, going, maybe FROM conversation
            WHERE planned_at IS NOT NULL ORDER BY id
            """
        )

    def one_ahead(self, data: st.DataObject) -> str:
        now = self.env.now()
        ahead = [
            str(row["id"])
            for row in self.conversations
            if row["cancelled_at"] is None and from_text(row["starts_at"]) > now
        ]
        return data.draw(st.sampled_from(ahead or ["1"]))

    def when(self, days: int) -> str:
        return f"<t:{int(self.env.now().timestamp()) // 60 * 60 + days * 86400}>"

    @initialize(places=st.integers(1, 2), days=DAYS)
    def plan(self, places: int, days: int) -> None:
        self.press(
            self.slash("plan", title="First", when=self.when(days), places=places), "Plan it"
        )
        self.run(self.env.advance_time(30))

    @rule(data=st.data(), who=PEOPLE, label=LABELS)
    def somebody_presses(self, data: st.DataObject, who: str, label: str) -> None:
        person, where = getattr(self.world, who), self.world.general
        chosen = self.one_ahead(data)
        shown = self.run(person.slash(where, "conversation show", conversation=chosen))
        message = shown.response.message
        if any(each.startswith("conversation:sign-up") for each in custom_ids_of(message)):
            self.run(person.click(message, label=label))

    @rule(data=st.data(), title=st.sampled_from(["First", "Second", "*Third*"]))
    def edit(self, data: st.DataObject, title: str) -> None:
        form = self.slash("edit", conversation=self.one_ahead(data))
        if form.modal is not None:
            typed = {"title": title, "minutes": "60", "places": str(data.draw(st.integers(1, 3)))}
            self.run(self.world.organiser.submit_modal(form, typed))

    @rule(data=st.data(), days=DAYS)
    def move(self, data: st.DataObject, days: int) -> None:
        chosen = self.one_ahead(data)
        self.press(self.slash("move", conversation=chosen, when=self.when(days)), "Move it")

    @rule(data=st.data())
    def cancel(self, data: st.DataObject) -> None:
        form = self.slash("cancel", conversation=self.one_ahead(data))
        if form.modal is not None:
            self.run(self.world.organiser.submit_modal(form, {"words": "It rained."}))

    @rule(data=st.data(), days=DAYS)
    @precondition(lambda self: len(self.conversations) < 4)
    def duplicate(self, data: st.DataObject, days: int) -> None:
        chosen = self.one_ahead(data)
        self.press(self.slash("duplicate", conversation=chosen, when=self.when(days)), "Plan it")

    @rule(data=st.data(), who=PEOPLE)
    def remove_person(self, data: st.DataObject, who: str) -> None:
        self.slash(
            "remove-person",
            conversation=self.one_ahead(data),
            person=getattr(self.world, who),
            reason="They asked me to.",
        )

    @rule(stop=st.sampled_from([restart, crash]))
    def start_again(self, stop: Any) -> None:
        bot = CoproductionBot(services(self.db, self.world.parts.clock))
        self.run(stop(self.env, bot))

    @rule(outage=OUTAGES, minutes=st.integers(0, 90))
    def discord_fails(self, outage: tuple[str, str], minutes: int) -> None:
        method, path = outage
        self.env.inject_error(method, path, status=500, times=None)
        self.run(self.env.advance_time(60 * minutes))

    @rule()
    def discord_works(self) -> None:
        self.env.backend.faults.clear()

    @rule(seconds=st.sampled_from([1, 10, 600, 86400]))
    def time_passes(self, seconds: int) -> None:
        self.run(self.env.advance_time(seconds))

    @rule(data=st.data(), seen=st.booleans())
    def somebody_deletes_a_thread(self, data: st.DataObject, seen: bool) -> None:
        if threads := [each.id for each in self.world.channel.threads]:
            delete = by_hand.delete_channel if seen else by_hand.delete_channel_unseen
            delete(self.world, data.draw(st.sampled_from(threads)))
            self.run(self.env.settle())

    @rule(data=st.data())
    def somebody_deletes_a_card(self, data: st.DataObject) -> None:
        if cards := [each.id for each in self.world.channel.history()]:
            backend = self.env.backend
            backend.delete_message(self.world.channel.id, data.draw(st.sampled_from(cards)))
            self.run(self.env.settle())

    @rule(data=st.data(), how=st.sampled_from(["delete", "unseen", "rename", "postpone"]))
    def somebody_touches_the_events_list(self, data: st.DataObject, how: str) -> None:
        if not (found := by_hand.events(self.world)):
            return
        event = data.draw(st.sampled_from(found))
        if how == "delete":
            by_hand.delete_event(self.world, event)
        elif how == "unseen":
            by_hand.delete_event_unseen(self.world, event)
        elif how == "rename":
            by_hand.change_event(self.world, event, name="Nonsense")
        elif event.status == 1:
            by_hand.change_event(self.world, event, scheduled_end_time="2027-06-03T15:00:00+00:00")
        self.run(self.env.settle())

    @rule(answer=st.sampled_from(["put-back", "leave-off", "use-here"]))
    def an_organiser_answers(self, answer: str) -> None:
        organiser = self.world.organiser
        for message in organiser.user.dm_channel.history():
            for custom_id in custom_ids_of(message):
                if custom_id.startswith(f"list:{answer}"):
                    self.run(organiser.user.click(message, custom_id=custom_id))
                    return

    @rule()
    def everything_agrees_once_it_is_quiet(self) -> None:
        self.env.backend.faults.clear()
        self.run(self.env.advance_time(2 * 3600 + 10))
        now = self.env.now()
        events = {}
        for row in self.conversations:
            starts_at = from_text(row["starts_at"])
            is_ahead = row["cancelled_at"] is None and starts_at > now
            self.the_card_agrees(row, is_ahead=is_ahead)
            if is_ahead:
                self.the_thread_agrees(row)
                events[row["id"]] = (row["title"], starts_at)
        self.the_list_agrees(events)
        self.the_role_agrees()
        assert self.mistakes.seen == []

    def the_card_agrees(self, row: Any, *, is_ahead: bool) -> None:
        sought = f"conversation:sign-up:{row['id']}"
        history = self.world.channel.history()
        cards = [each for each in history if sought in custom_ids_of(each)]
        assert len(cards) == int(is_ahead), row["title"]
        for card in cards:
            read = text_of(card).replace("\\", "")
            assert f"## {row['title']}" in read
            assert f"{row['going']} coming" in read
            assert f"<t:{int(from_text(row['starts_at']).timestamp())}:F>" in read

    def the_thread_agrees(self, row: Any) -> None:
        threads = self.rows("SELECT conversation_id, thread_id FROM thread")
        (kept,) = [each for each in threads if each["conversation_id"] == row["id"]]
        found = [each for each in self.world.channel.threads if each.id == kept["thread_id"]]
        assert [each.name for each in found] == [row["title"]]
        assert "Talk here about" in text_of(found[0].history()[0])

    def the_list_agrees(self, ahead: dict[int, Any]) -> None:
        entries = {
            row["conversation_id"]: row
            for row in self.rows("SELECT conversation_id, entry_id, state FROM list_entry")
        }
        found = {event.id: event for event in by_hand.events(self.world) if event.status == 1}
        for number, (title, starts_at) in ahead.items():
            entry = entries[number]
            if entry["state"] in ("deleted", "off"):
                continue
            event = found.pop(entry["entry_id"])
            if entry["state"] == "kept":
                assert event.name == title
                assert event.scheduled_start_time == starts_at.isoformat()
        assert found == {}, "nothing else is in it"

    def the_role_agrees(self) -> None:
        ought = self.run(self.world.parts.attendees.ought_to_carry(self.world.network_id))
        users = self.env.backend.users
        assert by_hand.carriers(self.world, self.role) == {users[each].name for each in ought}

    def teardown(self) -> None:
        try:
            if hasattr(self, "world"):
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


TestEffects = Effects.TestCase
TestEffects.settings = settings(
    # In CI the same examples each time, and no hour spent on making a failure smaller.
    derandomize="CI" in os.environ,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=10,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
