"""The SQL of the messages that show published posts, and of files that were taken away."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import (
    ChannelId,
    ExportId,
    MemberId,
    MessageId,
    NetworkId,
    QuoteId,
    ReflectionId,
    ThreadId,
)
from bot.reflections.model import Form, Holding, PostedPart
from bot.storage.database import Queries, Row, Transaction


async def parts(db: Queries, reflection_id: ReflectionId) -> list[PostedPart]:
    rows = await db.all(
        """
        SELECT part, message_id, shows FROM reflection_message WHERE reflection_id = :id
        ORDER BY part
        """,
        {"id": reflection_id},
    )
    return [
        PostedPart(part=row["part"], message_id=MessageId(row["message_id"]), shows=row["shows"])
        for row in rows
    ]


async def of_message(db: Queries, message_id: MessageId) -> ReflectionId | None:
    row = await db.one(
        "SELECT reflection_id FROM reflection_message WHERE message_id = :id", {"id": message_id}
    )
    return None if row is None else ReflectionId(row["reflection_id"])


async def remember(tx: Transaction, reflection_id: ReflectionId, part: PostedPart) -> None:
    await tx.run(
        """
        INSERT INTO reflection_message (reflection_id, part, message_id, shows)
        VALUES (:id, :part, :message_id, :shows)
        ON CONFLICT (reflection_id, part)
        DO UPDATE SET message_id = excluded.message_id, shows = excluded.shows
        """,
        {
            "id": reflection_id,
            "part": part.part,
            "message_id": part.message_id,
            "shows": part.shows,
        },
    )


async def forget(tx: Transaction, reflection_id: ReflectionId, part: int) -> None:
    await tx.run(
        "DELETE FROM reflection_message WHERE reflection_id = :id AND part = :part",
        {"id": reflection_id, "part": part},
    )


async def has_thread(
    tx: Transaction, reflection_id: ReflectionId, channel_id: ChannelId, thread_id: ThreadId
) -> None:
    await tx.run(
        "UPDATE reflection SET channel_id = :channel_id, thread_id = :thread_id WHERE id = :id",
        {"id": reflection_id, "channel_id": channel_id, "thread_id": thread_id},
    )


async def add_export(
    tx: Transaction,
    reflection_id: ReflectionId,
    form: Form,
    quote_ids: Sequence[QuoteId],
    by_id: MemberId,
    now: datetime,
) -> None:
    row = await tx.only(
        """
        INSERT INTO reflection_export (reflection_id, form, exported_by, exported_at)
        VALUES (:id, :form, :by_id, :now) RETURNING id
        """,
        {"id": reflection_id, "form": form, "by_id": by_id, "now": to_text(now)},
    )
    await tx.run(
        """
        INSERT INTO reflection_export_quote (export_id, quote_id)
        SELECT :export_id, value FROM json_each(:quote_ids)
        """,
        {"export_id": row["id"], "quote_ids": json.dumps(list(quote_ids))},
    )


async def no_longer_allowed(
    db: Queries, now: datetime, most: int, quote_id: QuoteId | None = None
) -> list[Holding]:
    """Quotes in somebody's file that may not be used in a post any more, and nobody told them.

    Of all quotes, or of one.
    """
    rows = await db.all(
        """
        SELECT held.id, held.export_id, reflection_id, reflection.network_id, quote.number, form,
               exported_by, exported_at
        FROM reflection_export_quote AS held
        JOIN reflection_export ON reflection_export.id = held.export_id
        JOIN reflection ON reflection.id = reflection_id
        JOIN quote ON quote.id = held.quote_id
        WHERE held.gone_at IS NULL AND (:quote_id IS NULL OR held.quote_id = :quote_id)
          AND NOT EXISTS (
            SELECT 1 FROM shown_quote
            WHERE shown_quote.id = held.quote_id AND in_posts = 1
              AND (expires_at IS NULL OR expires_at > :now)
        )
        ORDER BY held.id LIMIT :most
        """,
        {"now": to_text(now), "most": most, "quote_id": quote_id},
    )
    return [_holding(row) for row in rows]


async def find_holding(db: Queries, holding_id: int) -> Holding | None:
    row = await db.one(
        """
        SELECT held.id, held.export_id, reflection_id, reflection.network_id, quote.number, form,
               exported_by, exported_at
        FROM reflection_export_quote AS held
        JOIN reflection_export ON reflection_export.id = held.export_id
        JOIN reflection ON reflection.id = reflection_id
        JOIN quote ON quote.id = held.quote_id
        WHERE held.id = :id
        """,
        {"id": holding_id},
    )
    return None if row is None else _holding(row)


async def mark_gone(tx: Transaction, holding_id: int, now: datetime) -> None:
    await tx.run(
        "UPDATE reflection_export_quote SET gone_at = :now WHERE id = :id",
        {"id": holding_id, "now": to_text(now)},
    )


def _holding(row: Row) -> Holding:
    by = row["exported_by"]
    return Holding(
        id=row["id"],
        export_id=ExportId(row["export_id"]),
        reflection_id=ReflectionId(row["reflection_id"]),
        network_id=NetworkId(row["network_id"]),
        number=row["number"],
        form=Form(row["form"]),
        exported_by=None if by is None else MemberId(by),
        exported_at=from_text(row["exported_at"]),
    )
