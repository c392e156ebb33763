"""Templates: owned, asked about once a year, counted by service, and never left alone."""

import pytest

from bot.client import Services
from bot.errors import Closed, Invalid, NotFound
from bot.ids import MemberId
from bot.practice.model import Practice
from tests.conftest import AMINA, BRYN, CHIDI, HOME, FakeClock
from tests.fakes import RecordingMessenger
from tests.practices import MODERATOR, member, sent, shared, written

LINK = "https://example.org/crib-sheet"


async def template(parts: Services, *, deputy: MemberId | None = None) -> Practice:
    practice = await shared(parts, written(link=LINK))
    if deputy is not None:
        by = MODERATOR
        return await parts.practice.curating.hand_over(practice.id, AMINA, deputy, "both", by=by)
    return practice


async def owed(parts: Services) -> list[tuple[str, MemberId]]:
    parts.clock.advance(minutes=5)  # nobody is written to twice in a moment
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    return [(each.kind, each.member_id) for each in messenger.asked]


async def test_its_owner_is_asked_once_a_year_until_they_have_looked(
    parts: Services, clock: FakeClock
) -> None:
    practice = await template(parts)
    await owed(parts)
    clock.advance(days=364)
    await parts.practice.templates.ask()
    assert await owed(parts) == []
    clock.advance(days=2)
    for _ in range(2):
        await parts.practice.templates.ask()
    assert await owed(parts) == [("practice_still_right", AMINA)]
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.templates.still_right(practice.id, BRYN)
    await parts.practice.templates.still_right(practice.id, AMINA)
    assert (await parts.practice.showing.get(practice.id, HOME)).checked_at == clock.now()
    clock.advance(days=366)
    await parts.practice.templates.ask()
    assert await owed(parts) == [("practice_still_right", AMINA)]


async def test_what_nobody_can_copy_is_not_asked_about(parts: Services, clock: FakeClock) -> None:
    await shared(parts)
    await owed(parts)
    clock.advance(days=800)
    await parts.practice.templates.ask()
    assert await owed(parts) == []
    assert await parts.practice.templates.keepers(HOME) == []


async def test_a_service_counts_once_whoever_says_so(parts: Services) -> None:
    practice = await template(parts)
    use = parts.practice.templates.use
    assert await use(practice.id, "North House", HOME, BRYN) == 1
    assert await use(practice.id, " north  house ", HOME, CHIDI) == 1
    assert await use(practice.id, "South House", HOME, CHIDI) == 2
    assert (await parts.practice.showing.get(practice.id, HOME)).used_by == 2
    with pytest.raises(Invalid, match="needs at least one letter"):
        await use(practice.id, " ", HOME, BRYN)
    with pytest.raises(NotFound, match="can't find that practice"):
        await use((await sent(parts)).id, "North House", HOME, BRYN)


async def test_when_its_owner_leaves_the_deputy_is_asked_and_takes_over(parts: Services) -> None:
    practice = await template(parts, deputy=BRYN)
    await owed(parts)
    assert set(await parts.practice.templates.keepers(HOME)) == {AMINA, BRYN}
    for _ in range(2):
        await parts.practice.templates.has_left(HOME, AMINA)
    assert await owed(parts) == [("practice_take_over", BRYN)]
    await parts.practice.templates.take_over(practice.id, BRYN)
    mine = await parts.practice.mine.get(practice.id, by=member(BRYN))
    assert (mine.owner_id, mine.deputy_id) == (BRYN, None)
    with pytest.raises(Closed, match="Somebody else looks after that practice already"):
        await parts.practice.templates.cannot(practice.id, BRYN)


async def test_a_deputy_who_cannot_passes_it_on_to_the_moderators(parts: Services) -> None:
    practice = await template(parts, deputy=BRYN)
    await parts.practice.templates.has_left(HOME, AMINA)
    await owed(parts)
    await parts.practice.templates.cannot(practice.id, BRYN)
    assert await owed(parts) == [("practice_orphaned", MemberId(0))]
    assert await parts.practice.templates.for_moderators(practice.id) is not None
    await parts.practice.curating.hand_over(practice.id, CHIDI, None, "she can", by=MODERATOR)
    assert await parts.practice.templates.for_moderators(practice.id) is None
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.templates.take_over(practice.id, BRYN)


async def test_without_a_deputy_moderators_are_asked_at_once(parts: Services) -> None:
    await template(parts)
    await owed(parts)
    await parts.practice.templates.has_left(HOME, AMINA)
    assert await owed(parts) == [("practice_orphaned", MemberId(0))]


async def test_a_licence_is_chosen_by_whoever_looks_after_it(parts: Services) -> None:
    practice = await template(parts)
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.templates.set_licence(practice.id, "CC0", by=member(BRYN))
    await parts.practice.templates.set_licence(practice.id, "CC BY\n4.0", by=member(AMINA))
    assert (await parts.practice.showing.get(practice.id, HOME)).licence == "CC BY 4.0"
    with pytest.raises(Invalid, match="Please shorten it to 100"):
        await parts.practice.templates.set_licence(practice.id, "x" * 101, by=member(AMINA))
