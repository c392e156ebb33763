"""The SQL that forgets what somebody was owed."""

from bot.ids import GuestId, MemberId, NetworkId
from bot.storage.database import Transaction


async def forget(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    asked = {"network_id": network_id, "member_id": member_id}
    await tx.run(
        "DELETE FROM notice WHERE network_id = :network_id AND member_id = :member_id", asked
    )
    await tx.run(
        "DELETE FROM closed_messages WHERE network_id = :network_id AND member_id = :member_id",
        asked,
    )


async def forget_guest(tx: Transaction, guest_id: GuestId) -> None:
    """What is about this one guest. What is about all of somebody's guests counts them anew."""
    await tx.run(
        """
        DELETE FROM notice
        WHERE kind IN ('guest_place_came_up', 'guest_taken_off') AND occurrence = :guest_id
        """,
        {"guest_id": guest_id},
    )
