"""Actions: what people asked for, and what became of it."""

from datetime import UTC, date, datetime

import pytest

from bot.client import Services
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import MemberId
from bot.keeping.everything import KEPT
from bot.people import Person
from bot.reflections.model import Form, Place, Point, Slot
from bot.reflections.model.action import Action, ActionState, Care, Step
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, DILYS, HOME, MODERATOR, ORGANISER, FakeClock
from tests.fakes import RecordingMessenger
from tests.posts import said, talked, write
from tests.practices import shared
from tests.quotes import member

AGREED, DONE = Step(state=ActionState.AGREED, reason=""), Step(state=ActionState.DONE, reason="")
NOBODY = Care()


async def sent(parts: Services, clock: FakeClock) -> list[tuple[str, MemberId]]:
    messenger = RecordingMessenger()
    while await parts.notices.deliver_due(messenger):
        clock.advance(minutes=1)
    return [(each.kind, each.member_id) for each in messenger.asked]


async def add(parts: Services, *quotes: int, what: str = "Say why it ends") -> Action:
    return await parts.reflections.actions.add(what, ActionState.IDEA, quotes=quotes, by=ORGANISER)


async def test_those_behind_it_hear_of_every_step_and_nobody_else(
    parts: Services, clock: FakeClock
) -> None:
    await said(parts, "Nobody told us why.", speaker=AMINA)
    await said(parts, "It just ended.", speaker=BRYN)
    await sent(parts, clock)
    action = await add(parts, 1, 2, 1)
    assert action.quotes == 2
    assert sorted(await sent(parts, clock)) == [("action_news", AMINA), ("action_news", BRYN)]
    await parts.reflections.actions.update(action.id, DONE, NOBODY, action.version, by=MODERATOR)
    assert sorted(await sent(parts, clock)) == [("action_news", AMINA), ("action_news", BRYN)]


async def test_everybody_hears_later_than_those_behind_it(
    parts: Services, clock: FakeClock
) -> None:
    await said(parts, "Nobody told us why.")
    action = await add(parts, 1)
    await parts.reflections.actions.update(action.id, AGREED, NOBODY, action.version, by=ORGANISER)
    assert await parts.reflections.actions.news(HOME) == []
    clock.advance(hours=1)
    assert [each.id for each in await parts.reflections.actions.news(HOME)] == [action.id]
    clock.advance(days=36)
    assert await parts.reflections.actions.news(HOME) == []


async def test_an_idea_is_no_news(parts: Services, clock: FakeClock) -> None:
    await add(parts)
    clock.advance(days=1)
    assert await parts.reflections.actions.news(HOME) == []


async def test_what_is_not_possible_needs_its_reason(parts: Services) -> None:
    with pytest.raises(Invalid, match="Please say why it is not possible"):
        Step.read("not_possible", "  ")
    assert Step.read("not_possible", "No money.").reason == "No money."
    with pytest.raises(Invalid, match="add it as an idea first"):
        await parts.reflections.actions.add("x", ActionState.NOT_POSSIBLE, by=ORGANISER)


async def test_a_stale_step_is_refused(parts: Services) -> None:
    action = await add(parts)
    actions = parts.reflections.actions
    await actions.update(action.id, DONE, NOBODY, action.version, by=ORGANISER)
    with pytest.raises(Closed, match="It is done now"):
        await actions.update(action.id, AGREED, NOBODY, action.version, by=MODERATOR)


async def test_who_looks_after_it_is_told_once_and_asked_gently_when_it_is_late(
    parts: Services, clock: FakeClock
) -> None:
    action = await add(parts)
    actions = parts.reflections.actions
    with pytest.raises(Invalid, match="must be two people"):
        await actions.update(
            action.id, AGREED, Care(owner_id=CHIDI, deputy_id=CHIDI), action.version, by=ORGANISER
        )
    care = Care(owner_id=CHIDI, deputy_id=DILYS, due_on=date(2026, 11, 30))
    action = await actions.update(action.id, AGREED, care, action.version, by=ORGANISER)
    assert sorted(await sent(parts, clock)) == [("action_yours", CHIDI), ("action_yours", DILYS)]
    action = await actions.update(action.id, AGREED, care, action.version, by=ORGANISER)
    await actions.ask_about_overdue()
    assert await sent(parts, clock) == []
    clock.set(datetime(2026, 12, 1, 9, tzinfo=UTC))
    await actions.ask_about_overdue()
    await actions.ask_about_overdue()
    assert await sent(parts, clock) == [("action_overdue", CHIDI)]
    clock.advance(days=14)
    await actions.ask_about_overdue()
    assert await sent(parts, clock) == [("action_overdue", CHIDI)]
    await actions.update(action.id, DONE, care, action.version, by=ORGANISER)
    clock.advance(days=30)
    await actions.ask_about_overdue()
    assert await sent(parts, clock) == []


async def test_only_what_stands_there_can_be_linked(parts: Services) -> None:
    quote = await said(parts, "Not for ever.")
    action = await add(parts)
    actions = parts.reflections.actions
    assert (await actions.link(action.id, 1, by=ORGANISER)).quotes == 1
    assert [each.number for each in await actions.began_with(action)] == [1]
    await parts.wisdom.mine.withdraw(quote.id, AMINA)
    assert await actions.began_with(action) == []
    with pytest.raises(Closed, match="Quote 1 was taken back"):
        await actions.link(action.id, 1, by=ORGANISER)
    with pytest.raises(NotFound, match="I can't find that quote here"):
        await actions.link(action.id, 99, by=ORGANISER)
    with pytest.raises(Invalid, match="up to 10 quotes"):
        await add(parts, *range(1, 12))


async def test_what_came_of_it_stands_in_the_post(parts: Services) -> None:
    conversation = await talked(parts)
    await said(parts, "Nobody told us why.", conversation_id=conversation.id)
    action = await add(parts, 1)
    look = await parts.reflections.drafts.begin(conversation.id, None, by=ORGANISER)
    assert look.post.did == []
    await parts.reflections.actions.update(action.id, DONE, NOBODY, action.version, by=ORGANISER)
    look = await parts.reflections.drafts.look(look.draft.id, by=ORGANISER)
    assert [(each.title, each.state) for each in look.post.did] == [("Say why it ends", "done")]


async def test_members_look_and_change_nothing_and_other_networks_find_nothing(
    parts: Services,
) -> None:
    action = await add(parts)
    actions, amina = parts.reflections.actions, member(AMINA)
    found, _, _ = await actions.page(HOME, 5)
    assert [each.id for each in found] == [action.id]
    for refused, doing in (
        ("write down actions", actions.add("x", ActionState.IDEA, by=amina)),
        ("say where actions stand", actions.update(action.id, DONE, NOBODY, 1, by=amina)),
        ("link quotes to actions", actions.link(action.id, 1, by=amina)),
    ):
        with pytest.raises(NotAllowed, match=f"Only organisers and moderators can {refused}"):
            await doing
    elsewhere = Person(network_id=AWAY, member_id=MemberId(70), is_organiser=True)
    for doing in (
        actions.get(action.id, AWAY),
        actions.pick(str(action.id), AWAY),
        actions.pick("Say why", AWAY),
        actions.update(action.id, DONE, NOBODY, action.version, by=elsewhere),
    ):
        with pytest.raises(NotFound, match="I can't find that action here"):
            await doing
    assert await actions.titled(AWAY, "") == []
    assert (await actions.pick("say WHY", HOME)).id == action.id


async def test_a_practice_that_began_it_is_shown_and_its_author_hears(
    parts: Services, clock: FakeClock
) -> None:
    practice = await shared(parts, author=CHIDI)
    await sent(parts, clock)
    action, actions = await add(parts), parts.reflections.actions
    await actions.link_practice(action.id, practice.id, by=ORGANISER)
    assert [each.id for each in await actions.practices_behind(action)] == [practice.id]
    await actions.update(action.id, DONE, NOBODY, action.version, by=ORGANISER)
    assert await sent(parts, clock) == [("action_news", CHIDI)]
    elsewhere = Person(network_id=AWAY, member_id=MemberId(70), is_organiser=True)
    with pytest.raises(NotFound, match="I can't find that practice here"):
        await actions.link_practice(action.id, practice.id, by=elsewhere)
    with pytest.raises(NotAllowed, match="Only organisers and moderators can link practices"):
        await actions.link_practice(action.id, practice.id, by=member(AMINA))


async def test_whoever_is_forgotten_leaves_what_they_did_and_no_id(
    parts: Services, clock: FakeClock, db: Database
) -> None:
    conversation = await talked(parts)
    clock.set(conversation.starts_at)
    await said(parts, "Nobody told us why.", speaker=BRYN)
    point = Point(question=None, words="ZEBRAKETTLE")
    await parts.reflections.notes.add(conversation.id, [point], named=True, by=ORGANISER)
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    await write(parts, look, Place(Slot.TITLE), "What we heard")
    await parts.reflections.posts.export(look.draft.id, Form.HTML, by=ORGANISER)
    await parts.reflections.drafts.publish(look.draft.id, by=ORGANISER)
    action = await add(parts)
    care = Care(owner_id=ORGANISER.member_id)
    await parts.reflections.actions.update(action.id, AGREED, care, action.version, by=ORGANISER)
    async with db.write() as tx:
        await parts.reflections.forgetting.forget(tx, HOME, ORGANISER.member_id)
    for kept in KEPT:
        if any(column.startswith("reflection") for column in kept.columns):
            params = {"member": ORGANISER.member_id, "network": HOME}
            assert await db.all(kept.rows, params) == []
    assert await db.all("SELECT 1 FROM conversation_note") == []
    assert (await parts.reflections.actions.get(action.id, HOME)).owner_id is None
    assert (await parts.reflections.drafts.look(look.draft.id, by=MODERATOR)).post.title
