"""Giving free places to those who wait, inside whatever transaction freed them."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversations.model import Conversation, Promoted
from bot.conversations.store import conversation as conversations
from bot.conversations.store import guest as guests
from bot.conversations.store import sign_up as sign_ups
from bot.ids import ConversationId
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.storage.database import Transaction


async def fill(
    tx: Transaction, conversation_id: ConversationId, notices: Notices, now: datetime
) -> tuple[Conversation, int]:
    """Move people up while there are places, longest wait first, and owe each a notice.

    A guest's notice goes to whoever looks after them. Returns the conversation as it then
    stands, and how many moved up.
    """
    conversation = await conversations.get(tx, conversation_id)
    how_many = conversation.may_move_up()
    if not how_many:
        return conversation, 0
    promoted = await sign_ups.move_up(tx, conversation_id, how_many)
    await _tell_members(tx, conversation, promoted, notices, now)
    await _tell_keepers(tx, conversation, promoted, notices, now)
    return await conversations.get(tx, conversation_id), len(promoted)


async def _tell_members(
    tx: Transaction,
    conversation: Conversation,
    promoted: Sequence[Promoted],
    notices: Notices,
    now: datetime,
) -> None:
    await notices.owe(
        tx,
        NoticeKind.PLACE_CAME_UP,
        network_id=conversation.network_id,
        about=conversation.id,
        people=[(each.member_id, each.number) for each in promoted if each.member_id is not None],
        due_at=now,
    )


async def _tell_keepers(
    tx: Transaction,
    conversation: Conversation,
    promoted: Sequence[Promoted],
    notices: Notices,
    now: datetime,
) -> None:
    for each in promoted:
        if each.guest_id is None:
            continue
        guest = (await guests.get(tx, each.guest_id)).guest
        await notices.owe(
            tx,
            NoticeKind.GUEST_PLACE_CAME_UP,
            network_id=conversation.network_id,
            about=conversation.id,
            people=[(guest.looked_after_by, guest.id)],
            due_at=now,
        )
