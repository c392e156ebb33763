"""Quotes: kept only with a yes, shown only as agreed, gone when taken back."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.client import Services
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import ChannelId, MessageId, NetworkId, QuoteId
from bot.people import Person
from bot.search.entry import Filters
from bot.storage.database import Database
from bot.wisdom.model import (
    ASKED_FOR,
    Consent,
    Credit,
    Details,
    How,
    Lasting,
    Perspective,
    Quote,
    QuoteState,
    Said,
    Use,
)
from bot.wisdom.service.showing import Tombstone
from tests.conftest import AMINA, AWAY, BRYN, CHIDI, HOME, FakeClock
from tests.fakes import RecordingMessenger
from tests.quotes import (
    MODERATOR,
    OTHER_MODERATOR,
    WORDS,
    consent,
    member,
    published,
    shared,
)

SAID = Said(channel_id=ChannelId(7), message_id=MessageId(8))


async def found(parts: Services, typed: str, network_id: NetworkId = HOME) -> list[QuoteId]:
    page = await parts.wisdom.showing.search(network_id, typed, Filters())
    return [each.id for each in page.quotes]


async def words_kept(db: Database) -> list[str]:
    return [row["words"] for row in await db.all("SELECT words FROM quote_text")]


async def test_words_are_kept_with_the_yes_and_not_before(parts: Services, db: Database) -> None:
    request = await parts.wisdom.requests.ask(AMINA, by=member(BRYN), said=SAID)
    assert await words_kept(db) == []
    quote = await parts.wisdom.requests.agree(request.id, WORDS, consent(), AMINA)
    assert await words_kept(db) == [WORDS]
    assert quote.state is QuoteState.PENDING
    assert await found(parts, "forms") == []


async def test_only_the_speaker_answers_for_their_words(parts: Services, db: Database) -> None:
    request = await parts.wisdom.requests.ask(AMINA, by=member(BRYN), said=SAID)
    with pytest.raises(NotFound, match="That question is for somebody else"):
        await parts.wisdom.requests.agree(request.id, WORDS, consent(), BRYN)
    assert await words_kept(db) == []


async def test_nobody_is_asked_twice_about_one_message(parts: Services) -> None:
    request = await parts.wisdom.requests.ask(AMINA, by=member(BRYN), said=SAID)
    await parts.wisdom.requests.refuse(request.id, AMINA)
    with pytest.raises(Closed, match="asked about that message already"):
        await parts.wisdom.requests.ask(AMINA, by=member(CHIDI), said=SAID)
    with pytest.raises(Closed, match="You said no to this, and nothing was kept"):
        await parts.wisdom.requests.agree(request.id, WORDS, consent(), AMINA)


async def test_a_yes_and_a_no_look_the_same_to_whoever_asks_again(parts: Services) -> None:
    request = await parts.wisdom.requests.ask(AMINA, by=member(BRYN), said=SAID)
    await parts.wisdom.requests.agree(request.id, WORDS, consent(), AMINA)
    for asker in (BRYN, CHIDI):
        with pytest.raises(Closed, match="asked about that message already"):
            await parts.wisdom.requests.ask(AMINA, by=member(asker), said=SAID)
    with pytest.raises(NotFound, match="answered already, or was not answered in time"):
        await parts.wisdom.requests.asked_by(request.id, by=member(BRYN))
    for again in (
        parts.wisdom.requests.refuse(request.id, AMINA),
        parts.wisdom.requests.agree(request.id, WORDS, consent(), AMINA),
    ):
        with pytest.raises(Closed, match="You have said yes to this already"):
            await again
    assert len(await parts.wisdom.mine.all(HOME, AMINA)) == 1


async def test_somebody_who_said_never_is_asked_by_nobody_until_they_change_it(
    parts: Services,
) -> None:
    request = await parts.wisdom.requests.ask(AMINA, by=member(BRYN), said=SAID)
    await parts.wisdom.requests.refuse(request.id, AMINA, never=True)
    with pytest.raises(Closed, match="does not want to be asked"):
        await parts.wisdom.requests.ask(AMINA, by=member(CHIDI))
    await parts.wisdom.requests.may_be_asked_again(by=member(AMINA))
    await parts.wisdom.requests.ask(AMINA, by=member(CHIDI))


async def test_a_question_that_is_not_answered_lapses(parts: Services, clock: FakeClock) -> None:
    request = await parts.wisdom.requests.ask(AMINA, by=member(BRYN))
    assert await parts.wisdom.requests.next_due() == request.lasts_until
    clock.advance(days=ASKED_FOR.days)
    assert [each.id for each in await parts.wisdom.requests.over()] == [request.id]
    with pytest.raises(Closed, match="not answered in time"):
        await parts.wisdom.requests.agree(request.id, WORDS, consent(), AMINA)


async def test_twenty_questions_are_enough(parts: Services) -> None:
    for _ in range(20):
        await parts.wisdom.requests.ask(AMINA, by=member(BRYN))
    with pytest.raises(Invalid, match="Please wait for them"):
        await parts.wisdom.requests.ask(AMINA, by=member(BRYN))


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"uses": []}, "You ticked no use"),
        ({"lasting": None}, "choose how long"),
        ({"credit": "first_name"}, "type the name that should stand"),
        ({"credited_as": "Amina"}, "You typed a name, but chose that none is shown"),
        ({"credit": "named", "credited_as": "\u200b"}, "needs at least one letter or number"),
        ({"credit": "named", "credited_as": "x" * 61}, "Please shorten it to 60"),
    ],
)
def test_consent_leaves_nothing_to_guess(answers: dict[str, object], told: str) -> None:
    whole = {"uses": ["discord"], "credit": None, "credited_as": "", "lasting": "open"}
    with pytest.raises(Invalid, match=told):
        Consent.read(**(whole | answers))  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "Please write the words"),
        ("\u200b \n", "Please write the words"),
        ("x" * 1501, "The quote is 1,501 characters long"),
    ],
)
async def test_words_nobody_can_read_are_refused(parts: Services, words: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        await shared(parts, words)


async def test_what_is_published_is_found_by_its_words_under_its_own_number(
    parts: Services,
) -> None:
    first = await published(parts)
    second = await published(parts, "The panel was asked last, as always.", speaker=BRYN)
    assert (first.number, second.number) == (1, 2)
    assert await found(parts, "forms") == [first.id]
    assert await found(parts, "panels") == [second.id]


async def test_a_number_is_never_given_again(parts: Services) -> None:
    first = await published(parts)
    await parts.wisdom.mine.withdraw(first.id, AMINA)
    second = await published(parts)
    assert second.number == 2
    assert await parts.wisdom.showing.numbered(HOME, 1) == Tombstone(number=1)
    with pytest.raises(NotFound, match="I can't find that quote here"):
        await parts.wisdom.showing.numbered(HOME, 3)


async def test_nobody_publishes_their_own(parts: Services) -> None:
    quote = await shared(parts, speaker=MODERATOR.member_id)
    with pytest.raises(NotAllowed, match="another moderator decides"):
        await parts.wisdom.review.publish(quote.id, by=MODERATOR)
    request = await parts.wisdom.requests.ask(AMINA, by=MODERATOR)
    asked = await parts.wisdom.requests.agree(request.id, WORDS, consent(), AMINA)
    with pytest.raises(NotAllowed, match="another moderator decides"):
        await parts.wisdom.review.publish(asked.id, by=MODERATOR)
    await parts.wisdom.review.publish(asked.id, by=OTHER_MODERATOR)


async def test_of_two_moderators_the_second_is_told_who_was_first(parts: Services) -> None:
    quote = await published(parts)
    with pytest.raises(Closed, match="<@95>: it is published"):
        await parts.wisdom.review.decline(quote.id, "No.", by=OTHER_MODERATOR)


async def test_members_and_strangers_decide_nothing(parts: Services) -> None:
    quote = await shared(parts)
    with pytest.raises(NotAllowed, match="Only moderators can decide on quotes"):
        await parts.wisdom.review.publish(quote.id, by=member(BRYN))
    stranger = Person(network_id=AWAY, member_id=BRYN, is_moderator=True)
    with pytest.raises(NotFound, match="I can't find that quote here"):
        await parts.wisdom.review.publish(quote.id, by=stranger)
    with pytest.raises(NotFound, match="I can't find that quote here"):
        await parts.wisdom.mine.withdraw(quote.id, BRYN)


async def test_other_words_go_back_to_the_speaker(parts: Services) -> None:
    quote = await shared(parts)
    other = "We stopped using forms, and people began to talk."
    asked = await parts.wisdom.review.ask_changes(quote.id, "Shorter?", other, by=MODERATOR)
    assert asked.words == WORDS
    with pytest.raises(Closed, match="its speaker was asked for changes"):
        await parts.wisdom.review.publish(quote.id, by=MODERATOR)
    after = await parts.wisdom.mine.take_proposed(quote.id, other, AMINA)
    assert (after.words, after.state) == (other, QuoteState.PENDING)
    assert (await parts.wisdom.review.publish(quote.id, by=MODERATOR)).words == other


async def test_only_the_words_that_somebody_has_seen_are_agreed_to_or_published(
    parts: Services,
) -> None:
    quote = await shared(parts)
    review, mine = parts.wisdom.review, parts.wisdom.mine
    await review.ask_changes(quote.id, "", "The first proposal.", by=MODERATOR)
    again = await mine.reword(quote.id, "Something else of mine.", AMINA)
    with pytest.raises(Closed, match="No other words are proposed"):
        await mine.take_proposed(quote.id, "The first proposal.", AMINA)
    await review.ask_changes(quote.id, "", "The second proposal.", by=MODERATOR)
    with pytest.raises(Closed, match="Other words than these are proposed by now"):
        await mine.take_proposed(quote.id, "The first proposal.", AMINA)
    after = await mine.take_proposed(quote.id, "The second proposal.", AMINA)
    with pytest.raises(Closed, match="has changed the words since they were shown to you"):
        await review.publish(quote.id, wording=again.wording, by=MODERATOR)
    published = await review.publish(quote.id, wording=after.wording, by=MODERATOR)
    assert published.words == "The second proposal."


async def test_a_moderator_cannot_ask_for_nothing(parts: Services) -> None:
    quote = await shared(parts)
    with pytest.raises(Invalid, match="write what could be different"):
        await parts.wisdom.review.ask_changes(quote.id, " ", "", by=MODERATOR)
    with pytest.raises(Invalid, match="These are the words as they stand"):
        await parts.wisdom.review.ask_changes(quote.id, "", WORDS, by=MODERATOR)
    with pytest.raises(Invalid, match="write a kind word"):
        await parts.wisdom.review.decline(quote.id, "", by=MODERATOR)


async def test_rewording_a_published_quote_hides_it_until_a_moderator_has_looked(
    parts: Services,
) -> None:
    quote = await published(parts)
    await parts.wisdom.mine.reword(quote.id, "We threw the paperwork away.", AMINA)
    assert await found(parts, "forms") == []
    assert await found(parts, "paperwork") == []
    again = await parts.wisdom.review.publish(quote.id, by=MODERATOR)
    assert again.number == quote.number
    assert await found(parts, "paperwork") == [quote.id]
    assert await found(parts, "forms") == []


async def test_hiding_a_name_needs_no_new_consent(parts: Services) -> None:
    quote = await shared(parts, "When Sarah at Hope House listened, I came back.")
    marks = parts.wisdom.review.marks_in(quote)
    assert [mark.text for mark in marks] == ["Sarah", "Hope House"]
    after = await parts.wisdom.review.redact(quote.id, ["Sarah"], None, by=MODERATOR)
    assert after.words == "When (name) at Hope House listened, I came back."
    after = await parts.wisdom.review.redact(
        quote.id, ["Hope House"], "(organisation)", by=MODERATOR
    )
    assert after.words == "When (name) at (organisation) listened, I came back."
    with pytest.raises(Closed, match="not there any more"):
        await parts.wisdom.review.redact(quote.id, ["Sarah"], None, by=MODERATOR)
    assert after.is_redacted
    assert (await parts.wisdom.review.publish(quote.id, by=MODERATOR)).number == 1
    assert await found(parts, "Sarah") == []


async def test_hiding_what_is_not_marked(parts: Services) -> None:
    quote = await published(parts, "The bakery on the corner gave me work.")
    after = await parts.wisdom.review.hide(
        quote.id, "bakery on the corner", "(place)", by=MODERATOR
    )
    assert after.words == "The (place) gave me work."
    assert await found(parts, "bakery") == []
    assert await found(parts, "work") == [quote.id]
    with pytest.raises(Invalid, match="don't stand in the quote"):
        await parts.wisdom.review.hide(quote.id, "bakery", "(place)", by=MODERATOR)
    with pytest.raises(Invalid, match="just as they stand"):
        await parts.wisdom.review.hide(quote.id, "", "(place)", by=MODERATOR)
    with pytest.raises(Invalid, match="choose what stands"):
        await parts.wisdom.review.hide(quote.id, "work", "a rude word", by=MODERATOR)


async def test_consent_for_a_post_alone_is_not_for_discord(parts: Services) -> None:
    quote = await published(parts, agreed=consent(Use.POSTS))
    assert await found(parts, "forms") == []
    assert await parts.wisdom.showing.find(quote.id, HOME) is None
    for_post = await parts.wisdom.showing.find(quote.id, HOME, Use.POSTS)
    assert for_post is not None
    assert await parts.wisdom.showing.find(quote.id, HOME, Use.WEBSITE) is None


async def test_narrowing_consent_holds_at_once_and_widening_too(parts: Services) -> None:
    quote = await published(parts)
    await parts.wisdom.mine.agree_to(quote.id, consent(Use.TRAINING), AMINA)
    assert await found(parts, "forms") == []
    await parts.wisdom.mine.agree_to(quote.id, consent(Use.DISCORD, Use.TRAINING), AMINA)
    assert await found(parts, "forms") == [quote.id]


async def test_a_consent_that_ends_leaves_a_tombstone(
    parts: Services, clock: FakeClock, db: Database
) -> None:
    quote = await published(parts, agreed=consent(lasting=Lasting.ONE_YEAR))
    clock.advance(days=364)
    await parts.wisdom.ending.run()
    assert await found(parts, "forms") == [quote.id]
    clock.advance(days=1)
    # Also before anything has run: whoever reads asks for a consent that lives now.
    assert await parts.wisdom.showing.find(quote.id, HOME) is None
    assert await parts.wisdom.ending.next_due() == clock.now()
    await parts.wisdom.ending.run()
    assert await parts.wisdom.ending.next_due() is None
    assert await words_kept(db) == []
    assert await parts.wisdom.showing.numbered(HOME, 1) == Tombstone(number=1)


async def test_nothing_is_completed_or_counted_from_what_is_over(
    parts: Services, clock: FakeClock
) -> None:
    await published(parts, "Zanzibar began it.", agreed=consent(lasting=Lasting.ONE_YEAR))
    await published(parts, "Zanzibar went on.", speaker=BRYN)
    assert await parts.wisdom.showing.complete(HOME, "zanz") == ["zanzibar"]
    clock.advance(days=365)
    assert "began" not in " ".join(await parts.wisdom.showing.complete(HOME, "beg"))
    clock.advance(days=1)
    page = await parts.wisdom.showing.search(HOME, "Zanzibar", Filters())
    assert (page.found.how_many, len(page.quotes)) == (1, 1)


async def test_other_words_last_no_longer_than_was_agreed(
    parts: Services, clock: FakeClock
) -> None:
    quote = await published(parts, agreed=consent(lasting=Lasting.ONE_YEAR))
    clock.advance(days=300)
    after = await parts.wisdom.mine.reword(quote.id, "Fewer forms, more talk.", AMINA)
    assert quote.given is not None
    assert after.given is not None
    assert after.given.expires_at == quote.given.expires_at
    clock.advance(days=65)
    with pytest.raises(Closed, match="The time for which you agreed is over"):
        await parts.wisdom.mine.reword(quote.id, "No forms at all.", AMINA)


async def test_a_month_before_the_end_the_speaker_is_asked_once(
    parts: Services, clock: FakeClock
) -> None:
    quote = await published(parts, agreed=consent(lasting=Lasting.ONE_YEAR))
    clock.advance(days=340)
    await parts.wisdom.ending.sweep()
    await parts.wisdom.ending.sweep()
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    assert [each.kind for each in messenger.arrived.values()] == ["quote_published", "quote_ending"]
    after = await parts.wisdom.mine.keep_for(quote.id, Lasting.ONE_YEAR, AMINA)
    assert after.given is not None
    assert after.given.expires_at == Lasting.ONE_YEAR.ends(clock.now())
    with pytest.raises(Closed, match="kept for longer than that already"):
        await parts.wisdom.mine.keep_for(quote.id, Lasting.ONE_YEAR, AMINA)


async def test_a_tombstone_says_nothing_of_whose_it_was(parts: Services, db: Database) -> None:
    vocabulary = await parts.themes.vocabulary(HOME)
    quote = await published(
        parts,
        agreed=consent(credit=Credit.FIRST_NAME, name="Amina of the tea room"),
        details=Details(kind_id=vocabulary.kinds[0].id, theme_ids=(vocabulary.themes[0].id,)),
    )
    await parts.wisdom.mine.withdraw(quote.id, AMINA)
    row = await db.only("SELECT * FROM quote")
    telling = ("speaker_id", "kept_by", "perspective", "kind_id", "conversation_id", "answers")
    assert [row[name] for name in telling] == [None] * len(telling)
    assert await db.all("SELECT * FROM quote_theme") == []
    with pytest.raises(Closed, match="This quote is gone: its speaker took it back"):
        await parts.wisdom.review.publish(quote.id, by=OTHER_MODERATOR)
    assert await db.all("SELECT * FROM quote_text") == []
    (given,) = await db.all("SELECT credited_as, given_by FROM consent")
    assert tuple(given) == (None, None)
    changes = await db.all("SELECT by_id FROM quote_change")
    assert {row["by_id"] for row in changes} == {None, MODERATOR.member_id}
    with pytest.raises(NotFound, match="I can't find that quote here"):
        await parts.wisdom.mine.get(quote.id, AMINA)


async def test_after_taking_back_the_words_are_in_no_file(
    parts: Services, path: Path, tmp_path: Path, db: Database
) -> None:
    quotes = [
        await published(parts, f"zanzibar{number:03d} and the caretaker's kettle {'x' * number}")
        for number in range(60)
    ]
    for quote in quotes[::2]:
        await parts.wisdom.mine.withdraw(quote.id, AMINA)
    await parts.wisdom.ending.sweep()
    later = tmp_path / "backup.db"
    async with db.write() as tx:
        await tx.run("UPDATE quote_helped SET member_id = member_id")
    files = [path, path.with_name(path.name + "-wal"), later]
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(later),))
    there = b"".join(each.read_bytes() for each in files if each.exists())
    for number in range(0, 60, 2):
        assert f"zanzibar{number:03d}".encode() not in there
    assert await found(parts, "zanzibar001") == [quotes[1].id]


async def test_a_perspective_is_named_only_when_enough_share_it(parts: Services) -> None:
    agreed = consent(credit=Credit.PERSPECTIVE)
    details = Details(perspective=Perspective.COMMISSIONER)
    quotes = [
        await published(parts, speaker=each, agreed=agreed, details=details)
        for each in (AMINA, BRYN, CHIDI)
    ]
    shown = await parts.wisdom.showing.get(quotes[0].id, HOME)
    assert shown.perspective is None
    for number in range(2):
        await published(parts, speaker=type(AMINA)(200 + number), agreed=agreed, details=details)
    shown = await parts.wisdom.showing.get(quotes[0].id, HOME)
    assert shown.perspective is Perspective.COMMISSIONER


async def test_no_filter_tells_what_the_credit_does_not(parts: Services) -> None:
    agreed = consent(credit=Credit.PERSPECTIVE)
    details = Details(perspective=Perspective.COMMISSIONER)
    by_perspective = Filters(perspective=Perspective.COMMISSIONER)
    quotes = [
        await published(parts, speaker=type(AMINA)(each), agreed=agreed, details=details)
        for each in range(200, 204)
    ]
    # Somebody else with that perspective, who chose not to show it.
    await published(parts, speaker=CHIDI, details=details)
    page = await parts.wisdom.showing.search(HOME, "", by_perspective)
    assert {each.id for each in page.quotes} == {each.id for each in quotes}
    await parts.wisdom.mine.withdraw(quotes[0].id, type(AMINA)(200))
    page = await parts.wisdom.showing.search(HOME, "forms", by_perspective)
    assert page.is_too_telling
    assert (page.quotes, page.found.how_many, page.found.without_filters) == ((), 0, 0)


async def test_only_one_s_own_network_finds_it(parts: Services) -> None:
    quote = await published(parts)
    assert await found(parts, "forms", AWAY) == []
    with pytest.raises(NotFound, match="I can't find that quote here"):
        await parts.wisdom.showing.get(quote.id, AWAY)


async def test_each_person_is_helped_once_and_may_take_it_back(parts: Services) -> None:
    quote = await published(parts)
    assert await parts.wisdom.showing.helped(quote.id, HOME, BRYN)
    assert await parts.wisdom.showing.helped(quote.id, HOME, CHIDI)
    assert (await parts.wisdom.showing.get(quote.id, HOME)).helped == 2
    assert not await parts.wisdom.showing.helped(quote.id, HOME, BRYN)
    assert (await parts.wisdom.showing.get(quote.id, HOME)).helped == 1


async def test_speakers_hear_what_is_decided(parts: Services) -> None:
    first, second, third = [
        await shared(parts, f"Something worth keeping, number {number}.") for number in range(3)
    ]
    await parts.wisdom.review.publish(first.id, by=MODERATOR)
    await parts.wisdom.review.decline(second.id, "Too much about one person.", by=MODERATOR)
    await parts.wisdom.review.ask_changes(third.id, "Say more?", "", by=MODERATOR)
    messenger = RecordingMessenger()
    await parts.notices.deliver_due(messenger)
    assert {each.kind for each in messenger.arrived.values()} == {
        "quote_published",
        "quote_declined",
        "quote_changes_asked",
    }
    assert {each.member_id for each in messenger.arrived.values()} == {AMINA}
    declined = await parts.wisdom.mine.get(second.id, AMINA)
    assert declined.note == "Too much about one person."


async def test_what_waits_is_seen_oldest_first_by_moderators_only(
    parts: Services, clock: FakeClock
) -> None:
    kept: list[Quote] = []
    for number in range(4):
        kept.append(await shared(parts, f"Something worth keeping, number {number}."))
        clock.advance(hours=1)
    waiting = await parts.wisdom.review.waiting(by=MODERATOR, most=3)
    assert [each.id for each in waiting.quotes] == [each.id for each in kept[:3]]
    assert waiting.how_many == 4
    with pytest.raises(NotAllowed, match="Only moderators can look at what waits"):
        await parts.wisdom.review.waiting(by=member(BRYN))


async def test_one_chance_in_many_and_none_when_there_are_none(parts: Services) -> None:
    assert await parts.wisdom.showing.by_chance(HOME) is None
    first = await published(parts)
    await parts.wisdom.mine.withdraw((await published(parts, speaker=BRYN)).id, BRYN)
    for _ in range(5):
        chosen = await parts.wisdom.showing.by_chance(HOME)
        assert chosen is not None
        assert chosen.id == first.id


async def test_a_consent_is_recorded_for_somebody_else_only_once(parts: Services) -> None:
    quote = await shared(parts)
    with pytest.raises(Closed, match="recorded already"):
        await parts.wisdom.review.record(quote.id, consent(), How.SPOKEN, by=MODERATOR)
    with pytest.raises(Closed, match="recorded already"):
        await parts.wisdom.review.leave_out(quote.id, by=MODERATOR)


async def test_sorting_a_published_quote_is_found_by_its_theme(parts: Services) -> None:
    quote = await published(parts)
    vocabulary = await parts.themes.vocabulary(HOME)
    theme = vocabulary.themes[0]
    await parts.wisdom.review.sort_under(
        quote.id, vocabulary.kinds[0].id, [theme.id], "mentions paperwork", by=MODERATOR
    )
    page = await parts.wisdom.showing.search(HOME, "", Filters(theme_ids=(theme.id,)))
    assert [each.id for each in page.quotes] == [quote.id]
    assert page.quotes[0].content_note == "mentions paperwork"
    assert await parts.wisdom.showing.by_theme(HOME) == {theme.id: 1}
    with pytest.raises(Invalid, match="up to 4 themes"):
        await parts.wisdom.review.sort_under(
            quote.id, None, [each.id for each in vocabulary.themes[:5]], "", by=MODERATOR
        )
    with pytest.raises(NotFound, match="I can't find that theme"):
        await parts.wisdom.review.sort_under(
            quote.id, None, [type(theme.id)(999_999)], "", by=MODERATOR
        )


async def test_a_theme_that_was_merged_meanwhile_is_the_one_that_stands_for_it(
    parts: Services,
) -> None:
    vocabulary = await parts.themes.vocabulary(HOME)
    first, second, third = vocabulary.themes[:3]
    details = Details(theme_ids=(first.id, second.id))
    request = await parts.wisdom.requests.begin(details, by=member(AMINA))
    for source, into in ((first, second), (second, third)):
        as_of = (await parts.themes.vocabulary(HOME)).version
        await parts.themes.merge(source.id, into.id, as_of=as_of, by=MODERATOR)
    quote = await parts.wisdom.requests.agree(request.id, WORDS, consent(), AMINA)
    await parts.wisdom.review.publish(quote.id, by=MODERATOR)
    assert await parts.wisdom.showing.by_theme(HOME) == {third.id: 1}
    page = await parts.wisdom.showing.search(HOME, "", Filters(theme_ids=(third.id,)))
    assert [each.theme_ids for each in page.quotes] == [(third.id,)]
