"""The SQL of practices, for their authors and for those who review them."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.clock import from_text, to_text
from bot.errors import NotFound
from bot.ids import KindId, MemberId, NetworkId, PracticeId, ThemeId
from bot.practice.model import (
    NO_SUCH_PRACTICE,
    File,
    Practice,
    PracticeState,
    Source,
    Written,
)
from bot.storage.database import Queries, Row, Transaction

Id = TypeVar("Id")


async def find(db: Queries, practice_id: PracticeId) -> Practice | None:
    found = await those_of(db, [practice_id])
    return found[0] if found else None


async def get(db: Queries, practice_id: PracticeId, network_id: NetworkId) -> Practice:
    """Raises `NotFound`: no such practice in this network."""
    practice = await find(db, practice_id)
    if practice is None:
        raise NotFound(NO_SUCH_PRACTICE)
    practice.must_be_in(network_id)
    return practice


async def of_member(db: Queries, network_id: NetworkId, member_id: MemberId) -> list[Practice]:
    """What they wrote or look after, newest first. Without what they took back."""
    rows = await db.all(
        """
        SELECT id FROM practice
        WHERE network_id = :network_id
          AND (author_id = :member_id OR owner_id = :member_id OR deputy_id = :member_id)
        ORDER BY id DESC
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return await those_of(db, [PracticeId(row["id"]) for row in rows])


async def titled(db: Queries, network_id: NetworkId, typed: str, most: int) -> list[Practice]:
    """For a moderator to pick: those whose title has *typed* in it, newest first."""
    rows = await db.all(
        """
        SELECT id FROM practice JOIN practice_text ON practice_id = id
        WHERE network_id = :network_id AND state <> 'draft' AND instr(lower(title), :typed)
        ORDER BY id DESC LIMIT :most
        """,
        {"network_id": network_id, "typed": typed.casefold(), "most": most},
    )
    return await those_of(db, [PracticeId(row["id"]) for row in rows])


async def count_drafts(db: Queries, network_id: NetworkId, member_id: MemberId) -> int:
    row = await db.only(
        """
        SELECT count(*) AS how_many FROM practice
        WHERE network_id = :network_id AND author_id = :member_id AND state = 'draft'
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return row["how_many"]


async def first_draft(db: Queries) -> datetime | None:
    row = await db.only("SELECT min(drafted_at) AS first FROM practice WHERE state = 'draft'")
    return None if row["first"] is None else from_text(row["first"])


async def drop_drafts(tx: Transaction, before: datetime) -> int:
    rows = await tx.all(
        "DELETE FROM practice WHERE state = 'draft' AND drafted_at <= :before RETURNING id",
        {"before": to_text(before)},
    )
    return len(rows)


async def drop(tx: Transaction, practice_id: PracticeId) -> None:
    """For a draft, which nobody but its author has seen."""
    await tx.run("DELETE FROM practice WHERE id = :id", {"id": practice_id})


async def add(
    tx: Transaction,
    network_id: NetworkId,
    written: Written,
    *,
    author_id: MemberId | None,
    source: Source,
    answers: PracticeId | None,
    now: datetime,
) -> PracticeId:
    row = await tx.only(
        """
        INSERT INTO practice (network_id, source, kind_id, answers, author_id, owner_id, drafted_at)
        VALUES (:network_id, :source, :kind_id, :answers, :author_id, :author_id, :now)
        RETURNING id
        """,
        {
            "network_id": network_id,
            "source": source,
            "kind_id": written.kind_id,
            "answers": answers,
            "author_id": author_id,
            "now": to_text(now),
        },
    )
    practice_id = PracticeId(row["id"])
    await tx.run(
        """
        INSERT INTO practice_text (practice_id, title, did, changed, tell_others, link)
        VALUES (:id, :title, :did, :changed, :tell_others, :link)
        """,
        _words(practice_id, written),
    )
    await set_themes(tx, practice_id, written.theme_ids)
    return practice_id


async def reword(tx: Transaction, practice_id: PracticeId, written: Written) -> None:
    """Another version of it."""
    await tx.run(
        """
        UPDATE practice_text
        SET title = :title, did = :did, changed = :changed, tell_others = :tell_others, link = :link
        WHERE practice_id = :id
        """,
        _words(practice_id, written),
    )
    await tx.run(
        """
        UPDATE practice SET version = version + (state <> 'draft'), kind_id = :kind_id
        WHERE id = :id
        """,
        {"id": practice_id, "kind_id": written.kind_id},
    )
    await set_themes(tx, practice_id, written.theme_ids)


async def retitle(tx: Transaction, practice_id: PracticeId, title: str) -> None:
    await tx.run(
        "UPDATE practice_text SET title = :title WHERE practice_id = :id",
        {"id": practice_id, "title": title},
    )


async def sort_under(
    tx: Transaction, practice_id: PracticeId, kind_id: KindId | None, theme_ids: Sequence[ThemeId]
) -> None:
    await tx.run(
        "UPDATE practice SET kind_id = :kind_id WHERE id = :id",
        {"id": practice_id, "kind_id": kind_id},
    )
    await set_themes(tx, practice_id, theme_ids)


async def set_themes(
    tx: Transaction, practice_id: PracticeId, theme_ids: Sequence[ThemeId]
) -> None:
    await tx.run("DELETE FROM practice_theme WHERE practice_id = :id", {"id": practice_id})
    await tx.run_many(
        "INSERT INTO practice_theme (practice_id, theme_id) VALUES (:id, :theme_id)",
        [{"id": practice_id, "theme_id": each} for each in theme_ids],
    )


async def set_named(tx: Transaction, practice_id: PracticeId, *, is_named: bool) -> None:
    await tx.run(
        "UPDATE practice SET is_named = :is_named WHERE id = :id",
        {"id": practice_id, "is_named": is_named},
    )


async def put_file(tx: Transaction, practice_id: PracticeId, file: File) -> None:
    await tx.run(
        """
        INSERT INTO practice_file (practice_id, name, content) VALUES (:id, :name, :content)
        ON CONFLICT (practice_id) DO UPDATE SET name = excluded.name, content = excluded.content
        """,
        {"id": practice_id, "name": file.name, "content": file.content},
    )


async def file_of(db: Queries, practice_id: PracticeId) -> File | None:
    row = await db.one(
        "SELECT name, content FROM practice_file WHERE practice_id = :id", {"id": practice_id}
    )
    return None if row is None else File(row["name"], row["content"])


async def those_of(db: Queries, ids: Sequence[PracticeId]) -> list[Practice]:
    """In the order of *ids*."""
    rows = await db.all(
        """
        SELECT id, network_id, state, source, kind_id, answers, merged_into, author_id, is_named,
               owner_id, deputy_id, licence, version, checked_at, drafted_at, sent_at, decided_by,
               title, did, changed, tell_others, link, note,
               (SELECT name FROM practice_file WHERE practice_id = practice.id) AS file_name,
               (SELECT json_group_array(theme_id) FROM practice_theme
                WHERE practice_id = practice.id) AS theme_ids
        FROM practice LEFT JOIN practice_text ON practice_text.practice_id = practice.id
        WHERE id IN (SELECT value FROM json_each(:ids))
        """,
        {"ids": json.dumps(list(ids))},
    )
    found = {row["id"]: of_row(row) for row in rows}
    return [found[each] for each in ids if each in found]


def of_row(row: Row) -> Practice:
    return Practice(
        id=PracticeId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        state=PracticeState(row["state"]),
        source=Source(row["source"]),
        written=None if row["title"] is None else _written(row),
        note=row["note"],
        file_name=row["file_name"],
        answers=maybe(PracticeId, row["answers"]),
        merged_into=maybe(PracticeId, row["merged_into"]),
        author_id=maybe(MemberId, row["author_id"]),
        is_named=bool(row["is_named"]),
        owner_id=maybe(MemberId, row["owner_id"]),
        deputy_id=maybe(MemberId, row["deputy_id"]),
        licence=row["licence"],
        version=row["version"],
        checked_at=maybe(from_text, row["checked_at"]),
        drafted_at=from_text(row["drafted_at"]),
        sent_at=maybe(from_text, row["sent_at"]),
        decided_by=maybe(MemberId, row["decided_by"]),
    )


def _written(row: Row) -> Written:
    return Written(
        title=row["title"],
        did=row["did"],
        changed=row["changed"],
        tell_others=row["tell_others"],
        link=row["link"],
        kind_id=maybe(KindId, row["kind_id"]),
        theme_ids=tuple(ThemeId(each) for each in json.loads(row["theme_ids"])),
    )


def _words(practice_id: PracticeId, written: Written) -> dict[str, int | str | None]:
    return {
        "id": practice_id,
        "title": written.title,
        "did": written.did,
        "changed": written.changed,
        "tell_others": written.tell_others,
        "link": written.link,
    }


Value = TypeVar("Value", int, str, datetime)


def maybe(kind: Callable[[Value], Id], value: Value | None) -> Id | None:
    return None if value is None else kind(value)
