"""The threads in which people talk about conversations."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.conversations.model import Conversation, Posted
from bot.conversations.model.effects import OpenThread
from bot.conversations.store import card as cards
from bot.conversations.store import conversation as conversations
from bot.conversations.store import thread as store
from bot.errors import NotFound
from bot.ids import ConversationId, NetworkId, ThreadId
from bot.storage.database import Database

KEPT_OPEN = timedelta(days=7)
"""How long after the end people may go on talking before the thread is archived."""


class Threads:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of(
        self, conversation_id: ConversationId
    ) -> tuple[Conversation | None, Posted | None, OpenThread | None]:
        """A conversation that members know of, its card and its thread, as far as each is there."""
        thread = await store.find(self._db, conversation_id)
        posted = await cards.find(self._db, conversation_id)
        try:
            conversation = await conversations.get(self._db, conversation_id)
        except NotFound:
            return None, posted, thread
        return (conversation if conversation.is_known else None), posted, thread

    async def of_thread(self, network_id: NetworkId, thread_id: ThreadId) -> ConversationId | None:
        """Which conversation is talked about there, if it is a thread of ours."""
        return await store.of_thread(self._db, network_id, thread_id)

    async def to_look_at(self, network_id: NetworkId | None = None) -> Sequence[ConversationId]:
        """Conversations of a network (None: of all) whose thread may need something."""
        return await store.to_look_at(self._db, network_id, self._clock.now())

    async def next_archive(self) -> datetime | None:
        """When the next thread has been open long enough. What should be archived already is
        the sweep's: were it told here as well, a refusal would be repeated without end."""
        ends_at = await store.next_end(self._db, self._clock.now() - KEPT_OPEN)
        return None if ends_at is None else ends_at + KEPT_OPEN

    def is_for_archive(self, conversation: Conversation) -> bool:
        return self._clock.now() >= conversation.ends_at + KEPT_OPEN

    async def remember(self, thread: OpenThread) -> None:
        async with self._db.write() as tx:
            await store.save(tx, thread)

    async def forget(self, conversation_id: ConversationId) -> None:
        """It is gone."""
        async with self._db.write() as tx:
            await store.drop(tx, conversation_id)
