"""The SQL of pages for papers: what may be on one, and how much may not."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import to_text
from bot.ids import NetworkId, QuoteId, ThemeId
from bot.storage.database import Queries


async def newest(
    db: Queries,
    network_id: NetworkId,
    theme_ids: Sequence[ThemeId],
    now: datetime,
    *,
    only_public: bool,
    most: int,
) -> tuple[list[QuoteId], int]:
    """Those agreed for training and papers, and how many there are. *only_public*: of those that
    are shown to everybody in Discord as well."""
    rows = await db.all(
        """
        SELECT id, count(*) OVER () AS how_many FROM shown_quote
        WHERE network_id = :network_id AND in_training = 1 AND (in_discord = 1 OR :all)
          AND (expires_at IS NULL OR expires_at > :now)
          AND id IN (
              SELECT quote_id FROM quote_theme
              WHERE theme_id IN (SELECT value FROM json_each(:themes))
          )
        ORDER BY number DESC LIMIT :most
        """,
        {
            "network_id": network_id,
            "themes": json.dumps(list(theme_ids)),
            "all": not only_public,
            "now": to_text(now),
            "most": most,
        },
    )
    return [QuoteId(row["id"]) for row in rows], rows[0]["how_many"] if rows else 0


async def count_left_out(
    db: Queries, network_id: NetworkId, theme_ids: Sequence[ThemeId], now: datetime
) -> int:
    """Those that everybody in Discord can read, and that are not agreed for papers."""
    row = await db.only(
        """
        SELECT count(*) AS how_many FROM shown_quote
        WHERE network_id = :network_id AND in_training = 0 AND in_discord = 1
          AND (expires_at IS NULL OR expires_at > :now)
          AND id IN (
              SELECT quote_id FROM quote_theme
              WHERE theme_id IN (SELECT value FROM json_each(:themes))
          )
        """,
        {
            "network_id": network_id,
            "themes": json.dumps(list(theme_ids)),
            "now": to_text(now),
        },
    )
    return row["how_many"]
