"""Who ought to carry the attendee role, and who does because of the bot."""

from collections.abc import Iterable, Sequence

from bot.clock import Clock
from bot.conversations.model.effects import Carried, Carrying
from bot.conversations.store import role as store
from bot.ids import ConversationId, MemberId, NetworkId, RoleId
from bot.storage.database import Database


class Attendees:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def ought_to_carry(self, network_id: NetworkId) -> Sequence[MemberId]:
        """Counted over all conversations: one that is over takes the role from nobody who is
        going to another."""
        return await store.ought_to_carry(self._db, network_id, self._clock.now())

    async def carried(self, network_id: NetworkId) -> Sequence[Carried]:
        return await store.carried(self._db, network_id)

    async def note(
        self,
        network_id: NetworkId,
        role_id: RoleId,
        members: Iterable[MemberId],
        how: Carrying,
    ) -> None:
        if noted := list(members):
            async with self._db.write() as tx:
                await store.save(tx, network_id, role_id, noted, how)

    async def forget(self, network_id: NetworkId, gone: Sequence[Carried]) -> None:
        """They no longer carry it, or it is no longer ours to say."""
        if gone:
            async with self._db.write() as tx:
                await store.drop(tx, network_id, gone)

    async def networks(self) -> Sequence[NetworkId]:
        """Where anybody carries a role because of the bot."""
        return await store.networks(self._db)

    async def network_of(self, conversation_id: ConversationId) -> NetworkId | None:
        """None when the conversation is gone, and with it everybody's place."""
        return await store.network_of(self._db, conversation_id)
