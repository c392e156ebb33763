"""The SQL of actions."""

import json
from collections.abc import Sequence
from datetime import date, datetime

from bot.clock import from_text, to_text
from bot.ids import ActionId, ConversationId, MemberId, NetworkId, PracticeId, QuoteId
from bot.reflections.model.action import Action, ActionState, Care, Step
from bot.storage.database import Queries, Row, Transaction


async def find(db: Queries, action_id: ActionId) -> Action | None:
    row = await db.one(
        """
        SELECT id, network_id, conversation_id, title, state, reason, owner_id, deputy_id, due_on,
               version, made_at, changed_at,
               (SELECT count(*) FROM action_quote WHERE action_id = action.id) AS quotes
        FROM action WHERE id = :id
        """,
        {"id": action_id},
    )
    return None if row is None else _action(row)


async def of_network(
    db: Queries, network_id: NetworkId, *, skip: int = 0, most: int = 500
) -> list[Action]:
    """What is open first, and the latest change first in each."""
    rows = await db.all(
        """
        SELECT id, network_id, conversation_id, title, state, reason, owner_id, deputy_id, due_on,
               version, made_at, changed_at,
               (SELECT count(*) FROM action_quote WHERE action_id = action.id) AS quotes
        FROM action WHERE network_id = :network_id
        ORDER BY state IN ('done', 'not_possible'), changed_at DESC, id DESC
        LIMIT :most OFFSET :skip
        """,
        {"network_id": network_id, "skip": skip, "most": most},
    )
    return [_action(row) for row in rows]


async def count(db: Queries, network_id: NetworkId) -> int:
    row = await db.only(
        "SELECT count(*) AS actions FROM action WHERE network_id = :id", {"id": network_id}
    )
    return row["actions"]


async def that_came_of(
    db: Queries,
    network_id: NetworkId,
    conversation_id: ConversationId | None,
    quote_ids: Sequence[QuoteId],
    most: int,
) -> list[Action]:
    """More than ideas, which a conversation or these quotes began."""
    rows = await db.all(
        """
        SELECT id, network_id, conversation_id, title, state, reason, owner_id, deputy_id, due_on,
               version, made_at, changed_at,
               (SELECT count(*) FROM action_quote WHERE action_id = action.id) AS quotes
        FROM action
        WHERE network_id = :network_id AND state <> 'idea'
          AND (conversation_id = :conversation_id OR id IN (
              SELECT action_id FROM action_quote
              WHERE quote_id IN (SELECT value FROM json_each(:quote_ids))
          ))
        ORDER BY id LIMIT :most
        """,
        {
            "network_id": network_id,
            "conversation_id": conversation_id,
            "quote_ids": json.dumps(list(quote_ids)),
            "most": most,
        },
    )
    return [_action(row) for row in rows]


async def changed_since(
    db: Queries, network_id: NetworkId, since: datetime, most: int
) -> list[Action]:
    """More than ideas, the latest change first."""
    rows = await db.all(
        """
        SELECT id, network_id, conversation_id, title, state, reason, owner_id, deputy_id, due_on,
               version, made_at, changed_at,
               (SELECT count(*) FROM action_quote WHERE action_id = action.id) AS quotes
        FROM action
        WHERE network_id = :network_id AND state <> 'idea' AND changed_at > :since
        ORDER BY changed_at DESC, id DESC LIMIT :most
        """,
        {"network_id": network_id, "since": to_text(since), "most": most},
    )
    return [_action(row) for row in rows]


async def add(
    tx: Transaction,
    network_id: NetworkId,
    title: str,
    conversation_id: ConversationId | None,
    made_by: MemberId,
    now: datetime,
) -> ActionId:
    row = await tx.only(
        """
        INSERT INTO action (network_id, conversation_id, title, state, made_by, made_at, changed_at)
        VALUES (:network_id, :conversation_id, :title, 'idea', :made_by, :now, :now)
        RETURNING id
        """,
        {
            "network_id": network_id,
            "conversation_id": conversation_id,
            "title": title,
            "made_by": made_by,
            "now": to_text(now),
        },
    )
    return ActionId(row["id"])


async def began_with(tx: Transaction, action_id: ActionId, quote_id: QuoteId) -> None:
    await tx.run(
        """
        INSERT INTO action_quote (action_id, quote_id) VALUES (:action_id, :quote_id)
        ON CONFLICT DO NOTHING
        """,
        {"action_id": action_id, "quote_id": quote_id},
    )


async def quotes_of(db: Queries, action_id: ActionId) -> list[QuoteId]:
    rows = await db.all(
        "SELECT quote_id FROM action_quote WHERE action_id = :id ORDER BY quote_id",
        {"id": action_id},
    )
    return [QuoteId(row["quote_id"]) for row in rows]


async def began_with_practice(
    tx: Transaction, action_id: ActionId, practice_id: PracticeId
) -> None:
    await tx.run(
        """
        INSERT INTO action_practice (action_id, practice_id) VALUES (:action_id, :practice_id)
        ON CONFLICT DO NOTHING
        """,
        {"action_id": action_id, "practice_id": practice_id},
    )


async def practices_of(db: Queries, action_id: ActionId) -> list[PracticeId]:
    rows = await db.all(
        "SELECT practice_id FROM action_practice WHERE action_id = :id ORDER BY practice_id",
        {"id": action_id},
    )
    return [PracticeId(row["practice_id"]) for row in rows]


async def behind(db: Queries, action_id: ActionId) -> list[MemberId]:
    """Those whose words or practices began it, as far as they are known."""
    rows = await db.all(
        """
        SELECT speaker_id FROM action_quote JOIN quote ON quote.id = quote_id
        WHERE action_id = :id AND speaker_id IS NOT NULL
        UNION
        SELECT author_id FROM action_practice JOIN practice ON practice.id = practice_id
        WHERE action_id = :id AND author_id IS NOT NULL
        """,
        {"id": action_id},
    )
    return [MemberId(row["speaker_id"]) for row in rows]


async def step(
    tx: Transaction, action_id: ActionId, taken: Step, by_id: MemberId, now: datetime
) -> int:
    """Take it a step further, and give the step's id."""
    await tx.run(
        """
        UPDATE action SET state = :state, reason = :reason, version = version + 1,
                          changed_at = :now, asked_at = NULL
        WHERE id = :id
        """,
        {"id": action_id, "state": taken.state, "reason": taken.reason, "now": to_text(now)},
    )
    row = await tx.only(
        """
        INSERT INTO action_change (action_id, state, reason, by_id, at)
        VALUES (:id, :state, :reason, :by_id, :now) RETURNING id
        """,
        {
            "id": action_id,
            "state": taken.state,
            "reason": taken.reason,
            "by_id": by_id,
            "now": to_text(now),
        },
    )
    return row["id"]


async def look_after(
    tx: Transaction,
    action_id: ActionId,
    care: Care,
) -> None:
    await tx.run(
        """
        UPDATE action SET owner_id = :owner_id, deputy_id = :deputy_id, due_on = :due_on,
                          version = version + 1
        WHERE id = :id
        """,
        {
            "id": action_id,
            "owner_id": care.owner_id,
            "deputy_id": care.deputy_id,
            "due_on": None if care.due_on is None else care.due_on.isoformat(),
        },
    )


async def to_ask_about(
    db: Queries, before: date, asked_before: datetime, most: int
) -> list[Action]:
    """Open, to be done by a day that is over everywhere, and not asked about for a while."""
    rows = await db.all(
        """
        SELECT id, network_id, conversation_id, title, state, reason, owner_id, deputy_id, due_on,
               version, made_at, changed_at,
               (SELECT count(*) FROM action_quote WHERE action_id = action.id) AS quotes
        FROM action
        WHERE due_on IS NOT NULL AND state NOT IN ('done', 'not_possible') AND due_on < :before
          AND (asked_at IS NULL OR asked_at <= :asked_before)
          AND coalesce(owner_id, deputy_id) IS NOT NULL
        ORDER BY due_on, id LIMIT :most
        """,
        {"before": before.isoformat(), "asked_before": to_text(asked_before), "most": most},
    )
    return [_action(row) for row in rows]


async def asked(tx: Transaction, action_id: ActionId, now: datetime) -> None:
    await tx.run(
        "UPDATE action SET asked_at = :now WHERE id = :id", {"id": action_id, "now": to_text(now)}
    )


def _action(row: Row) -> Action:
    conversation, due = row["conversation_id"], row["due_on"]
    owner, deputy = row["owner_id"], row["deputy_id"]
    return Action(
        id=ActionId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        conversation_id=None if conversation is None else ConversationId(conversation),
        title=row["title"],
        state=ActionState(row["state"]),
        reason=row["reason"],
        owner_id=None if owner is None else MemberId(owner),
        deputy_id=None if deputy is None else MemberId(deputy),
        due_on=None if due is None else date.fromisoformat(due),
        version=row["version"],
        made_at=from_text(row["made_at"]),
        changed_at=from_text(row["changed_at"]),
        quotes=row["quotes"],
    )
