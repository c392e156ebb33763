"""Guests, supporters and buddies, as people see them."""

import pytest

from tests.discord.conftest import labels_of, text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)


def inbox(person):
    return person.user.dm_channel.history()


async def add_guest(world, name="Jo", **rest):
    return await world.organiser.slash(
        world.general, "organise add-guest", conversation="who", name=name, **rest
    )


async def company_of(world, person, card):
    mine = await person.click(card, label="My sign-up")
    shown = await person.click(mine.response.message, label="Supporter or buddy")
    return shown.response.message


async def test_a_guest_is_added_listed_and_taken_off(world):
    await world.plan(places=1)

    added = await add_guest(world, note="by phone, Sam will ring", looked_after_by=world.bryn)
    waits = await add_guest(world, "Kit")

    assert added.response.content.startswith("**Jo** has a place at **Who decides?**.")
    assert f"{world.bryn.mention} looks after them" in added.response.content
    assert waits.response.content.startswith("**Kit** is on the waitlist for")
    listed = await world.organiser.slash(world.general, "organise people", conversation="who")
    assert f"Jo, a guest of <@{world.bryn.id}>: by phone, Sam will ring" in text_of(
        listed.response.message
    )
    assert "1 coming, full, 1 on the waitlist" in text_of(await world.refreshed())
    choices = await world.organiser.autocomplete(
        world.general, "organise remove-person", "guest", "k", conversation="1"
    )
    assert [choice["name"] for choice in choices] == ["Kit"]
    gone = await world.organiser.slash(
        world.general,
        "organise remove-person",
        conversation="who",
        guest="Jo",
        reason="They rang.",
    )
    assert "**Jo** is off the list" in gone.response.content
    assert "1 person moved up" in gone.response.content
    await world.env.advance_time(60)
    assert "The reason they gave: They rang." in text_of(inbox(world.bryn)[0])
    assert "A place has come up for your guest" in text_of(inbox(world.organiser)[0])
    assert "**Kit** has a place." in text_of(inbox(world.organiser)[0])


async def test_whoever_looks_after_a_guest_passes_news_on_and_answers(world):
    await world.plan()
    await add_guest(world)
    await add_guest(world, "Kit")
    shown = await world.organiser.slash(
        world.general, "organise move", conversation="who", when="10 Dec 14:30"
    )
    moved = await world.organiser.click(shown.response.message, label="Move it")
    assert "Whoever looks after 2 guests is asked to pass it on." in text_of(moved.response.message)
    await world.env.advance_time(60)

    (message,) = inbox(world.organiser)
    assert "**Jo** has a place." in text_of(message)
    cant = await world.organiser.user.select(message, ["1"], custom_id="guests:cant-come:1")
    still = await world.organiser.user.click(message, label="They still come")

    assert "**Jo** is off the list" in cant.response.content
    assert "Thank you: your guests keep their places." in text_of(still.response.message)
    assert "1 coming" in text_of(await world.refreshed())


async def test_cancelling_and_writing_reach_guests_too(world):
    await world.plan()
    await add_guest(world)
    form = await world.organiser.slash(world.general, "organise message", conversation="who")
    await world.organiser.submit_modal(form, {"words": "Bring a pen."})
    await world.env.advance_time(60)
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    await world.organiser.submit_modal(form, {"words": "The hall has flooded."})
    await world.env.advance_time(60)

    written, cancelled = inbox(world.organiser)
    assert "Bring a pen." in text_of(written)
    assert "please pass this on" in text_of(written)
    assert "The reason: The hall has flooded." in text_of(cancelled)


@SAYS_NO
async def test_who_to_take_off_must_be_said_once(world):
    await world.plan()
    for who in ({}, {"person": world.amina, "guest": "Jo"}):
        refused = await world.organiser.slash(
            world.general, "organise remove-person", conversation="who", reason="x", **who
        )
        assert refused.response.content == "Please name one: a person or a guest."


@SAYS_NO
async def test_a_bot_looks_after_nobody(world):
    await world.plan()
    robot = world.server.add_member(world.env.create_user("robot", bot=True))

    refused = await add_guest(world, looked_after_by=robot)

    assert refused.response.content == (
        "Whoever looks after a guest must be a person in this server."
    )


async def test_a_supporter_is_asked_without_a_name_and_named_once_they_say_yes(world):
    card = await world.plan(places=1, link="https://meet.example.org/abc")
    await world.amina.click(card, label="Sign up")
    panel = await company_of(world, world.amina, card)
    assert labels_of(panel) == ["Ask somebody to support me", "I'd like a buddy", "I'd be a buddy"]

    form = await world.amina.click(panel, label="Ask somebody to support me")
    sent = await world.amina.submit_modal(form, {"who": [world.bryn]})
    await world.env.advance_time(60)

    assert "I am asking" in sent.response.content
    (asked,) = inbox(world.bryn)
    assert "Would you come as somebody's supporter?" in text_of(asked)
    assert str(world.amina.id) not in text_of(asked)
    assert "https://meet.example.org/abc" not in text_of(asked)
    yes = await world.bryn.user.click(asked, label="Yes")
    await world.env.advance_time(60)
    assert "You come with **amina** (amina) as their supporter." in text_of(yes.response.message)
    assert "https://meet.example.org/abc" in text_of(yes.response.message)
    assert "**bryn** (bryn) comes with you" in text_of(inbox(world.amina)[0])
    assert "1 coming, full, 1 supporter" in text_of(world.card())
    panel = await company_of(world, world.amina, card)
    without = await world.amina.click(panel, label="Do without")
    await world.env.advance_time(60)
    assert "comes with you" not in text_of(without.response.message)
    assert "no longer needs you there" in text_of(inbox(world.bryn)[-1])


async def test_saying_no_names_nobody(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    panel = await company_of(world, world.amina, card)
    form = await world.amina.click(panel, label="Ask somebody to support me")
    await world.amina.submit_modal(form, {"who": [world.bryn]})
    await world.env.advance_time(60)

    no = await world.bryn.user.click(inbox(world.bryn)[0], label="No, thank you")
    await world.env.advance_time(60)

    assert "That is fine. Thank you for saying so." in text_of(no.response.message)
    assert "can't come as your supporter" in text_of(inbox(world.amina)[0])


async def test_two_strangers_become_buddies(world):
    card = await world.plan()
    for person in (world.amina, world.bryn):
        await person.click(card, label="Sign up")
    wishes = await world.amina.click(
        await company_of(world, world.amina, card), label="I'd like a buddy"
    )
    assert "You would like a buddy. I am looking" in text_of(wishes.response.message)
    await world.bryn.click(await company_of(world, world.bryn, card), label="I'd be a buddy")
    await world.env.advance_time(60)

    first = await world.amina.user.click(inbox(world.amina)[0], label="Yes")
    assert "If they say yes as well" in text_of(first.response.message)
    assert "They have not answered yet" in text_of(await company_of(world, world.amina, card))
    assert "Please answer my private message" in text_of(await company_of(world, world.bryn, card))
    second = await world.bryn.user.click(inbox(world.bryn)[0], label="Yes")
    await world.env.advance_time(60)

    assert "Your buddy is **amina** (amina)" in text_of(second.response.message)
    assert "Your buddy is **bryn** (bryn)" in text_of(inbox(world.amina)[-1])
    await world.bryn.click(card, label="I can't make it")
    await world.env.advance_time(60)
    assert "Your buddy can't be there" in text_of(inbox(world.amina)[-1])


async def test_without_a_place_there_is_nobody_to_ask_for(world):
    card = await world.plan()
    await world.amina.click(card, label="Maybe")

    panel = await company_of(world, world.amina, card)

    assert "You can ask for company once you have a place of your own." in text_of(panel)
    assert labels_of(panel) == []


@SAYS_NO
async def test_only_people_can_support(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    robot = world.server.add_member(world.env.create_user("robot", bot=True))
    panel = await company_of(world, world.amina, card)
    form = await world.amina.click(panel, label="Ask somebody to support me")

    refused = await world.amina.submit_modal(form, {"who": [robot]})

    assert refused.response.content.startswith("Please choose a person who is in this server.")
