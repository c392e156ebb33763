"""What members do: answer, change their answer, hand a place back."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from bot.bell import Bell
from bot.clock import Clock, spoken
from bot.conversations.model import (
    Answer,
    Conversation,
    Mine,
    MinePage,
    SignUp,
    SignUpState,
    must_have_answered,
)
from bot.conversations.service import pairing, places
from bot.conversations.store import company, guest
from bot.conversations.store import sign_up as store
from bot.errors import Closed
from bot.ids import ConversationId, MemberId, NetworkId, NoticeId
from bot.network.service import Networks
from bot.notices.model import Notice
from bot.notices.service import Notices
from bot.storage.database import Database, Transaction

MOST_OF_ONE_PERSON = 200
ON_A_PAGE = 8

_THERE = {SignUpState.GOING, SignUpState.SUPPORTING}


class SignUps:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        networks: Networks,
        notices: Notices,
        changed: Bell[ConversationId],
    ) -> None:
        self._db = db
        self._clock = clock
        self._networks = networks
        self._notices = notices
        self._changed = changed

    async def sign_up(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> Answer:
        """Take a place, or join the waitlist. Asking twice changes nothing."""
        return await self._answer(conversation_id, network_id, member_id, SignUpState.GOING)

    async def maybe(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> Answer:
        """Say that they may come. It takes no place, and gives up one they had."""
        return await self._answer(conversation_id, network_id, member_id, SignUpState.MAYBE)

    async def leave(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> Answer:
        """Say that they can't come. A place they had goes to whoever has waited longest."""
        return await self._answer(conversation_id, network_id, member_id, SignUpState.NOT_COMING)

    async def hand_back(self, notice_id: NoticeId, member_id: MemberId) -> Answer:
        """Give back the place that a notice told of.

        Raises:
            Closed: they no longer have that place.
        """
        notice = await self._notices.of_member(notice_id, member_id)
        return await self._answer(
            notice.conversation_id,
            notice.network_id,
            member_id,
            SignUpState.NOT_COMING,
            only_from=notice,
        )

    async def still_coming(self, notice_id: NoticeId, member_id: MemberId) -> Conversation:
        """Say again, after it was moved, that they come.

        Raises:
            Closed: they no longer have a place.
        """
        notice = await self._notices.of_member(notice_id, member_id)
        async with self._db.write() as tx:
            conversation, mine = await store.get_with_answer(tx, notice.conversation_id, member_id)
            conversation.must_be_open(self._clock.now())
            if mine is None or mine.state is not SignUpState.GOING:
                raise Closed(
                    "You no longer have a place. To ask for one, press Sign up on the card."
                )
            await store.say_again(tx, notice.conversation_id, member_id)
        return conversation

    async def not_any_more(self, notice_id: NoticeId, member_id: MemberId) -> Answer:
        """Say, after it was moved, that they can't come."""
        notice = await self._notices.of_member(notice_id, member_id)
        return await self.leave(notice.conversation_id, notice.network_id, member_id)

    async def standing(self, notice: Notice) -> tuple[Conversation, SignUp | None]:
        """The conversation a notice is about, and how its person stands with it."""
        return await store.get_with_answer(self._db, notice.conversation_id, notice.member_id)

    async def place_that_came_up(self, notice: Notice) -> Conversation | None:
        """What a notice is about, or None when it is no longer true or no longer of use."""
        conversation, mine = await store.get_with_answer(
            self._db, notice.conversation_id, notice.member_id
        )
        holds_it = mine is not None and _is_place_of(notice, mine)
        return conversation if holds_it and conversation.is_ahead(self._clock.now()) else None

    async def has_left(self, network_id: NetworkId, member_id: MemberId) -> None:
        """Give up everything of somebody who is no longer in the server."""
        for mine in await self.of_member(network_id, member_id):
            await self.leave(mine.conversation.id, network_id, member_id)
        now = self._clock.now()
        async with self._db.write() as tx:
            await guest.hand_over(tx, network_id, member_id, now)
            for conversation_id in await company.still_asked(tx, network_id, member_id, now):
                conversation, _ = await store.get_with_answer(tx, conversation_id, member_id)
                await pairing.part(tx, conversation, member_id, self._notices, now)

    async def mine(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> Mine:
        """How one person stands with one conversation.

        Raises:
            NotFound: no such conversation here, or they have not signed up to it.
        """
        conversation, answer = await store.get_with_answer(self._db, conversation_id, member_id)
        conversation.must_be_in(network_id)
        conversation.must_be_planned()
        conversation.must_be_announced()
        mine = must_have_answered(answer)
        ahead = 0
        if mine.state is SignUpState.WAITING:
            ahead = await store.ahead_in_line(self._db, conversation_id, mine.number)
        return Mine(conversation=conversation, sign_up=mine, ahead_in_line=ahead)

    async def of_member(self, network_id: NetworkId, member_id: MemberId) -> Sequence[Mine]:
        """What this person has answered and has not happened yet, soonest first."""
        return await store.of_member(
            self._db, network_id, member_id, self._clock.now(), MOST_OF_ONE_PERSON
        )

    async def page_of_member(
        self, network_id: NetworkId, member_id: MemberId, number: int
    ) -> MinePage:
        """Part of the above. A number too high gives the last page."""
        everything = await self.of_member(network_id, member_id)
        pages = max(1, -(-len(everything) // ON_A_PAGE))
        number = min(number, pages - 1)
        mine = everything[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
        return MinePage(mine=mine, number=number, pages=pages)

    async def _answer(
        self,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
        wanted: SignUpState,
        *,
        only_from: Notice | None = None,
    ) -> Answer:
        now = self._clock.now()
        zone = (await self._networks.get(network_id)).zone  # from memory
        async with self._db.write() as tx:
            conversation, mine = await store.get_with_answer(tx, conversation_id, member_id)
            conversation.must_be_in(network_id)
            conversation.must_be_planned()
            conversation.must_be_announced()
            if wanted is SignUpState.NOT_COMING or (mine is not None and _already_so(mine, wanted)):
                conversation.must_be_open(now)
            else:
                conversation.must_take_sign_ups(now, _deadline(conversation, zone))
            if only_from is not None and (mine is None or not _is_place_of(only_from, mine)):
                raise Closed("You no longer have that place, so nothing has changed.")
            if mine is not None and _already_so(mine, wanted):
                if mine.asked_again:
                    await store.say_again(tx, conversation_id, member_id)
                return Answer(
                    conversation=conversation, sign_up=mine, before=mine.state, moved_up=0
                )
            state = conversation.state_for_newcomer() if wanted is SignUpState.GOING else wanted
            answer = await store.save_answer(tx, conversation_id, member_id, state, now)
            if mine is not None and mine.state in _THERE:
                await self._notices.drop(tx, conversation_id, member_id, "they gave the place up")
            if wanted is SignUpState.NOT_COMING or (mine is not None and mine.state in _THERE):
                await pairing.part(tx, conversation, member_id, self._notices, now)
            after, moved_up = await self._settle(tx, conversation_id)
        return Answer(
            conversation=after,
            sign_up=answer,
            before=None if mine is None else mine.state,
            moved_up=moved_up,
        )

    async def _settle(
        self, tx: Transaction, conversation_id: ConversationId
    ) -> tuple[Conversation, int]:
        tx.after_commit(partial(self._changed.ring, conversation_id))
        return await places.fill(tx, conversation_id, self._notices, self._clock.now())


def _deadline(conversation: Conversation, zone: ZoneInfo) -> str:
    closes_at = conversation.more.closes_at
    return "" if closes_at is None else spoken(closes_at, zone)


def _is_place_of(notice: Notice, mine: SignUp) -> bool:
    """Whether *mine* is still the place that *notice* told of."""
    return mine.state is SignUpState.GOING and mine.number == notice.occurrence


def _already_so(mine: SignUp, wanted: SignUpState) -> bool:
    if wanted is SignUpState.GOING:
        return mine.state in {SignUpState.GOING, SignUpState.WAITING, SignUpState.SUPPORTING}
    return mine.state is wanted
