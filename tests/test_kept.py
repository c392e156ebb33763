"""Whatever could tell who somebody is has somebody who answers for it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.keeping.everything import HOLDINGS, KEPT
from bot.keeping.export import tables
from bot.storage.soundness import reading

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")

INSTANT = re.compile(r"(.*_)?at|.*_until|since")
"""Instants: each is checked by the schema to be one."""


def tells(connection: sqlite3.Connection, table: str) -> list[str]:
    """Columns of *table* that may hold who somebody is, or their words."""
    references = {
        row["from"] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')
    } | {"id", "network_id"}
    found: list[str] = []
    for row in connection.execute(f'PRAGMA table_info("{table}")'):
        name, kind = row["name"], row["type"]
        if name in references or INSTANT.fullmatch(name):
            continue
        if kind != "INTEGER" or re.fullmatch(r".*_(id|by|in)", name):
            found.append(f"{table}.{name}")
    return found


@pytest.fixture
def suspects(path: Path) -> set[str]:
    with reading(path) as connection:
        return {each for table in tables(connection) for each in tells(connection, table)}


@pytest.fixture
def columns(path: Path) -> set[str]:
    with reading(path) as connection:
        return {
            f"{table}.{row['name']}"
            for table in tables(connection)
            for row in connection.execute(f'PRAGMA table_info("{table}")')
        }


def nobodys() -> dict[str, str]:
    return {
        column: reason
        for holding in HOLDINGS
        for reason, of_it in (holding.nobodys or {}).items()
        for column in of_it
    }


def test_every_column_that_could_tell_who_somebody_is_is_declared(suspects: set[str]) -> None:
    declared = {column for kept in KEPT for column in kept.columns}

    assert suspects - declared - set(nobodys()) == set(), (
        "say in the feature's kept.py what it keeps about people, or why that is about nobody"
    )


def test_a_new_column_that_could_tell_who_somebody_is_would_be_seen() -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        connection.executescript(
            """
            CREATE TABLE theme (id INTEGER PRIMARY KEY) STRICT;
            CREATE TABLE later (
                id         INTEGER PRIMARY KEY,
                network_id INTEGER NOT NULL,
                theme_id   INTEGER REFERENCES theme (id),
                owner_id   INTEGER,
                shared_by  INTEGER,
                words      TEXT,
                picture    BLOB,
                is_shown   INTEGER,
                shared_at  TEXT
            ) STRICT;
            """
        )

        assert tells(connection, "later") == [
            f"later.{name}" for name in ("owner_id", "shared_by", "words", "picture")
        ]


def test_nothing_is_declared_that_is_not_there_or_twice(columns: set[str]) -> None:
    declared = [column for kept in KEPT for column in kept.columns] + [*nobodys()]

    assert set(declared) <= columns
    assert len(declared) == len(set(declared))


def test_every_declared_id_of_a_person_can_be_found_by_it(path: Path) -> None:
    """What a column holds is shown to that person: its query reads it, and runs."""
    ids = re.compile(r".*\.(member_id|.*_by|by_id|.*er_id|host_id|deputy_id)")
    with reading(path) as connection:
        for kept in KEPT:
            for column in kept.columns:
                name = column.partition(".")[2]
                if ids.fullmatch(column):
                    assert name in kept.rows, column
            if kept.rows:
                connection.execute(kept.rows, {"network": 1, "member": 1}).fetchall()
            if kept.leaves:
                connection.execute(kept.leaves.whose, {"network": 1, "now": ""}).fetchall()
            if kept.ends:
                connection.execute(kept.ends.is_due, {"before": ""}).fetchall()
                if kept.ends.redrawn:
                    connection.execute(kept.ends.redrawn, {"before": ""}).fetchall()


def test_every_end_can_be_made(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for kept in KEPT:
            for sql in kept.ends.sql if kept.ends else ():
                connection.execute(sql, {"before": "", "now": ""})
            for sql in kept.leaves.sql if kept.leaves else ():
                connection.execute(sql, {"network": 1, "member": 1})


def test_what_ends_with_leaving_says_so() -> None:
    for kept in KEPT:
        if kept.leaves is not None and kept.leaves.sql:
            assert "no longer in the server" in kept.how_long, kept.what


def test_the_readme_says_of_each_what_why_and_for_how_long() -> None:
    section = README.partition("## What it keeps about people")[2].partition("\n## ")[0]
    said = [line for line in section.splitlines() if line.startswith("| ")][1:]

    assert said == [
        f"| {kept.what} | {kept.why} | {kept.how_long} | {kept.forgetting} |" for kept in KEPT
    ]
