"""What ought to arrive, worked out by another way than the bot's: for `test_reminder_years`.

It keeps everything that ever happened, and afterwards asks of each moment of each date who should
have heard. It shares no code with `bot.reminders`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
FOREVER = datetime(2100, 1, 1, tzinfo=UTC)
DAY, HOUR = 24 * 60, 60
TIMES = (14 * DAY, 7 * DAY, 3 * DAY, DAY, 3 * HOUR, HOUR, 15)
SOON = timedelta(minutes=2)
"""How late anything may be when nothing is in the way: messages go one after another."""
RETRY = timedelta(minutes=31)
"""The longest wait between two tries when Discord does not answer."""


class Past(Generic[T]):
    """What was so, and since when."""

    def __init__(self, first: T) -> None:
        self._since = [datetime(2000, 1, 1, tzinfo=UTC)]
        self._values = [first]

    def become(self, value: T, at: datetime) -> None:
        self._since.append(at)
        self._values.append(value)

    def at(self, instant: datetime) -> T:
        return self._values[bisect_right(self._since, instant) - 1]

    def changes_between(self, start: datetime, end: datetime) -> bool:
        return any(start <= each <= end for each in self._since[1:])


@dataclass
class Person:
    is_on: Past[bool] = field(default_factory=lambda: Past(False))
    times: Past[tuple[int, ...] | None] = field(default_factory=lambda: Past(None))
    hours: Past[tuple[int, int]] = field(default_factory=lambda: Past((8, 21)))
    zone: Past[str | None] = field(default_factory=lambda: Past(None))
    paused_until: Past[datetime] = field(
        default_factory=lambda: Past(datetime(2000, 1, 1, tzinfo=UTC))
    )

    def pasts(self) -> list[Past[Any]]:
        return [self.is_on, self.times, self.hours, self.zone, self.paused_until]


@dataclass
class Network:
    zone: str
    channel: Past[tuple[int, ...]] = field(default_factory=lambda: Past((7 * DAY, DAY)))
    direct: Past[tuple[int, ...]] = field(default_factory=lambda: Past((DAY, HOUR)))
    people: dict[int, Person] = field(default_factory=lambda: defaultdict(Person))


@dataclass
class Dated:
    """One of the dates that a conversation had."""

    number: int
    starts_at: datetime
    since: datetime
    until: datetime = FOREVER


@dataclass
class Conversation:
    network: Network
    dates: list[Dated]
    minutes: int = 90
    channel: Past[tuple[int, ...] | None] = field(default_factory=lambda: Past(None))
    direct: Past[tuple[int, ...] | None] = field(default_factory=lambda: Past(None))
    states: dict[int, Past[str]] = field(default_factory=lambda: defaultdict(lambda: Past("")))
    of_one: dict[int, Past[bool | None]] = field(
        default_factory=lambda: defaultdict(lambda: Past(None))
    )

    @property
    def date(self) -> Dated:
        return self.dates[-1]


@dataclass(frozen=True)
class Moment:
    kind: str
    minutes: int
    at: datetime
    until: datetime


@dataclass(frozen=True)
class Due:
    """Somebody (0: everybody) ought to hear, not before *first* and not after *last*."""

    member: int
    conversation_id: int
    date: int
    kind: str
    minutes: int
    first: datetime
    last: datetime
    is_certain: bool  # nothing happened meanwhile that may have changed it
    is_late: bool

    @property
    def key(self) -> tuple[int, int, int, str, int]:
        return self.member, self.conversation_id, self.date, self.kind, self.minutes


@dataclass
class History:
    conversations: dict[int, Conversation] = field(default_factory=dict)
    bot_down: list[tuple[datetime, datetime]] = field(default_factory=list)
    discord_down: list[tuple[datetime, datetime]] = field(default_factory=list)

    def dues(self) -> Iterator[Due]:
        for conversation_id, conversation in self.conversations.items():
            for date in conversation.dates:
                yield from self._of_date(conversation_id, conversation, date)

    def _of_date(self, id_: int, of: Conversation, date: Dated) -> Iterator[Due]:
        by_look: dict[datetime, list[Moment]] = defaultdict(list)
        for moment in moments(date.starts_at, of.minutes, ZoneInfo(of.network.zone)):
            looked_at = _after(moment.at, self.bot_down)
            if date.since < moment.at and looked_at < min(moment.until, date.until):
                by_look[looked_at].append(moment)
        looks = sorted(by_look)
        for number, look in enumerate(looks):
            later = looks[number + 1 :]
            yield from self._posted(id_, of, date, look, by_look, later)
            for member in list(of.states):
                yield from self._written(id_, of, date, member, look, by_look, later)

    def _posted(
        self,
        id_: int,
        of: Conversation,
        date: Dated,
        look: datetime,
        by_look: dict[datetime, list[Moment]],
        later: list[datetime],
    ) -> Iterator[Due]:
        def found_at(instant: datetime) -> list[Moment]:
            own = of.channel.at(instant)
            times = of.network.channel.at(instant) if own is None else own
            return [m for m in by_look[instant] if m.kind == "remind" and m.minutes in times]

        found = found_at(look)
        if not found:
            return
        moment = max(found, key=lambda each: each.at)
        first = _after(look, self.discord_down)
        last = first + (SOON if first == look else RETRY)
        next_one = next((each for each in later if found_at(each)), FOREVER)
        yield Due(
            member=0,
            conversation_id=id_,
            date=date.number,
            kind="channel",
            minutes=moment.minutes,
            first=first,
            last=last,
            is_certain=last < min(moment.until, date.until, next_one) and self._quiet(look, last),
            is_late=first > moment.at,
        )

    def _written(
        self,
        id_: int,
        of: Conversation,
        date: Dated,
        member: int,
        look: datetime,
        by_look: dict[datetime, list[Moment]],
        later: list[datetime],
    ) -> Iterator[Due]:
        person = of.network.people[member]

        def found_at(instant: datetime) -> list[Moment]:
            if not wants(of, person, member, instant):
                return []
            times = person.times.at(instant)
            if times is None:
                own = of.direct.at(instant)
                times = of.network.direct.at(instant) if own is None else own
            return [m for m in by_look[instant] if m.kind != "remind" or m.minutes in times]

        found = found_at(look)
        if not found:
            return
        moment = max(found, key=lambda each: each.at)
        held = opens(of.network, person, look)
        if held >= moment.until:
            return
        clear = _after(_after(held, self.discord_down), self.bot_down)
        first = opens(of.network, person, clear)
        is_prompt = first == held
        last = first + SOON if is_prompt else opens(of.network, person, first + RETRY) + RETRY
        next_one = next((each for each in later if found_at(each)), FOREVER)
        watched = [*person.pasts(), of.states[member], of.of_one[member]]
        ends = min(moment.until, date.until, next_one)
        is_certain = (
            last < ends
            and not any(past.changes_between(look, last) for past in watched)
            and not look <= person.paused_until.at(look) <= last
            and self._quiet(first, last)
        )
        yield Due(
            member=member,
            conversation_id=id_,
            date=date.number,
            kind=moment.kind,
            minutes=moment.minutes,
            first=first,
            last=last,
            is_certain=is_certain,
            is_late=clear > moment.at and clear > held,
        )

    def _quiet(self, start: datetime, end: datetime) -> bool:
        """Whether no trouble begins between the two."""
        downs = [*self.bot_down, *self.discord_down]
        return not any(start < began <= end for began, _ in downs)


def wants(of: Conversation, person: Person, member: int, instant: datetime) -> bool:
    """Whether somebody may be written to about a conversation, as things stand at *instant*."""
    own = of.of_one[member].at(instant)
    return (
        of.states[member].at(instant) == "going"
        and (person.is_on.at(instant) if own is None else own)
        and person.paused_until.at(instant) <= instant
    )


def moments(starts_at: datetime, minutes: int, zone: ZoneInfo) -> list[Moment]:
    found = [Moment("remind", each, _before(starts_at, each, zone), starts_at) for each in TIMES]
    asked_until = starts_at - timedelta(hours=6)
    found.append(Moment("ask", 2 * DAY, _before(starts_at, 2 * DAY, zone), asked_until))
    ends = starts_at + timedelta(minutes=minutes)
    day = ends.astimezone(zone).date()
    mornings = (
        datetime.combine(day + timedelta(days=n), time(10)).replace(tzinfo=zone).astimezone(UTC)
        for n in range(3)
    )
    thanked = next(each for each in mornings if each - ends >= timedelta(hours=8))
    found.append(Moment("thank", 0, thanked, thanked + timedelta(days=3)))
    return found


def _before(starts_at: datetime, minutes: int, zone: ZoneInfo) -> datetime:
    if minutes % DAY:
        return starts_at - timedelta(minutes=minutes)
    local = starts_at.astimezone(zone)  # arithmetic on a local time is done on the wall
    return (local - timedelta(minutes=minutes)).astimezone(UTC)


def opens(network: Network, person: Person, instant: datetime) -> datetime:
    """*instant*, or the next time on the half hour at which the person may be written to."""
    from_hour, until_hour = person.hours.at(instant)
    zone = ZoneInfo(person.zone.at(instant) or network.zone)
    if from_hour == until_hour:
        return instant
    hours = {(from_hour + n) % 24 for n in range((until_hour - from_hour) % 24)}
    while instant.astimezone(zone).hour not in hours:
        begun = instant.replace(minute=instant.minute // 30 * 30, second=0)
        instant = begun + timedelta(minutes=30)
    return instant


def _after(instant: datetime, downs: list[tuple[datetime, datetime]]) -> datetime:
    """*instant*, or when the trouble ends that it falls into."""
    return next((end for began, end in downs if began <= instant < end), instant)
