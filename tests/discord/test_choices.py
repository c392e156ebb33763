"""My choices: who is named on a card, and who is not."""

import pytest

from cogs.conversations import choices
from tests.discord.conftest import text_of
from tests.discord.test_my_sign_up import my_sign_up


async def choose(world, person, **ticked):
    panel = await my_sign_up(world, person)
    form = await person.click(panel, label="My choices")
    return await person.submit_modal(form, ticked)


async def test_a_card_names_those_who_chose_it_and_counts_the_others(world):
    card = await world.plan()
    for person in (world.amina, world.bryn, world.chidi):
        await person.click(card, label="Sign up")
    assert "With them" not in text_of(await world.refreshed())

    saved = await choose(world, world.amina, shows_name=True)

    assert saved.response.content == (
        "Saved. While you have a place, the card may name you. Everybody can see that."
    )
    assert saved.ephemeral
    assert f"3 coming, no limit on places\nWith them: <@{world.amina.id}> and 2 more" in text_of(
        await world.refreshed()
    )
    for person in (world.bryn, world.chidi):
        await choose(world, person, shows_name=True)
    assert f"With them: <@{world.amina.id}>, <@{world.bryn.id}> and <@{world.chidi.id}>" in text_of(
        await world.refreshed()
    )


async def test_the_only_one_who_comes_may_be_named(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await choose(world, world.amina, shows_name=True)

    read = text_of(await world.refreshed())

    assert f"With them: <@{world.amina.id}>\n" in read


async def test_a_private_card_names_them_too_also_after_a_press(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await choose(world, world.amina, shows_name=True)

    shown = await world.bryn.slash(world.general, "conversation show", conversation="who")
    assert f"<@{world.amina.id}>" in text_of(shown.response.message)
    pressed = await world.bryn.click(shown.response.message, label="Sign up")

    assert f"With them: <@{world.amina.id}> and 1 more" in text_of(pressed.response.message)


async def test_the_name_is_off_the_card_when_they_say_so_or_leave(world):
    card = await world.plan()
    for person in (world.amina, world.bryn):
        await person.click(card, label="Sign up")
        await choose(world, person, shows_name=True)
    hidden = await choose(world, world.amina, shows_name=False)
    await world.bryn.click(card, label="I can't make it")

    assert hidden.response.content == "Saved. Your name is not on the card."
    assert "With them" not in text_of(await world.refreshed())


async def test_a_mention_on_a_card_pings_nobody(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await choose(world, world.amina, shows_name=True)
    await world.refreshed()

    edits = [
        request.json
        for request in world.env.http_requests
        if request.method == "PATCH" and request.path.endswith(f"/messages/{card.id}")
    ]
    assert f"<@{world.amina.id}>" in str(edits[-1])
    assert [edit["allowed_mentions"] for edit in edits] == [{"parse": []}] * len(edits)


async def test_the_role_is_asked_about_only_where_there_is_one(world, db, monkeypatch):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    form = await world.amina.click(await my_sign_up(world, world.amina), label="My choices")
    assert "Give me the role" not in str(form.modal)

    monkeypatch.setattr(choices, "offers_role", lambda _: True)
    saved = await choose(world, world.amina, wants_role=False)

    assert saved.response.content == "Saved. Your name is not on the card. You don't get the role."
    (row,) = await db.all("SELECT wants_role FROM sign_up")
    assert row["wants_role"] == 0
    saved = await choose(world, world.amina, wants_role=True)
    assert saved.response.content.endswith("You get the role.")


@pytest.mark.simcord(check_errors=False)
async def test_an_old_panel_after_the_end_says_that_it_is_over(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    panel = await my_sign_up(world, world.amina)
    await world.env.advance_time(11 * 24 * 3600)

    pressed = await world.amina.click(panel, label="My choices")

    assert pressed.response.content == "This conversation is over."
