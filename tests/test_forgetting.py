"""Whoever asks to be forgotten is: by the rules, for everybody else, and in the bytes."""

import pytest

from bot.client import Services
from bot.conversations.model import HostChange, Look, Need, Needs, Wish
from bot.errors import Closed, NotFound
from bot.ids import FORGOTTEN, GuestId, MemberId
from bot.keeping.erasures import journal_of, since
from bot.notices.model import NoticeKind
from bot.people import Person
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, ORGANISER, FakeClock
from tests.fakes import RecordingMessenger, planned, sign_up, who_is

OTHER = Person(network_id=HOME, member_id=MemberId(93), is_organiser=True)


async def forget(parts: Services, member: MemberId = AMINA) -> None:
    await parts.forgetting.forget(HOME, member)


async def counts(db: Database) -> tuple[int, ...]:
    row = await db.only("SELECT going, maybe, waiting, supporting FROM conversation")
    return tuple(row)


async def owed(db: Database) -> list[tuple[str, int]]:
    rows = await db.all("SELECT kind, member_id FROM notice WHERE state = 'owed' ORDER BY id")
    return [(row["kind"], row["member_id"]) for row in rows]


async def test_their_place_goes_to_whoever_has_waited_longest(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)

    await forget(parts)

    assert await who_is(db, conversation.id, "going") == [BRYN]
    assert await who_is(db, conversation.id, "waiting") == [CHIDI]
    assert await counts(db) == (1, 0, 1, 0)
    assert await owed(db) == [(NoticeKind.PLACE_CAME_UP, BRYN)]


async def test_of_the_past_the_numbers_stay_right_and_nobody_is_in_them(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts, places=2)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    clock.advance(days=11)
    await parts.attendance.everybody(conversation.id, by=ORGANISER)

    await forget(parts)
    await forget(parts, CHIDI)

    assert await counts(db) == (2, 0, 1, 0)
    attended = await parts.attendance.page(conversation.id, 0, by=ORGANISER)
    assert (attended.there, attended.people) == (2, 2)
    assert [each.member_id for each in attended.listed] == [None, BRYN]
    rows = await db.all("SELECT member_id, answered_at, shows_name FROM sign_up ORDER BY number")
    assert [tuple(row) for row in rows] == [
        (None, "2026-12-03T14:00:00Z", 0),
        (BRYN, "2026-11-23T09:00:00Z", 0),
        (None, "2026-12-03T14:00:00Z", 0),
    ]


async def test_forgetting_twice_does_no_harm_and_they_may_come_back(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN)

    await forget(parts)
    await forget(parts)
    await sign_up(parts, conversation, AMINA)

    assert await who_is(db, conversation.id, "going") == [BRYN, AMINA]


async def test_what_was_told_to_hosts_and_remembered_is_deleted(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN)
    for person in (AMINA, BRYN):
        await parts.access_needs.tell(
            conversation.id,
            HOME,
            person,
            Needs(kinds=(Need.CAPTIONS,), words="I hear little"),
            consents=True,
            remember=True,
        )

    await forget(parts)

    rows = await db.all(
        "SELECT member_id FROM access_need UNION ALL SELECT member_id FROM remembered_need"
    )
    assert [row["member_id"] for row in rows] == [BRYN, BRYN]


async def test_whoever_was_to_come_with_them_is_told(parts: Services, db: Database) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.company.wish(conversation.id, HOME, AMINA, Wish.HAVE_ONE)
    await parts.company.wish(conversation.id, HOME, BRYN, Wish.BE_ONE)
    for notice in await db.all("SELECT id, member_id FROM notice ORDER BY id"):
        await parts.company.say_yes(notice["id"], notice["member_id"])

    await forget(parts)

    assert (NoticeKind.COMPANY_ENDED, BRYN) in await owed(db)
    row = await db.only("SELECT asker_id, other_id, ended_at FROM pair")
    assert (row["asker_id"], row["other_id"]) == (FORGOTTEN, BRYN)
    assert row["ended_at"] is not None


async def test_two_who_came_together_can_both_be_forgotten(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.company.ask_supporter(conversation.id, HOME, AMINA, BRYN)
    clock.advance(days=11)

    await forget(parts)
    await forget(parts, BRYN)

    assert await db.all("SELECT id FROM pair") == []


async def test_their_guests_go_to_the_host_or_else_to_whoever_planned_it(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    first, second = await planned(parts), await planned(parts, title="Again", by=OTHER)
    for conversation in (first, second):
        await parts.guests.add(
            conversation.id, "Sam", "by phone", looked_after_by=AMINA, by=ORGANISER
        )
    await parts.hosting.name(first.id, HostChange(host_id=CHIDI), by=ORGANISER)

    await forget(parts)
    rows = await db.all("SELECT looked_after_by FROM guest ORDER BY id")
    assert [row["looked_after_by"] for row in rows] == [CHIDI, OTHER.member_id]
    await forget(parts, OTHER.member_id)
    await forget(parts, ORGANISER.member_id)

    rows = await db.all("SELECT looked_after_by, added_by, name FROM guest ORDER BY id")
    assert [tuple(row) for row in rows] == [
        (CHIDI, FORGOTTEN, "Sam"),
        (FORGOTTEN, FORGOTTEN, "Sam"),
    ]
    await parts.people.write(second.id, "See you soon", only_going=False, by=ORGANISER)
    assert await owed(db) == [(NoticeKind.NAMED_HOST, CHIDI)], "nobody is written to for nobody"


async def test_a_hosts_name_comes_off_and_whoever_named_them_hears(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    await parts.hosting.name(
        conversation.id, HostChange(host_id=AMINA, deputy_id=BRYN), by=ORGANISER
    )

    await forget(parts)

    row = await db.only("SELECT host_id, deputy_id FROM conversation")
    assert tuple(row) == (None, BRYN)
    assert (NoticeKind.HOST_STEPPED_BACK, ORGANISER.member_id) in await owed(db)
    assert (NoticeKind.NAMED_HOST, AMINA) not in await owed(db)


async def test_what_an_organiser_did_stays_and_is_nobodys(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts)
    await parts.planning.draft(conversation.details, "4 Dec 2pm", by=ORGANISER)
    await sign_up(parts, conversation, AMINA)
    await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)
    await parts.people.write(conversation.id, "Bring a cup", only_going=False, by=ORGANISER)

    await forget(parts, ORGANISER.member_id)

    rows = await db.all("SELECT drafted_by, planned_at FROM conversation")
    assert [row["drafted_by"] for row in rows] == [FORGOTTEN], "the draft is gone"
    row = await db.only("SELECT words, written_by FROM written")
    assert tuple(row) == ("(Whoever wrote this has asked to be forgotten.)", FORGOTTEN)
    assert (await db.only("SELECT looked_by FROM look_at_needs"))["looked_by"] == FORGOTTEN
    assert [member for _, member in await owed(db)] == [AMINA], "who still reads that there was one"
    with pytest.raises(Exception, match="hosts"):
        await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)


async def test_nothing_is_owed_to_them_any_more_not_even_what_is_on_its_way(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.people.write(conversation.id, "See you", only_going=False, by=ORGANISER)

    await forget(parts)

    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    assert messenger.members == [BRYN]


async def test_another_network_is_not_touched(parts: Services, db: Database) -> None:
    there = Person(network_id=AWAY, member_id=MemberId(80), is_organiser=True)
    here, away = await planned(parts), await planned(parts, by=there)
    await sign_up(parts, here, AMINA)
    await parts.sign_ups.sign_up(away.id, AWAY, AMINA)

    await forget(parts)

    assert await who_is(db, here.id, "going") == []
    assert await who_is(db, away.id, "going") == [AMINA]
    assert await parts.privacy.about(HOME, AMINA) == []
    assert len(await parts.privacy.about(AWAY, AMINA)) == 1


async def test_a_guest_can_be_forgotten_by_number(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts, places=1)
    _, guest = await parts.guests.add(
        conversation.id, "Sam", "", looked_after_by=AMINA, by=ORGANISER
    )
    await sign_up(parts, conversation, BRYN)

    with pytest.raises(NotFound, match=r"There is no guest with that number in that network\."):
        await parts.forgetting.forget_guest(AWAY, guest.guest.id)
    await parts.forgetting.forget_guest(HOME, guest.guest.id)

    assert await db.all("SELECT id FROM guest") == []
    assert await who_is(db, conversation.id, "going") == [BRYN]
    with pytest.raises(NotFound):
        await parts.forgetting.forget_guest(HOME, GuestId(999))
    found = since([journal_of(db.path)], None)
    assert [(each.guest_id, each.member_id) for each in found] == [(guest.guest.id, None)]


async def test_of_a_guest_of_the_past_a_number_stays(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts)
    _, guest = await parts.guests.add(
        conversation.id, "Sam", "", looked_after_by=AMINA, by=ORGANISER
    )
    clock.advance(days=11)

    await parts.forgetting.forget_guest(HOME, guest.guest.id)

    assert await counts(db) == (1, 0, 0, 0)
    page = await parts.people.page(conversation.id, 0, by=ORGANISER)
    assert [(each.member_id, each.guest) for each in page.listed] == [(None, None)]


async def test_it_is_written_down_before_it_is_done(parts: Services, db: Database) -> None:
    await planned(parts)

    await forget(parts)

    (erasure,) = since([journal_of(db.path)], None)
    assert (erasure.network_id, erasure.member_id) == (HOME, AMINA)


async def test_pressing_again_and_again_costs_nothing_and_is_written_down_once(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA)
    for _ in range(3):
        await forget(parts)
        await forget(parts, BRYN)

    assert [each.member_id for each in since([journal_of(db.path)], None)] == [AMINA, BRYN]
    assert (await db.only("SELECT deleted, wiped FROM person_wiping"))["deleted"] == 1


async def test_a_place_given_up_by_being_forgotten_cannot_be_handed_back_twice(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, BRYN, AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)
    (notice,) = await db.all("SELECT id FROM notice")

    await forget(parts)

    with pytest.raises((Closed, NotFound), match=r"It may be too old\."):
        await parts.sign_ups.hand_back(notice["id"], AMINA)
