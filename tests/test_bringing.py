"""Quotes out of files: kept once, seen by nobody, and left out again as a whole."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.client import Services
from bot.errors import Closed, Invalid, NotAllowed, NotFound
from bot.ids import QuoteImportId
from bot.people import Person
from bot.search.entry import Filters
from bot.storage.database import Database
from bot.wisdom.importing.doubles import with_doubles
from bot.wisdom.importing.model import Candidate
from bot.wisdom.model import Brought, Credit, How, Perspective, Quote, QuoteState, Source, Use
from tests.conftest import AMINA, AWAY, HOME
from tests.quotes import MODERATOR, OTHER_MODERATOR, consent, member, published

WHOLE = (
    "The council never asked any tenant about the new building until the roof was on, and then "
    "they sent round a colour chart for the doors."
)
CUT = "The council never asked any tenant about the new building until the roof was on …"
OTHER = "We paid people on the day, in cash, and everybody came back the month after."
FOREIGN = Person(network_id=AWAY, member_id=MODERATOR.member_id, is_moderator=True)


def found(*words: str) -> list[Candidate]:
    return with_doubles([Candidate(words=each, heading="Advice", kind="advice") for each in words])


async def waiting(parts: Services) -> Sequence[Quote]:
    return (await parts.wisdom.review.waiting(by=MODERATOR, most=100)).quotes


async def brought(parts: Services, *words: str) -> Brought:
    return await parts.wisdom.bringing.bring_in(found(*words), by=MODERATOR)


def the_import(done: Brought) -> QuoteImportId:
    assert done.import_id is not None
    return done.import_id


async def test_what_a_file_says_beside_the_words_is_kept(parts: Services) -> None:
    told = Candidate(
        words=OTHER,
        heading="Great examples",
        kind="example",
        themes=("Recruitment", "no such theme", "recruitment", "commissioning"),
        year=2019,
        perspective="Local authority",
        credit="Somebody's name",
    )

    done = await parts.wisdom.bringing.bring_in([told], by=MODERATOR)

    (quote,) = await waiting(parts)
    vocabulary = await parts.themes.vocabulary(HOME)
    assert (quote.words, quote.heading, quote.year) == (OTHER, "Great examples", 2019)
    assert quote.details.kind_id == vocabulary.kinds[0].id
    labels = [vocabulary.theme(each).label for each in quote.details.theme_ids]
    assert labels == ["Recruitment", "Commissioning"]
    assert quote.details.perspective is Perspective.LOCAL_AUTHORITY
    assert (quote.state, quote.source) == (QuoteState.TO_RECORD, Source.IMPORTED)
    assert (quote.speaker_id, quote.kept_by) == (None, MODERATOR.member_id)
    assert done.had_names


async def test_a_name_beside_the_words_is_nowhere_in_the_database(
    parts: Services, db: Database
) -> None:
    named = replace(found(OTHER)[0], credit="Ermintrude Pigeon")
    await parts.wisdom.bringing.bring_in([named], by=MODERATOR)

    tables = await db.all("SELECT name FROM sqlite_schema WHERE type = 'table'")
    for table in tables:
        rows = await db.all(f'SELECT * FROM "{table["name"]}"')  # noqa: S608  # our own schema
        assert not any("Ermintrude" in str(tuple(row)) for row in rows), table["name"]


async def test_of_two_in_a_file_that_say_the_same_the_longer_stays(parts: Services) -> None:
    done = await brought(parts, CUT, OTHER, WHOLE)

    assert [each.words for each in await waiting(parts)] == [OTHER, WHOLE]
    (left,) = done.left_out
    assert (left.words, left.like.words, left.like.is_kept) == (CUT, WHOLE, False)


async def test_what_is_published_or_waits_is_not_brought_in_again(parts: Services) -> None:
    here = await published(parts, WHOLE)
    hidden = await published(
        parts, OTHER, agreed=consent(Use.WEBSITE)
    )  # which no search in Discord finds
    declined = "The minutes came out three weeks late, with our names spelt wrong in them."
    await brought(parts, declined)

    done = await brought(parts, CUT, OTHER.replace("cash", "coins"), declined)

    assert done.kept == 0
    assert done.import_id is None
    assert [(each.like.number, each.like.is_kept) for each in done.left_out] == [
        (here.number, True),
        (hidden.number, True),
        (0, True),
    ]


async def test_what_is_alike_is_kept_when_asked_for_and_what_is_the_same_is_not(
    parts: Services,
) -> None:
    await published(parts, WHOLE)

    done = await parts.wisdom.bringing.bring_in(
        found(CUT, WHOLE.upper()), by=MODERATOR, keep_alike=True
    )

    assert [each.words for each in await waiting(parts)] == [CUT]
    assert [each.words for each in done.left_out] == [WHOLE.upper()]


async def test_what_another_server_has_is_not_compared_with(parts: Services) -> None:
    await published(parts, WHOLE)

    done = await parts.wisdom.bringing.bring_in(found(WHOLE), by=FOREIGN)

    assert done.kept == 1


async def test_two_moderators_who_bring_in_one_file_at_once_bring_it_in_once(
    parts: Services,
) -> None:
    first, second = await asyncio.gather(
        *(
            parts.wisdom.bringing.bring_in(found(WHOLE, OTHER), by=by)
            for by in (MODERATOR, OTHER_MODERATOR)
        )
    )

    assert {first.kept, second.kept} == {2, 0}
    assert len(await waiting(parts)) == 2


async def test_nobody_sees_what_was_brought_in_before_a_yes_and_a_moderator(
    parts: Services,
) -> None:
    done = await brought(parts, WHOLE)

    async def is_found() -> bool:
        page = await parts.wisdom.showing.search(HOME, "building colour", Filters())
        return bool(page.quotes)

    (quote,) = await waiting(parts)
    assert not await is_found()
    with pytest.raises(Closed, match="press Record consent first"):
        await parts.wisdom.review.publish(quote.id, by=OTHER_MODERATOR)
    await parts.wisdom.bringing.record_all(the_import(done), consent(), by=MODERATOR)
    assert not await is_found()
    await parts.wisdom.review.publish(quote.id, by=MODERATOR)  # what a file said is nobody's own
    assert await is_found()


async def test_consent_is_recorded_for_all_of_a_file_at_once(parts: Services) -> None:
    done = await brought(parts, WHOLE, OTHER, "A key to the front door says more than a leaflet.")
    alike = "We painted one door, and nobody came."
    await brought(parts, alike)
    import_id = the_import(done)
    first = (await waiting(parts))[0]
    agreed = consent(Use.POSTS, credit=Credit.PERSPECTIVE)
    await parts.wisdom.review.record(first.id, consent(Use.WEBSITE), How.WRITTEN, by=MODERATOR)

    recorded = await parts.wisdom.bringing.record_all(import_id, agreed, by=OTHER_MODERATOR)

    after = await waiting(parts)
    states = {each.words: each.state for each in after}
    assert recorded == done.kept - 1
    assert states.pop(alike) is QuoteState.TO_RECORD
    assert set(states.values()) == {QuoteState.PENDING}
    given = {each.id: each.given for each in after if each.given is not None}
    assert given.pop(first.id).consent.uses == {Use.WEBSITE}
    for each in given.values():
        assert (each.consent, each.how) == (agreed, How.PUBLISHED)
        assert each.given_by == OTHER_MODERATOR.member_id
    with pytest.raises(Closed, match="Nothing of that file waits for consent any more"):
        await parts.wisdom.bringing.record_all(import_id, agreed, by=MODERATOR)


async def test_one_name_is_not_put_under_the_words_of_many(parts: Services) -> None:
    done = await brought(parts, WHOLE)
    named = consent(credit=Credit.FIRST_NAME, name="Jo")
    with pytest.raises(Invalid, match="One name can't stand with all of them"):
        await parts.wisdom.bringing.record_all(the_import(done), named, by=MODERATOR)


async def test_a_whole_file_is_left_out_again_but_for_what_somebody_agreed_to(
    parts: Services, db: Database
) -> None:
    done = await brought(parts, WHOLE, OTHER)
    first, _ = await waiting(parts)
    await parts.wisdom.review.record(first.id, consent(), How.SPOKEN, by=MODERATOR)

    assert await parts.wisdom.bringing.leave_out_all(the_import(done), by=MODERATOR) == 1

    assert [each.id for each in await waiting(parts)] == [first.id]
    assert [row["words"] for row in await db.all("SELECT words FROM quote_text")] == [first.words]
    with pytest.raises(Closed, match="Nothing of that file waits"):
        await parts.wisdom.bringing.leave_out_all(the_import(done), by=MODERATOR)


async def test_files_that_wait_are_listed_newest_first(parts: Services) -> None:
    assert await parts.wisdom.bringing.waiting(by=MODERATOR) == ([], 0)
    old, new = await brought(parts, WHOLE), await brought(parts, OTHER)

    listed, how_many = await parts.wisdom.bringing.waiting(by=MODERATOR, most=1)

    assert ([each.id for each in listed], how_many) == ([new.import_id], 2)
    await parts.wisdom.bringing.leave_out_all(the_import(new), by=MODERATOR)
    (listed,), how_many = await parts.wisdom.bringing.waiting(by=MODERATOR)
    assert (listed.id, listed.to_record, listed.kept, how_many) == (old.import_id, 1, 1, 1)


async def test_only_moderators_bring_in_and_only_in_their_own_server(parts: Services) -> None:
    done = await brought(parts, WHOLE)
    import_id, amina = the_import(done), member(AMINA)
    bringing = parts.wisdom.bringing
    with pytest.raises(NotAllowed, match="Only moderators can bring in quotes"):
        await bringing.bring_in([], by=amina)
    with pytest.raises(NotAllowed, match="Only moderators can bring in quotes"):
        await bringing.must_be_allowed(by=amina)
    with pytest.raises(NotAllowed, match="Only moderators can record consent"):
        await bringing.record_all(import_id, consent(), by=amina)
    for refused in (bringing.leave_out_all(import_id, by=amina), bringing.waiting(by=amina)):
        with pytest.raises(NotAllowed, match="Only moderators can look at what was brought in"):
            await refused
    for refused in (
        bringing.leave_out_all(import_id, by=FOREIGN),
        bringing.record_all(import_id, consent(), by=FOREIGN),
    ):
        with pytest.raises(NotFound, match="I can't find that file's quotes any more"):
            await refused
    assert len(await waiting(parts)) == 1


async def test_an_operator_brings_in_for_a_network_that_there_is(parts: Services) -> None:
    await published(parts, OTHER)  # so that the network is there
    with pytest.raises(Invalid, match="No network has that id here"):
        await parts.wisdom.bringing.bring_in_as_operator(found(WHOLE), AWAY)

    await parts.wisdom.bringing.bring_in_as_operator(found(WHOLE, OTHER), HOME)

    (quote,) = await waiting(parts)
    assert (quote.words, quote.kept_by) == (WHOLE, None)


async def test_how_far_it_has_come_is_told(parts: Services) -> None:
    told: list[tuple[int, int]] = []
    await parts.wisdom.bringing.bring_in(
        found(WHOLE, OTHER), by=MODERATOR, progress=lambda done, of: told.append((done, of))
    )
    assert told == [(1, 2), (2, 2)]
