"""A network's life from 2026 to 2030, with restarts, outages, skips, pauses, changes and moves."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import services
from bot.errors import Closed, Refusal, Unavailable
from bot.ids import MemberId
from bot.notices.model import NoticeKind
from bot.series.model import AHEAD, SeriesState, Which
from bot.series.service.reshaping import Wish
from bot.storage.database import Database
from tests.conftest import HOME, ORGANISER, FakeClock
from tests.fakes import BrokenMessenger, RecordingMessenger, started

LONDON = ZoneInfo("Europe/London")
END = datetime(2030, 12, 31, tzinfo=UTC)
PEOPLE = [MemberId(number) for number in range(1, 7)]


class Life:
    """Plays the days, and keeps its own book of what ought to be."""

    def __init__(self, db: Database, clock: FakeClock, seed: int) -> None:
        self.db = db
        self.clock = clock
        self.dice = random.Random(seed)  # noqa: S311  # a story, not a secret
        self.parts = services(db, clock)
        self.messenger = RecordingMessenger()
        self.standing: dict[int, set[MemberId]] = {}
        self.at_announcement: dict[int, set[MemberId]] = {}
        self.seen: set[int] = set()
        self.counts: Counter[str] = Counter()
        self.down_until = clock.now()

    async def begin(self):
        self.all = [
            await started(self.parts, title="Monthly", at="6:30pm", places=4),
            await started(self.parts, title="Weekly", which=Which.EVERY, weekday=1),
            await started(self.parts, title="Last", which=Which.LAST, weekday=6, at="10am"),
        ]
        self.standing = {series.id: set() for series in self.all}

    async def day(self):
        self.clock.advance(hours=24)
        if self.dice.random() < 0.02:
            self.down_until = self.clock.now() + timedelta(days=2)
            self.counts["outages"] += 1
        if self.dice.random() < 0.05:
            self.parts = services(self.db, self.clock)
            self.counts["restarts"] += 1
        is_down = self.clock.now() < self.down_until
        await self.note_announcements(self.parts.series.making.run)
        if self.dice.random() < 0.1:
            await self.note_announcements(self.parts.series.making.sweep)
        broken = BrokenMessenger(Unavailable("Discord is down."))
        for _ in range(5):
            await self.parts.notices.deliver_due(broken if is_down else self.messenger)
            self.clock.advance(seconds=30)
        await self.do_something()

    async def note_announcements(self, work):
        now = {key: set(people) for key, people in self.standing.items()}
        await work()
        rows = await self.db.all("SELECT id, series_id FROM conversation WHERE announce_at IS NULL")
        for row in rows:
            if row["id"] not in self.seen:
                self.seen.add(row["id"])
                self.at_announcement[row["id"]] = now[row["series_id"]]
                self.counts["announced"] += 1

    async def do_something(self):
        if self.dice.random() > 0.25:
            return
        series = self.dice.choice(self.all)
        who = self.dice.choice(PEOPLE)
        what = self.dice.choice(
            ["join", "join", "leave", "skip", "pause", "resume", "resume", "move", "cancel", "hour"]
        )
        try:
            await getattr(self, f"_{what}")(series, who)
            self.counts[what] += 1
        except Refusal:
            self.counts["refused"] += 1

    async def _join(self, series, who):
        await self.parts.series.standing.join(series.id, HOME, who)
        self.standing[series.id].add(who)

    async def _leave(self, series, who):
        await self.parts.series.standing.leave(series.id, HOME, who)
        self.standing[series.id].discard(who)

    async def _skip(self, series, who):
        current = await self.parts.series.book.get(series.id, HOME)
        dates = await self.parts.series.book.dates(current)
        day = self.dice.choice(dates).starts_at.astimezone(LONDON).date()
        await self.parts.series.pausing.skip(series.id, day, "A holiday.", by=ORGANISER)

    async def _pause(self, series, who):
        await self.parts.series.pausing.pause(series.id, by=ORGANISER)

    async def _resume(self, series, who):
        await self.parts.series.pausing.resume(series.id, by=ORGANISER)

    async def _one(self, series):
        today = self.clock.now().date()
        made = await self.parts.series.book.conversations(series, since=today)
        ahead = [each for each in made if each.is_ahead(self.clock.now())]
        if not ahead:
            raise Closed("There is none, because the series is paused.")
        return self.dice.choice(ahead)

    async def _move(self, series, who):
        one = await self._one(series)
        to = (one.starts_at + timedelta(days=1)).astimezone(LONDON)
        move = await self.parts.changing.propose_move(
            one.id, f"{to.day} {to:%B} {to.year} 3pm", by=ORGANISER
        )
        await self.parts.changing.move(move.id, by=ORGANISER)

    async def _cancel(self, series, who):
        one = await self._one(series)
        await self.parts.changing.cancel(one.id, "A leak.", by=ORGANISER)

    async def _hour(self, series, who):
        at = self.dice.choice(["10am", "2pm", "6:30pm"])
        proposed = await self.parts.series.reshaping.propose(series.id, Wish(at=at), by=ORGANISER)
        await self.parts.series.reshaping.change(proposed.id, by=ORGANISER)

    async def look(self):
        """What must be so on any day, once the metronome has had its turn."""
        await self.note_announcements(self.parts.series.making.run)
        now = self.clock.now()
        for each in self.all:
            series = await self.parts.series.book.get(each.id, HOME)
            if series.state is not SeriesState.RUNNING:
                continue
            made = await self.parts.series.book.conversations(
                series, since=now.astimezone(LONDON).date()
            )
            ahead = [one for one in made if one.is_ahead(now)]
            assert len(ahead) >= AHEAD
            for one in ahead:
                wall = one.starts_at.astimezone(LONDON)
                if not one.occurrence.is_edited and one.occurrence.date is not None:
                    assert wall.date() == one.occurrence.date
                    assert wall.time() == series.rule.at
                    assert wall.weekday() == series.rule.weekday
                assert one.is_announced or one.announce_at > now
            self.counts["looks"] += 1


@pytest.mark.parametrize("seed", [2])
async def test_five_years_of_series(db: Database, seed: int, capsys: pytest.CaptureFixture[str]):
    clock = FakeClock(datetime(2026, 1, 5, 9, 0, tzinfo=UTC))
    life = Life(db, clock, seed)
    await life.begin()
    while clock.now() < END:
        await life.day()
        if life.dice.random() < 0.2:
            await life.look()
    clock.advance(days=3)
    for _ in range(400):
        clock.advance(seconds=30)
        await life.parts.notices.deliver_due(life.messenger)

    # One conversation for one date, and one message for one person and conversation.
    doubles = await db.all(
        """
        SELECT 1 FROM conversation WHERE occurrence IS NOT NULL
        GROUP BY series_id, occurrence HAVING count(*) > 1
        """
    )
    assert doubles == []
    told = [
        (notice.conversation_id, notice.member_id)
        for notice in life.messenger.arrived.values()
        if notice.kind is NoticeKind.SIGNED_UP
    ]
    assert len(told) == len(set(told))
    signed_up = {
        (row["conversation_id"], row["member_id"])
        for row in await db.all(
            "SELECT conversation_id, member_id FROM notice WHERE kind = 'signed_up'"
        )
    }
    expected = {
        (conversation_id, who)
        for conversation_id, people in life.at_announcement.items()
        for who in people
    }
    assert signed_up == expected, "those who stood at the announcement, and nobody else"
    dropped = await db.all(
        "SELECT conversation_id, member_id FROM notice "
        "WHERE kind = 'signed_up' AND state = 'dropped'"
    )
    assert {*told} | {(r["conversation_id"], r["member_id"]) for r in dropped} == expected
    assert life.counts["announced"] > 200
    assert date(2030, 1, 1) < clock.now().date()
    with capsys.disabled():
        counts = dict(sorted(life.counts.items()))
        print(f"\nfive years of series: {counts}, told {len(told)}")  # noqa: T201  # the counts are the point
