"""The SQL of asking whether words may be kept. The words are not in it."""

import json
from collections.abc import Sequence
from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import (
    ChannelId,
    ConversationId,
    KindId,
    MemberId,
    MessageId,
    NetworkId,
    QuoteId,
    QuoteRequestId,
    ThemeId,
)
from bot.storage.database import Queries, Row, Transaction
from bot.wisdom.model import Details, Perspective, QuoteRequest, RequestState, Said


async def find(db: Queries, request_id: QuoteRequestId) -> QuoteRequest | None:
    found = await _those_of(db, [request_id])
    return found[0] if found else None


async def about_message(db: Queries, message_id: MessageId) -> QuoteRequest | None:
    row = await db.one(
        "SELECT id FROM quote_request WHERE said_message_id = :id", {"id": message_id}
    )
    return None if row is None else await find(db, QuoteRequestId(row["id"]))


async def add(
    tx: Transaction,
    network_id: NetworkId,
    speaker_id: MemberId,
    asked_by: MemberId | None,
    details: Details,
    said: Said | None,
    now: datetime,
    lasts_until: datetime,
) -> QuoteRequestId:
    row = await tx.only(
        """
        INSERT INTO quote_request (network_id, speaker_id, asked_by, said_in, said_message_id,
                                   kind_id, theme_ids, perspective, content_note,
                                   conversation_id, answers, made_at, lasts_until)
        VALUES (:network_id, :speaker_id, :asked_by, :said_in, :said_message_id, :kind_id,
                :theme_ids, :perspective, :content_note, :conversation_id, :answers, :now,
                :lasts_until)
        RETURNING id
        """,
        {
            "network_id": network_id,
            "speaker_id": speaker_id,
            "asked_by": asked_by,
            "said_in": said and said.channel_id,
            "said_message_id": said and said.message_id,
            **_details(details),
            "conversation_id": details.conversation_id,
            "answers": details.answers,
            "now": to_text(now),
            "lasts_until": to_text(lasts_until),
        },
    )
    return QuoteRequestId(row["id"])


async def describe(tx: Transaction, request_id: QuoteRequestId, details: Details) -> None:
    await tx.run(
        """
        UPDATE quote_request
        SET kind_id = :kind_id, theme_ids = :theme_ids, perspective = :perspective,
            content_note = :content_note
        WHERE id = :id
        """,
        {"id": request_id, **_details(details)},
    )


async def carried_by(tx: Transaction, request_id: QuoteRequestId, message: Said) -> None:
    await tx.run(
        """
        UPDATE quote_request SET channel_id = :channel_id, message_id = :message_id
        WHERE id = :id
        """,
        {"id": request_id, "channel_id": message.channel_id, "message_id": message.message_id},
    )


async def settle(tx: Transaction, request_id: QuoteRequestId, state: RequestState) -> None:
    await tx.run(
        "UPDATE quote_request SET state = :state WHERE id = :id", {"id": request_id, "state": state}
    )


async def put_off(tx: Transaction, request_id: QuoteRequestId, until: datetime) -> None:
    """Look at it again later. It can be answered no more."""
    await tx.run(
        """
        UPDATE quote_request
        SET lasts_until = :until, state = CASE state WHEN 'open' THEN 'lapsed' ELSE state END
        WHERE id = :id
        """,
        {"id": request_id, "until": to_text(until)},
    )


async def drop(tx: Transaction, request_id: QuoteRequestId) -> None:
    await tx.run("DELETE FROM quote_request WHERE id = :id", {"id": request_id})


async def count_open(db: Queries, network_id: NetworkId, asked_by: MemberId) -> int:
    row = await db.only(
        """
        SELECT count(*) AS how_many FROM quote_request
        WHERE network_id = :network_id AND asked_by = :asked_by AND state = 'open'
        """,
        {"network_id": network_id, "asked_by": asked_by},
    )
    return row["how_many"]


async def first_end(db: Queries) -> datetime | None:
    row = await db.only("SELECT min(lasts_until) AS at FROM quote_request")
    return None if row["at"] is None else from_text(row["at"])


async def over(db: Queries, now: datetime) -> list[QuoteRequest]:
    rows = await db.all(
        "SELECT id FROM quote_request WHERE lasts_until <= :now ORDER BY lasts_until LIMIT 100",
        {"now": to_text(now)},
    )
    return await _those_of(db, [row["id"] for row in rows])


async def _those_of(db: Queries, ids: Sequence[QuoteRequestId]) -> list[QuoteRequest]:
    rows = await db.all(
        """
        SELECT id, network_id, speaker_id, asked_by, said_in, said_message_id, kind_id, theme_ids,
               perspective, content_note, conversation_id, answers, channel_id, message_id,
               made_at, lasts_until, state
        FROM quote_request
        WHERE id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": json.dumps(list(ids))},
    )
    return [_request(row) for row in rows]


async def never_ask(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> None:
    await tx.run(
        """
        INSERT INTO not_to_be_asked (network_id, member_id, since)
        VALUES (:network_id, :member_id, :now) ON CONFLICT DO NOTHING
        """,
        {"network_id": network_id, "member_id": member_id, "now": to_text(now)},
    )


async def ask_again(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    await tx.run(
        "DELETE FROM not_to_be_asked WHERE network_id = :network_id AND member_id = :member_id",
        {"network_id": network_id, "member_id": member_id},
    )


async def may_be_asked(db: Queries, network_id: NetworkId, member_id: MemberId) -> bool:
    row = await db.one(
        """
        SELECT 1 FROM not_to_be_asked WHERE network_id = :network_id AND member_id = :member_id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return row is None


def _details(details: Details) -> dict[str, str | int | None]:
    return {
        "kind_id": details.kind_id,
        "theme_ids": json.dumps(details.theme_ids),
        "perspective": details.perspective,
        "content_note": details.content_note,
    }


def _said(channel_id: int | None, message_id: int | None) -> Said | None:
    if channel_id is None or message_id is None:
        return None
    return Said(channel_id=ChannelId(channel_id), message_id=MessageId(message_id))


def _request(row: Row) -> QuoteRequest:
    conversation, answers, kind = row["conversation_id"], row["answers"], row["kind_id"]
    return QuoteRequest(
        id=QuoteRequestId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        speaker_id=MemberId(row["speaker_id"]),
        asked_by=None if row["asked_by"] is None else MemberId(row["asked_by"]),
        details=Details(
            kind_id=None if kind is None else KindId(kind),
            theme_ids=tuple(ThemeId(each) for each in json.loads(row["theme_ids"])),
            perspective=Perspective(row["perspective"]) if row["perspective"] else None,
            content_note=row["content_note"],
            conversation_id=None if conversation is None else ConversationId(conversation),
            answers=None if answers is None else QuoteId(answers),
        ),
        said=_said(row["said_in"], row["said_message_id"]),
        message=_said(row["channel_id"], row["message_id"]),
        made_at=from_text(row["made_at"]),
        lasts_until=from_text(row["lasts_until"]),
        state=RequestState(row["state"]),
    )
