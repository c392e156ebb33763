"""Noting who was there, so that the network can say how many come."""

from collections.abc import Sequence

from bot.clock import Clock
from bot.conversations.model import AttendancePage, Attended, Conversation
from bot.conversations.store import attendance as store
from bot.conversations.store import conversation as conversations
from bot.ids import ConversationId
from bot.people import Person
from bot.storage.database import Database, Queries

ON_A_PAGE = 10


class Attendance:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def page(
        self, conversation_id: ConversationId, number: int, *, by: Person
    ) -> AttendancePage:
        """Who was expected, with what has been noted. A number too high gives the last page."""
        conversation = await self._begun(self._db, conversation_id, by)
        expected = await store.count(self._db, conversation)
        pages = max(1, -(-expected.people // ON_A_PAGE))
        number = min(number, pages - 1)
        listed = await store.expected(
            self._db, conversation_id, skip=number * ON_A_PAGE, limit=ON_A_PAGE
        )
        return AttendancePage(
            conversation=conversation,
            listed=listed,
            number=number,
            pages=pages,
            before=number * ON_A_PAGE,
            there=expected.there,
            people=expected.people,
        )

    async def note(
        self,
        conversation_id: ConversationId,
        *,
        there: Sequence[int],
        not_there: Sequence[int],
        by: Person,
    ) -> None:
        """Note some people, by the numbers of their sign-ups."""
        async with self._db.write() as tx:
            await self._begun(tx, conversation_id, by)
            await store.note(tx, conversation_id, there, there=True)
            await store.note(tx, conversation_id, not_there, there=False)

    async def everybody(self, conversation_id: ConversationId, *, by: Person) -> None:
        """Note that all who were expected were there."""
        async with self._db.write() as tx:
            await self._begun(tx, conversation_id, by)
            await store.note_everybody(tx, conversation_id)

    async def finish(self, conversation_id: ConversationId, *, by: Person) -> Attended:
        """Whoever has not been noted by now was not there."""
        async with self._db.write() as tx:
            conversation = await self._begun(tx, conversation_id, by)
            await store.note_the_rest(tx, conversation_id)
            return await store.count(tx, conversation)

    async def _begun(
        self, db: Queries, conversation_id: ConversationId, by: Person
    ) -> Conversation:
        """Raises `Closed` for one that has not started, or never took place."""
        by.must_be_organiser("note who was there")
        conversation = await conversations.get_planned(db, conversation_id, by.network_id)
        conversation.must_have_begun(self._clock.now())
        return conversation
