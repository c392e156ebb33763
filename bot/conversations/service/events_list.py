"""Discord's own events list: what it says of each conversation, and what was meant when
somebody changed it by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import Conversation, Posted
from bot.conversations.model.effects import InList, ListEntry, ListState
from bot.conversations.service.cards import LOOK_BACK
from bot.conversations.service.planning import Planning
from bot.conversations.store import card as cards
from bot.conversations.store import conversation as conversations
from bot.conversations.store import list_entry as store
from bot.errors import Closed, NotFound, Unavailable
from bot.ids import ConversationId, ListEntryId, NetworkId, TroubleId
from bot.notices.model import Notice, NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.storage.database import Database, Transaction
from bot.troubles.model import Trouble
from bot.troubles.service import Troubles

_ASKED = {
    NoticeKind.DELETED_FROM_LIST: ListState.DELETED,
    NoticeKind.CHANGED_IN_LIST: ListState.CHANGED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mirrored:
    """A conversation, its card, and its entry in the list, as far as each is there."""

    conversation: Conversation | None
    posted: Posted | None
    entry: ListEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedHere:
    conversation: Conversation
    wants_start: datetime | None  # another start was set by hand, which people must be asked about


class EventsList:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        notices: Notices,
        troubles: Troubles,
        planning: Planning,
        changed: Bell[ConversationId],
    ) -> None:
        self._db = db
        self._clock = clock
        self._notices = notices
        self._troubles = troubles
        self._planning = planning
        self._changed = changed

    async def mirrored(self, conversation_id: ConversationId) -> Mirrored:
        entry = await store.find(self._db, conversation_id)
        posted = await cards.find(self._db, conversation_id)
        try:
            conversation = await conversations.get(self._db, conversation_id)
        except NotFound:
            conversation = None
        if conversation is not None and not conversation.is_known:
            conversation = None
        return Mirrored(conversation=conversation, posted=posted, entry=entry)

    async def to_look_at(self, network_id: NetworkId | None = None) -> Sequence[ConversationId]:
        """Conversations of a network (None: of all) that the list may not show as they are."""
        return await store.to_look_at(self._db, network_id, self._clock.now() - LOOK_BACK)

    async def of_entry(self, network_id: NetworkId, entry_id: ListEntryId) -> ConversationId | None:
        """Which conversation an entry is of, if it is one of ours."""
        return await store.of_entry(self._db, network_id, entry_id)

    async def save(self, entry: ListEntry, *, was: ListEntry | None) -> None:
        """Raises `Unavailable` when it no longer is as it *was*: its hosts answered just now."""
        async with self._db.write() as tx:
            await self._must_be_as_it_was(tx, entry.conversation_id, was)
            await store.save(tx, entry)

    async def forget(self, conversation_id: ConversationId) -> None:
        """There is nothing left to do in the list."""
        async with self._db.write() as tx:
            await store.drop(tx, conversation_id)

    async def was_deleted(self, conversation: Conversation, entry: ListEntry) -> None:
        """Somebody took it off the list by hand: ask its hosts what was meant."""
        asking = replace(
            entry, state=ListState.DELETED, entry_id=None, stands=None, asked=entry.asked + 1
        )
        await self._ask(conversation, entry, asking, NoticeKind.DELETED_FROM_LIST)

    async def was_changed(
        self, conversation: Conversation, entry: ListEntry, found: InList
    ) -> None:
        """Somebody changed it there by hand: ask its hosts what was meant."""
        asking = replace(entry, state=ListState.CHANGED, stands=found, asked=entry.asked + 1)
        await self._ask(conversation, entry, asking, NoticeKind.CHANGED_IN_LIST)

    async def is_not_possible(self, conversation: Conversation, what: Trouble) -> None:
        """Told once, to whoever planned it, and not again until it has worked in between."""
        if what in await self._troubles.of_network(conversation.network_id):
            return
        async with self._db.write() as tx:
            trouble_id = await self._troubles.appear(tx, conversation.network_id, what)
            if trouble_id is not None:
                await self._owe(tx, conversation, NoticeKind.LIST_TROUBLE, trouble_id)

    async def asked_about(self, notice: Notice) -> tuple[Conversation, ListEntry] | None:
        """What a notice asks about, or None when it has been settled."""
        entry = await store.find(self._db, notice.conversation_id)
        conversation = await conversations.get(self._db, notice.conversation_id)
        if entry is None or not conversation.is_ahead(self._clock.now()):
            return None
        if entry.state is not _ASKED[notice.kind] or entry.asked != notice.occurrence:
            return None
        return conversation, entry

    async def trouble(self, notice: Notice) -> tuple[Conversation, Trouble] | None:
        """The trouble that a notice tells of, or None when it is over."""
        trouble_id = TroubleId(notice.occurrence)
        what = await self._troubles.lasts(notice.network_id, trouble_id)
        if what is None:
            return None
        return await conversations.get(self._db, notice.conversation_id), what

    async def put_back(self, notice: Notice, *, by: Person) -> Conversation:
        """It was a slip: make the list say again what ours says."""
        by.must_be_organiser("put it back in the events list")
        async with self._db.write() as tx:
            conversation, entry = await self._asked(tx, notice, by)
            await self._settle(tx, replace(entry, state=ListState.KEPT, is_written=False))
        return conversation

    async def leave_off(self, notice: Notice, *, by: Person) -> Conversation:
        """It is to go on, without being in the list."""
        by.must_be_organiser("leave it off the events list")
        async with self._db.write() as tx:
            conversation, entry = await self._asked(tx, notice, by)
            await self._settle(tx, replace(entry, state=ListState.OFF))
        return conversation

    async def use_here(self, notice: Notice, *, by: Person) -> UsedHere:
        """Make ours say what somebody wrote in the list.

        Another start is not taken over: people must be asked, as with every move.

        Raises:
            Invalid: a conversation can't be called that, or be that long.
        """
        by.must_be_organiser("change a conversation")
        conversation, entry = await self._asked(self._db, notice, by)
        outcome = await self._planning.edit(
            conversation.id,
            entry.as_details(conversation.details),
            shown=conversation,
            by=by,
        )
        async with self._db.write() as tx:
            # Whoever keeps the list may have seen in between that both say the same now.
            if await store.find(tx, conversation.id) == entry:
                await self._settle(tx, replace(entry, state=ListState.KEPT, is_written=False))
        there = None if entry.stands is None else entry.stands.starts_at
        moved = there is not None and there != outcome.conversation.starts_at
        return UsedHere(conversation=outcome.conversation, wants_start=there if moved else None)

    async def _asked(
        self, db: Database | Transaction, notice: Notice, by: Person
    ) -> tuple[Conversation, ListEntry]:
        conversation = await conversations.get_planned(db, notice.conversation_id, by.network_id)
        conversation.must_be_open(self._clock.now())
        entry = await store.find(db, conversation.id)
        if entry is None:
            raise Closed("That has been settled in the meantime. Nothing has changed.")
        entry.must_wait_for(_ASKED[notice.kind], notice.occurrence)
        return conversation, entry

    async def _settle(self, tx: Transaction, entry: ListEntry) -> None:
        await store.save(tx, replace(entry, asked_at=None))
        tx.after_commit(partial(self._changed.ring, entry.conversation_id))

    async def _ask(
        self, conversation: Conversation, was: ListEntry, asking: ListEntry, kind: NoticeKind
    ) -> None:
        async with self._db.write() as tx:
            await self._must_be_as_it_was(tx, conversation.id, was)
            await store.save(tx, replace(asking, asked_at=self._clock.now()))
            await self._owe(tx, conversation, kind, asking.asked)

    async def _must_be_as_it_was(
        self, tx: Transaction, conversation_id: ConversationId, was: ListEntry | None
    ) -> None:
        if await store.find(tx, conversation_id) != was:
            raise Unavailable

    async def _owe(
        self, tx: Transaction, conversation: Conversation, kind: NoticeKind, occurrence: int
    ) -> None:
        await self._notices.owe(
            tx,
            kind,
            network_id=conversation.network_id,
            about=conversation.id,
            people=[(host, occurrence) for host in conversation.hosts],
            due_at=self._clock.now(),
        )
