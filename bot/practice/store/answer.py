"""The SQL of what people answer under practices, and which services use them."""

from bot.ids import MemberId, PracticeId
from bot.practice.model import Says
from bot.storage.database import Queries, Transaction


async def find(db: Queries, practice_id: PracticeId, member_id: MemberId) -> Says | None:
    row = await db.one(
        "SELECT says FROM practice_answer WHERE practice_id = :id AND member_id = :member_id",
        {"id": practice_id, "member_id": member_id},
    )
    return None if row is None else Says(row["says"])


async def save(tx: Transaction, practice_id: PracticeId, member_id: MemberId, says: Says) -> None:
    await tx.run(
        """
        INSERT INTO practice_answer (practice_id, member_id, says) VALUES (:id, :member_id, :says)
        ON CONFLICT (practice_id, member_id) DO UPDATE SET says = excluded.says
        """,
        {"id": practice_id, "member_id": member_id, "says": says},
    )


async def drop(tx: Transaction, practice_id: PracticeId, member_id: MemberId) -> None:
    await tx.run(
        "DELETE FROM practice_answer WHERE practice_id = :id AND member_id = :member_id",
        {"id": practice_id, "member_id": member_id},
    )
