"""Access needs: told with consent, read by the hosts, and forgotten in time."""

import logging
from datetime import datetime

from bot.clock import Clock
from bot.conversations.model import (
    NEEDS_LAST,
    Conversation,
    EverybodysNeeds,
    Look,
    MyNeeds,
    Needs,
    must_have_answered,
)
from bot.conversations.store import access_needs as store
from bot.conversations.store import conversation as conversations
from bot.conversations.store import sign_up as sign_ups
from bot.errors import Invalid
from bot.ids import ConversationId, MemberId, NetworkId
from bot.people import Person
from bot.storage.database import Database, Queries

log = logging.getLogger(__name__)


class AccessNeeds:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def mine(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> MyNeeds:
        """What this person told about one conversation, and what is remembered for them.

        Raises:
            NotFound: no such conversation here, or they have not signed up to it.
        """
        conversation = await self._answered(self._db, conversation_id, network_id, member_id)
        return MyNeeds(
            conversation=conversation,
            told=await store.told(self._db, conversation_id, member_id),
            remembered=await store.remembered(self._db, network_id, member_id),
        )

    async def tell(
        self,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
        needs: Needs,
        *,
        consents: bool,
        remember: bool,
    ) -> MyNeeds:
        """Keep *needs* for the hosts; none at all takes back what they were told.

        Raises:
            Invalid: they have not agreed that the hosts read it, so nothing is kept.
            Closed: it is over or cancelled, so nobody would read it. Taking back still works.
        """
        if not consents and not needs.is_nothing:
            if not remember:
                await self._forget(network_id, member_id)  # for which nobody has to agree
            raise Invalid(
                "I may keep this only if you tick that the hosts may see it, so I have saved "
                "nothing. If you want them to know, please press Access needs again and tick "
                "that box."
            )
        async with self._db.write() as tx:
            conversation = await self._answered(tx, conversation_id, network_id, member_id)
            if needs.is_nothing:
                await store.drop(tx, conversation_id, member_id)
            else:
                conversation.must_not_be_over(self._clock.now())
                await store.save(tx, conversation_id, member_id, needs, self._clock.now())
            if remember and not needs.is_nothing:
                await store.remember(tx, network_id, member_id, needs)
            else:
                await store.forget(tx, network_id, member_id)
            return MyNeeds(
                conversation=conversation,
                told=needs,
                remembered=await store.remembered(tx, network_id, member_id),
            )

    async def look(
        self, conversation_id: ConversationId, how: Look, *, by: Person
    ) -> EverybodysNeeds:
        """What the hosts were told. For them only, and each look is written down.

        Raises:
            NotAllowed: they are not an organiser, or not a host of this conversation.
        """
        by.must_be_organiser("see access needs")
        async with self._db.write() as tx:
            conversation = await conversations.get_planned(tx, conversation_id, by.network_id)
            conversation.must_be_hosted_by(by.member_id)
            people = await store.of_everybody(tx, conversation_id)
            await store.add_look(tx, conversation_id, by.member_id, how, self._clock.now())
        log.info(
            "Member %d looked at the access needs of conversation %d (%s)",
            by.member_id,
            conversation_id,
            how,
        )
        return EverybodysNeeds(conversation=conversation, people=people)

    async def next_due(self) -> datetime | None:
        """When some needs have been kept for long enough."""
        end = await store.first_end(self._db)
        return None if end is None else end + NEEDS_LAST

    async def forget_old(self) -> None:
        """Delete what has been kept for long enough, and wipe whatever was deleted."""
        async with self._db.write() as tx:
            await store.drop_of_ended(tx, self._clock.now() - NEEDS_LAST)
        if not await store.is_to_be_wiped(self._db):
            return
        async with self._db.write() as tx:
            deletions = await store.write_anew(tx)
        if not await self._db.empty_log():
            log.info("A reader keeps the log from being emptied; the next sweep tries again")
            return
        async with self._db.write() as tx:
            await store.mark_wiped(tx, deletions)

    async def _forget(self, network_id: NetworkId, member_id: MemberId) -> None:
        async with self._db.write() as tx:
            await store.forget(tx, network_id, member_id)

    async def _answered(
        self,
        db: Queries,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
    ) -> Conversation:
        conversation, mine = await sign_ups.get_with_answer(db, conversation_id, member_id)
        conversation.must_be_in(network_id)
        conversation.must_be_planned()
        must_have_answered(mine)
        return conversation
