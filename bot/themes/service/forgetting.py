"""Forgetting a moderator who changed the network's words."""

from bot.ids import MemberId, NetworkId
from bot.storage.database import Transaction
from bot.themes import store


async def forget(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """What was changed stays; by whom goes."""
    await store.forget_who(tx, network_id, member_id)
