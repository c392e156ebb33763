"""Giving free places to those who wait, inside whatever transaction freed them."""

from datetime import datetime

from bot.conversations.model import Conversation
from bot.conversations.store import conversation as conversations
from bot.conversations.store import sign_up as sign_ups
from bot.ids import ConversationId
from bot.notices.model import NoticeKind
from bot.notices.service import Notices
from bot.storage.database import Transaction


async def fill(
    tx: Transaction, conversation_id: ConversationId, notices: Notices, now: datetime
) -> tuple[Conversation, int]:
    """Move people up while there are places, longest wait first, and owe each a notice.

    Returns the conversation as it then stands, and how many moved up.
    """
    conversation = await conversations.get(tx, conversation_id)
    how_many = conversation.may_move_up()
    if not how_many:
        return conversation, 0
    people = await sign_ups.move_up(tx, conversation_id, how_many)
    await notices.owe(
        tx,
        NoticeKind.PLACE_CAME_UP,
        network_id=conversation.network_id,
        conversation_id=conversation_id,
        people=people,
        due_at=now,
    )
    return await conversations.get(tx, conversation_id), len(people)
