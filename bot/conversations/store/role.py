"""The SQL for who ought to carry the attendee role, and who does."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.clock import to_text
from bot.conversations.model import LONGEST
from bot.conversations.model.effects import Carried, Carrying
from bot.ids import ConversationId, MemberId, NetworkId, RoleId
from bot.storage.database import Queries, Transaction


async def ought_to_carry(db: Queries, network_id: NetworkId, now: datetime) -> list[MemberId]:
    """Members who are going or supporting somewhere that is not over, and want the role."""
    rows = await db.all(
        """
        SELECT DISTINCT sign_up.member_id
        FROM conversation
        JOIN sign_up ON sign_up.conversation_id = conversation.id
        WHERE conversation.network_id = :network_id
          AND planned_at IS NOT NULL AND cancelled_at IS NULL
          AND starts_at > :long_ago
          AND strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, minutes || ' minutes') > :now
          AND sign_up.member_id IS NOT NULL AND sign_up.wants_role = 1
          AND sign_up.state IN ('going', 'supporting')
        ORDER BY sign_up.member_id
        """,
        {
            "network_id": network_id,
            "now": to_text(now),
            "long_ago": to_text(now - timedelta(minutes=LONGEST)),
        },
    )
    return [MemberId(row["member_id"]) for row in rows]


async def carried(db: Queries, network_id: NetworkId) -> list[Carried]:
    rows = await db.all(
        """
        SELECT member_id, role_id, how FROM role_carried
        WHERE network_id = :network_id
        ORDER BY member_id
        """,
        {"network_id": network_id},
    )
    return [
        Carried(
            member_id=MemberId(row["member_id"]),
            role_id=RoleId(row["role_id"]),
            how=Carrying(row["how"]),
        )
        for row in rows
    ]


async def save(
    tx: Transaction,
    network_id: NetworkId,
    role_id: RoleId,
    members: Iterable[MemberId],
    how: Carrying,
) -> None:
    await tx.run_many(
        """
        INSERT INTO role_carried (network_id, member_id, role_id, how)
        VALUES (:network_id, :member_id, :role_id, :how)
        ON CONFLICT (network_id, member_id, role_id) DO UPDATE SET how = excluded.how
        """,
        [
            {"network_id": network_id, "member_id": member_id, "role_id": role_id, "how": how}
            for member_id in members
        ],
    )


async def drop(tx: Transaction, network_id: NetworkId, gone: Sequence[Carried]) -> None:
    await tx.run_many(
        """
        DELETE FROM role_carried
        WHERE network_id = :network_id AND member_id = :member_id AND role_id = :role_id
        """,
        [
            {"network_id": network_id, "member_id": each.member_id, "role_id": each.role_id}
            for each in gone
        ],
    )


async def networks(db: Queries) -> list[NetworkId]:
    """Where anybody carries a role because of the bot."""
    rows = await db.all("SELECT DISTINCT network_id FROM role_carried")
    return [NetworkId(row["network_id"]) for row in rows]


async def network_of(db: Queries, conversation_id: ConversationId) -> NetworkId | None:
    row = await db.one(
        "SELECT network_id FROM conversation WHERE id = :id", {"id": conversation_id}
    )
    return None if row is None else NetworkId(row["network_id"])
