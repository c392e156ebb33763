"""The SQL for rules that an organiser is reading back."""

from datetime import date, datetime

from bot.clock import to_text
from bot.ids import ConversationId, ProposedRuleId
from bot.series.model import ProposedRule, Rule, Series, not_found
from bot.series.store import series as store
from bot.storage.database import Queries, Transaction


async def add(
    tx: Transaction,
    series: Series,
    rule: Rule,
    *,
    since: date,
    announce_weeks: int,
    conversation_id: ConversationId | None,
    now: datetime,
) -> ProposedRule:
    row = await tx.only(
        """
        INSERT INTO proposed_rule (series_id, version, since, rule, first_at, announce_weeks,
                                   conversation_id, proposed_at)
        VALUES (:series_id, :version, :since, :rule, :first_at, :announce_weeks,
                :conversation_id, :now)
        RETURNING id
        """,
        {
            "series_id": series.id,
            "version": series.version,
            "since": since.isoformat(),
            "rule": rule.text,
            "first_at": rule.first.isoformat(timespec="minutes"),
            "announce_weeks": announce_weeks,
            "conversation_id": conversation_id,
            "now": to_text(now),
        },
    )
    return await get(tx, ProposedRuleId(row["id"]))


async def get(db: Queries, proposed_id: ProposedRuleId) -> ProposedRule:
    row = await db.one(
        """
        SELECT id, series_id, version, since, rule, first_at, announce_weeks, conversation_id
        FROM proposed_rule
        WHERE id = :id
        """,
        {"id": proposed_id},
    )
    if row is None:
        raise not_found()
    moved = row["conversation_id"]
    return ProposedRule(
        id=ProposedRuleId(row["id"]),
        series=await store.get(db, row["series_id"]),
        version=row["version"],
        since=date.fromisoformat(row["since"]),
        rule=Rule.from_text(row["rule"], datetime.fromisoformat(row["first_at"])),
        announce_weeks=row["announce_weeks"],
        conversation_id=None if moved is None else ConversationId(moved),
    )


async def drop(tx: Transaction, proposed_id: ProposedRuleId) -> None:
    await tx.run("DELETE FROM proposed_rule WHERE id = :id", {"id": proposed_id})


async def drop_old(tx: Transaction, before: datetime) -> None:
    await tx.run(
        "DELETE FROM proposed_rule WHERE proposed_at < :before", {"before": to_text(before)}
    )
