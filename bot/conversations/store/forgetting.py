"""The SQL that takes somebody out of conversations, so that the numbers stay right.

Their places ahead are given up before, by the rules for everybody. What is left here is of the
past, or about what they did for others.
"""

from datetime import datetime

from bot.clock import to_text
from bot.ids import FORGOTTEN, ConversationId, MemberId, NetworkId
from bot.storage.database import Queries, Transaction, Value

TAKEN_BACK = "(Whoever wrote this has asked to be forgotten.)"


async def to_leave(
    db: Queries, network_id: NetworkId, member_id: MemberId, now: datetime
) -> list[ConversationId]:
    """Conversations ahead in which this person has said anything but no."""
    rows = await db.all(
        """
        SELECT id FROM conversation JOIN sign_up ON sign_up.conversation_id = conversation.id
        WHERE network_id = :network_id AND member_id = :member_id AND state <> 'not_coming'
          AND planned_at IS NOT NULL AND cancelled_at IS NULL AND starts_at > :now
        ORDER BY id
        """,
        _asked(network_id, member_id, now),
    )
    return [ConversationId(row["id"]) for row in rows]


async def hosted(
    db: Queries, network_id: NetworkId, member_id: MemberId, now: datetime
) -> list[ConversationId]:
    """Conversations ahead that name this person."""
    rows = await db.all(
        """
        SELECT id FROM conversation
        WHERE network_id = :network_id AND :member_id IN (host_id, deputy_id)
          AND planned_at IS NOT NULL AND cancelled_at IS NULL AND starts_at > :now
        ORDER BY id
        """,
        _asked(network_id, member_id, now),
    )
    return [ConversationId(row["id"]) for row in rows]


async def mark_cards(
    tx: Transaction, network_id: NetworkId, member_id: MemberId
) -> list[ConversationId]:
    """Have every card drawn anew that names this person, however old, and say which."""
    rows = await tx.all(
        """
        UPDATE card SET shows = ''
        WHERE network_id = :network_id AND conversation_id IN (
            SELECT conversation_id FROM sign_up WHERE member_id = :member_id AND shows_name = 1
            UNION
            SELECT id FROM conversation WHERE :member_id IN (host_id, deputy_id)
        )
        RETURNING conversation_id
        """,
        _asked(network_id, member_id),
    )
    return [ConversationId(row["conversation_id"]) for row in rows]


async def mark_card(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run("UPDATE card SET shows = '' WHERE conversation_id = :id", {"id": conversation_id})


async def forget_answers(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> None:
    """Leave the past as numbers, and of what is ahead nothing."""
    asked = _asked(network_id, member_id, now)
    await tx.run(
        """
        DELETE FROM sign_up
        WHERE member_id = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        ) AND state = 'not_coming'
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE sign_up
        SET member_id = NULL, shows_name = 0, wants_role = 1, asked_again = 0,
            answered_at = (SELECT starts_at FROM conversation
                           WHERE conversation.id = sign_up.conversation_id)
        WHERE member_id = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )
    await tx.run(
        """
        DELETE FROM access_need
        WHERE member_id = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )
    await tx.run(
        "DELETE FROM remembered_need WHERE member_id = :member_id AND network_id = :network_id",
        asked,
    )
    # One that the bot has given is taken off first, and then forgotten.
    await tx.run(
        """
        DELETE FROM role_carried
        WHERE member_id = :member_id AND network_id = :network_id AND how IN ('by_hand', 'gone')
        """,
        asked,
    )


async def forget_company(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> None:
    """Those who came with them keep that there was somebody, where they are still told of it."""
    asked = _asked(network_id, member_id, now)
    await tx.run(
        """
        DELETE FROM buddy_wish
        WHERE member_id = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )
    await tx.run(
        """
        DELETE FROM pair
        WHERE conversation_id IN (SELECT id FROM conversation WHERE network_id = :network_id)
          AND ((asker_id = :member_id AND other_id = :forgotten)
            OR (asker_id = :forgotten AND other_id = :member_id))
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE pair
        SET asker_id = CASE asker_id WHEN :member_id THEN :forgotten ELSE asker_id END,
            other_id = CASE other_id WHEN :member_id THEN :forgotten ELSE other_id END,
            ended_at = coalesce(ended_at, :now)
        WHERE :member_id IN (asker_id, other_id) AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )


async def forget_work(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> None:
    """What they did as an organiser or host: that it was done stays, and by whom goes."""
    asked = _asked(network_id, member_id, now)
    await tx.run(
        """
        DELETE FROM conversation
        WHERE network_id = :network_id AND drafted_by = :member_id AND planned_at IS NULL
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE conversation
        SET host_id = CASE host_id WHEN :member_id THEN NULL ELSE host_id END,
            deputy_id = CASE deputy_id WHEN :member_id THEN NULL ELSE deputy_id END,
            drafted_by = CASE drafted_by WHEN :member_id THEN :forgotten ELSE drafted_by END
        WHERE network_id = :network_id AND :member_id IN (host_id, deputy_id, drafted_by)
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE hosting
        SET member_id = CASE member_id WHEN :member_id THEN :forgotten ELSE member_id END,
            named_by = CASE named_by WHEN :member_id THEN :forgotten ELSE named_by END
        WHERE :member_id IN (member_id, named_by) AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE written SET words = :taken_back, written_by = :forgotten
        WHERE written_by = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        {**asked, "taken_back": TAKEN_BACK},
    )
    await tx.run(
        """
        UPDATE look_at_needs SET looked_by = :forgotten
        WHERE looked_by = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )


async def forget_guests_keeper(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, now: datetime
) -> None:
    """Their guests go to the host of each conversation ahead. Of the past nobody keeps them."""
    asked = _asked(network_id, member_id, now)
    await tx.run(
        """
        UPDATE guest
        SET looked_after_by = (
            SELECT CASE WHEN starts_at > :now THEN coalesce(host_id, deputy_id, drafted_by)
                        ELSE :forgotten END
            FROM conversation WHERE conversation.id = guest.conversation_id
        )
        WHERE looked_after_by = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )
    await tx.run(
        """
        UPDATE guest SET added_by = :forgotten
        WHERE added_by = :member_id AND conversation_id IN (
            SELECT id FROM conversation WHERE network_id = :network_id
        )
        """,
        asked,
    )


async def forget_guest(tx: Transaction, guest_id: int) -> None:
    """One guest: of the past a number stays. A place ahead must be given up before."""
    await tx.run(
        "DELETE FROM sign_up WHERE guest_id = :id AND state = 'not_coming'", {"id": guest_id}
    )
    await tx.run(
        """
        UPDATE sign_up
        SET guest_id = NULL, asked_again = 0,
            answered_at = (SELECT starts_at FROM conversation
                           WHERE conversation.id = sign_up.conversation_id)
        WHERE guest_id = :id
        """,
        {"id": guest_id},
    )
    await tx.run("DELETE FROM guest WHERE id = :id", {"id": guest_id})


def _asked(
    network_id: NetworkId, member_id: MemberId, now: datetime | None = None
) -> dict[str, Value]:
    return {
        "network_id": network_id,
        "member_id": member_id,
        "forgotten": FORGOTTEN,
        "now": None if now is None else to_text(now),
    }
