"""What speakers do with their own words: change, narrow, lengthen and take back."""

from datetime import timedelta

import pytest

from bot.clock import to_text
from tests.discord.conftest import labels_of, text_of
from tests.discord.wise import AGREES, Wise

pytestmark = pytest.mark.simcord(check_errors=False)


async def test_mine_is_paged_newest_first_and_for_one_s_own_eyes(wise):
    amina = wise.world.amina
    for number in range(7):
        await wise.share(amina, f"Something to keep, number {number}.")
    listed = await amina.slash(wise.world.general, "wisdom mine")
    assert listed.response.ephemeral
    first = text_of(listed.response.message)
    assert "7 quotes. Only you see this list." in first
    assert "number 6" in first
    assert "number 1" not in first
    older = await amina.click(listed.response.message, label="Older")
    assert "number 0" in text_of(older.response.message)
    assert "Page 2 of 2" in text_of(older.response.message)
    newer = await amina.click(older.response.message, label="Newer")
    assert "number 6" in text_of(newer.response.message)
    others = await wise.world.bryn.slash(wise.world.general, "wisdom mine")
    assert "Nothing yet." in text_of(others.response.message)


async def test_narrowing_holds_at_once_wherever_it_stands(wise):
    amina = wise.world.amina
    await wise.published(amina)
    await show_here(wise)
    form = await amina.click(await wise.mine(amina), label="Change what I agreed to")
    after = await amina.submit_modal(form, {**AGREES, "uses": ["training"]})
    read = text_of(after.response.message)
    assert "In training and papers for boards" in read
    assert "Discord server" not in read
    assert "Nothing found" in await wise.search(wise.world.bryn, "listened")
    await wise.world.env.advance_time(10)
    assert "listened" not in text_of(wise.world.general.history()[-1])
    form = await amina.click(await wise.mine(amina), label="Change what I agreed to")
    await amina.submit_modal(form, AGREES)
    await wise.world.env.advance_time(10)
    assert "listened" in text_of(wise.world.general.history()[-1])


async def show_here(wise: Wise):
    shown = await wise.world.bryn.slash(wise.world.general, "wisdom show", number=1)
    await wise.world.bryn.click(shown.response.message, label="Show it to everybody here")
    await wise.world.env.advance_time(10)


async def test_who_ticks_no_use_is_asked_whether_to_take_it_back(wise):
    amina = wise.world.amina
    await wise.published(amina)
    form = await amina.click(await wise.mine(amina), label="Change what I agreed to")
    asked = await amina.submit_modal(form, {**AGREES, "uses": []})
    read = text_of(asked.response.message)
    assert "So far nothing has changed, and your words are still kept." in read
    assert labels_of(asked.response.message) == ["Yes, delete my words", "No, keep them"]
    kept = await amina.click(asked.response.message, label="No, keep them")
    assert "Quote 1: published" in text_of(kept.response.message)
    assert "Quote 1" in await wise.search(wise.world.bryn, "listened")


async def test_a_name_stands_just_as_it_was_typed_and_goes_when_it_is_changed(wise):
    amina = wise.world.amina
    named = {**AGREES, "credit": "first_name", "name": "bell *h*"}
    await wise.published(amina, agrees=named)
    assert r"bell \*h\*, 2026 · Quote 1" in await wise.search(wise.world.bryn, "listened")
    form = await amina.click(await wise.mine(amina), label="Change what I agreed to")
    await amina.submit_modal(form, AGREES)
    read = await wise.search(wise.world.bryn, "listened")
    assert "bell" not in read
    assert "A member of the network, 2026 · Quote 1" in read


async def test_reworded_it_waits_again_and_shows_nothing_meanwhile(wise):
    amina = wise.world.amina
    await wise.published(amina)
    await show_here(wise)
    form = await amina.click(await wise.mine(amina), label="Change the words")
    after = await amina.submit_modal(form, {"words": "They asked how I was."})
    assert "Quote 1: waiting for a moderator" in text_of(after.response.message)
    await wise.world.env.advance_time(10)
    posted = text_of(wise.world.general.history()[-1])
    assert "listened" not in posted
    assert "asked how" not in posted
    await wise.publish()
    assert "asked how" in text_of(wise.world.general.history()[-1])


async def ends_in(wise: Wise, db, days: int):
    """As if most of the year had passed."""
    end = wise.world.parts.clock.now() + timedelta(days=days)
    async with db.write() as tx:
        await tx.run("UPDATE consent SET expires_at = :end", {"end": to_text(end)})


async def test_a_month_before_the_end_they_are_asked_and_may_keep_it_longer(wise, db):
    amina = wise.world.amina
    await wise.published(amina, agrees={**AGREES, "lasting": "one_year"})
    await ends_in(wise, db, 30)
    before = len(wise.private(amina))
    await wise.world.env.advance_time(2 * 3600)
    told = wise.private(amina)[before:]
    assert len(told) == 1
    assert "kept until Wednesday 23 December 2026" in text_of(told[0])
    longer = await amina.user.click(told[0], label="Keep it a year from today")
    assert "It ends on Tuesday 23 November 2027" in text_of(longer.response.message)


async def test_when_its_time_is_over_it_comes_off_everything(wise, db):
    amina = wise.world.amina
    await wise.published(amina, agrees={**AGREES, "lasting": "one_year"})
    await show_here(wise)
    await ends_in(wise, db, 1)
    await wise.world.env.advance_time(86000)
    assert "listened" in text_of(wise.world.general.history()[-1])
    await wise.world.env.advance_time(600)
    assert "listened" not in text_of(wise.world.general.history()[-1])
    assert "listened" not in text_of(wise.waiting())
    assert await db.all("SELECT 1 FROM quote_text") == []


async def test_taking_back_twice_says_that_it_is_gone(wise):
    amina = wise.world.amina
    await wise.published(amina)
    first, second = await wise.mine(amina), await wise.mine(amina)
    asked = await amina.click(first, label="Take it back")
    again = await amina.click(second, label="Take it back")
    assert "Take back quote 1?" in text_of(asked.response.message)
    await amina.click(asked.response.message, label="Yes, delete my words")
    late = await amina.click(again.response.message, label="Yes, delete my words")
    assert "I can't find that quote here" in late.response.content


async def test_what_stands_in_an_archived_thread_is_taken_back_too(wise):
    amina, env = wise.world.amina, wise.world.env
    await wise.published(amina)
    await show_here(wise)
    posted = wise.world.general.history()[-1]
    path = f"/channels/{posted.channel.id}/messages/{posted.id}"
    env.inject_error("PATCH", path, status=400, code=50083, times=1)
    asked = await amina.click(await wise.mine(amina), label="Take it back")
    await amina.click(asked.response.message, label="Yes, delete my words")
    await env.advance_time(10)
    assert "listened" not in text_of(wise.world.general.history()[-1])
