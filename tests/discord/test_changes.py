"""Moving, cancelling, repeating; and what people hear of it."""

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash
from tests.discord.conftest import SPOKEN, labels_of, text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)
NEW = "Thursday 10 December 2026, 2:30pm UK time"


async def answered(world, places=1):
    """Amina has a place, Bryn waits, Chidi may come."""
    card = await world.plan(places=places)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await world.chidi.click(card, label="Maybe")
    return card


async def move(world, when="10 Dec 14:30"):
    return await world.organiser.slash(
        world.general, "organise move", conversation="who", when=when
    )


async def cancel(world, because="The hall has flooded."):
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    return await world.organiser.submit_modal(form, {"words": because})


def inbox(person):
    return person.user.dm_channel.history()


async def test_a_move_that_touches_nobody_else_speaks_of_nobody_else(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    read = text_of((await move(world)).response.message)

    assert "1 person has a place and will be asked to say again." in read
    assert "told." not in read.replace("Nobody has been told yet.", "")


async def test_a_move_is_read_back_with_how_many_it_touches(world):
    await answered(world)

    shown = await move(world)

    read = text_of(shown.response.message)
    assert f"From: {SPOKEN}" in read
    assert f"To: **{NEW}**" in read
    assert "1 person has a place and will be asked to say again. 2 others are told." in read
    assert shown.ephemeral
    await world.env.advance_time(60)
    assert inbox(world.amina) == []
    assert SPOKEN in text_of(world.card())


async def test_a_move_asks_those_with_a_place_and_tells_the_others(world):
    await answered(world)
    shown = await move(world)

    moved = await world.organiser.click(shown.response.message, label="Move it")
    await world.env.advance_time(60)

    assert f"is moved to {NEW}. 3 people are told" in text_of(moved.response.message)
    assert "Are you still coming?" in text_of(inbox(world.amina)[0])
    assert labels_of(inbox(world.amina)[0]) == ["Still coming", "I can't make it"]
    assert "You are on the waitlist." in text_of(inbox(world.bryn)[0])
    assert "You are down as maybe." in text_of(inbox(world.chidi)[0])
    assert f"It was moved from {SPOKEN}." in text_of(inbox(world.bryn)[0])
    card = text_of(world.card())
    assert NEW in card
    assert f"It was moved from {SPOKEN}." in card


async def test_still_coming_keeps_the_place(world):
    await answered(world)
    await world.organiser.click((await move(world)).response.message, label="Move it")
    await world.env.advance_time(60)

    pressed = await world.amina.user.click(inbox(world.amina)[0], label="Still coming")

    assert "Thank you: you keep your place." in text_of(pressed.response.message)
    listed = await world.organiser.slash(world.general, "organise people", conversation="who")
    assert "has not said again" not in text_of(listed.response.message)
    assert "1 coming, full" in text_of(world.card())


async def test_not_any_more_gives_the_place_to_the_next(world):
    await answered(world)
    await world.organiser.click((await move(world)).response.message, label="Move it")
    await world.env.advance_time(60)

    pressed = await world.amina.user.click(inbox(world.amina)[0], label="I can't make it")
    await world.env.advance_time(60)

    assert "Thank you for letting us know." in text_of(pressed.response.message)
    assert "A place has come up" in text_of(inbox(world.bryn)[-1])


async def test_nobody_loses_a_place_for_not_answering(world):
    await answered(world)
    await world.organiser.click((await move(world)).response.message, label="Move it")
    await world.env.advance_time(7 * 24 * 3600)

    listed = await world.organiser.slash(world.general, "organise people", conversation="who")

    assert f"<@{world.amina.id}> (has not said again since it was moved)" in text_of(
        listed.response.message
    )


async def test_moving_twice_before_anybody_heard_tells_once_with_the_last_date(world):
    await answered(world)
    path = f"/channels/{world.amina.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=503, code=0, times=1)
    await world.organiser.click((await move(world)).response.message, label="Move it")
    again = await move(world, "17 Dec 2pm")
    await world.organiser.click(again.response.message, label="Move it")

    await world.env.advance_time(600)

    (message,) = inbox(world.amina)
    assert "Thursday 17 December 2026" in text_of(message)


@SAYS_NO
async def test_two_organisers_moving_at_once(world):
    await answered(world)
    first, second = await move(world), await move(world, "17 Dec 2pm")
    await world.organiser.click(first.response.message, label="Move it")

    refused = await world.organiser.click(second.response.message, label="Move it")

    assert refused.response.content.startswith(
        "Somebody else has moved this conversation in the meantime, so I have changed nothing. "
        f"It started: {SPOKEN}. It now starts: {NEW}. Please move it again if you still want to."
    )
    assert NEW in text_of(await world.refreshed())


async def test_leaving_it_as_it_is_tells_nobody(world):
    await answered(world)
    shown = await move(world)

    left = await world.organiser.click(shown.response.message, label="Leave it as it is")
    await world.env.advance_time(60)

    assert "stays as it is. Nobody was told." in text_of(left.response.message)
    assert inbox(world.amina) == []


@SAYS_NO
@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("yesterday 2pm", "Sunday 22 November 2026, 2:00pm UK time has already gone."),
        ("31 Oct 2027 01:30", "1:30am on Sunday 31 October 2027 comes twice"),
        ("3 Dec 2pm", "That is when it already starts, so there is nothing to move."),
    ],
)
async def test_a_move_that_cannot_be(world, when, words):
    await answered(world)

    refused = await move(world, when)

    assert refused.response.content.startswith(words)
    assert SPOKEN in text_of(await world.refreshed())


async def test_cancelling_tells_everybody_who_answered_with_the_reason(world):
    await answered(world)

    done = await cancel(world)
    await world.env.advance_time(60)

    assert "**Who decides?** is cancelled, and its card says so. 3 people are told" in (
        done.response.content
    )
    for person in (world.amina, world.bryn, world.chidi):
        (message,) = inbox(person)
        assert "Cancelled: Who decides?" in text_of(message)
        assert "The reason: The hall has flooded." in text_of(message)
    card = world.card()
    assert "This conversation is cancelled." in text_of(card)
    assert "The hall has flooded." in text_of(card)
    assert labels_of(card) == []
    listed = await world.amina.slash(world.general, "conversation list")
    assert "None is planned just now." in text_of(listed.response.message)


async def test_those_who_said_no_hear_nothing(world):
    card = await answered(world)
    await world.amina.click(card, label="I can't make it")
    await world.env.advance_time(60)
    await cancel(world)
    await world.env.advance_time(60)

    assert inbox(world.amina) == []


@SAYS_NO
async def test_cancelling_twice_and_pressing_afterwards(world):
    await answered(world)
    shown = await world.amina.slash(world.general, "conversation show", conversation="who")
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    await cancel(world)

    again = await world.organiser.submit_modal(form, {"words": "Twice."})
    pressed = await world.amina.click(shown.response.message, label="I can't make it")

    assert again.response.content.startswith(
        "This conversation is cancelled already. Nothing has changed."
    )
    assert pressed.response.content == "This conversation has been cancelled."


@SAYS_NO
async def test_a_reason_of_nothing_visible_is_refused(world):
    await answered(world)

    refused = await cancel(world, "\u200b")

    assert refused.response.content.startswith(
        "Please give a reason. Everybody who answered will read it."
    )
    assert "1 coming" in text_of(await world.refreshed())


async def test_a_cancellation_before_a_crash_is_told_after_it_once(world, db):
    await answered(world)
    for person in (world.amina, world.bryn, world.chidi):
        path = f"/channels/{person.user.dm_channel.id}/messages"
        world.env.inject_error("POST", path, status=500, code=0, times=1)
    await cancel(world)

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3600)

    assert [len(inbox(person)) for person in (world.amina, world.bryn, world.chidi)] == [1, 1, 1]


async def test_a_notice_without_buttons_is_known_again_after_a_crash(world, db):
    await answered(world)
    await cancel(world)
    await world.env.advance_time(60)
    async with db.write() as tx:  # as it stands when the crash comes before the mark
        await tx.run("UPDATE notice SET state = 'owed', settled_at = NULL")

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3600)

    assert [len(inbox(person)) for person in (world.amina, world.bryn, world.chidi)] == [1, 1, 1]


async def test_duplicating_starts_a_draft_with_the_same_words(world):
    await world.plan("Who decides?", description="Bring tea.", places=7)

    shown = await world.organiser.slash(
        world.general, "organise duplicate", conversation="who", when="7 Jan 2pm"
    )

    read = text_of(shown.response.message)
    assert "Is this right?" in read
    assert "Thursday 7 January 2027, 2:00pm UK time" in read
    assert "Bring tea." in read
    assert "With 7 places." in read


async def test_an_organiser_sees_people_in_order_and_nobody_is_pinged(world):
    await answered(world)

    listed = await world.organiser.slash(world.general, "organise people", conversation="who")

    read = text_of(listed.response.message)
    assert read.index("**Going**") < read.index(f"<@{world.amina.id}>")
    assert read.index(f"<@{world.amina.id}>") < read.index("**On the waitlist, in order**")
    assert read.index("**Maybe**") < read.index(f"<@{world.chidi.id}>")
    assert f"1\\. <@{world.bryn.id}>" in read, "a number on the waitlist is a turn"
    assert listed.ephemeral
    sent = [e for e in world.env.http_requests if e.path.endswith("/callback")][-1]
    assert sent.json["data"]["allowed_mentions"] == {"parse": []}


async def test_a_long_list_pages(world, db):
    await world.plan()
    async with db.write() as tx:
        for number in range(1, 26):
            await tx.run(
                "INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at) "
                "VALUES (1, :m, 'going', :m, '2026-11-23T09:00:00Z')",
                {"m": number},
            )

    listed = await world.organiser.slash(world.general, "organise people", conversation="who")
    assert "Page 1 of 3" in text_of(listed.response.message)
    later = await world.organiser.click(listed.response.message, label="Later")
    assert "11\\. <@11>" in text_of(later.response.message)
    back = await world.organiser.click(later.response.message, label="Earlier")
    assert "1\\. <@1>" in text_of(back.response.message)


async def test_a_message_reaches_everybody_who_answered(world):
    await answered(world)
    form = await world.organiser.slash(world.general, "organise message", conversation="who")

    sent = await world.organiser.submit_modal(form, {"words": "Please bring # a pen."})
    await world.env.advance_time(60)

    assert sent.response.content.startswith("Your message is on its way. 3 people are told")
    for person in (world.amina, world.bryn, world.chidi):
        assert "Please bring # a pen." in text_of(inbox(person)[0])
        assert "From its organisers:" in text_of(inbox(person)[0])


async def test_a_message_only_to_those_with_a_place(world):
    await answered(world)
    form = await world.organiser.slash(
        world.general, "organise message", conversation="who", to="only people with a place"
    )

    await world.organiser.submit_modal(form, {"words": "The door code is 12."})
    await world.env.advance_time(60)

    assert len(inbox(world.amina)) == 1
    assert inbox(world.bryn) == inbox(world.chidi) == []


@SAYS_NO
async def test_a_message_to_nobody_is_not_sent(world):
    await world.plan()
    form = await world.organiser.slash(world.general, "organise message", conversation="who")

    refused = await world.organiser.submit_modal(form, {"words": "Hello?"})

    assert refused.response.content.startswith(
        "There is nobody to write to yet, so I have sent nothing."
    )


async def test_taking_somebody_off_tells_them_why_and_moves_the_next_up(world):
    await answered(world)

    done = await world.organiser.slash(
        world.general,
        "organise remove-person",
        conversation="who",
        person=world.amina,
        reason="You asked me to.",
    )
    await world.env.advance_time(60)

    assert done.response.content == (
        f"<@{world.amina.id}> is off the list for **Who decides?**, and will be told. "
        "1 person moved up from the waitlist."
    )
    told = text_of(inbox(world.amina)[0])
    assert "You are no longer on the list for Who decides?" in told
    assert "You asked me to." in told
    assert "If you think that this is a mistake, please ask an organiser in the server." in told
    assert "A place has come up" in text_of(inbox(world.bryn)[0])


@SAYS_NO
async def test_taking_off_somebody_who_is_not_on_the_list(world):
    await world.plan()

    refused = await world.organiser.slash(
        world.general,
        "organise remove-person",
        conversation="who",
        person=world.amina,
        reason="Why not.",
    )

    assert refused.response.content == ("That person is not on the list, so nothing has changed.")


@SAYS_NO
async def test_somebody_who_came_back_is_not_told_that_they_are_off(world):
    card = await answered(world, places=3)
    path = f"/channels/{world.amina.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=503, code=0, times=1)
    await world.organiser.slash(
        world.general,
        "organise remove-person",
        conversation="who",
        person=world.amina,
        reason="A mistake.",
    )
    await world.amina.click(card, label="Sign up")

    await world.env.advance_time(3600)

    assert inbox(world.amina) == []
