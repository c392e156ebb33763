"""Discord's own events list: it mirrors ours, and what people do there by hand is asked about."""

from datetime import timedelta

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash, pass_while_down, restart
from tests.discord import by_hand
from tests.discord.by_hand import change_event, delete_event, events
from tests.discord.conftest import labels_of, text_of

pytestmark = pytest.mark.usefixtures("no_mistakes")
SAYS_NO = pytest.mark.simcord(check_errors=False)
LINK = "https://example.org/room"
NEW = "Thursday 10 December 2026, 2:30pm UK time"


async def planned(world, title="Who decides?", **rest):
    card = await world.plan(title, **rest)
    await world.env.advance_time(10)
    return card


def only(world):
    (event,) = events(world)
    return event


def inbox(person):
    return person.user.dm_channel.history()


def writes(world):
    return [
        entry.method
        for entry in world.env.http_requests
        if "scheduled-events" in entry.path and entry.method != "GET"
    ]


async def edit(world, **values):
    form = await world.organiser.slash(world.general, "organise edit", conversation="who")
    typed = {"title": "Who decides?", "minutes": "90", **values}
    await world.organiser.submit_modal(form, typed)
    await world.env.advance_time(10)


async def move(world, when="10 Dec 14:30"):
    read = await world.organiser.slash(
        world.general, "organise move", conversation="who", when=when
    )
    await world.organiser.click(read.response.message, label="Move it")
    await world.env.advance_time(60)


async def cancel(world):
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    await world.organiser.submit_modal(form, {"words": "The hall has flooded."})
    await world.env.advance_time(60)


async def started(world):
    """To a few minutes after the start."""
    await world.env.advance_time(timedelta(days=10, hours=5, minutes=5).total_seconds())


async def restarted(world, db, stop=crash):
    await stop(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(10)


async def test_a_conversation_stands_in_the_list_with_the_way_to_its_card(world):
    card = await planned(world, description="Bring a friend.")

    event = only(world)
    assert event.name == "Who decides?"
    assert event.scheduled_start_time == "2026-12-03T14:00:00+00:00"
    assert event.scheduled_end_time == "2026-12-03T15:30:00+00:00"
    link = f"https://discord.com/channels/{world.server.id}/{world.channel.id}/{card.id}"
    assert event.description == f"Bring a friend.\n\nTo sign up: {link}"
    assert event.entity_metadata == {"location": "See its card"}


async def test_the_link_to_join_is_never_in_it(world):
    await planned(world, link=LINK)

    event = only(world)
    assert event.entity_metadata == {"location": "Online; people with a place are given the link"}
    assert LINK not in f"{event.name} {event.description} {event.entity_metadata}"


async def test_a_voice_channel_is_its_place(world):
    room = world.server.create_voice_channel("room")
    await world.env.settle()
    await planned(world, channel=room)

    assert only(world).entity_type == 2
    assert only(world).channel_id == room.id


async def test_it_is_written_only_when_something_changed(world):
    card = await planned(world)
    before = len(writes(world))

    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(7300)
    assert len(writes(world)) == before

    await edit(world, title="Who should decide?", minutes="60")
    assert only(world).name == "Who should decide?"
    assert only(world).scheduled_end_time == "2026-12-03T15:00:00+00:00"


async def test_it_moves_with_ours(world):
    await planned(world)
    await move(world)

    assert only(world).scheduled_start_time == "2026-12-10T14:30:00+00:00"


async def test_it_goes_with_a_cancelled_one(world):
    await planned(world)
    await cancel(world)

    assert events(world) == []


async def test_it_goes_with_a_removed_one(world, db):
    await planned(world)
    asked = await world.organiser.slash(world.general, "organise remove", conversation="who")
    await world.organiser.click(asked.response.message, label="Yes, remove it")
    await world.env.advance_time(10)

    assert events(world) == []
    assert await db.all("SELECT 1 FROM list_entry") == []


@pytest.mark.parametrize("in_a_room", [False, True])
async def test_it_starts_and_ends_with_ours(world, db, in_a_room):
    room = world.server.create_voice_channel("room")
    await world.env.settle()
    await planned(world, **({"channel": room} if in_a_room else {}))

    await started(world)
    assert only(world).status == 2
    await world.env.advance_time(7200)

    assert events(world) == []
    assert await db.all("SELECT 1 FROM list_entry") == []
    assert inbox(world.organiser) == [], "nobody is asked about what was to be expected"


async def test_one_that_began_while_the_bot_was_away_is_begun_at_the_start(world, db):
    room = world.server.create_voice_channel("room")
    await world.env.settle()
    await planned(world, channel=room)
    await world.bot.close()
    pass_while_down(world.env, timedelta(days=10, hours=5, minutes=30))

    await restarted(world, db)
    assert only(world).status == 2


async def test_deleted_by_hand_its_host_is_asked_once_and_it_can_be_put_back(world):
    await planned(world)
    delete_event(world, only(world))
    await world.env.settle()
    await world.env.advance_time(7300)

    assert events(world) == []
    (message,) = inbox(world.organiser)
    assert "No longer in the events list: Who decides?" in text_of(message)
    assert "everybody keeps their place" in text_of(message)
    assert labels_of(message) == [
        "Cancel the conversation",
        "Put it back in the list",
        "Leave it off the list",
    ]

    pressed = await world.organiser.user.click(message, label="Put it back in the list")
    await world.env.advance_time(10)
    assert "I put it back as it was in the events list." in text_of(pressed.response.message)
    assert only(world).name == "Who decides?"
    assert len(inbox(world.organiser)) == 1


async def test_cancelled_in_discords_screens_is_the_same_as_deleted(world):
    await planned(world)
    change_event(world, only(world), status=4)
    await world.env.settle()
    await world.env.advance_time(60)

    assert "No longer in the events list" in text_of(inbox(world.organiser)[0])
    assert "0 coming" in text_of(world.card()), "ours goes on until its host says otherwise"


async def test_deleted_by_hand_may_have_meant_to_cancel(world):
    card = await planned(world)
    await world.amina.click(card, label="Sign up")
    delete_event(world, only(world))
    await world.env.settle()
    await world.env.advance_time(60)

    form = await world.organiser.user.click(
        inbox(world.organiser)[0], label="Cancel the conversation"
    )
    done = await world.organiser.user.submit_modal(form, {"words": "The hall has flooded."})
    await world.env.advance_time(60)

    assert "is cancelled, and its card says so. 1 person is told" in done.response.content
    assert "The hall has flooded." in text_of(inbox(world.amina)[0])
    assert "This conversation is cancelled." in text_of(world.card())


async def test_left_off_the_list_it_stays_off_whatever_changes(world, db):
    await planned(world)
    delete_event(world, only(world))
    await world.env.settle()
    await world.env.advance_time(60)

    pressed = await world.organiser.user.click(
        inbox(world.organiser)[0], label="Leave it off the list"
    )
    assert "I leave it off the events list." in text_of(pressed.response.message)
    await edit(world, title="Who should decide?")
    await restarted(world, db)
    await world.env.advance_time(3700)

    assert events(world) == []
    assert len(inbox(world.organiser)) == 1


async def test_changed_words_can_be_used_here_too(world):
    await planned(world, description="Bring a friend.")
    event = only(world)
    tail = event.description.removeprefix("Bring a friend.")
    change_event(world, event, name="Who should decide?", description=f"Bring two.{tail}")
    await world.env.settle()
    await world.env.advance_time(60)

    (message,) = inbox(world.organiser)
    assert "**Title**: Who should decide?" in text_of(message)
    assert "**Description**: Bring two." in text_of(message)
    assert "Start" not in text_of(message)
    pressed = await world.organiser.user.click(message, label="Use it here too")
    await world.env.advance_time(60)

    assert "Saved, and the card follows." in text_of(pressed.response.message)
    card = text_of(world.card())
    assert "Who should decide?" in card
    assert "Bring two." in card
    assert "To sign up" not in card
    assert only(world).description == f"Bring two.{tail}"
    assert len(inbox(world.organiser)) == 1


async def test_another_time_is_read_back_and_people_are_asked(world):
    card = await planned(world)
    await world.amina.click(card, label="Sign up")
    change_event(
        world,
        only(world),
        scheduled_start_time="2026-12-10T14:30:00+00:00",
        scheduled_end_time="2026-12-10T16:00:00+00:00",
    )
    await world.env.settle()
    await world.env.advance_time(60)

    message = inbox(world.organiser)[0]
    assert f"**Start**: {NEW}. It was Thursday 3 December" in text_of(message)
    assert "Length" not in text_of(message)
    assert inbox(world.amina) == []
    read = await world.organiser.user.click(message, label="Use it here too")
    assert f"To: **{NEW}**" in text_of(read.response.message)
    assert "1 person has a place and will be asked" in text_of(read.response.message)
    moved = await world.organiser.user.click(inbox(world.organiser)[0], label="Move it")
    await world.env.advance_time(60)

    assert f"is moved to {NEW}" in text_of(moved.response.message)
    assert "Are you still coming?" in text_of(inbox(world.amina)[0])
    assert only(world).scheduled_start_time == "2026-12-10T14:30:00+00:00"


async def test_a_read_back_that_is_left_puts_our_time_back(world):
    await planned(world)
    change_event(world, only(world), scheduled_start_time="2026-12-03T14:30:00+00:00")
    await world.env.settle()
    await world.env.advance_time(60)
    await world.organiser.user.click(inbox(world.organiser)[0], label="Use it here too")

    left = await world.organiser.user.click(inbox(world.organiser)[0], label="Leave it as it is")
    await world.env.advance_time(60)

    assert "stays as it is. Nobody was told." in text_of(left.response.message)
    assert only(world).scheduled_start_time == "2026-12-03T14:00:00+00:00"


async def test_changed_by_hand_it_can_be_put_back_as_it_was(world):
    await planned(world)
    change_event(world, only(world), name="Nonsense")
    await world.env.settle()
    await world.env.advance_time(7300)
    assert only(world).name == "Nonsense", "nothing is overwritten unasked"
    (message,) = inbox(world.organiser)

    await world.organiser.user.click(message, label="Put it back as it was")
    await world.env.advance_time(60)

    assert only(world).name == "Who decides?"
    assert len(inbox(world.organiser)) == 1


async def test_where_it_happens_in_words_is_only_the_lists(world):
    await planned(world)
    change_event(world, only(world), entity_metadata={"location": "Town hall"})
    await world.env.settle()
    await world.env.advance_time(60)

    (message,) = inbox(world.organiser)
    assert "**Where**: Town hall" in text_of(message)
    assert labels_of(message) == ["Put it back as it was"]


async def test_unanswered_for_a_day_ours_is_put_back(world):
    await planned(world)
    change_event(world, only(world), scheduled_start_time="2026-12-03T14:30:00+00:00")
    await world.env.settle()
    await world.env.advance_time(timedelta(hours=23).total_seconds())
    assert only(world).scheduled_start_time == "2026-12-03T14:30:00+00:00"

    await world.env.advance_time(7300)

    assert only(world).scheduled_start_time == "2026-12-03T14:00:00+00:00"
    assert len(inbox(world.organiser)) == 1


@SAYS_NO
async def test_an_answer_after_it_was_settled_changes_nothing(world):
    await planned(world)
    change_event(world, only(world), name="Nonsense")
    await world.env.settle()
    await world.env.advance_time(60)
    change_event(world, only(world), name="Who decides?")  # they noticed, and put it back
    await world.env.settle()
    await world.env.advance_time(60)

    pressed = await world.organiser.user.click(inbox(world.organiser)[0], label="Use it here too")

    assert pressed.response.content == (
        "That has been settled in the meantime. Nothing has changed."
    )


async def test_moved_by_us_while_the_question_stands_the_list_says_our_time(world):
    await planned(world)
    change_event(world, only(world), scheduled_start_time="2026-12-03T14:30:00+00:00")
    await world.env.settle()
    await world.env.advance_time(60)

    await move(world)

    assert only(world).scheduled_start_time == "2026-12-10T14:30:00+00:00"


async def test_deleted_while_the_bot_was_away_is_asked_at_the_start(world, db):
    await planned(world)
    by_hand.delete_event_unseen(world, only(world))

    await restarted(world, db)
    await world.env.advance_time(60)

    assert events(world) == []
    assert "No longer in the events list" in text_of(inbox(world.organiser)[0])


async def test_changed_while_the_bot_was_away_is_asked_at_the_start(world, db):
    await planned(world)
    only(world).name = "Nonsense"  # no news of it

    await restarted(world, db, restart)
    await world.env.advance_time(60)

    assert only(world).name == "Nonsense"
    assert "Changed in the events list: Who decides?" in text_of(inbox(world.organiser)[0])


async def test_a_host_who_gives_up_a_place_of_their_own_is_asked_all_the_same(world):
    card = await planned(world)
    await world.organiser.click(card, label="Sign up")
    path = f"/channels/{world.organiser.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=503, code=0, times=1)
    delete_event(world, only(world))
    await world.env.settle()
    await world.env.advance_time(10)
    await world.organiser.click(card, label="I can't make it")
    await world.env.advance_time(600)

    assert "No longer in the events list" in text_of(inbox(world.organiser)[0])


@SAYS_NO
async def test_only_organisers_may_answer_and_only_what_they_were_asked(world, db):
    await planned(world)
    delete_event(world, only(world))
    await world.env.settle()
    await world.env.advance_time(60)
    (message,) = inbox(world.organiser)
    organisers = world.server.roles["Organiser"]
    by_hand.take(world, world.organiser, organisers)

    for label in labels_of(message):
        refused = await world.organiser.user.click(message, label=label)
        assert refused.response.content.startswith("Only organisers can"), label
    world.server.remove_member(world.organiser)
    await world.env.settle()
    refused = await world.organiser.user.click(message, label="Leave it off the list")
    assert refused.response.content == ("You are no longer in that server, so nothing has changed.")
    rows = await db.all("SELECT state FROM list_entry")
    assert [row["state"] for row in rows] == ["deleted"]


@SAYS_NO
async def test_without_create_events_it_is_said_once_and_mended_later(world):
    by_hand.forbid(world, "create_events", "manage_events")
    await world.env.settle()
    card = await planned(world, places=5)
    pressed = await world.amina.click(card, label="Sign up")
    assert pressed.response.content.startswith("You have a place")
    await planned(world, "What gets in the way?", when="10 Dec 2pm")
    await world.env.advance_time(7300)

    (message,) = inbox(world.organiser)
    assert "Not in the events list: Who decides?" in text_of(message)
    assert "I need **Create Events** in the server." in text_of(message)
    checked = await world.manager.slash(world.general, "network check")
    assert (
        "I need **Create Events** in this server to show conversations in its events list."
        in checked.response.content
    )
    assert writes(world) == [], "what is known to be forbidden is not tried"

    by_hand.allow(world, "create_events", "manage_events")
    await world.env.settle()
    await world.env.advance_time(60)

    assert [event.name for event in events(world)] == ["Who decides?", "What gets in the way?"]
    checked = await world.manager.slash(world.general, "network check")
    assert "Create Events" not in checked.response.content
    assert len(inbox(world.organiser)) == 1


@SAYS_NO
async def test_a_refusal_of_discords_own_is_said_once_as_well(world):
    by_hand.forbid(world, "manage_events")  # the pretend Discord asks for this one
    await world.env.settle()
    card = await planned(world)
    for _ in range(3):
        await world.amina.click(card, label="Sign up")
        await world.amina.click(card, label="I can't make it")
        await world.env.advance_time(60)

    assert len(inbox(world.organiser)) == 1
    assert writes(world) == ["POST"], "a crowd that presses is not refused again and again"


@SAYS_NO
async def test_a_full_list_is_said_once_and_filled_up_later(world):
    path = f"/guilds/{world.server.id}/scheduled-events"
    world.env.inject_error("POST", path, status=400, code=30038, times=None)
    card = await planned(world, places=5)
    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(7300)

    (message,) = inbox(world.organiser)
    assert "Discord holds 100 events in a server, and they are all there already." in (
        text_of(message)
    )
    assert "1 coming, 4 places left" in text_of(world.card())
    checked = await world.manager.slash(world.general, "network check")
    assert "This server's events list is full" in checked.response.content

    world.env.backend.faults.clear()
    await world.env.advance_time(3700)

    assert only(world).name == "Who decides?"
    checked = await world.manager.slash(world.general, "network check")
    assert "events list" not in checked.response.content


@SAYS_NO
async def test_an_hour_without_discord_delays_the_list_and_nothing_else(world):
    world.env.inject_error("*", "*/scheduled-events*", status=500, times=None)
    card = await planned(world, places=5)
    pressed = await world.amina.click(card, label="Sign up")
    assert pressed.response.content.startswith("You have a place")
    await world.env.advance_time(3600)
    assert "1 coming, 4 places left" in text_of(world.card())
    assert events(world) == []

    world.env.backend.faults.clear()
    await world.env.advance_time(600)

    assert only(world).name == "Who decides?"
    assert inbox(world.organiser) == [], "an outage is nobody's to mend"


async def test_one_made_just_before_a_crash_is_found_again(world, db):
    await planned(world)
    async with db.write() as tx:
        await tx.run("UPDATE list_entry SET entry_id = NULL, is_written = 0, stands = NULL")

    await restarted(world, db)
    await world.env.advance_time(3700)

    assert only(world).name == "Who decides?"
    assert inbox(world.organiser) == []


async def test_our_own_change_just_before_a_crash_is_not_taken_for_somebody_elses(world, db):
    await planned(world)
    before = await db.only("SELECT stands FROM list_entry")
    await edit(world, title="Who should decide?")
    async with db.write() as tx:
        await tx.run("UPDATE list_entry SET stands = :s, is_written = 0", {"s": before["stands"]})
    await edit(world, title="Who must decide?")

    await restarted(world, db)

    assert only(world).name == "Who must decide?"
    assert inbox(world.organiser) == []


async def test_others_events_are_left_alone(world):
    theirs = world.server.create_scheduled_event(
        "Quiz night", start_time="2026-12-03T14:00:00+00:00", entity_type=3,
        end_time="2026-12-03T15:00:00+00:00", location="Pub",
    )  # fmt: skip
    await world.env.settle()
    await planned(world)
    await cancel(world)

    assert [event.name for event in events(world)] == ["Quiz night"]
    delete_event(world, theirs)
    await world.env.settle()
    assert inbox(world.organiser) == []
