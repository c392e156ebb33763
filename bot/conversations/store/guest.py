"""The SQL for guests. Their answers are sign-ups like any other."""

from datetime import datetime

from bot.clock import to_text
from bot.conversations.model import Guest, GuestSignUp, SignUp, SignUpState
from bot.errors import NotFound
from bot.ids import ConversationId, GuestId, MemberId, NetworkId
from bot.storage.database import Queries, Row, Transaction


async def add(
    tx: Transaction,
    conversation_id: ConversationId,
    name: str,
    note: str,
    looked_after_by: MemberId,
    added_by: MemberId,
    state: SignUpState,
    now: datetime,
) -> GuestSignUp:
    """Record a guest with an answer under the next number."""
    row = await tx.only(
        """
        INSERT INTO guest (conversation_id, name, note, looked_after_by, added_by, added_at)
        VALUES (:conversation_id, :name, :note, :looked_after_by, :added_by, :now)
        RETURNING id
        """,
        {
            "conversation_id": conversation_id,
            "name": name,
            "note": note,
            "looked_after_by": looked_after_by,
            "added_by": added_by,
            "now": to_text(now),
        },
    )
    await tx.run(
        """
        INSERT INTO sign_up (conversation_id, guest_id, state, number, answered_at)
        SELECT id, :guest_id, :state, last_number + 1, :now
        FROM conversation
        WHERE id = :conversation_id
        """,
        {
            "conversation_id": conversation_id,
            "guest_id": row["id"],
            "state": state,
            "now": to_text(now),
        },
    )
    return await get(tx, GuestId(row["id"]))


async def get(db: Queries, guest_id: GuestId) -> GuestSignUp:
    row = await db.one(
        """
        SELECT guest.id, guest.conversation_id, name, note, looked_after_by, taken_off_because,
               state, number, asked_again
        FROM guest
        JOIN sign_up ON sign_up.guest_id = guest.id
        WHERE guest.id = :id
        """,
        {"id": guest_id},
    )
    if row is None:
        raise NotFound("I can't find that guest. Please pick one from the list.")
    return _guest_sign_up(row)


async def find(db: Queries, network_id: NetworkId, guest_id: GuestId) -> GuestSignUp | None:
    """A guest of this network."""
    row = await db.one(
        """
        SELECT guest.id, guest.conversation_id, name, note, looked_after_by, taken_off_because,
               state, number, asked_again
        FROM guest
        JOIN sign_up ON sign_up.guest_id = guest.id
        JOIN conversation ON conversation.id = guest.conversation_id
        WHERE guest.id = :id AND network_id = :network_id
        """,
        {"id": guest_id, "network_id": network_id},
    )
    return None if row is None else _guest_sign_up(row)


async def coming(db: Queries, conversation_id: ConversationId) -> list[GuestSignUp]:
    """Every guest with a place or a turn on the waitlist, in the order of asking."""
    rows = await db.all(
        """
        SELECT guest.id, guest.conversation_id, name, note, looked_after_by, taken_off_because,
               state, number, asked_again
        FROM guest
        JOIN sign_up ON sign_up.guest_id = guest.id
        WHERE guest.conversation_id = :conversation_id AND state IN ('going', 'waiting')
        ORDER BY number
        """,
        {"conversation_id": conversation_id},
    )
    return [_guest_sign_up(row) for row in rows]


async def take_off(tx: Transaction, guest_id: GuestId, because: str | None, now: datetime) -> None:
    await tx.run(
        "UPDATE guest SET taken_off_because = :because WHERE id = :id",
        {"id": guest_id, "because": because},
    )
    await tx.run(
        """
        UPDATE sign_up
        SET state = 'not_coming', answered_at = :now, asked_again = 0
        WHERE guest_id = :id
        """,
        {"id": guest_id, "now": to_text(now)},
    )


async def say_again(tx: Transaction, conversation_id: ConversationId, keeper: MemberId) -> None:
    """Whoever looks after them says that their guests are still coming."""
    await tx.run(
        """
        UPDATE sign_up
        SET asked_again = 0
        WHERE conversation_id = :conversation_id AND guest_id IN (
            SELECT id FROM guest
            WHERE conversation_id = :conversation_id AND looked_after_by = :keeper
        )
        """,
        {"conversation_id": conversation_id, "keeper": keeper},
    )


async def hand_over(
    tx: Transaction, network_id: NetworkId, keeper: MemberId, now: datetime
) -> None:
    """The guests of somebody who has left go to the host of each conversation ahead."""
    await tx.run(
        """
        UPDATE guest
        SET looked_after_by = (
            SELECT coalesce(host_id, deputy_id, drafted_by) FROM conversation
            WHERE conversation.id = guest.conversation_id
        )
        WHERE looked_after_by = :keeper AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id AND starts_at > :now
        )
        """,
        {"keeper": keeper, "network_id": network_id, "now": to_text(now)},
    )


def of_row(row: Row) -> Guest:
    """The guest in a row that has its columns, also one of a join."""
    return Guest(
        id=GuestId(row["guest_id"]),
        name=row["name"],
        note=row["note"],
        looked_after_by=MemberId(row["looked_after_by"]),
    )


def _guest_sign_up(row: Row) -> GuestSignUp:
    return GuestSignUp(
        conversation_id=ConversationId(row["conversation_id"]),
        guest=Guest(
            id=GuestId(row["id"]),
            name=row["name"],
            note=row["note"],
            looked_after_by=MemberId(row["looked_after_by"]),
        ),
        sign_up=SignUp(
            state=SignUpState(row["state"]),
            number=row["number"],
            asked_again=bool(row["asked_again"]),
        ),
        taken_off_because=row["taken_off_because"],
    )
