"""The SQL of what is decided about a quote, and of its end."""

from datetime import datetime

from bot.clock import to_text
from bot.ids import MemberId, NetworkId, QuoteId
from bot.storage.database import Transaction
from bot.wisdom.model import QuoteState


async def wait_for_moderator(tx: Transaction, quote_id: QuoteId) -> None:
    await tx.run(
        """
        UPDATE quote SET state = 'pending', decided_by = NULL, decided_at = NULL WHERE id = :id
        """,
        {"id": quote_id},
    )


async def ask_changes(
    tx: Transaction,
    quote_id: QuoteId,
    note: str | None,
    proposed: str | None,
    by: MemberId,
    now: datetime,
) -> None:
    await _decide(tx, quote_id, QuoteState.CHANGES_ASKED, by, now)
    await tx.run(
        "UPDATE quote_text SET note = :note, proposed = :proposed WHERE quote_id = :id",
        {"id": quote_id, "note": note, "proposed": proposed},
    )


async def decline(
    tx: Transaction, quote_id: QuoteId, note: str | None, by: MemberId, now: datetime
) -> None:
    await _decide(tx, quote_id, QuoteState.DECLINED, by, now)
    await tx.run(
        "UPDATE quote_text SET note = :note WHERE quote_id = :id", {"id": quote_id, "note": note}
    )


async def publish(
    tx: Transaction, quote_id: QuoteId, number: int, by: MemberId, now: datetime
) -> None:
    await tx.run(
        """
        UPDATE quote
        SET state = 'published', number = :number, published_at = coalesce(published_at, :now),
            decided_by = :by, decided_at = :now
        WHERE id = :id
        """,
        {"id": quote_id, "number": number, "by": by, "now": to_text(now)},
    )


async def next_number(tx: Transaction, network_id: NetworkId) -> int:
    """A number that no quote of this network has had."""
    row = await tx.only(
        """
        INSERT INTO quote_numbering (network_id, last) VALUES (:network_id, 1)
        ON CONFLICT (network_id) DO UPDATE SET last = last + 1
        RETURNING last
        """,
        {"network_id": network_id},
    )
    return row["last"]


async def end(tx: Transaction, quote_id: QuoteId, state: QuoteState, now: datetime) -> None:
    """Leave a tombstone. The words go with the state, by a trigger."""
    await tx.run(
        """
        UPDATE quote
        SET state = :state, ended_at = :now, perspective = NULL, conversation_id = NULL,
            speaker_id = NULL, kept_by = NULL, kind_id = NULL, answers = NULL
        WHERE id = :id
        """,
        {"id": quote_id, "state": state, "now": to_text(now)},
    )
    await tx.run("DELETE FROM quote_theme WHERE quote_id = :id", {"id": quote_id})
    await tx.run("DELETE FROM quote_helped WHERE quote_id = :id", {"id": quote_id})


async def _decide(
    tx: Transaction, quote_id: QuoteId, state: QuoteState, by: MemberId, now: datetime
) -> None:
    await tx.run(
        "UPDATE quote SET state = :state, decided_by = :by, decided_at = :now WHERE id = :id",
        {"id": quote_id, "state": state, "by": by, "now": to_text(now)},
    )
