"""Owing notices, and delivering what is due.

Delivery is at least once and made to look like once: claim with a lease, send with a nonce
that never changes, settle. A crash between two of these steps leaves a row that is due again
when the lease ends, and Discord (or our own button in the message history) tells us that it
has been there before.
"""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from datetime import datetime

from bot import tally
from bot.bell import Bell
from bot.clock import Clock
from bot.errors import NotFound, Unavailable
from bot.ids import FORGOTTEN, ConversationId, GuestId, MemberId, NetworkId, NoticeId
from bot.notices.model import (
    LEASE,
    Delivery,
    Lane,
    Messenger,
    Notice,
    NoticeKind,
    NoticeState,
    NotNow,
    SendingTooFast,
    Standing,
    Subject,
)
from bot.notices.pace import ABREAST, ASKED, AT_ONCE, PACE, PAUSE, TO_PEOPLE, Round
from bot.notices.store import closed, count, due, forgetting, instead
from bot.notices.store import notice as store
from bot.storage.database import Database, Queries, Transaction

log = logging.getLogger(__name__)


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
        about: int,
        people: Sequence[tuple[MemberId, int]],
        due_at: datetime,
    ) -> None:
        """Owe a notice to each (person, occurrence), in the transaction that causes it.

        *about* is the id of what the kind is about, and must belong to that network.
        """
        known = [each for each in people if each[0] != FORGOTTEN]
        await store.add(tx, kind, network_id, about, known, due_at)
        tx.after_commit(lambda: self.owed.ring(None))

    async def drop(
        self, tx: Transaction, conversation_id: ConversationId, member_id: MemberId, because: str
    ) -> None:
        """Stop owing this person what is about a place of their own in this conversation."""
        await store.drop_owed(tx, conversation_id, member_id, self._clock.now(), because)

    async def drop_all(
        self,
        tx: Transaction,
        about: int,
        because: str,
        *,
        of: NoticeKind | Subject = Subject.CONVERSATION,
    ) -> None:
        """Stop owing anybody anything about this, or anything of one kind.

        *about* is the id of such a thing as *of* says, or of what that kind is about.
        """
        kind = of if isinstance(of, NoticeKind) else None
        subject = of.about if isinstance(of, NoticeKind) else of
        await store.drop_all_owed(tx, subject, about, kind, self._clock.now(), because)

    async def drop_of_members(
        self,
        tx: Transaction,
        about: int,
        kinds: Sequence[NoticeKind],
        members: Sequence[MemberId],
        because: str,
    ) -> None:
        """Stop owing these people anything of these kinds, all about the same."""
        now = self._clock.now()
        await store.drop_of_members(tx, about, kinds, members, now, because)

    async def forget(self, tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
        """Owe them nothing any more, and know nothing of what they were sent."""
        await forgetting.forget(tx, network_id, member_id)

    async def forget_guest(self, tx: Transaction, guest_id: GuestId) -> None:
        await forgetting.forget_guest(tx, guest_id)

    async def doubt_due(self) -> None:
        """What is due by now may have been sent, though nothing here says so: before it is sent,
        it is looked for. For a database that was brought back from a backup."""
        async with self._db.write() as tx:
            await store.doubt_due(tx, self._clock.now())

    async def next_due(self) -> datetime | None:
        """When `deliver_due` has something to do, or None when nothing is owed."""
        lanes = await due.next_tries(self._db)
        posts = lanes.get(Lane.POSTS)
        people = min((lanes[lane] for lane in TO_PEOPLE if lane in lanes), default=None)
        if people is not None and self._not_before is not None:
            people = max(people, self._not_before)
        return min((each for each in (posts, people) if each is not None), default=None)

    async def deliver_due(self, messenger: Messenger) -> int:
        """Send what is due, a round at most, and say how many. Call it as often as you like."""
        async with self._delivering:
            # Most rounds have nothing to do, and must not hold up those who write.
            if not await self._is_any_due():
                return 0
            posted = await self._post_due(messenger)
            return posted + await self._write_to_people(messenger)

    async def _post_due(self, messenger: Messenger) -> int:
        """What is for everybody goes on also while no person may be written to."""
        posted = 0
        for _ in range(AT_ONCE):
            notice = await self._claim(Lane.POSTS)
            if notice is None:
                break
            with contextlib.suppress(SendingTooFast):  # tried again later, like any failure
                posted += await self._deliver(notice, messenger) is Delivery.SENT
        return posted

    async def _write_to_people(self, messenger: Messenger) -> int:
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before:
            return 0
        going = Round(left=AT_ONCE)
        works = (self._work(going, messenger) for _ in range(ABREAST))
        # All of them end before this does, also when one fails.
        for ended in await asyncio.gather(*works, return_exceptions=True):
            if ended is not None:
                raise ended
        if going.was_too_fast:
            log.error("Writing to people too fast: pausing for %s", PAUSE)
            self._not_before = self._clock.now() + PAUSE
        else:
            self._not_before = now + PACE * going.asked
        return going.sent

    async def _work(self, going: "Round", messenger: Messenger) -> None:
        """Deliver one message after another, for as long as the round goes on."""
        while going.left:
            going.left -= 1
            notice = await self._claim(*TO_PEOPLE)
            if notice is None:
                return
            try:
                delivery = await self._deliver(notice, messenger)
            except SendingTooFast:
                going.left, going.was_too_fast = 0, True
                return
            going.sent += delivery is Delivery.SENT
            going.asked += delivery in ASKED

    async def of_member(
        self,
        notice_id: NoticeId,
        member_id: MemberId,
        *,
        about: Subject = Subject.CONVERSATION,
    ) -> Notice:
        """The notice behind a button, for the person it was written to and nobody else.

        Raises:
            NotFound: there is none, or it was somebody else's, or about something else.
        """
        notice = await store.find(self._db, notice_id)
        if notice is None or notice.member_id != member_id or notice.kind.about is not about:
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
            await closed.forget(tx, network_id, member_id)

    async def was_owed(
        self, db: Queries, kind: NoticeKind, about: int, member_id: MemberId, occurrence: int
    ) -> bool:
        return await count.was_owed(db, kind, about, member_id, occurrence)

    async def count_closed(self, network_id: NetworkId) -> int:
        """How many people of the network cannot be written to."""
        return await closed.count(self._db, network_id)

    async def standing(self) -> Standing:
        """How many are owed, how many of those are due, and since when."""
        return await count.standing(self._db, self._clock.now())

    async def _is_any_due(self) -> bool:
        now = self._clock.now()
        return any(at <= now for at in (await due.next_tries(self._db)).values())

    async def _claim(self, *lanes: Lane) -> Notice | None:
        now = self._clock.now()
        async with self._db.write() as tx:
            for lane in lanes:
                if notice := await store.claim_next(tx, lane, now, until=now + LEASE):
                    return notice
        return None

    async def _deliver(self, notice: Notice, messenger: Messenger) -> Delivery | None:
        """How Discord ended it; None when it did not, or was not asked."""
        try:
            # One that may be there already is looked for first, also when their messages are
            # closed: what they have been told in private they need not be told again.
            tries = notice.may_have_been_sent or not await closed.is_closed(
                self._db, notice.network_id, notice.member_id
            )
            delivery = await messenger.send(notice) if tries else Delivery.MESSAGES_CLOSED
        except NotNow as error:
            async with self._db.write() as tx:
                await store.hold(tx, notice.id, error.until)
            return None
        except Unavailable as error:
            log.warning("Notice %d could not be sent yet: %r", notice.id, error.__cause__ or error)
            await self._postpone(notice)
            if isinstance(error, SendingTooFast):
                tally.NOTICES.add("too fast")
                raise
            tally.NOTICES.add("not yet")
            return None
        except Exception:
            # Nobody is waiting behind this door, and one bad row must not block the rest.
            log.exception("Notice %d could not be sent, by our own mistake", notice.id)
            tally.NOTICES.add("failed")
            await self._postpone(notice)
            return None
        await self._settle(notice, delivery)
        return delivery if tries else None

    async def _post_instead(self, tx: Transaction, notice: Notice) -> None:
        """Once, for however many people it could not be sent to: so it says nothing of any."""
        kind = notice.kind.instead
        if kind is None:
            return
        if await instead.post(tx, kind, notice, self._clock.now()):
            tx.after_commit(lambda: self.owed.ring(None))

    async def _postpone(self, notice: Notice) -> None:
        async with self._db.write() as tx:
            await store.postpone(tx, notice.id, self._clock.now() + notice.retry_after())

    async def _settle(self, notice: Notice, delivery: Delivery) -> None:
        state, because = _ENDINGS[delivery]
        now = self._clock.now()
        async with self._db.write() as tx:
            if await store.find(tx, notice.id) is None:
                return  # they have been forgotten meanwhile
            if delivery is Delivery.MESSAGES_CLOSED:
                await closed.remember(tx, notice.network_id, notice.member_id, now)
                await self._post_instead(tx, notice)
            await store.settle(tx, notice.id, state, now, because)
        tally.NOTICES.add(state)
        if delivery is Delivery.SENT:
            tally.LATENESS.note((now - notice.due_at).total_seconds())
        log.info("Notice %d (%s): %s", notice.id, notice.kind, because or state)


_ENDINGS = {
    Delivery.SENT: (NoticeState.SENT, None),
    Delivery.MESSAGES_CLOSED: (NoticeState.MISSED, None),
    Delivery.HAS_LEFT: (NoticeState.DROPPED, "they have left the server"),
    Delivery.NO_LONGER_TRUE: (NoticeState.DROPPED, "it was no longer true"),
}
