"""What people choose for themselves: to be named on the card, to carry the role."""

from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import Choices, Conversation, must_have_answered
from bot.conversations.store import choices as store
from bot.conversations.store import sign_up as sign_ups
from bot.ids import ConversationId, MemberId, NetworkId
from bot.storage.database import Database, Queries


class Choosing:
    def __init__(self, db: Database, clock: Clock, changed: Bell[ConversationId]) -> None:
        self._db = db
        self._clock = clock
        self._changed = changed

    async def of(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> Choices:
        """What this person has chosen.

        Raises:
            NotFound: no such conversation here, or they have not signed up to it.
            Closed: it is over or cancelled, so there is nothing to choose.
        """
        await self._open(self._db, conversation_id, network_id, member_id)
        return await store.get(self._db, conversation_id, member_id)

    async def choose(
        self,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
        *,
        shows_name: bool,
        wants_role: bool | None = None,
    ) -> Choices:
        """*wants_role* None: they were not asked, so it stays. Raises as `of` does."""
        async with self._db.write() as tx:
            await self._open(tx, conversation_id, network_id, member_id)
            before = await store.get(tx, conversation_id, member_id)
            chosen = Choices(
                shows_name=shows_name,
                wants_role=before.wants_role if wants_role is None else wants_role,
            )
            if chosen != before:
                await store.save(tx, conversation_id, member_id, chosen)
                tx.after_commit(partial(self._changed.ring, conversation_id))
        return chosen

    async def _open(
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
        conversation.must_not_be_over(self._clock.now())
        return conversation
