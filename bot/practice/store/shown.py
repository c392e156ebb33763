"""The SQL by which others see practices: what is shared, and nothing else."""

import json
from collections.abc import Sequence

from bot.clock import from_text
from bot.ids import KindId, MemberId, NetworkId, PracticeId, ThemeId
from bot.practice.model import PracticeState, ShownPractice
from bot.practice.store.practice import maybe
from bot.storage.database import Queries, Row


async def find(db: Queries, network_id: NetworkId, practice_id: PracticeId) -> ShownPractice | None:
    found = await those_of(db, network_id, [practice_id])
    return found[0] if found else None


async def those_of(
    db: Queries, network_id: NetworkId, ids: Sequence[PracticeId]
) -> list[ShownPractice]:
    """Those of *ids* that may be shown, in the same order."""
    rows = await db.all(
        """
        SELECT id, network_id, state, title, did, changed, tell_others, link, kind_id, named_id,
               licence, version, checked_at, shared_at,
               (SELECT name FROM practice_file WHERE practice_id = id) AS file_name,
               (SELECT json_group_array(theme_id) FROM practice_theme
                WHERE practice_id = id) AS theme_ids,
               (SELECT count(*) FROM practice_answer
                WHERE practice_id = id AND says = 'recognise') AS recognised,
               (SELECT count(*) FROM practice_answer
                WHERE practice_id = id AND says = 'differently') AS differently,
               (SELECT count(*) FROM practice_use WHERE practice_id = id) AS used_by,
               (SELECT thread_id FROM practice_post
                WHERE practice_id = id AND is_gone = 0) AS thread_id
        FROM shown_practice
        WHERE network_id = :network_id AND id IN (SELECT value FROM json_each(:ids))
        """,
        {"network_id": network_id, "ids": json.dumps(list(ids))},
    )
    found = {row["id"]: _practice(row) for row in rows}
    return [found[each] for each in ids if each in found]


async def titled(
    db: Queries, network_id: NetworkId, typed: str, most: int
) -> list[tuple[PracticeId, str]]:
    """Those whose title has *typed* in it, newest first."""
    rows = await db.all(
        """
        SELECT id, title FROM shown_practice
        WHERE network_id = :network_id AND instr(lower(title), :typed)
        ORDER BY shared_at DESC, id DESC LIMIT :most
        """,
        {"network_id": network_id, "typed": typed.casefold(), "most": most},
    )
    return [(PracticeId(row["id"]), row["title"]) for row in rows]


async def count_by_theme(db: Queries, network_id: NetworkId) -> dict[ThemeId, int]:
    rows = await db.all(
        """
        SELECT theme_id, count(*) AS how_many
        FROM practice JOIN practice_theme ON practice_theme.practice_id = practice.id
        WHERE network_id = :network_id AND state IN ('shared', 'featured')
        GROUP BY theme_id
        """,
        {"network_id": network_id},
    )
    return {ThemeId(row["theme_id"]): row["how_many"] for row in rows}


async def count(db: Queries, network_id: NetworkId) -> int:
    row = await db.only(
        """
        SELECT count(*) AS how_many FROM practice
        WHERE network_id = :network_id AND state IN ('shared', 'featured')
        """,
        {"network_id": network_id},
    )
    return row["how_many"]


async def latest(
    db: Queries, network_id: NetworkId, most: int, *, only_featured: bool = False
) -> list[ShownPractice]:
    """Newest first."""
    rows = await db.all(
        """
        SELECT id FROM practice
        WHERE network_id = :network_id AND state IN ('shared', 'featured')
          AND (state = 'featured' OR NOT :only_featured)
        ORDER BY shared_at DESC, id DESC LIMIT :most
        """,
        {"network_id": network_id, "most": most, "only_featured": only_featured},
    )
    return await those_of(db, network_id, [PracticeId(row["id"]) for row in rows])


def _practice(row: Row) -> ShownPractice:
    return ShownPractice(
        id=PracticeId(row["id"]),
        network_id=NetworkId(row["network_id"]),
        is_featured=row["state"] == PracticeState.FEATURED,
        title=row["title"],
        did=row["did"],
        changed=row["changed"],
        tell_others=row["tell_others"],
        link=row["link"],
        file_name=row["file_name"],
        kind_id=maybe(KindId, row["kind_id"]),
        theme_ids=tuple(ThemeId(each) for each in json.loads(row["theme_ids"])),
        named_id=maybe(MemberId, row["named_id"]),
        licence=row["licence"],
        version=row["version"],
        checked_at=maybe(from_text, row["checked_at"]),
        shared_at=from_text(row["shared_at"]),
        recognised=row["recognised"],
        differently=row["differently"],
        used_by=row["used_by"],
        thread_id=row["thread_id"],
    )
