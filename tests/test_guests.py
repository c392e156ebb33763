"""Guests: people without Discord, with places and turns like anybody else's."""

import pytest

from bot.client import Services
from bot.conversations.model import Conversation, GuestSignUp, PeoplePage, SignUpState
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import MemberId, NetworkId
from bot.people import Person
from bot.storage.database import Database
from tests.conftest import AMINA, BRYN, CHIDI, HOME, ORGANISER, FakeClock
from tests.fakes import details, planned, sign_up

SAM = MemberId(60)
"""Looks after guests."""


async def add(
    parts: Services, conversation: Conversation, name: str = "Jo", keeper: MemberId = SAM
) -> GuestSignUp:
    _, guest = await parts.guests.add(
        conversation.id, name, "by phone", looked_after_by=keeper, by=ORGANISER
    )
    return guest


async def owed(db: Database, kind: str) -> list[tuple[int, int]]:
    rows = await db.all(
        "SELECT member_id, occurrence FROM notice WHERE kind = :kind AND state = 'owed'",
        {"kind": kind},
    )
    return [(row["member_id"], row["occurrence"]) for row in rows]


async def test_a_guest_takes_a_place_and_then_a_turn(parts: Services) -> None:
    conversation = await planned(parts, places=1)

    first, second = await add(parts, conversation), await add(parts, conversation, "Kit")

    assert first.sign_up.state is SignUpState.GOING
    assert second.sign_up.state is SignUpState.WAITING
    now = await parts.calendar.get(conversation.id, HOME)
    assert (now.going, now.waiting) == (1, 1)


async def test_a_guest_moves_up_in_turn_and_whoever_looks_after_them_hears(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, AMINA)
    guest = await add(parts, conversation)
    await sign_up(parts, conversation, BRYN)

    await parts.sign_ups.leave(conversation.id, HOME, AMINA)

    assert await owed(db, "guest_place_came_up") == [(SAM, guest.guest.id)]
    assert await owed(db, "place_came_up") == []


async def test_a_guest_taken_off_makes_room_and_their_keeper_hears_why(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    guest = await add(parts, conversation)
    await sign_up(parts, conversation, AMINA)

    gone, moved_up = await parts.guests.take_off(
        conversation.id, "Jo", "They rang to say so.", by=ORGANISER
    )

    assert (gone.guest.id, moved_up) == (guest.guest.id, 1)
    assert await owed(db, "guest_taken_off") == [(SAM, guest.guest.id)]
    assert [each.member_id for each in (await people(parts, conversation)).listed] == [AMINA]


async def people(parts: Services, conversation: Conversation) -> PeoplePage:
    return await parts.people.page(conversation.id, 0, by=ORGANISER)


async def test_news_goes_once_to_whoever_looks_after_guests(parts: Services, db: Database) -> None:
    conversation = await planned(parts)
    for name in ("Jo", "Kit"):
        await add(parts, conversation, name)
    proposed = await parts.changing.propose_move(conversation.id, "10 Dec 2pm", by=ORGANISER)

    moved = await parts.changing.move(proposed.id, by=ORGANISER)
    written = await parts.people.write(
        conversation.id, "Bring a pen.", only_going=False, by=ORGANISER
    )
    cancelled = await parts.changing.cancel(conversation.id, "It rained.", by=ORGANISER)

    assert [(each.people, each.guests) for each in (moved, written, cancelled)] == [(0, 2)] * 3
    assert await owed(db, "guests_cancelled") == [(SAM, 1)]
    assert await owed(db, "guests_moved") == [], "only the last news is still owed"


async def test_only_whoever_looks_after_a_guest_can_say_that_they_cant_come(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts)
    guest, other = await add(parts, conversation), await add(parts, conversation, "Kit", CHIDI)
    proposed = await parts.changing.propose_move(conversation.id, "10 Dec 2pm", by=ORGANISER)
    await parts.changing.move(proposed.id, by=ORGANISER)
    row = await db.only(
        "SELECT id FROM notice WHERE kind = 'guests_moved' AND member_id = :sam", {"sam": SAM}
    )

    with pytest.raises(NotFound, match="can't find what that button was for"):
        await parts.guests.cant_come(row["id"], guest.guest.id, CHIDI)
    with pytest.raises(NotFound, match="can't find that guest"):
        await parts.guests.cant_come(row["id"], other.guest.id, SAM)
    await parts.guests.cant_come(row["id"], guest.guest.id, SAM)
    with pytest.raises(Closed, match="off the list already"):
        await parts.guests.cant_come(row["id"], guest.guest.id, SAM)

    assert (await parts.calendar.get(conversation.id, HOME)).going == 1


async def test_guests_who_still_come_are_not_asked_again(parts: Services, db: Database) -> None:
    conversation = await planned(parts)
    await add(parts, conversation)
    proposed = await parts.changing.propose_move(conversation.id, "10 Dec 2pm", by=ORGANISER)
    await parts.changing.move(proposed.id, by=ORGANISER)
    (asked,) = (await people(parts, conversation)).listed
    assert asked.sign_up.asked_again
    row = await db.only("SELECT id FROM notice WHERE kind = 'guests_moved'")

    await parts.guests.still_coming(row["id"], SAM)

    (listed,) = (await people(parts, conversation)).listed
    assert not listed.sign_up.asked_again


async def test_when_their_keeper_leaves_the_host_looks_after_a_guest(parts: Services) -> None:
    conversation = await planned(parts)
    await add(parts, conversation)

    await parts.sign_ups.has_left(HOME, SAM)

    (listed,) = (await people(parts, conversation)).listed
    assert listed.guest is not None
    assert listed.guest.looked_after_by == ORGANISER.member_id


async def test_what_cannot_be_a_guest_is_refused_in_words(
    parts: Services, clock: FakeClock
) -> None:
    conversation = await planned(parts)
    await add(parts, conversation)
    member = Person(network_id=HOME, member_id=AMINA)
    stranger = Person(network_id=NetworkId(2002), member_id=AMINA, is_organiser=True)
    refusals = [
        (" ", ORGANISER, Invalid, "The guest's name needs at least one letter"),
        ("x" * 41, ORGANISER, Invalid, "Please shorten it to 40"),
        ("JO", ORGANISER, Invalid, "There is a guest with that name already"),
        ("Kit", member, NotAllowed, "Only organisers can add a guest"),
        ("Kit", stranger, NotFound, "I can't find that conversation"),
    ]
    for name, by, kind, said in refusals:
        with pytest.raises(kind, match=said):
            await parts.guests.add(conversation.id, name, "", looked_after_by=SAM, by=by)
    with pytest.raises(Invalid, match="Please give a reason"):
        await parts.guests.take_off(conversation.id, "Jo", " ", by=ORGANISER)
    with pytest.raises(NotFound, match="can't find that guest"):
        await parts.guests.take_off(conversation.id, "Nobody", "A reason.", by=ORGANISER)
    clock.advance(days=20)
    with pytest.raises(Closed, match="over"):
        await parts.guests.add(conversation.id, "Kit", "", looked_after_by=SAM, by=ORGANISER)


async def test_more_places_let_guests_in(parts: Services, db: Database) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, AMINA)
    guest = await add(parts, conversation)

    await parts.planning.edit(conversation.id, details(places=2), by=ORGANISER)

    assert await owed(db, "guest_place_came_up") == [(SAM, guest.guest.id)]


async def test_a_keeper_who_gives_up_their_own_place_still_hears_about_their_guest(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=2)
    await sign_up(parts, conversation, SAM, AMINA)
    guest = await add(parts, conversation)
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)

    await parts.sign_ups.leave(conversation.id, HOME, SAM)

    assert await owed(db, "guest_place_came_up") == [(SAM, guest.guest.id)]
