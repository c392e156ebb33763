"""The SQL for kinds, themes and words. Rows stop here: callers get the model."""

import json
from collections.abc import Mapping, Sequence

from bot.clock import from_text, to_text
from bot.ids import ChannelId, KindId, MemberId, NetworkId, RingId, TagId, ThemeId
from bot.storage.database import Queries, Transaction
from bot.themes.model import Change, Kind, Theme, Vocabulary, What, WordRing


async def vocabulary(db: Queries, network_id: NetworkId) -> Vocabulary | None:
    """None: it has not been seeded yet."""
    kinds = await db.all(
        "SELECT id, slug, label FROM kind WHERE network_id = :id ORDER BY position, id",
        {"id": network_id},
    )
    if not kinds:
        return None
    themes = await db.all(
        """
        SELECT id, slug, label, is_tag, merged_into FROM theme
        WHERE network_id = :id ORDER BY position, id
        """,
        {"id": network_id},
    )
    rings = await db.all(
        """
        SELECT id, theme_id, label, is_everyday,
               (SELECT json_group_array(word)
                FROM (SELECT word FROM ring_word WHERE ring_id = ring.id ORDER BY word)) AS words
        FROM ring WHERE network_id = :id ORDER BY id
        """,
        {"id": network_id},
    )
    version = await db.only(
        """
        SELECT (SELECT coalesce(max(id), 0) FROM vocabulary_change WHERE network_id = :id) AS id,
               (SELECT version FROM vocabulary_start WHERE network_id = :id) AS began_with
        """,
        {"id": network_id},
    )
    return Vocabulary(
        network_id=network_id,
        kinds=tuple(
            Kind(id=KindId(row["id"]), slug=row["slug"], label=row["label"]) for row in kinds
        ),
        every_theme=tuple(
            Theme(
                id=ThemeId(row["id"]),
                slug=row["slug"],
                label=row["label"],
                is_tag=bool(row["is_tag"]),
                merged_into=_theme_id(row["merged_into"]),
            )
            for row in themes
        ),
        word_rings=tuple(
            WordRing(
                id=RingId(row["id"]),
                label=row["label"],
                words=tuple(json.loads(row["words"])),
                theme_id=_theme_id(row["theme_id"]),
                is_everyday=bool(row["is_everyday"]),
            )
            for row in rings
        ),
        version=version["id"],
        began_with=version["began_with"],
    )


def _theme_id(value: int | None) -> ThemeId | None:
    return None if value is None else ThemeId(value)


async def add_theme(
    tx: Transaction, network_id: NetworkId, *, slug: str, label: str, is_tag: bool
) -> ThemeId:
    """The last in order. *slug* is made different where another theme has it."""
    row = await tx.only(
        """
        WITH RECURSIVE tried (slug, number) AS (
            SELECT :slug, 1
            UNION ALL
            SELECT :slug || '-' || (number + 1), number + 1 FROM tried
            WHERE EXISTS (SELECT 1 FROM theme
                          WHERE network_id = :network_id AND theme.slug = tried.slug)
        )
        INSERT INTO theme (network_id, slug, label, is_tag, position)
        VALUES (:network_id,
                (SELECT slug FROM tried ORDER BY number DESC LIMIT 1),
                :label, :is_tag,
                (SELECT coalesce(max(position) + 1, 0) FROM theme
                 WHERE network_id = :network_id))
        RETURNING id
        """,
        {"network_id": network_id, "slug": slug, "label": label, "is_tag": is_tag},
    )
    return ThemeId(row["id"])


async def add_ring(
    tx: Transaction,
    network_id: NetworkId,
    label: str,
    theme_id: ThemeId | None = None,
    *,
    is_everyday: bool = False,
) -> RingId:
    row = await tx.only(
        """
        INSERT INTO ring (network_id, theme_id, label, is_everyday)
        VALUES (:network_id, :theme_id, :label, :is_everyday)
        RETURNING id
        """,
        {
            "network_id": network_id,
            "theme_id": theme_id,
            "label": label,
            "is_everyday": is_everyday,
        },
    )
    return RingId(row["id"])


async def make_own(tx: Transaction, ring_id: RingId) -> None:
    """What moderators have touched is everyday no more."""
    await tx.run("UPDATE ring SET is_everyday = 0 WHERE id = :id", {"id": ring_id})


async def add_words(tx: Transaction, ring_id: RingId, words: Sequence[str]) -> None:
    await tx.run_many(
        "INSERT OR IGNORE INTO ring_word (ring_id, word) VALUES (:ring_id, :word)",
        [{"ring_id": ring_id, "word": word} for word in words],
    )


async def drop_words(tx: Transaction, ring_id: RingId, words: Sequence[str]) -> None:
    await tx.run_many(
        "DELETE FROM ring_word WHERE ring_id = :ring_id AND word = :word",
        [{"ring_id": ring_id, "word": word} for word in words],
    )


async def drop_ring(tx: Transaction, ring_id: RingId) -> None:
    await tx.run("DELETE FROM ring WHERE id = :id", {"id": ring_id})


async def rename_kind(tx: Transaction, kind_id: KindId, label: str) -> None:
    await tx.run("UPDATE kind SET label = :label WHERE id = :id", {"id": kind_id, "label": label})


async def rename_theme(tx: Transaction, theme_id: ThemeId, label: str) -> None:
    await tx.run("UPDATE theme SET label = :label WHERE id = :id", {"id": theme_id, "label": label})


async def rename_ring(tx: Transaction, ring_id: RingId, label: str) -> None:
    await tx.run("UPDATE ring SET label = :label WHERE id = :id", {"id": ring_id, "label": label})


async def make_tag(tx: Transaction, theme_id: ThemeId, *, is_tag: bool) -> None:
    await tx.run(
        "UPDATE theme SET is_tag = :is_tag WHERE id = :id", {"id": theme_id, "is_tag": is_tag}
    )


async def merge(tx: Transaction, theme_id: ThemeId, into_id: ThemeId) -> None:
    """Triggers of the features take along what was tagged with it."""
    await tx.run(
        "UPDATE theme SET merged_into = :into_id, is_tag = 0 WHERE id = :id",
        {"id": theme_id, "into_id": into_id},
    )


async def note(tx: Transaction, network_id: NetworkId, change: Change) -> None:
    await tx.run(
        """
        INSERT INTO vocabulary_change (network_id, at, by_id, what, subject, before, after)
        VALUES (:network_id, :at, :by_id, :what, :subject, :before, :after)
        """,
        {
            "network_id": network_id,
            "at": to_text(change.at),
            "by_id": change.by_id,
            "what": change.what,
            "subject": change.subject,
            "before": change.before,
            "after": change.after,
        },
    )


async def count_changes(db: Queries, network_id: NetworkId) -> int:
    row = await db.only(
        "SELECT count(*) AS number FROM vocabulary_change WHERE network_id = :id",
        {"id": network_id},
    )
    return row["number"]


async def changes(db: Queries, network_id: NetworkId, *, skip: int, limit: int) -> Sequence[Change]:
    """The latest first."""
    rows = await db.all(
        """
        SELECT at, by_id, what, subject, before, after FROM vocabulary_change
        WHERE network_id = :id ORDER BY id DESC LIMIT :limit OFFSET :skip
        """,
        {"id": network_id, "skip": skip, "limit": limit},
    )
    return [
        Change(
            at=from_text(row["at"]),
            by_id=None if row["by_id"] is None else MemberId(row["by_id"]),
            what=What(row["what"]),
            subject=row["subject"],
            before=row["before"],
            after=row["after"],
        )
        for row in rows
    ]


async def networks_with_tags(db: Queries) -> Sequence[NetworkId]:
    rows = await db.all("SELECT DISTINCT network_id FROM forum_tag ORDER BY network_id")
    return [NetworkId(row["network_id"]) for row in rows]


async def tags_of(db: Queries, network_id: NetworkId, forum_id: ChannelId) -> Mapping[str, TagId]:
    """“theme:7” or “kind:2”, and its tag."""
    rows = await db.all(
        """
        SELECT iif(kind_id IS NULL, 'theme:' || theme_id, 'kind:' || kind_id) AS stands_for, tag_id
        FROM forum_tag WHERE network_id = :network_id AND forum_id = :forum_id
        """,
        {"network_id": network_id, "forum_id": forum_id},
    )
    return {row["stands_for"]: TagId(row["tag_id"]) for row in rows}


async def save_tags(
    tx: Transaction, network_id: NetworkId, forum_id: ChannelId, tags: Mapping[str, TagId]
) -> None:
    """These, and no others."""
    await tx.run(
        "DELETE FROM forum_tag WHERE network_id = :network_id AND forum_id = :forum_id",
        {"network_id": network_id, "forum_id": forum_id},
    )
    await tx.run_many(
        """
        INSERT INTO forum_tag (network_id, forum_id, tag_id, kind_id, theme_id)
        VALUES (:network_id, :forum_id, :tag_id, :kind_id, :theme_id)
        """,
        [
            {
                "network_id": network_id,
                "forum_id": forum_id,
                "tag_id": tag_id,
                "kind_id": int(number) if what == "kind" else None,
                "theme_id": int(number) if what == "theme" else None,
            }
            for (what, number), tag_id in ((value.split(":"), tags[value]) for value in tags)
        ],
    )


async def forget_who(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    await tx.run(
        """
        UPDATE vocabulary_change SET by_id = NULL
        WHERE network_id = :network_id AND by_id = :member_id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
