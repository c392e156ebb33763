"""What ends when somebody is no longer in the server."""

from bot.clock import Clock, to_text
from bot.ids import MemberId, NetworkId
from bot.keeping.everything import KEPT
from bot.storage.database import Database

_LEAVES = tuple(each.leaves for each in KEPT if each.leaves is not None)


class Leaving:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def to_look_for(self, network_id: NetworkId) -> list[MemberId]:
        """Of whom something is kept only for as long as they are there."""
        asked = {"network": network_id, "now": to_text(self._clock.now())}
        found: set[MemberId] = set()
        for each in _LEAVES:
            rows = await self._db.all(each.whose, asked)
            found.update(MemberId(row["member_id"]) for row in rows)
        return sorted(found)

    async def has_left(self, network_id: NetworkId, member_id: MemberId) -> None:
        """Their places are given up by those who know about places, not here."""
        async with self._db.write() as tx:
            for each in _LEAVES:
                for sql in each.sql:
                    await tx.run(sql, {"network": network_id, "member": member_id})
