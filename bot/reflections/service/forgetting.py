"""Forgetting somebody who noted, wrote, published or looked after something."""

from bot.ids import MemberId, NetworkId
from bot.reflections.store import forgetting as store
from bot.storage.database import Transaction


class ForgettingOfReflections:
    async def forget(self, tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
        """What they did stays, by nobody. Their quotes are for wisdom to forget, and leave every
        post with that."""
        await store.forget(tx, network_id, member_id)
