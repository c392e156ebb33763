"""Finding quotes, showing them to others, and the quote of the week."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import as_the_bot, restart
from bot.ids import MemberId
from bot.people import Person
from bot.wisdom.model import Details
from tests.discord import by_hand
from tests.discord.conftest import custom_ids_of, labels_of, text_of
from tests.discord.wise import AGREES, Wise
from tests.quotes import MODERATOR, consent

pytestmark = pytest.mark.simcord(check_errors=False)


async def many(wise: Wise, how_many: int, words: str = "The kettle of house {}."):
    """Published past all cards, as if before today."""
    wisdom, network_id = wise.world.parts.wisdom, wise.world.network_id
    by = replace(MODERATOR, network_id=network_id)
    with as_the_bot(wise.world.env):
        for number in range(how_many):
            who = Person(network_id=network_id, member_id=MemberId(1000 + number))
            request = await wisdom.requests.begin(Details(), by=who)
            quote = await wisdom.requests.agree(
                request.id, words.format(number), consent(), who.member_id
            )
            await wisdom.review.publish(quote.id, by=by)


async def test_hits_are_paged_and_each_page_keeps_its_words_and_filters(wise):
    await many(wise, 12)
    found = await wise.world.bryn.slash(
        wise.world.general, "wisdom search", words="kettles", year=2026
    )
    assert found.response.ephemeral
    read = text_of(found.response.message)
    assert "## 12 quotes for\nkettles" in read
    assert "Only: 2026" in read
    assert "Page 1 of 3" in read
    later = await wise.world.bryn.click(found.response.message, label="Later")
    later = await wise.world.bryn.click(later.response.message, label="Later")
    read = text_of(later.response.message)
    assert "Page 3 of 3" in read
    assert "kettles" in read
    assert "Only: 2026" in read
    earlier = await wise.world.bryn.click(later.response.message, label="Earlier")
    assert "Page 2 of 3" in text_of(earlier.response.message)
    buttons = custom_ids_of(earlier.response.message)
    first = next(each for each in buttons if each.startswith("quote:open"))
    opened = await wise.world.bryn.click(earlier.response.message, custom_id=first)
    assert "Show it to everybody here" in labels_of(opened.response.message)


async def test_respelt_words_are_said_and_can_be_searched_as_they_are(wise):
    await many(wise, 3, "A commissioner came to tea {}.")
    found = await wise.world.bryn.slash(wise.world.general, "wisdom search", words="comissioner")
    read = text_of(found.response.message)
    assert "Showing results for *commissioner*" in read
    exactly = await wise.world.bryn.click(
        found.response.message, label="Search for just what I typed"
    )
    assert "Showing results for" not in text_of(exactly.response.message)


@pytest.mark.parametrize(
    "typed", ["xyzzyqwert", '"', "AND OR NOT", "don't -", "\U0001f9e1", "مرحبا", "a" * 4000, " "]
)
async def test_nothing_found_is_said_with_what_can_be_tried(wise, typed):
    await many(wise, 1)
    read = await wise.search(wise.world.bryn, typed)
    assert "Nothing found" in read
    assert "/wisdom themes" in read or "Near are" in read


async def test_too_narrow_a_filter_can_be_left_off(wise):
    await many(wise, 2)
    found = await wise.world.bryn.slash(
        wise.world.general, "wisdom search", words="kettle", year=2001
    )
    assert "Without the filters I find 2 quotes." in text_of(found.response.message)
    free = await wise.world.bryn.click(found.response.message, label="Search without filters")
    assert "2 quotes for\nkettle" in text_of(free.response.message)


async def test_a_perspective_that_few_share_tells_nothing(wise):
    await many(wise, 1)
    read = await wise.search(wise.world.bryn, "kettle", perspective="commissioner")
    assert "So few people here share that perspective" in read
    assert "house 0" not in read


async def test_themes_lead_to_what_was_said_on_them(wise):
    parts, network_id = wise.world.parts, wise.world.network_id
    vocabulary = await parts.themes.vocabulary(network_id)
    theme = vocabulary.themes[0]
    await wise.published(wise.world.amina, themes=[str(theme.id)])
    shown = await wise.world.bryn.slash(wise.world.general, "wisdom themes")
    assert f"{theme.label}: 1 quote" in text_of(shown.response.message)
    picked = await wise.world.bryn.select(shown.response.message, [str(theme.id)])
    read = text_of(picked.response.message)
    assert "listened" in read
    assert f"Only: {theme.label}" in read


async def test_one_by_chance_and_by_number(wise):
    bryn, general = wise.world.bryn, wise.world.general
    none = await bryn.slash(general, "wisdom random")
    assert none.response.content.startswith("There are no quotes yet.")
    missing = await bryn.slash(general, "wisdom show", number=9)
    assert missing.response.content.startswith("I can't find that quote here.")
    await many(wise, 1)
    shown = await bryn.slash(general, "wisdom random")
    assert "house 0" in text_of(shown.response.message)
    assert shown.response.ephemeral


async def test_helped_counts_once_for_each_and_is_taken_back_by_a_second_press(wise):
    await many(wise, 1)
    shown = await wise.world.bryn.slash(wise.world.general, "wisdom show", number=1)
    thanks = await wise.world.bryn.click(shown.response.message, label="This helped me")
    assert thanks.response.ephemeral
    await wise.world.chidi.click(
        (
            await wise.world.chidi.slash(wise.world.general, "wisdom show", number=1)
        ).response.message,
        label="This helped me",
    )
    again = await wise.world.amina.slash(wise.world.general, "wisdom show", number=1)
    assert "This has helped 2 people." in text_of(again.response.message)
    back = await wise.world.bryn.click(shown.response.message, label="This helped me")
    assert back.response.content == "That is taken back."
    again = await wise.world.amina.slash(wise.world.general, "wisdom show", number=1)
    assert "This has helped 1 person." in text_of(again.response.message)


async def test_mine_is_added_below_another_s(wise, db):
    await many(wise, 1)
    shown = await wise.world.bryn.slash(wise.world.general, "wisdom show", number=1)
    form = await wise.world.bryn.click(shown.response.message, label="Add mine")
    read_back = await wise.world.bryn.submit_modal(form, {"words": "My kettle too."})
    await wise.agree(wise.world.bryn, read_back.response.message)
    assert [row["answers"] for row in await db.all("SELECT answers FROM quote ORDER BY id")] == [
        None,
        1,
    ]


async def share_here(wise: Wise, who):
    shown = await who.slash(wise.world.general, "wisdom show", number=1)
    told = await who.click(shown.response.message, label="Show it to everybody here")
    await wise.world.env.advance_time(10)
    return told


async def test_a_quote_is_shown_once_in_a_channel_and_again_when_it_was_deleted(wise):
    await many(wise, 1)
    told = await share_here(wise, wise.world.bryn)
    assert "You are not named with it" in text_of(told.response.message)
    (posted,) = wise.world.general.history()
    assert "house 0" in text_of(posted)
    assert not posted.flags.ephemeral
    twice = await share_here(wise, wise.world.chidi)
    assert twice.response.content.startswith("That quote is shown in this channel already.")
    wise.world.env.backend.delete_message(wise.world.general.id, posted.id)
    await wise.world.env.advance_time(2 * 3600)
    assert wise.world.general.history() == []
    again = await share_here(wise, wise.world.chidi)
    assert "It is shown in this channel" in text_of(again.response.message)
    assert len(wise.world.general.history()) == 1


def mondays_at(wise: Wise):
    return [
        (text_of(each), each.created_at)
        for each in wise.wisdom.history()
        if "Quote of the week" in text_of(each)
    ]


async def test_each_monday_at_ten_another_quote_until_all_were_shown(wise, db):
    await many(wise, 2)
    await wise.published(
        wise.world.amina, "Not for everybody.", AGREES, note="mentions an eviction"
    )
    for week in range(3):
        await wise.world.env.advance_time(7 * 86400)
        if week == 0:
            await restart(wise.world.env, CoproductionBot(services(db, wise.world.parts.clock)))
    weeks = mondays_at(wise)
    assert ["house 0" in text for text, _ in weeks] == [True, False, True]
    assert all("Not for everybody" not in text for text, _ in weeks)
    first = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    assert [at.replace(second=0, microsecond=0) for _, at in weeks] == [
        first + timedelta(days=7 * number) for number in range(3)
    ]


async def test_no_quote_of_the_week_without_a_channel_for_it(wise):
    await many(wise, 1)
    by_hand.delete_channel(wise.world, wise.wisdom.id)
    await wise.world.env.advance_time(7200)
    assert mondays_at(wise) == []
