"""Nothing crosses from one server to another, whatever an id says."""

import pytest

from bot.themes.service import AddAs
from tests.discord import by_hand
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
        sent = await world.bot.get_channel(channel.id).send(view=card)
    return by_hand.message(world, sent)


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


async def test_buttons_about_reminders_of_another_server_find_nothing(world, away, db):
    from cogs.reminders.one import NotOfOneButton, OfOneButton
    from cogs.reminders.organise import ChangeTimesButton, UsualTimesButton
    from cogs.reminders.told import SeeButton

    await world.plan()
    await world.env.advance_time(4 * 24 * 3600)
    assert len(world.reminders()) == 1
    _, channel, boss = away
    buttons = (SeeButton, OfOneButton, NotOfOneButton, ChangeTimesButton, UsualTimesButton)
    message = await forged(world, channel, *(button(1) for button in buttons))

    for button in buttons:
        pressed = await boss.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content == MISSING, button
    assert await db.all("SELECT 1 FROM reminder_of_one") == []
    picked = await boss.slash(channel, "organise reminders", conversation="1")
    assert picked.response.content == MISSING


async def test_only_organisers_see_and_change_reminders_of_others(world):
    from cogs.reminders.organise import ChangeTimesButton, UsualTimesButton

    await world.plan()
    message = await forged(world, world.general, ChangeTimesButton(1), UsualTimesButton(1))

    seen = await world.amina.click(message, label="Change the times")
    changed = await world.amina.click(message, label="Use this network's times")

    assert seen.response.content.startswith(
        "Only organisers can see the reminders of a conversation."
    )
    assert changed.response.content.startswith(
        "Only organisers can change the reminders of a conversation."
    )


async def test_what_somebody_wants_of_reminders_here_says_nothing_of_elsewhere(world, away):
    server, channel, _ = away
    amina = server.add_member(world.amina.user)
    await world.env.settle()
    panel = await world.amina.slash(world.general, "reminders")
    await world.amina.click(panel.response.message, label="Remind me by private message")

    elsewhere = await amina.slash(channel, "reminders")

    assert "Reminders by private message are off" in text_of(elsewhere.response.message)


async def test_nobody_stops_the_reminders_of_somebody_else(world):
    from cogs.reminders.told import StopButton

    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    panel = await world.amina.slash(world.general, "reminders")
    await world.amina.click(panel.response.message, label="Remind me by private message")
    for _ in range(19):  # the simulation allows each step five seconds
        await world.env.advance_time(12 * 3600)
    message = await forged(world, world.general, *(StopButton(number) for number in (1, 2)))

    for number in (1, 2):
        pressed = await world.chidi.click(message, custom_id=f"reminder:stop:{number}")
        assert pressed.response.content == (
            "I can't find what that button was for. It may be too old."
        )


MISSING_SERIES = "I can't find that series. It may have been removed. See /conversation series."


async def test_every_button_of_another_servers_series_finds_nothing(world, away, db):
    from cogs.series.change import (
        ChangeSeriesButton,
        EndAndCancelButton,
        EndSeriesButton,
        LeaveSeriesAsItIsButton,
    )
    from cogs.series.draft import StartSeriesButton, ThrowSeriesAwayButton
    from cogs.series.panel import (
        LeaveSeriesButton,
        SeriesCalendarButton,
        ShowSeriesButton,
        SignUpToAllButton,
    )
    from cogs.series.scope import (
        CancelLaterButton,
        CancelOneButton,
        EditLaterButton,
        EditOneButton,
        MoreLaterButton,
        MoreOneButton,
        MoveLaterButton,
    )

    shown = await world.organiser.slash(
        world.general,
        "series start",
        title="Who decides?",
        weekday="Thursday",
        which="first of the month",
        time="2pm",
    )
    await world.organiser.click(shown.response.message, label="Start it")
    await world.env.advance_time(5)
    await world.organiser.slash(world.general, "series change", series="who", time="6pm")
    await world.organiser.slash(world.general, "organise move", conversation="1", when="10 Dec 2pm")
    before = await db.all("SELECT * FROM series"), await db.all("SELECT * FROM conversation")
    _, channel, boss = away
    of_series = (
        (ShowSeriesButton, SignUpToAllButton, LeaveSeriesButton, SeriesCalendarButton),
        (StartSeriesButton, ThrowSeriesAwayButton, EndSeriesButton, EndAndCancelButton),
        (ChangeSeriesButton, LeaveSeriesAsItIsButton),
    )
    of_conversation = (
        (EditOneButton, EditLaterButton, MoreOneButton, MoreLaterButton),
        (CancelOneButton, CancelLaterButton, MoveLaterButton),
    )
    for missing, rows in ((MISSING_SERIES, of_series), (MISSING, of_conversation)):
        for buttons in rows:
            message = await forged(world, channel, *(button(1) for button in buttons))
            for button in buttons:
                pressed = await boss.click(message, custom_id=button.form.format(id=1))
                assert pressed.response.content == missing, button

    listed = await boss.slash(channel, "conversation series")
    assert "Nothing happens again and again" in text_of(listed.response.message)
    for command, options in (
        ("series change", {"time": "6pm"}),
        ("series skip", {"date": "3 Dec 2026"}),
        ("series pause", {}),
        ("series resume", {}),
        ("series end", {}),
    ):
        for series in ("1", "Who decides?"):
            refused = await boss.slash(channel, command, series=series, **options)
            assert refused.response.content == MISSING_SERIES, command
    assert await boss.autocomplete(channel, "series end", "series", "") == []
    assert await boss.autocomplete(channel, "series skip", "date", "", series="1") == []
    after = await db.all("SELECT * FROM series"), await db.all("SELECT * FROM conversation")
    assert [[dict(row) for row in rows] for rows in after] == [
        [dict(row) for row in rows] for rows in before
    ]
    assert await db.all("SELECT 1 FROM standing_sign_up") == []


async def test_a_notice_of_the_series_is_for_its_person_only(world, away):
    from cogs.series.told import NotThisTimeButton

    _, channel, boss = away
    message = await forged(world, channel, NotThisTimeButton(1))
    pressed = await boss.click(message, custom_id="series:not-this-time:1")
    assert pressed.response.content == "I can't find what that button was for. It may be too old."


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


async def test_themes_of_one_server_are_none_of_the_others(world, away, db):
    from cogs.themes.card import PARTS, MergeThemesButton

    mine = await world.parts.themes.vocabulary(world.network_id)
    server, channel, boss = away
    commands = world.env.backend.commands[None].values()
    command_id = next(int(each["id"]) for each in commands if each["name"] == "theme")
    server.set_command_permissions(command_id, {boss: True})
    theirs = await world.parts.themes.vocabulary(server.id)
    first, second = mine.themes[0], mine.themes[1]
    tables = "SELECT * FROM theme", "SELECT * FROM ring_word", "SELECT * FROM vocabulary_change"
    before = [[dict(row) for row in await db.all(sql)] for sql in tables]

    for command, options in (
        ("rename", {"to": "X"}),
        ("merge", {"into": "Tokenism"}),
        ("synonyms", {}),
    ):
        refused = await boss.slash(
            channel, f"theme {command}", theme=f"theme:{first.id}", **options
        )
        assert refused.response.content.startswith("I can't find anything called that here.")
    message = await forged(world, channel, MergeThemesButton(first.id, second.id, theirs.version))
    pressed = await boss.click(message, label="Merge them")
    assert pressed.response.content == (
        "I can't find that theme. Pick one from the list that comes up."
    )
    assert [[dict(row) for row in await db.all(sql)] for sql in tables] == before

    await world.parts.themes.add("Only here", AddAs.THEME, by=world.as_manager)
    for part in PARTS:
        if part is MergeThemesButton:
            continue
        message = await forged(world, channel, part(0))
        pressed = await boss.click(message, custom_id=part.form.format(id=0))
        assert "Only here" not in text_of(pressed.response.message)
    assert await boss.autocomplete(channel, "theme rename", "theme", "Only here") == []


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
