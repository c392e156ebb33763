"""Whatever somebody did before, in whatever order: once forgotten, they are nowhere.

Not in a row, an index, the log beside the file, a backup made later, or an export; and everybody
else's things are as they were.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import services
from bot.client import Services
from bot.conversations.model import HostChange, Look, Need, Needs, Wish
from bot.conversations.model.effects import Carrying
from bot.errors import Refusal
from bot.ids import ChannelId, ConversationId, MemberId, MessageId, RoleId, SeriesId
from bot.keeping import export
from bot.keeping.shelf import Shelf
from bot.notices.model import Delivery
from bot.people import Person
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.themes.service import AddAs
from bot.wisdom.model import Consent, Credit, Details, Lasting, Said, Use
from tests.conftest import HOME, NOW, FakeClock
from tests.fakes import RecordingMessenger, details, planned, started

PEOPLE = tuple(MemberId(0x0A11CE00DEAD0000 + number) for number in range(1, 5))
"""Of eight bytes, as Discord's are, so that they can be found in the file."""

ROLE = RoleId(77)


@cache
def fresh() -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "fresh.db"
        migrate(path)
        return path.read_bytes()


def word_of(person: MemberId) -> str:
    """A word that this person says in whatever they write."""
    return f"qz{person % 16}ja"


def may_all(person: MemberId) -> Person:
    return Person(network_id=HOME, member_id=person, is_organiser=True, is_moderator=True)


class Life:
    """What people of one network do, at random, each by the services' own methods."""

    def __init__(self, parts: Services, clock: FakeClock, db: Database, chance: Random) -> None:
        self.parts, self.clock, self.db, self.chance = parts, clock, db, chance
        self.deeds: tuple[Callable[[MemberId], Awaitable[object]], ...] = (
            *(self.answers, self.answers, self.answers, self.chooses, self.needs),
            *(self.wishes, self.asks_for_support, self.says, self.is_reminded, self.hosts),
            *(self.adds_a_guest, self.writes, self.looks, self.plans, self.drafts),
            *(self.joins_a_series, self.speaks, self.speaks, self.asks, self.decides),
            *(self.is_helped, self.renames, self.carries, self.gets_messages, self.notes),
            *(self.takes_off, self.time_passes, self.withdraws, self.refuses_to_be_asked),
        )

    async def step(self) -> None:
        deed, person = self.chance.choice(self.deeds), self.chance.choice(PEOPLE)
        with contextlib.suppress(Refusal):
            await deed(person)

    async def some(self, table: str) -> int:
        rows = await self.db.all(f"SELECT id FROM {table}")  # noqa: S608  # our own names
        return self.chance.choice(rows)["id"] if rows else 0

    async def conversation(self) -> ConversationId:
        return ConversationId(await self.some("conversation"))

    async def answers(self, person: MemberId) -> None:
        way = self.chance.choice(["sign_up", "sign_up", "maybe", "leave"])
        await getattr(self.parts.sign_ups, way)(await self.conversation(), HOME, person)

    async def chooses(self, person: MemberId) -> None:
        shows_name = self.chance.random() < 0.7
        await self.parts.choosing.choose(
            await self.conversation(), HOME, person, shows_name=shows_name
        )

    async def needs(self, person: MemberId) -> None:
        await self.parts.access_needs.tell(
            await self.conversation(),
            HOME,
            person,
            Needs(kinds=(Need.CAPTIONS,), words=f"{word_of(person)} {'n' * self.small()}"),
            consents=True,
            remember=self.chance.random() < 0.5,
        )

    async def wishes(self, person: MemberId) -> None:
        wish = self.chance.choice([Wish.HAVE_ONE, Wish.BE_ONE])
        await self.parts.company.wish(await self.conversation(), HOME, person, wish)

    async def asks_for_support(self, person: MemberId) -> None:
        other = self.chance.choice(PEOPLE)
        await self.parts.company.ask_supporter(await self.conversation(), HOME, person, other)

    async def says(self, person: MemberId) -> None:
        rows = await self.db.all("SELECT id FROM notice WHERE member_id = :m", {"m": person})
        if rows:
            notice = self.chance.choice(rows)["id"]
            say = self.chance.choice(["say_yes", "say_yes", "say_no"])
            await getattr(self.parts.company, say)(notice, person)

    async def is_reminded(self, person: MemberId) -> None:
        wishes = self.parts.reminder_wishes
        await wishes.ask_for(HOME, person)
        await wishes.choose_for_one(await self.conversation(), HOME, person, is_wanted=True)

    async def hosts(self, person: MemberId) -> None:
        change = HostChange(host_id=self.chance.choice(PEOPLE))
        await self.parts.hosting.name(await self.conversation(), change, by=may_all(person))

    async def adds_a_guest(self, person: MemberId) -> None:
        await self.parts.guests.add(
            await self.conversation(),
            f"Guest {self.small()}",
            "",
            looked_after_by=self.chance.choice(PEOPLE),
            by=may_all(person),
        )

    async def writes(self, person: MemberId) -> None:
        words = f"{word_of(person)} {'w' * self.small()}"
        await self.parts.people.write(
            await self.conversation(), words, only_going=False, by=may_all(person)
        )

    async def takes_off(self, person: MemberId) -> None:
        await self.parts.people.take_off(
            await self.conversation(),
            self.chance.choice(PEOPLE),
            word_of(person),
            by=may_all(person),
        )

    async def looks(self, person: MemberId) -> None:
        await self.parts.access_needs.look(await self.conversation(), Look.LIST, by=may_all(person))

    async def plans(self, person: MemberId) -> None:
        when = f"{3 + self.small() % 20} Dec 2026 2pm"
        places = self.chance.choice([None, 1, 2])
        await planned(self.parts, places=places, when=when, by=may_all(person))

    async def drafts(self, person: MemberId) -> None:
        await self.parts.planning.draft(details(), "24 Dec 2026 2pm", by=may_all(person))

    async def joins_a_series(self, person: MemberId) -> None:
        series = SeriesId(await self.some("series"))
        if not series:
            series = (await started(self.parts, by=may_all(self.chance.choice(PEOPLE)))).id
        await self.parts.series.standing.join(series, HOME, person)

    async def speaks(self, person: MemberId) -> None:
        said = f"{word_of(person)} said {word_of(person)}ness {self.small()} {'s' * self.small()}"
        consent = Consent(
            uses=frozenset({Use.DISCORD}),
            credit=Credit.FIRST_NAME,
            credited_as=word_of(person),
            lasting=Lasting.OPEN,
        )
        requests = self.parts.wisdom.requests
        request = await requests.begin(Details(), by=may_all(person))
        if self.chance.random() < 0.8:
            await requests.agree(request.id, said, consent, person)

    async def asks(self, person: MemberId) -> None:
        place = Said(channel_id=ChannelId(5), message_id=MessageId(self.chance.randrange(1, 2**40)))
        requests = self.parts.wisdom.requests
        request = await requests.ask(self.chance.choice(PEOPLE), by=may_all(person), said=place)
        if self.chance.random() < 0.5:
            await requests.carried_by(request.id, place)

    async def refuses_to_be_asked(self, person: MemberId) -> None:
        rows = await self.db.all(
            "SELECT id FROM quote_request WHERE speaker_id = :m", {"m": person}
        )
        if rows:
            request = self.chance.choice(rows)["id"]
            never = self.chance.random() < 0.5
            await self.parts.wisdom.requests.refuse(request, person, never=never)

    async def decides(self, person: MemberId) -> None:
        quote, by = await self.some("quote"), may_all(person)
        review = self.parts.wisdom.review
        if self.chance.random() < 0.7:
            await review.publish(quote, by=by)
        else:
            await review.decline(quote, f"{word_of(person)}, thank you", by=by)

    async def withdraws(self, person: MemberId) -> None:
        await self.parts.wisdom.mine.withdraw(await self.some("quote"), person)

    async def is_helped(self, person: MemberId) -> None:
        await self.parts.wisdom.showing.helped(await self.some("quote"), HOME, person)

    async def renames(self, person: MemberId) -> None:
        name = f"Theme {self.small()}"
        await self.parts.themes.add(name, AddAs.THEME, by=may_all(person))

    async def carries(self, person: MemberId) -> None:
        how = self.chance.choice(list(Carrying))
        await self.parts.attendees.note(HOME, ROLE, [person], how)

    async def gets_messages(self, _: MemberId) -> None:
        ends = self.chance.choice([Delivery.SENT, Delivery.MESSAGES_CLOSED, Delivery.SENT])
        await self.parts.notices.deliver_due(RecordingMessenger(ends))

    async def notes(self, person: MemberId) -> None:
        await self.parts.attendance.everybody(await self.conversation(), by=may_all(person))

    async def time_passes(self, _: MemberId) -> None:
        self.clock.advance(hours=self.chance.choice([1, 5, 30]))

    def small(self) -> int:
        return self.chance.randrange(90)


async def numbers(db: Database) -> list[tuple[object, ...]]:
    """What is known of every conversation that has begun, counted anew from its sign-ups."""
    rows = await db.all(
        """
        SELECT conversation.id, going, maybe, waiting, supporting,
               count(*) FILTER (WHERE state = 'going') AS counted,
               count(*) FILTER (WHERE attended) AS there
        FROM conversation JOIN sign_up ON sign_up.conversation_id = conversation.id
        WHERE starts_at <= :now
        GROUP BY conversation.id
        """,
        {"now": "2026-12-03T00:00:00Z"},
    )
    return [tuple(row) for row in rows]


MAY_FOLLOW = (
    "answers to conversations",  # somebody moved up
    "what somebody needs to take part,",  # of a supporter who is needed no more
    "each quote that helped somebody",  # and was taken back
    "who comes with whom",  # or comes alone
    "wishes for a buddy",
    "who looks after a guest",  # or looks after one more
    "who was named as a host",
    "that somebody was owed a private message",  # and was told so
    "that somebody was asked about words",  # by somebody who is gone
)


async def theirs(parts: Services, person: MemberId) -> dict[str, object]:
    def but_for_notes(row: Mapping[str, object]) -> dict[str, object]:
        """A moderator's note is in the moderator's words."""
        return {name: row[name] for name in row if name != "what_a_moderator_said"}

    return {
        each.kept.what: [but_for_notes(row) for row in each.rows]
        for each in await parts.privacy.about(HOME, person)
        if not each.kept.what.startswith(MAY_FOLLOW)
    }


def traces(person: MemberId, *files: Path) -> list[str]:
    sought = {
        "id in a row": person.to_bytes(8, "big"),
        "id in text": str(person).encode(),
        "words": word_of(person).encode(),
        "Words": word_of(person).upper().encode(),
    }
    return [
        f"{what} in {file.name}"
        for file in files
        if file.exists()
        for what, trace in sought.items()
        if trace in file.read_bytes()
    ]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
async def test_once_forgotten_they_are_nowhere_and_others_are_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    path = tmp_path_factory.mktemp("forgotten") / "test.db"
    path.write_bytes(fresh())
    clock, chance = FakeClock(NOW), Random(seed)  # noqa: S311  # nothing hangs on it
    victim = chance.choice(PEOPLE)
    shelf = Shelf(database=path, directory=path.parent / "backups")
    async with Database.open(path) as db:
        parts = services(db, clock)
        life = Life(parts, clock, db, chance)
        await planned(parts, places=2, by=may_all(PEOPLE[0]))
        for _ in range(120):
            await life.step()
        others = [each for each in PEOPLE if each != victim]
        before = {each: await theirs(parts, each) for each in others}
        counted = await numbers(db)

        await parts.forgetting.forget(HOME, victim)
        # Discord takes the role off.
        gone = [each for each in await parts.attendees.carried(HOME) if each.member_id == victim]
        await parts.attendees.forget(HOME, gone)
        await parts.forgetting.wipe()

        assert await parts.privacy.about(HOME, victim) == []
        assert {each: await theirs(parts, each) for each in others} == before
        assert await numbers(db) == counted
        left = await db.all(
            """
            SELECT id, going, (SELECT count(*) FROM sign_up
                               WHERE conversation_id = conversation.id AND state = 'going') AS real
            FROM conversation
            """
        )
        assert [row["going"] for row in left] == [row["real"] for row in left]
        clock.advance(minutes=1)
        backup = (await asyncio.to_thread(shelf.put, clock.now())).file
        exported = path.with_name("export.jsonl")
        await asyncio.to_thread(export.write, path, HOME, exported, clock)
        beside = [path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm")]
        assert traces(victim, path, *beside, backup, exported) == []
        assert any(traces(each, path) for each in others), "this is a way to find them"
