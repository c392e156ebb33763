"""The SQL for troubles. Rows stop here: callers get the model."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import to_text
from bot.ids import NetworkId, TroubleId
from bot.storage.database import Queries, Transaction
from bot.troubles.model import Trouble


async def add(
    tx: Transaction, network_id: NetworkId, what: Trouble, now: datetime
) -> TroubleId | None:
    """Its id, or None when it was there already."""
    row = await tx.one(
        """
        INSERT INTO trouble (network_id, what, since)
        VALUES (:network_id, :what, :now)
        ON CONFLICT (network_id, what) DO NOTHING
        RETURNING id
        """,
        {"network_id": network_id, "what": what, "now": to_text(now)},
    )
    return None if row is None else TroubleId(row["id"])


async def drop(tx: Transaction, network_id: NetworkId, what: Sequence[Trouble]) -> None:
    await tx.run(
        """
        DELETE FROM trouble
        WHERE network_id = :network_id AND what IN (SELECT value FROM json_each(:what))
        """,
        {"network_id": network_id, "what": json.dumps(what)},
    )


async def of_network(db: Queries, network_id: NetworkId) -> list[tuple[TroubleId, Trouble]]:
    """Longest first."""
    rows = await db.all(
        "SELECT id, what FROM trouble WHERE network_id = :network_id ORDER BY id",
        {"network_id": network_id},
    )
    return [(TroubleId(row["id"]), Trouble(row["what"])) for row in rows]
