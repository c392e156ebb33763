"""Series as people see them: started, listed, joined, changed, and told of."""

import io
from datetime import timedelta

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import pass_while_down, restart
from bot.storage.database import Database
from tests.discord.conftest import SPOKEN, labels_of, text_of

pytestmark = pytest.mark.simcord(check_errors=False)

DAY, WEEK = 86_400, 7 * 86_400
RULE = "Every first Thursday of the month at 2:00pm UK time."


async def start(world, title="Who decides?", **rest):
    """Start a series by command and button; its first conversation is announced at once."""
    wanted = {"weekday": "Thursday", "which": "first of the month", "time": "2pm"} | rest
    shown = await world.organiser.slash(world.general, "series start", title=title, **wanted)
    read_back = shown.response.message
    pressed = await world.organiser.click(read_back, label="Start it")
    await world.env.advance_time(5)
    return read_back, pressed


async def pass_days(world, days):
    for _ in range(days):
        await world.env.advance_time(DAY)


def dms(person):
    private = person.user.dm_channel
    return private.history() if private else []


async def panel(world, person):
    shown = await person.slash(world.general, "conversation series")
    return shown.response.message


async def test_a_series_is_read_back_before_anything_is_made(world, db):
    shown = await world.organiser.slash(
        world.general,
        "series start",
        title="Who decides?",
        weekday="Thursday",
        which="first of the month",
        time="2pm",
        places=5,
        count=3,
    )

    text = text_of(shown.response.message)
    assert shown.ephemeral
    assert "Every first Thursday of the month at 2:00pm UK time, the last on" in text
    assert (
        "- Thursday 3 December 2026, 2:00pm UK time\n- Thursday 7 January 2027, 2:00pm UK time\n"
        "- Thursday 4 February 2027, 2:00pm UK time"
    ) in text
    assert "with 5 places" in text
    assert await db.all("SELECT 1 FROM conversation") == []
    thrown = await world.organiser.click(shown.response.message, label="Throw it away")
    assert "Nobody has seen it." in text_of(thrown.response.message)
    assert await db.all("SELECT 1 FROM series") == []


async def test_a_started_series_posts_what_is_near_and_keeps_the_rest(world):
    _, pressed = await start(world)

    assert RULE in text_of(pressed.response.message)
    (card,) = world.channel.history()
    assert SPOKEN in text_of(card)
    assert "Part of a series: every first Thursday of the month at 2:00pm UK time." in text_of(card)
    await pass_days(world, 26)
    assert len(world.cards()) == 2
    assert "Thursday 7 January 2027, 2:00pm UK time" in text_of(world.card())


async def test_a_card_of_the_next_one_comes_after_a_restart_and_an_outage(world, db: Database):
    await start(world)
    await world.bot.close()
    pass_while_down(world.env, timedelta(days=26))
    await restart(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(30)

    assert "Thursday 7 January 2027, 2:00pm UK time" in text_of(world.card())
    rows = await db.all("SELECT occurrence FROM conversation ORDER BY occurrence")
    assert [row["occurrence"] for row in rows] == [
        "2026-12-03",
        "2027-01-07",
        "2027-02-04",
        "2027-03-04",
    ]


async def test_a_member_signs_up_to_all_is_told_and_says_no_in_one_press(world):
    await start(world, places=1)
    shown = await panel(world, world.amina)
    assert "**Next dates**\n- Thursday 3 December 2026, 2:00pm UK time: announced" in text_of(shown)

    pressed = await world.amina.click(shown, label="Sign up to all")
    assert (
        "You are signed up to the whole series **Who decides?**." in pressed.followups[-1].content
    )
    assert f"You have a place:\n- {SPOKEN}" in pressed.followups[-1].content
    shown = await panel(world, world.amina)
    assert labels_of(shown) == ["Add the whole series to my calendar", "Leave the series"]
    assert dms(world.amina) == [], "they have just read it"
    await pass_days(world, 26)

    (told,) = dms(world.amina)
    assert "You are signed up to Who decides?" in text_of(told)
    assert "Thursday 7 January 2027, 2:00pm UK time" in text_of(told)
    no = await world.amina.user.click(told, label="I can't make it this time")
    assert "Your sign-up to the rest of the series stays." in text_of(no.response.message)
    await world.env.advance_time(60)
    assert "0 coming" in text_of(world.card())
    await pass_days(world, 28)
    assert len(dms(world.amina)) == 2, "February"


async def test_who_comes_later_waits_and_is_told_so(world):
    await start(world, places=1)
    for person in (world.amina, world.bryn):
        await person.click(await panel(world, person), label="Sign up to all")
    await pass_days(world, 26)

    (told,) = dms(world.bryn)
    assert "You are on the waitlist: Who decides?" in text_of(told)
    assert "You are on the waitlist: number 1." in text_of(told)


async def test_leaving_a_series_says_what_stays(world):
    await start(world)
    await world.amina.click(await panel(world, world.amina), label="Sign up to all")

    left = await world.amina.click(await panel(world, world.amina), label="Leave the series")

    said = left.followups[-1].content
    assert "You have left the series **Who decides?**. I sign you up to no more." in said
    assert f"Your answers to what was announced already stay:\n- {SPOKEN}" in said
    await pass_days(world, 26)
    assert dms(world.amina) == []


async def test_my_sign_up_leads_to_the_series(world):
    await start(world)
    card = world.card()
    await world.amina.click(card, label="Sign up")
    mine = await world.amina.click(card, label="My sign-up")
    whole = await world.amina.click(mine.response.message, label="The whole series")

    assert RULE in text_of(whole.response.message)


async def test_the_whole_series_goes_into_a_calendar(world):
    await start(world, link="https://example.org/room")
    refused = await world.amina.slash(world.general, "conversation series")
    await world.amina.click(refused.response.message, label="Sign up to all")

    pressed = await world.amina.click(
        await panel(world, world.amina), label="Add the whole series to my calendar"
    )

    (file,) = pressed.response.message.attachments
    read = io.BytesIO(await file.read()).read().decode()
    assert "RRULE:FREQ=MONTHLY;BYDAY=1TH" in read
    assert "DTSTART;TZID=Europe/London:20261203T140000" in read
    assert "RECURRENCE-ID;TZID=Europe/London:20261203T140000" in read
    assert "LOCATION:https://example.org/room" in read


async def test_several_series_are_a_list_with_a_button_for_each(world):
    for number in range(7):
        await start(world, title=f"Series {number}")

    first = await panel(world, world.amina)
    assert "**Series 0**\nEvery first Thursday" in text_of(first)
    assert "Page 1 of 2" in text_of(first)
    second = await world.amina.click(first, label="Later")
    assert "**Series 6**" in text_of(second.response.message)
    shown = await world.amina.click(second.response.message, label="Show Series 6")
    assert "## Series 6" in text_of(shown.response.message)


async def test_without_a_series_the_list_says_so(world):
    assert "Nothing happens again and again just now." in text_of(await panel(world, world.amina))


async def test_changing_a_series_is_read_back_and_says_what_became_of_it(world):
    await start(world)
    await world.amina.click(world.card(), label="Sign up")
    shown = await world.organiser.slash(
        world.general, "series change", series="who", weekday="Tuesday", time="6pm"
    )
    text = text_of(shown.response.message)
    assert "To: **every first Tuesday of the month at 6:00pm UK time**" in text
    assert "- Tuesday 1 December 2026, 6:00pm UK time" in text

    pressed = await world.organiser.click(shown.response.message, label="Change it")
    await world.env.advance_time(60)

    said = text_of(pressed.response.message)
    assert "Moved:\n- Tuesday 1 December 2026, 6:00pm UK time" in said
    assert "1 private message is on its way" in said
    assert "Tuesday 1 December 2026, 6:00pm UK time" in text_of(world.card())
    assert "every first Tuesday of the month at 6:00pm" in text_of(world.card())
    (told,) = dms(world.amina)
    assert "Moved: Who decides?" in text_of(told)


async def test_a_change_can_be_left(world):
    await start(world)
    shown = await world.organiser.slash(world.general, "series change", series="who", time="6pm")
    left = await world.organiser.click(shown.response.message, label="Leave it as it is")
    assert "stays as it is. Nobody was told." in text_of(left.response.message)


async def test_changing_the_words_of_a_series_changes_those_ahead(world):
    await start(world)
    form = await world.organiser.slash(world.general, "series change", series="who")
    said = await world.organiser.submit_modal(form, {"title": "Who pays?", "minutes": "90"})
    await world.env.advance_time(60)

    assert "Saved, and cards follow:" in said.response.content
    assert "Who pays?" in text_of(world.card())
    choices = await world.organiser.autocomplete(world.general, "organise edit", "conversation", "")
    assert [each["name"].split(" · ")[0] for each in choices] == ["Who pays?"] * 3


async def pick_second(world):
    """The id of the conversation in January, as the list of suggestions gives it."""
    choices = await world.organiser.autocomplete(world.general, "organise edit", "conversation", "")
    return choices[1]["value"]


async def test_organisers_see_what_is_not_announced_and_members_do_not(world):
    await start(world)

    for command in ("organise edit", "organise move", "organise cancel", "organise people"):
        found = await world.organiser.autocomplete(world.general, command, "conversation", "")
        assert len(found) == 3, command
    found = await world.organiser.autocomplete(
        world.general, "conversation show", "conversation", ""
    )
    assert len(found) == 1
    refused = await world.amina.slash(
        world.general, "conversation show", conversation=await pick_second(world)
    )
    assert "I can't find that conversation" in refused.response.content


@pytest.mark.parametrize(
    ("label", "titles"),
    [
        ("Only this one", ["Who decides?", "Our own", "Who decides?"]),
        ("This one and later", ["Who decides?", "Our own", "Our own"]),
    ],
)
async def test_editing_one_asks_which_ones(world, db, label, titles):
    await start(world)
    asked = await world.organiser.slash(
        world.general, "organise edit", conversation=await pick_second(world)
    )
    assert "## Which ones?" in text_of(asked.response.message)

    form = await world.organiser.click(asked.response.message, label=label)
    await world.organiser.submit_modal(form, {"title": "Our own", "minutes": "90"})

    rows = await db.all("SELECT title FROM conversation ORDER BY starts_at")
    assert [row["title"] for row in rows] == titles


@pytest.mark.parametrize(
    ("label", "notes"),
    [("Only this one", ["", "Money", ""]), ("This one and later", ["", "Money", "Money"])],
)
async def test_saying_more_about_one_asks_which_ones(world, db, label, notes):
    await start(world)
    asked = await world.organiser.slash(
        world.general,
        "organise edit",
        conversation=await pick_second(world),
        what="questions, access and deadline",
    )

    form = await world.organiser.click(asked.response.message, label=label)
    said = await world.organiser.submit_modal(form, {"content_note": "Money"})

    assert "Saved" in said.response.content
    rows = await db.all("SELECT content_note FROM conversation ORDER BY starts_at")
    assert [row["content_note"] for row in rows] == notes


async def test_moving_one_asks_which_ones(world, db):
    await start(world)
    asked = await world.organiser.slash(
        world.general,
        "organise move",
        conversation=await pick_second(world),
        when="13 Jan 2027 3pm",
    )
    assert labels_of(asked.response.message) == [
        "Only this one",
        "This one and later",
        "Leave it as it is",
    ]

    read_back = await world.organiser.click(asked.response.message, label="This one and later")
    text = text_of(read_back.response.message)
    assert "To: **every second Wednesday of the month at 3:00pm UK time**" in text
    await world.organiser.click(read_back.response.message, label="Change it")

    rows = await db.all("SELECT starts_at FROM conversation ORDER BY starts_at")
    assert [row["starts_at"] for row in rows] == [
        "2026-12-03T14:00:00Z",
        "2027-01-13T15:00:00Z",
        "2027-02-10T15:00:00Z",
        "2027-03-10T15:00:00Z",
    ]


async def test_moving_only_this_one_leaves_the_rule(world, db):
    await start(world)
    asked = await world.organiser.slash(
        world.general,
        "organise move",
        conversation=await pick_second(world),
        when="13 Jan 2027 3pm",
    )
    await world.organiser.click(asked.response.message, label="Only this one")

    rows = await db.all("SELECT starts_at FROM conversation ORDER BY starts_at")
    assert [row["starts_at"][:10] for row in rows] == ["2026-12-03", "2027-01-13", "2027-02-04"]


async def test_cancelling_one_asks_which_ones(world, db):
    await start(world)
    await world.amina.click(world.card(), label="Sign up")
    asked = await world.organiser.slash(
        world.general, "organise cancel", conversation=await first(world)
    )
    assert labels_of(asked.response.message) == ["Only this one", "This one and later"]

    form = await world.organiser.click(asked.response.message, label="This one and later")
    said = await world.organiser.submit_modal(form, {"words": "No more money."})
    await world.env.advance_time(60)

    assert f"Cancelled:\n- {SPOKEN}" in said.response.content
    assert "2 dates that nobody had answered are taken away." in said.response.content
    assert "This conversation is cancelled." in text_of(world.card())
    assert "No more money." in text_of(dms(world.amina)[-1])
    assert "Nothing happens again and again" in text_of(await panel(world, world.amina))


async def test_cancelling_only_this_one_lets_the_series_go_on(world, db):
    await start(world)
    asked = await world.organiser.slash(
        world.general, "organise cancel", conversation=await first(world)
    )
    form = await world.organiser.click(asked.response.message, label="Only this one")
    await world.organiser.submit_modal(form, {"words": "A leak."})
    await world.env.advance_time(60)

    assert f"{SPOKEN}: cancelled" in text_of(await panel(world, world.amina))
    rows = await db.all("SELECT 1 FROM conversation WHERE cancelled_at IS NULL")
    assert len(rows) == 3


async def first(world):
    choices = await world.organiser.autocomplete(
        world.general, "organise cancel", "conversation", ""
    )
    return choices[0]["value"]


async def test_a_date_is_picked_and_left_out(world):
    await start(world)
    choices = await world.organiser.autocomplete(
        world.general, "series skip", "date", "", series="who"
    )
    assert choices[0]["name"] == SPOKEN

    said = await world.organiser.slash(
        world.general, "series skip", series="who", date=choices[1]["value"]
    )

    assert said.response.content == "**Who decides?** leaves out Thursday 7 January 2027."
    assert "Thursday 7 January 2027, 2:00pm UK time: left out" in text_of(
        await panel(world, world.amina)
    )


async def test_a_date_people_answered_needs_a_reason_that_they_read(world):
    await start(world)
    await world.amina.click(world.card(), label="Sign up")

    refused = await world.organiser.slash(
        world.general, "series skip", series="who", date="3 Dec 2026"
    )
    assert "People have answered for" in refused.response.content
    said = await world.organiser.slash(
        world.general, "series skip", series="who", date="3 Dec 2026", reason="Holidays."
    )
    await world.env.advance_time(60)

    assert "1 private message is on its way" in said.response.content
    assert "Holidays." in text_of(dms(world.amina)[-1])


async def test_pausing_and_resuming_say_what_is_ahead(world):
    await start(world)
    paused = await world.organiser.slash(world.general, "series pause", series="who")
    assert f"Already announced, and still taking place:\n- {SPOKEN}" in paused.response.content
    assert "Waiting, unannounced:\n- Thursday 7 January 2027" in paused.response.content
    assert "**This series is paused.**" in text_of(await panel(world, world.amina))
    await pass_days(world, 26)
    assert len(world.cards()) == 1

    resumed = await world.organiser.slash(world.general, "series resume", series="who")
    await world.env.advance_time(30)

    assert "**Who decides?** goes on." in resumed.response.content
    assert len(world.cards()) == 2


async def test_ending_keeps_what_is_announced(world, db):
    await start(world)
    asked = await world.organiser.slash(world.general, "series end", series="who")
    assert f"Already announced:\n- {SPOKEN}" in text_of(asked.response.message)
    ended = await world.organiser.click(
        asked.response.message, label="End it, keep what is announced"
    )
    await world.env.advance_time(60)

    assert "**Who decides?** has ended." in text_of(ended.response.message)
    assert "2 dates that nobody had answered are taken away." in text_of(ended.response.message)
    assert "Part of a series" not in text_of(world.card())
    assert len(await db.all("SELECT 1 FROM conversation")) == 1


async def test_ending_can_cancel_what_is_announced(world):
    await start(world)
    await world.amina.click(world.card(), label="Sign up")
    asked = await world.organiser.slash(world.general, "series end", series="who")
    form = await world.organiser.click(
        asked.response.message, label="End it, cancel what is announced"
    )
    said = await world.organiser.submit_modal(form, {"words": "No more money."})
    await world.env.advance_time(60)

    assert "Cancelled:" in said.response.content
    assert "No more money." in text_of(dms(world.amina)[-1])


async def test_commands_for_organisers_refuse_everybody_else(world):
    await start(world)
    known = await world.bot.tree.fetch_commands()
    (id_,) = [each.id for each in known if each.name == "series"]
    world.server.set_command_permissions(id_, {world.amina: True})
    for command, options in (
        (
            "series start",
            {"title": "x", "weekday": "Monday", "which": "every week", "time": "2pm"},
        ),
        ("series change", {"series": "who", "time": "6pm"}),
        ("series skip", {"series": "who", "date": "3 Dec 2026"}),
        ("series pause", {"series": "who"}),
        ("series resume", {"series": "who"}),
        ("series end", {"series": "who"}),
    ):
        refused = await world.amina.slash(world.general, command, **options)
        assert "Only organisers can" in refused.response.content, command


async def test_what_cannot_be_is_refused_in_words(world):
    for options, said in (
        ({"until": "1 Dec 2026"}, "The series would end on Tuesday 1 December 2026"),
        ({"from": "1 Nov 2026"}, "has already gone"),
        (
            {"weekday": "Sunday", "which": "last of the month", "time": "1:30am"},
            "There is no 1:30am on Sunday 28 March 2027",
        ),
    ):
        wanted = {"weekday": "Thursday", "which": "first of the month", "time": "2pm"} | options
        refused = await world.organiser.slash(
            world.general, "series start", title="Who decides?", **wanted
        )
        assert said in refused.response.content


async def test_a_series_without_anything_to_change_says_where_to_go(world):
    await start(world, count=1)
    asked = await world.organiser.slash(
        world.general, "organise edit", conversation=await first(world)
    )
    form = await world.organiser.click(asked.response.message, label="Only this one")
    await world.organiser.submit_modal(form, {"title": "Our own", "minutes": "90"})

    refused = await world.organiser.slash(world.general, "series change", series="who")

    assert "no conversation ahead that nobody changed by itself" in refused.response.content


async def test_who_is_not_signed_up_to_all_gets_no_calendar_of_it(world):
    await start(world)
    await world.amina.click(await panel(world, world.amina), label="Sign up to all")
    old = await panel(world, world.amina)
    other = await panel(world, world.amina)
    await world.amina.click(other, label="Leave the series")

    refused = await world.amina.click(old, label="Add the whole series to my calendar")
    again = await world.amina.click(old, label="Leave the series")

    assert refused.response.content == (
        "You are not signed up to this series. Press Sign up to all first."
    )
    assert "You were not signed up to the whole series." in again.followups[-1].content
