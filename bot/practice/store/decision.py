"""The SQL of what is decided about a practice, and of its end."""

from datetime import datetime

from bot.clock import to_text
from bot.ids import MemberId, PracticeId
from bot.practice.model import PracticeState
from bot.storage.database import Transaction


async def wait_for_moderator(tx: Transaction, practice_id: PracticeId, now: datetime) -> None:
    await tx.run(
        """
        UPDATE practice
        SET state = 'new', sent_at = :now, decided_by = NULL, decided_at = NULL, merged_into = NULL
        WHERE id = :id
        """,
        {"id": practice_id, "now": to_text(now)},
    )


async def decide(
    tx: Transaction, practice_id: PracticeId, state: PracticeState, by: MemberId, now: datetime
) -> None:
    await tx.run(
        """
        UPDATE practice
        SET state = :state, decided_by = :by, decided_at = :now, merged_into = NULL,
            shared_at = CASE WHEN :state IN ('shared', 'featured')
                        THEN coalesce(shared_at, :now) ELSE shared_at END
        WHERE id = :id
        """,
        {"id": practice_id, "state": state, "by": by, "now": to_text(now)},
    )


async def write_note(tx: Transaction, practice_id: PracticeId, note: str | None) -> None:
    await tx.run(
        "UPDATE practice_text SET note = :note WHERE practice_id = :id",
        {"id": practice_id, "note": note},
    )


async def hand_over(
    tx: Transaction, practice_id: PracticeId, owner: MemberId | None, deputy: MemberId | None
) -> None:
    await tx.run(
        "UPDATE practice SET owner_id = :owner, deputy_id = :deputy WHERE id = :id",
        {"id": practice_id, "owner": owner, "deputy": deputy},
    )


async def take_back(tx: Transaction, practice_id: PracticeId, now: datetime) -> None:
    """Leave nothing of its words, and nobody whose they were."""
    await tx.run(
        """
        UPDATE practice
        SET state = 'archived', author_id = NULL, is_named = 0, owner_id = NULL, deputy_id = NULL,
            licence = '', decided_at = :now
        WHERE id = :id
        """,
        {"id": practice_id, "now": to_text(now)},
    )
    await tx.run("DELETE FROM practice_text WHERE practice_id = :id", {"id": practice_id})
    await tx.run("DELETE FROM practice_file WHERE practice_id = :id", {"id": practice_id})
    await tx.run("DELETE FROM practice_answer WHERE practice_id = :id", {"id": practice_id})
    await tx.run("DELETE FROM practice_use WHERE practice_id = :id", {"id": practice_id})


async def merge(tx: Transaction, double: PracticeId, into: PracticeId) -> None:
    """Move to *into* what people have said of its double, and what it is sorted under."""
    ids = {"double": double, "into": into}
    await tx.run("UPDATE practice SET merged_into = :into WHERE id = :double", ids)
    # What was merged into the double before leads on.
    await tx.run("UPDATE practice SET merged_into = :into WHERE merged_into = :double", ids)
    await tx.run("UPDATE practice SET answers = :into WHERE answers = :double AND id <> :into", ids)
    await tx.run(
        """
        INSERT OR IGNORE INTO practice_answer (practice_id, member_id, says)
        SELECT :into, member_id, says FROM practice_answer WHERE practice_id = :double
        """,
        ids,
    )
    await tx.run(
        """
        INSERT OR IGNORE INTO practice_use (practice_id, service, said_by)
        SELECT :into, service, said_by FROM practice_use WHERE practice_id = :double
        """,
        ids,
    )
    await tx.run(
        """
        INSERT OR IGNORE INTO practice_theme (practice_id, theme_id)
        SELECT :into, theme_id FROM practice_theme WHERE practice_id = :double
          AND theme_id NOT IN (SELECT theme_id FROM practice_theme WHERE practice_id = :into)
        ORDER BY theme_id
        LIMIT max(0, 4 - (SELECT count(*) FROM practice_theme WHERE practice_id = :into))
        """,
        ids,
    )
