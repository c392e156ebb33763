"""The SQL for when there is something to do."""

from datetime import datetime

from bot.clock import from_text
from bot.notices.model import EVERYBODY, HOLDS_BACK_FOR, Lane
from bot.storage.database import Queries


async def next_tries(db: Queries) -> dict[Lane, datetime]:
    """When `claim_next` finds something, in each lane in which it will.

    What is held back is not due, however long it waits.
    """
    # For each lane the first of its index: the cost does not grow with what is owed.
    rows = await db.all(
        """
        WITH lane (number) AS (VALUES (0), (1), (2)),
        first (lane, at) AS (
            SELECT number, (
                SELECT next_try_at FROM notice AS next
                WHERE state = 'owed' AND next.lane = lane.number
                  AND NOT EXISTS (
                    SELECT 1 FROM notice AS before
                    WHERE before.about = next.about AND before.about_id = next.about_id
                      AND before.member_id = next.member_id
                      AND before.state = 'owed' AND before.lane = next.lane AND before.id < next.id
                      AND before.attempts BETWEEN 1 AND :patience
                      AND (next.member_id <> :everybody OR before.kind = next.kind)
                  )
                ORDER BY next_try_at
                LIMIT 1
            )
            FROM lane
        )
        SELECT lane, at FROM first WHERE at IS NOT NULL
        """,
        {"patience": HOLDS_BACK_FOR, "everybody": EVERYBODY},
    )
    return {Lane(row["lane"]): from_text(row["at"]) for row in rows}
