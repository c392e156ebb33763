"""Five years of two networks' lives, in seconds: everybody heard, once, at the right time."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import TH, TU, relativedelta

from bot.app import services
from bot.errors import Closed, Invalid, NotFound, Unavailable
from bot.ids import ConversationId, MemberId, NetworkId
from bot.network.model import ReminderWay
from bot.notices.model import Delivery, Notice, NoticeKind
from bot.people import Person as Asking
from bot.reminders.model import Hours, date_and_minutes
from bot.storage.database import Database
from tests import reminder_years as past
from tests.conftest import AWAY, HOME, FakeClock
from tests.fakes import RemindingMessenger, details, live_until
from tests.reminder_years import TIMES, History

BEGIN, END = datetime(2026, 1, 1, 12, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ZONES = {HOME: "Europe/London", AWAY: "America/New_York"}
PEOPLE = range(1, 9)
KINDS = {
    NoticeKind.CHANNEL_REMINDER: "channel",
    NoticeKind.REMINDER: "remind",
    NoticeKind.STILL_COMING: "ask",
    NoticeKind.AFTERWARDS: "thank",
}


class Postbox(RemindingMessenger):
    """Looks over the bot's shoulder: may this be said to this person just now?"""

    def __init__(self, life: "Life") -> None:
        super().__init__(life.parts)
        self.life = life
        self.refused = 0

    async def send(self, notice: Notice) -> Delivery:
        if self.life.discord_is_down:
            self.refused += 1
            raise Unavailable
        delivery = await super().send(notice)
        if delivery is Delivery.SENT and notice.kind in KINDS:
            try:
                self.life.check(notice)
            except AssertionError as error:  # else the bot would take it for a mistake of its own
                self.life.wrongs.append((notice, error))
        return delivery


class Life:
    def __init__(self, db: Database, clock: FakeClock, seed: int) -> None:
        self.db = db
        self.clock = clock
        self.chance = random.Random(seed)  # noqa: S311
        self.parts = services(db, clock)
        self.history = History()
        self.networks = {id_: past.Network(zone) for id_, zone in ZONES.items()}
        self.post = Postbox(self)
        self.did: Counter[str] = Counter()
        self.discord_is_down = False
        self.wrongs: list[tuple[Notice, AssertionError]] = []
        self.months: set[tuple[int, int, int]] = set()

    @property
    def now(self) -> datetime:
        return self.clock.now()

    def check(self, notice: Notice) -> None:
        """None to somebody who said no, left, paused, or sleeps; none that is out of date."""
        of = self.history.conversations[notice.conversation_id]
        number, minutes = date_and_minutes(notice.occurrence)
        assert number == of.date.number
        assert of.date.until > self.now
        kind = KINDS[notice.kind]
        named = "remind" if kind == "channel" else kind
        zone = ZoneInfo(of.network.zone)
        (moment,) = [
            each
            for each in past.moments(of.date.starts_at, of.minutes, zone)
            if (each.kind, each.minutes) == (named, minutes)
        ]
        assert moment.at <= self.now < moment.until
        if notice.member_id:
            person = of.network.people[notice.member_id]
            assert past.wants(of, person, notice.member_id, self.now)
            assert past.opens(of.network, person, self.now) == self.now

    async def live(self) -> None:
        for start, end, trouble in self.weather():
            await self.quiet_time(until=start)
            self.did[trouble] += 1
            if trouble == "the bot was down":
                self.history.bot_down.append((start, end))
                self.clock.set(end)
                self.restart()
            else:
                self.history.discord_down.append((start, end))
                self.discord_is_down = True
                await live_until(end - timedelta(seconds=1), self.parts, self.clock, self.post)
                self.discord_is_down = False
        await self.quiet_time(until=END)

    def weather(self) -> list[tuple[datetime, datetime, str]]:
        """Two days of trouble every few weeks."""
        found: list[tuple[datetime, datetime, str]] = []
        start = BEGIN + timedelta(days=20)
        while start < END - timedelta(days=10):
            trouble = self.chance.choice(["the bot was down", "Discord was down"])
            span = timedelta(seconds=self.chance.randrange(60, 2 * 24 * 3600))
            found.append((start, start + span, trouble))
            start += span + timedelta(seconds=self.chance.randrange(3 * 86400, 30 * 86400))
        return found

    async def quiet_time(self, until: datetime) -> None:
        """The bot and Discord are up, and people do what they do."""
        while True:
            due = self.now + timedelta(seconds=self.chance.randrange(3600, 20 * 3600))
            if due >= until:
                break
            await live_until(due, self.parts, self.clock, self.post)
            await self.plan_ahead()
            await self.something()
        await live_until(until, self.parts, self.clock, self.post)

    def restart(self) -> None:
        self.parts = self.post.parts = services(self.db, self.clock)

    async def plan_ahead(self) -> None:
        """Each network's conversation of the next month, in the morning, afternoon or evening."""
        for network_id, network in self.networks.items():
            zone = ZoneInfo(network.zone)
            month = self.now.astimezone(zone) + relativedelta(months=1)
            if (network_id, month.month, month.year) in self.months:
                continue
            self.months.add((network_id, month.month, month.year))
            on, hour = self.chance.choice([(TH(1), 14), (TU(2), 18), (TH(-1), 8)])
            wall = month.replace(tzinfo=None, hour=hour, minute=30, second=0)
            starts_at = (wall + relativedelta(day=1, weekday=on)).replace(tzinfo=zone)
            if on.n < 0:
                starts_at = (wall + relativedelta(day=31, weekday=on)).replace(tzinfo=zone)
            by = organiser(network_id)
            when = f"<t:{int(starts_at.timestamp())}:F>"
            draft = await self.parts.planning.draft(details(), when, by=by)
            await self.parts.planning.plan(draft.id, by=by)
            date = past.Dated(0, starts_at.astimezone(UTC), since=self.now)
            self.history.conversations[draft.id] = past.Conversation(network, [date])
            self.did["planned"] += 1

    async def something(self) -> None:
        ahead = [
            (ConversationId(id_), of)
            for id_, of in self.history.conversations.items()
            if of.date.starts_at > self.now and of.date.until > self.now
        ]
        if not ahead:
            return
        id_, of = self.chance.choice(ahead)
        network_id = next(each for each, network in self.networks.items() if network is of.network)
        member = MemberId(self.chance.choice(PEOPLE))
        does = self.chance.choices(
            [self.answer, self.wish, self.pause, self.of_one, self.times, self.move, self.cancel],
            weights=[50, 20, 6, 8, 4, 3, 1],
        )[0]
        try:
            await does(id_, of, network_id, member)
        except (Closed, NotFound, Invalid):
            self.did["was refused"] += 1
        if self.chance.random() < 0.05:
            self.did["restarted"] += 1
            self.restart()

    async def answer(
        self, id_: ConversationId, of: past.Conversation, network_id: NetworkId, member: MemberId
    ) -> None:
        says = self.chance.choices(["going", "maybe", "not_coming"], weights=[8, 1, 2])[0]
        sign_ups = self.parts.sign_ups
        give = {"going": sign_ups.sign_up, "maybe": sign_ups.maybe, "not_coming": sign_ups.leave}
        await give[says](id_, network_id, member)
        if of.states[member].at(self.now) != says:
            of.states[member].become(says, self.now)
        self.did[f"said {says}"] += 1

    async def wish(
        self, id_: ConversationId, of: past.Conversation, network_id: NetworkId, member: MemberId
    ) -> None:
        person, wishes = of.network.people[member], self.parts.reminder_wishes
        match self.chance.choice(["on", "on", "on", "off", "times", "times", "hours"]):
            case "on":
                await wishes.ask_for(network_id, member)
                person.is_on.become(True, self.now)
            case "off":
                await wishes.stop(network_id, member)
                person.is_on.become(False, self.now)
                for each in self.history.conversations.values():
                    if each.network is of.network and each.of_one[member].at(self.now):
                        each.of_one[member].become(None, self.now)
            case "times":
                times = self.chance.choice([None, tuple(self.chance.sample(TIMES, 3))])
                await wishes.choose_times(network_id, member, times)
                person.times.become(times, self.now)
            case _:
                hours = self.chance.choice([(8, 21), (0, 0), (10, 16), (20, 2)])
                zone = self.chance.choice([None, "Asia/Kolkata", "Europe/London"])
                await wishes.choose_hours(
                    network_id, member, Hours(from_hour=hours[0], until_hour=hours[1]), zone or ""
                )
                person.hours.become(hours, self.now)
                person.zone.become(zone, self.now)
        self.did["changed their wishes"] += 1

    async def pause(
        self, id_: ConversationId, of: past.Conversation, network_id: NetworkId, member: MemberId
    ) -> None:
        person, wishes = of.network.people[member], self.parts.reminder_wishes
        if person.paused_until.at(self.now) > self.now:
            await wishes.go_on(network_id, member)
            until = self.now
        else:
            until = await wishes.pause(network_id, member, f"{self.chance.randint(2, 60)} days")
        person.paused_until.become(until, self.now)
        self.did["paused or went on"] += 1

    async def of_one(
        self, id_: ConversationId, of: past.Conversation, network_id: NetworkId, member: MemberId
    ) -> None:
        wanted = self.chance.choice([True, False])
        await self.parts.reminder_wishes.choose_for_one(id_, network_id, member, is_wanted=wanted)
        of.of_one[member].become(wanted, self.now)
        self.did["chose for one"] += 1

    async def times(
        self, id_: ConversationId, of: past.Conversation, network_id: NetworkId, member: MemberId
    ) -> None:
        chosen = {
            ReminderWay.CHANNEL: tuple(self.chance.sample(TIMES, self.chance.randint(0, 3))),
            ReminderWay.DIRECT: tuple(self.chance.sample(TIMES, self.chance.randint(1, 3))),
        }
        by = organiser(network_id)
        if self.chance.random() < 0.5:
            await self.parts.networks.choose_reminders(chosen, by=by)
            kept: past.Conversation | past.Network = of.network
        else:
            await self.parts.reminder_truth.choose_times(id_, chosen, by=by)
            kept = of
        kept.channel.become(chosen[ReminderWay.CHANNEL], self.now)
        kept.direct.become(chosen[ReminderWay.DIRECT], self.now)
        self.did["other times"] += 1

    async def move(
        self, id_: ConversationId, of: past.Conversation, network_id: NetworkId, member: MemberId
    ) -> None:
        to = of.date.starts_at + timedelta(hours=self.chance.randrange(-72, 240))
        by = organiser(network_id)
        proposed = await self.parts.changing.propose_move(
            id_, f"<t:{int(to.timestamp())}:F>", by=by
        )
        await self.parts.changing.move(proposed.id, by=by)
        of.date.until = self.now
        of.dates.append(past.Dated(of.date.number + 1, to, since=self.now))
        self.did["moved"] += 1

    async def cancel(
        self, id_: ConversationId, of: past.Conversation, network_id: NetworkId, member: MemberId
    ) -> None:
        await self.parts.changing.cancel(id_, "It rains.", by=organiser(network_id))
        of.date.until = self.now
        self.did["cancelled"] += 1


def organiser(network_id: NetworkId) -> Asking:
    return Asking(
        network_id=network_id,
        member_id=MemberId(90),
        is_organiser=True,
        manages_network=True,
    )


async def set_up(life: Life) -> None:
    for network_id in ZONES:
        await life.parts.networks.choose_time_zone(ZONES[network_id], by=organiser(network_id))
        for member in PEOPLE[:6]:
            await life.parts.reminder_wishes.ask_for(network_id, MemberId(member))
            life.networks[network_id].people[member].is_on.become(True, life.now)


@pytest.mark.parametrize("seed", [1, 2])
async def test_five_years(db: Database, seed: int) -> None:
    # Nothing crashes here but our own services, so the disk need not be waited for.
    await db._writer.execute_fetchall("PRAGMA synchronous = OFF")
    life = Life(db, FakeClock(BEGIN), seed)
    await set_up(life)
    await life.live()

    arrived: dict[tuple[int, int, int, str, int], list[datetime]] = {}
    for at, notice in life.post.log:
        if kind := KINDS.get(notice.kind):
            number, minutes = date_and_minutes(notice.occurrence)
            key = (notice.member_id, notice.conversation_id, number, kind, minutes)
            arrived.setdefault(key, []).append(at)
    dues = {due.key: due for due in life.history.dues()}
    certain = [due for due in dues.values() if due.is_certain and due.last < END]
    late = [due for due in certain if due.is_late]
    rows = await db.all(
        """
        SELECT left_out_because AS because, count(*) AS moments FROM reminder_dealt
        WHERE left_out_because IS NOT NULL
        GROUP BY 1
        UNION ALL
        SELECT dropped_because, count(*) FROM notice
        WHERE lane <> 1 AND state = 'dropped'
        GROUP BY 1
        """
    )
    dropped = {row["because"]: row["moments"] for row in rows}
    print(  # noqa: T201
        f"\n{len(arrived):,} reminders arrived; {len(certain):,} were owed beyond doubt, "
        f"{len(late):,} of them late; {len(dues) - len(certain):,} depended on what happened "
        f"meanwhile.\nLeft out: {dropped}.\nWhat happened: {dict(life.did)}; "
        f"Discord refused {life.post.refused:,}."
    )

    assert life.wrongs == []
    assert [key for key, times in arrived.items() if len(times) > 1] == []
    assert [key for key in arrived if key not in dues] == []
    assert [due for due in certain if due.key not in arrived] == []
    wrong = [
        (due, at) for due in certain for at in arrived[due.key] if not due.first <= at <= due.last
    ]
    assert wrong == []
    # It was a life worth the name.
    assert len(certain) > 1000
    assert len(late) > 10
    for what in ("moved", "cancelled", "restarted", "the bot was down", "Discord was down"):
        assert life.did[what] >= 5, what
    _clocks_changed(life)


def _clocks_changed(life: Life) -> None:
    """In each zone, reminders a week before fell on either side of every clock change."""
    for network_id, name in ZONES.items():
        zone = ZoneInfo(name)
        times = sorted(at for at, notice in life.post.log if notice.network_id == network_id)
        offsets = [at.astimezone(zone).utcoffset() for at in times]
        assert sum(one != two for one, two in pairwise(offsets)) >= 10
