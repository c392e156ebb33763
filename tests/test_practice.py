"""Practice: nobody decides alone, nothing is decided twice, and what is shared is found."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.client import Services
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import KindId, MemberId, PracticeId, ThemeId
from bot.people import Person
from bot.practice.model import File, PracticeState, Says, Written, must_be_welcome
from bot.search.entry import Filters
from bot.storage.database import Database
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, FakeClock
from tests.fakes import RecordingMessenger
from tests.practices import (
    MODERATOR,
    OTHER_MODERATOR,
    TITLE,
    drafted,
    member,
    sent,
    shared,
    written,
)

FILE = File("A crib sheet.pdf", b"%PDF-1.7 some words")


async def found(parts: Services, typed: str, **filters: Any) -> list[PracticeId]:
    page = await parts.practice.showing.search(HOME, typed, Filters(**filters))
    return [each.id for each in page.practices]


async def theme(parts: Services, number: int = 0) -> ThemeId:
    return (await parts.themes.vocabulary(HOME)).themes[number].id


async def test_it_is_its_authors_alone_until_a_moderator_shares_it(parts: Services) -> None:
    practice = await drafted(parts)
    assert practice.state is PracticeState.DRAFT
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.mine.get(practice.id, by=member(BRYN))
    waiting = await parts.practice.mine.send(practice.id, by=member(AMINA))
    assert waiting.state is PracticeState.NEW
    assert await found(parts, "interviews") == []
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.showing.get(practice.id, HOME)
    after = await parts.practice.review.share(practice.id, by=MODERATOR)
    assert after.state is PracticeState.SHARED
    assert await found(parts, "interviewing tenants") == [practice.id]
    assert (await parts.practice.showing.get(practice.id, HOME)).named_id is None


async def test_nothing_of_it_crosses_to_another_network(parts: Services) -> None:
    practice = await shared(parts)
    abroad = Person(network_id=AWAY, member_id=MODERATOR.member_id, is_moderator=True)
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.review.get(practice.id, by=abroad)
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.showing.get(practice.id, AWAY)
    with pytest.raises(NotFound, match="can't find a practice called that"):
        await parts.practice.showing.pick(AWAY, str(practice.id))
    assert (await parts.practice.showing.search(AWAY, "interviews", Filters())).practices == []
    kinds = (await parts.themes.vocabulary(AWAY)).kinds
    with pytest.raises(NotFound, match="can't find that kind"):
        await drafted(parts, written(kind_id=kinds[0].id))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "\u200b"}, "needs at least one letter or number"),
        ({"title": "x" * 4000}, "Please shorten it to 100"),
        ({"did": "  "}, "Please write what you did"),
        ({"did": "x" * 1001}, "Please shorten it to 1,000"),
        ({"changed": "x" * 801}, "Please shorten it to 800"),
        ({"tell_others": "x" * 801}, "Please shorten it to 800"),
        ({"link": "not a link"}, "A link must begin with"),
        ({"link": "javascript:alert(1)"}, "A link must begin with"),
        ({"theme_ids": [ThemeId(n) for n in range(6)]}, "choose up to 4 themes"),
    ],
)
def test_what_cannot_be_used_is_refused_in_words(changes: dict[str, Any], told: str) -> None:
    whole: dict[str, Any] = {
        "title": TITLE,
        "did": "This.",
        "changed": "",
        "tell_others": "",
        "link": None,
        "kind_id": None,
        "theme_ids": [],
    }
    with pytest.raises(Invalid, match=told):
        Written.read(**(whole | changes))


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("virus.exe", 10, "documents only"),
        ("holiday.jpg", 10, "documents only"),
        (".pdf", 10, "documents only"),
        ("bids.pdf", 5_000_001, "larger than 5 MB"),
        ("bids.pdf", 0, "is empty"),
    ],
)
def test_files_are_documents_of_a_sensible_size(name: str, size: int, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        must_be_welcome(name, size)


def test_the_name_of_a_file_is_made_safe() -> None:
    assert must_be_welcome("../../etc/passwd\u202efdp.PDF", 9) == "passwdfdp.pdf"
    assert len(must_be_welcome("x" * 300 + ".docx", 9)) <= 60


async def test_a_file_goes_with_it_and_makes_it_a_template(parts: Services) -> None:
    practice = await shared(parts, file=FILE)
    assert await parts.practice.showing.file_for(practice.id, by=member(BRYN)) == FILE
    assert (await parts.practice.showing.get(practice.id, HOME)).is_template


async def test_a_file_is_for_those_who_may_see_the_practice(parts: Services) -> None:
    practice = await sent(parts, file=FILE)
    for by in (member(AMINA), MODERATOR):
        assert await parts.practice.showing.file_for(practice.id, by=by) == FILE
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.showing.file_for(practice.id, by=member(BRYN))
    with pytest.raises(NotFound, match="has no file any more"):
        await parts.practice.showing.file_for((await shared(parts)).id, by=member(BRYN))


async def test_a_person_leaves_few_drafts_open_and_none_for_long(
    parts: Services, clock: FakeClock, db: Database
) -> None:
    for _ in range(5):
        await drafted(parts)
    with pytest.raises(Invalid, match="that you have not sent yet"):
        await drafted(parts)
    due = await parts.practice.upkeep.next_due()
    assert due is not None
    clock.set(due)
    await parts.practice.upkeep.run()
    assert await db.all("SELECT 1 FROM practice_text") == []
    await drafted(parts)


async def test_a_draft_is_thrown_away_but_not_what_was_sent(parts: Services, db: Database) -> None:
    practice = await drafted(parts)
    await parts.practice.mine.throw_away(practice.id, by=member(AMINA))
    assert await db.all("SELECT 1 FROM practice") == []
    practice = await sent(parts)
    with pytest.raises(Closed, match="You have sent that already"):
        await parts.practice.mine.throw_away(practice.id, by=member(AMINA))


async def test_nobody_decides_on_their_own(parts: Services) -> None:
    practice = await sent(parts, author=MODERATOR.member_id)
    review, curating = parts.practice.review, parts.practice.curating
    for decide in (
        review.share(practice.id, by=MODERATOR),
        review.not_now(practice.id, "Not yet.", by=MODERATOR),
        review.look_at(practice.id, by=MODERATOR),
        curating.merge(practice.id, (await shared(parts)).id, "the same", by=MODERATOR),
    ):
        with pytest.raises(NotAllowed, match="another moderator decides on it"):
            await decide
    await review.share(practice.id, by=OTHER_MODERATOR)
    for decide in (
        curating.feature(practice.id, "good", by=MODERATOR),
        curating.archive(practice.id, "old", by=MODERATOR),
    ):
        with pytest.raises(NotAllowed, match="another moderator decides on it"):
            await decide


async def test_members_decide_nothing(parts: Services) -> None:
    practice = await sent(parts)
    by = member(BRYN)
    review, curating = parts.practice.review, parts.practice.curating
    for attempt in (
        review.waiting(by=by),
        review.get(practice.id, by=by),
        review.to_decide(practice.id, by=by),
        review.share(practice.id, by=by),
        review.not_now(practice.id, "no", by=by),
        review.look_at(practice.id, by=by),
        review.history(practice.id, by=by),
        curating.titled("", by=by),
        curating.archive(practice.id, "no", by=by),
        curating.sort_under(practice.id, None, (), by=by),
        curating.merge(practice.id, practice.id, "no", by=by),
        curating.hand_over(practice.id, BRYN, None, "mine", by=by),
    ):
        with pytest.raises(NotAllowed, match="Only moderators can"):
            await attempt


async def test_of_two_moderators_one_decides_and_the_other_hears_who_and_what(
    parts: Services,
) -> None:
    practice = await sent(parts)
    await parts.practice.review.look_at(practice.id, by=OTHER_MODERATOR)
    await parts.practice.review.share(practice.id, by=MODERATOR)
    with pytest.raises(Closed, match="already been dealt with by <@95>: it is shared"):
        await parts.practice.review.not_now(practice.id, "Not yet.", by=OTHER_MODERATOR)


async def test_not_now_comes_with_a_kind_word_and_can_be_sent_again(parts: Services) -> None:
    practice = await sent(parts)
    with pytest.raises(Invalid, match="Please write a kind word"):
        await parts.practice.review.not_now(practice.id, " ", by=MODERATOR)
    await parts.practice.review.not_now(practice.id, "Could you say how long?", by=MODERATOR)
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    assert [each.kind for each in messenger.asked] == ["practice_not_now"]
    mine = await parts.practice.mine.get(practice.id, by=member(AMINA))
    assert mine.note == "Could you say how long?"
    longer = written(did="We did it for a year.")
    await parts.practice.mine.rewrite(practice.id, longer, by=member(AMINA))
    again = await parts.practice.mine.send(practice.id, by=member(AMINA))
    assert again.state is PracticeState.NEW
    await parts.practice.review.share(practice.id, by=MODERATOR)
    assert await found(parts, "year") == [practice.id]


async def test_what_was_shared_and_is_changed_is_looked_at_again_first(parts: Services) -> None:
    practice = await shared(parts)
    same = await parts.practice.mine.rewrite(practice.id, written(), by=member(AMINA))
    assert same.state is PracticeState.SHARED
    other = written(did="My landlord is called Mr Smith.")
    after = await parts.practice.mine.rewrite(practice.id, other, by=member(AMINA))
    assert after.state is PracticeState.NEW
    assert after.version == 2
    assert await found(parts, "landlord") == []
    assert await found(parts, "interviews") == []


async def test_whoever_takes_it_back_leaves_no_word_of_it(parts: Services, path: Path) -> None:
    practice = await shared(parts, written(did="Unmistakable marmalade."), file=FILE)
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.mine.take_back(practice.id, by=member(BRYN))
    await parts.practice.mine.take_back(practice.id, by=member(AMINA))
    assert await found(parts, "marmalade") == []
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.mine.send(practice.id, by=member(AMINA))
    with pytest.raises(Closed, match="has taken that practice back"):
        await parts.practice.curating.bring_back(practice.id, "please", by=MODERATOR)
    await parts.search.wipe()
    await parts.practice.upkeep.sweep()
    files = [path, *(path.with_name(path.name + each) for each in ("-wal", "-shm"))]
    kept = b"".join(each.read_bytes() for each in files if each.exists())
    assert b"armalade" not in kept
    assert FILE.content not in kept
    with closing(sqlite3.connect(path)) as reader:
        rows = reader.execute("SELECT author_id, owner_id, is_named FROM practice").fetchall()
    assert rows == [(None, None, 0)]


async def test_wiping_leaves_every_other_word_where_it_was(parts: Services) -> None:
    gone = await shared(parts)
    stays = await shared(parts, written("Bread on Fridays", "We bake together."), file=FILE)
    await parts.practice.mine.take_back(gone.id, by=member(AMINA))
    await parts.practice.upkeep.sweep()
    assert (await parts.practice.showing.get(stays.id, HOME)).did == "We bake together."
    assert await parts.practice.showing.file_for(stays.id, by=member(BRYN)) == FILE
    assert await found(parts, "baking") == [stays.id]


async def test_its_author_is_named_only_if_they_wish(parts: Services) -> None:
    practice = await shared(parts)
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.mine.show_name(practice.id, is_named=True, by=MODERATOR)
    await parts.practice.mine.show_name(practice.id, is_named=True, by=member(AMINA))
    assert (await parts.practice.showing.get(practice.id, HOME)).named_id == AMINA
    await parts.practice.mine.show_name(practice.id, is_named=False, by=member(AMINA))
    assert (await parts.practice.showing.get(practice.id, HOME)).named_id is None


async def test_moderators_feature_archive_and_bring_back_with_a_reason(parts: Services) -> None:
    practice = await shared(parts)
    curating = parts.practice.curating
    with pytest.raises(Invalid, match="needs at least one letter"):
        await curating.feature(practice.id, " ", by=MODERATOR)
    await curating.feature(practice.id, "everybody asks for it", by=MODERATOR)
    assert await found(parts, "", is_featured=True) == [practice.id]
    with pytest.raises(Closed, match=r"that is featured\. The last to decide on it was <@95>"):
        await curating.feature(practice.id, "me too", by=OTHER_MODERATOR)
    await curating.feature_no_more(practice.id, "others have their turn", by=MODERATOR)
    assert await found(parts, "interviews", is_featured=True) == []
    await curating.archive(practice.id, "the law has changed", by=MODERATOR)
    assert await found(parts, "interviews") == []
    await curating.bring_back(practice.id, "it changed back", by=OTHER_MODERATOR)
    assert await found(parts, "interviews") == [practice.id]
    history = await parts.practice.review.history(practice.id, by=MODERATOR)
    assert [each.what for each in history] == [
        *("written", "sent", "shared", "featured"),
        *("not featured any more", "archived", "brought back"),
    ]
    assert history[-1].by_id == OTHER_MODERATOR.member_id
    assert history[-1].why == "it changed back"


async def test_doubles_are_merged_with_what_people_said_of_them(parts: Services) -> None:
    themes = (await theme(parts, 0), await theme(parts, 1))
    into = await shared(parts, written(theme_ids=themes[:1]))
    double = await shared(parts, written("The same again", theme_ids=themes[1:]), author=BRYN)
    showing = parts.practice.showing
    await showing.answer(into.id, HOME, CHIDI, Says.RECOGNISE)
    for member_id in (CHIDI, AMINA):
        await showing.answer(double.id, HOME, member_id, Says.RECOGNISE)
    curating = parts.practice.curating
    with pytest.raises(Invalid, match="one and the same practice"):
        await curating.merge(into.id, into.id, "the same", by=MODERATOR)
    await curating.merge(double.id, into.id, "the same", by=MODERATOR)
    shown = await showing.get(into.id, HOME)
    assert (shown.recognised, shown.theme_ids) == (2, themes)
    assert await found(parts, "", theme_ids=themes[1:]) == [into.id]
    gone = await parts.practice.review.get(double.id, by=MODERATOR)
    assert (gone.state, gone.merged_into) == (PracticeState.ARCHIVED, into.id)
    with pytest.raises(Closed, match="merged into another one already"):
        await curating.merge(double.id, into.id, "again", by=MODERATOR)
    with pytest.raises(Closed, match="can't be seen by others: it is archived"):
        await curating.merge(into.id, double.id, "again", by=MODERATOR)
    with pytest.raises(Closed, match="part of another one now"):
        await parts.practice.mine.rewrite(double.id, written("New"), by=member(BRYN))
    assert {each.id for each in await parts.practice.mine.all(HOME, BRYN)} == {double.id}


async def test_a_practice_is_handed_over_and_both_are_told(parts: Services) -> None:
    practice = await shared(parts)
    curating = parts.practice.curating
    with pytest.raises(Invalid, match="choose two different people"):
        await curating.hand_over(practice.id, BRYN, BRYN, "she moves", by=MODERATOR)
    await curating.hand_over(practice.id, BRYN, CHIDI, "she moves", by=MODERATOR)
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    told = [each.member_id for each in messenger.asked if each.kind == "practice_handed_over"]
    assert sorted(told) == [BRYN, CHIDI]
    await parts.practice.mine.rewrite(practice.id, written("By its owner"), by=member(BRYN))
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.mine.take_back(practice.id, by=member(BRYN))


async def test_themes_that_are_merged_take_practices_along(parts: Services) -> None:
    first, second = await theme(parts, 0), await theme(parts, 1)
    practice = await shared(parts, written(theme_ids=(first, second)))
    proposed = await parts.themes.propose_merge(f"theme:{first}", f"theme:{second}", by=MODERATOR)
    vocabulary = await parts.themes.vocabulary(HOME)
    await parts.themes.merge(first, second, as_of=vocabulary.version, by=MODERATOR)
    assert proposed is not None
    assert (await parts.practice.showing.get(practice.id, HOME)).theme_ids == (second,)
    assert await found(parts, "", theme_ids=(second,)) == [practice.id]
    assert await parts.practice.showing.by_theme(HOME) == {second: 1}


async def test_moderators_sort_and_the_search_follows(parts: Services) -> None:
    practice = await shared(parts)
    kind: KindId = (await parts.themes.vocabulary(HOME)).kinds[2].id
    themes = (await theme(parts, 3),)
    await parts.practice.curating.sort_under(practice.id, kind, themes, by=MODERATOR)
    assert await found(parts, "", kind_id=kind) == [practice.id]
    assert await found(parts, "interviews", theme_ids=themes) == [practice.id]
    five = [await theme(parts, number) for number in range(5)]
    with pytest.raises(Invalid, match="choose up to 4 themes"):
        await parts.practice.curating.sort_under(practice.id, kind, five, by=MODERATOR)


async def test_what_is_alike_is_shown_before_it_is_told_again(parts: Services) -> None:
    practice = await shared(parts)
    await sent(parts, written("Interviews that wait", "Residents interview."))
    alike = await parts.practice.showing.like(HOME, written().text)
    assert [each.id for each in alike] == [practice.id]


async def test_each_person_counts_once_and_can_take_it_back(parts: Services) -> None:
    practice = await shared(parts)
    answer = parts.practice.showing.answer
    assert await answer(practice.id, HOME, BRYN, Says.RECOGNISE)
    assert await answer(practice.id, HOME, CHIDI, Says.RECOGNISE)
    assert await answer(practice.id, HOME, CHIDI, Says.DIFFERENTLY)
    shown = await parts.practice.showing.get(practice.id, HOME)
    assert (shown.recognised, shown.differently) == (1, 1)
    assert not await answer(practice.id, HOME, CHIDI, Says.DIFFERENTLY)
    assert (await parts.practice.showing.get(practice.id, HOME)).differently == 0
    with pytest.raises(NotFound, match="can't find that practice"):
        await answer((await sent(parts)).id, HOME, BRYN, Says.RECOGNISE)


async def test_what_is_picked_may_be_its_title(parts: Services) -> None:
    practice = await shared(parts)
    for picked in (str(practice.id), "residents lead", TITLE):
        assert (await parts.practice.showing.pick(HOME, picked)).id == practice.id
    for picked in ("", "9" * 30, "٣", "nothing like it"):
        with pytest.raises(NotFound, match="can't find a practice called that"):
            await parts.practice.showing.pick(HOME, picked)


async def test_an_archived_one_can_not_be_sent_and_answers_stay_in_their_network(
    parts: Services,
) -> None:
    practice = await shared(parts)
    await parts.practice.curating.archive(practice.id, "old", by=MODERATOR)
    with pytest.raises(Closed, match="A moderator can bring it back"):
        await parts.practice.mine.send(practice.id, by=member(AMINA))
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.mine.draft(written(), by=member(BRYN), answers=practice.id)


async def test_a_draft_is_not_merged_nor_handed_over(parts: Services) -> None:
    practice, into = await drafted(parts), await shared(parts)
    with pytest.raises(Closed, match="still writing that practice"):
        await parts.practice.curating.merge(practice.id, into.id, "same", by=MODERATOR)
    with pytest.raises(Closed, match="still writing that practice"):
        await parts.practice.curating.hand_over(practice.id, MemberId(7), None, "x", by=MODERATOR)
    with pytest.raises(Closed, match="already been dealt with: its author is still writing it"):
        await parts.practice.review.share(practice.id, by=MODERATOR)


async def test_whoever_is_forgotten_leaves_nothing_of_theirs_in_practice(
    parts: Services, path: Path
) -> None:
    mine = await shared(parts, written("Marmalade", "Unmistakable marmalade."), file=FILE)
    unsent = await drafted(parts, written("Marmalade again", "Marmalade."))
    other = await shared(parts, author=BRYN)
    await parts.practice.showing.answer(other.id, HOME, AMINA, Says.RECOGNISE)
    await parts.practice.curating.hand_over(other.id, AMINA, CHIDI, "for now", by=MODERATOR)
    await parts.forgetting.forget(HOME, AMINA)
    assert await found(parts, "marmalade") == []
    with pytest.raises(NotFound, match="can't find that practice"):
        await parts.practice.review.get(unsent.id, by=MODERATOR)
    assert (await parts.practice.showing.get(other.id, HOME)).recognised == 0
    after = await parts.practice.review.get(other.id, by=MODERATOR)
    assert (after.owner_id, after.deputy_id) == (None, CHIDI)
    assert (await parts.practice.review.get(mine.id, by=MODERATOR)).author_id is None
    assert await parts.privacy.about(HOME, AMINA) == []
    await parts.search.wipe()
    files = [path, *(path.with_name(path.name + each) for each in ("-wal", "-shm"))]
    kept = b"".join(each.read_bytes() for each in files if each.exists())
    assert b"armalade" not in kept
    assert FILE.content not in kept


async def test_a_moderator_who_is_forgotten_leaves_what_was_done_without_them(
    parts: Services,
) -> None:
    practice = await sent(parts)
    await parts.practice.review.not_now(practice.id, "My own words.", by=MODERATOR)
    await parts.forgetting.forget(HOME, MODERATOR.member_id)
    after = await parts.practice.review.get(practice.id, by=OTHER_MODERATOR)
    assert (after.state, after.note, after.decided_by) == (PracticeState.NOT_NOW, None, None)
    history = await parts.practice.review.history(practice.id, by=OTHER_MODERATOR)
    assert [each.by_id for each in history] == [AMINA, AMINA, None]
