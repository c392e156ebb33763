"""What is true of a reminder when it is sent, and what organisers may know of what is owed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.clock import Clock
from bot.conversations.model import Conversation, SignUp, SignUpState, not_found
from bot.conversations.service.calendar import Calendar
from bot.conversations.service.sign_ups import SignUps
from bot.errors import NotFound
from bot.ids import ConversationId, NetworkId, NoticeId
from bot.network.model import ReminderWay, reminder_times
from bot.network.service import Networks
from bot.notices.model import EVERYBODY, Notice, NoticeKind
from bot.notices.service import Notices
from bot.people import Person
from bot.reminders.model import (
    Moment,
    Planned,
    PlannedReminder,
    Purpose,
    applies,
    date_and_minutes,
    timetable,
)
from bot.reminders.service.owing import KINDS
from bot.reminders.store import look as store
from bot.reminders.store import wish as wishes
from bot.storage.database import Database

PURPOSES: Mapping[NoticeKind, Purpose] = {kind: purpose for purpose, kind in KINDS.items()}
_WITH_A_PLACE = {SignUpState.GOING, SignUpState.SUPPORTING}


class ReminderTruth:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        networks: Networks,
        notices: Notices,
        calendar: Calendar,
        sign_ups: SignUps,
    ) -> None:
        self._db = db
        self._clock = clock
        self._networks = networks
        self._notices = notices
        self._calendar = calendar
        self._sign_ups = sign_ups

    async def to_person(self, notice: Notice) -> tuple[Conversation, SignUp] | None:
        """What a reminder to a person is about; None when it is no longer true or wanted."""
        conversation, mine = await self._sign_ups.standing(notice)
        wish = await wishes.get_for_one(
            self._db, notice.network_id, notice.member_id, notice.conversation_id
        )
        purpose = PURPOSES[notice.kind]
        now = self._clock.now()
        comes = mine is not None and (
            mine.state is SignUpState.GOING
            or (mine.state is SignUpState.SUPPORTING and purpose is not Purpose.ASK)
        )
        if mine is None or not comes or not wish.is_wanted or wish.is_paused(now):
            return None
        moment = await self._moment(notice, conversation)
        return (conversation, mine) if moment is not None and now < moment.until else None

    async def to_everybody(self, notice: Notice) -> Conversation | None:
        """What a reminder in a channel or thread is about; None when it is no longer true."""
        conversation, _ = await self._sign_ups.standing(notice)
        moment = await self._moment(notice, conversation)
        is_of_use = moment is not None and self._clock.now() < moment.until
        return conversation if is_of_use else None

    async def not_before(self, notice: Notice) -> datetime | None:
        """When this person may be written to again; None when they may be now."""
        if notice.kind not in PURPOSES:
            return None
        wish = await wishes.get(self._db, notice.network_id, notice.member_id)
        network = await self._networks.get(notice.network_id)
        now = self._clock.now()
        may_at = wish.hours.next_in(now, wish.zone_in(network.zone))
        return may_at if may_at > now else None

    async def posted(self, notice_id: NoticeId, network_id: NetworkId) -> Conversation:
        """The conversation that a reminder in a channel of this network is about.

        Raises:
            NotFound: no such reminder here.
        """
        notice = await self._notices.of_member(notice_id, EVERYBODY)
        if notice.network_id != network_id:
            raise not_found()
        return await self._calendar.get(notice.conversation_id, network_id)

    async def planned(self, conversation_id: ConversationId, *, by: Person) -> Planned:
        """What is owed for one conversation, and what became of what was. For organisers only."""
        by.must_be_organiser("see the reminders of a conversation")
        conversation = await self._calendar.get(conversation_id, by.network_id)
        network = await self._networks.get(by.network_id)
        own = await wishes.times_of(self._db, conversation_id)
        chosen = {**network.reminders, **own}
        occasion = await store.find_occasion(self._db, conversation_id)
        if occasion is None:
            raise NotFound(str(not_found()))
        dealt = await store.dealt(self._db, conversation_id, occasion.moves)
        now = self._clock.now()
        found = await store.recipients(self._db, conversation_id, by.network_id, now)
        wanted = [
            (
                chosen[ReminderWay.DIRECT] if each.wish.times is None else each.wish.times,
                each.has_own_place,
            )
            for each in found
        ]
        return Planned(
            conversation=conversation,
            times=chosen,
            has_own_times=bool(own),
            people=len(found),
            reminders=[
                PlannedReminder(
                    moment=moment,
                    in_channel=moment.purpose is Purpose.REMIND
                    and moment.minutes in chosen[ReminderWay.CHANNEL],
                    people=_count(moment, wanted),
                    dealt=dealt.get(moment.name) if moment.is_in(dealt) else None,
                )
                for moment in timetable(occasion, network.zone)
            ],
        )

    async def choose_times(
        self,
        conversation_id: ConversationId,
        chosen: Mapping[ReminderWay, Collection[int]] | None,
        *,
        by: Person,
    ) -> Conversation:
        """Other times for one conversation than the network's; None: the network's again."""
        by.must_be_organiser("change the reminders of a conversation")
        times = {way: reminder_times(minutes) for way, minutes in (chosen or {}).items()}
        conversation = await self._calendar.get(conversation_id, by.network_id)
        conversation.must_be_open(self._clock.now())
        async with self._db.write() as tx:
            await wishes.drop_times_of(tx, conversation_id)
            for way, minutes in times.items():
                await wishes.set_times_of(tx, conversation_id, way, minutes)
        return conversation

    async def _moment(self, notice: Notice, conversation: Conversation) -> Moment | None:
        """The moment that a notice was owed for, while it belongs to the date there is now."""
        date_number, minutes = date_and_minutes(notice.occurrence)
        if conversation.is_cancelled or conversation.moves != date_number:
            return None
        occasion = await store.find_occasion(self._db, notice.conversation_id)
        if occasion is None:
            return None
        zone = (await self._networks.get(notice.network_id)).zone
        posted_for = (Purpose.REMIND, Purpose.ASK)  # no two of these are at the same time
        purposes = (PURPOSES[notice.kind],) if notice.kind in PURPOSES else posted_for
        names = {(purpose, minutes) for purpose in purposes}
        return next((each for each in timetable(occasion, zone) if each.name in names), None)


def _count(moment: Moment, wanted: Sequence[tuple[Collection[int], bool]]) -> int:
    """How many of those with a place it would go to, if it were due now."""
    return sum(
        applies(moment, times) and (has_own_place or moment.purpose is not Purpose.ASK)
        for times, has_own_place in wanted
    )
