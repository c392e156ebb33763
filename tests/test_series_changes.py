"""Changing a series: what moves, what stays, who hears, and what is never overwritten."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from bot.client import Services
from bot.conversations.model import Details, HostChange
from bot.errors import Closed, Invalid
from bot.series.model import SeriesState, Which
from bot.series.service.reshaping import Wish
from bot.storage.database import Database
from tests.conftest import AMINA, BRYN, CHIDI, HOME, ORGANISER, FakeClock
from tests.fakes import answers, made_by, sign_up, started

DECEMBER, JANUARY, FEBRUARY = date(2026, 12, 3), date(2027, 1, 7), date(2027, 2, 4)


async def three(parts: Services, series):
    found = await parts.series.book.conversations(series, since=series.rule.first.date())
    return [each for each in found if not each.is_cancelled][:3]


async def change(parts: Services, series, **wish):
    proposed = await parts.series.reshaping.propose(series.id, Wish(**wish), by=ORGANISER)
    return await parts.series.reshaping.change(proposed.id, by=ORGANISER)


async def edited(parts: Services, conversation, title="Our own"):
    new = replace(conversation.details, title=title)
    await parts.planning.edit(conversation.id, new, by=ORGANISER)


async def owed(db: Database, kind: str):
    rows = await db.all(
        "SELECT member_id FROM notice WHERE kind = :kind AND state = 'owed' ORDER BY id",
        {"kind": kind},
    )
    return [row["member_id"] for row in rows]


async def test_another_weekday_moves_what_nobody_edited_and_says_which_it_left(
    parts: Services, db: Database
):
    series = await started(parts)
    december, january, february = await three(parts, series)
    await sign_up(parts, december, AMINA, BRYN)
    await edited(parts, january)

    outcome = await change(parts, series, which=Which.SECOND, weekday=1, at="6pm")

    assert await made_by(db, series) == [
        ("2026-12-08", "2026-12-08T18:00", True),
        ("2027-01-12", "2027-01-07T14:00", False),
        ("2027-02-09", "2027-02-09T18:00", False),
    ]
    assert [each.id for each in outcome.changed] == [december.id, february.id]
    assert [each.id for each in outcome.left_edited] == [january.id]
    assert outcome.people_told == 2
    assert await owed(db, "moved") == [AMINA, BRYN]
    assert (await parts.sign_ups.mine(december.id, HOME, AMINA)).sign_up.asked_again


async def test_the_hour_alone_keeps_the_dates(parts: Services, db: Database):
    series = await started(parts)
    await change(parts, series, at="6:30pm")

    assert [made[:2] for made in await made_by(db, series)] == [
        ("2026-12-03", "2026-12-03T18:30"),
        ("2027-01-07", "2027-01-07T18:30"),
        ("2027-02-04", "2027-02-04T18:30"),
    ]


async def test_fewer_dates_take_away_what_nobody_answered_and_leave_the_rest(
    parts: Services, db: Database
):
    series = await started(parts, which=Which.EVERY)
    november, december, answered = await three(parts, series)
    await sign_up(parts, answered, AMINA)

    outcome = await change(parts, series, which=Which.FIRST)

    assert [each.id for each in outcome.left_answered] == [answered.id]
    assert outcome.removed == 1
    assert await made_by(db, series) == [
        ("2026-12-03", "2026-12-03T14:00", True),
        (None, "2026-12-10T14:00", True),
        ("2027-01-07", "2027-01-07T14:00", False),
        ("2027-02-04", "2027-02-04T14:00", False),
    ]
    ids = {each.id for each in await parts.series.book.conversations(series, since=DECEMBER)}
    assert december.id in ids
    assert november.id not in ids
    assert await owed(db, "cancelled") == []


async def test_more_dates_are_made_beside_those_there_are(parts: Services, db: Database):
    series = await started(parts)
    await change(parts, series, which=Which.EVERY)

    assert [made[0] for made in await made_by(db, series)] == [
        "2026-12-03",
        "2026-12-10",
        "2026-12-17",
        "2027-01-07",
        "2027-02-04",
    ]


async def test_what_was_left_out_or_cancelled_stays_so_under_another_rule(
    parts: Services, db: Database
):
    series = await started(parts)
    december = (await three(parts, series))[0]
    await parts.changing.cancel(december.id, "The hall is flooded.", by=ORGANISER)
    await parts.series.pausing.skip(series.id, JANUARY, "", by=ORGANISER)

    await change(parts, series, weekday=1)

    assert [made[0] for made in await made_by(db, series)] == [
        "2027-02-02",
        "2027-03-02",
        "2027-04-06",
    ]
    assert await parts.series.book.skipped(series) == {date(2027, 1, 5)}


async def test_another_time_of_announcing_counts_for_what_is_not_announced(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts)
    await change(parts, series, announce_weeks=8)
    await parts.series.making.run()

    assert [made[2] for made in await made_by(db, series)] == [True, True, False]


async def test_an_end_can_be_given_and_taken_away(parts: Services, db: Database):
    series = await started(parts)
    ending = await change(parts, series, until="31 Jan 2027")
    assert ending.series.rule.last.date() == JANUARY
    assert [made[0] for made in await made_by(db, series)] == ["2026-12-03", "2027-01-07"]
    endless = await change(parts, series, until="never")
    assert endless.series.rule.last is None
    assert len(await made_by(db, series)) == 3


async def test_two_organisers_changing_at_once_do_not_mix(parts: Services, db: Database):
    series = await started(parts)
    mine = await parts.series.reshaping.propose(series.id, Wish(weekday=1), by=ORGANISER)
    theirs = await parts.series.reshaping.propose(series.id, Wish(at="9am"), by=ORGANISER)

    outcomes = await asyncio.gather(
        parts.series.reshaping.change(mine.id, by=ORGANISER),
        parts.series.reshaping.change(theirs.id, by=ORGANISER),
        return_exceptions=True,
    )

    (refused,) = [str(each) for each in outcomes if isinstance(each, Closed)]
    assert refused.startswith("Somebody else changed this series in the meantime")
    assert (await made_by(db, series))[0][1] in {
        "2026-12-01T14:00",
        "2026-12-03T09:00",
    }


async def test_a_change_that_changes_nothing_is_refused(parts: Services):
    series = await started(parts)
    with pytest.raises(Invalid, match="That is how this series already is"):
        await change(parts, series, weekday=3)


async def test_an_hour_that_clocks_skip_is_refused_before_anything_changes(parts, db):
    series = await started(parts)
    before = await made_by(db, series)
    with pytest.raises(Invalid, match="There is no 1:30am on Sunday 28 March 2027"):
        await change(parts, series, which=Which.LAST, weekday=6, at="1:30am")
    assert await made_by(db, series) == before


async def test_a_change_that_was_read_back_can_be_left(parts: Services, db: Database):
    series = await started(parts)
    proposed = await parts.series.reshaping.propose(series.id, Wish(weekday=1), by=ORGANISER)
    await parts.series.reshaping.leave_as_it_is(proposed.id, by=ORGANISER)

    assert await db.all("SELECT 1 FROM proposed_rule") == []
    assert (await made_by(db, series))[0][1] == "2026-12-03T14:00"


# This one and later


async def test_moving_this_one_alone_marks_it_and_nothing_else(parts: Services, db: Database):
    series = await started(parts)
    january = (await three(parts, series))[1]
    move = await parts.changing.propose_move(january.id, "14 Jan 3pm", by=ORGANISER)
    await parts.changing.move(move.id, by=ORGANISER)
    await parts.series.making.run()

    after = await three(parts, series)
    assert [each.occurrence.is_edited for each in after] == [False, True, False]
    assert [made[:2] for made in await made_by(db, series)][1] == (
        "2027-01-07",
        "2027-01-14T15:00",
    )
    assert after[1].moved_from is None, "nobody had heard of it"
    assert after[1].announce_at == january.announce_at + (after[1].starts_at - january.starts_at)


async def test_moving_this_one_and_later_moves_the_rule_from_there_on(
    parts: Services, db: Database
):
    series = await started(parts)
    december, january, february = await three(parts, series)
    await sign_up(parts, december, AMINA)
    await edited(parts, february)
    move = await parts.changing.propose_move(january.id, "12 Jan 3pm", by=ORGANISER)

    proposed = await parts.series.reshaping.propose_from_move(move.id, by=ORGANISER)
    outcome = await parts.series.reshaping.change(proposed.id, by=ORGANISER)

    assert proposed.rule.text == "FREQ=MONTHLY;BYDAY=2TU"
    assert [made[:2] for made in await made_by(db, series)] == [
        ("2026-12-03", "2026-12-03T14:00"),
        ("2027-01-12", "2027-01-12T15:00"),
        ("2027-02-09", "2027-02-04T14:00"),
        ("2027-03-09", "2027-03-09T15:00"),
    ]
    assert [each.id for each in outcome.left_edited] == [february.id]
    assert await owed(db, "moved") == []
    assert (await parts.calendar.get(december.id, HOME)).occurrence.rule is None


async def test_moving_this_one_and_later_over_the_one_before_is_refused(parts: Services):
    series = await started(parts)
    january = (await three(parts, series))[1]
    move = await parts.changing.propose_move(january.id, "3 Dec 3pm", by=ORGANISER)
    with pytest.raises(Invalid, match="also has a conversation on Thursday 3 December 2026"):
        await parts.series.reshaping.propose_from_move(move.id, by=ORGANISER)


async def test_editing_this_one_and_later_changes_only_what_was_changed(
    parts: Services, db: Database
):
    series = await started(parts, places=1)
    december, january, february = await three(parts, series)
    await sign_up(parts, december, AMINA, BRYN)
    await edited(parts, january, "Our own")
    shown = december.details

    outcome = await parts.series.later.rewrite(
        december.id, replace(shown, places=5), shown=december, by=ORGANISER
    )

    after = await three(parts, series)
    assert [each.details.places for each in after] == [5, 1, 5]
    assert [each.title for each in after] == ["Who decides?", "Our own", "Who decides?"]
    assert [each.id for each in outcome.left_edited] == [january.id]
    assert outcome.moved_up == 1
    assert outcome.series.details.places == 5
    assert not after[0].occurrence.is_edited
    assert february.id == after[2].id


async def test_editing_a_later_one_leaves_those_before_it(parts: Services):
    series = await started(parts)
    february = (await three(parts, series))[2]
    new = replace(february.details, title="Who pays?")
    await parts.series.later.rewrite(february.id, new, shown=february, by=ORGANISER)

    assert [each.title for each in await three(parts, series)] == [
        "Who decides?",
        "Who decides?",
        "Who pays?",
    ]


async def test_an_edit_over_somebody_elses_is_refused(parts: Services):
    series = await started(parts)
    december = (await three(parts, series))[0]
    await edited(parts, december)
    with pytest.raises(Closed, match="Somebody else changed this conversation"):
        await parts.series.later.rewrite(
            december.id, december.details, shown=december, by=ORGANISER
        )


async def test_the_deadline_keeps_its_distance_from_every_start(parts: Services, clock: FakeClock):
    series = await started(parts)
    december = (await three(parts, series))[0]
    more = replace(december.more, questions=("Who decides?",), content_note="Money")

    await parts.series.later.describe(december.id, more, "2 Dec 2pm", shown=december, by=ORGANISER)
    clock.advance(days=30)
    await parts.series.making.run()

    made = await parts.series.book.conversations(series, since=DECEMBER)
    assert len(made) == 4
    for each in made:
        assert (each.starts_at - each.more.closes_at).days == 1
        assert each.more.content_note == "Money"


async def test_saying_more_keeps_the_deadlines_that_nobody_changed(parts: Services):
    series = await started(parts)
    december, january, _ = await three(parts, series)
    await parts.series.later.describe(
        december.id, december.more, "2 Dec 2pm", shown=december, by=ORGANISER
    )
    shown = (await three(parts, series))[0]

    await parts.series.later.describe(
        december.id, replace(shown.more, offered="Tea"), "2 Dec 2pm", shown=shown, by=ORGANISER
    )

    made = await three(parts, series)
    assert [(each.starts_at - each.more.closes_at).days for each in made] == [1, 1, 1]
    assert {each.more.offered for each in made} == {"Tea"}
    assert made[1].id == january.id


async def test_a_deadline_after_the_start_is_refused_for_all(parts: Services):
    series = await started(parts)
    december = (await three(parts, series))[0]
    with pytest.raises(Invalid, match="would close after the conversation has started"):
        await parts.series.later.describe(
            december.id, december.more, "4 Dec 2pm", shown=december, by=ORGANISER
        )


async def test_cancelling_this_one_and_later_ends_the_series_there(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts, announce_weeks=10)
    december, january, february = await three(parts, series)
    await sign_up(parts, january, AMINA)
    await edited(parts, february)

    outcome = await parts.series.later.cancel(january.id, "No more money.", by=ORGANISER)
    await parts.series.making.sweep()

    assert await owed(db, "cancelled") == [AMINA]
    assert (outcome.people_told, [each.id for each in outcome.left_edited]) == (1, [february.id])
    assert [made[0] for made in await made_by(db, series)] == ["2026-12-03", "2027-02-04"]
    assert outcome.series.state is SeriesState.RUNNING, "until the third of December has been"
    clock.advance(days=11)
    await parts.series.making.sweep()
    assert (await parts.series.book.get(series.id, HOME)).state is SeriesState.ENDED
    assert december.is_announced


async def test_cancelling_the_first_and_later_ends_it_at_once(parts: Services, db: Database):
    series = await started(parts)
    await parts.series.standing.join(series.id, HOME, AMINA)
    december = (await three(parts, series))[0]

    outcome = await parts.series.later.cancel(december.id, "No more money.", by=ORGANISER)

    assert outcome.series.state is SeriesState.ENDED
    assert (outcome.people_told, outcome.removed) == (1, 2)
    assert await made_by(db, series) == []
    with pytest.raises(Closed, match="This series has ended"):
        await parts.series.standing.join(series.id, HOME, AMINA)


async def test_cancelling_needs_a_reason(parts: Services):
    series = await started(parts)
    december = (await three(parts, series))[0]
    with pytest.raises(Invalid, match="Please give a reason"):
        await parts.series.later.cancel(december.id, " ", by=ORGANISER)


# Leaving out, pausing, ending


async def test_a_date_that_nobody_knows_of_is_left_out_quietly(parts: Services, db: Database):
    series = await started(parts)
    outcome = await parts.series.pausing.skip(series.id, JANUARY, "", by=ORGANISER)
    further = await parts.series.pausing.skip(series.id, date(2027, 3, 4), "", by=ORGANISER)

    assert (outcome.removed, outcome.people_told, further.removed) == (1, 0, 1)
    assert [made[0] for made in await made_by(db, series)] == [
        "2026-12-03",
        "2027-02-04",
        "2027-04-01",
    ]


async def test_a_date_that_people_answered_is_cancelled_with_a_reason(
    parts: Services, db: Database
):
    series = await started(parts)
    december = (await three(parts, series))[0]
    await sign_up(parts, december, AMINA)

    with pytest.raises(Invalid, match="People have answered for Thursday 3 December 2026, 2:00pm"):
        await parts.series.pausing.skip(series.id, DECEMBER, " ", by=ORGANISER)
    outcome = await parts.series.pausing.skip(series.id, DECEMBER, "Holidays.", by=ORGANISER)

    assert outcome.people_told == 1
    assert await owed(db, "cancelled") == [AMINA]
    assert len(await made_by(db, series)) == 3


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 12, 4), "The series has no conversation on that day"),
        (date(2026, 11, 5), "The series has no conversation on that day"),
        (FEBRUARY, "That date is left out already"),
        (DECEMBER, "That one is cancelled already"),
    ],
)
async def test_a_date_that_cannot_be_left_out_is_refused(parts: Services, day, said):
    series = await started(parts)
    await parts.series.pausing.skip(series.id, FEBRUARY, "", by=ORGANISER)
    december = (await three(parts, series))[0]
    await parts.changing.cancel(december.id, "The hall is flooded.", by=ORGANISER)
    with pytest.raises((Invalid, Closed), match=said):
        await parts.series.pausing.skip(series.id, day, "", by=ORGANISER)


async def test_while_paused_nothing_is_made_or_announced(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts)
    await parts.series.standing.join(series.id, HOME, AMINA)
    counts = await parts.series.pausing.pause(series.id, by=ORGANISER)
    before = await made_by(db, series)

    clock.advance(days=30)
    await parts.series.making.sweep()

    assert (len(counts.announced), len(counts.unannounced)) == (1, 2)
    assert await made_by(db, series) == before
    assert await parts.series.making.next_due() is None
    with pytest.raises(Closed, match="paused already"):
        await parts.series.pausing.pause(series.id, by=ORGANISER)

    await parts.series.pausing.resume(series.id, by=ORGANISER)
    await parts.series.making.run()

    assert [made[::2] for made in await made_by(db, series)] == [
        ("2026-12-03", True),
        ("2027-01-07", True),
        ("2027-02-04", False),
        ("2027-03-04", False),
    ]
    january = (await three(parts, series))[1]
    assert await answers(db, january.id) == {AMINA: "going"}
    with pytest.raises(Closed, match="This series is not paused"):
        await parts.series.pausing.resume(series.id, by=ORGANISER)


async def test_what_went_by_during_a_pause_is_not_made_up(
    parts: Services, db: Database, clock: FakeClock
):
    series = await started(parts)
    await parts.series.pausing.pause(series.id, by=ORGANISER)
    clock.advance(days=100)
    await parts.series.pausing.resume(series.id, by=ORGANISER)
    await parts.series.making.run()

    assert [made[0] for made in await made_by(db, series)] == [
        "2026-12-03",
        "2027-03-04",
        "2027-04-01",
        "2027-05-06",
    ]


async def test_an_end_takes_away_what_nobody_knows_and_leaves_the_rest(
    parts: Services, db: Database
):
    series = await started(parts)
    december, january, _ = await three(parts, series)
    await sign_up(parts, december, AMINA)
    await edited(parts, january)

    outcome = await parts.series.pausing.end(series.id, None, by=ORGANISER)
    await parts.series.making.sweep()

    assert (outcome.removed, outcome.people_told) == (1, 0)
    assert [each.id for each in outcome.left_edited] == [january.id]
    assert [made[0] for made in await made_by(db, series)] == ["2026-12-03", "2027-01-07"]
    for refused in (
        parts.series.pausing.pause(series.id, by=ORGANISER),
        parts.series.pausing.end(series.id, None, by=ORGANISER),
        parts.series.reshaping.propose(series.id, Wish(weekday=1), by=ORGANISER),
    ):
        with pytest.raises(Closed, match="This series has ended"):
            await refused


async def test_an_end_with_a_reason_tells_everybody_who_answered(parts: Services, db: Database):
    series = await started(parts)
    december = (await three(parts, series))[0]
    await sign_up(parts, december, AMINA, CHIDI)

    outcome = await parts.series.pausing.end(series.id, "No more money.", by=ORGANISER)

    assert outcome.people_told == 2
    assert await owed(db, "cancelled") == [AMINA, CHIDI]
    assert await made_by(db, series) == []


async def test_a_series_and_its_network_go_together(parts: Services, db: Database):
    await started(parts)
    async with db.write() as tx:
        await tx.run("DELETE FROM network WHERE id = :id", {"id": HOME})
    assert await db.all("SELECT 1 FROM series") == []
    assert await db.all("SELECT 1 FROM conversation") == []
    assert await db.all("SELECT 1 FROM series_skip") == []


async def test_an_edit_that_changes_nothing_marks_nothing(parts: Services):
    series = await started(parts)
    december = (await three(parts, series))[0]
    same: Details = december.details
    await parts.planning.edit(december.id, same, by=ORGANISER)
    await parts.planning.describe(december.id, december.more, "", by=ORGANISER)
    assert not (await three(parts, series))[0].occurrence.is_edited


async def test_what_somebody_was_named_to_host_does_not_vanish(parts: Services, db: Database):
    series = await started(parts)
    january, february = (await three(parts, series))[1:]
    await parts.hosting.name(january.id, HostChange(host_id=BRYN), by=ORGANISER)

    with pytest.raises(Invalid, match=r"or host it\. Please give a reason"):
        await parts.series.pausing.skip(series.id, JANUARY, "", by=ORGANISER)
    outcome = await parts.series.pausing.end(series.id, None, by=ORGANISER)

    assert [each.id for each in outcome.left_edited] == [january.id]
    assert outcome.removed == 1
    assert february.id not in {each.id for each in await three(parts, series)}
