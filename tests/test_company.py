"""Supporters and buddies: nobody is named before both have said yes."""

import pytest

from bot.client import Services
from bot.conversations.model import Conversation, SignUpState, Wish
from bot.errors import Closed, Invalid, NotFound
from bot.ids import ConversationId, MemberId, NoticeId
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, DILYS, HOME, ORGANISER
from tests.fakes import planned, sign_up, who_is


async def notice_of(db: Database, kind: str, member: MemberId) -> NoticeId:
    row = await db.only(
        """
        SELECT max(id) AS id FROM notice WHERE kind = :kind AND member_id = :member
        """,
        {"kind": kind, "member": member},
    )
    assert row["id"] is not None, f"{member} is owed no {kind}"
    return NoticeId(row["id"])


async def told(db: Database, kind: str) -> list[int]:
    rows = await db.all(
        "SELECT member_id FROM notice WHERE kind = :kind ORDER BY id", {"kind": kind}
    )
    return [row["member_id"] for row in rows]


async def asked(parts: Services, places: int | None = None) -> Conversation:
    """Amina has a place, and has asked Bryn to support her."""
    conversation = await planned(parts, places=places)
    await sign_up(parts, conversation, AMINA)
    await parts.company.ask_supporter(conversation.id, HOME, AMINA, BRYN)
    return conversation


async def supported(parts: Services, db: Database, places: int | None = None) -> Conversation:
    conversation = await asked(parts, places)
    await parts.company.say_yes(await notice_of(db, "support_asked", BRYN), BRYN)
    return conversation


async def state_of(
    parts: Services, conversation_id: ConversationId, member: MemberId
) -> SignUpState | None:
    page = await parts.people.page(conversation_id, 0, by=ORGANISER)
    return next((e.sign_up.state for e in page.listed if e.member_id == member), None)


async def test_a_supporter_comes_without_taking_a_place(parts: Services, db: Database) -> None:
    conversation = await supported(parts, db, places=1)

    now = await parts.calendar.get(conversation.id, HOME)
    assert (now.going, now.supporting, now.places_left) == (1, 1, 0)
    assert await told(db, "company_agreed") == [AMINA]
    mine = await parts.sign_ups.mine(conversation.id, HOME, BRYN)
    assert mine.has_place, "they are given the link to join"


async def test_a_supporters_own_place_goes_to_whoever_waits(parts: Services, db: Database) -> None:
    conversation = await planned(parts, places=2)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    await parts.company.ask_supporter(conversation.id, HOME, AMINA, BRYN)

    await parts.company.say_yes(await notice_of(db, "support_asked", BRYN), BRYN)

    assert await who_is(db, conversation.id, "going") == [AMINA, CHIDI]
    assert await who_is(db, conversation.id, "supporting") == [BRYN]


async def test_one_who_declines_is_not_named_to_anybody_and_the_asker_hears(
    parts: Services, db: Database
) -> None:
    conversation = await asked(parts)

    await parts.company.say_no(await notice_of(db, "support_asked", BRYN), BRYN)

    assert await told(db, "company_declined") == [AMINA]
    assert await state_of(parts, conversation.id, BRYN) is None
    with pytest.raises(Closed, match="no longer need an answer"):
        await parts.company.say_yes(await notice_of(db, "support_asked", BRYN), BRYN)


async def test_when_the_person_leaves_their_supporter_is_released_and_told(
    parts: Services, db: Database
) -> None:
    conversation = await supported(parts, db)

    await parts.sign_ups.leave(conversation.id, HOME, AMINA)

    assert await state_of(parts, conversation.id, BRYN) is None
    assert await told(db, "company_ended") == [BRYN]


async def test_a_supporter_of_two_stays_for_the_other(parts: Services, db: Database) -> None:
    conversation = await supported(parts, db)
    await sign_up(parts, conversation, CHIDI)
    await parts.company.ask_supporter(conversation.id, HOME, CHIDI, BRYN)
    await parts.company.say_yes(await notice_of(db, "support_asked", BRYN), BRYN)

    await parts.people.take_off(conversation.id, AMINA, "They asked me to.", by=ORGANISER)
    assert await state_of(parts, conversation.id, BRYN) is SignUpState.SUPPORTING
    await parts.company.do_without(conversation.id, HOME, CHIDI)

    assert await state_of(parts, conversation.id, BRYN) is None


async def test_a_supporter_who_cant_come_leaves_the_place_untouched(
    parts: Services, db: Database
) -> None:
    conversation = await supported(parts, db)

    await parts.sign_ups.leave(conversation.id, HOME, BRYN)

    assert await state_of(parts, conversation.id, AMINA) is SignUpState.GOING
    assert await told(db, "company_ended") == [AMINA]
    mine = await parts.company.of(conversation.id, HOME, AMINA)
    assert mine.pairs == ()


async def test_signing_up_as_a_supporter_changes_nothing(parts: Services, db: Database) -> None:
    conversation = await supported(parts, db)

    answer = await parts.sign_ups.sign_up(conversation.id, HOME, BRYN)

    assert not answer.changed
    assert answer.sign_up.state is SignUpState.SUPPORTING


async def test_buddies_are_found_in_the_order_of_wishing(parts: Services, db: Database) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    for member in (CHIDI, BRYN):
        assert not await parts.company.wish(conversation.id, HOME, member, Wish.BE_ONE)

    assert await parts.company.wish(conversation.id, HOME, AMINA, Wish.HAVE_ONE)

    assert sorted(await told(db, "buddy_found")) == [AMINA, CHIDI]


async def found_buddies(parts: Services) -> Conversation:
    """Amina would like a buddy; Bryn would be one, and Chidi too."""
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    await parts.company.wish(conversation.id, HOME, AMINA, Wish.HAVE_ONE)
    await parts.company.wish(conversation.id, HOME, BRYN, Wish.BE_ONE)
    await parts.company.wish(conversation.id, HOME, CHIDI, Wish.BE_ONE)
    return conversation


async def test_buddies_know_each_other_once_both_said_yes(parts: Services, db: Database) -> None:
    await found_buddies(parts)

    _, first = await parts.company.say_yes(await notice_of(db, "buddy_found", AMINA), AMINA)
    assert not first.is_agreed
    assert await told(db, "company_agreed") == []
    _, both = await parts.company.say_yes(await notice_of(db, "buddy_found", BRYN), BRYN)

    assert both.is_agreed
    assert await told(db, "company_agreed") == [AMINA]


async def test_one_who_says_no_is_not_named_and_the_next_is_asked(
    parts: Services, db: Database
) -> None:
    conversation = await found_buddies(parts)
    await parts.company.say_yes(await notice_of(db, "buddy_found", AMINA), AMINA)

    await parts.company.say_no(await notice_of(db, "buddy_found", BRYN), BRYN)

    assert await told(db, "buddy_found") == [AMINA, BRYN, AMINA, CHIDI]
    assert await told(db, "company_declined") == []
    mine = await parts.company.of(conversation.id, HOME, BRYN)
    assert (mine.wish, mine.pairs) == (None, ())


async def test_a_buddy_who_leaves_is_missed_in_words(parts: Services, db: Database) -> None:
    conversation = await found_buddies(parts)
    for member in (AMINA, BRYN):
        await parts.company.say_yes(await notice_of(db, "buddy_found", member), member)

    await parts.sign_ups.maybe(conversation.id, HOME, BRYN)

    assert await told(db, "company_ended") == [AMINA]


async def test_one_who_was_asked_and_says_that_they_cant_come_has_answered(
    parts: Services, db: Database
) -> None:
    conversation = await asked(parts)

    await parts.sign_ups.leave(conversation.id, HOME, BRYN)

    assert await told(db, "company_declined") == [AMINA]
    with pytest.raises(Closed, match="no longer need an answer"):
        await parts.company.say_yes(await notice_of(db, "support_asked", BRYN), BRYN)


async def test_somebody_who_leaves_the_server_is_no_longer_asked(
    parts: Services, db: Database
) -> None:
    await asked(parts)

    await parts.sign_ups.has_left(HOME, BRYN)

    assert await told(db, "company_declined") == [AMINA]


async def test_what_cannot_be_is_refused_in_words(parts: Services, db: Database) -> None:
    conversation = await asked(parts)
    company = parts.company
    with pytest.raises(Invalid, match="you can't be your own supporter"):
        await company.ask_supporter(conversation.id, HOME, AMINA, AMINA)
    with pytest.raises(Closed, match="You have asked somebody already"):
        await company.ask_supporter(conversation.id, HOME, AMINA, CHIDI)
    with pytest.raises(Closed, match="once you have a place of your own"):
        await company.ask_supporter(conversation.id, HOME, DILYS, CHIDI)
    with pytest.raises(NotFound, match="can't find that conversation"):
        await company.ask_supporter(conversation.id, AWAY, AMINA, CHIDI)
    notice = await notice_of(db, "support_asked", BRYN)
    with pytest.raises(NotFound, match="can't find what that button was for"):
        await company.say_yes(notice, CHIDI)
    await company.say_yes(notice, BRYN)
    with pytest.raises(Closed, match="You have said yes already"):
        await company.say_no(notice, BRYN)
    await sign_up(parts, conversation, CHIDI)
    await company.wish(conversation.id, HOME, AMINA, Wish.HAVE_ONE)
    await company.wish(conversation.id, HOME, CHIDI, Wish.BE_ONE)
    with pytest.raises(Closed, match="I have found somebody for you already"):
        await company.wish(conversation.id, HOME, AMINA, Wish.BE_ONE)
