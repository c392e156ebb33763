"""The SQL for what people chose for themselves: columns of their sign-up."""

from bot.conversations.model import Choices
from bot.ids import ConversationId, MemberId
from bot.storage.database import Queries, Transaction


async def get(db: Queries, conversation_id: ConversationId, member_id: MemberId) -> Choices:
    """Of somebody who has answered."""
    row = await db.only(
        """
        SELECT shows_name, wants_role FROM sign_up
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return Choices(shows_name=bool(row["shows_name"]), wants_role=bool(row["wants_role"]))


async def save(
    tx: Transaction, conversation_id: ConversationId, member_id: MemberId, choices: Choices
) -> None:
    await tx.run(
        """
        UPDATE sign_up
        SET shows_name = :shows_name, wants_role = :wants_role
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {
            "conversation_id": conversation_id,
            "member_id": member_id,
            "shows_name": choices.shows_name,
            "wants_role": choices.wants_role,
        },
    )


async def named(db: Queries, conversation_id: ConversationId, limit: int) -> list[MemberId]:
    """Who comes and asked to be named, in the order of asking."""
    rows = await db.all(
        """
        SELECT member_id FROM sign_up
        WHERE conversation_id = :conversation_id AND shows_name = 1 AND member_id IS NOT NULL
          AND state IN ('going', 'supporting')
        ORDER BY number
        LIMIT :limit
        """,
        {"conversation_id": conversation_id, "limit": limit},
    )
    return [MemberId(row["member_id"]) for row in rows]
