"""What a series does to the conversations it makes, each inside a transaction of the series."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import Conversation, Details, More, SignUpState
from bot.conversations.store import conversation as conversations
from bot.conversations.store import occurrence as store
from bot.ids import ConversationId, MemberId, NetworkId, SeriesId
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.storage.database import Database, Queries, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ToMake:
    """A conversation that a rule wants."""

    on: date
    starts_at: datetime
    announce_at: datetime
    details: Details
    more: More


class Occurrences:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        notices: Notices,
        changed: Bell[ConversationId],
        timetable_changed: Bell[None],
    ) -> None:
        self._db = db
        self._clock = clock
        self._notices = notices
        self._changed = changed
        self._timetable_changed = timetable_changed

    async def of(self, db: Queries, series_id: SeriesId, *, since: date) -> list[Conversation]:
        """Those still to start, or for a date of the rule *since* then; also cancelled ones."""
        return await store.of_series(db, series_id, since=since, now=self._clock.now())

    async def get(
        self, db: Queries, conversation_id: ConversationId, network_id: NetworkId
    ) -> Conversation:
        """One that may still be changed.

        Raises:
            NotFound: there is none here.
            Closed: it has started, or is cancelled.
        """
        conversation = await conversations.get_planned(db, conversation_id, network_id)
        conversation.must_be_open(self._clock.now())
        return conversation

    async def make(
        self,
        tx: Transaction,
        network_id: NetworkId,
        series_id: SeriesId,
        wanted: Sequence[ToMake],
        *,
        drafted_by: MemberId,
    ) -> None:
        """Make what is not there yet. Nobody hears of it before it is announced."""
        for each in wanted:
            await store.add(
                tx,
                network_id,
                series_id,
                each.on,
                each.details,
                each.more,
                starts_at=each.starts_at,
                announce_at=each.announce_at,
                drafted_by=drafted_by,
                now=self._clock.now(),
            )
        tx.after_commit(partial(self._timetable_changed.ring, None))

    async def drop(self, tx: Transaction, conversation: Conversation) -> None:
        """Take away one that nobody has answered. Its date of the rule is free again."""
        conversation.must_have_no_answers()
        await store.drop(tx, conversation.id)
        self.redraw(tx, conversation)

    async def at_dates(
        self,
        tx: Transaction,
        series_id: SeriesId,
        dates: Sequence[tuple[ConversationId, date | None]],
    ) -> None:
        """Say for which dates of the rule these are from now on, wherever they start."""
        await store.at_dates(tx, series_id, dates)

    async def announce_on(
        self, tx: Transaction, conversation: Conversation, announce_at: datetime
    ) -> None:
        """Another time for one that is still to be announced."""
        if not conversation.is_announced:
            await store.save_announcement(tx, conversation.id, announce_at)
            tx.after_commit(partial(self._timetable_changed.ring, None))

    async def next_announcement(self) -> datetime | None:
        return await store.next_announcement(self._db)

    async def to_announce(self, db: Queries) -> Conversation | None:
        """One that members should have heard of by now."""
        return await store.to_announce(db, self._clock.now())

    async def announce(
        self, tx: Transaction, conversation: Conversation, standing: Sequence[MemberId]
    ) -> int:
        """Let members know of it. Those *standing* are signed up first, in their order, and told.

        Returns how many were.
        """
        answered = await store.answered(tx, conversation.id)
        newcomers = [member_id for member_id in standing if member_id not in answered]
        states = conversation.states_for_newcomers(len(newcomers))
        first = await store.last_number(tx, conversation.id) + 1
        answers = [
            (member_id, state, number)
            for number, (member_id, state) in enumerate(
                zip(newcomers, states, strict=True), start=first
            )
        ]
        now = self._clock.now()
        await store.add_answers(tx, conversation.id, answers, now)
        await self._notices.owe(
            tx,
            NoticeKind.SIGNED_UP,
            network_id=conversation.network_id,
            about=conversation.id,
            people=[(member_id, number) for member_id, _, number in answers],
            due_at=now,
        )
        await store.save_announcement(tx, conversation.id, None)
        self.redraw(tx, conversation)
        return len(answers)

    async def sign_up(
        self, tx: Transaction, conversation: Conversation, member_id: MemberId
    ) -> SignUpState | None:
        """As if they had pressed; None when they have answered already, or it takes nobody."""
        now = self._clock.now()
        closes_at = conversation.more.closes_at
        if not conversation.is_ahead(now) or (closes_at is not None and now >= closes_at):
            return None
        if member_id in await store.answered(tx, conversation.id, member_id):
            return None
        state = conversation.state_for_newcomer()
        number = await store.last_number(tx, conversation.id) + 1
        await store.add_answers(tx, conversation.id, [(member_id, state, number)], now)
        self.redraw(tx, conversation)
        return state

    def redraw(self, tx: Transaction, conversation: Conversation) -> None:
        """After the commit its card, if it has one, is drawn anew."""
        tx.after_commit(partial(self._changed.ring, conversation.id))
        tx.after_commit(partial(self._timetable_changed.ring, None))
