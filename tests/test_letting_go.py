"""What is kept ends when the README says so, at night, and nothing else does."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.client import Services
from bot.conversations.model import HostChange, Look, Wish
from bot.ids import FORGOTTEN
from bot.keeping.erasures import Erasure, journal_of, since, write_down
from bot.keeping.everything import KEPT
from bot.keeping.nightly import Nightly
from bot.keeping.shelf import Shelf
from bot.kept import SOON, YEAR
from bot.notices.model import NoticeKind
from bot.storage.database import Database
from bot.themes.service import AddAs
from tests.conftest import AMINA, BRYN, CHIDI, HOME, MODERATOR, ORGANISER, FakeClock
from tests.fakes import RecordingMessenger, planned, sign_up, started
from tests.quotes import MODERATOR as QUOTE_MODERATOR
from tests.quotes import published, shared

STARTS = timedelta(days=10, hours=5)
"""From the beginning of a test to the first Thursday."""


async def lived(parts: Services, clock: FakeClock) -> None:
    """A conversation with all that may be kept about its people."""
    conversation = await planned(parts)
    await sign_up(parts, conversation, AMINA, BRYN, CHIDI)
    await parts.sign_ups.leave(conversation.id, HOME, CHIDI)
    await parts.choosing.choose(conversation.id, HOME, AMINA, shows_name=True)
    await parts.company.wish(conversation.id, HOME, BRYN, Wish.HAVE_ONE)
    await parts.company.ask_supporter(conversation.id, HOME, AMINA, CHIDI)
    await parts.guests.add(conversation.id, "Sam", "", looked_after_by=AMINA, by=ORGANISER)
    await parts.hosting.name(
        conversation.id,
        HostChange(host_id=ORGANISER.member_id, deputy_id=BRYN),
        by=ORGANISER,
    )
    await parts.people.write(conversation.id, "Bring a cup", only_going=False, by=ORGANISER)
    await parts.access_needs.look(conversation.id, Look.LIST, by=ORGANISER)
    await parts.reminder_wishes.choose_for_one(conversation.id, HOME, BRYN, is_wanted=True)
    await parts.notices.deliver_due(RecordingMessenger())
    clock.advance(seconds=STARTS.total_seconds())


async def rows(db: Database, table: str) -> int:
    return (await db.only(f"SELECT count(*) AS n FROM {table}"))["n"]  # noqa: S608


AROUND = ("pair", "buddy_wish", "guest", "hosting", "written", "reminder_of_one", "notice")


async def test_what_only_mattered_around_it_goes_after_thirty_days(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    await lived(parts, clock)
    clock.advance(seconds=SOON.total_seconds() - 1)
    await parts.letting_go.run()
    for table in AROUND:
        assert await rows(db, table) > 0, table

    clock.advance(days=1)
    await parts.letting_go.run()

    assert {table: await rows(db, table) for table in AROUND} == dict.fromkeys(AROUND, 0)
    row = await db.only("SELECT going, deputy_id, drafted_by FROM conversation")
    assert tuple(row) == (3, BRYN, ORGANISER.member_id), "the guest counts, the host stays"
    listed = await parts.people.page(1, 0, by=ORGANISER)  # pyright: ignore[reportArgumentType]
    assert [(each.member_id, each.guest) for each in listed.listed] == [
        (AMINA, None),
        (BRYN, None),
        (None, None),
    ]


async def test_after_a_year_only_the_numbers_stay(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    await lived(parts, clock)
    async with db.write() as tx:
        await tx.run(
            "INSERT INTO card (conversation_id, network_id, channel_id, message_id, shows) "
            "VALUES (1, 1001, 5, 6, 'names')"
        )
    rung: list[int] = []
    parts.conversation_changed.listen(rung.append)
    clock.advance(seconds=YEAR.total_seconds() - 1)
    await parts.letting_go.run()
    assert await rows(db, "look_at_needs") == 1
    rung.clear()

    clock.advance(days=1)
    await parts.letting_go.run()

    found = await db.all("SELECT member_id, state, shows_name FROM sign_up ORDER BY number")
    assert [tuple(row) for row in found] == [(None, "going", 0)] * 3
    row = await db.only("SELECT going, host_id, deputy_id, drafted_by FROM conversation")
    assert tuple(row) == (3, None, None, FORGOTTEN)
    assert await rows(db, "look_at_needs") == 0
    assert set(rung) == {1}, "its card named somebody"
    assert (await db.only("SELECT shows FROM card"))["shows"] == ""
    assert 1 in await parts.cards.to_look_at(None), "also after a crash"


async def test_who_did_what_with_words_and_themes_is_known_for_a_year(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    await parts.themes.add("Tea rooms", AddAs.THEME, by=MODERATOR)
    await published(parts)
    clock.advance(seconds=YEAR.total_seconds() + 1)

    await parts.letting_go.run()

    by = await db.all(
        "SELECT by_id FROM vocabulary_change UNION ALL SELECT by_id FROM quote_change "
        "UNION ALL SELECT decided_by FROM quote"
    )
    assert {row["by_id"] for row in by} == {None}
    assert (await db.only("SELECT speaker_id FROM quote"))["speaker_id"] == AMINA


async def test_whose_series_it_was_is_forgotten_once_it_has_ended(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    series = await started(parts)
    await parts.letting_go.run()
    await parts.series.pausing.end(series.id, None, by=ORGANISER)
    clock.advance(days=1)

    await parts.letting_go.run()

    assert (await db.only("SELECT drafted_by FROM series"))["drafted_by"] == FORGOTTEN


async def test_closed_messages_are_tried_again_after_a_year(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    async with db.write() as tx:
        await tx.run("INSERT INTO network (id) VALUES (1001)")
        await tx.run("INSERT INTO closed_messages VALUES (1001, 1, '2026-11-23T09:00:00Z')")
    clock.advance(seconds=YEAR.total_seconds())

    await parts.letting_go.run()

    assert await rows(db, "closed_messages") == 0


async def test_nothing_is_written_when_nothing_is_due(
    parts: Services, db: Database, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lived(parts, clock)
    await parts.letting_go.run()
    due = await parts.letting_go.next_due()
    assert due == clock.now().replace(hour=3, minute=30) + timedelta(days=1)
    clock.set(due)

    def writes(*_: Any) -> None:
        raise AssertionError("nothing was due")

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", writes)
        await parts.letting_go.run()
    assert await parts.letting_go.next_due() == due + timedelta(days=1)


def test_how_long_is_said_in_the_same_words_as_it_is_done() -> None:
    said = {SOON: "30 days", YEAR: "a year", timedelta(0): "within a day"}
    for kept in KEPT:
        if kept.ends is not None:
            assert said[kept.ends.after] in kept.how_long, kept.what


async def test_whom_to_forget_again_is_known_for_a_year_and_as_long_as_an_older_backup(
    path: Path, clock: FakeClock
) -> None:
    journal, shelf = journal_of(path), Shelf(database=path, directory=path.parent / "backups")
    shelf.put(clock.now())
    for days, member in ((1, AMINA), (200, BRYN)):
        at = clock.now() + timedelta(days=days)
        write_down(journal, Erasure(network_id=HOME, member_id=member, at=at))
    with journal.open("a") as file:
        file.write("{cut short")
    clock.advance(days=400)

    await Nightly(shelf, clock).run()
    assert len(since([journal], None)) == 2, "there is a backup from before"
    for old in shelf.backups()[1:]:
        old.file.unlink()
    clock.advance(days=1)
    await Nightly(shelf, clock).run()

    assert [each.member_id for each in since([journal], None)] == [BRYN]
    assert "cut short" in journal.read_text(), "it does no harm, and nobody knows what it was"
    kept_beside = shelf.directory / journal.name
    assert kept_beside.read_bytes() == journal.read_bytes()


async def test_words_that_came_to_nothing_are_kept_for_a_year(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    declined, shown = await shared(parts, "This stays among us."), await published(parts)
    await parts.wisdom.review.decline(declined.id, "Thank you.", by=QUOTE_MODERATOR)
    clock.advance(seconds=YEAR.total_seconds() - 1)
    await parts.letting_go.run()
    assert await rows(db, "quote_text") == 2
    clock.advance(days=1)

    await parts.letting_go.run()

    found = await db.all("SELECT id, state, speaker_id FROM quote ORDER BY id")
    assert [tuple(row) for row in found] == [
        (declined.id, "expired", None),
        (shown.id, "published", AMINA),
    ]
    assert await rows(db, "quote_text") == 1
    assert [each.id for each in await parts.wisdom.mine.all(HOME, AMINA)] == [shown.id]


async def test_what_a_notice_tells_of_stays_until_it_is_told(
    parts: Services, db: Database, clock: FakeClock
) -> None:
    await lived(parts, clock)
    clock.advance(days=40)
    await parts.people.write(1, "Thank you all", only_going=False, by=ORGANISER)  # pyright: ignore[reportArgumentType]
    clock.advance(days=1)
    await parts.letting_go.run()

    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    told = [each for each in messenger.asked if each.kind is NoticeKind.WRITTEN]
    assert [await parts.people.words_of(each) for each in told] == ["Thank you all"] * 2
