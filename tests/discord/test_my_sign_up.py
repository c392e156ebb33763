"""My sign-up, and the calendar file, read by another library than the one that wrote it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from tests.discord.conftest import SPOKEN, labels_of, text_of

LONDON = ZoneInfo("Europe/London")
TITLE = "Who decides, and how; \\ really? 👩‍👩‍👧 " + "é" * 50


async def my_sign_up(world, person, card=None):
    pressed = await person.click(card or world.card(), label="My sign-up")
    return pressed.response.message


async def calendar(world, person):
    panel = await my_sign_up(world, person)
    pressed = await person.click(panel, label="Add to my calendar")
    (attachment,) = pressed.response.attachments
    assert attachment.filename == "conversation.ics"
    raw = await attachment.read()
    return raw, vobject.readOne(raw.decode()).vevent, pressed


async def test_the_panel_says_how_i_stand_and_lets_me_change_it(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")

    mine = await my_sign_up(world, world.amina)
    waits = await my_sign_up(world, world.bryn)

    assert "You have a place." in text_of(mine)
    assert SPOKEN in text_of(mine)
    assert labels_of(mine) == [
        "Add to my calendar",
        "Maybe",
        "I can't make it",
        "Access needs",
        "Supporter or buddy",
        "My choices",
        "Remind me of this one",
    ]
    assert "Remind me" not in text_of(waits), "until they have a place"
    assert "You are on the waitlist: number 1." in text_of(waits)
    left = await world.amina.click(mine, label="I can't make it")
    assert "Thank you for letting us know" in left.followups[-1].content


@pytest.mark.simcord(check_errors=False)
async def test_somebody_who_has_not_signed_up_is_shown_how(world):
    card = await world.plan()

    pressed = await world.amina.click(card, label="My sign-up")

    assert pressed.response.content == (
        "You have not signed up to this conversation. Press Sign up on its card."
    )


async def test_the_calendar_file_says_what_the_card_says(world):
    card = await world.plan(TITLE, description="Bring tea,\nand a friend; both.")
    await world.amina.click(card, label="Sign up")

    raw, event, pressed = await calendar(world, world.amina)

    assert event.summary.value == TITLE.strip()
    assert event.description.value == "Bring tea,\nand a friend; both."
    assert event.dtstart.value == datetime(2026, 12, 3, 14, 0, tzinfo=LONDON)
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=90)
    assert event.status.value == "CONFIRMED"
    assert event.valarm.trigger.value == timedelta(hours=-1)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Who+decides" in (
        pressed.response.content
    )
    assert "https://outlook.live.com/" in pressed.response.content
    assert pressed.ephemeral


@pytest.mark.parametrize(
    ("when", "hour_utc"),
    [
        ("25 Mar 2027 2pm", 14),
        ("1 Apr 2027 2pm", 13),
        ("21 Oct 2027 2pm", 13),
        ("4 Nov 2027 2pm", 14),
    ],
)
async def test_the_hour_is_right_on_both_sides_of_a_clock_change(world, when, hour_utc):
    card = await world.plan(when=when)
    await world.amina.click(card, label="Sign up")

    raw, event, _ = await calendar(world, world.amina)

    assert b"BEGIN:VTIMEZONE" in raw
    assert event.dtstart.value.hour == 14
    assert event.dtstart.value.astimezone(ZoneInfo("UTC")).hour == hour_utc


async def test_a_later_file_replaces_an_earlier_one(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    _, first, _ = await calendar(world, world.amina)
    shown = await world.organiser.slash(
        world.general, "organise move", conversation="who", when="10 Dec 2pm"
    )
    await world.organiser.click(shown.response.message, label="Move it")
    await world.env.advance_time(60)

    _, second, _ = await calendar(world, world.amina)

    assert second.uid.value == first.uid.value
    assert int(second.sequence.value) > int(first.sequence.value)
    assert second.dtstart.value == datetime(2026, 12, 10, 14, 0, tzinfo=LONDON)


async def test_a_cancelled_conversation_cancels_what_is_in_the_calendar(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    panel = await my_sign_up(world, world.amina)
    _, first, _ = await calendar(world, world.amina)
    await world.parts.changing.cancel(1, "It rained.", by=world.as_organiser)

    pressed = await world.amina.click(panel, label="Add to my calendar")
    raw = await pressed.response.attachments[0].read()
    event = vobject.readOne(raw.decode()).vevent

    assert b"METHOD:CANCEL" in raw
    assert event.status.value == "CANCELLED"
    assert event.uid.value == first.uid.value
    assert int(event.sequence.value) > int(first.sequence.value)


async def test_a_title_cannot_smuggle_a_line_into_the_file(world):
    card = await world.plan("Tea\r\nATTENDEE:mailto:x@example.org")
    await world.amina.click(card, label="Sign up")

    _, event, _ = await calendar(world, world.amina)

    assert "attendee" not in event.contents
    assert event.summary.value == "Tea ATTENDEE:mailto:x@example.org"
