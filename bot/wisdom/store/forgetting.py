"""The SQL that takes somebody out of wisdom. Their quotes are taken back before, one by one."""

from datetime import datetime

from bot.clock import to_text
from bot.ids import MemberId, NetworkId, QuoteId
from bot.storage.database import Queries, Transaction


async def spoken_by(db: Queries, network_id: NetworkId, member_id: MemberId) -> list[QuoteId]:
    rows = await db.all(
        """
        SELECT id FROM quote WHERE network_id = :network_id AND speaker_id = :member_id ORDER BY id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return [QuoteId(row["id"]) for row in rows]


async def shown_with(db: Queries, network_id: NetworkId, member_id: MemberId) -> list[QuoteId]:
    """Quotes of others that show something of this person: a count, or who decided."""
    rows = await db.all(
        """
        SELECT id FROM quote
        WHERE network_id = :network_id AND (
            decided_by = :member_id OR kept_by = :member_id
            OR id IN (SELECT quote_id FROM quote_helped WHERE member_id = :member_id)
        )
        ORDER BY id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return [QuoteId(row["id"]) for row in rows]


async def forget_work(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """What they did with quotes of others: that it was done stays, and by whom goes."""
    asked = {"network_id": network_id, "member_id": member_id}
    # A moderator's note is in their own words, to the speaker.
    await tx.run(
        """
        UPDATE quote_text SET note = NULL
        WHERE note IS NOT NULL AND quote_id IN (
            SELECT id FROM quote WHERE network_id = :network_id AND decided_by = :member_id
        )
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE quote
        SET decided_by = CASE decided_by WHEN :member_id THEN NULL ELSE decided_by END,
            kept_by = CASE kept_by WHEN :member_id THEN NULL ELSE kept_by END
        WHERE network_id = :network_id AND :member_id IN (decided_by, kept_by)
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE quote_change SET by_id = NULL
        WHERE by_id = :member_id
          AND quote_id IN (SELECT id FROM quote WHERE network_id = :network_id)
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE consent SET given_by = NULL
        WHERE given_by = :member_id
          AND quote_id IN (SELECT id FROM quote WHERE network_id = :network_id)
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE quote_import SET by_id = NULL
        WHERE network_id = :network_id AND by_id = :member_id
        """,
        asked,
    )


async def forget_wishes(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> None:
    """Questions by them and to them are closed; a private message with words is still emptied."""
    asked = {
        "network_id": network_id,
        "member_id": member_id,
        "now": to_text(now),
    }
    await tx.run(
        """
        DELETE FROM quote_helped
        WHERE member_id = :member_id
          AND quote_id IN (SELECT id FROM quote WHERE network_id = :network_id)
        """,
        asked,
    )
    await tx.run(
        "DELETE FROM not_to_be_asked WHERE network_id = :network_id AND member_id = :member_id",
        asked,
    )
    # Nobody is spoken for by -1; the row lasts until its message is empty.
    await tx.run(
        """
        UPDATE quote_request
        SET speaker_id = -1, asked_by = NULL, said_in = NULL, said_message_id = NULL,
            perspective = NULL, content_note = NULL, lasts_until = :now,
            state = CASE state WHEN 'open' THEN 'lapsed' ELSE state END
        WHERE network_id = :network_id AND speaker_id = :member_id
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE quote_request
        SET asked_by = NULL,
            lasts_until = CASE state WHEN 'open' THEN :now ELSE lasts_until END,
            state = CASE state WHEN 'open' THEN 'lapsed' ELSE state END
        WHERE network_id = :network_id AND asked_by = :member_id
        """,
        asked,
    )
    await tx.run(
        """
        DELETE FROM quote_request
        WHERE network_id = :network_id AND speaker_id = -1
          AND (message_id IS NULL OR state IN ('agreed', 'refused'))
        """,
        asked,
    )
