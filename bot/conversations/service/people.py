"""What organisers do about the people of a conversation: see them, write to them, take one off."""

from collections.abc import Sequence
from functools import partial

from bot import prose
from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import (
    EVERYBODY_WHO_ANSWERED,
    Conversation,
    Everybody,
    Listed,
    PeoplePage,
    SignUpState,
    Told,
)
from bot.conversations.service import pairing, places
from bot.conversations.service.guests import tell_keepers
from bot.conversations.store import conversation as conversations
from bot.conversations.store import sign_up as store
from bot.conversations.store import written
from bot.errors import Closed, Invalid, NotFound
from bot.ids import ConversationId, MemberId, NetworkId, WrittenId
from bot.notices.model import Notice, NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.storage.database import Database, Transaction

LONGEST_MESSAGE = 1000
LONGEST_REASON = 300
ON_A_PAGE = 10
ALL = -1
"""A limit that is none, to SQLite."""


class People:
    def __init__(
        self, db: Database, clock: Clock, notices: Notices, changed: Bell[ConversationId]
    ) -> None:
        self._db = db
        self._clock = clock
        self._notices = notices
        self._changed = changed

    async def page(self, conversation_id: ConversationId, number: int, *, by: Person) -> PeoplePage:
        """Who is going, waits, or may come. For organisers only."""
        by.must_be_organiser("see who is coming")
        conversation = await conversations.get_planned(self._db, conversation_id, by.network_id)
        pages = max(1, -(-conversation.answers // ON_A_PAGE))
        number = min(number, pages - 1)
        listed: Sequence[Listed] = await store.listed(
            self._db, conversation_id, skip=number * ON_A_PAGE, limit=ON_A_PAGE
        )
        return PeoplePage(
            conversation=conversation,
            listed=listed,
            number=number,
            pages=pages,
            before=number * ON_A_PAGE,
        )

    async def everybody(self, conversation_id: ConversationId, *, by: Person) -> Everybody:
        """The whole list at once, for a file. For organisers only."""
        by.must_be_organiser("see who is coming")
        conversation = await conversations.get_planned(self._db, conversation_id, by.network_id)
        listed = await store.listed(self._db, conversation_id, skip=0, limit=ALL)
        return Everybody(conversation=conversation, listed=listed)

    async def write(
        self,
        conversation_id: ConversationId,
        words: str,
        *,
        only_going: bool,
        by: Person,
    ) -> Told:
        """Send *words* privately to everybody who answered, or only to those with a place.

        Raises:
            Invalid: nothing to say, or too much.
            Closed: nobody to say it to, or the conversation is over.
        """
        by.must_be_organiser("write to everybody who signed up")
        text = prose.passage(words, called="message", at_most=LONGEST_MESSAGE)
        if not text:
            raise Invalid("Please write something to send.")
        there = (SignUpState.GOING, SignUpState.SUPPORTING)
        states = there if only_going else EVERYBODY_WHO_ANSWERED
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation = await conversations.get_planned(tx, conversation_id, by.network_id)
            members = await store.members(tx, conversation_id, states)
            written_id = await written.add(tx, conversation_id, by.member_id, text, now)
            await self._owe(tx, conversation, NoticeKind.WRITTEN, members, written_id)
            guests = await tell_keepers(
                tx,
                conversation,
                NoticeKind.GUESTS_WRITTEN,
                written_id,
                self._notices,
                now,
                only_going=only_going,
            )
            if not members and not guests:
                raise Closed("There is nobody to write to yet, so I have sent nothing.")
        return Told(conversation=conversation, people=len(members), guests=guests)

    async def take_off(
        self, conversation_id: ConversationId, member_id: MemberId, because: str, *, by: Person
    ) -> int:
        """Take somebody off a conversation; they are told the reason. How many moved up.

        Raises:
            Invalid: no reason, or one that is too long.
            NotFound: they had not answered.
        """
        by.must_be_organiser("take somebody off a conversation")
        reason = prose.passage(because, called="reason", at_most=LONGEST_REASON)
        if not reason:
            raise Invalid("Please give a reason. The person will read it.")
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation = await conversations.get_planned(tx, conversation_id, by.network_id)
            conversation.must_be_open(now)
            _, mine = await store.get_with_answer(tx, conversation_id, member_id)
            if mine is None or mine.state is SignUpState.NOT_COMING:
                raise NotFound("That person is not on the list, so nothing has changed.")
            await store.save_answer(tx, conversation_id, member_id, SignUpState.NOT_COMING, now)
            await self._notices.drop(tx, conversation_id, member_id, "they were taken off")
            await pairing.part(tx, conversation, member_id, self._notices, now)
            written_id = await written.add(tx, conversation_id, by.member_id, reason, now)
            await self._owe(tx, conversation, NoticeKind.TAKEN_OFF, [member_id], written_id)
            tx.after_commit(partial(self._changed.ring, conversation_id))
            _, moved_up = await places.fill(tx, conversation_id, self._notices, now)
        return moved_up

    async def words_of(self, notice: Notice) -> str:
        """What an organiser wrote, for a notice that carries it."""
        return await written.words(self._db, WrittenId(notice.occurrence))

    async def _owe(
        self,
        tx: Transaction,
        conversation: Conversation,
        kind: NoticeKind,
        members: Sequence[MemberId],
        written_id: WrittenId,
    ) -> None:
        network_id: NetworkId = conversation.network_id
        await self._notices.owe(
            tx,
            kind,
            network_id=network_id,
            about=conversation.id,
            people=[(member_id, written_id) for member_id in members],
            due_at=self._clock.now(),
        )
