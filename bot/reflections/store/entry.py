"""The SQL of the quotes that a post has room for. None enters without a consent that lives."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import to_text
from bot.ids import ConversationId, NetworkId, QuoteId, ReflectionId, ThemeId
from bot.storage.database import Transaction


async def gather(
    tx: Transaction,
    reflection_id: ReflectionId,
    network_id: NetworkId,
    conversation_id: ConversationId | None,
    theme_ids: Sequence[ThemeId] | None,
    now: datetime,
    most: int,
) -> int:
    """Take in quotes that may be used in a post, and are not in it yet; say how many.

    Of one conversation; or else those that no other published post has had. They come behind
    those that there are: kind by kind, theme by theme, in the order of their numbers.
    """
    rows = await tx.all(
        """
        INSERT INTO reflection_quote (reflection_id, quote_id, position)
        SELECT :reflection_id, found.id, row_number() OVER (
            ORDER BY kind_position, theme_position, number
        ) + (SELECT coalesce(max(position), 0) FROM reflection_quote
             WHERE reflection_id = :reflection_id)
        FROM (
            SELECT shown_quote.id, shown_quote.number,
                   (SELECT position FROM kind WHERE kind.id = shown_quote.kind_id) AS kind_position,
                   (SELECT min(theme.position) FROM quote_theme JOIN theme ON theme.id = theme_id
                    WHERE quote_id = shown_quote.id) AS theme_position
            FROM shown_quote
            WHERE network_id = :network_id AND in_posts = 1
              AND (expires_at IS NULL OR expires_at > :now)
              AND CASE WHEN :conversation_id IS NULL THEN id NOT IN (
                      SELECT quote_id FROM reflection_quote JOIN reflection
                      ON reflection.id = reflection_id
                      WHERE network_id = :network_id AND published_at IS NOT NULL
                        AND is_left_out = 0
                  ) ELSE conversation_id = :conversation_id END
              AND (:themes IS NULL OR id IN (
                  SELECT quote_id FROM quote_theme
                  WHERE theme_id IN (SELECT value FROM json_each(:themes))
              ))
              AND id NOT IN (
                  SELECT quote_id FROM reflection_quote WHERE reflection_id = :reflection_id
              )
            ORDER BY shown_quote.number
            LIMIT max(0, :most - (SELECT count(*) FROM reflection_quote
                                  WHERE reflection_id = :reflection_id))
        ) AS found
        RETURNING quote_id
        """,
        {
            "reflection_id": reflection_id,
            "network_id": network_id,
            "conversation_id": conversation_id,
            "themes": None if theme_ids is None else json.dumps(list(theme_ids)),
            "now": to_text(now),
            "most": most,
        },
    )
    return len(rows)


async def leave_out(
    tx: Transaction, reflection_id: ReflectionId, quote_ids: Sequence[QuoteId], *, leave: bool
) -> None:
    await tx.run(
        """
        UPDATE reflection_quote SET is_left_out = :leave
        WHERE reflection_id = :id AND quote_id IN (SELECT value FROM json_each(:quote_ids))
        """,
        {"id": reflection_id, "quote_ids": json.dumps(list(quote_ids)), "leave": leave},
    )


async def put_in_order(
    tx: Transaction, reflection_id: ReflectionId, quote_ids: Sequence[QuoteId]
) -> None:
    await tx.run_many(
        """
        UPDATE reflection_quote SET position = :position
        WHERE reflection_id = :id AND quote_id = :quote_id
        """,
        [
            {"id": reflection_id, "quote_id": quote_id, "position": position}
            for position, quote_id in enumerate(quote_ids, start=1)
        ],
    )
