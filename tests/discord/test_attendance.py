"""Ticking who was there."""

from datetime import timedelta

import pytest

from tests.discord.conftest import labels_of, text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)
UNTIL_IT_HAS_BEGUN = timedelta(days=10, hours=5, minutes=20).total_seconds()


async def begun(world, *people):
    card = await world.plan()
    for person in people:
        await person.click(card, label="Sign up")
    await world.env.advance_time(UNTIL_IT_HAS_BEGUN)


async def ask(world, who=None, conversation="who"):
    return await (who or world.organiser).slash(
        world.general, "organise attendance", conversation=conversation
    )


def menu_of(message):
    (menu,) = [
        part
        for row in message.components[0].to_dict()["components"]
        for part in row.get("components", [])
        if part["type"] == 3
    ]
    return menu


async def test_ticking_some_and_pressing_done_ends_with_a_count(world):
    await begun(world, world.amina, world.bryn, world.chidi)

    shown = await ask(world)
    panel = shown.response.message
    assert shown.ephemeral
    assert [each["label"] for each in menu_of(panel)["options"]] == ["amina", "bryn", "chidi"]
    assert "0 of 3 ticked so far." in text_of(panel)

    ticked = await world.organiser.select(panel, ["1", "3"])
    panel = ticked.response.message
    read = text_of(panel)
    assert f"1\\. <@{world.amina.id}>: there" in read
    assert f"2\\. <@{world.bryn.id}>: not there" in read
    assert [each.get("default") for each in menu_of(panel)["options"]] == [True, False, True]

    done = await world.organiser.click(panel, label="Done")
    assert text_of(done.response.message).strip() == (
        "**Who decides?**: 2 of 3 were there. Thank you for noting it."
    )


async def test_everybody_was_there(world):
    await begun(world, world.amina, world.bryn)
    panel = (await ask(world)).response.message

    everybody = await world.organiser.click(panel, label="Everybody was there")
    done = await world.organiser.click(everybody.response.message, label="Done")

    assert "2 of 2 were there." in text_of(done.response.message)


async def test_somebody_who_left_the_server_is_named_so(world):
    await begun(world, world.amina, world.bryn)
    world.server.remove_member(world.amina)
    await world.env.settle()

    panel = (await ask(world)).response.message

    assert "Somebody who has left the server" in [
        each["label"] for each in menu_of(panel)["options"]
    ]
    assert f"<@{world.amina.id}> (has left the server)" in text_of(panel)


async def test_a_long_list_pages_and_ticks_stay(world, db):
    await world.plan()
    await world.env.advance_time(UNTIL_IT_HAS_BEGUN)
    # After the last night: whoever is not in the server gives their place up then.
    async with db.write() as tx:
        await tx.run_many(
            "INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at) "
            "VALUES (1, :m, 'going', :m, '2026-11-23T09:00:00Z')",
            [{"m": number} for number in range(1, 26)],
        )
    panel = (await ask(world)).response.message
    assert "Page 1 of 3" in text_of(panel)
    assert len(menu_of(panel)["options"]) == 10

    ticked = await world.organiser.select(panel, ["1", "2"])
    later = await world.organiser.click(ticked.response.message, label="Later")
    last = await world.organiser.click(later.response.message, label="Later")
    assert "21\\. <@21>" in text_of(last.response.message)
    ticked = await world.organiser.select(last.response.message, ["25"])
    back = await world.organiser.click(ticked.response.message, label="Earlier")
    assert "3 of 25 ticked so far." in text_of(back.response.message)
    done = await world.organiser.click(back.response.message, label="Done")

    assert "3 of 25 were there." in text_of(done.response.message)


async def test_nobody_had_a_place(world):
    await begun(world)

    panel = (await ask(world)).response.message

    assert "Nobody had a place, so there is nothing to note." in text_of(panel)
    assert labels_of(panel) == []


@SAYS_NO
async def test_before_it_starts_it_is_refused_in_words(world):
    await world.plan()

    early = await ask(world)

    assert early.response.content == (
        "This conversation has not started yet. You can note who was there once it has."
    )


async def test_typing_offers_those_that_have_begun(world):
    await begun(world)
    await world.plan("What gets in the way?", "20 Dec 2pm")

    offered = await world.organiser.autocomplete(
        world.general, "organise attendance", "conversation", "w"
    )

    assert [each["name"] for each in offered] == [
        "Who decides? · Thursday 3 December 2026, 2:00pm UK time"
    ]
