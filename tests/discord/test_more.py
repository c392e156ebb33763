"""Questions, content note, what is offered, access, and a deadline."""

import pytest

from tests.discord.conftest import text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)
MORE = {
    "questions": "Who decides?\nWho should?",
    "content_note": "Talk of homelessness",
    "offered": "Travel, and a thank-you voucher",
    "access_provided": "Captions and breaks",
    "closes": "1 Dec 5pm",
}


async def describe(world, **changes):
    form = await world.organiser.slash(
        world.general,
        "organise edit",
        conversation="who",
        what="questions, access and deadline",
    )
    return await world.organiser.submit_modal(form, {**MORE, **changes})


async def test_the_card_says_what_people_need_to_know(world):
    await world.plan()

    saved = await describe(world)

    assert saved.response.content.startswith("Saved, and the card follows.")
    card = text_of(await world.refreshed())
    assert "**We will ask**\n- Who decides?\n- Who should?" in card
    assert "**Content note:** Talk of homelessness" in card
    assert "**Offered:** Travel, and a thank-you voucher" in card
    assert "**Access:** Captions and breaks" in card
    assert "**Sign-up closes:** Tuesday 1 December 2026, 5:00pm UK time" in card


async def test_a_draft_is_given_more_before_anybody_sees_it(world):
    shown = await world.organiser.slash(
        world.general, "organise plan", title="Who decides?", when="3 Dec 2pm"
    )

    form = await world.organiser.click(shown.response.message, label="Add more")
    more = await world.organiser.submit_modal(form, MORE)

    assert "Is this right?" in text_of(more.response.message)
    assert "**Access:** Captions and breaks" in text_of(more.response.message)
    assert world.channel.history() == []


@SAYS_NO
async def test_after_the_deadline_people_can_leave_but_not_sign_up(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await describe(world)
    await world.env.advance_time(9 * 24 * 3600)

    late = await world.chidi.click(world.card(), label="Sign up")
    maybe = await world.chidi.click(world.card(), label="Maybe")
    again = await world.amina.click(world.card(), label="Sign up")
    left = await world.amina.click(world.card(), label="I can't make it")
    await world.env.advance_time(10)

    closed = "Sign-up for this conversation closed on Tuesday 1 December 2026, 5:00pm UK time."
    assert late.response.content == maybe.response.content == closed
    assert "You already have a place" in again.response.content
    assert "Thank you for letting us know" in left.response.content
    assert "A place has come up" in text_of(world.bryn.user.dm_channel.history()[0])


@SAYS_NO
@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"closes": "3 Dec 3pm"}, "Sign-up would close after the conversation has started."),
        ({"closes": "yesterday 2pm"}, "Sunday 22 November 2026, 2:00pm UK time has already gone."),
        ({"closes": "31 February 2pm"}, "There is no 31 February 2027."),
        ({"questions": "One?\nTwo?\nThree?"}, "A conversation asks up to two questions."),
        ({"questions": "x" * 201}, "The question is 201 characters long."),
    ],
)
async def test_what_cannot_be_used_changes_nothing(world, change, words):
    await world.plan()

    refused = await describe(world, **change)

    assert refused.response.content.startswith(words)
    assert "Captions" not in text_of(await world.refreshed())


async def test_a_deadline_keeps_its_distance_when_the_conversation_moves(world):
    await world.plan()
    await describe(world)
    shown = await world.organiser.slash(
        world.general, "organise move", conversation="who", when="10 Dec 2pm"
    )
    await world.organiser.click(shown.response.message, label="Move it")

    assert "**Sign-up closes:** Tuesday 8 December 2026, 5:00pm UK time" in text_of(
        await world.refreshed()
    )


async def test_the_form_shows_what_is_there(world):
    await world.plan()
    await describe(world)

    form = await world.organiser.slash(
        world.general,
        "organise edit",
        conversation="who",
        what="questions, access and deadline",
    )

    assert "1 December 2026 17:00" in str(form.modal)
    assert "Who should?" in str(form.modal)
