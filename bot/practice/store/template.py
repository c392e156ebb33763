"""The SQL of templates: who looks after them, which services use them, and when to ask again."""

from collections.abc import Sequence
from datetime import datetime

from bot.clock import to_text
from bot.ids import MemberId, NetworkId, PracticeId
from bot.storage.database import Queries, Transaction


async def to_check(db: Queries, before: datetime, most: int) -> list[PracticeId]:
    """Shared templates that nobody has looked at since, nor been asked about."""
    rows = await db.all(
        """
        SELECT practice.id
        FROM practice JOIN practice_text ON practice_text.practice_id = practice.id
        WHERE state IN ('shared', 'featured') AND owner_id IS NOT NULL
          AND max(coalesce(asked_at, ''), coalesce(checked_at, ''), shared_at) <= :before
          AND (link IS NOT NULL
               OR EXISTS (SELECT 1 FROM practice_file WHERE practice_id = practice.id))
        ORDER BY practice.id LIMIT :most
        """,
        {"before": to_text(before), "most": most},
    )
    return [PracticeId(row["id"]) for row in rows]


async def mark_asked(tx: Transaction, practice_id: PracticeId, now: datetime) -> None:
    await tx.run(
        "UPDATE practice SET asked_at = :now WHERE id = :id",
        {"id": practice_id, "now": to_text(now)},
    )


async def keepers(db: Queries, network_id: NetworkId) -> list[MemberId]:
    """Those who look after a shared template, or are the deputy for one."""
    rows = await db.all(
        """
        WITH template (owner_id, deputy_id) AS (
            SELECT owner_id, deputy_id
            FROM practice JOIN practice_text ON practice_text.practice_id = practice.id
            WHERE network_id = :network_id AND state IN ('shared', 'featured')
              AND (link IS NOT NULL
                   OR EXISTS (SELECT 1 FROM practice_file WHERE practice_id = practice.id))
        )
        SELECT owner_id AS member_id FROM template WHERE owner_id IS NOT NULL
        UNION SELECT deputy_id FROM template WHERE deputy_id IS NOT NULL
        """,
        {"network_id": network_id},
    )
    return [MemberId(row["member_id"]) for row in rows]


async def kept_by(db: Queries, network_id: NetworkId, member_id: MemberId) -> list[PracticeId]:
    rows = await db.all(
        """
        SELECT id FROM practice
        WHERE network_id = :network_id AND :member_id IN (owner_id, deputy_id)
        ORDER BY id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return [PracticeId(row["id"]) for row in rows]


async def mark_checked(tx: Transaction, practice_id: PracticeId, now: datetime) -> None:
    await tx.run(
        "UPDATE practice SET checked_at = :now WHERE id = :id",
        {"id": practice_id, "now": to_text(now)},
    )


async def save_licence(tx: Transaction, practice_id: PracticeId, licence: str) -> None:
    await tx.run(
        "UPDATE practice SET licence = :licence WHERE id = :id",
        {"id": practice_id, "licence": licence},
    )


async def services_of(db: Queries, practice_id: PracticeId) -> Sequence[str]:
    rows = await db.all(
        "SELECT service FROM practice_use WHERE practice_id = :id", {"id": practice_id}
    )
    return [row["service"] for row in rows]


async def add_use(
    tx: Transaction, practice_id: PracticeId, service: str, member_id: MemberId
) -> None:
    await tx.run(
        """
        INSERT INTO practice_use (practice_id, service, said_by)
        VALUES (:id, :service, :member_id) ON CONFLICT DO NOTHING
        """,
        {"id": practice_id, "service": service, "member_id": member_id},
    )
