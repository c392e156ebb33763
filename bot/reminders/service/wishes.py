"""What members choose about being reminded. Everything here is theirs alone to see and change."""

from collections.abc import Collection
from datetime import datetime

from bot.clock import Clock
from bot.conversations.service.sign_ups import SignUps
from bot.errors import Invalid
from bot.ids import ConversationId, MemberId, NetworkId, NoticeId
from bot.network import model as networks
from bot.network.model import ReminderWay
from bot.network.service import Networks
from bot.notices.service import Notices
from bot.reminders.model import Hours, ReminderWish, Reminding, pause_end
from bot.reminders.store import wish as store
from bot.storage.database import Database, Transaction
from bot.typed_date import read_day


class ReminderWishes:
    def __init__(
        self, db: Database, clock: Clock, networks: Networks, notices: Notices, sign_ups: SignUps
    ) -> None:
        self._db = db
        self._clock = clock
        self._networks = networks
        self._notices = notices
        self._sign_ups = sign_ups

    async def of(self, network_id: NetworkId, member_id: MemberId) -> ReminderWish:
        return await store.get(self._db, network_id, member_id)

    async def ask_for(self, network_id: NetworkId, member_id: MemberId) -> None:
        """Be reminded by private message, from now on."""
        async with self._db.write() as tx:
            await self._networks.must_exist(tx, network_id)
            await store.set_wanted(tx, network_id, member_id, is_wanted=True)

    async def forget(self, tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
        """As if they had never chosen anything."""
        await store.forget(tx, network_id, member_id)

    async def stop(self, network_id: NetworkId, member_id: MemberId) -> None:
        """No private reminders any more, of any conversation of this network."""
        async with self._db.write() as tx:
            await self._networks.must_exist(tx, network_id)
            await store.set_wanted(tx, network_id, member_id, is_wanted=False)
            await store.forget_wanted_ones(tx, network_id, member_id)

    async def stop_from(self, notice_id: NoticeId, member_id: MemberId) -> None:
        """As `stop`, from a reminder itself.

        Raises:
            NotFound: it was somebody else's.
        """
        notice = await self._notices.of_member(notice_id, member_id)
        await self.stop(notice.network_id, member_id)

    async def choose_times(
        self, network_id: NetworkId, member_id: MemberId, minutes: Collection[int] | None
    ) -> None:
        """Minutes before the start; None: whenever the network does."""
        times = None if minutes is None else networks.reminder_times(minutes)
        if times == ():
            raise Invalid("Please choose at least one time, or turn the reminders off.")
        async with self._db.write() as tx:
            await self._networks.must_exist(tx, network_id)
            await store.set_times(tx, network_id, member_id, times)

    async def choose_hours(
        self, network_id: NetworkId, member_id: MemberId, hours: Hours, zone: str
    ) -> None:
        """The hours at which they may be written to, in a *zone* as typed, or the network's."""
        name = networks.time_zone(zone) if zone.strip() else None
        async with self._db.write() as tx:
            await self._networks.must_exist(tx, network_id)
            await store.set_hours(tx, network_id, member_id, hours, name)

    async def pause(self, network_id: NetworkId, member_id: MemberId, typed: str) -> datetime:
        """No reminders until the day that was *typed* begins where they are.

        Raises:
            Invalid: no day that is still to come.
        """
        now = self._clock.now()
        network = await self._networks.get(network_id)
        zone = (await self.of(network_id, member_id)).zone_in(network.zone)
        day = read_day(typed, now=now, zone=zone, may_be_gone=True)
        until = pause_end(day, zone, now)
        async with self._db.write() as tx:
            await self._networks.must_exist(tx, network_id)
            await store.set_pause(tx, network_id, member_id, until)
        return until

    async def go_on(self, network_id: NetworkId, member_id: MemberId) -> None:
        """End a pause now."""
        async with self._db.write() as tx:
            await self._networks.must_exist(tx, network_id)
            await store.set_pause(tx, network_id, member_id, None)

    async def for_one(
        self, conversation_id: ConversationId, network_id: NetworkId, member_id: MemberId
    ) -> Reminding:
        """How they will be reminded of one conversation, if they have a place."""
        wish = await store.get_for_one(self._db, network_id, member_id, conversation_id)
        network = await self._networks.get(network_id)
        chosen = {**network.reminders, **await store.times_of(self._db, conversation_id)}
        return Reminding(
            is_wanted=wish.is_wanted,
            times=chosen[ReminderWay.DIRECT] if wish.times is None else wish.times,
            paused_until=wish.paused_until if wish.is_paused(self._clock.now()) else None,
        )

    async def choose_for_one(
        self,
        conversation_id: ConversationId,
        network_id: NetworkId,
        member_id: MemberId,
        *,
        is_wanted: bool,
    ) -> Reminding:
        """Be reminded of this conversation, or not, whatever they want of the others.

        Raises:
            NotFound: no such conversation here, or they have not signed up to it.
        """
        mine = await self._sign_ups.mine(conversation_id, network_id, member_id)
        mine.conversation.must_be_open(self._clock.now())
        async with self._db.write() as tx:
            await store.set_for_one(tx, conversation_id, member_id, is_wanted=is_wanted)
        return await self.for_one(conversation_id, network_id, member_id)
