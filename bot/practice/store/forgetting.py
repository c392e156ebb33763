"""The SQL that takes somebody out of practice. What they wrote is taken back before."""

from bot.ids import MemberId, NetworkId, PracticeId
from bot.storage.database import Queries, Transaction


async def written_by(db: Queries, network_id: NetworkId, member_id: MemberId) -> list[PracticeId]:
    rows = await db.all(
        """
        SELECT id FROM practice
        WHERE network_id = :network_id AND author_id = :member_id ORDER BY id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return [PracticeId(row["id"]) for row in rows]


async def touched_by(db: Queries, network_id: NetworkId, member_id: MemberId) -> list[PracticeId]:
    """Those of others that show something of this person: a count, or who decided."""
    rows = await db.all(
        """
        SELECT id FROM practice
        WHERE network_id = :network_id AND (
            :member_id IN (decided_by, owner_id, deputy_id)
            OR id IN (SELECT practice_id FROM practice_answer WHERE member_id = :member_id)
            OR id IN (SELECT practice_id FROM practice_use WHERE said_by = :member_id)
        )
        ORDER BY id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return [PracticeId(row["id"]) for row in rows]


async def forget_work(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """What they did with practices of others: that it was done stays, and by whom goes."""
    asked = {"network_id": network_id, "member_id": member_id}
    # A moderator's note is in their own words, to the author.
    await tx.run(
        """
        UPDATE practice_text SET note = NULL
        WHERE note IS NOT NULL AND practice_id IN (
            SELECT id FROM practice WHERE network_id = :network_id AND decided_by = :member_id
        )
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE practice
        SET decided_by = nullif(decided_by, :member_id), owner_id = nullif(owner_id, :member_id),
            deputy_id = nullif(deputy_id, :member_id)
        WHERE network_id = :network_id AND :member_id IN (decided_by, owner_id, deputy_id)
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE practice_change SET by_id = NULL, why = 'whoever did it was forgotten'
        WHERE by_id = :member_id
          AND practice_id IN (SELECT id FROM practice WHERE network_id = :network_id)
        """,
        asked,
    )
    await tx.run(
        """
        DELETE FROM practice_answer WHERE member_id = :member_id
          AND practice_id IN (SELECT id FROM practice WHERE network_id = :network_id)
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE practice_use SET said_by = NULL WHERE said_by = :member_id
          AND practice_id IN (SELECT id FROM practice WHERE network_id = :network_id)
        """,
        asked,
    )
