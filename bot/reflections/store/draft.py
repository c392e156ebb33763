"""The SQL of posts, from the first draft on."""

from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import (
    ChannelId,
    ConversationId,
    KindId,
    MemberId,
    NetworkId,
    QuoteId,
    ReflectionId,
    ThemeId,
    ThreadId,
)
from bot.reflections.model import Draft, Entry, Listed, Place, Slot, Text
from bot.storage.database import Queries, Row, Transaction


async def find(db: Queries, reflection_id: ReflectionId) -> Draft | None:
    row = await db.one(
        """
        SELECT id, network_id, conversation_id, theme_id, lead_quote_id, made_at, published_at,
               channel_id, thread_id
        FROM reflection WHERE id = :id
        """,
        {"id": reflection_id},
    )
    if row is None:
        return None
    texts = await db.all(
        """
        SELECT slot, kind_id, max(version) AS version, words, by_id, at
        FROM reflection_text WHERE reflection_id = :id
        GROUP BY slot, kind_id
        """,
        {"id": reflection_id},
    )
    entries = await db.all(
        """
        SELECT quote_id, is_left_out FROM reflection_quote WHERE reflection_id = :id
        ORDER BY position, quote_id
        """,
        {"id": reflection_id},
    )
    return _draft(row, texts, entries)


async def of_conversation(db: Queries, conversation_id: ConversationId) -> ReflectionId | None:
    row = await db.one(
        "SELECT id FROM reflection WHERE conversation_id = :id", {"id": conversation_id}
    )
    return None if row is None else ReflectionId(row["id"])


async def open_one(
    db: Queries, network_id: NetworkId, theme_id: ThemeId | None
) -> ReflectionId | None:
    """A draft of no one conversation that is still being written."""
    row = await db.one(
        """
        SELECT id FROM reflection
        WHERE network_id = :network_id AND conversation_id IS NULL AND published_at IS NULL
          AND theme_id IS :theme_id
        ORDER BY id DESC LIMIT 1
        """,
        {"network_id": network_id, "theme_id": theme_id},
    )
    return None if row is None else ReflectionId(row["id"])


async def of_network(
    db: Queries, network_id: NetworkId, *, published_only: bool, most: int
) -> list[Listed]:
    """The newest first."""
    rows = await db.all(
        """
        SELECT id, theme_id, published_at IS NOT NULL AS is_published,
               (SELECT title FROM conversation WHERE conversation.id = conversation_id)
               AS conversation,
               (SELECT words FROM reflection_text
                WHERE reflection_id = reflection.id AND slot = 'title'
                ORDER BY version DESC LIMIT 1) AS title
        FROM reflection
        WHERE network_id = :network_id AND (published_at IS NOT NULL OR NOT :published_only)
        ORDER BY id DESC LIMIT :most
        """,
        {"network_id": network_id, "published_only": published_only, "most": most},
    )
    return [
        Listed(
            id=ReflectionId(row["id"]),
            title=row["title"] or "",
            conversation=row["conversation"] or "",
            theme_id=None if row["theme_id"] is None else ThemeId(row["theme_id"]),
            is_published=bool(row["is_published"]),
        )
        for row in rows
    ]


async def with_quote(db: Queries, quote_id: QuoteId) -> list[ReflectionId]:
    rows = await db.all(
        """
        SELECT reflection_id FROM reflection_quote
        JOIN reflection ON reflection.id = reflection_id
        WHERE quote_id = :id AND published_at IS NOT NULL
        """,
        {"id": quote_id},
    )
    return [ReflectionId(row["reflection_id"]) for row in rows]


async def published(db: Queries, network_id: NetworkId | None) -> list[ReflectionId]:
    rows = await db.all(
        """
        SELECT id FROM reflection
        WHERE published_at IS NOT NULL AND (:network_id IS NULL OR network_id = :network_id)
        """,
        {"network_id": network_id},
    )
    return [ReflectionId(row["id"]) for row in rows]


async def add(
    tx: Transaction,
    network_id: NetworkId,
    conversation_id: ConversationId | None,
    theme_id: ThemeId | None,
    made_by: MemberId,
    now: datetime,
) -> ReflectionId:
    row = await tx.only(
        """
        INSERT INTO reflection (network_id, conversation_id, theme_id, made_by, made_at)
        VALUES (:network_id, :conversation_id, :theme_id, :made_by, :now)
        RETURNING id
        """,
        {
            "network_id": network_id,
            "conversation_id": conversation_id,
            "theme_id": theme_id,
            "made_by": made_by,
            "now": to_text(now),
        },
    )
    return ReflectionId(row["id"])


async def write(
    tx: Transaction,
    reflection_id: ReflectionId,
    place: Place,
    words: str,
    version: int,
    by_id: MemberId,
    now: datetime,
) -> None:
    """A new version of a text, after those that there are."""
    await tx.run(
        """
        INSERT INTO reflection_text (reflection_id, slot, kind_id, version, words, by_id, at)
        VALUES (:reflection_id, :slot, :kind_id, :version, :words, :by_id, :now)
        """,
        {
            "reflection_id": reflection_id,
            "slot": place.slot,
            "kind_id": place.kind_id,
            "version": version,
            "words": words,
            "by_id": by_id,
            "now": to_text(now),
        },
    )


async def lead_with(tx: Transaction, reflection_id: ReflectionId, quote_id: QuoteId | None) -> None:
    await tx.run(
        "UPDATE reflection SET lead_quote_id = :quote_id WHERE id = :id",
        {"id": reflection_id, "quote_id": quote_id},
    )


async def publish(
    tx: Transaction, reflection_id: ReflectionId, by_id: MemberId, now: datetime
) -> None:
    await tx.run(
        "UPDATE reflection SET published_by = :by_id, published_at = :now WHERE id = :id",
        {"id": reflection_id, "by_id": by_id, "now": to_text(now)},
    )


async def delete(tx: Transaction, reflection_id: ReflectionId) -> None:
    await tx.run("DELETE FROM reflection WHERE id = :id", {"id": reflection_id})


def _draft(row: Row, texts: list[Row], entries: list[Row]) -> Draft:
    conversation, theme, lead = row["conversation_id"], row["theme_id"], row["lead_quote_id"]
    channel, thread, published_at = row["channel_id"], row["thread_id"], row["published_at"]
    return Draft(
        id=ReflectionId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        conversation_id=None if conversation is None else ConversationId(conversation),
        theme_id=None if theme is None else ThemeId(theme),
        lead_quote_id=None if lead is None else QuoteId(lead),
        made_at=from_text(row["made_at"]),
        published_at=None if published_at is None else from_text(published_at),
        channel_id=None if channel is None else ChannelId(channel),
        thread_id=None if thread is None else ThreadId(thread),
        texts={_place(each): _text(each) for each in texts},
        entries=[
            Entry(quote_id=QuoteId(each["quote_id"]), is_left_out=bool(each["is_left_out"]))
            for each in entries
        ],
    )


def _place(row: Row) -> Place:
    kind = row["kind_id"]
    return Place(Slot(row["slot"]), None if kind is None else KindId(kind))


def _text(row: Row) -> Text:
    by = row["by_id"]
    return Text(
        words=row["words"],
        version=row["version"],
        by_id=None if by is None else MemberId(by),
        at=from_text(row["at"]),
    )
