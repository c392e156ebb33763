"""Nothing crosses from one server to another, whatever an id says."""

import pytest

from tests.discord.conftest import text_of
from tests.pictures import picture

pytestmark = pytest.mark.simcord(check_errors=False)

MISSING = "I can't find that conversation. It may be over, or have been removed."


@pytest.fixture
async def away(world):
    """A second server, and somebody in it who organises there."""
    import discord

    server = world.env.create_guild("Somewhere else")
    role = server.create_role(
        "Boss", permissions=discord.Permissions(manage_guild=True, manage_events=True)
    )
    channel = server.create_text_channel("general")
    boss = server.add_member(world.env.create_user("boss"), roles=[role])
    await world.env.settle()
    return server, channel, boss


async def forged(world, channel, *buttons):
    """A message of the bot's in another server, with buttons of this one."""
    from bot.ui.parts import Card, row_of

    card = Card()
    card.add_item(row_of(*buttons))
    with world.env.time_context():
        await world.bot.get_channel(channel.id).send(view=card)
    return channel.history()[-1]


async def name_amina_host(world):
    await world.organiser.slash(
        world.general, "organise hosts", conversation="who", host=world.amina
    )


async def test_every_button_of_another_servers_conversation_finds_nothing(world, away, db):
    from cogs.conversations.access_needs import HostsNeedsButton, NeedsButton, NeedsPageButton
    from cogs.conversations.attendance import DoneButton, EarlierButton, EverybodyButton
    from cogs.conversations.card import LeaveButton, MaybeButton, MySignUpButton, SignUpButton
    from cogs.conversations.changes import LeaveItButton, MoveButton
    from cogs.conversations.choices import ChoicesButton
    from cogs.conversations.company import (
        AskSupporterButton,
        BeBuddyButton,
        CompanyButton,
        DoWithoutButton,
        LikeBuddyButton,
    )
    from cogs.conversations.draft import DateButton, PlanButton, ThrowAwayButton, WordsButton
    from cogs.conversations.hosts import NameOffButton
    from cogs.conversations.listing import ShowButton
    from cogs.conversations.mine import CalendarButton
    from cogs.conversations.organise import RemoveButton
    from cogs.conversations.people import PeopleButton

    await world.plan()
    _, channel, boss = away
    asking = (SignUpButton, MaybeButton, LeaveButton, MySignUpButton, CalendarButton)
    changing = (ShowButton, PlanButton, WordsButton, ThrowAwayButton, RemoveButton)
    for buttons in (asking, changing):
        message = await forged(world, channel, *(button(1) for button in buttons))
        for button in buttons:
            pressed = await boss.click(message, custom_id=button.form.format(id=1))
            assert pressed.response.content == MISSING, button
    await world.parts.changing.propose_move(1, "10 Dec 2pm", by=world.as_organiser)
    moving = (
        *(MoveButton, LeaveItButton, PeopleButton, CompanyButton),
        AskSupporterButton,
    )
    needing = (NeedsButton, ChoicesButton, HostsNeedsButton, NeedsPageButton)
    message = await forged(world, channel, *(button(1) for button in needing))
    for button in needing:
        pressed = await boss.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content == MISSING, button
    message = await forged(world, channel, *(button(1) for button in moving))
    for button in moving:
        pressed = await boss.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content == MISSING, button
    alone = (LikeBuddyButton, BeBuddyButton, DoWithoutButton)
    message = await forged(world, channel, *(button(1) for button in alone))
    for button in alone:
        pressed = await boss.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content == MISSING, button
    message = await forged(world, channel, DateButton(1))
    form = await boss.click(message, custom_id="conversation:change-date:1")
    refused = await boss.submit_modal(form, {"when": "10 Dec 2pm"})
    assert refused.response.content.startswith(MISSING)

    noting = (EarlierButton, EverybodyButton, DoneButton)
    message = await forged(world, channel, *(button(1) for button in noting))
    for button in noting:
        pressed = await boss.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content == MISSING, button
    await name_amina_host(world)
    message = await forged(world, channel, NameOffButton(1))
    pressed = await boss.click(message, custom_id="host:take-off:1")
    assert pressed.response.content == "I can't find what that button was for. It may be too old."

    rows = await db.all("SELECT starts_at FROM conversation")
    assert [row["starts_at"] for row in rows] == ["2026-12-03T14:00:00Z"]
    assert await db.all("SELECT 1 FROM sign_up") == []


async def test_commands_of_one_server_do_not_see_the_others_conversations(world, away):
    await world.plan()
    _, channel, boss = away

    listed = await boss.slash(channel, "conversation list")
    picked = await boss.slash(channel, "conversation show", conversation="1")
    titled = await boss.slash(channel, "conversation show", conversation="Who decides?")
    edited = await boss.slash(channel, "organise edit", conversation="1")
    table = await boss.slash(channel, "organise people", conversation="1", access_needs=True)
    hosted = await boss.slash(channel, "organise hosts", conversation="1", host=boss)
    covered = await boss.slash(
        channel, "organise cover", conversation="1", image=("red.png", picture()), alt="Red."
    )
    noted = await boss.slash(channel, "organise attendance", conversation="1")
    choices = await boss.autocomplete(channel, "conversation show", "conversation", "")

    assert "None is planned just now." in text_of(listed.response.message)
    assert picked.response.content == MISSING
    assert titled.response.content == MISSING
    assert edited.response.content == MISSING
    assert covered.response.content == MISSING
    assert noted.response.content == MISSING
    assert hosted.response.content == MISSING
    assert table.response.content == MISSING
    assert choices == []


async def test_what_was_asked_in_private_is_answered_by_nobody_else(world, away):
    from cogs.conversations.company_told import NoButton, YesButton
    from cogs.conversations.guests import GuestsStillComeButton

    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await world.parts.company.ask_supporter(1, world.network_id, world.amina.id, world.bryn.id)
    buttons = (YesButton, NoButton, GuestsStillComeButton)
    message = await forged(world, world.general, *(button(1) for button in buttons))
    for button in buttons:
        pressed = await world.chidi.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content == (
            "I can't find what that button was for. It may be too old."
        )


async def test_the_guests_of_another_server_are_not_suggested(world, away):
    await world.plan()
    await world.organiser.slash(world.general, "organise add-guest", conversation="who", name="Jo")
    _, channel, boss = away

    choices = await boss.autocomplete(
        channel, "organise remove-person", "guest", "", conversation="1"
    )

    assert choices == []


async def test_a_draft_is_as_good_as_missing_to_members(world):
    from cogs.conversations.card import SignUpButton
    from cogs.conversations.listing import ShowButton

    await world.organiser.slash(
        world.general, "organise plan", title="Who decides?", when="3 Dec 2pm"
    )
    message = await forged(world, world.general, SignUpButton(1), ShowButton(1))

    signed = await world.amina.click(message, custom_id="conversation:sign-up:1")
    shown = await world.amina.click(message, custom_id="conversation:show:1")
    picked = await world.amina.slash(world.general, "conversation show", conversation="1")

    assert [signed.response.content, shown.response.content, picked.response.content] == [
        MISSING
    ] * 3


@pytest.mark.parametrize("number", ["0", "9" * 19])
async def test_an_id_that_never_was_is_refused_in_words(world, number):
    from cogs.conversations.card import SignUpButton

    message = await forged(world, world.general, SignUpButton(int(number)))

    pressed = await world.amina.click(message, custom_id=f"conversation:sign-up:{number}")

    assert pressed.response.content == MISSING


async def test_questions_about_one_servers_events_list_are_not_answered_in_another(world, away, db):
    from cogs.conversations.in_list import (
        CancelButton,
        LeaveOffButton,
        PutBackButton,
        UseHereButton,
    )
    from tests.discord import by_hand

    await world.plan()
    await world.env.advance_time(10)
    by_hand.delete_event(world, by_hand.events(world)[0])
    await world.env.settle()
    await world.env.advance_time(60)
    server, channel, boss = away
    twice = server.add_member(world.organiser.user, roles=[server.roles["Boss"]])
    await world.env.settle()
    buttons = (CancelButton, LeaveOffButton, PutBackButton, UseHereButton)
    message = await forged(world, channel, *(button(1) for button in buttons))

    for button in buttons:
        theirs = await boss.click(message, custom_id=button.form.format(id=1))
        assert theirs.response.content.startswith("I can't find what that button was for.")
        own = await twice.click(message, custom_id=button.form.format(id=1))
        assert own.response.content == MISSING, button

    rows = await db.all("SELECT state FROM list_entry")
    assert [row["state"] for row in rows] == ["deleted"]
