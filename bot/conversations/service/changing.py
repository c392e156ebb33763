"""What organisers do to a conversation that people have answered: move it, cancel it, repeat it."""

from dataclasses import replace
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
from bot.conversations.store import sign_up as sign_ups
from bot.errors import Closed, Invalid
from bot.ids import ConversationId, MoveId, NetworkId
from bot.network.service import Networks
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.storage.database import Database, Transaction

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
            await store.move(tx, conversation.id, proposed.to_start_at, now)
            if conversation.more.closes_at is not None:
                # The deadline keeps its distance from the start.
                closes_at = conversation.more.closes_at + (
                    proposed.to_start_at - conversation.starts_at
                )
                await store.save_more(
                    tx, conversation.id, replace(conversation.more, closes_at=closes_at)
                )
            await sign_ups.ask_again(tx, conversation.id)
            await moves.drop(tx, move_id)
            for kind in (NoticeKind.MOVED, NoticeKind.GUESTS_MOVED):
                await self._notices.drop_all(tx, conversation.id, "it was moved again", kind=kind)
            people = await self._tell(
                tx, conversation, NoticeKind.MOVED, conversation.moves + 1, by
            )
            guests = await tell_keepers(
                tx,
                conversation,
                NoticeKind.GUESTS_MOVED,
                conversation.moves + 1,
                self._notices,
                now,
            )
            moved = await store.get(tx, conversation.id)
            return Told(conversation=moved, people=people, guests=guests)

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
        reason = prose.passage(because, called="reason", at_most=LONGEST_REASON)
        if not reason:
            raise Invalid("Please give a reason. Everybody who answered will read it.")
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation = await self._open(tx, conversation_id, by)
            await self._notices.drop_all(tx, conversation_id, "it was cancelled")
            await store.cancel(tx, conversation_id, reason, now)
            people = await self._tell(tx, conversation, NoticeKind.CANCELLED, 1, by)
            guests = await tell_keepers(
                tx, conversation, NoticeKind.GUESTS_CANCELLED, 1, self._notices, now
            )
            cancelled = await store.get(tx, conversation_id)
            return Told(conversation=cancelled, people=people, guests=guests)

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

    async def _open(
        self, tx: Transaction, conversation_id: ConversationId, by: Person
    ) -> Conversation:
        conversation = await store.get_planned(tx, conversation_id, by.network_id)
        if conversation.is_cancelled:
            raise Closed("This conversation is cancelled already. Nothing has changed.")
        conversation.must_be_open(self._clock.now())
        return conversation

    async def _tell(
        self,
        tx: Transaction,
        conversation: Conversation,
        kind: NoticeKind,
        occurrence: int,
        by: Person,
    ) -> int:
        """Owe everybody who answered, and its hosts, a notice, and say how many there are."""
        tx.after_commit(partial(self._changed.ring, conversation.id))
        tx.after_commit(partial(self._timetable_changed.ring, None))
        members = await sign_ups.members(tx, conversation.id, EVERYBODY_WHO_ANSWERED)
        # Who hosts it need not have signed up. Whoever does this knows already.
        known = {*members, by.member_id}
        members += [each for each in conversation.named_hosts if each not in known]
        await self._notices.owe(
            tx,
            kind,
            network_id=conversation.network_id,
            conversation_id=conversation.id,
            people=[(member_id, occurrence) for member_id in members],
            due_at=self._clock.now(),
        )
        return len(members)
