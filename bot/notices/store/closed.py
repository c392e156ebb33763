"""The SQL for people whose private messages are closed."""

from datetime import datetime

from bot.clock import to_text
from bot.ids import MemberId, NetworkId
from bot.storage.database import Queries, Transaction


async def remember(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> None:
    await tx.run(
        """
        INSERT INTO closed_messages (network_id, member_id, since)
        VALUES (:network_id, :member_id, :now)
        ON CONFLICT (network_id, member_id) DO NOTHING
        """,
        {"network_id": network_id, "member_id": member_id, "now": to_text(now)},
    )


async def forget(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    await tx.run(
        """
        DELETE FROM closed_messages
        WHERE network_id = :network_id AND member_id = :member_id
        """,
        {"network_id": network_id, "member_id": member_id},
    )


async def is_closed(db: Queries, network_id: NetworkId, member_id: MemberId) -> bool:
    row = await db.one(
        """
        SELECT 1 FROM closed_messages
        WHERE network_id = :network_id AND member_id = :member_id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return row is not None


async def count(db: Queries, network_id: NetworkId) -> int:
    row = await db.only(
        "SELECT count(*) AS people FROM closed_messages WHERE network_id = :network_id",
        {"network_id": network_id},
    )
    return row["people"]
