"""Looking conversations up, and picking the one somebody means."""

import unicodedata
from dataclasses import replace

import pytest

from bot.client import Services
from bot.conversations.model import Phase
from bot.conversations.service.calendar import ON_A_PAGE
from bot.errors import NotFound
from tests.conftest import AWAY, HOME, ORGANISER, FakeClock
from tests.fakes import planned

MISSING = "I can't find that conversation. It may be over, or have been removed."
AWAY_ORGANISER = replace(ORGANISER, network_id=AWAY)


async def titles(parts: Services, number: int = 0) -> list[str]:
    return [each.title for each in (await parts.calendar.page(HOME, number)).conversations]


async def test_conversations_ahead_come_soonest_first(parts: Services) -> None:
    for day, title in ((5, "Third"), (3, "First"), (4, "Second")):
        await planned(parts, when=f"{day} Dec 2pm", title=title)
    assert await titles(parts) == ["First", "Second", "Third"]


async def test_a_list_of_none_has_one_empty_page(parts: Services) -> None:
    page = await parts.calendar.page(HOME, 3)
    assert (page.number, page.pages, list(page.conversations)) == (0, 1, [])


async def test_a_page_number_too_high_gives_the_last_page(parts: Services) -> None:
    for day in range(1, ON_A_PAGE + 2):
        await planned(parts, when=f"{day} Dec 2pm", title=f"Day {day}")
    first = await parts.calendar.page(HOME, 0)
    assert (len(first.conversations), first.pages) == (ON_A_PAGE, 2)
    last = await parts.calendar.page(HOME, 10**9)
    assert (last.number, [each.title for each in last.conversations]) == (1, ["Day 6"])


async def test_exactly_full_pages_have_no_empty_one_after_them(parts: Services) -> None:
    for day in range(1, ON_A_PAGE + 1):
        await planned(parts, when=f"{day} Dec 2pm")
    assert (await parts.calendar.page(HOME, 1)).pages == 1


async def test_what_has_started_is_no_longer_listed_but_can_be_shown(
    parts: Services, clock: FakeClock
) -> None:
    conversation = await planned(parts, when="today 9:30am")
    assert conversation.phase(clock.now()) is Phase.AHEAD
    clock.advance(minutes=30)
    assert await titles(parts) == []
    assert conversation.phase(clock.now()) is Phase.UNDER_WAY
    clock.advance(minutes=90)
    assert conversation.phase(clock.now()) is Phase.OVER
    assert await parts.calendar.get(conversation.id, HOME) == conversation


async def test_another_networks_conversations_are_neither_listed_nor_found(
    parts: Services,
) -> None:
    theirs = await planned(parts, title="Theirs", by=AWAY_ORGANISER)
    assert await titles(parts) == []
    assert await parts.calendar.titled(HOME, "the") == []
    for chosen in (str(theirs.id), "Theirs", "999"):
        with pytest.raises(NotFound) as refused:
            await parts.calendar.pick(HOME, chosen)
        assert str(refused.value) == MISSING
    with pytest.raises(NotFound, match=MISSING):
        await parts.calendar.get(theirs.id, HOME)
    assert await parts.calendar.get(theirs.id, AWAY) == theirs


async def test_titles_are_found_whatever_their_case_and_spaces(parts: Services) -> None:
    conversation = await planned(parts, title="Who decides at the STRASSE café?")
    for words in ("who", " DECIDES  at ", "straße", unicodedata.normalize("NFD", "CAFÉ"), ""):
        assert await parts.calendar.titled(HOME, words) == [conversation], words
    assert await parts.calendar.titled(HOME, "nobody") == []


async def test_a_suggestion_is_picked_by_its_id(parts: Services) -> None:
    await planned(parts, title="Who decides?")
    second = await planned(parts, title="Who decides?")
    assert await parts.calendar.pick(HOME, str(second.id)) == second


async def test_a_title_alone_in_its_words_is_picked(parts: Services) -> None:
    await planned(parts, title="Who pays?")
    conversation = await planned(parts, title="Who decides?")
    for chosen in ("decides", " who DECIDES? "):
        assert await parts.calendar.pick(HOME, chosen) == conversation


async def test_a_title_typed_in_full_wins_over_a_longer_one(parts: Services) -> None:
    short = await planned(parts, title="Who decides?")
    await planned(parts, title="Who decides? Part two")
    for chosen in ("who decides?", "who  decides?"):
        assert await parts.calendar.pick(HOME, chosen) == short


async def test_words_in_several_titles_are_refused_with_how_many(parts: Services) -> None:
    for _ in range(3):
        await planned(parts, title="Who decides?")
    with pytest.raises(NotFound) as refused:
        await parts.calendar.pick(HOME, "who")
    assert str(refused.value) == (
        "3 conversations have that in their title. "
        "Please pick one from the list that appears while you type."
    )


async def test_a_conversation_may_be_called_by_a_number(parts: Services) -> None:
    conversation = await planned(parts, title="2030")
    assert await parts.calendar.pick(HOME, "2030") == conversation


@pytest.mark.parametrize(
    "chosen", ["9" * 18, "9" * 19, "9" * 5000, "٣", "²", "-1", "1; --", "x" * 100]
)
async def test_whatever_is_typed_to_pick_is_answered(parts: Services, chosen: str) -> None:
    await planned(parts)
    with pytest.raises(NotFound, match=MISSING):
        await parts.calendar.pick(HOME, chosen)
