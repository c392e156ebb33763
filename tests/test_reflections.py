"""Posts: written together, in people's own words, and only in those that may be used."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.client import Services
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import MemberId, QuoteId, ReflectionId
from bot.notices.model import Notice
from bot.people import Person
from bot.reflections.model import (
    LONGEST_TEXT,
    MOST_NOTES,
    MOST_QUOTES,
    ChangedMeanwhile,
    Form,
    Place,
    Point,
    Slot,
    places_of,
)
from bot.storage.database import Database
from bot.wisdom.model import Use
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, MODERATOR, ORGANISER, FakeClock
from tests.fakes import RecordingMessenger
from tests.posts import AGREED, OTHER_ORGANISER, said, talked, write
from tests.quotes import consent, member, published

TITLE, INTRO = Place(Slot.TITLE), Place(Slot.INTRO)
ELSEWHERE = Person(network_id=AWAY, member_id=MemberId(70), is_organiser=True, is_moderator=True)


async def test_a_draft_has_its_sections_by_kind_and_its_quotes_by_theme(parts: Services) -> None:
    late = await said(parts, "It ends when the money ends.", 1, theme=9)
    lead = await said(parts, "Ask us first.", None)
    good = [await said(parts, f"A good day, number {n}.", 0, theme=n) for n in (5, 2, 3)]
    early = await said(parts, "Nobody told us why.", 1, theme=4)
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    vocabulary = await parts.themes.vocabulary(HOME)
    assert look.post.lead is not None
    assert look.post.lead.id == lead.id
    assert [each.kind_id for each in look.post.sections] == [
        each.id for each in vocabulary.kinds[:2]
    ]
    first, second = look.post.sections
    assert [each.id for each in first.quotes] == [good[1].id, good[2].id, good[0].id]
    assert [each.id for each in second.quotes] == [early.id, late.id]
    assert second.heading == (
        f"{vocabulary.kinds[1].label}: {vocabulary.themes[4].label}, {vocabulary.themes[9].label}"
    )


async def test_only_words_agreed_for_posts_are_in_it(parts: Services) -> None:
    await published(parts, "Only for searching, please.", agreed=consent(Use.DISCORD))
    may_be = await said(parts, "For the post as well.")
    look = await parts.reflections.drafts.begin(None, None, by=MODERATOR)
    assert [each.id for each in look.post.quotes] == [may_be.id]


async def test_a_conversation_has_one_post_with_its_own_quotes(parts: Services) -> None:
    conversation = await talked(parts)
    await said(parts, "Said somewhere else.")
    its = await said(parts, "Said there.", conversation_id=conversation.id)
    look = await parts.reflections.drafts.begin(conversation.id, None, by=ORGANISER)
    assert [each.id for each in look.post.quotes] == [its.id]
    again = await parts.reflections.drafts.begin(conversation.id, None, by=MODERATOR)
    assert again.draft.id == look.draft.id
    assert again.conversation == conversation


async def test_a_post_on_a_theme_has_its_quotes_only(parts: Services) -> None:
    vocabulary = await parts.themes.vocabulary(HOME)
    on_it = await said(parts, "About leaders.", theme=3)
    await said(parts, "About something else.", theme=4)
    look = await parts.reflections.drafts.begin(None, vocabulary.themes[3].id, by=ORGANISER)
    assert [each.id for each in look.post.quotes] == [on_it.id]


async def test_what_another_post_has_had_does_not_come_again(parts: Services) -> None:
    drafts = parts.reflections.drafts
    await said(parts, "For the first one.")
    first = await drafts.begin(None, None, by=ORGANISER)
    await drafts.publish(first.draft.id, by=ORGANISER)
    new = await said(parts, "For the second one.")
    second = await drafts.begin(None, None, by=ORGANISER)
    assert [each.id for each in second.post.quotes] == [new.id]


async def test_what_is_taken_back_leaves_the_draft_at_once(parts: Services) -> None:
    drafts = parts.reflections.drafts
    quote = await said(parts, "Not for ever.", None)
    stays = await said(parts, "For as long as you like.")
    look = await drafts.begin(None, None, by=ORGANISER)
    assert look.draft.lead_quote_id == quote.id
    await parts.wisdom.mine.withdraw(quote.id, AMINA)
    for doing in (
        drafts.lead_with(look.draft.id, quote.id, by=ORGANISER),
        drafts.put_first(look.draft.id, quote.id, by=ORGANISER),
        drafts.keep(look.draft.id, [quote.id], [quote.id], by=ORGANISER),
    ):
        with pytest.raises(Closed, match="may not be used in a post any more"):
            await doing
    look = await drafts.look(look.draft.id, by=ORGANISER)
    assert [each.id for each in look.post.quotes] == [stays.id]
    assert look.not_usable == 1


async def test_consent_for_posts_alone_can_go_and_come_back(parts: Services) -> None:
    quote = await said(parts, "Sometimes yes.")
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    await parts.wisdom.mine.agree_to(quote.id, consent(Use.DISCORD), AMINA)
    look = await parts.reflections.drafts.look(look.draft.id, by=ORGANISER)
    assert look.post.quotes == ()
    await parts.wisdom.mine.agree_to(quote.id, AGREED, AMINA)
    look = await parts.reflections.drafts.look(look.draft.id, by=ORGANISER)
    assert [each.id for each in look.post.quotes] == [quote.id]


async def test_a_stale_text_is_refused_with_both_and_nothing_overwritten(parts: Services) -> None:
    await said(parts, "Something.")
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    mine = await write(parts, look, INTRO, "As I see it.")
    with pytest.raises(ChangedMeanwhile, match="have saved nothing of yours") as refused:
        await parts.reflections.drafts.write(
            look.draft.id, INTRO, "As they see it.", 0, by=OTHER_ORGANISER
        )
    assert refused.value.theirs.words == "As I see it."
    assert refused.value.theirs.by_id == ORGANISER.member_id
    assert refused.value.yours == "As they see it."
    both = await parts.reflections.drafts.write(
        look.draft.id, INTRO, "As we see it.", mine.draft.version(INTRO), by=OTHER_ORGANISER
    )
    assert both.post.intro == "As we see it."


async def test_it_is_kept_who_wrote_and_changed_what(
    parts: Services, clock: FakeClock, db: Database
) -> None:
    quote = await said(parts, "Something.")
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    clock.advance(minutes=5)
    look = await write(parts, look, TITLE, "What we heard")
    clock.advance(minutes=5)
    await parts.reflections.drafts.lead_with(look.draft.id, quote.id, by=OTHER_ORGANISER)
    history = await parts.reflections.drafts.history(look.draft.id, by=MODERATOR)
    assert [(each.what, each.by_id) for each in history] == [
        ("lead", OTHER_ORGANISER.member_id),
        ("title-0", ORGANISER.member_id),
        ("begun", ORGANISER.member_id),
    ]
    await write(parts, look, TITLE, "What we heard in May")
    rows = await db.all("SELECT words FROM reflection_text ORDER BY version")
    assert [row["words"] for row in rows] == ["What we heard", "What we heard in May"]


async def test_quotes_are_left_out_put_back_and_put_first(parts: Services) -> None:
    drafts = parts.reflections.drafts
    first, second, third = [await said(parts, f"Number {n}.") for n in range(3)]
    look = await drafts.begin(None, None, by=ORGANISER)
    reflection_id = look.draft.id
    ids = [first.id, second.id, third.id]
    look = await drafts.keep(reflection_id, ids, [first.id, third.id], by=ORGANISER)
    assert [each.id for each in look.post.quotes] == [first.id, third.id]
    assert look.left_out == 1
    look = await drafts.put_first(reflection_id, third.id, by=ORGANISER)
    look = await drafts.keep(reflection_id, ids, ids, by=ORGANISER)
    assert [each.id for each in look.post.quotes] == [third.id, first.id, second.id]
    look = await drafts.lead_with(reflection_id, first.id, by=ORGANISER)
    assert look.post.lead is not None
    assert [each.id for each in look.post.sections[0].quotes] == [third.id, second.id]
    look = await drafts.lead_with(reflection_id, None, by=ORGANISER)
    assert look.post.lead is None


async def test_what_is_published_later_comes_in_when_asked_for(parts: Services) -> None:
    old = await said(parts, "There from the start.")
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    new = await said(parts, "Came later.")
    look, came = await parts.reflections.drafts.gather(look.draft.id, by=ORGANISER)
    assert came == 1
    assert [each.id for each in look.post.quotes] == [old.id, new.id]
    assert (await parts.reflections.drafts.gather(look.draft.id, by=ORGANISER))[1] == 0


async def test_a_post_has_room_for_two_hundred_quotes(parts: Services, db: Database) -> None:
    for number in range(MOST_QUOTES + 5):
        await said(parts, f"One of very many, number {number}.", number % 5)
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    assert len(look.post.quotes) == MOST_QUOTES
    assert (await parts.reflections.drafts.gather(look.draft.id, by=ORGANISER))[1] == 0


async def test_texts_have_room_for_four_thousand_characters_and_no_more(parts: Services) -> None:
    await said(parts, "Something.", 2)
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    place = Place(Slot.COMMENTARY, look.post.sections[0].kind_id)
    look = await write(parts, look, place, "x" * LONGEST_TEXT)
    assert look.post.sections[0].commentary == "x" * LONGEST_TEXT
    with pytest.raises(Invalid, match="Please shorten it to 4,000 or fewer"):
        await write(parts, look, place, "x" * (LONGEST_TEXT + 1))
    with pytest.raises(Invalid, match="Please shorten it to 100 or fewer"):
        await write(parts, look, TITLE, "x" * 101)


async def test_every_place_of_a_post_is_read_back_from_its_name(parts: Services) -> None:
    await said(parts, "Something.", 2)
    await said(parts, "Something of no kind.", None)
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    for place in places_of(look.post):
        assert Place.named(place.name) == place
    for name in ("", "title", "title-x", "colour-0", f"title-{'9' * 30}"):
        with pytest.raises(Invalid, match="I don't know that part of a post"):
            Place.named(name)


async def test_nothing_is_published_or_exported_without_a_quote(parts: Services) -> None:
    conversation = await talked(parts)
    look = await parts.reflections.drafts.begin(conversation.id, None, by=ORGANISER)
    await write(parts, look, INTRO, "Only our own words.")
    for doing in (
        parts.reflections.drafts.publish(look.draft.id, by=ORGANISER),
        parts.reflections.posts.export(look.draft.id, Form.HTML, by=ORGANISER),
    ):
        with pytest.raises(Closed, match="There is no quote in this post that may be used"):
            await doing


async def test_a_cancelled_conversation_still_has_its_draft(parts: Services) -> None:
    conversation = await talked(parts)
    look = await parts.reflections.drafts.begin(conversation.id, None, by=ORGANISER)
    await parts.changing.cancel(conversation.id, "The host is ill.", by=ORGANISER)
    look = await parts.reflections.drafts.look(look.draft.id, by=ORGANISER)
    assert look.conversation is not None
    assert look.conversation.is_cancelled


async def test_a_draft_can_be_thrown_away_and_a_published_post_can_not(parts: Services) -> None:
    drafts = parts.reflections.drafts
    await said(parts, "Something.")
    look = await drafts.begin(None, None, by=ORGANISER)
    await drafts.throw_away(look.draft.id, by=ORGANISER)
    with pytest.raises(NotFound, match="I can't find that post here"):
        await drafts.look(look.draft.id, by=ORGANISER)
    look = await drafts.begin(None, None, by=ORGANISER)
    await drafts.publish(look.draft.id, by=ORGANISER)
    with pytest.raises(Closed, match="so it can't be thrown away"):
        await drafts.throw_away(look.draft.id, by=ORGANISER)


async def test_members_see_what_is_published_and_change_nothing(parts: Services) -> None:
    drafts = parts.reflections.drafts
    await said(parts, "Something.")
    look = await drafts.begin(None, None, by=ORGANISER)
    amina = member(AMINA)
    with pytest.raises(NotFound, match="I can't find that post here"):
        await drafts.look(look.draft.id, by=amina)
    assert await drafts.listed(by=amina) == []
    for refused, doing in (
        ("write posts", drafts.begin(None, None, by=amina)),
        ("write posts", drafts.write(look.draft.id, TITLE, "Mine", 0, by=amina)),
        ("write posts", drafts.gather(look.draft.id, by=amina)),
        ("choose what leads a post", drafts.lead_with(look.draft.id, None, by=amina)),
        ("leave quotes out of a post", drafts.keep(look.draft.id, [], [], by=amina)),
        ("put quotes in order", drafts.put_first(look.draft.id, QuoteId(1), by=amina)),
        ("publish posts", drafts.publish(look.draft.id, by=amina)),
        ("throw drafts away", drafts.throw_away(look.draft.id, by=amina)),
        ("see who changed what", drafts.history(look.draft.id, by=amina)),
        ("export posts", parts.reflections.posts.export(look.draft.id, Form.HTML, by=amina)),
    ):
        with pytest.raises(NotAllowed, match=f"Only organisers and moderators can {refused}"):
            await doing
    await drafts.publish(look.draft.id, by=ORGANISER)
    assert (await drafts.look(look.draft.id, by=amina)).post.quotes
    assert len(await drafts.listed(by=amina)) == 1


async def test_another_network_finds_nothing(parts: Services) -> None:
    drafts = parts.reflections.drafts
    quote = await said(parts, "Something.")
    look = await drafts.begin(None, None, by=ORGANISER)
    reflection_id: ReflectionId = look.draft.id
    for doing in (
        drafts.look(reflection_id, by=ELSEWHERE),
        drafts.write(reflection_id, TITLE, "Theirs", 0, by=ELSEWHERE),
        drafts.lead_with(reflection_id, quote.id, by=ELSEWHERE),
        drafts.keep(reflection_id, [quote.id], [], by=ELSEWHERE),
        drafts.put_first(reflection_id, quote.id, by=ELSEWHERE),
        drafts.gather(reflection_id, by=ELSEWHERE),
        drafts.publish(reflection_id, by=ELSEWHERE),
        drafts.throw_away(reflection_id, by=ELSEWHERE),
        drafts.history(reflection_id, by=ELSEWHERE),
        parts.reflections.posts.export(reflection_id, Form.MARKDOWN, by=ELSEWHERE),
    ):
        with pytest.raises(NotFound, match="I can't find that post here"):
            await doing
    other = await drafts.begin(None, None, by=ELSEWHERE)
    assert other.draft.entries == []
    with pytest.raises(Closed, match="That quote is not in this post"):
        await drafts.lead_with(other.draft.id, quote.id, by=ELSEWHERE)


async def test_whoever_has_a_file_hears_once_which_quote_must_go(
    parts: Services, clock: FakeClock
) -> None:
    posts, messenger = parts.reflections.posts, RecordingMessenger()
    first, second = [await said(parts, f"Number {n}.") for n in range(2)]
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    await posts.export(look.draft.id, Form.HTML, by=ORGANISER)
    await posts.export(look.draft.id, Form.MARKDOWN, by=OTHER_ORGANISER)
    assert await posts.call_back() == 0
    await parts.wisdom.mine.withdraw(first.id, AMINA)
    assert await posts.call_back(second.id) == 0
    assert await posts.call_back(first.id) == 2
    assert await posts.call_back() == 0
    clock.advance(hours=1)
    while await parts.notices.deliver_due(messenger):
        clock.advance(minutes=1)
    told: list[Notice] = [each for each in messenger.asked if each.kind == "export_holds"]
    assert {each.member_id for each in told} == {ORGANISER.member_id, OTHER_ORGANISER.member_id}
    held = await posts.held(told[0])
    assert held is not None
    assert held[0].number == 1


async def test_an_expired_consent_is_called_back_too(parts: Services, clock: FakeClock) -> None:
    from bot.wisdom.model import Lasting

    await published(
        parts, "For a year.", agreed=consent(Use.POSTS, lasting=Lasting.ONE_YEAR), speaker=BRYN
    )
    look = await parts.reflections.drafts.begin(None, None, by=ORGANISER)
    await parts.reflections.posts.export(look.draft.id, Form.HTML, by=ORGANISER)
    clock.advance(days=366)
    assert await parts.reflections.posts.call_back() == 1


async def test_notes_are_taken_from_the_start_on_with_a_name_or_without(
    parts: Services, clock: FakeClock, db: Database
) -> None:
    conversation = await talked(parts, "What works?\nWhat gets in the way?")
    notes = parts.reflections.notes
    point = Point(question=2, words="Forms, always forms.")
    with pytest.raises(Closed, match="has not begun yet"):
        await notes.add(conversation.id, [point], named=True, by=member(AMINA))
    clock.set(datetime(2026, 12, 3, 14, 30, tzinfo=UTC))
    await notes.add(conversation.id, [point], named=True, by=member(AMINA))
    about_all = Point(question=None, words="A good afternoon.")
    of_first = Point(question=1, words="Being asked first.")
    await notes.add(conversation.id, [about_all, of_first], named=False, by=member(CHIDI))
    found = await notes.of(conversation.id, by=MODERATOR)
    assert [(each.point, each.noted_by) for each in found] == [
        (of_first, None),
        (point, AMINA),
        (about_all, None),
    ]
    rows = await db.all("SELECT 1 FROM conversation_note WHERE noted_by = :id", {"id": CHIDI})
    assert rows == []
    with pytest.raises(NotAllowed, match="Only organisers and moderators can read the notes"):
        await notes.of(conversation.id, by=member(AMINA))
    assert await notes.of(conversation.id, by=ELSEWHERE) == []
    with pytest.raises(NotFound, match="I can't find that conversation"):
        await notes.add(conversation.id, [point], named=True, by=ELSEWHERE)


async def test_notes_that_say_nothing_or_are_too_many_are_refused(
    parts: Services, clock: FakeClock
) -> None:
    conversation = await talked(parts)
    clock.set(conversation.starts_at + timedelta(hours=1))
    notes, amina = parts.reflections.notes, member(AMINA)
    assert Point.read(" \u200b ") is None
    with pytest.raises(Invalid, match="There is nothing to note yet"):
        await notes.add(conversation.id, [], named=True, by=amina)
    with pytest.raises(Invalid, match="has no such question"):
        await notes.add(conversation.id, [Point(question=1, words="x")], named=True, by=amina)
    many = [Point(question=None, words="x")] * MOST_NOTES
    await notes.add(conversation.id, many, named=False, by=amina)
    with pytest.raises(Closed, match="has 500 notes already"):
        await notes.add(conversation.id, many[:1], named=False, by=amina)
