"""What organisers do: draft, read back, plan, change, remove."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.client import Services
from bot.conversations.model import FURTHEST, Details
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import ConversationId
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, DILYS, HOME, MANAGER, ORGANISER, FakeClock
from tests.fakes import FIRST_THURSDAY, answers, details, planned, sign_up, who_is

AWAY_ORGANISER = replace(ORGANISER, network_id=AWAY)
MEMBER = replace(ORGANISER, is_organiser=False)
MISSING = "I can't find that conversation. It may be over, or have been removed."


async def draft(parts: Services, when: str = FIRST_THURSDAY) -> ConversationId:
    return (await parts.planning.draft(details(), when, by=ORGANISER)).id


async def test_a_draft_keeps_what_was_typed_and_no_member_sees_it(
    parts: Services, db: Database
) -> None:
    typed = Details.read(title="Who decides?", description="Bring tea.", minutes="60", places="12")
    drafted = await parts.planning.draft(typed, "first Thursday of next month 2pm", by=ORGANISER)
    assert drafted.details == typed
    assert drafted.starts_at == datetime(2026, 12, 3, 14, tzinfo=UTC)
    assert drafted.drafted_by == ORGANISER.member_id
    assert not drafted.is_planned

    assert not (await parts.calendar.page(HOME, 0)).conversations
    with pytest.raises(NotFound, match=MISSING):
        await parts.calendar.get(drafted.id, HOME)
    with pytest.raises(NotFound, match=MISSING):
        await parts.sign_ups.sign_up(drafted.id, HOME, AMINA)
    assert await answers(db, drafted.id) == {}
    assert (await parts.cards.shown(drafted.id)) == (None, None)


async def test_a_date_that_has_gone_is_refused_as_it_was_understood(parts: Services) -> None:
    for typed, said in (
        ("yesterday 2pm", "Sunday 22 November 2026, 2:00pm UK time"),
        ("today 9am", "Monday 23 November 2026, 9:00am UK time"),
        ("<t:1:F>", "Thursday 1 January 1970, 1:00am UK time"),
        ("3 Dec 2025 2pm", "Wednesday 3 December 2025, 2:00pm UK time"),
    ):
        with pytest.raises(Invalid) as refused:
            await draft(parts, typed)
        assert str(refused.value) == (
            f"{said} has already gone. Please choose a time that is still to come."
        )


async def test_a_date_too_far_ahead_is_refused_as_a_slip_of_the_year(
    parts: Services, clock: FakeClock
) -> None:
    for typed in ("3 Dec 2029 2pm", "3 Dec 9998 2pm"):
        with pytest.raises(Invalid, match=r"is more than two years away\. Please check the year\."):
            await draft(parts, typed)
    furthest = clock.now() + FURTHEST
    assert await draft(parts, f"<t:{int(furthest.timestamp())}:F>")
    with pytest.raises(Invalid):
        await draft(parts, f"<t:{int(furthest.timestamp()) + 1}:F>")


@pytest.mark.parametrize(
    "typed", ["<t:-62135596800:F>", "1 Jan 0001 8am", "31 Dec 9999 11pm", "", "?"]
)
async def test_a_date_nobody_means_is_refused_in_every_zone(parts: Services, typed: str) -> None:
    for zone in ("Auckland", "Honolulu", "London"):
        await parts.networks.choose_time_zone(zone, by=MANAGER)
        with pytest.raises(Invalid):
            await draft(parts, typed)


async def test_a_date_is_read_in_the_zone_of_the_network(parts: Services) -> None:
    await parts.networks.choose_time_zone("Tokyo", by=MANAGER)
    drafted = await parts.planning.draft(details(), "3 Dec 2pm", by=ORGANISER)
    assert drafted.starts_at == datetime(2026, 12, 3, 5, tzinfo=UTC)


async def test_a_refused_date_leaves_nothing_behind(parts: Services, db: Database) -> None:
    with pytest.raises(Invalid):
        await draft(parts, "31 February 2pm")
    assert await db.all("SELECT id FROM conversation") == []


async def test_the_date_of_a_draft_can_be_changed(parts: Services) -> None:
    drafted = await draft(parts)
    again = await parts.planning.redate(drafted, "4 Dec 2pm", by=ORGANISER)
    assert again.starts_at.day == 4
    with pytest.raises(Invalid, match="has already gone"):
        await parts.planning.redate(drafted, "yesterday 2pm", by=ORGANISER)
    assert (await parts.planning.editable(drafted, by=ORGANISER)).starts_at.day == 4


async def test_a_planned_conversation_is_there_for_everybody(parts: Services) -> None:
    conversation = await planned(parts, places=2)
    assert conversation.is_planned
    assert await parts.calendar.get(conversation.id, HOME) == conversation


async def test_what_is_planned_is_no_draft_any_more(parts: Services) -> None:
    conversation = await planned(parts)
    for doing in (
        parts.planning.plan(conversation.id, by=ORGANISER),
        parts.planning.redate(conversation.id, "4 Dec 2pm", by=ORGANISER),
        parts.planning.throw_away(conversation.id, by=ORGANISER),
    ):
        with pytest.raises(Closed) as refused:
            await doing
        assert str(refused.value) == "This conversation is already planned. Nothing has changed."
    assert await parts.calendar.get(conversation.id, HOME) == conversation


async def test_a_draft_read_too_slowly_is_refused_once_its_date_has_gone(
    parts: Services, clock: FakeClock
) -> None:
    drafted = await draft(parts, "today 9:30am")
    clock.advance(minutes=31)
    with pytest.raises(Invalid, match=r"^Monday 23 November 2026, 9:30am UK time has already gone"):
        await parts.planning.plan(drafted, by=ORGANISER)
    with pytest.raises(NotFound):
        await parts.calendar.get(drafted, HOME)


async def test_a_draft_can_be_thrown_away(parts: Services, db: Database) -> None:
    drafted = await draft(parts)
    await parts.planning.throw_away(drafted, by=ORGANISER)
    assert await db.all("SELECT id FROM conversation") == []
    with pytest.raises(NotFound, match=MISSING):
        await parts.planning.plan(drafted, by=ORGANISER)


async def test_a_draft_left_lying_for_a_day_is_forgotten_and_a_plan_is_not(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    kept = await planned(parts)
    await draft(parts)
    clock.advance(days=1)
    await parts.planning.tidy_drafts()
    assert len(await db.all("SELECT id FROM conversation")) == 2
    clock.advance(seconds=1)
    await parts.planning.tidy_drafts()
    assert [row["id"] for row in await db.all("SELECT id FROM conversation")] == [kept.id]


async def test_an_id_is_never_given_twice(parts: Services) -> None:
    first = await draft(parts)
    await parts.planning.throw_away(first, by=ORGANISER)
    assert await draft(parts) > first


async def test_words_length_and_places_can_be_changed(parts: Services) -> None:
    conversation = await planned(parts, places=2)
    changed = Details.read(title="Who pays?", description="Tea.", minutes=45, places=3)
    edited = await parts.planning.edit(conversation.id, changed, by=ORGANISER)
    assert edited.conversation.details == changed
    assert edited.moved_up == 0
    assert edited.conversation.starts_at == conversation.starts_at


async def test_raising_places_gives_them_to_whoever_waits_in_order(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, DILYS, CHIDI, BRYN, AMINA)
    edited = await parts.planning.edit(conversation.id, details(places=3), by=ORGANISER)
    assert edited.moved_up == 2
    assert (edited.conversation.going, edited.conversation.waiting) == (3, 1)
    assert await who_is(db, conversation.id, "going") == [DILYS, CHIDI, BRYN]
    assert await who_is(db, conversation.id, "waiting") == [AMINA]


async def test_taking_the_limit_away_gives_everybody_a_place(parts: Services, db: Database) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI, DILYS)
    edited = await parts.planning.edit(conversation.id, details(places=None), by=ORGANISER)
    assert edited.moved_up == 3
    assert edited.conversation.places_left is None
    assert await who_is(db, conversation.id, "waiting") == []


async def test_lowering_places_takes_nobodys_place(parts: Services, db: Database) -> None:
    conversation = await planned(parts, places=3)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI, DILYS)
    edited = await parts.planning.edit(conversation.id, details(places=1), by=ORGANISER)
    assert edited.conversation.over == 2
    assert edited.conversation.places_left == 0
    assert await who_is(db, conversation.id, "going") == [AMINA, BRYN, CHIDI]

    for left, still_over in ((AMINA, 1), (BRYN, 0)):
        answer = await parts.sign_ups.leave(conversation.id, HOME, left)
        assert answer.moved_up == 0
        assert answer.conversation.over == still_over
    answer = await parts.sign_ups.leave(conversation.id, HOME, CHIDI)
    assert answer.moved_up == 1
    assert await who_is(db, conversation.id, "going") == [DILYS]


async def test_nothing_can_be_changed_once_it_has_started(
    parts: Services, clock: FakeClock
) -> None:
    conversation = await planned(parts, when="today 9:30am")
    clock.advance(minutes=30)
    for said, until in (
        ("This conversation has already started.", 90),
        ("This conversation is over.", 0),
    ):
        with pytest.raises(Closed) as refused:
            await parts.planning.edit(conversation.id, details(places=5), by=ORGANISER)
        assert str(refused.value) == said
        with pytest.raises(Closed):
            await parts.planning.editable(conversation.id, by=ORGANISER)
        clock.advance(minutes=until)


async def test_one_that_nobody_answered_can_be_removed(parts: Services) -> None:
    conversation = await planned(parts)
    removed = await parts.planning.remove(conversation.id, by=ORGANISER)
    assert removed.id == conversation.id
    with pytest.raises(NotFound, match=MISSING):
        await parts.calendar.get(conversation.id, HOME)
    with pytest.raises(NotFound, match=MISSING):
        await parts.planning.remove(conversation.id, by=ORGANISER)


async def test_one_that_people_answered_is_kept(parts: Services) -> None:
    conversation = await planned(parts, places=1)
    await parts.sign_ups.maybe(conversation.id, HOME, AMINA)
    with pytest.raises(Closed) as refused:
        await parts.planning.remove(conversation.id, by=ORGANISER)
    assert str(refused.value) == (
        "1 person has answered, and would not hear that it is gone. So I have kept it. "
        "To call it off so that they hear, use /organise cancel."
    )
    await sign_up(parts, conversation, BRYN, CHIDI)
    with pytest.raises(Closed, match=r"^3 people have answered"):
        await parts.planning.remove(conversation.id, by=ORGANISER)
    assert (await parts.calendar.get(conversation.id, HOME)).answers == 3


async def test_one_that_everybody_said_no_to_can_be_removed_with_all_its_rows(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, BRYN)
    await parts.planning.remove(conversation.id, by=ORGANISER)
    assert await db.all("SELECT member_id FROM sign_up") == []
    assert await db.all("SELECT id FROM notice") == []


async def test_only_organisers_may_plan_change_and_remove(parts: Services) -> None:
    conversation = await planned(parts)
    drafted = await draft(parts)
    for doing, to_do in (
        (parts.planning.draft(details(), FIRST_THURSDAY, by=MEMBER), "plan a conversation"),
        (parts.planning.redate(drafted, FIRST_THURSDAY, by=MEMBER), "plan a conversation"),
        (parts.planning.plan(drafted, by=MEMBER), "plan a conversation"),
        (parts.planning.throw_away(drafted, by=MEMBER), "plan a conversation"),
        (parts.planning.edit(conversation.id, details("Mine"), by=MEMBER), "change a conversation"),
        (parts.planning.editable(conversation.id, by=MEMBER), "change a conversation"),
        (parts.planning.remove(conversation.id, by=MEMBER), "remove a conversation"),
    ):
        with pytest.raises(NotAllowed, match=f"^Only organisers can {to_do}"):
            await doing
    assert await parts.calendar.get(conversation.id, HOME) == conversation


async def test_another_networks_conversation_is_refused_just_like_a_missing_one(
    parts: Services,
) -> None:
    conversation = await planned(parts)
    drafted = await draft(parts)
    for number, doing in enumerate(
        doing
        for planned_id, draft_id in ((conversation.id, drafted), (ConversationId(999),) * 2)
        for doing in (
            parts.planning.redate(draft_id, FIRST_THURSDAY, by=AWAY_ORGANISER),
            parts.planning.plan(draft_id, by=AWAY_ORGANISER),
            parts.planning.throw_away(draft_id, by=AWAY_ORGANISER),
            parts.planning.edit(planned_id, details("Mine"), by=AWAY_ORGANISER),
            parts.planning.editable(planned_id, by=AWAY_ORGANISER),
            parts.planning.remove(planned_id, by=AWAY_ORGANISER),
        )
    ):
        with pytest.raises(NotFound) as refused:
            await doing
        assert str(refused.value) == MISSING, number
    assert await parts.calendar.get(conversation.id, HOME) == conversation


async def test_everything_typed_is_kept_to_the_letter(parts: Services) -> None:
    for title in ("'; DROP TABLE conversation;--", "%s {0} :id ?1", "@everyone", 'a"b`c\\', "100%"):
        conversation = await planned(parts, title=title)
        assert (await parts.calendar.get(conversation.id, HOME)).title == title


async def test_bells_ring_for_what_everybody_can_see_and_for_nothing_refused(
    parts: Services,
) -> None:
    rung: list[ConversationId] = []
    parts.conversation_changed.listen(rung.append)
    drafted = await draft(parts)
    assert rung == []
    await parts.planning.plan(drafted, by=ORGANISER)
    await parts.planning.edit(drafted, details(places=1), by=ORGANISER)
    with pytest.raises(Closed):
        await parts.planning.plan(drafted, by=ORGANISER)
    await parts.planning.remove(drafted, by=ORGANISER)
    assert rung == [drafted] * 3
