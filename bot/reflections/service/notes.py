"""Noting points at a conversation and after it."""

from collections.abc import Sequence

from bot.conversations.model import Conversation
from bot.errors import Closed, Invalid
from bot.ids import ConversationId, MemberId, NetworkId, NoticeId
from bot.people import Person
from bot.reflections.model import MOST_NOTES, Note, Point
from bot.reflections.service.means import Means
from bot.reflections.store import note as store


class Notes:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def asked_in(self, notice_id: NoticeId, member_id: MemberId) -> Conversation:
        """The conversation that somebody was thanked for.

        Raises:
            NotFound: it was not them, or it is gone.
        """
        notice = await self._means.notices.of_member(notice_id, member_id)
        return await self._means.calendar.get(notice.conversation_id, notice.network_id)

    async def add(
        self,
        conversation_id: ConversationId,
        points: Sequence[Point],
        *,
        named: bool,
        by: Person,
    ) -> Conversation:
        """Note *points*, for those who write about the conversation to read.

        *named*: with who noted them. Otherwise nobody's id is kept.

        Raises:
            Closed: it has not begun, or has a great many notes already.
            Invalid: there is nothing to note.
        """
        means, now = self._means, self._means.clock.now()
        conversation = await means.calendar.get(conversation_id, by.network_id)
        if conversation.starts_at > now:
            raise Closed(
                "This conversation has not begun yet. Notes are taken while it goes on, and after "
                "it."
            )
        if not points:
            raise Invalid("There is nothing to note yet. Please write something in the form.")
        if any(each.question and each.question > len(conversation.more.questions)
               for each in points):  # fmt: skip
            raise Invalid("This conversation has no such question. Please open the form again.")
        async with means.db.write() as tx:
            if await store.count(tx, conversation_id) + len(points) > MOST_NOTES:
                raise Closed(
                    f"This conversation has {MOST_NOTES} notes already, which is all that I keep. "
                    "Please tell its hosts."
                )
            for each in points:
                await store.add(
                    tx, by.network_id, conversation_id, each, by.member_id if named else None, now
                )
        return conversation

    async def of(self, conversation_id: ConversationId, *, by: Person) -> Sequence[Note]:
        by.must_look_after_posts("read the notes of a conversation")
        return await store.of(self._means.db, NetworkId(by.network_id), conversation_id)
