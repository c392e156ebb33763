"""Owing notices, and delivering what is due.

Delivery is at least once and made to look like once: claim with a lease, send with a nonce
that never changes, settle. A crash between two of these steps leaves a row that is due again
when the lease ends, and Discord (or our own button in the message history) tells us that it
has been there before.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.bell import Bell
from bot.clock import Clock
from bot.errors import NotFound, Unavailable
from bot.ids import ConversationId, MemberId, NetworkId, NoticeId
from bot.notices import store
from bot.notices.model import (
    LEASE,
    Delivery,
    Messenger,
    Notice,
    NoticeKind,
    NoticeState,
    SendingTooFast,
)
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

AT_ONCE = 10
"""How many notices one round sends, before people pressing buttons get their turn."""

PACE = timedelta(seconds=1)
"""The least time for each message to a person: Discord takes a bot that is faster for spam."""

PAUSE = timedelta(minutes=10)
"""How long nothing is sent after Discord has said "too fast"."""


class Notices:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._delivering = asyncio.Lock()
        self._not_before: datetime | None = None
        self.owed: Bell[None] = Bell()
        """Rung when something has become owed: the next due time may be sooner than it was."""

    async def owe(
        self,
        tx: Transaction,
        kind: NoticeKind,
        *,
        network_id: NetworkId,
        conversation_id: ConversationId,
        people: Sequence[tuple[MemberId, int]],
        due_at: datetime,
    ) -> None:
        """Owe a notice to each (person, occurrence), in the transaction that causes it."""
        await store.add(tx, kind, network_id, conversation_id, people, due_at)
        tx.after_commit(lambda: self.owed.ring(None))

    async def drop(
        self, tx: Transaction, conversation_id: ConversationId, member_id: MemberId, because: str
    ) -> None:
        """Stop owing this person what is about a place of their own in this conversation."""
        await store.drop_owed(tx, conversation_id, member_id, self._clock.now(), because)

    async def drop_all(
        self,
        tx: Transaction,
        conversation_id: ConversationId,
        because: str,
        *,
        kind: NoticeKind | None = None,
    ) -> None:
        """Stop owing anybody anything (of this *kind*, if given) about this conversation."""
        await store.drop_all_owed(tx, conversation_id, kind, self._clock.now(), because)

    async def next_due(self) -> datetime | None:
        """When `deliver_due` has something to do, or None when nothing is owed."""
        due = await store.next_try(self._db)
        if due is None or self._not_before is None:
            return due
        return max(due, self._not_before)

    async def deliver_due(self, messenger: Messenger) -> int:
        """Send what is due, a round at most, and say how many. Call it as often as you like."""
        async with self._delivering:
            now = self._clock.now()
            if self._not_before is not None and now < self._not_before:
                return 0
            sent = 0
            for _ in range(AT_ONCE):
                notice = await self._claim()
                if notice is None:
                    break
                try:
                    sent += await self._deliver(notice, messenger)
                except SendingTooFast:
                    log.error("Writing to people too fast: pausing for %s", PAUSE)  # noqa: TRY400
                    self._not_before = self._clock.now() + PAUSE
                    return sent
            self._not_before = now + PACE * sent
            return sent

    async def of_member(self, notice_id: NoticeId, member_id: MemberId) -> Notice:
        """The notice behind a button, for the person it was written to and nobody else.

        Raises:
            NotFound: there is none, or it was somebody else's.
        """
        notice = await store.find(self._db, notice_id)
        if notice is None or notice.member_id != member_id:
            raise NotFound("I can't find what that button was for. It may be too old.")
        return notice

    async def tell_missed(self, network_id: NetworkId, member_id: MemberId) -> Sequence[Notice]:
        """What could not be sent because their messages are closed, for them to be told now.

        Each notice is handed out once. Costs one read when there is nothing.
        """
        if not await store.has_missed(self._db, network_id, member_id):
            return ()
        async with self._db.write() as tx:
            return await store.tell_missed(tx, network_id, member_id, self._clock.now())

    async def messages_are_open(self, network_id: NetworkId, member_id: MemberId) -> None:
        """Write to this person again: they say that they have opened their messages."""
        async with self._db.write() as tx:
            await store.forget_closed(tx, network_id, member_id)

    async def count_closed(self, network_id: NetworkId) -> int:
        """How many people of the network cannot be written to."""
        return await store.count_closed(self._db, network_id)

    async def _claim(self) -> Notice | None:
        now = self._clock.now()
        async with self._db.write() as tx:
            return await store.claim_next(tx, now, until=now + LEASE)

    async def _deliver(self, notice: Notice, messenger: Messenger) -> int:
        """1 when a message went out, 0 when none did."""
        try:
            is_closed = await store.is_closed(self._db, notice.network_id, notice.member_id)
            # One that may be there already is looked for first: what they have been told in
            # private they need not be told again.
            if is_closed and not notice.may_have_been_sent:
                delivery = Delivery.MESSAGES_CLOSED
            else:
                delivery = await messenger.send(notice)
        except Unavailable as error:
            log.warning("Notice %d could not be sent yet: %r", notice.id, error.__cause__ or error)
            await self._postpone(notice)
            if isinstance(error, SendingTooFast):
                raise
            return 0
        except Exception:
            # Nobody is waiting behind this door, and one bad row must not block the rest.
            log.exception("Notice %d could not be sent, by our own mistake", notice.id)
            await self._postpone(notice)
            return 0
        await self._settle(notice, delivery)
        return int(delivery is Delivery.SENT)

    async def _postpone(self, notice: Notice) -> None:
        async with self._db.write() as tx:
            await store.postpone(tx, notice.id, self._clock.now() + notice.retry_after())

    async def _settle(self, notice: Notice, delivery: Delivery) -> None:
        state, because = _ENDINGS[delivery]
        now = self._clock.now()
        async with self._db.write() as tx:
            if delivery is Delivery.MESSAGES_CLOSED:
                await store.remember_closed(tx, notice.network_id, notice.member_id, now)
            await store.settle(tx, notice.id, state, now, because)
        log.info("Notice %d (%s): %s", notice.id, notice.kind, because or state)


_ENDINGS = {
    Delivery.SENT: (NoticeState.SENT, None),
    Delivery.MESSAGES_CLOSED: (NoticeState.MISSED, None),
    Delivery.HAS_LEFT: (NoticeState.DROPPED, "they have left the server"),
    Delivery.NO_LONGER_TRUE: (NoticeState.DROPPED, "it was no longer true"),
}
