"""What members do so as not to come alone: ask for a supporter, find a buddy."""

from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.model import Conversation, MyCompany, Pair, PairKind, SignUpState, Wish
from bot.conversations.service import pairing, places
from bot.conversations.store import company as store
from bot.conversations.store import conversation as conversations
from bot.conversations.store import sign_up as sign_ups
from bot.errors import Closed, Invalid
from bot.ids import ConversationId, MemberId, NetworkId, NoticeId, PairId
from bot.notices.model import Notice, NoticeKind
from bot.notices.service import Notices
from bot.storage.database import Database, Queries, Transaction


class Company:
    def __init__(
        self, db: Database, clock: Clock, notices: Notices, changed: Bell[ConversationId]
    ) -> None:
        self._db = db
        self._clock = clock
        self._notices = notices
        self._changed = changed

    async def of(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> MyCompany:
        """What this person has asked for, offered and found."""
        return await self._of(self._db, conversation_id, network_id, member_id)

    async def ask_supporter(
        self,
        conversation_id: ConversationId,
        network_id: NetworkId,
        asker: MemberId,
        other: MemberId,
    ) -> Conversation:
        """Ask *other* to come as a supporter. They are not told by whom until they say yes.

        Raises:
            Closed: no place of their own, or somebody is asked already.
        """
        if asker == other:
            raise Invalid("Please choose somebody else: you can't be your own supporter.")
        now = self._clock.now()
        async with self._db.write() as tx:
            mine = await self._open(tx, conversation_id, network_id, asker)
            if mine.asked_for(asker) is not None:
                raise Closed(
                    "You have asked somebody already. Press Do without first, and then ask "
                    "somebody else."
                )
            pair_id = await store.add(
                tx, conversation_id, PairKind.SUPPORTER, asker, other, now, asker_agrees=True
            )
            kind = NoticeKind.SUPPORT_ASKED
            await pairing.owe(tx, mine.conversation, kind, [other], pair_id, self._notices, now)
        return mine.conversation

    async def wish(
        self,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
        wish: Wish,
    ) -> bool:
        """Wish for a buddy, or to be one. Whether somebody was found at once, and is asked."""
        now = self._clock.now()
        async with self._db.write() as tx:
            mine = await self._open(tx, conversation_id, network_id, member_id)
            if mine.found() is not None:
                raise Closed(
                    "I have found somebody for you already: see my private message. Nothing has "
                    "changed."
                )
            await store.save_wish(tx, conversation_id, member_id, wish, now)
            return await pairing.match(tx, mine.conversation, member_id, self._notices, now)

    async def do_without(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> MyCompany:
        """Take back every wish and request. Whom they support themselves is not touched."""
        now = self._clock.now()
        async with self._db.write() as tx:
            mine = await self._of(tx, conversation_id, network_id, member_id)
            mine.conversation.must_be_open(now)
            await pairing.part(
                tx, mine.conversation, member_id, self._notices, now, still_supports=True
            )
            self._ring(tx, conversation_id)
            return await self._of(tx, conversation_id, network_id, member_id)

    async def say_yes(self, notice_id: NoticeId, member_id: MemberId) -> tuple[Conversation, Pair]:
        """Agree to what a notice asks. The pair as it then stands: both may have agreed."""
        notice = await self._notices.of_member(notice_id, member_id)
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation, pair = await self._asked(tx, notice)
            pair = await store.agree(tx, pair, member_id, now)
            if pair.kind is PairKind.SUPPORTER:
                await self._come_as_supporter(tx, conversation, member_id)
            if pair.is_agreed:
                await store.drop_wish(tx, conversation.id, pair.asker_id)
                if pair.kind is PairKind.BUDDY:
                    await store.drop_wish(tx, conversation.id, pair.other_id)
                partner = pair.partner_of(member_id)
                kind = NoticeKind.COMPANY_AGREED
                await pairing.owe(tx, conversation, kind, [partner], pair.id, self._notices, now)
        return conversation, pair

    async def say_no(self, notice_id: NoticeId, member_id: MemberId) -> Conversation:
        """Decline what a notice asks. Whoever wished for it is told, or matched again."""
        notice = await self._notices.of_member(notice_id, member_id)
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation, pair = await self._asked(tx, notice)
            if pair.has_agreed(member_id):
                raise Closed("You have said yes already. To change your mind, see My sign-up.")
            if pair.kind is PairKind.BUDDY:
                await store.drop_wish(tx, conversation.id, member_id)
            await pairing.end(tx, conversation, pair, member_id, self._notices, now)
        return conversation

    async def pair_of(self, notice: Notice) -> tuple[Conversation, Pair]:
        """What a notice about company tells of, as it stands now."""
        conversation = await conversations.get(self._db, notice.conversation_id)
        return conversation, await store.get(self._db, PairId(notice.occurrence))

    async def _of(
        self,
        db: Queries,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
    ) -> MyCompany:
        conversation, mine = await sign_ups.get_with_answer(db, conversation_id, member_id)
        conversation.must_be_in(network_id)
        conversation.must_be_planned()
        return MyCompany(
            conversation=conversation,
            has_place=mine is not None and mine.state is SignUpState.GOING,
            pairs=await store.live(db, conversation_id, member_id),
            wish=await store.wish_of(db, conversation_id, member_id),
        )

    async def _open(
        self,
        tx: Transaction,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
    ) -> MyCompany:
        mine = await self._of(tx, conversation_id, network_id, member_id)
        mine.conversation.must_be_open(self._clock.now())
        if not mine.has_place:
            raise Closed("You can ask for company once you have a place of your own.")
        return mine

    async def _asked(self, tx: Transaction, notice: Notice) -> tuple[Conversation, Pair]:
        conversation = await conversations.get(tx, notice.conversation_id)
        conversation.must_be_open(self._clock.now())
        pair = await store.get(tx, PairId(notice.occurrence))
        if pair.has_ended:
            raise Closed("They no longer need an answer, so nothing has changed.")
        return conversation, pair

    async def _come_as_supporter(
        self, tx: Transaction, conversation: Conversation, member_id: MemberId
    ) -> None:
        """They need no place: one that they had goes to whoever has waited longest."""
        now = self._clock.now()
        await sign_ups.save_answer(tx, conversation.id, member_id, SignUpState.SUPPORTING, now)
        await pairing.part(tx, conversation, member_id, self._notices, now, still_supports=True)
        await places.fill(tx, conversation.id, self._notices, now)
        self._ring(tx, conversation.id)

    def _ring(self, tx: Transaction, conversation_id: ConversationId) -> None:
        tx.after_commit(partial(self._changed.ring, conversation_id))
