"""Forgetting somebody who came to conversations, or planned or hosted them."""

from datetime import datetime
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import SignUpState
from bot.conversations.service import pairing, places
from bot.conversations.store import company, hosting
from bot.conversations.store import conversation as conversations
from bot.conversations.store import forgetting as store
from bot.conversations.store import guest as guests
from bot.conversations.store import sign_up as sign_ups
from bot.ids import ConversationId, GuestId, MemberId, NetworkId
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.storage.database import Transaction


class ForgettingOfConversations:
    """Each method runs inside whatever transaction forgets somebody. Twice does no harm."""

    def __init__(self, clock: Clock, notices: Notices, changed: Bell[ConversationId]) -> None:
        self._clock = clock
        self._notices = notices
        self._changed = changed

    async def forget(self, tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
        """Give up what is ahead as if they had said no, and leave the past as numbers."""
        now = self._clock.now()
        for conversation_id in await store.mark_cards(tx, network_id, member_id):
            tx.after_commit(partial(self._changed.ring, conversation_id))
        for conversation_id in await store.to_leave(tx, network_id, member_id, now):
            await self._leave(tx, conversation_id, member_id, now)
        for conversation_id in await company.still_asked(tx, network_id, member_id, now):
            conversation = await conversations.get(tx, conversation_id)
            await pairing.part(tx, conversation, member_id, self._notices, now)
        for conversation_id in await store.hosted(tx, network_id, member_id, now):
            await self._step_back(tx, network_id, conversation_id, member_id, now)
        await store.forget_answers(tx, network_id, member_id, now)
        await store.forget_company(tx, network_id, member_id, now)
        await store.forget_work(tx, network_id, member_id, now)
        await store.forget_guests_keeper(tx, network_id, member_id, now)

    async def forget_guest(self, tx: Transaction, network_id: NetworkId, guest_id: GuestId) -> bool:
        """The same for somebody without Discord. False: there is no such guest here."""
        guest = await guests.find(tx, network_id, guest_id)
        if guest is None:
            return False
        now = self._clock.now()
        conversation = await conversations.get(tx, guest.conversation_id)
        if conversation.is_ahead(now):
            await guests.take_off(tx, guest_id, None, now)
            await places.fill(tx, conversation.id, self._notices, now)
            tx.after_commit(partial(self._changed.ring, conversation.id))
        await self._notices.forget_guest(tx, guest_id)
        await store.forget_guest(tx, guest_id)
        return True

    async def _leave(
        self,
        tx: Transaction,
        conversation_id: ConversationId,
        member_id: MemberId,
        now: datetime,
    ) -> None:
        conversation = await conversations.get(tx, conversation_id)
        await sign_ups.save_answer(tx, conversation_id, member_id, SignUpState.NOT_COMING, now)
        await pairing.part(tx, conversation, member_id, self._notices, now)
        await places.fill(tx, conversation_id, self._notices, now)
        tx.after_commit(partial(self._changed.ring, conversation_id))

    async def _step_back(
        self,
        tx: Transaction,
        network_id: NetworkId,
        conversation_id: ConversationId,
        member_id: MemberId,
        now: datetime,
    ) -> None:
        """Whoever named them hears that a host is missing."""
        naming = await hosting.find_latest(tx, conversation_id, member_id)
        if naming is None or naming.named_by == member_id:
            return
        await self._notices.owe(
            tx,
            NoticeKind.HOST_STEPPED_BACK,
            network_id=network_id,
            about=conversation_id,
            people=[(naming.named_by, naming.id)],
            due_at=now,
        )


async def have_drawn_anew(tx: Transaction, conversation_id: ConversationId) -> None:
    """Whatever its card shows is no longer so, also after a crash."""
    await store.mark_card(tx, conversation_id)
