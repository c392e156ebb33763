"""The SQL for who hosts a conversation, and who named them."""

from datetime import datetime

from bot.clock import to_text
from bot.conversations.model import Hosting
from bot.ids import ConversationId, HostingId, MemberId
from bot.storage.database import Queries, Row, Transaction


async def save(
    tx: Transaction,
    conversation_id: ConversationId,
    host_id: MemberId | None,
    deputy_id: MemberId | None,
) -> None:
    await tx.run(
        "UPDATE conversation SET host_id = :host_id, deputy_id = :deputy_id WHERE id = :id",
        {"id": conversation_id, "host_id": host_id, "deputy_id": deputy_id},
    )


async def add(
    tx: Transaction,
    conversation_id: ConversationId,
    member_id: MemberId,
    named_by: MemberId,
    now: datetime,
) -> HostingId:
    """Remember that somebody was named."""
    row = await tx.only(
        """
        INSERT INTO hosting (conversation_id, member_id, named_by, named_at)
        VALUES (:conversation_id, :member_id, :named_by, :now)
        RETURNING id
        """,
        {
            "conversation_id": conversation_id,
            "member_id": member_id,
            "named_by": named_by,
            "now": to_text(now),
        },
    )
    return HostingId(row["id"])


async def get(db: Queries, hosting_id: HostingId) -> Hosting:
    row = await db.only(
        "SELECT id, member_id, named_by FROM hosting WHERE id = :id", {"id": hosting_id}
    )
    return _hosting(row)


async def latest(db: Queries, conversation_id: ConversationId, member_id: MemberId) -> Hosting:
    """When this person, who is a host, was last named."""
    row = await db.only(
        """
        SELECT id, member_id, named_by FROM hosting
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        ORDER BY id DESC
        LIMIT 1
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return _hosting(row)


async def find_latest(
    db: Queries, conversation_id: ConversationId, member_id: MemberId
) -> Hosting | None:
    """As `latest`, of somebody who may never have been named."""
    row = await db.one(
        """
        SELECT id, member_id, named_by FROM hosting
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        ORDER BY id DESC
        LIMIT 1
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return None if row is None else _hosting(row)


def _hosting(row: Row) -> Hosting:
    return Hosting(
        id=HostingId(row["id"]),
        member_id=MemberId(row["member_id"]),
        named_by=MemberId(row["named_by"]),
    )
