"""Noting troubles when they appear, and forgetting them when they are over."""

from collections.abc import Sequence

from bot.clock import Clock
from bot.ids import NetworkId, TroubleId
from bot.storage.database import Database, Transaction
from bot.troubles import store
from bot.troubles.model import Trouble


class Troubles:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of_network(self, network_id: NetworkId) -> Sequence[Trouble]:
        """What stands in the way there now, the longest first."""
        return [what for _, what in await store.of_network(self._db, network_id)]

    async def lasts(self, network_id: NetworkId, trouble_id: TroubleId) -> Trouble | None:
        """What that trouble is, or None when it is over."""
        return dict(await store.of_network(self._db, network_id)).get(trouble_id)

    async def note(self, network_id: NetworkId, what: Trouble) -> None:
        """It stands in the way. Costs one read when that is known."""
        if what not in await self.of_network(network_id):
            async with self._db.write() as tx:
                await self.appear(tx, network_id, what)

    async def appear(
        self, tx: Transaction, network_id: NetworkId, what: Trouble
    ) -> TroubleId | None:
        """As `note`, for other features' transactions. None when it was known already."""
        return await store.add(tx, network_id, what, self._clock.now())

    async def are_over(self, network_id: NetworkId, what: Sequence[Trouble]) -> None:
        """They no longer stand in the way. Costs one read when they did not."""
        if not set(what).isdisjoint(await self.of_network(network_id)):
            async with self._db.write() as tx:
                await store.drop(tx, network_id, what)
