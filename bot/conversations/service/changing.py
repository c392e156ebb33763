"""What organisers do to a conversation that people have answered: move it, cancel it, repeat it."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from bot import prose
from bot.bell import Bell
from bot.clock import Clock, spoken
from bot.conversations.model import (
    EVERYBODY_WHO_ANSWERED,
    Conversation,
    ProposedMove,
    Told,
    must_be_ahead,
)
from bot.conversations.service.guests import tell_keepers
from bot.conversations.service.planning import Planning
from bot.conversations.store import conversation as store
from bot.conversations.store import cover as covers
from bot.conversations.store import hosting
from bot.conversations.store import move as moves
from bot.conversations.store import occurrence as occurrences
from bot.conversations.store import sign_up as sign_ups
from bot.errors import Closed, Invalid
from bot.ids import ConversationId, MoveId, NetworkId
from bot.network.service import Networks
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.storage.database import Database, Queries, Transaction

LONGEST_REASON = 300


class Changing:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        networks: Networks,
        notices: Notices,
        planning: Planning,
        changed: Bell[ConversationId],
        timetable_changed: Bell[None],
    ) -> None:
        self._db = db
        self._clock = clock
        self._networks = networks
        self._notices = notices
        self._planning = planning
        self._changed = changed
        self._timetable_changed = timetable_changed

    async def propose_move(
        self, conversation_id: ConversationId, when: str, *, by: Person
    ) -> ProposedMove:
        """Keep a new date, as typed, for its organiser to read back. Nobody hears of it yet."""
        by.must_be_organiser("move a conversation")
        to_start_at = await self._planning.read_start(when, by)
        async with self._db.write() as tx:
            conversation = await self._open(tx, conversation_id, by)
            if conversation.starts_at == to_start_at:
                raise Invalid("That is when it already starts, so there is nothing to move.")
            move_id = await moves.add(
                tx, conversation_id, conversation.starts_at, to_start_at, self._clock.now()
            )
            return await moves.get(tx, move_id)

    async def read_back(self, move_id: MoveId, *, by: Person) -> ProposedMove:
        """The new date that an organiser is looking at, if it can still be made so."""
        by.must_be_organiser("move a conversation")
        zone = (await self._networks.get(by.network_id)).zone
        proposed = await moves.get(self._db, move_id)
        conversation = await self._open(self._db, proposed.conversation.id, by)
        proposed.must_still_fit(spoken(proposed.was_at, zone), spoken(conversation.starts_at, zone))
        return proposed

    async def move(self, move_id: MoveId, *, by: Person) -> Told:
        """Move a conversation as read back.

        Everybody who has a place is asked to say again; everybody who waits or may come is told.

        Raises:
            Closed: it has started, been cancelled, or been moved by somebody else meanwhile.
        """
        by.must_be_organiser("move a conversation")
        now = self._clock.now()
        zone = (await self._networks.get(by.network_id)).zone
        async with self._db.write() as tx:
            proposed = await moves.get(tx, move_id)
            conversation = await self._open(tx, proposed.conversation.id, by)
            proposed.must_still_fit(
                spoken(proposed.was_at, zone), spoken(conversation.starts_at, zone)
            )
            must_be_ahead(proposed.to_start_at, now, spoken(proposed.to_start_at, zone))
            await moves.drop(tx, move_id)
            told = await self.move_to(tx, conversation, proposed.to_start_at, by)
            await occurrences.mark_edited(tx, conversation.id)
            return told

    async def move_to(
        self,
        tx: Transaction,
        conversation: Conversation,
        starts_at: datetime,
        by: Person | None = None,
    ) -> Told:
        """Move one that is open, in the caller's transaction. *by* knows of it already."""
        later = starts_at - conversation.starts_at
        if conversation.more.closes_at is not None:
            # The deadline keeps its distance from the start.
            closes_at = conversation.more.closes_at + later
            await store.save_more(
                tx, conversation.id, replace(conversation.more, closes_at=closes_at)
            )
        if conversation.announce_at is not None:
            await occurrences.save_announcement(
                tx, conversation.id, conversation.announce_at + later
            )
        if not conversation.is_announced and not conversation.named_hosts:
            # Nobody has heard of it, so to them it was never anywhere else.
            await store.save_start(tx, conversation.id, starts_at)
            tx.after_commit(partial(self._timetable_changed.ring, None))
            return Told(conversation=await store.get(tx, conversation.id), people=0)
        await store.move(tx, conversation.id, starts_at, self._clock.now())
        await sign_ups.ask_again(tx, conversation.id)
        for kind in (NoticeKind.MOVED, NoticeKind.GUESTS_MOVED):
            await self._notices.drop_all(tx, conversation.id, "it was moved again", of=kind)
        kinds = NoticeKind.MOVED, NoticeKind.GUESTS_MOVED
        return await self._tell(tx, conversation, kinds, conversation.moves + 1, by)

    async def network_of(self, move_id: MoveId) -> NetworkId:
        """For buttons in private messages, where no server says which network is meant."""
        return (await moves.get(self._db, move_id)).conversation.network_id

    async def leave_as_it_is(self, move_id: MoveId, *, by: Person) -> Conversation:
        """Forget a move that was read back."""
        by.must_be_organiser("move a conversation")
        async with self._db.write() as tx:
            proposed = await moves.get(tx, move_id)
            proposed.conversation.must_be_in(by.network_id)
            await moves.drop(tx, move_id)
        return proposed.conversation

    async def cancel(self, conversation_id: ConversationId, because: str, *, by: Person) -> Told:
        """Call a conversation off. Everybody going, waiting or maybe is told, with the reason.

        Raises:
            Invalid: no reason, or one that is too long.
            Closed: it has started, or is cancelled already.
        """
        by.must_be_organiser("cancel a conversation")
        reason = reason_to_cancel(because)
        async with self._db.write() as tx:
            conversation = await self._open(tx, conversation_id, by)
            return await self.call_off(tx, conversation, reason, by)

    async def call_off(
        self, tx: Transaction, conversation: Conversation, reason: str, by: Person
    ) -> Told:
        """Cancel one that is open, in the caller's transaction."""
        await self._notices.drop_all(tx, conversation.id, "it was cancelled")
        await store.cancel(tx, conversation.id, reason, self._clock.now())
        kinds = NoticeKind.CANCELLED, NoticeKind.GUESTS_CANCELLED
        return await self._tell(tx, conversation, kinds, 1, by)

    async def duplicate(
        self, conversation_id: ConversationId, when: str, *, by: Person
    ) -> Conversation:
        """A draft with the same words, hosts and cover at another time."""
        by.must_be_organiser("plan a conversation")
        conversation = await store.get_planned(self._db, conversation_id, by.network_id)
        draft = await self._planning.draft(conversation.details, when, by=by)
        more = replace(conversation.more, closes_at=None)
        await self._planning.describe(draft.id, more, "", by=by)
        async with self._db.write() as tx:
            await hosting.save(tx, draft.id, conversation.host_id, conversation.deputy_id)
            await covers.copy(tx, conversation.id, draft.id)
            return await store.get(tx, draft.id)

    async def _open(self, db: Queries, conversation_id: ConversationId, by: Person) -> Conversation:
        conversation = await store.get_planned(db, conversation_id, by.network_id)
        if conversation.is_cancelled:
            raise Closed("This conversation is cancelled already. Nothing has changed.")
        conversation.must_be_open(self._clock.now())
        return conversation

    async def _tell(
        self,
        tx: Transaction,
        conversation: Conversation,
        kinds: tuple[NoticeKind, NoticeKind],
        occurrence: int,
        by: Person | None,
    ) -> Told:
        """Owe everybody who answered, its hosts, and whoever looks after guests a notice."""
        tx.after_commit(partial(self._changed.ring, conversation.id))
        tx.after_commit(partial(self._timetable_changed.ring, None))
        members = await sign_ups.members(tx, conversation.id, EVERYBODY_WHO_ANSWERED)
        # Who hosts it need not have signed up. Whoever does this knows already.
        known = {*members, *([by.member_id] if by is not None else [])}
        members += [each for each in conversation.named_hosts if each not in known]
        now = self._clock.now()
        of_members, of_guests = kinds
        await self._notices.owe(
            tx,
            of_members,
            network_id=conversation.network_id,
            about=conversation.id,
            people=[(member_id, occurrence) for member_id in members],
            due_at=now,
        )
        guests = await tell_keepers(tx, conversation, of_guests, occurrence, self._notices, now)
        after = await store.get(tx, conversation.id)
        return Told(conversation=after, people=len(members), guests=guests)


def reason_to_cancel(because: str) -> str:
    """Raises `Invalid`: none, or one that is too long."""
    reason = prose.passage(because, called="reason", at_most=LONGEST_REASON)
    if not reason:
        raise Invalid("Please give a reason. Everybody who answered will read it.")
    return reason
