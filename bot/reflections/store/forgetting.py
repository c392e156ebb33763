"""The SQL that forgets somebody who noted, wrote, published or looked after something."""

from bot.ids import MemberId, NetworkId
from bot.storage.database import Transaction

_WHOSE = (
    "DELETE FROM conversation_note WHERE noted_by = :member AND network_id = :network",
    "UPDATE reflection SET made_by = NULL WHERE made_by = :member AND network_id = :network",
    """
    UPDATE reflection SET published_by = NULL
    WHERE published_by = :member AND network_id = :network
    """,
    """
    UPDATE reflection_text SET by_id = NULL
    WHERE by_id = :member
      AND reflection_id IN (SELECT id FROM reflection WHERE network_id = :network)
    """,
    """
    UPDATE reflection_change SET by_id = NULL
    WHERE by_id = :member
      AND reflection_id IN (SELECT id FROM reflection WHERE network_id = :network)
    """,
    """
    UPDATE reflection_export SET exported_by = NULL
    WHERE exported_by = :member
      AND reflection_id IN (SELECT id FROM reflection WHERE network_id = :network)
    """,
    "UPDATE action SET made_by = NULL WHERE made_by = :member AND network_id = :network",
    "UPDATE action SET owner_id = NULL WHERE owner_id = :member AND network_id = :network",
    "UPDATE action SET deputy_id = NULL WHERE deputy_id = :member AND network_id = :network",
    """
    UPDATE action_change SET by_id = NULL
    WHERE by_id = :member AND action_id IN (SELECT id FROM action WHERE network_id = :network)
    """,
)


async def forget(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """What they noted goes, as far as it carries their id; of the rest, their id."""
    for sql in _WHOSE:
        await tx.run(sql, {"member": member_id, "network": network_id})
