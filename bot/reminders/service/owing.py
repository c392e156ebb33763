"""Owing reminders in time.

Nothing is planned ahead that could be forgotten or out of date. The moments of a conversation
follow from its start and the network's time zone (`timetable`); when one has come, who is due
it is read from what is so at that instant, each of them is owed a notice, and the moment is
marked as dealt with, all in one transaction. A moment that has been dealt with is never dealt
with again; one that has not is found by the next look, however long nobody looked.
"""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.errors import Unavailable
from bot.ids import ConversationId, MemberId
from bot.network.model import Network, ReminderWay
from bot.network.service import Networks
from bot.notices.model import EVERYBODY, NoticeKind
from bot.notices.service import Notices
from bot.reminders.model import (
    Dealt,
    Moment,
    Occasion,
    Purpose,
    applies,
    latest,
    left_out_because,
    occurrence_of,
    timetable,
)
from bot.reminders.store import look as store
from bot.reminders.store import wish as wishes
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Conversations looked at in one go, before anybody else gets their turn."""

LOOK_AGAIN = timedelta(minutes=5)
"""After a mistake of ours about one conversation."""

KINDS = {
    Purpose.REMIND: NoticeKind.REMINDER,
    Purpose.ASK: NoticeKind.STILL_COMING,
    Purpose.THANK: NoticeKind.AFTERWARDS,
}


class Reminders:
    def __init__(self, db: Database, clock: Clock, networks: Networks, notices: Notices) -> None:
        self._db = db
        self._clock = clock
        self._networks = networks
        self._notices = notices

    async def next_due(self) -> datetime | None:
        """When `owe_due` has something to look at. Costs the same for any number of them."""
        return await store.next_look(self._db)

    async def owe_due(self) -> None:
        """Owe the reminders whose time has come. Call it as often as you like."""
        for conversation_id in await store.due(self._db, self._clock.now(), AT_ONCE):
            try:
                await self._look_at(conversation_id)
            except Unavailable:
                raise
            except Exception:
                # Nobody is waiting behind this door, and one bad row must not block the rest.
                log.exception("Could not see to the reminders of %d", conversation_id)
                async with self._db.write() as tx:
                    at = self._clock.now() + LOOK_AGAIN
                    await store.look_next(tx, conversation_id, at)

    async def _look_at(self, conversation_id: ConversationId) -> None:
        async with self._db.write() as tx:
            occasion = await store.find_occasion(tx, conversation_id)
            if occasion is None or not occasion.is_on:
                await store.look_next(tx, conversation_id, None)
                return
            network = await self._networks.get(occasion.network_id)
            now = self._clock.now()
            moments = timetable(occasion, network.zone)
            dealt = await store.dealt(tx, conversation_id, occasion.moves)
            due = [each for each in moments if each.at <= now and not each.is_in(dealt)]
            if due:
                await self._see_to(tx, occasion, network, due)
            await store.look_next(tx, conversation_id, _next_after(moments, now))

    async def _see_to(
        self, tx: Transaction, occasion: Occasion, network: Network, due: Sequence[Moment]
    ) -> None:
        now = self._clock.now()
        left_out = {each.name: left_out_because(each, occasion, now) for each in due}
        of_use = [each for each in due if left_out[each.name] is None]
        chosen = {**network.reminders, **await wishes.times_of(tx, occasion.conversation_id)}
        posted = await self._post(tx, occasion, of_use, chosen[ReminderWay.CHANNEL])
        people = await self._write(tx, occasion, network.zone, of_use, chosen[ReminderWay.DIRECT])
        became = [
            (
                moment,
                Dealt(
                    at=now,
                    people=people[moment.name],
                    is_posted=posted == moment,
                    left_out_because=left_out[moment.name],
                ),
            )
            for moment in due
        ]
        await store.mark_dealt(tx, occasion, became)
        tx.after_commit(lambda: _say(occasion, became))

    async def _post(
        self,
        tx: Transaction,
        occasion: Occasion,
        of_use: Sequence[Moment],
        times: Collection[int],
    ) -> Moment | None:
        """Owe the channel its reminder, if there is one."""
        reminders = (each for each in of_use if each.purpose is Purpose.REMIND)
        moment = latest(each for each in reminders if each.minutes in times)
        if moment is not None:
            kind = NoticeKind.CHANNEL_REMINDER
            await self._overtake(tx, occasion, [kind], [EVERYBODY])
            await self._owe(tx, occasion, kind, moment, [EVERYBODY], self._clock.now())
        return moment

    async def _write(
        self,
        tx: Transaction,
        occasion: Occasion,
        zone: ZoneInfo,
        of_use: Sequence[Moment],
        times: Collection[int],
    ) -> Counter[tuple[Purpose, int]]:
        """Owe each person what they are due: how many, by the name of the moment."""
        if not of_use:
            return Counter()
        now = self._clock.now()
        owed: dict[tuple[Moment, datetime], list[MemberId]] = {}
        found = await store.recipients(tx, occasion.conversation_id, occasion.network_id, now)
        for person in found:
            theirs = times if person.wish.times is None else person.wish.times
            moment = latest(
                each
                for each in of_use
                if applies(each, theirs)
                and (person.has_own_place or each.purpose is not Purpose.ASK)
            )
            if moment is None:
                continue
            due_at = person.wish.hours.next_in(now, person.wish.zone_in(zone))
            if due_at < moment.until:  # else it would only come when it is of no use any more
                owed.setdefault((moment, due_at), []).append(person.member_id)
        for (moment, due_at), members in owed.items():
            if moment.purpose is not Purpose.THANK:
                await self._overtake(
                    tx, occasion, [NoticeKind.REMINDER, NoticeKind.STILL_COMING], members
                )
            await self._owe(tx, occasion, KINDS[moment.purpose], moment, members, due_at)
        return Counter(
            {
                name: sum(len(members) for (each, _), members in owed.items() if each.name == name)
                for name in {each.name for each in of_use}
            }
        )

    async def _overtake(
        self,
        tx: Transaction,
        occasion: Occasion,
        kinds: Sequence[NoticeKind],
        members: Sequence[MemberId],
    ) -> None:
        """What could not be sent before the next one is due is not sent as well."""
        await self._notices.drop_of_members(
            tx, occasion.conversation_id, kinds, members, "a later one says the same"
        )

    async def _owe(
        self,
        tx: Transaction,
        occasion: Occasion,
        kind: NoticeKind,
        moment: Moment,
        members: Sequence[MemberId],
        due_at: datetime,
    ) -> None:
        occurrence = occurrence_of(occasion.moves, moment.minutes)
        await self._notices.owe(
            tx,
            kind,
            network_id=occasion.network_id,
            about=occasion.conversation_id,
            people=[(member_id, occurrence) for member_id in members],
            due_at=due_at,
        )


def _next_after(moments: Sequence[Moment], now: datetime) -> datetime | None:
    return next((each.at for each in moments if each.at > now), None)


def _say(occasion: Occasion, became: Sequence[tuple[Moment, Dealt]]) -> None:
    for moment, each in became:
        log.info(
            "Reminders of conversation %d (%s, %d minutes before): %s",
            occasion.conversation_id,
            moment.purpose,
            moment.minutes,
            each.left_out_because or f"{each.people} people, posted: {each.is_posted}",
        )
