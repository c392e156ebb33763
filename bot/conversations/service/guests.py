"""People who come without Discord: added by an organiser, and looked after by a member."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from bot import prose
from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import (
    Conversation,
    GuestSignUp,
    SignUpState,
    guest_name,
    guest_note,
)
from bot.conversations.service import places
from bot.conversations.store import conversation as conversations
from bot.conversations.store import guest as store
from bot.errors import Closed, Invalid, NotFound
from bot.ids import ConversationId, GuestId, MemberId, NoticeId
from bot.notices.model import Notice, NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.storage.database import Database, Transaction

LONGEST_REASON = 300


class Guests:
    def __init__(
        self, db: Database, clock: Clock, notices: Notices, changed: Bell[ConversationId]
    ) -> None:
        self._db = db
        self._clock = clock
        self._notices = notices
        self._changed = changed

    async def add(
        self,
        conversation_id: ConversationId,
        name: str,
        note: str,
        *,
        looked_after_by: MemberId,
        by: Person,
    ) -> tuple[Conversation, GuestSignUp]:
        """Sign somebody up who is not on Discord, also after the deadline.

        *looked_after_by* hears everything that the guest should, and passes it on.

        Raises:
            Invalid: no name, or one that another guest of this conversation has.
        """
        by.must_be_organiser("add a guest")
        called, kept_note = guest_name(name), guest_note(note)
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation = await conversations.get_planned(tx, conversation_id, by.network_id)
            conversation.must_be_open(now)
            if any(
                each.guest.name.casefold() == called.casefold()
                for each in await store.coming(tx, conversation_id)
            ):
                raise Invalid(
                    "There is a guest with that name already. Please add something that tells "
                    "them apart, such as a letter."
                )
            added = await store.add(
                tx,
                conversation_id,
                called,
                kept_note,
                looked_after_by,
                by.member_id,
                conversation.state_for_newcomer(),
                now,
            )
            tx.after_commit(partial(self._changed.ring, conversation_id))
        return conversation, added

    async def coming(self, conversation_id: ConversationId, *, by: Person) -> Sequence[GuestSignUp]:
        """The guests with a place or a turn on the waitlist, for an organiser to pick from."""
        by.must_be_organiser("see who is coming")
        await conversations.get_planned(self._db, conversation_id, by.network_id)
        return await store.coming(self._db, conversation_id)

    async def take_off(
        self, conversation_id: ConversationId, picked: str, because: str, *, by: Person
    ) -> tuple[GuestSignUp, int]:
        """Take a guest off, *picked* by id or by name; whoever looks after them is told why.

        Returns the guest, and how many people moved up.
        """
        by.must_be_organiser("take somebody off a conversation")
        reason = prose.passage(because, called="reason", at_most=LONGEST_REASON)
        if not reason:
            raise Invalid("Please give a reason. The person will read it.")
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation = await conversations.get_planned(tx, conversation_id, by.network_id)
            conversation.must_be_open(now)
            guest = _picked(await store.coming(tx, conversation_id), picked)
            await store.take_off(tx, guest.guest.id, reason, now)
            await self._notices.owe(
                tx,
                NoticeKind.GUEST_TAKEN_OFF,
                network_id=conversation.network_id,
                about=conversation_id,
                people=[(guest.guest.looked_after_by, guest.guest.id)],
                due_at=now,
            )
            moved_up = await self._settle(tx, conversation_id, now)
        return guest, moved_up

    async def still_coming(self, notice_id: NoticeId, keeper: MemberId) -> Conversation:
        """Say again, after a move, that every guest looked after by *keeper* comes."""
        notice = await self._notices.of_member(notice_id, keeper)
        async with self._db.write() as tx:
            conversation = await conversations.get(tx, notice.conversation_id)
            conversation.must_be_open(self._clock.now())
            await store.say_again(tx, conversation.id, keeper)
        return conversation

    async def cant_come(
        self, notice_id: NoticeId, guest_id: GuestId, keeper: MemberId
    ) -> GuestSignUp:
        """Give up a guest's place. Only whoever looks after them may."""
        notice = await self._notices.of_member(notice_id, keeper)
        now = self._clock.now()
        async with self._db.write() as tx:
            guest = await store.get(tx, guest_id)
            if guest.conversation_id != notice.conversation_id or (
                guest.guest.looked_after_by != keeper
            ):
                raise NotFound("I can't find that guest. Please pick one from the list.")
            conversation = await conversations.get(tx, guest.conversation_id)
            conversation.must_be_open(now)
            if guest.sign_up.state is SignUpState.NOT_COMING:
                raise Closed("That guest is off the list already. Nothing has changed.")
            await store.take_off(tx, guest_id, None, now)
            await self._settle(tx, guest.conversation_id, now)
        return guest

    async def looked_after(self, notice: Notice) -> tuple[Conversation, Sequence[GuestSignUp]]:
        """The conversation of a notice, and the guests that its person looks after there."""
        conversation = await conversations.get(self._db, notice.conversation_id)
        coming = await store.coming(self._db, conversation.id)
        return conversation, [g for g in coming if g.guest.looked_after_by == notice.member_id]

    async def told_of(self, notice: Notice) -> tuple[Conversation, GuestSignUp]:
        """The conversation and the one guest that a notice is about."""
        conversation = await conversations.get(self._db, notice.conversation_id)
        return conversation, await store.get(self._db, GuestId(notice.occurrence))

    async def _settle(self, tx: Transaction, conversation_id: ConversationId, now: datetime) -> int:
        tx.after_commit(partial(self._changed.ring, conversation_id))
        _, moved_up = await places.fill(tx, conversation_id, self._notices, now)
        return moved_up


async def tell_keepers(
    tx: Transaction,
    conversation: Conversation,
    kind: NoticeKind,
    occurrence: int,
    notices: Notices,
    now: datetime,
    *,
    only_going: bool = False,
) -> int:
    """Owe whoever looks after guests one notice about all of theirs. How many guests there are."""
    guests = [
        each
        for each in await store.coming(tx, conversation.id)
        if each.sign_up.state is SignUpState.GOING or not only_going
    ]
    keepers = dict.fromkeys(each.guest.looked_after_by for each in guests)
    await notices.owe(
        tx,
        kind,
        network_id=conversation.network_id,
        about=conversation.id,
        people=[(keeper, occurrence) for keeper in keepers],
        due_at=now,
    )
    return len(guests)


def _picked(guests: Sequence[GuestSignUp], picked: str) -> GuestSignUp:
    for each in guests:
        if picked in {str(each.guest.id), each.guest.name}:
            return each
    raise NotFound("I can't find that guest. Please pick one from the list.")
