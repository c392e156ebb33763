"""Another rule for a series: read back first, then made, with what becomes of each conversation."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import takewhile

from bot.clock import spoken_day
from bot.conversations.model import Conversation, Told
from bot.errors import Invalid
from bot.ids import ConversationId, MoveId, ProposedRuleId, SeriesId
from bot.people import Person
from bot.series.model import ProposedRule, Reshaped, Rule, Series, Which, announce_weeks, not_found
from bot.series.service.making import Making
from bot.series.service.matching import LONGEST_STEP, Matching, slots
from bot.series.service.means import Means
from bot.series.service.starting import Starting
from bot.series.store import proposed
from bot.series.store import series as store
from bot.storage.database import Transaction
from bot.typed_date import read_time

_TO_DO = "change a series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be another way, as typed or chosen. What is None or empty stays."""

    which: Which | None = None
    weekday: int | None = None
    at: str = ""
    until: str = ""  # "never": it is to have no end
    count: int | None = None
    announce_weeks: int | None = None

    @property
    def is_empty(self) -> bool:
        return self == Wish()


@dataclass(slots=True)
class _Outcome:
    changed: list[Conversation] = field(default_factory=list[Conversation])
    edited: list[Conversation] = field(default_factory=list[Conversation])
    answered: list[Conversation] = field(default_factory=list[Conversation])
    removed: int = 0
    told: list[Told] = field(default_factory=list[Told])


class Reshaping:
    def __init__(self, means: Means, making: Making, starting: Starting) -> None:
        self._means = means
        self._making = making
        self._starting = starting

    async def propose(self, series_id: SeriesId, wish: Wish, *, by: Person) -> ProposedRule:
        """Keep another rule for all that is ahead, for its organiser to read back.

        Raises:
            Invalid: it has no date, or one that is not on the clock; the sentence says which.
        """
        by.must_be_organiser(_TO_DO)
        wall_now = await self._means.wall_now(by.network_id)
        at = read_time(wish.at) if wish.at.strip() else None
        until, count = await self._starting.read_end(wish.until, wish.count, by.network_id)
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, series_id, by.network_id)
            series.must_go_on()
            rule = series.rule.changed(
                since=wall_now, which=wish.which, weekday=wish.weekday, at=at
            )
            if wish.until.strip() or wish.count is not None:
                rule = replace(rule, until=until, count=count)
            weeks = series.announce_weeks
            if wish.announce_weeks is not None:
                weeks = announce_weeks(wish.announce_weeks)
            return await self._keep(tx, series, rule, since=wall_now.date(), weeks=weeks)

    async def propose_from_move(self, move_id: MoveId, *, by: Person) -> ProposedRule:
        """The rule by which a conversation and all after it would follow a move that was read."""
        move = await self._means.changing.read_back(move_id, by=by)
        conversation, occurrence = move.conversation, move.conversation.occurrence
        if occurrence is None or occurrence.date is None:
            raise not_found()
        zone = await self._means.zone(by.network_id)
        first = move.to_start_at.astimezone(zone).replace(tzinfo=None)
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, occurrence.series_id, by.network_id)
            series.must_go_on()
            since = datetime.combine(occurrence.date, series.rule.at)
            _must_keep_their_order(series.rule, since, first)
            which = Which.on(first.date(), like=series.rule.which)
            rule = Rule(which=which, weekday=first.weekday(), first=first)
            return await self._keep(
                tx,
                series,
                rule.with_end_of(series.rule, since=since),
                since=occurrence.date,
                weeks=series.announce_weeks,
                conversation_id=conversation.id,
            )

    async def change(self, proposed_id: ProposedRuleId, *, by: Person) -> Reshaped:
        """Make the change as read back.

        Conversations that nobody edited move to the date that stands for theirs, and people hear
        as usual. What was edited stays; so does what people answered and the rule has no date for.

        Raises:
            Closed: somebody else changed the series meanwhile.
        """
        by.must_be_organiser(_TO_DO)
        async with self._means.db.write() as tx:
            wanted = await proposed.get(tx, proposed_id)
            wanted.series.must_be_in(by.network_id)
            wanted.series.must_go_on()
            wanted.series.must_be_as_read(wanted.version)
            await proposed.drop(tx, proposed_id)
            series = replace(wanted.series, rule=wanted.rule, announce_weeks=wanted.announce_weeks)
            await store.save(tx, series)
            outcome = await self._follow(tx, series, wanted, by)
            series = await self._making.keep(tx, series.id)
        return Reshaped(
            series=series,
            changed=outcome.changed,
            removed=outcome.removed,
            left_edited=outcome.edited,
            left_answered=outcome.answered,
            told=outcome.told,
        )

    async def leave_as_it_is(self, proposed_id: ProposedRuleId, *, by: Person) -> Series:
        """Forget a change that was read back."""
        by.must_be_organiser(_TO_DO)
        async with self._means.db.write() as tx:
            wanted = await proposed.get(tx, proposed_id)
            wanted.series.must_be_in(by.network_id)
            await proposed.drop(tx, proposed_id)
        return wanted.series

    async def _keep(
        self,
        tx: Transaction,
        series: Series,
        rule: Rule,
        *,
        since: date,
        weeks: int,
        conversation_id: ConversationId | None = None,
    ) -> ProposedRule:
        rule.must_have_dates()
        rule.must_be_on_the_clock(await self._means.zone(series.network_id))
        if (rule, weeks) == (series.rule, series.announce_weeks):
            raise Invalid("That is how this series already is, so there is nothing to change.")
        return await proposed.add(
            tx,
            series,
            rule,
            since=since,
            announce_weeks=weeks,
            conversation_id=conversation_id,
            now=self._means.clock.now(),
        )

    async def _follow(
        self, tx: Transaction, series: Series, wanted: ProposedRule, by: Person
    ) -> _Outcome:
        """Bring what was made by the old rule to the dates of the new one."""
        now = self._means.clock.now()
        zone = await self._means.zone(series.network_id)
        made = await self._means.occurrences.of(tx, series.id, since=wanted.since)
        days = {
            each.id: each.occurrence.date
            for each in made
            if each.occurrence is not None
            and each.occurrence.date is not None
            and each.occurrence.date >= wanted.since
        }
        skipped = {day for day in await store.skipped(tx, series.id) if day >= wanted.since}
        starts = slots(series.rule, zone, now=now, through=[*days.values(), *skipped])
        matching = Matching(series.rule, starts)
        new_days: dict[ConversationId, date | None] = {}
        if (meant := wanted.conversation_id) is not None and meant in days:
            new_days[meant] = matching.take_first()
        others = {day: id_ for id_, day in days.items() if id_ not in new_days}
        new_days |= {others[old]: new for old, new in matching.match(others).items()}
        outcome = _Outcome()
        for each in made:
            if each.id in new_days and each.is_ahead(now):
                day = new_days[each.id]
                to = None if day is None else starts[day]
                is_meant = each.id == wanted.conversation_id
                await self._bring(tx, series, each, to, outcome, by, is_meant=is_meant)
            self._means.occurrences.redraw(tx, each)
        await self._means.occurrences.at_dates(tx, series.id, list(new_days.items()))
        await store.unskip(tx, series.id, wanted.since)
        still_skipped = [day for day in matching.match(skipped).values() if day is not None]
        await store.skip(tx, series.id, still_skipped)
        return outcome

    async def _bring(
        self,
        tx: Transaction,
        series: Series,
        conversation: Conversation,
        to: datetime | None,
        outcome: _Outcome,
        by: Person,
        *,
        is_meant: bool,
    ) -> None:
        """One conversation to its new start. *is_meant*: it was moved by name, edited or not."""
        occurrences = self._means.occurrences
        is_edited = conversation.occurrence is not None and conversation.occurrence.is_edited
        stays_at = conversation.starts_at
        if is_edited and not is_meant:
            outcome.edited.append(conversation)
        elif to is None and conversation.is_expected:
            outcome.answered.append(conversation)
        elif to is None:
            await occurrences.drop(tx, conversation)
            outcome.removed += 1
            return
        else:
            stays_at = to
            if to != conversation.starts_at:
                outcome.told.append(await self._means.changing.move_to(tx, conversation, to, by))
                outcome.changed.append(replace(conversation, starts_at=to))
        await occurrences.announce_on(tx, conversation, series.announce_at(stays_at))


def _must_keep_their_order(rule: Rule, was: datetime, first: datetime) -> None:
    """Raises `Invalid`: the first of those to follow would come before the one that stays."""
    since = was - LONGEST_STEP
    before = list(takewhile(lambda wall: wall < was, rule.dates(since=since)))
    if before and first.date() <= before[-1].date():
        raise Invalid(
            f"The series also has a conversation on {spoken_day(before[-1])}, which stays. "
            "Please move only this one, or choose a later date."
        )
