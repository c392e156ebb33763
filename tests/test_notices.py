"""Messages the bot owes: claimed, sent, settled, and made to look as if sent once."""

import asyncio
import logging
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.client import Services
from bot.conversations.model import Conversation
from bot.errors import NotFound, Unavailable
from bot.ids import MemberId, NoticeId
from bot.notices.model import (
    EVERYBODY,
    HOLDS_BACK_FOR,
    LEASE,
    Delivery,
    Notice,
    NoticeKind,
    NotNow,
    SendingTooFast,
)
from bot.notices.pace import ABREAST, AT_ONCE, PAUSE
from bot.notices.service import Notices
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, DILYS, HOME, ORGANISER, FakeClock
from tests.fakes import (
    BrokenMessenger,
    RecordingMessenger,
    TruthfulMessenger,
    broken_write,
    details,
    planned,
    sign_up,
)


@pytest.fixture
async def conversation(parts: Services) -> Conversation:
    return await planned(parts, places=1)


async def owe(
    parts: Services,
    db: Database,
    conversation: Conversation,
    *people: MemberId,
    occurrence: int = 1,
) -> None:
    async with db.write() as tx:
        await parts.notices.owe(
            tx,
            NoticeKind.PLACE_CAME_UP,
            network_id=conversation.network_id,
            about=conversation.id,
            people=[(person, occurrence) for person in people],
            due_at=parts.clock.now(),
        )


async def state_of(db: Database, member: MemberId) -> str:
    row = await db.only("SELECT state FROM notice WHERE member_id = :id", {"id": member})
    return row["state"]


def crowd(number: int) -> list[MemberId]:
    return [MemberId(100 + each) for each in range(number)]


async def test_what_is_owed_is_sent_once_and_then_is_no_longer_owed(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA)
    assert await parts.notices.next_due() == clock.now()
    messenger = RecordingMessenger()
    assert await parts.notices.deliver_due(messenger) == 1
    clock.advance(days=1)
    assert await parts.notices.deliver_due(messenger) == 0
    assert messenger.members == [AMINA]
    assert len(messenger.asked) == 1
    assert await state_of(db, AMINA) == "sent"
    assert await parts.notices.next_due() is None


async def test_nothing_is_sent_before_it_is_due(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    async with db.write() as tx:
        await parts.notices.owe(
            tx,
            NoticeKind.PLACE_CAME_UP,
            network_id=HOME,
            about=conversation.id,
            people=[(AMINA, 1)],
            due_at=clock.now() + timedelta(hours=1),
        )
    messenger = RecordingMessenger()
    clock.advance(minutes=59, seconds=59)
    assert await parts.notices.deliver_due(messenger) == 0
    clock.advance(seconds=1)
    assert await parts.notices.deliver_due(messenger) == 1


async def test_what_has_been_due_longest_goes_first(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, CHIDI)
    clock.advance(seconds=1)
    await owe(parts, db, conversation, AMINA, BRYN)
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    assert messenger.members == [CHIDI, AMINA, BRYN]


async def test_a_round_is_short_and_the_next_one_waits_a_second_for_each_message(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    people = crowd(2 * AT_ONCE + 3)
    await owe(parts, db, conversation, *people)
    messenger = RecordingMessenger()
    for sent in (AT_ONCE, AT_ONCE, 3):
        assert await parts.notices.deliver_due(messenger) == sent
        assert await parts.notices.deliver_due(messenger) == 0  # too soon
        if sent == AT_ONCE:
            due = await parts.notices.next_due()
            assert due == clock.now() + timedelta(seconds=sent)
            clock.advance(seconds=sent)
    assert messenger.members == people


async def test_rounds_that_begin_at_once_do_not_send_the_same_message(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await owe(parts, db, conversation, *crowd(5))
    messenger = RecordingMessenger()
    await asyncio.gather(*(parts.notices.deliver_due(messenger) for _ in range(4)))
    assert [notice.member_id for notice in messenger.asked] == crowd(5)


async def test_rounds_that_begin_at_once_keep_to_one_pace(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await owe(parts, db, conversation, *crowd(3 * AT_ONCE))
    messenger = RecordingMessenger()
    sent = await asyncio.gather(*(parts.notices.deliver_due(messenger) for _ in range(3)))
    assert sent == [AT_ONCE, 0, 0]


async def test_a_second_service_on_the_same_database_respects_the_lease(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, *crowd(8))
    messenger = RecordingMessenger()
    others = [Notices(db, clock) for _ in range(4)]
    await asyncio.gather(*(each.deliver_due(messenger) for each in others))
    assert sorted(notice.member_id for notice in messenger.asked) == crowd(8)


def _notice(**changes: object) -> Notice:
    notice = Notice(
        id=NoticeId(7),
        network_id=HOME,
        kind=NoticeKind.PLACE_CAME_UP,
        about_id=1,
        member_id=AMINA,
        occurrence=1,
        due_at=datetime.fromisoformat("2026-11-23T09:00:00+00:00"),
        attempts=1,
    )
    return replace(notice, **changes)


def test_a_nonce_is_the_same_at_every_attempt_and_short_enough_for_discord() -> None:
    notice = _notice()
    assert notice.nonce == _notice(attempts=9).nonce
    assert notice.nonce == "".join(each for each in notice.nonce if each in "0123456789abcdef")
    assert 16 <= len(notice.nonce) <= 25


def test_a_nonce_is_another_for_every_notice() -> None:
    nonces = {
        _notice(id=NoticeId(id_), member_id=member, occurrence=occurrence).nonce
        for id_ in range(10)
        for member in (AMINA, BRYN)
        for occurrence in range(10)
    }
    assert len(nonces) == 200


def test_waiting_after_a_failure_grows_and_ends_at_half_an_hour() -> None:
    waits = [_notice(attempts=number).retry_after() for number in (1, 2, 3, 4, 5, 6, 7, 8, 10**6)]
    assert waits == sorted(waits)
    assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert waits[-1] == timedelta(minutes=30)


async def test_when_discord_does_not_answer_it_is_tried_again_ever_more_slowly(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA)
    broken = BrokenMessenger(Unavailable())
    waits = []
    for _ in range(4):
        before = clock.now()
        assert await parts.notices.deliver_due(broken) == 0
        due = await parts.notices.next_due()
        assert due is not None
        waits.append((due - before).total_seconds())
        clock.advance(seconds=waits[-1] - 1)
        assert await parts.notices.deliver_due(broken) == 0
        assert len(broken.asked) == len(waits)  # it was left alone until then
        clock.advance(seconds=1)
    assert waits == [30, 60, 120, 240]

    messenger = RecordingMessenger()
    assert await parts.notices.deliver_due(messenger) == 1
    assert [notice.attempts for notice in (*broken.asked, *messenger.asked)] == [1, 2, 3, 4, 5]
    assert len({notice.nonce for notice in (*broken.asked, *messenger.asked)}) == 1
    assert messenger.asked[0].may_have_been_sent
    assert not broken.asked[0].may_have_been_sent


async def test_when_discord_says_too_fast_everybody_is_left_alone_for_ten_minutes(
    parts: Services,
    db: Database,
    conversation: Conversation,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    people = [AMINA, BRYN, CHIDI, *crowd(AT_ONCE)]
    await owe(parts, db, conversation, *people)
    broken = BrokenMessenger(SendingTooFast(), breaks=lambda notice: notice.member_id == BRYN)
    sent = await parts.notices.deliver_due(broken)
    assert sent < ABREAST + 1, "no more than were on their way already"
    assert "too fast" in caplog.text
    assert await parts.notices.next_due() == clock.now() + PAUSE

    await owe(parts, db, conversation, DILYS)
    messenger = RecordingMessenger()
    clock.advance(seconds=PAUSE.total_seconds() - 1)
    assert await parts.notices.deliver_due(messenger) == 0
    clock.advance(seconds=1)
    for _ in range(3):
        await parts.notices.deliver_due(messenger)
        clock.advance(seconds=AT_ONCE)
    assert sorted([*broken.members, *messenger.members]) == sorted([*people, DILYS])


async def test_several_are_on_their_way_at_once_and_no_more(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await owe(parts, db, conversation, *crowd(AT_ONCE))

    class Slow(RecordingMessenger):
        now = most = 0
        are_many = asyncio.Event()

        async def send(self, notice: Notice) -> Delivery:
            self.now += 1
            self.most = max(self.most, self.now)
            if self.now == ABREAST:
                self.are_many.set()
            await asyncio.wait_for(self.are_many.wait(), 5)
            self.now -= 1
            return await super().send(notice)

    messenger = Slow()
    assert await parts.notices.deliver_due(messenger) == AT_ONCE
    assert messenger.most == ABREAST


async def test_a_full_disk_in_the_middle_of_a_round_ends_all_of_it(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await owe(parts, db, conversation, *crowd(AT_ONCE))

    class FillsTheDisk(RecordingMessenger):
        async def send(self, notice: Notice) -> Delivery:
            delivery = await super().send(notice)
            await db._writer.execute_fetchall("PRAGMA query_only = ON")
            return delivery

    messenger = FillsTheDisk()
    with pytest.raises(Unavailable):
        await parts.notices.deliver_due(messenger)
    asked = len(messenger.asked)
    await db._writer.execute_fetchall("PRAGMA query_only = OFF")
    await asyncio.sleep(0.05)
    assert len(messenger.asked) == asked <= ABREAST, "nobody goes on behind our back"


async def test_a_mistake_of_ours_about_one_message_does_not_hold_up_the_others(
    parts: Services,
    db: Database,
    conversation: Conversation,
    clock: FakeClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await owe(parts, db, conversation, AMINA, BRYN, CHIDI)
    broken = BrokenMessenger(KeyError("oh"), breaks=lambda notice: notice.member_id == AMINA)
    assert await parts.notices.deliver_due(broken) == 2
    assert broken.members == [BRYN, CHIDI]
    assert "by our own mistake" in caplog.text
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.exc_info
    clock.advance(seconds=30)
    assert await parts.notices.deliver_due(RecordingMessenger()) == 1
    assert await state_of(db, AMINA) == "sent"


@pytest.mark.parametrize(
    ("ends", "because"),
    [
        (Delivery.HAS_LEFT, "they have left the server"),
        (Delivery.NO_LONGER_TRUE, "it was no longer true"),
    ],
)
async def test_what_is_of_no_use_is_dropped_with_the_reason(
    parts: Services,
    db: Database,
    conversation: Conversation,
    clock: FakeClock,
    ends: Delivery,
    because: str,
) -> None:
    await owe(parts, db, conversation, AMINA)
    messenger = RecordingMessenger(ends)
    assert await parts.notices.deliver_due(messenger) == 0
    row = await db.only("SELECT state, dropped_because FROM notice")
    assert (row["state"], row["dropped_because"]) == ("dropped", because)
    clock.advance(days=1)
    await parts.notices.deliver_due(messenger)
    assert len(messenger.asked) == 1


async def test_somebody_whose_messages_are_closed_is_tried_once_and_told_once(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA)
    closed = RecordingMessenger(Delivery.MESSAGES_CLOSED)
    assert await parts.notices.deliver_due(closed) == 0
    await owe(parts, db, conversation, AMINA, BRYN, occurrence=2)
    clock.advance(minutes=1)
    messenger = RecordingMessenger()
    assert await parts.notices.deliver_due(messenger) == 1

    assert [notice.member_id for notice in (*closed.asked, *messenger.asked)] == [AMINA, BRYN]
    assert await parts.notices.count_closed(HOME) == 1
    told = await parts.notices.tell_missed(HOME, AMINA)
    assert [notice.occurrence for notice in told] == [1, 2]
    assert list(await parts.notices.tell_missed(HOME, AMINA)) == []
    assert await parts.notices.next_due() is None


async def test_what_somebody_missed_is_told_once_however_often_they_press(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await owe(parts, db, conversation, AMINA)
    await parts.notices.deliver_due(RecordingMessenger(Delivery.MESSAGES_CLOSED))
    told = await asyncio.gather(*(parts.notices.tell_missed(HOME, AMINA) for _ in range(10)))
    assert sorted(len(each) for each in told) == [0] * 9 + [1]


async def test_what_somebody_missed_here_is_told_to_nobody_else_and_nowhere_else(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    away = await planned(parts, by=replace(ORGANISER, network_id=AWAY))
    await owe(parts, db, conversation, AMINA)
    await owe(parts, db, away, AMINA)
    await parts.notices.deliver_due(RecordingMessenger(Delivery.MESSAGES_CLOSED))
    assert list(await parts.notices.tell_missed(HOME, BRYN)) == []
    (told,) = await parts.notices.tell_missed(HOME, AMINA)
    assert told.conversation_id == conversation.id
    assert await parts.notices.count_closed(AWAY) == 1
    await parts.notices.messages_are_open(HOME, AMINA)
    assert await parts.notices.count_closed(AWAY) == 1
    assert await parts.notices.count_closed(HOME) == 0


async def test_somebody_who_opened_their_messages_is_written_to_again(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA)
    await parts.notices.deliver_due(RecordingMessenger(Delivery.MESSAGES_CLOSED))
    await parts.notices.messages_are_open(HOME, AMINA)
    await parts.notices.messages_are_open(HOME, AMINA)
    await owe(parts, db, conversation, AMINA, occurrence=2)
    clock.advance(minutes=1)
    messenger = RecordingMessenger()
    assert await parts.notices.deliver_due(messenger) == 1
    assert [notice.occurrence for notice in messenger.asked] == [2]


async def test_a_place_given_up_is_not_told_of_whether_owed_or_missed(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await sign_up(parts, conversation, BRYN, AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)
    await parts.notices.deliver_due(RecordingMessenger(Delivery.MESSAGES_CLOSED))
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)
    assert list(await parts.notices.tell_missed(HOME, AMINA)) == []
    row = await db.only("SELECT state, dropped_because FROM notice")
    assert (row["state"], row["dropped_because"]) == ("dropped", "they gave the place up")


async def test_a_place_given_up_while_its_message_is_on_the_way_stays_given_up(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await sign_up(parts, conversation, BRYN, AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)

    class LeavesMeanwhile(RecordingMessenger):
        async def send(self, notice: Notice) -> Delivery:
            await parts.sign_ups.leave(conversation.id, HOME, AMINA)
            return await super().send(notice)

    await parts.notices.deliver_due(LeavesMeanwhile())
    assert await state_of(db, AMINA) == "dropped"


async def test_what_is_no_longer_true_by_the_time_it_is_sent_is_not_sent(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts, places=1, when="today 9:30am")
    await sign_up(parts, conversation, BRYN, AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)
    clock.advance(minutes=30)
    messenger = TruthfulMessenger(parts)
    assert await parts.notices.deliver_due(messenger) == 0
    assert messenger.asked == []
    assert await state_of(db, AMINA) == "dropped"


async def test_a_crash_between_claim_and_settle_is_made_good_when_the_lease_ends(
    parts: Services,
    db: Database,
    conversation: Conversation,
    clock: FakeClock,
) -> None:
    await owe(parts, db, conversation, AMINA)
    with pytest.raises(asyncio.CancelledError):
        await parts.notices.deliver_due(BrokenMessenger(asyncio.CancelledError()))
    assert await parts.notices.next_due() == clock.now() + LEASE

    after = Notices(db, clock)  # as after a restart
    messenger = RecordingMessenger()
    clock.advance(seconds=LEASE.total_seconds() - 1)
    assert await after.deliver_due(messenger) == 0
    clock.advance(seconds=1)
    assert await after.deliver_due(messenger) == 1
    (notice,) = messenger.asked
    assert notice.attempts == 2
    assert notice.may_have_been_sent


async def test_a_clock_that_is_set_back_or_forward_sends_nothing_twice(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, *crowd(3))
    messenger = RecordingMessenger()
    for hours in (0, -1, 25, -24, 48):
        clock.advance(hours=hours)
        await parts.notices.deliver_due(messenger)
    assert [notice.member_id for notice in messenger.asked] == crowd(3)


async def test_a_message_already_owed_is_not_owed_again(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await owe(parts, db, conversation, AMINA)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        await owe(parts, db, conversation, AMINA)
    assert len(await db.all("SELECT id FROM notice")) == 1


async def test_a_notice_belongs_to_the_person_it_was_written_to(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    await owe(parts, db, conversation, AMINA)
    row = await db.only("SELECT id FROM notice")
    assert (await parts.notices.of_member(NoticeId(row["id"]), AMINA)).member_id == AMINA
    for notice_id, member in ((row["id"], BRYN), (999, AMINA)):
        with pytest.raises(NotFound) as refused:
            await parts.notices.of_member(NoticeId(notice_id), member)
        assert str(refused.value) == "I can't find what that button was for. It may be too old."


async def test_the_bell_rings_after_the_commit_and_not_after_a_rollback(
    parts: Services, db: Database, conversation: Conversation
) -> None:
    rung: list[bool] = []
    in_transaction = False
    deaf = parts.notices.owed.listen(lambda _: rung.append(in_transaction))

    async def owe_in(tx: object, person: MemberId) -> None:
        await parts.notices.owe(
            tx,  # type: ignore[arg-type]
            NoticeKind.PLACE_CAME_UP,
            network_id=HOME,
            about=conversation.id,
            people=[(person, 1)],
            due_at=parts.clock.now(),
        )

    async with broken_write(db) as tx:
        await owe_in(tx, AMINA)
    assert rung == []
    async with db.write() as tx:
        in_transaction = True
        await owe_in(tx, AMINA)
        in_transaction = False
    assert rung == [False]
    deaf()
    await owe(parts, db, conversation, BRYN)
    assert rung == [False]


async def test_the_bell_rings_when_somebody_moves_up_and_only_then(
    parts: Services, conversation: Conversation
) -> None:
    rung: list[None] = []
    parts.notices.owed.listen(rung.append)
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.planning.edit(conversation.id, details(places=1), by=ORGANISER)
    assert rung == []
    await parts.planning.edit(conversation.id, details(places=2), by=ORGANISER)
    assert rung == [None]


async def test_refusals_keep_the_pace_too(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    """Discord shuts out a bot that it has to refuse ten thousand times in ten minutes."""
    await owe(parts, db, conversation, *crowd(AT_ONCE + 1))
    closed = RecordingMessenger(Delivery.MESSAGES_CLOSED)
    assert await parts.notices.deliver_due(closed) == 0
    assert len(closed.asked) == AT_ONCE
    assert await parts.notices.next_due() == clock.now() + timedelta(seconds=AT_ONCE)


async def test_what_is_for_everybody_goes_on_while_nobody_may_be_written_to(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA)
    await parts.notices.deliver_due(BrokenMessenger(SendingTooFast()))
    async with db.write() as tx:
        await parts.notices.owe(
            tx,
            NoticeKind.CHANNEL_REMINDER,
            network_id=HOME,
            about=conversation.id,
            people=[(EVERYBODY, 1)],
            due_at=clock.now(),
        )
    assert await parts.notices.next_due() == clock.now()
    messenger = RecordingMessenger()
    assert await parts.notices.deliver_due(messenger) == 1
    assert messenger.members == [EVERYBODY]
    assert await parts.notices.next_due() == clock.now() + PAUSE


async def test_a_channel_that_is_written_to_too_fast_is_tried_again_and_stops_nobody_else(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    async with db.write() as tx:
        await parts.notices.owe(
            tx,
            NoticeKind.CHANNEL_REMINDER,
            network_id=HOME,
            about=conversation.id,
            people=[(EVERYBODY, 1)],
            due_at=clock.now(),
        )
    await owe(parts, db, conversation, AMINA)
    broken = BrokenMessenger(SendingTooFast(), breaks=lambda notice: notice.member_id == EVERYBODY)
    assert await parts.notices.deliver_due(broken) == 1
    assert broken.members == [AMINA]
    clock.advance(seconds=30)
    assert await parts.notices.deliver_due(RecordingMessenger()) == 1


async def test_somebody_who_sleeps_is_left_alone_and_no_attempt_is_counted(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA, BRYN)
    morning = clock.now() + timedelta(hours=9)
    asleep = BrokenMessenger(NotNow(morning), breaks=lambda notice: notice.member_id == AMINA)
    assert await parts.notices.deliver_due(asleep) == 1
    assert await parts.notices.next_due() == morning
    clock.set(morning)
    messenger = RecordingMessenger()
    assert await parts.notices.deliver_due(messenger) == 1
    assert messenger.asked[0].attempts == 1


async def test_what_one_person_is_owed_about_one_conversation_goes_in_order(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA, BRYN, occurrence=1)
    await parts.notices.deliver_due(
        BrokenMessenger(Unavailable(), breaks=lambda notice: notice.member_id == AMINA)
    )
    await owe(parts, db, conversation, AMINA, BRYN, occurrence=2)
    clock.advance(seconds=5)
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    assert messenger.members == [BRYN], "the second must not arrive before the first"
    clock.advance(seconds=30)
    await parts.notices.deliver_due(messenger)
    assert [notice.occurrence for notice in messenger.asked if notice.member_id == AMINA] == [1, 2]


async def test_a_message_that_fails_again_and_again_does_not_hold_back_the_next_for_ever(
    parts: Services, db: Database, conversation: Conversation, clock: FakeClock
) -> None:
    await owe(parts, db, conversation, AMINA, occurrence=1)
    broken = BrokenMessenger(KeyError("oh"), breaks=lambda notice: notice.occurrence == 1)
    await owe(parts, db, conversation, AMINA, occurrence=2)
    for _ in range(12):
        await parts.notices.deliver_due(broken)
        clock.advance(minutes=30)
    assert [notice.occurrence for notice in broken.arrived.values()] == [2]
    assert len(broken.asked) > HOLDS_BACK_FOR


async def test_a_round_with_nothing_to_do_waits_for_nobody_who_writes(
    parts: Services, db: Database
) -> None:
    async with asyncio.timeout(5), db.write():
        assert await parts.notices.deliver_due(RecordingMessenger()) == 0
