"""The SQL for covers."""

from bot.conversations.model import Cover
from bot.ids import ConversationId
from bot.storage.database import Queries, Transaction


async def find(db: Queries, conversation_id: ConversationId) -> Cover | None:
    row = await db.one(
        "SELECT name, alt FROM cover WHERE conversation_id = :id", {"id": conversation_id}
    )
    return None if row is None else Cover(name=row["name"], alt=row["alt"])


async def picture(db: Queries, conversation_id: ConversationId, name: str) -> bytes | None:
    """None when that is no longer the cover."""
    row = await db.one(
        "SELECT picture FROM cover WHERE conversation_id = :id AND name = :name",
        {"id": conversation_id, "name": name},
    )
    return None if row is None else row["picture"]


async def save(
    tx: Transaction, conversation_id: ConversationId, cover: Cover, picture: bytes
) -> None:
    await tx.run(
        """
        INSERT INTO cover (conversation_id, name, alt, picture)
        VALUES (:conversation_id, :name, :alt, :picture)
        ON CONFLICT (conversation_id)
        DO UPDATE SET name = excluded.name, alt = excluded.alt, picture = excluded.picture
        """,
        {
            "conversation_id": conversation_id,
            "name": cover.name,
            "alt": cover.alt,
            "picture": picture,
        },
    )


async def save_alt(tx: Transaction, conversation_id: ConversationId, alt: str) -> None:
    await tx.run(
        "UPDATE cover SET alt = :alt WHERE conversation_id = :id",
        {"id": conversation_id, "alt": alt},
    )


async def copy(tx: Transaction, conversation_id: ConversationId, to: ConversationId) -> None:
    """Give *to* the cover of another conversation, if that has one."""
    await tx.run(
        """
        INSERT INTO cover (conversation_id, name, alt, picture)
        SELECT :to, name, alt, picture FROM cover WHERE conversation_id = :id
        """,
        {"id": conversation_id, "to": to},
    )


async def drop(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run("DELETE FROM cover WHERE conversation_id = :id", {"id": conversation_id})
