"""Who is reminded of what, and when: through the services, on a real database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import services
from bot.client import Services
from bot.clock import to_text
from bot.conversations.model import Conversation
from bot.errors import Closed, Invalid, NotAllowed, NotFound, Unavailable
from bot.ids import MemberId, NoticeId
from bot.network.model import ReminderWay
from bot.notices.model import EVERYBODY, Delivery, NoticeKind
from bot.people import Person
from bot.reminders.model import Hours
from bot.reminders.service.owing import LOOK_AGAIN
from bot.storage.database import Database
from tests.conftest import (
    AMINA,
    AWAY,
    BRYN,
    CHIDI,
    DILYS,
    HOME,
    MANAGER,
    ORGANISER,
)
from tests.fakes import (
    BrokenMessenger,
    RecordingMessenger,
    RemindingMessenger,
    details,
    live_until,
    planned,
    sign_up,
    started,
)

LONDON = ZoneInfo("Europe/London")
DAY, HOUR = 24 * 60, 60
STARTS = datetime(2026, 12, 3, 14, 0, tzinfo=UTC)
CHANNEL, DIRECT = NoticeKind.CHANNEL_REMINDER, NoticeKind.REMINDER


@pytest.fixture
async def conversation(parts: Services) -> Conversation:
    return await planned(parts)


@pytest.fixture
def messenger(parts: Services) -> RemindingMessenger:
    return RemindingMessenger(parts)


async def ask_for(parts: Services, *people: MemberId) -> None:
    for person in people:
        await parts.reminder_wishes.ask_for(HOME, person)


async def any_hour(parts: Services, *people: MemberId) -> None:
    for person in people:
        await parts.reminder_wishes.choose_hours(HOME, person, Hours(until_hour=8), "")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def heard(messenger: RemindingMessenger, member: MemberId) -> list[tuple[str, str]]:
    """What somebody was sent: its kind, and when it was on the wall in London."""
    return [
        (notice.kind.value, f"{at.astimezone(LONDON):%d %b %H:%M}")
        for at, notice in messenger.log
        if notice.member_id == member
    ]


async def test_everybody_and_whoever_asked_hear_in_time(parts, conversation, clock, messenger):
    await sign_up(parts, conversation, AMINA, BRYN)
    await ask_for(parts, AMINA)

    await live_until(STARTS + timedelta(days=2), parts, clock, messenger)

    assert heard(messenger, EVERYBODY) == [
        ("channel_reminder", "26 Nov 14:00"),
        ("channel_reminder", "02 Dec 14:00"),
    ]
    assert heard(messenger, AMINA) == [
        ("still_coming", "01 Dec 14:00"),
        ("reminder", "02 Dec 14:00"),
        ("reminder", "03 Dec 13:00"),
        ("afterwards", "04 Dec 10:00"),
    ]
    assert heard(messenger, BRYN) == []
    assert await parts.reminders.next_due() is None


async def test_those_who_said_no_maybe_or_wait_are_not_written_to(
    parts, clock, messenger, db: Database
):
    conversation = await planned(parts, places=1)
    await ask_for(parts, AMINA, BRYN, CHIDI, DILYS)
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.sign_ups.maybe(conversation.id, HOME, CHIDI)
    await sign_up(parts, conversation, DILYS)
    await parts.sign_ups.leave(conversation.id, HOME, DILYS)

    await live_until(STARTS + timedelta(days=2), parts, clock, messenger)

    assert {notice.member_id for _, notice in messenger.log} == {EVERYBODY, AMINA}
    rows = await db.all("SELECT DISTINCT member_id FROM notice")
    assert {row["member_id"] for row in rows} == {EVERYBODY, AMINA}


async def test_a_supporter_is_reminded_but_has_no_place_to_give_up(
    parts, conversation, clock, messenger, db: Database
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    async with db.write() as tx:
        await tx.run("UPDATE sign_up SET state = 'supporting' WHERE member_id = 1")

    await live_until(STARTS, parts, clock, messenger)

    assert [kind for kind, _ in heard(messenger, AMINA)] == ["reminder", "reminder"]


async def test_a_guest_is_nobody_to_write_to_and_their_keeper_did_not_ask(
    parts, conversation, clock, messenger, db: Database
):
    async with db.write() as tx:
        await tx.run(
            "INSERT INTO guest (conversation_id, name, looked_after_by, added_by, added_at) "
            "VALUES (:id, 'Sam', 1, 90, '2026-11-23T09:00:00Z')",
            {"id": conversation.id},
        )
        await tx.run(
            "INSERT INTO sign_up (conversation_id, guest_id, state, number, answered_at) "
            "VALUES (:id, 1, 'going', 1, '2026-11-23T09:00:00Z')",
            {"id": conversation.id},
        )
    await ask_for(parts, AMINA)

    await live_until(STARTS, parts, clock, messenger)

    assert {notice.member_id for _, notice in messenger.log} == {EVERYBODY}


async def test_somebody_who_leaves_after_it_was_owed_is_not_written_to(
    parts, conversation, clock, messenger
):
    await ask_for(parts, AMINA, BRYN)
    await sign_up(parts, conversation, AMINA, BRYN)
    clock.set(wall("2026-12-02 14:00"))
    await parts.reminders.owe_due()
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)
    await parts.reminder_wishes.stop(HOME, BRYN)

    await live_until(STARTS, parts, clock, messenger)

    assert {notice.member_id for _, notice in messenger.log} == {EVERYBODY}


async def test_a_pause_leaves_out_what_falls_into_it_and_nothing_else(
    parts, conversation, clock, messenger
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)

    until = await parts.reminder_wishes.pause(HOME, AMINA, "3 Dec")
    await live_until(STARTS, parts, clock, messenger)

    assert until == wall("2026-12-03 00:00")
    assert heard(messenger, AMINA) == [("reminder", "03 Dec 13:00")]


async def test_a_pause_can_be_ended_and_is_refused_for_days_gone_by(
    parts, conversation, clock, messenger
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    await parts.reminder_wishes.pause(HOME, AMINA, "4 January 2pm")
    await parts.reminder_wishes.go_on(HOME, AMINA)

    await live_until(STARTS, parts, clock, messenger)

    assert len(heard(messenger, AMINA)) == 3
    with pytest.raises(Invalid, match="has come already"):
        await parts.reminder_wishes.pause(HOME, AMINA, "1 Dec 2026")
    with pytest.raises(Invalid, match="I can't find a day in “soonish”"):
        await parts.reminder_wishes.pause(HOME, AMINA, "soonish")


async def test_what_falls_into_quiet_hours_waits_until_they_end(parts, clock, messenger):
    conversation = await planned(parts, when="3 Dec 2026 6:30am")
    await ask_for(parts, AMINA, BRYN)
    await any_hour(parts, BRYN)
    await sign_up(parts, conversation, AMINA, BRYN)

    await live_until(wall("2026-12-05 12:00"), parts, clock, messenger)

    assert heard(messenger, AMINA) == [
        ("still_coming", "01 Dec 08:00"),
        ("reminder", "02 Dec 08:00"),
        ("afterwards", "04 Dec 10:00"),
    ], "the hour before would have come after the start"
    assert heard(messenger, BRYN)[1:3] == [
        ("reminder", "02 Dec 06:30"),
        ("reminder", "03 Dec 05:30"),
    ]


async def test_hours_are_those_of_the_persons_own_zone(parts, conversation, clock, messenger):
    await ask_for(parts, AMINA)
    await parts.reminder_wishes.choose_hours(HOME, AMINA, Hours(), "Auckland")
    await sign_up(parts, conversation, AMINA)

    await live_until(STARTS, parts, clock, messenger)

    # 2:00pm in London is 3:00am in Auckland, and the morning there is the evening before here.
    assert heard(messenger, AMINA) == [
        ("still_coming", "01 Dec 19:00"),
        ("reminder", "02 Dec 19:00"),
    ]
    with pytest.raises(Invalid, match="I don't know that time zone"):
        await parts.reminder_wishes.choose_hours(HOME, AMINA, Hours(), "Atlantis")


async def test_what_is_still_in_hand_when_quiet_hours_begin_waits_for_the_morning(
    parts, clock, messenger
):
    conversation = await planned(parts, when="3 Dec 2026 8:59pm")
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    clock.set(wall("2026-12-02 20:59"))
    await parts.reminders.owe_due()
    clock.set(wall("2026-12-02 21:00"))

    await live_until(wall("2026-12-03 10:00"), parts, clock, messenger)

    assert heard(messenger, AMINA) == [("reminder", "03 Dec 08:00")]
    (_, notice) = messenger.log[-1]
    assert notice.attempts == 1, "being asked to wait is not a failure"


async def test_people_choose_their_own_times(parts, conversation, clock, messenger):
    await ask_for(parts, AMINA)
    await parts.reminder_wishes.choose_times(HOME, AMINA, [15, 3 * DAY])
    await sign_up(parts, conversation, AMINA)

    await live_until(STARTS, parts, clock, messenger)

    assert [each for each in heard(messenger, AMINA) if each[0] == "reminder"] == [
        ("reminder", "30 Nov 14:00"),
        ("reminder", "03 Dec 13:45"),
    ]
    with pytest.raises(Invalid, match="Please choose reminder times from the list"):
        await parts.reminder_wishes.choose_times(HOME, AMINA, [17])
    with pytest.raises(Invalid, match="Please choose at least one time, or turn the reminders off"):
        await parts.reminder_wishes.choose_times(HOME, AMINA, [])
    await parts.reminder_wishes.choose_times(HOME, AMINA, None)
    assert (await parts.reminder_wishes.of(HOME, AMINA)).times is None


async def test_the_networks_times_are_read_when_they_come(parts, conversation, clock, messenger):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    clock.set(wall("2026-11-27 12:00"))
    await live_until(clock.now(), parts, clock, messenger)
    await parts.networks.choose_reminders(
        {ReminderWay.CHANNEL: [7 * DAY, 3 * HOUR], ReminderWay.DIRECT: []}, by=MANAGER
    )

    await live_until(STARTS, parts, clock, messenger)

    assert heard(messenger, EVERYBODY)[1:] == [("channel_reminder", "03 Dec 11:00")]
    assert heard(messenger, AMINA) == [("still_coming", "01 Dec 14:00")]


async def test_a_conversation_may_have_times_of_its_own(parts, conversation, clock, messenger):
    await ask_for(parts, AMINA, BRYN)
    await parts.reminder_wishes.choose_times(HOME, BRYN, [DAY])
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.reminder_truth.choose_times(
        conversation.id, {ReminderWay.CHANNEL: [], ReminderWay.DIRECT: [3 * DAY]}, by=ORGANISER
    )
    other = await planned(parts, title="Another")

    await live_until(STARTS, parts, clock, messenger)

    assert {notice.conversation_id for _, notice in messenger.log if notice.kind is CHANNEL} == {
        other.id
    }
    assert ("reminder", "30 Nov 14:00") in heard(messenger, AMINA)
    assert [each for each in heard(messenger, BRYN) if each[0] == "reminder"] == [
        ("reminder", "02 Dec 14:00")
    ], "a person's own choice comes first"


async def test_a_network_in_another_zone_is_reminded_on_its_own_wall(parts, clock, messenger):
    await parts.networks.choose_time_zone("America/New_York", by=MANAGER)
    conversation = await planned(parts, when="18 March 2027 2pm")  # the clocks change on the 14th
    await sign_up(parts, conversation, AMINA)
    await ask_for(parts, AMINA)

    await live_until(conversation.starts_at, parts, clock, messenger)

    zone = ZoneInfo("America/New_York")
    week_before = messenger.log[0][0].astimezone(zone)
    assert f"{week_before:%d %b %H:%M}" == "11 Mar 14:00"
    assert conversation.starts_at - messenger.log[0][0] == timedelta(days=7) - timedelta(hours=1)


async def test_another_zone_moves_what_is_still_to_come_and_repeats_nothing(
    parts, conversation, clock, messenger
):
    await live_until(wall("2026-11-26 15:00"), parts, clock, messenger)
    assert len(messenger.log) == 1

    await parts.networks.choose_time_zone("America/New_York", by=MANAGER)
    await live_until(STARTS, parts, clock, messenger)

    assert len(messenger.log) == 2


async def test_a_move_begins_anew_for_the_new_date(parts, conversation, clock, messenger):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    await live_until(wall("2026-12-02 15:00"), parts, clock, messenger)
    proposed = await parts.changing.propose_move(conversation.id, "5 Dec 2pm", by=ORGANISER)
    await parts.changing.move(proposed.id, by=ORGANISER)
    messenger.log.clear()

    await live_until(wall("2026-12-07 12:00"), parts, clock, messenger)

    assert heard(messenger, EVERYBODY) == [("channel_reminder", "04 Dec 14:00")]
    assert heard(messenger, AMINA) == [
        ("moved", "02 Dec 15:00"),
        ("still_coming", "03 Dec 14:00"),
        ("reminder", "04 Dec 14:00"),
        ("reminder", "05 Dec 13:00"),
        ("afterwards", "06 Dec 10:00"),
    ]


async def test_what_was_owed_for_the_old_date_is_not_sent_after_a_move(
    parts, conversation, clock, messenger
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    clock.set(wall("2026-12-02 14:00"))
    await parts.reminders.owe_due()
    proposed = await parts.changing.propose_move(conversation.id, "17 Dec 2pm", by=ORGANISER)
    await parts.changing.move(proposed.id, by=ORGANISER)

    await parts.notices.deliver_due(messenger)

    assert [notice.kind for _, notice in messenger.log] == [NoticeKind.MOVED]


async def test_a_cancelled_conversation_is_not_reminded_of(parts, conversation, clock, messenger):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    clock.set(wall("2026-12-02 14:00"))
    await parts.reminders.owe_due()
    await parts.changing.cancel(conversation.id, "It rains.", by=ORGANISER)

    await live_until(wall("2026-12-08 12:00"), parts, clock, messenger)

    assert [notice.kind for _, notice in messenger.log] == [NoticeKind.CANCELLED]
    assert await parts.reminders.next_due() is None


async def test_a_conversation_taken_away_takes_its_reminders_with_it(
    parts, conversation, clock, messenger
):
    await parts.planning.remove(conversation.id, by=ORGANISER)

    await live_until(STARTS, parts, clock, messenger)

    assert messenger.log == []
    assert await parts.reminders.next_due() is None


async def test_a_draft_reminds_nobody(parts, clock, messenger):
    await parts.planning.draft(details(), "3 Dec 2pm", by=ORGANISER)

    await live_until(STARTS, parts, clock, messenger)

    assert messenger.log == []


async def test_what_came_before_the_date_was_set_is_not_made_up(parts, clock, messenger):
    conversation = await planned(parts, when="24 Nov 2026 8am")  # tomorrow
    await sign_up(parts, conversation, AMINA)
    await ask_for(parts, AMINA)
    await any_hour(parts, AMINA)

    await live_until(conversation.starts_at, parts, clock, messenger)

    assert heard(messenger, EVERYBODY) == []
    assert heard(messenger, AMINA) == [("reminder", "24 Nov 07:00")]
    shown = await parts.reminder_truth.planned(conversation.id, by=ORGANISER)
    left_out = [each for each in shown.reminders if each.dealt and each.dealt.left_out_because]
    assert {each.dealt.left_out_because for each in left_out} == {
        "this date was announced later than that"
    }


@pytest.mark.parametrize("announced_first", [True, False])
async def test_nobody_is_reminded_of_what_is_still_to_be_announced(
    parts, clock, messenger, db: Database, announced_first
):
    """As while its series is paused, or when it is announced a week before."""
    for announce_weeks in (1, 2):
        await started(parts, title=f"Weeks: {announce_weeks}", announce_weeks=announce_weeks)
    paused = await started(parts, title="Paused", announce_weeks=1)
    await parts.series.pausing.pause(paused.id, by=ORGANISER)
    await parts.networks.choose_reminders({ReminderWay.CHANNEL: [7 * DAY, 14 * DAY]}, by=MANAGER)
    january = wall("2027-01-07 14:00")  # announced on 24 and on 31 December
    rows = await db.all(
        "SELECT id, title FROM conversation WHERE starts_at = :at", {"at": to_text(january)}
    )
    titles = {row["id"]: row["title"] for row in rows}

    while (due := await parts.series.making.next_due()) is not None and due < january:
        if announced_first:
            clock.set(max(clock.now(), due))
            await parts.series.making.run()
        await live_until(due, parts, clock, messenger)
        await parts.series.making.run()
    await live_until(january, parts, clock, messenger)

    about = [
        (titles[notice.conversation_id], f"{at.astimezone(LONDON):%d %b %H:%M}")
        for at, notice in messenger.log
        if notice.conversation_id in titles
    ]
    assert about == [("Weeks: 2", "31 Dec 14:00")], "the card was the first to tell"


@pytest.mark.parametrize(
    ("back_at", "channel", "private"),
    [
        ("2026-11-28 09:00", [("channel_reminder", "28 Nov 09:00")], []),
        ("2026-12-01 15:00", [("channel_reminder", "01 Dec 15:00")], ["still_coming"]),
        ("2026-12-03 13:40", [("channel_reminder", "03 Dec 13:40")], ["reminder"]),
        ("2026-12-03 14:00", [], []),
        ("2026-12-06 12:00", [], ["afterwards"]),
        ("2026-12-07 12:00", [], []),
    ],
)
async def test_what_fell_due_while_the_bot_was_down_comes_late_once_or_not_at_all(
    parts, conversation, clock, messenger, back_at, channel, private
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    clock.set(wall(back_at))

    await live_until(clock.now(), parts, clock, messenger)

    assert heard(messenger, EVERYBODY) == channel
    assert [kind for kind, _ in heard(messenger, AMINA)] == private


async def test_a_later_reminder_takes_the_place_of_one_that_could_not_be_sent(
    parts, conversation, clock, messenger, db: Database
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    broken = BrokenMessenger(Unavailable(), breaks=lambda notice: notice.member_id == AMINA)
    await live_until(wall("2026-12-03 13:00"), parts, clock, broken)

    await live_until(STARTS, parts, clock, messenger)

    assert [kind for kind, _ in heard(messenger, AMINA)] == ["reminder"]
    rows = await db.all(
        "SELECT dropped_because FROM notice WHERE member_id = 1 AND state = 'dropped'"
    )
    assert {row["dropped_because"] for row in rows} == {"a later one says the same"}


async def test_a_channel_that_could_not_be_posted_in_hears_the_last_reminder_only(
    parts, conversation, clock, messenger
):
    await parts.networks.choose_reminders({ReminderWay.CHANNEL: [DAY, 3 * HOUR]}, by=MANAGER)
    broken = BrokenMessenger(Unavailable())
    await live_until(wall("2026-12-03 11:00"), parts, clock, broken)

    await live_until(STARTS, parts, clock, messenger)

    assert len(heard(messenger, EVERYBODY)) == 1
    assert {notice.occurrence for notice in broken.asked} == {DAY, 3 * HOUR}


async def test_one_conversation_alone_may_be_asked_for_or_left_out(
    parts, conversation, clock, messenger
):
    other = await planned(parts, title="Another", when="4 Dec 2026 2pm")
    await ask_for(parts, AMINA)
    for each in (conversation, other):
        await sign_up(parts, each, AMINA, BRYN)
    no = await parts.reminder_wishes.choose_for_one(conversation.id, HOME, AMINA, is_wanted=False)
    yes = await parts.reminder_wishes.choose_for_one(conversation.id, HOME, BRYN, is_wanted=True)

    await live_until(wall("2026-12-04 14:00"), parts, clock, messenger)

    assert (no.is_wanted, yes.is_wanted, yes.times) == (False, True, (DAY, HOUR))
    about = {
        (notice.member_id, notice.conversation_id)
        for _, notice in messenger.log
        if notice.kind is not CHANNEL
    }
    assert about == {(AMINA, other.id), (BRYN, conversation.id)}


async def test_turning_reminders_off_also_ends_those_of_single_conversations(
    parts, conversation, clock, messenger
):
    await sign_up(parts, conversation, AMINA)
    await parts.reminder_wishes.choose_for_one(conversation.id, HOME, AMINA, is_wanted=True)
    await parts.reminder_wishes.stop(HOME, AMINA)

    await live_until(STARTS, parts, clock, messenger)

    assert heard(messenger, AMINA) == []


async def test_reminders_of_one_are_for_people_who_signed_up_here_and_in_time(
    parts, conversation, clock
):
    choose = parts.reminder_wishes.choose_for_one
    with pytest.raises(NotFound, match="You have not signed up to this conversation"):
        await choose(conversation.id, HOME, AMINA, is_wanted=True)
    await sign_up(parts, conversation, AMINA)
    with pytest.raises(NotFound, match="I can't find that conversation"):
        await choose(conversation.id, AWAY, AMINA, is_wanted=True)
    clock.set(STARTS)
    with pytest.raises(Closed, match="This conversation has already started"):
        await choose(conversation.id, HOME, AMINA, is_wanted=True)


async def test_stopping_from_a_reminder_is_for_whom_it_was_written_to(
    parts, conversation, clock, messenger
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    await live_until(wall("2026-12-02 15:00"), parts, clock, messenger)
    (*_, notice) = [each for _, each in messenger.log if each.member_id == AMINA]

    with pytest.raises(NotFound, match="I can't find what that button was for"):
        await parts.reminder_wishes.stop_from(notice.id, BRYN)
    await parts.reminder_wishes.stop_from(notice.id, AMINA)

    assert not (await parts.reminder_wishes.of(HOME, AMINA)).is_wanted


async def test_a_reminder_of_another_network_is_not_found(parts, conversation, clock, messenger):
    await live_until(wall("2026-11-26 14:00"), parts, clock, messenger)
    notice_id = messenger.log[0][1].id

    assert (await parts.reminder_truth.posted(notice_id, HOME)).id == conversation.id
    with pytest.raises(NotFound, match="I can't find that conversation"):
        await parts.reminder_truth.posted(notice_id, AWAY)
    with pytest.raises(NotFound, match="I can't find what that button was for"):
        await parts.reminder_truth.posted(NoticeId(999), HOME)


async def test_organisers_see_what_is_owed_in_counts(parts, conversation, clock, messenger):
    await ask_for(parts, AMINA, BRYN)
    await parts.reminder_wishes.choose_times(HOME, BRYN, [3 * DAY])
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    await live_until(wall("2026-11-30 15:00"), parts, clock, messenger)

    shown = await parts.reminder_truth.planned(conversation.id, by=ORGANISER)

    assert shown.people == 2
    found = {
        each.moment.name: (each.in_channel, each.people, each.dealt and each.dealt.people)
        for each in shown.reminders
    }
    assert found["remind", 7 * DAY] == (True, 0, 0)
    assert found["remind", 3 * DAY] == (False, 1, 1)
    assert found["remind", DAY] == (True, 1, None)
    assert found["ask", 2 * DAY] == (False, 2, None)
    assert found["thank", 0] == (False, 2, None)


async def test_only_organisers_see_and_change_them(parts, conversation, clock):
    member = Person(network_id=HOME, member_id=AMINA)
    stranger = replace(ORGANISER, network_id=AWAY)
    with pytest.raises(NotAllowed, match="Only organisers can see the reminders of a conversation"):
        await parts.reminder_truth.planned(conversation.id, by=member)
    with pytest.raises(NotAllowed, match="Only organisers can change the reminders of a"):
        await parts.reminder_truth.choose_times(conversation.id, None, by=member)
    with pytest.raises(NotFound, match="I can't find that conversation"):
        await parts.reminder_truth.planned(conversation.id, by=stranger)
    with pytest.raises(NotFound, match="I can't find that conversation"):
        await parts.reminder_truth.choose_times(conversation.id, None, by=stranger)
    with pytest.raises(Invalid, match="Please choose reminder times from the list"):
        await parts.reminder_truth.choose_times(
            conversation.id, {ReminderWay.CHANNEL: [7]}, by=ORGANISER
        )
    clock.set(STARTS)
    with pytest.raises(Closed, match="This conversation has already started"):
        await parts.reminder_truth.choose_times(conversation.id, None, by=ORGANISER)


async def test_the_networks_times_come_back(parts, conversation):
    choose = parts.reminder_truth.choose_times
    await choose(conversation.id, {ReminderWay.CHANNEL: [HOUR]}, by=ORGANISER)
    own = await parts.reminder_truth.planned(conversation.id, by=ORGANISER)
    await choose(conversation.id, None, by=ORGANISER)
    usual = await parts.reminder_truth.planned(conversation.id, by=ORGANISER)

    assert (own.has_own_times, own.times[ReminderWay.CHANNEL]) == (True, (HOUR,))
    assert (usual.has_own_times, usual.times[ReminderWay.CHANNEL]) == (False, (7 * DAY, DAY))


async def test_another_date_before_it_is_announced_begins_anew(
    parts, conversation, clock, messenger, db: Database
):
    """As when the rule of its series changes: nobody has heard of it, so it is not a move."""
    async with db.write() as tx:
        await tx.run("UPDATE conversation SET announce_at = '2026-11-27T14:00:00Z'")
    await live_until(wall("2026-11-26 15:00"), parts, clock, messenger)
    async with db.write() as tx:
        await tx.run("UPDATE conversation SET starts_at = '2026-12-10T14:00:00Z'")
    await live_until(wall("2026-11-27 14:00"), parts, clock, messenger)
    async with db.write() as tx:
        await tx.run("UPDATE conversation SET announce_at = NULL")

    await live_until(wall("2026-12-10 14:00"), parts, clock, messenger)

    assert heard(messenger, EVERYBODY) == [
        ("channel_reminder", "03 Dec 14:00"),
        ("channel_reminder", "09 Dec 14:00"),
    ]


async def test_restarts_repeat_nothing_and_lose_nothing(
    parts, conversation, clock, messenger, db: Database
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    day = wall("2026-11-25 14:00")
    while day < STARTS + timedelta(days=2):
        fresh = services(db, clock)
        await fresh.reminders.owe_due()
        messenger.parts = fresh
        await live_until(day, fresh, clock, messenger)
        day += timedelta(hours=7)

    assert len(heard(messenger, EVERYBODY)) == 2
    assert len(heard(messenger, AMINA)) == 4


async def test_one_conversation_that_cannot_be_read_does_not_hold_up_the_others(
    parts, conversation, clock, messenger, db: Database, caplog
):
    await planned(parts, title="Another")
    async with db.write() as tx:
        await tx.run("UPDATE conversation SET starts_at = '2026-99-99T99:99:99Z' WHERE id = 1")

    clock.set(wall("2026-11-26 14:00"))
    await parts.reminders.owe_due()
    await parts.notices.deliver_due(messenger)

    assert len(messenger.log) == 1
    assert "Could not see to the reminders of 1" in caplog.text
    assert await parts.reminders.next_due() == clock.now() + LOOK_AGAIN


async def test_looking_costs_the_same_however_many_conversations_there_are(
    parts, db: Database, clock, messenger
):
    """Counted in steps of SQLite's machine, which no other program on the computer slows down."""

    async def steps() -> int:
        taken: list[None] = []
        await db._connection.set_progress_handler(lambda: taken.append(None), 1)
        await parts.reminders.owe_due()
        await parts.reminders.next_due()
        await parts.notices.next_due()
        await db._connection.set_progress_handler(lambda: None, 0)
        return len(taken)

    await planned(parts)
    await live_until(clock.now(), parts, clock, messenger)
    with_one = await steps()
    for number in range(599):
        await planned(parts, title=f"Number {number}")
    while await parts.reminders.next_due() <= clock.now():
        await parts.reminders.owe_due()

    assert await steps() == with_one


async def test_somebody_whose_messages_are_closed_is_told_what_is_still_true_when_they_press(
    parts, conversation, clock
):
    await ask_for(parts, AMINA)
    await sign_up(parts, conversation, AMINA)
    closed = RecordingMessenger(Delivery.MESSAGES_CLOSED)
    clock.set(wall("2026-12-02 14:00"))
    await parts.reminders.owe_due()
    await parts.notices.deliver_due(closed)

    (missed,) = await parts.notices.tell_missed(HOME, AMINA)

    assert missed.kind is DIRECT
    assert await parts.reminder_truth.to_person(missed) is not None
    clock.set(STARTS)
    assert await parts.reminder_truth.to_person(missed) is None


async def test_news_goes_before_many_reminders_and_a_post_before_both(
    parts, conversation, clock, db: Database
):
    crowd = [MemberId(100 + number) for number in range(30)]
    await ask_for(parts, *crowd)
    await sign_up(parts, conversation, *crowd)
    clock.set(wall("2026-12-02 14:00"))
    await parts.reminders.owe_due()
    clock.advance(minutes=1)
    await parts.people.write(conversation.id, "Bring tea.", only_going=False, by=ORGANISER)
    messenger = RecordingMessenger()

    for _ in range(8):
        await parts.notices.deliver_due(messenger)
        clock.advance(seconds=10)

    kinds = [notice.kind for notice in messenger.asked]
    assert kinds == [CHANNEL, *[NoticeKind.WRITTEN] * 30, *[DIRECT] * 30]


async def test_nobody_who_has_not_signed_up_is_counted(parts, conversation):
    await ask_for(parts, AMINA)

    assert (await parts.reminder_truth.planned(conversation.id, by=ORGANISER)).people == 0
