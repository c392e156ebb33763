"""Which message shows which conversation to everybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import MOST_NAMED, Conversation, Posted
from bot.conversations.store import card as store
from bot.conversations.store import choices
from bot.conversations.store import conversation as conversations
from bot.errors import NotFound
from bot.ids import ConversationId, MemberId, NetworkId
from bot.storage.database import Database

LOOK_BACK = timedelta(days=2)
"""How long after its start a card may still need to say that it is over."""


class Cards:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self.posted: Bell[ConversationId] = Bell()
        """Rung when a card has been posted: what leads to it, or hangs on it, may follow."""

    async def shown(
        self, conversation_id: ConversationId
    ) -> tuple[Conversation | None, Posted | None]:
        """A conversation that members may know of, or None; and its card, if it has one."""
        posted = await store.find(self._db, conversation_id)
        try:
            conversation = await conversations.get(self._db, conversation_id)
        except NotFound:
            return None, posted
        return (conversation if conversation.is_known else None), posted

    async def named(self, conversation_id: ConversationId) -> Sequence[MemberId]:
        """Who comes and asked to be named on the card: as many as it has room for."""
        return await choices.named(self._db, conversation_id, MOST_NAMED)

    async def to_look_at(self, network_id: NetworkId | None = None) -> Sequence[ConversationId]:
        """Cards of a network (None: of all) that may be missing, out of date, or left over."""
        return await store.to_look_at(self._db, network_id, self._clock.now() - LOOK_BACK)

    async def next_change(self) -> datetime | None:
        """When the passing of time next changes what a card says."""
        return await store.next_phase(self._db, self._clock.now())

    async def remember(self, posted: Posted) -> None:
        async with self._db.write() as tx:
            before = await store.find(tx, posted.conversation_id)
            await store.save(tx, posted)
            if before is None or before.message_id != posted.message_id:
                tx.after_commit(partial(self.posted.ring, posted.conversation_id))

    async def forget(self, conversation_id: ConversationId) -> None:
        """Its message is gone."""
        async with self._db.write() as tx:
            await store.drop(tx, conversation_id)

    async def count_missing(self, network_id: NetworkId) -> int:
        """Conversations ahead that nobody can see, for want of a card."""
        return await store.count_missing(self._db, network_id, self._clock.now())
