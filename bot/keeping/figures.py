"""How much there is, in counts: never people, and nothing about fewer than five of them."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from bot.clock import Clock, SystemClock, to_text
from bot.errors import Misconfigured
from bot.ids import NetworkId
from bot.storage.migrate import pending
from bot.storage.soundness import reading

FEWEST = 5
FEWER = f"fewer than {FEWEST}"
"""Also said of none: whoever compares two days must not learn that one person came."""

Figure: TypeAlias = int | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    called: str
    sql: str
    """Reads :network, which is NULL for all networks, and :now."""
    is_about_people: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    network_id: NetworkId | None
    """None: of all networks together."""
    counts: Mapping[str, Figure]


COUNTS = (
    Count(
        called="networks",
        sql="SELECT count(*) FROM network WHERE :network IS NULL OR id = :network",
        is_about_people=False,
    ),
    Count(
        called="conversations ahead",
        sql="""
            SELECT count(*) FROM conversation
            WHERE planned_at IS NOT NULL AND cancelled_at IS NULL AND starts_at > :now
              AND (:network IS NULL OR network_id = :network)
            """,
        is_about_people=False,
    ),
    Count(
        called="conversations held",
        sql="""
            SELECT count(*) FROM conversation
            WHERE planned_at IS NOT NULL AND cancelled_at IS NULL AND starts_at <= :now
              AND (:network IS NULL OR network_id = :network)
            """,
        is_about_people=False,
    ),
    Count(
        called="conversations cancelled",
        sql="""
            SELECT count(*) FROM conversation
            WHERE planned_at IS NOT NULL AND cancelled_at IS NOT NULL
              AND (:network IS NULL OR network_id = :network)
            """,
        is_about_people=False,
    ),
    Count(
        called="series running",
        sql="""
            SELECT count(*) FROM series
            WHERE state = 'running' AND (:network IS NULL OR network_id = :network)
            """,
        is_about_people=False,
    ),
    Count(
        called="people who ever answered",
        sql="""
            SELECT count(DISTINCT sign_up.member_id) FROM sign_up
            JOIN conversation ON conversation.id = sign_up.conversation_id
            WHERE :network IS NULL OR conversation.network_id = :network
            """,
    ),
    Count(
        called="places taken ahead",
        sql="""
            SELECT count(*) FROM sign_up
            JOIN conversation ON conversation.id = sign_up.conversation_id
            WHERE sign_up.state = 'going' AND conversation.cancelled_at IS NULL
              AND conversation.starts_at > :now
              AND (:network IS NULL OR conversation.network_id = :network)
            """,
    ),
    Count(
        called="times that somebody was there",
        sql="""
            SELECT count(*) FROM sign_up
            JOIN conversation ON conversation.id = sign_up.conversation_id
            WHERE sign_up.attended = 1
              AND (:network IS NULL OR conversation.network_id = :network)
            """,
    ),
    Count(
        called="guests without Discord",
        sql="""
            SELECT count(*) FROM guest
            JOIN conversation ON conversation.id = guest.conversation_id
            WHERE :network IS NULL OR conversation.network_id = :network
            """,
    ),
    Count(
        called="people who want to be reminded",
        sql="""
            SELECT count(*) FROM reminder_wish
            WHERE is_wanted = 1 AND (:network IS NULL OR network_id = :network)
            """,
    ),
    Count(
        called="messages owed",
        sql="""
            SELECT count(*) FROM notice
            WHERE state = 'owed' AND (:network IS NULL OR network_id = :network)
            """,
    ),
    Count(
        called="messages sent",
        sql="""
            SELECT count(*) FROM notice
            WHERE state = 'sent' AND (:network IS NULL OR network_id = :network)
            """,
    ),
)


def every(database: Path, *, each: bool, clock: Clock | None = None) -> list[Figures]:
    """All networks together, or each by itself.

    Raises:
        Misconfigured: there is no database of this version.
    """
    if pending(database):
        raise Misconfigured(f"{database} is not up to date. Run “migrate” or “run”.")
    now = (clock or SystemClock()).now()
    with reading(database) as connection:
        connection.execute("BEGIN")
        if not each:
            return [_of(connection, None, now)]
        rows = connection.execute("SELECT id FROM network ORDER BY id").fetchall()
        return [_of(connection, NetworkId(row["id"]), now) for row in rows]


def as_text(figures: Sequence[Figures]) -> str:
    return "\n\n".join(
        "\n".join(
            [
                "All networks" if one.network_id is None else f"Network {one.network_id}",
                *(f"  {called:<32}{figure}" for called, figure in one.counts.items()),
            ]
        )
        for one in figures
    )


def as_json(figures: Sequence[Figures]) -> str:
    return json.dumps(
        [{"network": one.network_id, "counts": one.counts} for one in figures], indent=2
    )


def _of(connection: sqlite3.Connection, network_id: NetworkId | None, now: datetime) -> Figures:
    asked = {"network": network_id, "now": to_text(now)}
    counts: dict[str, Figure] = {}
    for each in COUNTS:
        (number,) = connection.execute(each.sql, asked).fetchone()
        counts[each.called] = FEWER if each.is_about_people and number < FEWEST else number
    return Figures(network_id, counts)
