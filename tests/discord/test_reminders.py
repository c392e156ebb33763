"""Reminders as people see them: in the channel, in private messages, on the panels."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash, pass_while_down
from tests.discord.conftest import SPOKEN, custom_ids_of, labels_of, text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)
LONDON = ZoneInfo("Europe/London")
LINK = "https://example.org/join-us"


async def until(world, text):
    """Let time pass until the clocks in London show *text*."""
    instant = datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)
    # In steps, because the simulation allows each of them five seconds.
    while (left := (instant - world.env.now()).total_seconds()) > 0:
        await world.env.advance_time(min(left, 24 * 3600))


async def ask_for(world, person):
    panel = await person.slash(world.general, "reminders")
    return await person.click(panel.response.message, label="Remind me by private message")


def inbox(person):
    return person.user.dm_channel.history()


async def my_sign_up(world, person):
    pressed = await person.click(world.card(), label="My sign-up")
    return pressed.response.message


async def test_the_channel_is_reminded_with_the_counts_of_that_moment_and_pings_nobody(world):
    card = await world.plan(places=3, link=LINK)
    await world.amina.click(card, label="Sign up")
    await until(world, "2026-11-26 14:01")
    (first,) = world.reminders()
    await world.bryn.click(world.card(), label="Sign up")
    await until(world, "2026-12-02 14:01")

    _, second = world.reminders()

    assert "In a week: Who decides?" in text_of(first)
    assert "1 coming, 2 places left" in text_of(first)
    assert SPOKEN in text_of(first)
    assert "Tomorrow: Who decides?" in text_of(second)
    assert "2 coming, 1 place left" in text_of(second)
    assert LINK not in text_of(first) + text_of(second)
    assert "Where: online. People with a place are given the link." in text_of(second)
    sent = [
        each.json
        for each in world.env.http_requests
        if each.method == "POST" and each.path == f"/channels/{world.channel.id}/messages"
    ]
    assert all(each["allowed_mentions"] == {"parse": []} for each in sent)
    assert all(each["enforce_nonce"] for each in sent[1:])
    assert sent[1]["nonce"] != sent[2]["nonce"]


async def test_a_reminder_in_the_channel_leads_to_the_conversation(world):
    await world.plan(places=3)
    await until(world, "2026-11-26 14:01")
    (reminder,) = world.reminders()

    shown = await world.bryn.click(reminder, label="See it, or sign up")
    signed = await world.bryn.click(shown.response.message, label="Sign up")

    assert shown.ephemeral
    assert "You have a place" in signed.followups[-1].content


async def test_whoever_asked_is_reminded_privately_with_the_link_and_nobody_else(world):
    card = await world.plan(places=3, link=LINK)
    for person in (world.amina, world.bryn):
        await person.click(card, label="Sign up")
    await ask_for(world, world.amina)

    await until(world, "2026-12-03 13:01")

    asked, day, hour = inbox(world.amina)
    assert "Still coming?" in text_of(asked)
    assert "In 2 days: Who decides?" in text_of(asked)
    assert labels_of(asked) == ["Still coming", "I can't make it", "Stop these reminders"]
    assert "Tomorrow: Who decides?" in text_of(day)
    assert "In 60 minutes: Who decides?" in text_of(hour)
    assert f"Your link to join: {LINK}" in text_of(hour)
    assert "2 coming, 1 place left" in text_of(hour)
    assert SPOKEN in text_of(hour)
    assert inbox(world.bryn) == []


async def test_still_coming_is_answered_with_one_press(world):
    card = await world.plan(places=2)
    for person in (world.amina, world.bryn, world.chidi):
        await person.click(card, label="Sign up")
    for person in (world.amina, world.bryn):
        await ask_for(world, person)
    await until(world, "2026-12-01 14:01")

    yes = await world.amina.user.click(inbox(world.amina)[0], label="Still coming")
    no = await world.bryn.user.click(inbox(world.bryn)[0], label="I can't make it")
    await world.env.advance_time(10)

    assert "Thank you: you keep your place." in text_of(yes.response.message)
    assert "Thank you for letting us know." in text_of(no.response.message)
    assert "A place has come up" in text_of(inbox(world.chidi)[0])
    await until(world, "2026-12-04 12:00")
    assert len(inbox(world.bryn)) == 1, "who said no hears no more of it"


async def test_the_morning_after_everybody_is_thanked_and_nobody_shamed(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await ask_for(world, world.amina)

    await until(world, "2026-12-04 10:01")

    thanks = text_of(inbox(world.amina)[-1])
    assert "Thank you for being part of it." in thanks
    assert "If you couldn't make it after all, nobody minds" in thanks


async def test_reminders_stop_with_one_press_on_any_of_them(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await ask_for(world, world.amina)
    await until(world, "2026-12-01 14:01")

    stopped = await world.amina.user.click(inbox(world.amina)[0], label="Stop these reminders")
    await until(world, "2026-12-04 12:00")

    assert stopped.response.content.startswith("I won't remind you by private message any more.")
    assert len(inbox(world.amina)) == 1
    panel = await world.amina.slash(world.general, "reminders")
    assert "Reminders by private message are off" in text_of(panel.response.message)


async def test_the_panel_says_how_it_stands_and_changes_in_place(world):
    shown = await world.amina.slash(world.general, "reminders")
    assert shown.ephemeral
    assert labels_of(shown.response.message) == ["Remind me by private message"]

    on = await world.amina.click(shown.response.message, label="Remind me by private message")
    read = text_of(on.response.message)
    assert "Reminders by private message are on" in read
    assert "one day before and one hour before, as this network usually does" in read
    assert "from 8am to 9pm, UK time" in read

    own = await world.amina.select(
        on.response.message, ["10080", "15"], custom_id="reminders:times"
    )
    assert "one week before and a quarter of an hour before, as you chose" in text_of(
        own.response.message
    )
    usual = await world.amina.click(own.response.message, label="Use this network's times")
    assert "as this network usually does" in text_of(usual.response.message)

    form = await world.amina.click(usual.response.message, label="Change the hours")
    hours = await world.amina.submit_modal(
        form, {"from_hour": ["10"], "until_hour": ["0"], "zone": "lisbon"}
    )
    assert "from 10am to midnight, Lisbon time" in text_of(hours.response.message)

    form = await world.amina.click(hours.response.message, label="Pause until…")
    paused = await world.amina.submit_modal(form, {"until": "4 January"})
    assert "**Paused** until Monday 4 January 2027" in text_of(paused.response.message)
    on_again = await world.amina.click(paused.response.message, label="End the pause")
    assert "Paused" not in text_of(on_again.response.message)

    off = await world.amina.click(on_again.response.message, label="Turn them off")
    assert "are off" in text_of(off.response.message)


@SAYS_NO
@pytest.mark.parametrize(
    ("label", "filled", "words"),
    [
        ("Pause until…", {"until": "1 Nov 2026"}, "That day has come already."),
        ("Pause until…", {"until": "whenever"}, "I can't find a day in “whenever”."),
        (
            "Change the hours",
            {"from_hour": ["9"], "until_hour": ["17"], "zone": "Narnia"},
            "I don't know that time zone.",
        ),
    ],
)
async def test_what_cannot_be_read_is_refused_in_words_and_changes_nothing(
    world, label, filled, words
):
    panel = await ask_for(world, world.amina)
    form = await world.amina.click(panel.response.message, label=label)

    refused = await world.amina.submit_modal(form, filled)

    assert refused.response.content.startswith(words)
    again = await world.amina.slash(world.general, "reminders")
    assert "from 8am to 9pm, UK time" in text_of(again.response.message)


async def test_one_conversation_is_chosen_on_my_sign_up(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    panel = await my_sign_up(world, world.amina)
    assert "I won't remind you of this one by private message." in text_of(panel)

    chosen = await world.amina.click(panel, label="Remind me of this one")

    assert chosen.response.content == (
        "I'll remind you by private message, one day before and one hour before.\n"
        "For all conversations: `/reminders`."
    )
    again = await my_sign_up(world, world.amina)
    assert "Don't remind me of this one" in labels_of(again)
    await until(world, "2026-12-02 14:01")
    assert len(inbox(world.amina)) == 2
    left = await world.amina.click(again, label="Don't remind me of this one")
    assert "I won't remind you of this one" in left.response.content
    await until(world, "2026-12-03 14:01")
    assert len(inbox(world.amina)) == 2


async def test_closed_messages_are_tried_once_and_told_at_the_next_press(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await ask_for(world, world.amina)
    path = f"/channels/{world.amina.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50007, times=None)

    await until(world, "2026-12-03 13:30")
    tried = [each for each in world.env.http_requests if each.path == path]
    pressed = await world.amina.click(world.card(), label="My sign-up")

    assert len(tried) == 1
    told = [text_of(each.message) for each in pressed.followups]
    assert len(told) == 2, "the last reminder, and why it came like this"
    assert "In 30 minutes: Who decides?" in told[0]
    assert "yours are closed to this server" in told[1]
    assert len(world.reminders()) == 2, "the channel goes on"


def in_the_thread(world):
    (thread,) = world.channel.threads
    return [each for each in thread.history() if "reminder:see:" in str(custom_ids_of(each))]


async def test_the_thread_is_reminded_once_for_all_whose_messages_are_closed(world, db):
    card = await world.plan(link=LINK)
    for person in (world.amina, world.bryn, world.chidi):
        await person.click(card, label="Sign up")
        await ask_for(world, person)
        path = f"/channels/{person.user.dm_channel.id}/messages"
        if person is not world.chidi:
            world.env.inject_error("POST", path, status=403, code=50007, times=None)

    await until(world, "2026-12-01 14:30")
    (asked,) = in_the_thread(world)
    await until(world, "2026-12-03 13:30")

    posted = in_the_thread(world)
    assert len(posted) == 3, "still coming, a day before, an hour before"
    assert "In 2 days: Who decides?" in text_of(posted[0])
    assert "Tomorrow: Who decides?" in text_of(posted[1])
    assert "In 60 minutes: Who decides?" in text_of(posted[2])
    for each in posted:
        assert "If you have a place and can't come, please press the button below" in text_of(each)
        said = text_of(each).casefold()
        for word in ("amina", "bryn", "chidi", "closed", "private", "reached", LINK):
            assert word not in said
    assert len(inbox(world.chidi)) == 3

    pressed = await world.bryn.click(asked, label="See it, or sign up")
    assert "Who decides?" in text_of(pressed.response.message)
    assert "I can't make it" in labels_of(pressed.response.message)


async def test_the_thread_is_left_alone_when_everybody_can_be_written_to(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await ask_for(world, world.amina)
    await until(world, "2026-12-04 12:00")
    assert in_the_thread(world) == []


async def permit_writing_in_threads(world, allowed):
    channel = world.bot.get_channel(world.channel.id)
    with world.env.time_context():
        await channel.set_permissions(channel.guild.me, send_messages_in_threads=allowed)
    await world.env.settle()


@SAYS_NO
async def test_a_thread_that_cannot_be_posted_in_holds_up_nothing_and_hears_the_last(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await ask_for(world, world.amina)
    path = f"/channels/{world.amina.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50007, times=None)
    await until(world, "2026-12-01 13:00")
    await permit_writing_in_threads(world, False)
    await until(world, "2026-12-03 13:20")
    assert in_the_thread(world) == []
    assert len(world.reminders()) == 2, "the channel goes on"

    await permit_writing_in_threads(world, True)
    await until(world, "2026-12-03 13:59")

    (late,) = in_the_thread(world)
    assert "minutes: Who decides?" in text_of(late)


@SAYS_NO
async def test_due_while_the_bot_was_down_and_still_of_use_is_said_as_it_is_then(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await ask_for(world, world.amina)
    await until(world, "2026-12-01 14:01")
    await world.bot.close()
    pass_while_down(world.env, timedelta(hours=47, minutes=39))

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(60)

    assert "In 20 minutes: Who decides?" in text_of(world.reminders()[-1])
    assert len(inbox(world.amina)) == 2
    assert "In 20 minutes: Who decides?" in text_of(inbox(world.amina)[-1])


async def test_posted_but_not_marked_before_a_crash_is_not_posted_again(world, db):
    """Also hours later, and although by then it would say something else."""
    await world.plan()
    await until(world, "2026-12-02 14:01")
    assert len(world.reminders()) == 2
    async with db.write() as tx:
        await tx.run("UPDATE notice SET state = 'owed', settled_at = NULL WHERE id = 2")
    await world.bot.close()
    pass_while_down(world.env, timedelta(hours=20))

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3600)

    assert len(world.reminders()) == 2
    assert (await db.only("SELECT state FROM notice WHERE id = 2"))["state"] == "sent"


async def test_a_channel_that_comes_late_still_gets_its_reminder(world):
    await world.plan()
    await world.env.advance_time(5)
    world.env.inject_error(
        "POST", f"/channels/{world.channel.id}/messages", status=503, code=0, times=4
    )

    await until(world, "2026-11-26 16:00")

    assert len(world.reminders()) == 1


async def test_an_organiser_sees_what_is_owed_and_chooses_other_times(world):
    card = await world.plan()
    for person in (world.amina, world.bryn):
        await person.click(card, label="Sign up")
        await ask_for(world, person)
    await until(world, "2026-11-26 14:01")

    shown = await world.organiser.slash(world.general, "organise reminders", conversation="who")
    read = text_of(shown.response.message)
    assert shown.ephemeral
    assert "One week before: Thursday 26 November 2026, 2:00pm UK time. Done." in read
    assert "One day before: Wednesday 2 December 2026, 2:00pm UK time" in read
    assert "By private message, to those who asked**: 2 people" in read
    assert (
        "“Still coming?”, two days before: Tuesday 1 December 2026, 2:00pm UK time, to 2 people"
        in (read)
    )
    assert "One hour before: Thursday 3 December 2026, 1:00pm UK time, to 2 people" in read
    assert "this network's usual ones" in read
    assert str(world.amina.id) not in read

    form = await world.organiser.click(shown.response.message, label="Change the times")
    changed = await world.organiser.submit_modal(form, {"channel": [], "direct": ["180"]})
    read = text_of(changed.response.message)
    assert "chosen for this conversation" in read
    assert "Three hours before: Thursday 3 December 2026, 11:00am UK time, to 2 people" in read
    await until(world, "2026-12-03 11:01")
    assert len(world.reminders()) == 1
    assert len(inbox(world.amina)) == 2

    again = await world.organiser.slash(world.general, "organise reminders", conversation="who")
    assert "Done, to 2 people." in text_of(again.response.message)
    usual = await world.organiser.click(again.response.message, label="Use this network's times")
    assert "this network's usual ones" in text_of(usual.response.message)


async def test_a_cancelled_conversation_says_so_instead_of_its_reminders(world):
    await world.plan()
    shown = await world.organiser.slash(world.general, "organise reminders", conversation="who")
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    await world.organiser.submit_modal(form, {"words": "It rains."})
    usual = await world.organiser.click(shown.response.message, label="Change the times")

    assert usual is not None
    again = await world.organiser.slash(world.general, "organise reminders", conversation="1")
    assert "It is cancelled, so nobody is reminded." in text_of(again.response.message)
    assert labels_of(again.response.message) == []
    await until(world, "2026-12-04 12:00")
    assert world.reminders() == []


@SAYS_NO
async def test_a_reminder_of_a_conversation_that_is_gone_says_so(world, db):
    await world.plan()
    await until(world, "2026-11-26 14:01")
    (reminder,) = world.reminders()
    await world.parts.planning.remove(1, by=world.as_organiser)

    pressed = await world.amina.click(reminder, label="See it, or sign up")

    assert pressed.response.content == "I can't find what that button was for. It may be too old."
    assert custom_ids_of(reminder) == ["reminder:see:1"]
