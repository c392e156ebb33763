"""The SQL for conversations in Discord's own events list."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from bot.clock import from_text, to_text
from bot.conversations.model.effects import InList, ListEntry, ListState
from bot.ids import ConversationId, ListEntryId, NetworkId
from bot.storage.database import Queries, Row, Transaction


async def find(db: Queries, conversation_id: ConversationId) -> ListEntry | None:
    row = await db.one(
        """
        SELECT conversation_id, network_id, entry_id, state, wrote, is_written, stands, asked,
               asked_at
        FROM list_entry
        WHERE conversation_id = :conversation_id
        """,
        {"conversation_id": conversation_id},
    )
    return None if row is None else _entry(row)


async def of_entry(
    db: Queries, network_id: NetworkId, entry_id: ListEntryId
) -> ConversationId | None:
    row = await db.one(
        """
        SELECT conversation_id FROM list_entry
        WHERE entry_id = :entry_id AND network_id = :network_id
        """,
        {"entry_id": entry_id, "network_id": network_id},
    )
    return None if row is None else ConversationId(row["conversation_id"])


async def save(tx: Transaction, entry: ListEntry) -> None:
    await tx.run(
        """
        INSERT INTO list_entry (conversation_id, network_id, entry_id, state, wrote, is_written,
                                stands, asked, asked_at)
        VALUES (:conversation_id, :network_id, :entry_id, :state, :wrote, :is_written,
                :stands, :asked, :asked_at)
        ON CONFLICT (conversation_id)
        DO UPDATE SET entry_id = excluded.entry_id, state = excluded.state,
                      wrote = excluded.wrote, is_written = excluded.is_written,
                      stands = excluded.stands, asked = excluded.asked,
                      asked_at = excluded.asked_at
        """,
        {
            "conversation_id": entry.conversation_id,
            "network_id": entry.network_id,
            "entry_id": entry.entry_id,
            "state": entry.state,
            "wrote": _to_json(entry.wrote),
            "is_written": entry.is_written,
            "stands": None if entry.stands is None else _to_json(entry.stands),
            "asked": entry.asked,
            "asked_at": None if entry.asked_at is None else to_text(entry.asked_at),
        },
    )


async def drop(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run(
        "DELETE FROM list_entry WHERE conversation_id = :conversation_id",
        {"conversation_id": conversation_id},
    )


async def to_look_at(
    db: Queries, network_id: NetworkId | None, since: datetime
) -> list[ConversationId]:
    """Conversations that may be missing from the list, out of date, or left over in it."""
    rows = await db.all(
        """
        SELECT id AS conversation_id FROM conversation
        WHERE planned_at IS NOT NULL AND announce_at IS NULL AND starts_at > :since
          AND (:network_id IS NULL OR network_id = :network_id)
        UNION
        SELECT conversation_id FROM list_entry
        WHERE :network_id IS NULL OR network_id = :network_id
        """,
        {"since": to_text(since), "network_id": network_id},
    )
    return [ConversationId(row["conversation_id"]) for row in rows]


def _entry(row: Row) -> ListEntry:
    return ListEntry(
        conversation_id=ConversationId(row["conversation_id"]),
        network_id=NetworkId(row["network_id"]),
        entry_id=None if row["entry_id"] is None else ListEntryId(row["entry_id"]),
        state=ListState(row["state"]),
        wrote=_from_json(row["wrote"]),
        is_written=bool(row["is_written"]),
        stands=None if row["stands"] is None else _from_json(row["stands"]),
        asked=row["asked"],
        asked_at=None if row["asked_at"] is None else from_text(row["asked_at"]),
    )


def _to_json(shown: InList) -> str:
    ends_at = None if shown.ends_at is None else to_text(shown.ends_at)
    return json.dumps({**asdict(shown), "starts_at": to_text(shown.starts_at), "ends_at": ends_at})


def _from_json(text: str) -> InList:
    kept: dict[str, Any] = json.loads(text)
    ends_at = None if kept["ends_at"] is None else from_text(kept["ends_at"])
    return InList(
        name=kept["name"],
        description=kept["description"],
        starts_at=from_text(kept["starts_at"]),
        ends_at=ends_at,
        channel_id=kept["channel_id"],
        location=kept["location"],
    )
