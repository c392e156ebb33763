"""Who hosts a conversation: organisers name people, and people may take their name off."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import Conversation, HostChange, Hosted
from bot.conversations.store import conversation as conversations
from bot.conversations.store import hosting as store
from bot.errors import Closed
from bot.ids import ConversationId, HostingId, MemberId, NoticeId
from bot.notices.model import Notice, NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.storage.database import Database, Transaction


class Hosting:
    def __init__(
        self, db: Database, clock: Clock, notices: Notices, changed: Bell[ConversationId]
    ) -> None:
        self._db = db
        self._clock = clock
        self._notices = notices
        self._changed = changed

    async def name(
        self, conversation_id: ConversationId, change: HostChange, *, by: Person
    ) -> Hosted:
        """Name who hosts a conversation. Everybody newly named is told, but for *by*.

        Raises:
            Invalid: the change asks for nothing, or for what cannot be.
            Closed: it has started, or is cancelled.
        """
        by.must_be_organiser("name who hosts a conversation")
        async with self._db.write() as tx:
            before = await conversations.get_planned(tx, conversation_id, by.network_id)
            before.must_be_open(self._clock.now())
            host_id, deputy_id = change.applied_to(before)
            await store.save(tx, conversation_id, host_id, deputy_id)
            after = await conversations.get(tx, conversation_id)
            tx.after_commit(partial(self._changed.ring, conversation_id))
            new = [each for each in after.named_hosts if each not in before.named_hosts]
            told = await tell(tx, self._notices, after, new, by, self._clock.now())
        gone = set(before.named_hosts) - set(after.named_hosts)
        return Hosted(conversation=after, told=told, came_off=len(gone))

    async def take_me_off(self, notice_id: NoticeId, member_id: MemberId) -> Conversation:
        """Take the name off of the person whom a notice told that they were named.

        Whoever named them hears of it while the conversation is still to come.

        Raises:
            Closed: they are not named any more.
        """
        notice = await self._notices.of_member(notice_id, member_id)
        now = self._clock.now()
        async with self._db.write() as tx:
            before = await conversations.get(tx, notice.conversation_id)
            if member_id not in before.named_hosts:
                raise Closed("Your name is not on that card any more, so nothing has changed.")
            host_id = None if before.host_id == member_id else before.host_id
            deputy_id = None if before.deputy_id == member_id else before.deputy_id
            await store.save(tx, before.id, host_id, deputy_id)
            tx.after_commit(partial(self._changed.ring, before.id))
            naming = await store.latest(tx, before.id, member_id)
            if before.is_ahead(now) and naming.named_by != member_id:
                await self._notices.owe(
                    tx,
                    NoticeKind.HOST_STEPPED_BACK,
                    network_id=before.network_id,
                    about=before.id,
                    people=[(naming.named_by, naming.id)],
                    due_at=now,
                )
        return before

    async def as_told(self, notice: Notice) -> Conversation | None:
        """What a notice to a host is about, or None when they host it no longer."""
        conversation = await conversations.get(self._db, notice.conversation_id)
        holds = notice.member_id in conversation.named_hosts
        return conversation if holds and conversation.is_ahead(self._clock.now()) else None

    async def who_stepped_back(self, notice: Notice) -> tuple[Conversation, MemberId] | None:
        """Who took their name off which conversation; None when it is of no more use to know."""
        conversation = await conversations.get(self._db, notice.conversation_id)
        naming = await store.get(self._db, HostingId(notice.occurrence))
        is_back = naming.member_id in conversation.named_hosts
        if is_back or not conversation.is_ahead(self._clock.now()):
            return None
        return conversation, naming.member_id


async def tell(
    tx: Transaction,
    notices: Notices,
    conversation: Conversation,
    people: Iterable[MemberId],
    by: Person,
    now: datetime,
) -> int:
    """Owe those who were named as hosts word of it, and say how many hear."""
    named = [
        (each, await store.add(tx, conversation.id, each, by.member_id, now)) for each in people
    ]
    others = [(member_id, naming) for member_id, naming in named if member_id != by.member_id]
    await notices.owe(
        tx,
        NoticeKind.NAMED_HOST,
        network_id=conversation.network_id,
        about=conversation.id,
        people=others,
        due_at=now,
    )
    return len(others)
