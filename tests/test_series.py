"""A series makes its conversations, announces them in their time, and signs people up."""

import asyncio
from dataclasses import replace

import pytest

from bot.app import services
from bot.client import Services
from bot.conversations.model import HostChange, More
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import ConversationId, MoveId, NetworkId, ProposedRuleId, SeriesId
from bot.people import Person
from bot.series.model import MOST_SERIES, SeriesState, Which
from bot.series.service.reshaping import Wish
from bot.series.service.starting import Typed
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, DILYS, HOME, MANAGER, ORGANISER, FakeClock
from tests.fakes import (
    RecordingMessenger,
    answers,
    details,
    made_by,
    planned,
    sign_up,
    started,
)

MEMBER = Person(network_id=HOME, member_id=AMINA)
MISSING = "I can't find that series. It may have been removed. See /conversation series."
TYPED = Typed(which=Which.FIRST, weekday=3, at="2pm")


async def conversations(parts: Services, series):
    return await parts.series.book.conversations(series, since=series.rule.first.date())


async def test_nothing_is_made_before_it_was_read_back(parts: Services, db: Database):
    draft = await parts.series.starting.draft(details(), TYPED, by=ORGANISER)
    await parts.series.making.sweep()

    assert await db.all("SELECT 1 FROM conversation") == []
    page = await parts.series.book.page(HOME, AMINA, 0)
    assert list(page.outlooks) == []
    with pytest.raises(NotFound, match="I can't find that series"):
        await parts.series.standing.join(draft.id, HOME, AMINA)


async def test_the_next_three_exist_and_those_whose_time_has_come_are_announced(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts)

    assert await made_by(db, series) == [
        ("2026-12-03", "2026-12-03T14:00", True),
        ("2027-01-07", "2027-01-07T14:00", False),
        ("2027-02-04", "2027-02-04T14:00", False),
    ]
    clock.advance(days=11)  # the first has been
    assert await parts.series.making.next_due() is not None
    await parts.series.making.run()
    assert [made[0] for made in await made_by(db, series)][-1] == "2027-03-04"
    assert await parts.series.making.next_due() == clock.now().replace(
        month=12, day=17, hour=14, minute=0
    ), "three weeks before 7 January"


async def test_the_hour_on_the_wall_is_the_same_on_both_sides_of_a_clock_change(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts, at="6:30pm")
    for _ in range(12):
        clock.advance(days=30)
        await parts.series.making.run()

    starts = {start[:7]: start[8:] for _, start, _ in await made_by(db, series)}
    assert [starts[month] for month in ("2026-12", "2027-03", "2027-11")] == [
        "03T18:30",
        "04T18:30",
        "04T18:30",
    ]
    assert [starts[month] for month in ("2027-04", "2027-07", "2027-10")] == [
        "01T17:30",
        "01T17:30",
        "07T17:30",
    ]


async def test_making_again_makes_nothing_twice(parts: Services, db: Database, clock: FakeClock):
    series = await started(parts)
    before = await made_by(db, series)

    again = services(db, clock)
    await asyncio.gather(*(each.series.making.sweep() for each in (parts, again, parts, again)))

    assert await made_by(db, series) == before


async def test_months_of_silence_are_not_made_up(parts: Services, db: Database, clock: FakeClock):
    series = await started(parts)
    await parts.series.standing.join(series.id, HOME, AMINA)
    clock.advance(days=200)
    await parts.series.making.sweep()

    assert [made[0] for made in await made_by(db, series)] == [
        "2026-12-03",
        "2027-07-01",
        "2027-08-05",
        "2027-09-02",
    ]
    notices = await db.all("SELECT conversation_id FROM notice WHERE kind = 'signed_up'")
    assert len(notices) == 1, "of the one in July only"


async def test_members_do_not_know_of_a_conversation_before_it_is_announced(
    parts: Services, db: Database
):
    series = await started(parts)
    _, hidden, _ = await conversations(parts, series)

    page = await parts.calendar.page(HOME, 0)
    assert len(page.conversations) == 1
    assert await parts.cards.shown(hidden.id) == (None, None)
    assert hidden.id not in await parts.cards.to_look_at()
    assert await parts.cards.count_missing(HOME) == 1
    for refused in (
        parts.calendar.get(hidden.id, HOME),
        parts.sign_ups.sign_up(hidden.id, HOME, AMINA),
        parts.sign_ups.leave(hidden.id, HOME, AMINA),
        parts.sign_ups.mine(hidden.id, HOME, AMINA),
        parts.calendar.pick(HOME, str(hidden.id)),
    ):
        with pytest.raises(NotFound, match="I can't find that conversation"):
            await refused
    assert await parts.calendar.pick(HOME, str(hidden.id), unannounced=True) == hidden
    assert len(await parts.calendar.titled(HOME, "who")) == 1
    assert len(await parts.calendar.titled(HOME, "who", unannounced=True)) == 3


async def test_nothing_else_on_discord_knows_of_it_either(parts: Services):
    series = await started(parts)
    december, hidden, _ = await conversations(parts, series)

    assert (await parts.threads.of(hidden.id))[0] is None
    assert (await parts.events_list.mirrored(hidden.id)).conversation is None
    assert list(await parts.events_list.to_look_at()) == [december.id]
    assert list(await parts.threads.to_look_at()) == [december.id]


async def test_a_sweep_that_finds_all_as_it_should_be_writes_nothing(parts: Services, db: Database):
    series = await started(parts)
    await parts.series.making.sweep()
    before = (await db.only("PRAGMA data_version"))[0]
    for _ in range(3):
        await parts.series.making.sweep()

    assert (await db.only("PRAGMA data_version"))[0] == before
    assert (await parts.series.book.get(series.id, HOME)).look_at is not None


async def test_a_named_host_hears_of_a_move_before_it_is_announced(parts: Services, db: Database):
    series = await started(parts)
    january = (await conversations(parts, series))[1]
    await parts.hosting.name(january.id, HostChange(host_id=BRYN), by=ORGANISER)
    move = await parts.changing.propose_move(january.id, "14 Jan 3pm", by=ORGANISER)
    await parts.changing.move(move.id, by=ORGANISER)

    rows = await db.all("SELECT member_id FROM notice WHERE kind = 'moved'")
    assert [row["member_id"] for row in rows] == [BRYN]
    assert not (await conversations(parts, series))[1].is_announced


async def test_those_standing_get_places_in_their_order_and_are_told_once(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts, places=2)
    for member_id in (BRYN, AMINA, CHIDI):
        await parts.series.standing.join(series.id, HOME, member_id)
    clock.advance(days=25)
    await parts.series.making.run()
    await parts.series.making.run()

    _, january, _ = (await conversations(parts, series))[:3]
    assert january.is_announced
    assert await answers(db, january.id) == {BRYN: "going", AMINA: "going", CHIDI: "waiting"}
    messenger = RecordingMessenger()
    for _ in range(9):
        clock.advance(minutes=1)
        await parts.notices.deliver_due(messenger)
    told = [each for each in messenger.asked if each.conversation_id == january.id]
    assert [(each.kind, each.member_id, each.occurrence) for each in told] == [
        ("signed_up", BRYN, 1),
        ("signed_up", AMINA, 2),
        ("signed_up", CHIDI, 3),
    ]
    assert (await parts.sign_ups.leave(january.id, HOME, AMINA)).moved_up == 1


async def test_joining_takes_a_place_in_what_is_announced_and_changes_no_answer(
    parts: Services, db: Database
):
    series = await started(parts, places=1)
    december = (await conversations(parts, series))[0]
    await parts.sign_ups.maybe(december.id, HOME, AMINA)

    amina = await parts.series.standing.join(series.id, HOME, AMINA)
    bryn = await parts.series.standing.join(series.id, HOME, BRYN)
    chidi = await parts.series.standing.join(series.id, HOME, CHIDI)
    again = await parts.series.standing.join(series.id, HOME, CHIDI)

    assert await answers(db, december.id) == {AMINA: "maybe", BRYN: "going", CHIDI: "waiting"}
    assert (amina.is_new, list(amina.going), list(amina.waiting)) == (True, [], [])
    assert [each.id for each in bryn.going] == [december.id]
    assert [each.id for each in chidi.waiting] == [december.id]
    assert (again.is_new, list(again.waiting)) == (False, [])


async def test_who_leaves_the_series_is_signed_up_to_no_more_and_keeps_their_place(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts)
    await parts.series.standing.join(series.id, HOME, AMINA)

    assert (await parts.series.standing.leave(series.id, HOME, AMINA))[1]
    assert not (await parts.series.standing.leave(series.id, HOME, AMINA))[1]
    clock.advance(days=25)
    await parts.series.making.run()

    december, january, *_ = await conversations(parts, series)
    assert await answers(db, december.id) == {AMINA: "going"}
    assert await answers(db, january.id) == {}


async def test_who_leaves_the_server_is_signed_up_to_no_more(parts: Services, db: Database):
    series = await started(parts)
    await parts.series.standing.join(series.id, HOME, AMINA)
    await parts.series.standing.has_left(AWAY, AMINA)
    assert await parts.series.standing.has(series.id, AMINA)
    await parts.series.standing.has_left(HOME, AMINA)
    assert not await parts.series.standing.has(series.id, AMINA)


async def test_a_thousand_standing_sign_ups_are_announced_in_one_go(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts, places=300)
    async with db.write() as tx:
        await tx.run_many(
            "INSERT INTO standing_sign_up (series_id, member_id, since) VALUES (:s, :m, :now)",
            [{"s": series.id, "m": m, "now": "2026-11-23T09:00:00Z"} for m in range(1, 1001)],
        )
    clock.advance(days=25)
    await parts.series.making.run()

    january = (await conversations(parts, series))[1]
    assert (january.going, january.waiting) == (300, 700)
    assert [m for m, state in (await answers(db, january.id)).items()] == list(range(1, 1001))


async def test_a_series_that_runs_out_ends_by_itself(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts, count=2)
    await parts.series.standing.join(series.id, HOME, AMINA)
    assert len(await made_by(db, series)) == 2

    clock.advance(days=60)
    await parts.series.making.run()

    assert (await parts.series.book.get(series.id, HOME)).state is SeriesState.ENDED
    assert await parts.series.making.next_due() is None
    assert not await parts.series.standing.has(series.id, AMINA)


async def test_one_that_is_removed_is_not_made_again(parts: Services, db: Database):
    series = await started(parts)
    december = (await conversations(parts, series))[0]

    await parts.planning.remove(december.id, by=ORGANISER)
    await parts.series.making.run()

    assert [made[0] for made in await made_by(db, series)] == [
        "2027-01-07",
        "2027-02-04",
        "2027-03-04",
    ]


async def test_one_that_is_cancelled_leaves_three_others(parts: Services, db: Database):
    series = await started(parts)
    december = (await conversations(parts, series))[0]

    await parts.changing.cancel(december.id, "The hall is flooded.", by=ORGANISER)
    await parts.series.making.run()

    assert [made[0] for made in await made_by(db, series)] == [
        "2027-01-07",
        "2027-02-04",
        "2027-03-04",
    ]


async def test_another_time_zone_moves_what_nobody_has_heard_of(parts: Services, db: Database):
    series = await started(parts)

    await parts.networks.choose_time_zone("Europe/Lisbon", by=MANAGER)
    await parts.networks.choose_time_zone("America/New_York", by=MANAGER)
    await parts.series.making.sweep()

    assert [made[1] for made in await made_by(db, series)] == [
        "2026-12-03T14:00",
        "2027-01-07T19:00",
        "2027-02-04T19:00",
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": "1 Nov 2026"}, "Sunday 1 November 2026 has already gone"),
        ({"until": "1 Dec 2026"}, "before its first conversation on Thursday 3 December 2026"),
        ({"until": "1 Dec 2099"}, "more than ten years away"),
        ({"until": "1 Dec 2026", "count": 3}, "either a last day or how many"),
        ({"count": 0}, "number of conversations must be a whole number from 1 to 500"),
        ({"at": "afternoon"}, "I can't find a time of day in “afternoon”"),
        ({"at": "2pm 3 Dec"}, "I can't find a time of day in “2pm 3 Dec”"),
        ({"first": "1 Dec 2030"}, "more than two years away"),
        ({"at": "01:30", "weekday": 6, "which": Which.LAST}, "clocks go forward that day"),
        ({"at": "01:30", "weekday": 6, "which": Which.EVERY}, "28 March 2027"),
        ({"announce_weeks": 0}, "weeks to announce it before must be a whole number from 1 to 12"),
        ({"first": "fifth Thursday of February 2027"}, "February 2027 has no fifth Thursday"),
    ],
)
async def test_what_makes_no_series_is_refused_with_the_reason(parts, typed, said):
    with pytest.raises(Invalid, match=said):
        await parts.series.starting.draft(details(), replace(TYPED, **typed), by=ORGANISER)


async def test_a_draft_whose_dates_have_all_gone_is_not_started(parts: Services, clock: FakeClock):
    typed = replace(TYPED, count=1)
    draft = await parts.series.starting.draft(details(), typed, by=ORGANISER)
    clock.advance(days=11)
    with pytest.raises(Invalid, match="All its dates have gone by"):
        await parts.series.starting.start(draft.id, by=ORGANISER)


async def test_a_draft_is_started_once(parts: Services, db: Database):
    draft = await parts.series.starting.draft(details(), TYPED, by=ORGANISER)
    outcomes = await asyncio.gather(
        parts.series.starting.start(draft.id, by=ORGANISER),
        parts.series.starting.start(draft.id, by=ORGANISER),
        return_exceptions=True,
    )

    refused = [each for each in outcomes if isinstance(each, Closed)]
    assert [str(each) for each in refused] == [
        "This series is started already. Nothing has changed."
    ]
    assert len(await db.all("SELECT 1 FROM conversation")) == 3


async def test_a_draft_is_thrown_away_or_forgotten(parts: Services, clock: FakeClock, db: Database):
    for _ in range(2):
        draft = await parts.series.starting.draft(details(), TYPED, by=ORGANISER)
    await parts.series.starting.throw_away(draft.id, by=ORGANISER)
    clock.advance(days=2)
    await parts.series.making.sweep()

    assert await db.all("SELECT 1 FROM series") == []


async def test_a_network_has_no_more_series_than_can_be_looked_after(parts: Services):
    for _ in range(MOST_SERIES):
        await started(parts)
    with pytest.raises(Invalid, match="This network has 25 series"):
        await parts.series.starting.draft(details(), TYPED, by=ORGANISER)


async def test_only_organisers_may(parts: Services):
    series = await started(parts)
    shown = (await conversations(parts, series))[0]
    asks = (
        parts.series.starting.draft(details(), TYPED, by=MEMBER),
        parts.series.reshaping.propose(series.id, Wish(weekday=1), by=MEMBER),
        parts.series.reshaping.propose_from_move(MoveId(1), by=MEMBER),
        parts.series.reshaping.change(ProposedRuleId(1), by=MEMBER),
        parts.series.reshaping.leave_as_it_is(ProposedRuleId(1), by=MEMBER),
        parts.series.later.rewrite(ConversationId(1), details(), shown=shown, by=MEMBER),
        parts.series.later.describe(ConversationId(1), More(), "", shown=shown, by=MEMBER),
        parts.series.later.cancel(ConversationId(1), "because", by=MEMBER),
        parts.series.starting.start(series.id, by=MEMBER),
        parts.series.starting.throw_away(series.id, by=MEMBER),
        parts.series.pausing.pause(series.id, by=MEMBER),
        parts.series.pausing.resume(series.id, by=MEMBER),
        parts.series.pausing.end(series.id, None, by=MEMBER),
        parts.series.pausing.counts(series.id, by=MEMBER),
        parts.series.pausing.skip(series.id, series.rule.first.date(), "", by=MEMBER),
    )
    for ask in asks:
        with pytest.raises(
            NotAllowed, match=r"Only organisers can (start|change|move) a (series|conversation)"
        ):
            await ask


async def test_another_networks_series_is_as_good_as_missing(parts: Services):
    series = await started(parts)
    away = replace(ORGANISER, network_id=AWAY)
    proposed = await parts.series.reshaping.propose(series.id, Wish(weekday=1), by=ORGANISER)
    asks = (
        parts.series.book.get(series.id, AWAY),
        parts.series.book.pick(AWAY, str(series.id)),
        parts.series.book.pick(AWAY, "Who decides?"),
        parts.series.standing.join(series.id, AWAY, AMINA),
        parts.series.standing.leave(series.id, AWAY, AMINA),
        parts.series.starting.start(series.id, by=away),
        parts.series.reshaping.propose(series.id, Wish(weekday=1), by=away),
        parts.series.reshaping.change(proposed.id, by=away),
        parts.series.reshaping.leave_as_it_is(proposed.id, by=away),
        parts.series.pausing.pause(series.id, by=away),
        parts.series.pausing.resume(series.id, by=away),
        parts.series.pausing.end(series.id, "because", by=away),
        parts.series.pausing.skip(series.id, series.rule.first.date(), "", by=away),
        parts.series.book.get(SeriesId(99), HOME),
    )
    for ask in asks:
        with pytest.raises(NotFound) as refused:
            await ask
        assert str(refused.value) == MISSING
    assert list((await parts.series.book.page(AWAY, AMINA, 0)).outlooks) == []


async def test_words_in_several_titles_are_refused_with_how_many(parts: Services):
    for _ in range(2):
        await started(parts)
    with pytest.raises(NotFound, match="2 series have that in their title"):
        await parts.series.book.pick(HOME, "who")


async def test_what_is_ahead_is_listed_with_what_became_of_it(parts: Services, db: Database):
    series = await started(parts)
    december, january, _ = await conversations(parts, series)
    await parts.changing.cancel(december.id, "The hall is flooded.", by=ORGANISER)
    await parts.series.pausing.skip(series.id, january.occurrence.date, "", by=ORGANISER)

    outlook = await parts.series.book.outlook(series.id, HOME, AMINA)

    said = [
        (f"{each.starts_at:%d %b}", each.conversation is not None, each.is_skipped)
        for each in outlook.dates
    ]
    assert said == [
        ("03 Dec", True, False),
        ("07 Jan", False, True),
        ("04 Feb", False, False),
        ("04 Mar", False, False),
        ("01 Apr", False, False),
        ("06 May", False, False),
    ]


async def test_plain_conversations_are_of_no_series(parts: Services):
    conversation = await planned(parts)
    await parts.planning.edit(conversation.id, details("Another"), by=ORGANISER)
    await sign_up(parts, conversation, DILYS)
    after = await parts.calendar.get(conversation.id, HOME)

    assert after.occurrence is None
    assert after.is_announced


async def test_a_tick_with_nothing_due_costs_the_same_with_two_hundred_series(
    parts: Services, db: Database
):
    """Both questions of a tick are answered by an index, whatever the number of series."""
    for number in range(8):
        by = replace(ORGANISER, network_id=NetworkId(3000 + number))
        for _ in range(MOST_SERIES):
            await started(parts, by=by)
    assert (await db.only("SELECT count(*) AS n FROM conversation"))["n"] == 600
    for sql in (
        "SELECT look_at FROM series WHERE state = 'running' AND look_at IS NOT NULL "
        "ORDER BY look_at LIMIT 1",
        "SELECT announce_at FROM conversation WHERE announce_at IS NOT NULL "
        "AND planned_at IS NOT NULL AND cancelled_at IS NULL AND NOT EXISTS (SELECT 1 FROM series "
        "WHERE series.id = series_id AND series.state = 'paused') ORDER BY announce_at LIMIT 1",
    ):
        plan = [row["detail"] for row in await db.all(f"EXPLAIN QUERY PLAN {sql}")]
        assert not any("TEMP B-TREE" in step for step in plan), plan
        assert "INDEX" in plan[0], plan
