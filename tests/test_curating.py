"""What goes out in files, and what was done with a quote: only as people agreed."""

import csv
import io
import json

import pytest

from bot.client import Services
from bot.errors import NotAllowed, NotFound
from bot.ids import MemberId, QuoteId, ThemeId
from bot.people import Person
from bot.wisdom.model import Credit, Details, Lasting, Perspective, Quote, Use
from bot.wisdom.service.curating import Packed
from cogs.wisdom.exporting import Format, exported, file_of
from tests.conftest import AMINA, AWAY, HOME, ORGANISER, FakeClock
from tests.quotes import MODERATOR, consent, member, published

ON_PAPER = consent(Use.DISCORD, Use.TRAINING)


async def on_theme(parts: Services, words: str, agreed=ON_PAPER, theme=0, **rest) -> Quote:
    vocabulary = await parts.themes.vocabulary(HOME)
    details = Details(theme_ids=(vocabulary.themes[theme].id,), **rest)
    return await published(parts, words, agreed=agreed, details=details)


async def theme_id(parts: Services, theme: int = 0) -> ThemeId:
    return (await parts.themes.vocabulary(HOME)).themes[theme].id


async def packed(parts: Services, by: Person = MODERATOR) -> Packed:
    return await parts.wisdom.curating.pack(await theme_id(parts), by=by)


async def test_a_page_has_what_is_agreed_for_papers_and_counts_the_rest(parts: Services) -> None:
    may = await on_theme(parts, "They may print this one.")
    await on_theme(parts, "This is for here only.", consent(Use.DISCORD))
    await on_theme(parts, "This is for the website.", consent(Use.WEBSITE))
    await on_theme(parts, "This is about something else.", theme=1)

    page = await packed(parts)

    assert [each.number for each in page.quotes] == [may.number]
    assert (page.of, page.left_out) == (1, 1)


async def test_only_who_looks_after_the_network_gets_what_members_cannot_read(
    parts: Services,
) -> None:
    await on_theme(parts, "For papers alone.", consent(Use.TRAINING))

    assert [each.words for each in (await packed(parts)).quotes] == ["For papers alone."]
    assert (await packed(parts, ORGANISER)).of == 1
    assert (await packed(parts, member(AMINA))) == Packed(quotes=[], of=0, left_out=0)


async def test_a_page_holds_twelve_and_says_of_how_many(parts: Services) -> None:
    for number in range(14):
        await on_theme(parts, f"This is what number {number} said.")

    page = await packed(parts)

    assert [each.number for each in page.quotes] == list(range(14, 2, -1))
    assert page.of == 14


async def test_what_is_over_is_on_no_page(parts: Services, clock: FakeClock) -> None:
    await on_theme(
        parts, "For one year.", consent(Use.DISCORD, Use.TRAINING, lasting=Lasting.ONE_YEAR)
    )
    mine = await on_theme(parts, "Until I say.")
    await parts.wisdom.mine.withdraw(mine.id, AMINA)
    clock.advance(days=366)

    assert (await packed(parts)).of == 0


async def test_a_file_holds_one_use_and_reads_the_same_in_every_format(parts: Services) -> None:
    agreed = consent(Use.WEBSITE, Use.POSTS, credit=Credit.FIRST_NAME, name="Jo")
    await on_theme(parts, "=1+1 is what they made of us.", agreed, content_note="numbers")
    await on_theme(parts, "Not for the website.")
    vocabulary = await parts.themes.vocabulary(HOME)
    quotes = [each async for each in parts.wisdom.showing.everything(Use.WEBSITE, by=MODERATOR)]

    made = {form: file_of(quotes, vocabulary, form) for form in Format}

    (row,) = csv.DictReader(io.StringIO(made[Format.CSV].decode("utf-8-sig"), newline=""))
    assert (row["words"], row["credit"]) == ("'=1+1 is what they made of us.", "Jo")
    (told,) = json.loads(made[Format.JSON])["quotes"]
    assert told["themes"] == [vocabulary.themes[0].label]
    assert told["uses"] == ["On the network's website", "In the network's reflections posts"]
    assert b"Content note: numbers" in made[Format.MARKDOWN]
    assert f"theme.{vocabulary.themes[0].label}".encode() in made[Format.TAGUETTE]
    assert not any(b"Not for the website" in each for each in made.values())
    with pytest.raises(NotAllowed, match="Only moderators can export quotes"):
        _ = [each async for each in parts.wisdom.showing.everything(Use.WEBSITE, by=member(AMINA))]


async def test_a_perspective_is_written_only_where_enough_share_it(parts: Services) -> None:
    agreed = consent(credit=Credit.PERSPECTIVE)
    details = Details(perspective=Perspective.LOCAL_AUTHORITY)
    vocabulary = await parts.themes.vocabulary(HOME)

    async def written(*, to_read: bool) -> list[str]:
        quotes = [each async for each in parts.wisdom.showing.everything(Use.DISCORD, by=MODERATOR)]
        return [exported(each, vocabulary, to_read=to_read).perspective for each in quotes]

    for speaker in range(1, 5):
        await published(
            parts, f"Said by {speaker}.", speaker=MemberId(speaker), agreed=agreed, details=details
        )
    assert await written(to_read=True) == [""] * 4
    await published(parts, "Said by 5.", speaker=MemberId(5), agreed=agreed, details=details)
    assert await written(to_read=True) == ["somebody in a local authority"] * 5
    assert await written(to_read=False) == ["local authority"] * 5


async def test_the_history_names_moderators_and_never_the_speaker(parts: Services) -> None:
    quote = await published(parts)
    await parts.wisdom.mine.agree_to(quote.id, ON_PAPER, AMINA)

    changes, how_many = await parts.wisdom.curating.history(quote.number or 0, by=MODERATOR)

    assert [(each.what, each.by_id) for each in changes] == [
        ("consent changed by its speaker", None),
        ("published", MODERATOR.member_id),
        ("agreed to by its speaker", None),
    ]
    assert how_many == 3
    paged, _ = await parts.wisdom.curating.history(1, by=MODERATOR, skip=1, most=1)
    assert [each.what for each in paged] == ["published"]


async def test_every_line_about_a_speaker_is_one_that_hides_who_it_was(parts: Services) -> None:
    """Whatever a speaker does is noted in words by which the history knows not to name them."""
    quote = await published(parts)
    await parts.wisdom.mine.agree_to(quote.id, ON_PAPER, AMINA)
    await parts.wisdom.mine.reword(quote.id, "In other words.", AMINA)
    await parts.wisdom.review.publish(quote.id, by=MODERATOR)

    told, _ = await parts.wisdom.curating.history(1, by=MODERATOR)

    assert AMINA not in {each.by_id for each in told}
    assert AMINA in {
        each.by_id for each in await parts.wisdom.review.history(QuoteId(quote.id), by=MODERATOR)
    }


async def test_a_history_is_for_moderators_of_its_own_server(parts: Services) -> None:
    await published(parts)
    with pytest.raises(NotAllowed, match="Only moderators can look at what was done"):
        await parts.wisdom.curating.history(1, by=member(AMINA))
    foreign = Person(network_id=AWAY, member_id=MODERATOR.member_id, is_moderator=True)
    with pytest.raises(NotFound, match="I can't find that quote here"):
        await parts.wisdom.curating.history(1, by=foreign)
