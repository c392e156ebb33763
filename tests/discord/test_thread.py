"""The thread of a conversation: opened with its card, kept, told what changes, archived."""

from datetime import timedelta

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash, restart
from tests.discord import by_hand
from tests.discord.conftest import text_of

pytestmark = pytest.mark.usefixtures("no_mistakes")
SAYS_NO = pytest.mark.simcord(check_errors=False)


async def planned(world, **rest):
    card = await world.plan(places=5, **rest)
    await world.env.advance_time(10)
    return card


def thread(world):
    (found,) = world.channel.threads
    return found


def said(world):
    return [text_of(message) for message in thread(world).history()]


def is_archived(world):
    return thread(world)._channel.thread_metadata.archived


async def delete_card(world, card):
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).get_partial_message(card.id).delete()


async def permit_threads(world, allowed):
    channel = world.bot.get_channel(world.channel.id)
    with world.env.time_context():
        await channel.set_permissions(channel.guild.me, create_public_threads=allowed)
    await world.env.settle()


async def test_it_is_opened_on_the_card_and_says_what_it_is_for(world):
    card = await planned(world)

    assert thread(world).id == card.id, "Discord shows it below that message"
    assert thread(world).name == "Who decides?"
    (greeting,) = said(world)
    assert "Talk here about **Who decides?**, before and after." in greeting
    assert "others see that you are here only if you write" in greeting
    assert f"/channels/{world.server.id}/{world.channel.id}/{card.id}" in greeting


async def test_nobody_is_added_to_it_by_signing_up(world):
    card = await planned(world)
    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(60)

    assert set(thread(world)._channel.thread_members) == {world.bot.user.id}


async def test_a_thread_deleted_by_hand_is_opened_again(world):
    await planned(world)
    before = thread(world)

    by_hand.delete_channel(world, before.id)
    await world.env.settle()
    await world.env.advance_time(10)

    assert len(said(world)) == 1


async def test_one_deleted_while_the_bot_was_away_is_opened_again_at_the_start(world, db):
    await planned(world)
    by_hand.delete_channel_unseen(world, thread(world).id)
    assert world.channel.threads == []

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(10)

    assert len(said(world)) == 1


async def test_it_survives_the_deletion_of_the_card_under_it(world):
    card = await planned(world)
    await delete_card(world, card)
    await world.amina.slash(world.general, "conversation list")
    await world.env.advance_time(3700)

    assert world.card().id != card.id
    assert thread(world).id == card.id
    assert len(said(world)) == 1


async def test_it_stays_where_people_wrote_when_the_card_moves(world):
    card = await planned(world)
    fresh = world.server.create_text_channel("talks")
    await world.env.settle()
    await world.choose("network:choose-channel:conversations", fresh)
    await world.env.advance_time(60)

    assert thread(world).id == card.id
    assert fresh.threads == []


async def test_with_its_channel_it_goes_and_comes_back_on_the_new_card(world):
    await planned(world)
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).delete()
    await world.env.settle()
    fresh = world.server.create_text_channel("talks")
    await world.env.settle()
    await world.choose("network:choose-channel:conversations", fresh)
    await world.env.advance_time(3700)

    if fresh.threads == []:  # simcord keeps threads of a deleted channel; Discord does not
        orphans = [c for c in world.env.backend.channels.values() if c.is_thread]
        by_hand.delete_channel(world, orphans[0].id)
        await world.env.advance_time(60)
    assert [each.id for each in fresh.threads] == [fresh.history()[-1].id]


async def test_a_move_is_said_once_with_what_people_can_do(world):
    card = await planned(world)
    await world.amina.click(card, label="Sign up")
    read = await world.organiser.slash(
        world.general, "organise move", conversation="who", when="10 Dec 14:30"
    )
    await world.organiser.click(read.response.message, label="Move it")
    await world.env.advance_time(3700)

    _, moved = said(world)
    assert "This conversation is moved" in moved
    assert "It was moved from Thursday 3 December 2026" in moved
    assert "Thursday 10 December 2026, 2:30pm UK time" in moved
    assert "press **Sign up** or **I can't make it** on [its card]" in moved


async def test_a_cancellation_is_said_once_and_the_thread_is_kept(world, db):
    await planned(world)
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    await world.organiser.submit_modal(form, {"words": "The hall has flooded."})
    await world.env.advance_time(60)
    await restart(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3700)

    _, cancelled = said(world)
    assert "This conversation is cancelled" in cancelled
    assert "The hall has flooded." in cancelled


async def test_it_is_renamed_with_the_title(world):
    await planned(world)
    form = await world.organiser.slash(world.general, "organise edit", conversation="who")
    await world.organiser.submit_modal(form, {"title": "Who should decide?", "minutes": "90"})
    await world.env.advance_time(60)

    assert thread(world).name == "Who should decide?"
    assert len(said(world)) == 1


async def test_it_is_archived_a_week_after_the_end(world):
    await planned(world)
    end = timedelta(days=10, hours=6, minutes=30)
    await world.env.advance_time((end + timedelta(days=6, hours=23)).total_seconds())
    assert not is_archived(world)

    await world.env.advance_time(3600)

    assert is_archived(world)


async def test_the_thread_of_one_planned_by_mistake_says_so_and_is_archived(world):
    await planned(world)
    asked = await world.organiser.slash(world.general, "organise remove", conversation="who")
    await world.organiser.click(asked.response.message, label="Yes, remove it")
    await world.env.advance_time(60)

    assert "planned by mistake, and is taken away" in said(world)[-1]
    assert is_archived(world)


async def test_what_was_said_just_before_a_crash_is_not_said_twice(world, db):
    await planned(world)
    async with db.write() as tx:
        await tx.run("UPDATE thread SET is_greeted = 0")  # the crash came before it was noted

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3700)

    assert len(said(world)) == 1


async def test_one_opened_just_before_a_crash_is_found_again(world, db):
    await planned(world)
    await world.parts.threads.forget(1)

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3700)

    assert len(said(world)) == 1
    assert len(await db.all("SELECT 1 FROM thread")) == 1


async def test_a_card_that_still_thinks_it_has_one_gets_one_beside_it(world):
    card = await planned(world)
    path = f"/channels/{world.channel.id}/messages/{card.id}/threads"
    world.env.inject_error("POST", path, status=400, code=160004, times=None)
    by_hand.delete_channel(world, thread(world).id)
    await world.env.settle()
    await world.env.advance_time(10)

    assert thread(world).id != card.id
    assert len(said(world)) == 1


@SAYS_NO
async def test_without_the_permission_the_card_stands_and_the_check_says_what_lacks(world):
    await permit_threads(world, False)
    card = await planned(world)
    assert "0 coming, 5 places left" in text_of(card)
    assert world.channel.threads == []
    checked = await world.manager.slash(world.general, "network check")
    assert "I need **Create Public Threads**" in checked.response.content

    await permit_threads(world, True)
    await world.env.advance_time(3700)

    assert len(said(world)) == 1
    checked = await world.manager.slash(world.general, "network check")
    assert "Create Public Threads" not in checked.response.content


@SAYS_NO
async def test_an_hour_without_discord_delays_the_thread_and_no_sign_up(world):
    world.env.inject_error("POST", "/channels/*/messages/*/threads", status=500, times=None)
    card = await planned(world)
    pressed = await world.amina.click(card, label="Sign up")
    assert pressed.response.content.startswith("You have a place")
    await world.env.advance_time(3600)
    assert world.channel.threads == []
    assert "1 coming" in text_of(world.card())

    world.env.backend.faults.clear()
    await world.env.advance_time(600)

    assert len(said(world)) == 1
