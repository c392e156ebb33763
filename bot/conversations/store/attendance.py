"""The SQL for who was there. Nothing else reads it, and it is never shown by person elsewhere."""

import json
from collections.abc import Sequence

from bot.conversations.model import Attended, Conversation, Listed
from bot.conversations.store import sign_up
from bot.ids import ConversationId
from bot.storage.database import Queries, Transaction


async def expected(
    db: Queries, conversation_id: ConversationId, *, skip: int, limit: int
) -> list[Listed]:
    """Those who had a place, then their supporters, each in the order of asking."""
    rows = await db.all(
        """
        SELECT member_id, state, number, asked_again, attended,
               guest.id AS guest_id, guest.name, guest.note, guest.looked_after_by
        FROM sign_up
        LEFT JOIN guest ON guest.id = sign_up.guest_id
        WHERE sign_up.conversation_id = :conversation_id AND state IN ('going', 'supporting')
        ORDER BY state, number
        LIMIT :limit OFFSET :skip
        """,
        {"conversation_id": conversation_id, "limit": limit, "skip": skip},
    )
    return [sign_up.listed_of(row) for row in rows]


async def count(db: Queries, conversation: Conversation) -> Attended:
    row = await db.only(
        """
        SELECT count(*) AS people, count(*) FILTER (WHERE attended) AS there
        FROM sign_up
        WHERE conversation_id = :conversation_id AND state IN ('going', 'supporting')
        """,
        {"conversation_id": conversation.id},
    )
    return Attended(conversation=conversation, there=row["there"], people=row["people"])


async def note(
    tx: Transaction, conversation_id: ConversationId, numbers: Sequence[int], *, there: bool
) -> None:
    """*numbers* are those of the sign-ups."""
    await tx.run(
        """
        UPDATE sign_up
        SET attended = :there
        WHERE conversation_id = :conversation_id AND state IN ('going', 'supporting')
          AND number IN (SELECT value FROM json_each(:numbers))
        """,
        {"conversation_id": conversation_id, "there": there, "numbers": json.dumps(numbers)},
    )


async def note_everybody(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run(
        """
        UPDATE sign_up
        SET attended = 1
        WHERE conversation_id = :conversation_id AND state IN ('going', 'supporting')
        """,
        {"conversation_id": conversation_id},
    )


async def note_the_rest(tx: Transaction, conversation_id: ConversationId) -> None:
    """Whoever has not been noted was not there."""
    await tx.run(
        """
        UPDATE sign_up
        SET attended = 0
        WHERE conversation_id = :conversation_id AND state IN ('going', 'supporting')
          AND attended IS NULL
        """,
        {"conversation_id": conversation_id},
    )
