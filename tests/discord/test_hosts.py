"""Naming hosts, and what they hear."""

import discord
import pytest

from bot.errors import Invalid
from cogs.conversations.hosts import host_from
from tests.discord.conftest import SPOKEN, labels_of, text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)


async def name(world, **who):
    return await world.organiser.slash(world.general, "organise hosts", conversation="who", **who)


def inbox(person):
    return person.user.dm_channel.history()


async def test_the_card_says_who_hosts_it_and_they_are_told(world):
    await world.plan()

    done = await name(world, host=world.amina, deputy=world.bryn)
    card = await world.refreshed()

    hosted = f"Hosted by <@{world.amina.id}>, with <@{world.bryn.id}>"
    assert done.ephemeral
    assert done.response.content == (
        f"**Who decides?**: {hosted}. The card follows.\n"
        "2 people are told in a private message, with a button that takes their name off."
    )
    assert hosted in text_of(card)
    for person in (world.amina, world.bryn):
        told = text_of(inbox(person)[0])
        assert "You are named as a host of Who decides?" in told
        assert SPOKEN in told
        assert "Its card shows your name to everybody in the server." in told
        assert labels_of(inbox(person)[0]) == ["Please take my name off"]


async def test_a_name_comes_off_by_its_own_button_and_the_organiser_hears(world):
    await world.plan()
    await name(world, host=world.amina)
    await world.env.advance_time(60)

    await world.amina.user.click(inbox(world.amina)[0], label="Please take my name off")
    card = await world.refreshed()

    assert text_of(inbox(world.amina)[0]).strip() == (
        "Your name is off the card of **Who decides?**, and you are not down as its host any "
        "more. Thank you for saying so."
    )
    assert "Hosted by" not in text_of(card)
    heard = text_of(inbox(world.organiser)[0])
    assert "A host of Who decides? has stepped back" in heard
    assert "**amina** (amina) asked for their name to be taken off." in heard
    assert "Nobody is named as its host now." in heard


async def test_taking_names_off_says_that_nobody_is_told(world):
    await world.plan()
    await name(world, host=world.amina, deputy=world.bryn)

    done = await name(world, **{"take-off": "both"})

    assert done.response.content == (
        "**Who decides?**: Nobody is named as its host now. The card follows.\n"
        "2 names came off the card. I don't tell them: please do."
    )
    assert "Hosted by" not in text_of(await world.refreshed())


@SAYS_NO
async def test_a_bot_cannot_host(world):
    await world.plan()
    robot = world.server.add_member(world.env.create_user("robot", bot=True))
    await world.env.settle()

    refused = await name(world, host=robot)

    assert refused.response.content == f"<@{robot.id}> is a bot, and can't host a conversation."


def test_somebody_who_is_not_in_the_server_cannot_host():
    """Discord sends a plain user for them, and a member for everybody else."""
    away = discord.User(
        state=None,
        data={"id": "7", "username": "away", "discriminator": "0", "avatar": None},
    )

    with pytest.raises(Invalid) as refused:
        host_from(away)

    assert str(refused.value) == (
        "<@7> is not in this server. Please invite them first, or name somebody who is here."
    )


async def test_a_draft_says_who_will_host_it_and_a_new_one_how_to_name_somebody(world):
    fresh = await world.organiser.slash(
        world.general, "organise plan", title="Who decides?", when="3 Dec 2pm"
    )
    assert "To name who hosts it, use /organise hosts once it is planned." in text_of(
        fresh.response.message
    )
    await world.organiser.click(fresh.response.message, label="Plan it")
    await name(world, host=world.amina)

    again = await world.organiser.slash(
        world.general, "organise duplicate", conversation="who", when="7 Jan 2pm"
    )

    assert f"Hosted by <@{world.amina.id}>. They are told once you plan it." in text_of(
        again.response.message
    )


async def test_a_host_without_a_sign_up_hears_of_a_move(world):
    await world.plan()
    await name(world, host=world.amina)
    shown = await world.organiser.slash(
        world.general, "organise move", conversation="who", when="10 Dec 14:30"
    )

    await world.organiser.click(shown.response.message, label="Move it")
    await world.env.advance_time(60)

    told = text_of(inbox(world.amina)[-1])
    assert "Moved: Who decides?" in told
    assert "You are named as its host. If you can't host it at the new time" in told
    assert labels_of(inbox(world.amina)[-1]) == []
