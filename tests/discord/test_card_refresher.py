"""Cards stay true: soon, seldom, and whatever happens to their message."""

from datetime import timedelta

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash, pass_while_down, restart
from cogs.keeper import LOOK_EVERY
from tests.discord.conftest import labels_of, text_of


def edits(world):
    return [
        entry
        for entry in world.env.http_requests
        if entry.method == "PATCH" and "/messages/" in entry.path and "webhooks" not in entry.path
    ]


async def test_the_card_follows_the_first_press_at_once(world):
    card = await world.plan(places=5)

    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(LOOK_EVERY)

    assert "1 coming, 4 places left" in text_of(world.card())


async def test_many_presses_make_few_edits(world):
    card = await world.plan(places=5)
    await world.env.advance_time(60)
    before = len(edits(world))

    for _ in range(10):
        for person in (world.amina, world.bryn, world.chidi):
            await person.click(card, label="Sign up")
            await person.click(card, label="I can't make it")
    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(60)

    assert len(edits(world)) - before <= 3
    assert "1 coming, 4 places left" in text_of(world.card())


async def test_a_press_that_changes_nothing_edits_nothing(world):
    card = await world.plan(places=5)
    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(60)
    before = len(edits(world))

    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(3600)

    assert len(edits(world)) == before


async def test_a_card_whose_message_was_deleted_comes_back(world):
    card = await world.plan(places=5)
    await world.organiser.click(card, label="Maybe")
    await world.env.advance_time(60)
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).get_partial_message(card.id).delete()
    assert world.channel.history() == []

    await world.amina.slash(world.general, "conversation mine")
    shown = await world.amina.slash(world.general, "conversation show", conversation="who")
    await world.amina.click(shown.response.message, label="Sign up")
    await world.env.advance_time(60)

    assert "1 coming, 4 places left" in text_of(world.card())


async def test_a_deleted_channel_breaks_no_press_and_cards_move_to_the_new_one(world):
    await world.plan(places=5)
    shown = await world.amina.slash(world.general, "conversation show", conversation="who")
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).delete()
    await world.env.settle()

    pressed = await world.amina.click(shown.response.message, label="Sign up")
    assert pressed.followups[-1].content.startswith("You have a place")

    fresh = world.server.create_text_channel("talks")
    await world.env.settle()
    await world.choose("network:choose-channel:conversations", fresh)
    await world.env.advance_time(60)
    assert "1 coming, 4 places left" in text_of(fresh.history()[-1])


async def test_a_card_without_a_channel_waits_until_there_is_one(world):
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).delete()
    await world.env.settle()
    read_back = await world.organiser.slash(
        world.general, "organise plan", title="Who decides?", when="3 Dec 2pm"
    )
    planned = await world.organiser.click(read_back.response.message, label="Plan it")
    assert "There is no conversations channel yet, so nobody can see it." in text_of(
        planned.response.message
    )

    fresh = world.server.create_text_channel("talks")
    await world.env.settle()
    await world.choose("network:choose-channel:conversations", fresh)
    await world.env.advance_time(60)

    assert "Who decides?" in text_of(fresh.history()[-1])


@pytest.mark.simcord(check_errors=False)
async def test_a_card_that_discord_did_not_take_is_drawn_later(world):
    card = await world.plan(places=5)
    await world.env.advance_time(60)
    path = f"/channels/{world.channel.id}/messages/{card.id}"
    world.env.inject_error("PATCH", path, status=500, code=0, times=4)

    pressed = await world.amina.click(card, label="Sign up")
    assert pressed.response.content.startswith("You have a place")
    await world.env.advance_time(10)
    assert "0 coming" in text_of(world.card())

    await world.env.advance_time(600)
    assert "1 coming, 4 places left" in text_of(world.card())


async def test_the_buttons_work_after_a_restart(world, db):
    card = await world.plan(places=5)
    await restart(world.env, CoproductionBot(services(db, world.parts.clock)))

    pressed = await world.amina.click(card, label="Sign up")

    assert pressed.response.content.startswith("You have a place")
    assert "1 coming, 4 places left" in text_of(await world.refreshed())


async def test_the_buttons_work_after_a_crash_and_many_edits(world, db):
    """An edit must not unregister the buttons of every other message."""
    card = await world.plan(places=5)
    other = await world.plan("What gets in the way?", "10 Dec 2pm", places=5)
    for _ in range(3):
        await world.amina.click(card, label="Sign up")
        await world.env.advance_time(60)
        await world.amina.click(card, label="I can't make it")
        await world.env.advance_time(60)

    pressed = await world.bryn.click(other, label="Sign up")
    assert pressed.response.content.startswith("You have a place")
    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    pressed = await world.chidi.click(other, label="Sign up")
    assert pressed.response.content.startswith("You have a place")


async def test_what_changed_before_a_crash_is_drawn_after_it(world, db):
    card = await world.plan(places=5)
    await world.env.advance_time(60)
    await world.bryn.click(card, label="Sign up")
    await world.amina.click(card, label="Sign up")
    assert "1 coming" in text_of(world.card())

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(10)

    assert "2 coming, 3 places left" in text_of(world.card())


async def test_a_card_posted_just_before_a_crash_is_not_posted_twice(world, db):
    await world.plan(places=5)
    await world.parts.cards.forget(1)  # the crash came between posting and remembering

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3700)

    assert len(world.channel.history()) == 1


async def test_a_card_says_that_the_conversation_has_begun_and_is_over(world):
    await world.plan(places=5)

    await world.env.advance_time(timedelta(days=10, hours=5, minutes=20).total_seconds())
    begun = world.card()
    assert "This conversation has started. Sign-up is closed." in text_of(begun)
    assert labels_of(begun) == []

    await world.env.advance_time(timedelta(hours=2).total_seconds())
    assert "This conversation is over. Thank you to everybody who came." in text_of(world.card())


async def test_a_removed_conversation_takes_its_card_with_it(world):
    card = await world.plan(places=5)
    asked = await world.organiser.slash(world.general, "organise remove", conversation="who")
    assert "This cannot be undone." in text_of(asked.response.message)

    removed = await world.organiser.click(asked.response.message, label="Yes, remove it")

    assert "**Who decides?** is removed." in text_of(removed.response.message)
    await world.env.advance_time(60)
    assert card.id not in [message.id for message in world.channel.history()]


async def test_a_conversation_that_began_while_the_bot_was_down(world, db):
    await world.plan(places=5)
    await world.bot.close()
    pass_while_down(world.env, timedelta(days=10, hours=5, minutes=30))

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(10)

    assert "This conversation has started." in text_of(world.card())


async def test_a_new_time_zone_is_on_every_card(world):
    await world.plan(places=5)

    await world.choose("network:choose-zone", "Europe/Lisbon")
    await world.env.advance_time(10)

    assert "2:00pm Lisbon time" in text_of(world.card())


@pytest.mark.simcord(check_errors=False)
async def test_a_channel_that_may_not_be_written_to_is_named_and_later_used(world):
    everyone = world.server.default_role
    channel = world.bot.get_channel(world.channel.id)
    with world.env.time_context():
        await channel.set_permissions(channel.guild.me, send_messages=False)
    await world.env.settle()
    assert everyone is not None

    read_back = await world.organiser.slash(
        world.general, "organise plan", title="Who decides?", when="3 Dec 2pm"
    )
    planned = await world.organiser.click(read_back.response.message, label="Plan it")
    assert "I can't post it: I need **Send Messages** in" in text_of(planned.response.message)
    assert world.channel.history() == []

    with world.env.time_context():
        await channel.set_permissions(channel.guild.me, send_messages=True)
    await world.env.settle()
    await world.env.advance_time(3700)
    assert "Who decides?" in text_of(world.card())


async def test_a_card_that_shows_nothing_new_still_comes_back_when_it_was_deleted(world):
    card = await world.plan(places=5)
    await world.env.advance_time(60)
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).get_partial_message(card.id).delete()

    await world.env.advance_time(3700)

    assert "0 coming, 5 places left" in text_of(world.card())


async def test_cards_of_a_deleted_channel_move_though_nothing_on_them_changed(world):
    await world.plan(places=5)
    await world.env.advance_time(60)
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).delete()
    await world.env.advance_time(60)

    pressed = await world.manager.slash(world.general, "network setup")
    await world.manager.click(pressed.response.message, label="Create what is missing")
    await world.env.advance_time(60)

    fresh = world.server.channels["conversations"]
    assert fresh.id != world.channel.id
    assert "0 coming, 5 places left" in text_of(fresh.history()[-1])


async def test_cards_move_when_another_channel_is_chosen(world):
    card = await world.plan(places=5)
    fresh = world.server.create_text_channel("talks")
    await world.env.settle()

    await world.choose("network:choose-channel:conversations", fresh)
    await world.env.advance_time(60)

    assert "0 coming, 5 places left" in text_of(fresh.history()[-1])
    assert card.id not in [message.id for message in world.channel.history()]


@pytest.mark.simcord(check_errors=False)
async def test_a_card_in_a_channel_the_bot_has_lost_moves_to_the_new_one(world):
    await world.plan(places=5)
    channel = world.bot.get_channel(world.channel.id)
    with world.env.time_context():
        await channel.set_permissions(channel.guild.me, view_channel=False)
    fresh = world.server.create_text_channel("talks")
    await world.env.settle()

    await world.choose("network:choose-channel:conversations", fresh)
    await world.env.advance_time(60)

    assert "0 coming, 5 places left" in text_of(fresh.history()[-1])


async def test_another_channels_end_asks_for_nothing(world):
    await world.plan(places=5)
    other = world.server.create_text_channel("other")
    away = world.env.create_guild("Somewhere else")
    theirs = away.create_text_channel("theirs")
    await world.env.advance_time(60)
    before = len(world.env.http_requests)

    with world.env.time_context():
        await world.bot.get_channel(theirs.id).delete()
    await world.env.advance_time(60)

    assert other is not None
    asked = [entry for entry in world.env.http_requests[before:] if entry.method == "GET"]
    assert asked == []
