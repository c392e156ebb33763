"""Places and the waitlist: first come, first served, whoever presses at the same time."""

import asyncio
from dataclasses import replace

import pytest

from bot.client import Services
from bot.conversations.model import Conversation, SignUpState
from bot.errors import Closed, NotFound
from bot.ids import ConversationId, MemberId, NoticeId
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, DILYS, HOME, ORGANISER, FakeClock
from tests.fakes import (
    RecordingMessenger,
    TruthfulMessenger,
    answers,
    details,
    planned,
    sign_up,
    who_is,
)

MISSING = "I can't find that conversation. It may be over, or have been removed."
NO_LONGER = "You no longer have that place, so nothing has changed."
GOING, MAYBE = SignUpState.GOING, SignUpState.MAYBE
WAITING, NOT_COMING = SignUpState.WAITING, SignUpState.NOT_COMING


@pytest.fixture
async def one_place(parts: Services) -> Conversation:
    return await planned(parts, places=1)


async def notices(db: Database) -> list[tuple[int, str]]:
    rows = await db.all("SELECT member_id, state FROM notice ORDER BY id")
    return [(row["member_id"], row["state"]) for row in rows]


async def promoted_amina(parts: Services, conversation: Conversation) -> NoticeId:
    """Bryn had the place and left; Amina got it. The notice that tells her so."""
    await sign_up(parts, conversation, BRYN, AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    (notice,) = messenger.asked
    return notice.id


async def test_whoever_asks_while_there_are_places_gets_one(
    parts: Services, one_place: Conversation
) -> None:
    answer = await parts.sign_ups.sign_up(one_place.id, HOME, AMINA)
    assert (answer.sign_up.state, answer.before, answer.changed) == (GOING, None, True)
    assert (answer.conversation.going, answer.conversation.places_left) == (1, 0)


async def test_whoever_asks_when_it_is_full_waits(parts: Services, one_place: Conversation) -> None:
    await sign_up(parts, one_place, AMINA)
    answer = await parts.sign_ups.sign_up(one_place.id, HOME, BRYN)
    assert answer.sign_up.state is WAITING
    assert (answer.conversation.going, answer.conversation.waiting) == (1, 1)


async def test_without_a_limit_nobody_waits(parts: Services, db: Database) -> None:
    conversation = await planned(parts, places=None)
    await sign_up(parts, conversation, *map(MemberId, range(1, 40)))
    assert len(await who_is(db, conversation.id, "going")) == 39


async def test_asking_twice_changes_nothing(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    for person, state in ((AMINA, GOING), (BRYN, WAITING)):
        first = await parts.sign_ups.sign_up(one_place.id, HOME, person)
        again = await parts.sign_ups.sign_up(one_place.id, HOME, person)
        assert again.sign_up == first.sign_up
        assert (again.before, again.changed) == (state, False)
    assert await answers(db, one_place.id) == {AMINA: "going", BRYN: "waiting"}


@pytest.mark.parametrize("state", ["maybe", "leave"])
async def test_saying_maybe_or_no_twice_changes_nothing(
    parts: Services, one_place: Conversation, state: str
) -> None:
    answer = getattr(parts.sign_ups, state)
    first = await answer(one_place.id, HOME, AMINA)
    again = await answer(one_place.id, HOME, AMINA)
    assert first.changed
    assert not again.changed
    assert again.sign_up == first.sign_up


async def test_the_longest_waiting_person_takes_a_freed_place(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    await sign_up(parts, one_place, AMINA, CHIDI, BRYN)
    answer = await parts.sign_ups.leave(one_place.id, HOME, AMINA)
    assert (answer.sign_up.state, answer.moved_up) == (NOT_COMING, 1)
    assert (answer.conversation.going, answer.conversation.waiting) == (1, 1)
    assert await who_is(db, one_place.id, "going") == [CHIDI]
    assert await notices(db) == [(CHIDI, "owed")]


async def test_the_order_of_waiting_is_a_number_and_not_a_time(
    parts: Services, one_place: Conversation, db: Database, clock: FakeClock
) -> None:
    await sign_up(parts, one_place, AMINA, CHIDI)
    clock.advance(hours=-1)  # somebody set the clock of the machine back
    await sign_up(parts, one_place, BRYN)
    await parts.sign_ups.leave(one_place.id, HOME, AMINA)
    assert await who_is(db, one_place.id, "going") == [CHIDI]


async def test_whoever_leaves_and_comes_back_waits_behind_the_others(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    await sign_up(parts, one_place, AMINA, BRYN, CHIDI)
    await parts.sign_ups.leave(one_place.id, HOME, BRYN)
    await sign_up(parts, one_place, BRYN)
    assert await who_is(db, one_place.id, "waiting") == [CHIDI, BRYN]


async def test_nobody_overtakes_the_waitlist(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    """Places that come up while people wait are theirs, also when places were lowered before."""
    await parts.planning.edit(one_place.id, details(places=2), by=ORGANISER)
    await sign_up(parts, one_place, AMINA, BRYN, CHIDI)
    await parts.planning.edit(one_place.id, details(places=1), by=ORGANISER)
    await parts.sign_ups.leave(one_place.id, HOME, AMINA)
    answer = await parts.sign_ups.sign_up(one_place.id, HOME, DILYS)
    assert answer.sign_up.state is WAITING
    await parts.sign_ups.leave(one_place.id, HOME, BRYN)
    assert await who_is(db, one_place.id, "going") == [CHIDI]


async def test_maybe_takes_no_place_and_gives_up_the_one_they_had(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    await parts.sign_ups.maybe(one_place.id, HOME, DILYS)
    await sign_up(parts, one_place, AMINA, BRYN)
    answer = await parts.sign_ups.maybe(one_place.id, HOME, AMINA)
    assert (answer.before, answer.sign_up.state, answer.moved_up) == (GOING, MAYBE, 1)
    assert await who_is(db, one_place.id, "going") == [BRYN]
    assert answer.conversation.maybe == 2


async def test_whoever_waits_and_says_maybe_no_longer_waits(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    await sign_up(parts, one_place, AMINA, BRYN, CHIDI)
    answer = await parts.sign_ups.maybe(one_place.id, HOME, BRYN)
    assert (answer.before, answer.moved_up) == (WAITING, 0)
    await parts.sign_ups.leave(one_place.id, HOME, AMINA)
    assert await who_is(db, one_place.id, "going") == [CHIDI]


async def test_saying_no_first_is_remembered_and_can_be_changed(
    parts: Services, one_place: Conversation
) -> None:
    answer = await parts.sign_ups.leave(one_place.id, HOME, AMINA)
    assert (answer.before, answer.sign_up.state, answer.conversation.answers) == (
        None,
        NOT_COMING,
        0,
    )
    answer = await parts.sign_ups.sign_up(one_place.id, HOME, AMINA)
    assert (answer.before, answer.sign_up.state) == (NOT_COMING, GOING)


async def test_a_place_that_nobody_waits_for_stays_free(
    parts: Services, one_place: Conversation
) -> None:
    await sign_up(parts, one_place, AMINA)
    answer = await parts.sign_ups.leave(one_place.id, HOME, AMINA)
    assert (answer.moved_up, answer.conversation.places_left) == (0, 1)


async def test_another_networks_conversation_is_refused_just_like_a_missing_one(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    drafted = await parts.planning.draft(details(), "3 Dec 2pm", by=ORGANISER)
    for conversation_id, network_id in (
        (one_place.id, AWAY),
        (ConversationId(999), HOME),
        (drafted.id, HOME),
    ):
        for doing in (parts.sign_ups.sign_up, parts.sign_ups.maybe, parts.sign_ups.leave):
            with pytest.raises(NotFound) as refused:
                await doing(conversation_id, network_id, AMINA)
            assert str(refused.value) == MISSING
    assert await db.all("SELECT * FROM sign_up") == []


async def test_nothing_changes_once_it_has_started_or_is_over(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    conversation = await planned(parts, when="today 9:30am", places=1)
    clock.advance(minutes=30, seconds=-1)
    await sign_up(parts, conversation, AMINA, BRYN)
    for seconds, said in (
        (1, "This conversation has already started."),
        (90 * 60 - 1, "This conversation has already started."),
        (1, "This conversation is over."),
    ):
        clock.advance(seconds=seconds)
        for doing in (parts.sign_ups.sign_up, parts.sign_ups.maybe, parts.sign_ups.leave):
            with pytest.raises(Closed) as refused:
                await doing(conversation.id, HOME, AMINA)
            assert str(refused.value) == said
    assert await answers(db, conversation.id) == {AMINA: "going", BRYN: "waiting"}


async def test_a_place_handed_back_goes_to_the_next(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    notice = await promoted_amina(parts, one_place)
    await sign_up(parts, one_place, CHIDI)
    answer = await parts.sign_ups.hand_back(notice, AMINA)
    assert (answer.sign_up.state, answer.moved_up) == (NOT_COMING, 1)
    assert await who_is(db, one_place.id, "going") == [CHIDI]


async def test_a_place_can_be_handed_back_once(parts: Services, one_place: Conversation) -> None:
    notice = await promoted_amina(parts, one_place)
    await parts.sign_ups.hand_back(notice, AMINA)
    with pytest.raises(Closed) as refused:
        await parts.sign_ups.hand_back(notice, AMINA)
    assert str(refused.value) == NO_LONGER


async def test_only_the_person_it_was_written_to_can_hand_a_place_back(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    notice = await promoted_amina(parts, one_place)
    for notice_id, member in ((notice, CHIDI), (NoticeId(999), AMINA)):
        with pytest.raises(NotFound) as refused:
            await parts.sign_ups.hand_back(notice_id, member)
        assert str(refused.value) == "I can't find what that button was for. It may be too old."
    assert await who_is(db, one_place.id, "going") == [AMINA]


async def test_an_old_message_cannot_hand_back_a_place_they_took_later(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    notice = await promoted_amina(parts, one_place)
    await parts.sign_ups.leave(one_place.id, HOME, AMINA)
    await sign_up(parts, one_place, AMINA)
    with pytest.raises(Closed, match=NO_LONGER):
        await parts.sign_ups.hand_back(notice, AMINA)
    assert await who_is(db, one_place.id, "going") == [AMINA]


async def test_a_place_taken_anew_while_the_old_one_is_handed_back_is_kept(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    notice = await promoted_amina(parts, one_place)
    async with db.write():
        presses = [
            asyncio.create_task(parts.sign_ups.leave(one_place.id, HOME, AMINA)),
            asyncio.create_task(parts.sign_ups.sign_up(one_place.id, HOME, AMINA)),
        ]
        await asyncio.sleep(0)  # both now wait for the writer, in this order
        handing_back = asyncio.create_task(parts.sign_ups.hand_back(notice, AMINA))
        for _ in range(5):  # reads go on meanwhile, so it gets to the writer as well
            await db.all("SELECT 1")
    await asyncio.gather(*presses)
    with pytest.raises(Closed, match=NO_LONGER):
        await handing_back
    assert await who_is(db, one_place.id, "going") == [AMINA]


async def test_a_place_cannot_be_handed_back_once_it_has_started(
    parts: Services, clock: FakeClock
) -> None:
    conversation = await planned(parts, when="today 9:30am", places=1)
    notice = await promoted_amina(parts, conversation)
    clock.advance(minutes=30)
    with pytest.raises(Closed, match="already started"):
        await parts.sign_ups.hand_back(notice, AMINA)


async def test_somebody_promoted_leaving_and_promoted_again_hears_twice(
    parts: Services, one_place: Conversation
) -> None:
    first = await promoted_amina(parts, one_place)
    await sign_up(parts, one_place, CHIDI)
    await parts.sign_ups.hand_back(first, AMINA)
    await sign_up(parts, one_place, AMINA)
    await parts.sign_ups.leave(one_place.id, HOME, CHIDI)
    parts.clock.advance(minutes=1)  # type: ignore[attr-defined]
    messenger = TruthfulMessenger(parts)
    await parts.notices.deliver_due(messenger)
    assert messenger.members == [AMINA]
    assert [notice.id for notice in messenger.asked] != [first]


async def test_somebody_who_left_the_server_gives_up_every_place_here_and_none_elsewhere(
    parts: Services, db: Database
) -> None:
    here = [await planned(parts, places=1, when=f"{day} Dec 2pm") for day in (3, 4)]
    there = await planned(parts, places=1, by=replace(ORGANISER, network_id=AWAY))
    await parts.sign_ups.sign_up(there.id, AWAY, AMINA)
    for conversation in here:
        await sign_up(parts, conversation, AMINA, BRYN)
    await parts.sign_ups.has_left(HOME, AMINA)
    for conversation in here:
        assert await who_is(db, conversation.id, "going") == [BRYN]
    assert await who_is(db, there.id, "going") == [AMINA]
    assert await notices(db) == [(BRYN, "owed")] * 2


async def test_somebody_who_left_is_told_nothing_any_more(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    await sign_up(parts, one_place, BRYN, AMINA, CHIDI)
    await parts.sign_ups.leave(one_place.id, HOME, BRYN)
    await parts.sign_ups.has_left(HOME, AMINA)
    assert await notices(db) == [(AMINA, "dropped"), (CHIDI, "owed")]


async def test_a_person_sees_their_own_answers_ahead_and_their_place_in_line(
    parts: Services, clock: FakeClock
) -> None:
    soon = await planned(parts, when="today 9:30am", title="Soon")
    full = await planned(parts, when="4 Dec 2pm", title="Full", places=1)
    open_ = await planned(parts, when="3 Dec 2pm", title="Open")
    no = await planned(parts, when="5 Dec 2pm", title="No")
    away = await planned(parts, by=replace(ORGANISER, network_id=AWAY))
    await parts.sign_ups.sign_up(away.id, AWAY, AMINA)
    await sign_up(parts, soon, AMINA)
    await sign_up(parts, full, BRYN, CHIDI, DILYS, AMINA)
    await parts.sign_ups.maybe(open_.id, HOME, AMINA)
    await parts.sign_ups.leave(no.id, HOME, AMINA)
    clock.advance(minutes=30)

    mine = await parts.sign_ups.of_member(HOME, AMINA)

    assert [(each.conversation.title, each.sign_up.state) for each in mine] == [
        ("Open", MAYBE),
        ("Full", WAITING),
    ]
    assert [each.ahead_in_line for each in mine] == [0, 2]
    assert list(await parts.sign_ups.of_member(HOME, MemberId(77))) == []


async def test_a_hundred_people_at_once_fill_ten_places_in_the_order_they_asked(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=10)
    crowd = [MemberId(1000 - number) for number in range(100)]
    given = await asyncio.gather(
        *(parts.sign_ups.sign_up(conversation.id, HOME, person) for person in crowd)
    )
    assert [answer.sign_up.state for answer in given] == [GOING] * 10 + [WAITING] * 90
    assert await who_is(db, conversation.id, "going") == crowd[:10]
    assert await who_is(db, conversation.id, "waiting") == crowd[10:]


async def test_a_hundred_presses_of_one_person_are_one_sign_up(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    given = await asyncio.gather(
        *(parts.sign_ups.sign_up(one_place.id, HOME, AMINA) for _ in range(100))
    )
    assert [answer.changed for answer in given] == [True] + [False] * 99
    assert await answers(db, one_place.id) == {AMINA: "going"}


async def test_two_who_leave_at_once_make_room_for_two_who_are_each_told_once(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=2)
    waiting = [CHIDI, DILYS, MemberId(5)]
    await sign_up(parts, conversation, AMINA, BRYN, *waiting)
    left = await asyncio.gather(
        *(parts.sign_ups.leave(conversation.id, HOME, person) for person in (AMINA, BRYN))
    )
    assert [answer.moved_up for answer in left] == [1, 1]
    assert await who_is(db, conversation.id, "going") == [CHIDI, DILYS]
    messenger = TruthfulMessenger(parts)
    await parts.notices.deliver_due(messenger)
    assert [notice.member_id for notice in messenger.asked] == [CHIDI, DILYS]


async def test_the_last_place_given_up_and_asked_for_at_once_is_neither_lost_nor_doubled(
    parts: Services, one_place: Conversation, db: Database
) -> None:
    await sign_up(parts, one_place, AMINA)
    await asyncio.gather(
        parts.sign_ups.sign_up(one_place.id, HOME, BRYN),
        parts.sign_ups.leave(one_place.id, HOME, AMINA),
        parts.sign_ups.sign_up(one_place.id, HOME, CHIDI),
    )
    assert await who_is(db, one_place.id, "going") == [BRYN]
    assert await who_is(db, one_place.id, "waiting") == [CHIDI]


async def test_the_bell_rings_for_what_changed_and_for_nothing_else(
    parts: Services, one_place: Conversation
) -> None:
    rung: list[ConversationId] = []
    parts.conversation_changed.listen(rung.append)
    await sign_up(parts, one_place, AMINA, AMINA)
    with pytest.raises(NotFound):
        await parts.sign_ups.sign_up(one_place.id, AWAY, BRYN)
    assert rung == [one_place.id]
