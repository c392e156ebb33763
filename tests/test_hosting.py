"""Who hosts a conversation: named by organisers, told, and free to take their name off."""

from datetime import timedelta

import pytest

from bot.client import Services
from bot.conversations.model import Conversation, HostChange
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import MemberId, NoticeId
from bot.notices.model import NoticeKind
from bot.people import Person
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, ORGANISER, FakeClock
from tests.fakes import RecordingMessenger, planned, sign_up

NAMED, BACK = NoticeKind.NAMED_HOST, NoticeKind.HOST_STEPPED_BACK


@pytest.fixture
async def conversation(parts: Services) -> Conversation:
    return await planned(parts)


async def name(
    parts: Services,
    conversation: Conversation,
    host: MemberId | None = None,
    deputy: MemberId | None = None,
) -> Conversation:
    change = HostChange(host_id=host, deputy_id=deputy)
    return (await parts.hosting.name(conversation.id, change, by=ORGANISER)).conversation


async def told(db: Database) -> list[tuple[str, int]]:
    rows = await db.all("SELECT kind, member_id FROM notice WHERE state <> 'dropped' ORDER BY id")
    return [(row["kind"], row["member_id"]) for row in rows]


async def notice_of(db: Database, member_id: MemberId) -> NoticeId:
    row = await db.only(
        "SELECT max(id) AS id FROM notice WHERE kind = 'named_host' AND member_id = :member_id",
        {"member_id": member_id},
    )
    return NoticeId(row["id"])


async def test_until_somebody_is_named_whoever_planned_it_hosts_it_and_is_not_shown(
    conversation: Conversation,
) -> None:
    assert conversation.hosts == (ORGANISER.member_id,)
    assert conversation.named_hosts == ()


async def test_naming_one_keeps_the_other_and_tells_each_once(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, host=AMINA)
    after = await name(parts, conversation, deputy=BRYN)

    assert after.named_hosts == after.hosts == (AMINA, BRYN)
    assert await told(db) == [(NAMED, AMINA), (NAMED, BRYN)]


async def test_trading_places_tells_nobody_again(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, AMINA, BRYN)
    after = await name(parts, conversation, BRYN, AMINA)

    assert (after.host_id, after.deputy_id) == (BRYN, AMINA)
    assert len(await told(db)) == 2


async def test_an_organiser_who_names_themself_needs_no_message(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, host=ORGANISER.member_id)

    assert await told(db) == []


async def test_names_come_off(parts: Services, conversation: Conversation) -> None:
    await name(parts, conversation, AMINA, BRYN)

    one = await parts.hosting.name(conversation.id, HostChange(host_off=True), by=ORGANISER)
    both = await parts.hosting.name(conversation.id, HostChange(deputy_off=True), by=ORGANISER)

    assert (one.conversation.named_hosts, one.came_off) == ((BRYN,), 1)
    assert (both.conversation.named_hosts, both.came_off) == ((), 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (HostChange(), "Please say who hosts it, or whose name comes off."),
        (
            HostChange(host_id=AMINA, deputy_id=AMINA),
            "The host and the deputy must be two people. Please name somebody else.",
        ),
        (
            HostChange(host_id=AMINA, host_off=True),
            "You named somebody and asked to take the same name off. Please choose one.",
        ),
        (
            HostChange(deputy_id=AMINA, deputy_off=True),
            "You named somebody and asked to take the same name off. Please choose one.",
        ),
    ],
)
async def test_what_cannot_be_is_refused(
    parts: Services, conversation: Conversation, change: HostChange, words: str
) -> None:
    with pytest.raises(Invalid) as refused:
        await parts.hosting.name(conversation.id, change, by=ORGANISER)

    assert str(refused.value) == words


async def test_the_deputy_cannot_become_the_host_as_well(
    parts: Services, conversation: Conversation
) -> None:
    await name(parts, conversation, deputy=AMINA)

    with pytest.raises(Invalid, match="must be two people"):
        await name(parts, conversation, host=AMINA)


async def test_only_organisers_of_this_network_name_hosts(
    parts: Services, conversation: Conversation
) -> None:
    change = HostChange(host_id=AMINA)
    with pytest.raises(NotAllowed, match="Only organisers can name who hosts a conversation"):
        await parts.hosting.name(
            conversation.id, change, by=Person(network_id=HOME, member_id=AMINA)
        )
    with pytest.raises(NotFound):
        await parts.hosting.name(
            conversation.id,
            change,
            by=Person(network_id=AWAY, member_id=AMINA, is_organiser=True),
        )


async def test_one_that_has_started_keeps_its_hosts(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    clock.advance(days=10, hours=6)

    with pytest.raises(Closed, match="already started"):
        await name(parts, conversation, host=AMINA)


async def test_a_host_takes_their_own_name_off_and_whoever_named_them_hears(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, AMINA, BRYN)

    await parts.hosting.take_me_off(await notice_of(db, AMINA), AMINA)

    after = await parts.calendar.get(conversation.id, HOME)
    assert after.named_hosts == (BRYN,)
    assert (await told(db))[-1] == (BACK, ORGANISER.member_id)


async def test_nobody_takes_off_somebody_elses_name(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, host=AMINA)

    with pytest.raises(NotFound):
        await parts.hosting.take_me_off(await notice_of(db, AMINA), BRYN)

    assert (await parts.calendar.get(conversation.id, HOME)).named_hosts == (AMINA,)


async def test_taking_a_name_off_twice_changes_nothing(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, host=AMINA)
    notice = await notice_of(db, AMINA)
    await parts.hosting.take_me_off(notice, AMINA)

    with pytest.raises(Closed) as refused:
        await parts.hosting.take_me_off(notice, AMINA)

    assert str(refused.value) == ("Your name is not on that card any more, so nothing has changed.")


async def test_the_button_of_an_earlier_naming_still_works_after_a_later_one(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, host=AMINA)
    first = await notice_of(db, AMINA)
    for _ in range(2):
        await parts.hosting.take_me_off(first, AMINA)
        await name(parts, conversation, host=AMINA)

    assert [kind for kind, _ in await told(db)] == [NAMED, BACK, NAMED, BACK, NAMED]


async def test_giving_up_a_place_does_not_hide_that_one_is_named(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await sign_up(parts, conversation, AMINA)
    await name(parts, conversation, host=AMINA)

    await parts.sign_ups.leave(conversation.id, HOME, AMINA)

    assert await told(db) == [(NAMED, AMINA)]


async def test_a_duplicate_keeps_its_hosts_who_hear_when_it_is_planned(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, AMINA, BRYN)

    draft = await parts.changing.duplicate(conversation.id, "7 Jan 2pm", by=ORGANISER)
    assert draft.named_hosts == (AMINA, BRYN)
    assert len(await told(db)) == 2
    await parts.planning.plan(draft.id, by=ORGANISER)

    assert (await told(db))[2:] == [(NAMED, AMINA), (NAMED, BRYN)]


async def test_hosts_hear_of_a_move_and_a_cancellation_once_whether_or_not_they_signed_up(
    parts: Services, conversation: Conversation, db: Database
) -> None:
    await name(parts, conversation, AMINA, BRYN)
    await sign_up(parts, conversation, BRYN, CHIDI)
    proposed = await parts.changing.propose_move(conversation.id, "10 Dec 2pm", by=ORGANISER)

    moved = await parts.changing.move(proposed.id, by=ORGANISER)
    assert moved.people == 3
    assert sorted((await told(db))[2:]) == [("moved", each) for each in (AMINA, BRYN, CHIDI)]
    cancelled = await parts.changing.cancel(conversation.id, "No hall.", by=ORGANISER)

    assert cancelled.people == 3


async def test_an_organiser_who_hosts_is_not_told_what_they_did_themselves(
    parts: Services, conversation: Conversation
) -> None:
    await name(parts, conversation, host=ORGANISER.member_id)

    cancelled = await parts.changing.cancel(conversation.id, "No hall.", by=ORGANISER)

    assert cancelled.people == 0


async def test_nothing_is_said_to_a_host_about_what_has_begun(
    parts: Services, conversation: Conversation, clock: FakeClock
) -> None:
    await name(parts, conversation, host=AMINA)
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    (notice,) = messenger.asked
    assert await parts.hosting.as_told(notice) is not None

    clock.advance(days=timedelta(days=11).days)

    assert await parts.hosting.as_told(notice) is None
