"""The SQL for access needs: told, remembered, looked at, and wiped."""

from collections.abc import Sequence
from datetime import datetime

from bot.clock import from_text, to_text
from bot.conversations.model import Look, Need, Needs, PersonsNeeds
from bot.conversations.store import sign_up
from bot.ids import ConversationId, MemberId, NetworkId
from bot.storage.database import Queries, Row, Transaction


async def told(db: Queries, conversation_id: ConversationId, member_id: MemberId) -> Needs:
    row = await db.one(
        """
        SELECT kinds, words FROM access_need
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return Needs() if row is None else _needs(row)


async def remembered(db: Queries, network_id: NetworkId, member_id: MemberId) -> Needs:
    row = await db.one(
        """
        SELECT kinds, words FROM remembered_need
        WHERE network_id = :network_id AND member_id = :member_id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return Needs() if row is None else _needs(row)


async def of_everybody(db: Queries, conversation_id: ConversationId) -> list[PersonsNeeds]:
    """In the order of an organiser's list."""
    rows = await db.all(
        """
        SELECT access_need.member_id, kinds, words, state, number, asked_again
        FROM access_need
        JOIN sign_up USING (conversation_id, member_id)
        WHERE conversation_id = :conversation_id
        ORDER BY CASE state WHEN 'going' THEN 1 WHEN 'supporting' THEN 2 WHEN 'waiting' THEN 3
                            ELSE 4 END, number
        """,
        {"conversation_id": conversation_id},
    )
    return [
        PersonsNeeds(
            member_id=MemberId(row["member_id"]), sign_up=sign_up.of_row(row), needs=_needs(row)
        )
        for row in rows
    ]


async def save(
    tx: Transaction,
    conversation_id: ConversationId,
    member_id: MemberId,
    needs: Needs,
    now: datetime,
) -> None:
    await tx.run(
        """
        INSERT INTO access_need (conversation_id, member_id, kinds, words, consented_at)
        VALUES (:conversation_id, :member_id, :kinds, :words, :now)
        ON CONFLICT (conversation_id, member_id)
        DO UPDATE SET kinds = excluded.kinds, words = excluded.words,
                      consented_at = excluded.consented_at
        """,
        {
            "conversation_id": conversation_id,
            "member_id": member_id,
            "kinds": " ".join(needs.kinds),
            "words": needs.words,
            "now": to_text(now),
        },
    )


async def drop(tx: Transaction, conversation_id: ConversationId, member_id: MemberId) -> None:
    await tx.run(
        """
        DELETE FROM access_need
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )


async def remember(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, needs: Needs
) -> None:
    await tx.run(
        """
        INSERT INTO remembered_need (network_id, member_id, kinds, words)
        VALUES (:network_id, :member_id, :kinds, :words)
        ON CONFLICT (network_id, member_id)
        DO UPDATE SET kinds = excluded.kinds, words = excluded.words
        """,
        {
            "network_id": network_id,
            "member_id": member_id,
            "kinds": " ".join(needs.kinds),
            "words": needs.words,
        },
    )


async def forget(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """What was remembered."""
    await tx.run(
        "DELETE FROM remembered_need WHERE network_id = :network_id AND member_id = :member_id",
        {"network_id": network_id, "member_id": member_id},
    )


async def add_look(
    tx: Transaction, conversation_id: ConversationId, by: MemberId, how: Look, now: datetime
) -> None:
    await tx.run(
        """
        INSERT INTO look_at_needs (conversation_id, looked_by, how, looked_at)
        VALUES (:conversation_id, :by, :how, :now)
        """,
        {"conversation_id": conversation_id, "by": by, "how": how, "now": to_text(now)},
    )


async def first_end(db: Queries) -> datetime | None:
    """When the first conversation ends, or ended, whose people's needs are kept."""
    row = await db.only(
        """
        SELECT min(strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, minutes || ' minutes')) AS ends_at
        FROM conversation
        WHERE id IN (SELECT conversation_id FROM access_need)
        """
    )
    return None if row["ends_at"] is None else from_text(row["ends_at"])


async def drop_of_ended(tx: Transaction, by: datetime) -> None:
    """Of every conversation that had ended *by* then."""
    await tx.run(
        """
        DELETE FROM access_need
        WHERE conversation_id IN (
            SELECT id FROM conversation
            WHERE strftime('%Y-%m-%dT%H:%M:%SZ', starts_at, minutes || ' minutes') <= :by
        )
        """,
        {"by": to_text(by)},
    )


async def is_to_be_wiped(db: Queries) -> bool:
    """Whether something was deleted that is not known to be gone from the files."""
    row = await db.only("SELECT deleted > wiped AS is_due FROM wiping")
    return bool(row["is_due"])


async def write_anew(tx: Transaction) -> int:
    """Empty both tables and fill them again, and say how many deletions that makes good.

    An emptied page is zeroed (`secure_delete`), and with it every copy of a row that SQLite left
    behind as it moved rows within and between pages.
    """
    rows = await tx.all(
        "SELECT id, conversation_id, member_id, kinds, words, consented_at FROM access_need"
    )
    await tx.run("DELETE FROM access_need")
    await tx.run_many(
        """
        INSERT INTO access_need (id, conversation_id, member_id, kinds, words, consented_at)
        VALUES (:id, :conversation_id, :member_id, :kinds, :words, :consented_at)
        """,
        [_columns(row) for row in rows],
    )
    rows = await tx.all("SELECT id, network_id, member_id, kinds, words FROM remembered_need")
    await tx.run("DELETE FROM remembered_need")
    await tx.run_many(
        """
        INSERT INTO remembered_need (id, network_id, member_id, kinds, words)
        VALUES (:id, :network_id, :member_id, :kinds, :words)
        """,
        [_columns(row) for row in rows],
    )
    return (await tx.only("SELECT deleted FROM wiping"))["deleted"]


async def mark_wiped(tx: Transaction, deletions: int) -> None:
    await tx.run("UPDATE wiping SET wiped = :deletions", {"deletions": deletions})


def _columns(row: Row) -> dict[str, int | str]:
    return {name: row[name] for name in row.keys()}  # noqa: SIM118  # a Row's own iteration gives values


def _needs(row: Row) -> Needs:
    kinds: Sequence[str] = row["kinds"].split()
    return Needs(kinds=tuple(Need(each) for each in kinds), words=row["words"])
