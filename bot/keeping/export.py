"""All that is kept of one network, as JSON lines: to move it, or to hand it over for good.

It follows the schema, so that a new table is in it without anybody having to think of it.
"""

import base64
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.clock import Clock, SystemClock, to_text
from bot.errors import Misconfigured, Unavailable
from bot.ids import NetworkId
from bot.storage.soundness import reading

LEFT_OUT = {
    # Told to the hosts of one conversation and to nobody else, for as long as it takes.
    "access_need": "told to hosts alone",
    "remembered_need": "told to hosts alone",
    "look_at_needs": "says who needed something",
    "migration": "of no network",
    "backup_taken": "of no network",
    "wiping": "of no network",
    "search_wiping": "of no network",
    "person_wiping": "of no network",
    "wisdom_wiping": "of no network",
    "practice_wiping": "of no network",
    # Made from what can be found, and made anew by whoever takes it over.
    "search_entry": "made from the rest",
    "search_word": "made from the rest",
    "search_waiting": "made from the rest",
}


@dataclass(frozen=True, slots=True)
class _Reference:
    column: str
    to: str
    is_needed: bool


def write(database: Path, network_id: NetworkId, file: Path, clock: Clock | None = None) -> int:
    """Everything of one moment, into the new file *file*. How many lines that is.

    Raises:
        Misconfigured: there is no such network, or *file* is there already.
        Unavailable: *file* can't be written.
    """
    now = (clock or SystemClock()).now()
    with reading(database) as connection:
        connection.execute("BEGIN")
        if not connection.execute("SELECT 1 FROM network WHERE id = ?", (network_id,)).fetchone():
            raise Misconfigured(f"There is no network {network_id}. “stats --each” names them.")
        try:
            with file.open("x", encoding="utf-8") as target:
                return sum(
                    target.write(f"{line}\n") > 0 for line in _lines(connection, network_id, now)
                )
        except FileExistsError as error:
            raise Misconfigured(f"{file} is there already. I write over nothing.") from error
        except OSError as error:
            raise Unavailable(f"{file} can't be written ({error.strerror}).") from error


def _lines(connection: sqlite3.Connection, network_id: NetworkId, now: datetime) -> Iterator[str]:
    yield json.dumps({"network": network_id, "exported_at": to_text(now), "left_out": LEFT_OUT})
    for table in tables(connection):
        condition = None if table in LEFT_OUT else belongs(connection, table)
        if condition is None:
            continue
        rows = connection.execute(
            f'SELECT * FROM "{table}" WHERE {condition}',  # noqa: S608  # names of our own schema
            {"network": network_id},
        )
        for row in rows:
            columns = {name: _value(row[name]) for name in row.keys()}  # noqa: SIM118  # not a dict
            yield json.dumps({"table": table, "row": columns}, ensure_ascii=False)


def tables(connection: sqlite3.Connection) -> list[str]:
    """Those that hold rows of ours: a search index holds the same words once more."""
    found = connection.execute(
        """
        SELECT name FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        ORDER BY name
        """
    )
    return [str(name) for (name,) in found]


def belongs(
    connection: sqlite3.Connection, table: str, seen: frozenset[str] = frozenset()
) -> str | None:
    """What says in SQL that a row of *table* is of :network, by itself or by what it refers to;
    None when nothing does."""
    if table == "network":
        return "id = :network"
    columns = {
        row["name"]: bool(row["notnull"])
        for row in connection.execute(f'PRAGMA table_info("{table}")')
    }
    if "network_id" in columns:
        return "network_id = :network"
    references = [
        _Reference(row["from"], row["table"], columns[row["from"]])
        for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')
        if row["table"] not in seen
    ]
    # Through what every row must have, if there is such a thing.
    for each in sorted(references, key=lambda reference: not reference.is_needed):
        if inner := belongs(connection, each.to, seen | {table}):
            return f'"{each.column}" IN (SELECT id FROM "{each.to}" WHERE {inner})'  # noqa: S608
    return None


def _value(stored: object) -> object:
    if isinstance(stored, bytes):
        return {"base64": base64.b64encode(stored).decode()}
    return stored
