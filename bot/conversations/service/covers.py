"""The picture at the top of a conversation's card."""

import asyncio
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import Conversation, Cover, alt_text, name_of
from bot.conversations.picture import made_safe, must_be_small_enough
from bot.conversations.store import conversation as conversations
from bot.conversations.store import cover as store
from bot.errors import NotFound
from bot.ids import ConversationId
from bot.people import Person
from bot.storage.database import Database, Queries, Transaction


class Covers:
    def __init__(self, db: Database, clock: Clock, changed: Bell[ConversationId]) -> None:
        self._db = db
        self._clock = clock
        self._changed = changed
        # One picture at a time: a large one takes some hundred megabytes while it is scaled.
        self._redrawing = asyncio.Lock()

    async def must_be_welcome(
        self, conversation_id: ConversationId, alt: str, size: int, *, by: Person
    ) -> None:
        """Refuse what `put` would refuse, before a picture of *size* bytes is fetched."""
        alt_text(alt)
        must_be_small_enough(size)
        await self._open(self._db, conversation_id, by)

    async def put(
        self, conversation_id: ConversationId, sent: bytes, alt: str, *, by: Person
    ) -> Cover:
        """Put a picture at the top of the card, without anything that it carried besides.

        Raises:
            Invalid: it is no picture, too large, or not described.
            Closed: the conversation has started, or is cancelled.
        """
        await self.must_be_welcome(conversation_id, alt, len(sent), by=by)
        async with self._redrawing:
            picture = await asyncio.to_thread(made_safe, sent)
        cover = Cover(name=name_of(picture), alt=alt_text(alt))
        async with self._db.write() as tx:
            await self._open(tx, conversation_id, by)
            await store.save(tx, conversation_id, cover, picture)
            self._ring(tx, conversation_id)
        return cover

    async def describe(self, conversation_id: ConversationId, alt: str, *, by: Person) -> Cover:
        """Describe the picture in other words."""
        words = alt_text(alt)
        async with self._db.write() as tx:
            await self._open(tx, conversation_id, by)
            before = await self._get(tx, conversation_id)
            await store.save_alt(tx, conversation_id, words)
            self._ring(tx, conversation_id)
        return Cover(name=before.name, alt=words)

    async def take_away(self, conversation_id: ConversationId, *, by: Person) -> None:
        async with self._db.write() as tx:
            await self._open(tx, conversation_id, by)
            await self._get(tx, conversation_id)
            await store.drop(tx, conversation_id)
            self._ring(tx, conversation_id)

    async def find(self, conversation_id: ConversationId) -> Cover | None:
        return await store.find(self._db, conversation_id)

    async def picture(self, conversation_id: ConversationId, cover: Cover) -> bytes | None:
        """None when it has been replaced or taken away meanwhile."""
        return await store.picture(self._db, conversation_id, cover.name)

    async def _open(self, db: Queries, conversation_id: ConversationId, by: Person) -> Conversation:
        by.must_be_organiser("choose a cover")
        conversation = await conversations.get_planned(db, conversation_id, by.network_id)
        conversation.must_be_open(self._clock.now())
        return conversation

    async def _get(self, tx: Transaction, conversation_id: ConversationId) -> Cover:
        cover = await store.find(tx, conversation_id)
        if cover is None:
            raise NotFound("This conversation has no cover, so nothing has changed.")
        return cover

    def _ring(self, tx: Transaction, conversation_id: ConversationId) -> None:
        tx.after_commit(partial(self._changed.ring, conversation_id))
