"""Private messages: they arrive, once, and those who cannot get them hear all the same."""

from datetime import timedelta

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.clock import to_text
from bot.demo.simulator import crash, pass_while_down
from bot.network.model import ChannelUse
from bot.notices.model import EVERYBODY, SUBJECTS, NoticeKind, Subject
from bot.schedule import SWEEP_EVERY
from bot.ui.parts import Card, card_of, row_of, words
from cogs.conversations.place_notice import HandBackButton
from cogs.notices.rooms import channel_for
from tests.discord.conftest import SPOKEN, labels_of, text_of


async def full_with_a_waitlist(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await world.chidi.click(card, label="Sign up")
    return card


def inbox(person):
    return person.user.dm_channel.history()


def close_messages(world, person, code=50007, times=None):
    path = f"/channels/{person.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=code, times=times)


async def test_a_place_that_comes_up_is_told_privately(world):
    card = await full_with_a_waitlist(world)

    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(5)

    (message,) = inbox(world.bryn)
    assert "A place has come up, and it is yours" in text_of(message)
    assert "**Who decides?**" in text_of(message)
    assert SPOKEN in text_of(message)
    assert inbox(world.chidi) == []
    assert inbox(world.amina) == []


async def test_it_is_handed_back_in_one_press_and_goes_to_the_next(world):
    card = await full_with_a_waitlist(world)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(5)
    (message,) = inbox(world.bryn)

    pressed = await world.bryn.user.click(message, label="I can't come: hand it back")

    assert "You handed back your place at **Who decides?**." in text_of(pressed.response.message)
    assert labels_of(inbox(world.bryn)[0]) == []
    await world.env.advance_time(5)
    assert "A place has come up" in text_of(inbox(world.chidi)[0])


@pytest.mark.simcord(check_errors=False)
async def test_handing_back_what_is_no_longer_theirs_changes_nothing(world):
    card = await full_with_a_waitlist(world)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(5)
    await world.bryn.click(card, label="I can't make it")

    pressed = await world.bryn.user.click(inbox(world.bryn)[0], label="I can't come: hand it back")

    assert pressed.response.content == ("You no longer have that place, so nothing has changed.")


async def test_closed_messages_are_tried_once_and_told_once(world):
    card = await full_with_a_waitlist(world)
    close_messages(world, world.bryn)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(7200)

    sent = [
        e
        for e in world.env.http_requests
        if e.path.endswith(f"{world.bryn.user.dm_channel.id}/messages")
    ]
    assert len(sent) == 1, "tried once"
    pressed = await world.bryn.click(card, label="Sign up")

    told = [text_of(message.message) for message in pressed.followups]
    assert pressed.response.content == (
        "**Who decides?**\nYou already have a place. Nothing has changed."
    )
    assert "A place has come up, and it is yours" in told[0]
    assert "yours are closed to this server, so I won't try again" in told[1]
    again = await world.bryn.click(card, label="Sign up")
    assert again.followups == []


async def test_somebody_who_opens_their_messages_is_written_to_again(world):
    card = await full_with_a_waitlist(world)
    close_messages(world, world.bryn, times=1)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(60)
    pressed = await world.bryn.click(card, label="I can't make it")
    assert pressed.followups == [], "the place is handed back, so there is nothing left to tell"
    await world.bryn.click(card, label="Sign up")
    await world.chidi.click(card, label="I can't make it")
    await world.env.advance_time(60)
    pressed = await world.bryn.click(card, label="Sign up")

    opened = await world.bryn.click(pressed.followups[-1].message, label="My messages are open now")
    assert opened.response.content == "Thank you. From now on I'll write to you again."

    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="I can't make it")
    await world.bryn.click(card, label="Sign up")
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(60)
    assert "A place has come up" in text_of(inbox(world.bryn)[-1])


async def test_the_next_person_moves_up_when_somebody_has_left_the_server(world):
    card = await full_with_a_waitlist(world)
    world.server.remove_member(world.bryn)
    await world.env.settle()

    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(60)

    assert "A place has come up" in text_of(inbox(world.chidi)[0])
    assert "1 coming, full" in text_of(world.card())


@pytest.mark.simcord(check_errors=False)
async def test_discord_that_is_down_for_an_hour_loses_nothing(world):
    card = await full_with_a_waitlist(world)
    path = f"/channels/{world.bryn.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=503, code=0, times=6)

    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(60)
    assert inbox(world.bryn) == []
    await world.env.advance_time(7200)

    assert len(inbox(world.bryn)) == 1


async def test_what_was_owed_before_a_crash_arrives_after_it_once(world, db):
    card = await full_with_a_waitlist(world)
    path = f"/channels/{world.bryn.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=500, code=0, times=1)
    await world.amina.click(card, label="I can't make it")

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3600)

    assert len(inbox(world.bryn)) == 1


async def test_sent_but_not_marked_before_a_crash_is_not_sent_again(world, db):
    """Beyond the minutes that Discord remembers a nonce, our own button tells."""
    card = await full_with_a_waitlist(world)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(5)
    assert len(inbox(world.bryn)) == 1
    async with db.write() as tx:  # as it stands when the crash comes before the mark
        await tx.run("UPDATE notice SET state = 'owed', settled_at = NULL")

    await world.bot.close()
    pass_while_down(world.env, timedelta(hours=3))
    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3600)

    assert len(inbox(world.bryn)) == 1
    assert (await db.only("SELECT state FROM notice"))["state"] == "sent"


async def test_a_place_that_came_up_while_the_bot_was_down_too_long_is_not_announced(world, db):
    card = await full_with_a_waitlist(world)
    world.env.inject_error(
        "POST", f"/channels/{world.bryn.user.dm_channel.id}/messages", status=503, code=0, times=1
    )
    await world.amina.click(card, label="I can't make it")
    await world.bot.close()
    pass_while_down(world.env, timedelta(days=11))

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3600)

    assert inbox(world.bryn) == []
    row = await db.only("SELECT state, dropped_because FROM notice")
    assert tuple(row) == ("dropped", "it was no longer true")


@pytest.mark.simcord(check_errors=False)
async def test_writing_too_fast_stops_all_writing_for_a_while(world, caplog):
    card = await world.plan(places=2)
    for person in (world.amina, world.organiser, world.bryn, world.chidi):
        await person.click(card, label="Sign up")
    close_messages(world, world.bryn, code=40003, times=1)

    await world.amina.click(card, label="I can't make it")
    await world.organiser.click(card, label="I can't make it")
    await world.env.advance_time(120)
    assert inbox(world.bryn) == []
    assert "too fast" in caplog.text

    await world.env.advance_time(1200)
    assert len(inbox(world.bryn)) == 1
    assert len(inbox(world.chidi)) == 1


@pytest.mark.simcord(check_errors=False)
async def test_a_button_of_somebody_elses_message_is_not_theirs_to_press(world):
    card = await full_with_a_waitlist(world)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(5)
    forged = Card()
    forged.add_item(row_of(HandBackButton(1)))
    with world.env.time_context():
        await world.bot.get_channel(world.general.id).send(view=forged)

    pressed = await world.chidi.click(
        world.general.history()[-1], label="I can't come: hand it back"
    )

    assert pressed.response.content == ("I can't find what that button was for. It may be too old.")


@pytest.mark.simcord(check_errors=False)
@pytest.mark.parametrize("code", [20026, 50001])
async def test_trouble_of_ours_is_not_taken_for_somebodys_closed_messages(world, code):
    card = await full_with_a_waitlist(world)
    close_messages(world, world.bryn, code=code, times=1)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(20)
    assert inbox(world.bryn) == []
    assert await world.parts.notices.count_closed(world.network_id) == 0

    await world.env.advance_time(3600)

    assert len(inbox(world.bryn)) == 1


@pytest.mark.simcord(check_errors=False)
async def test_what_arrived_unnoticed_is_not_told_again_when_messages_close(world, db):
    """The answer to the first message was lost; then another finds the messages closed."""
    card = await full_with_a_waitlist(world)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(5)
    assert len(inbox(world.bryn)) == 1
    async with db.write() as tx:
        await tx.run("UPDATE notice SET state = 'owed', settled_at = NULL")
        await tx.run(
            "INSERT INTO closed_messages (network_id, member_id, since) "
            "VALUES (:n, :m, '2026-11-23T09:00:00Z')",
            {"n": world.network_id, "m": world.bryn.id},
        )
    await world.env.advance_time(7200)

    pressed = await world.bryn.click(card, label="Sign up")

    assert pressed.followups == []


async def test_what_is_for_everybody_goes_to_the_room_of_its_kind(world, db, monkeypatch):
    wisdom = world.server.create_text_channel("wisdom")
    kind = NoticeKind.LIST_TROUBLE  # stands for a kind whose room is not the conversations channel
    monkeypatch.setitem(SUBJECTS, kind, Subject.QUOTE)
    monkeypatch.setitem(world.bot.rooms, kind, channel_for(ChannelUse.WISDOM))
    monkeypatch.setitem(world.bot.composers, kind, quote_of_the_week)
    async with db.write() as tx:  # as its cause would, found by the next sweep
        await tx.run(
            """
            INSERT INTO notice (kind, network_id, about, about_id, member_id, occurrence, due_at,
                                next_try_at)
            VALUES (:kind, :network, 'quote', 41, :everybody, 1, :now, :now)
            """,
            {
                "kind": kind,
                "network": world.network_id,
                "everybody": EVERYBODY,
                "now": to_text(world.parts.clock.now()),
            },
        )
    await world.env.advance_time(SWEEP_EVERY.total_seconds())
    assert wisdom.history() == []  # none is chosen yet

    await world.choose("network:choose-channel:wisdom", wisdom)
    await world.env.advance_time(SWEEP_EVERY.total_seconds())

    (posted,) = wisdom.history()
    assert text_of(posted).strip() == "Quote 41"
    assert world.channel.history() == []


async def quote_of_the_week(services, notice):
    return card_of(words(f"Quote {notice.about_id}"))
