"""`/privacy`, as the person who asks sees it."""

import json

from bot.keeping.privacy import FOR_PROGRAMS
from bot.network.model import LinkTo
from tests.discord.by_hand import carriers
from tests.discord.conftest import labels_of, text_of
from tests.discord.test_choices import choose
from tests.discord.test_isolation import away, forged  # noqa: F401  # a fixture
from tests.discord.test_wisdom import Wise, wise  # noqa: F401  # a fixture


async def test_somebody_the_bot_knows_nothing_of_is_told_so(world):
    shown = await world.amina.slash(world.general, "privacy show")

    assert shown.ephemeral
    text = text_of(shown.response.message)
    assert "I keep nothing about you here." in text
    assert "ids and counts, never words" in text


async def test_everybody_sees_what_is_kept_of_them_and_why_and_how_long(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    shown = await world.amina.slash(world.general, "privacy show")

    assert shown.ephemeral
    text = text_of(shown.response.message)
    assert "Answers to conversations" in text
    assert "1 entry" in text
    assert "Why: to keep a place or a turn, and to say how many come." in text
    assert "How long: a year after the conversation; then only the numbers stay." in text
    assert "planned a conversation" not in text, "that was somebody else"


async def test_the_file_holds_their_own_and_nobody_elses(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")

    given = await world.amina.slash(world.general, "privacy export")

    assert given.ephemeral
    (file,) = given.response.attachments
    assert file.filename == "what-is-kept-about-me.txt"
    text = (await file.read()).decode()
    assert str(world.amina.id) in text
    assert str(world.bryn.id) not in text
    assert str(world.organiser.id) not in text
    words, _, programs = text.partition(FOR_PROGRAMS)
    assert "conversation: Who decides?" in words
    told = json.loads(programs)
    assert told["whom"] == world.amina.id
    assert [row["conversation"] for row in told["kept"][0]["rows"]] == ["Who decides?"]


async def test_whoever_complains_is_told_whom_to_tell(world):
    shown = await world.amina.slash(world.general, "privacy complain")
    text = text_of(shown.response.message)
    assert shown.ephemeral
    assert "This network has not said where to write to." in text
    assert "Information Commissioner's Office (ICO)" in text

    await world.parts.networks.choose_links(
        {LinkTo.CONTACT: "hello@example.org"}, by=world.as_manager
    )
    shown = await world.amina.slash(world.general, "privacy complain")
    assert "Write to this network: hello@example.org" in text_of(shown.response.message)


async def forget(world, person):
    """By command and button; gives what is said at the end."""
    asked = await person.slash(world.general, "privacy forget-me")
    assert asked.ephemeral
    assert "it can't be undone" in text_of(asked.response.message)
    assert labels_of(asked.response.message) == ["Yes, forget me"]
    done = await person.click(asked.response.message, label="Yes, forget me")
    return text_of(done.response.message)


async def test_nothing_happens_before_it_is_read_back_and_then_one_press_does_it(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    shown = await world.amina.slash(world.general, "privacy show")

    read_back = await world.amina.click(shown.response.message, label="Forget me")
    assert "What I can't reach:" in text_of(read_back.response.message)
    assert len(await db.all("SELECT 1 FROM sign_up")) == 1

    done = await world.amina.click(read_back.response.message, label="Yes, forget me")
    assert "You are forgotten here" in text_of(done.response.message)
    assert await db.all("SELECT 1 FROM sign_up") == []
    assert "0 coming" in text_of(await world.refreshed()) or "Nobody" in text_of(world.card())
    again = await world.amina.slash(world.general, "privacy show")
    assert "I keep nothing about you here." in text_of(again.response.message)


async def test_cards_that_name_them_follow_also_those_of_the_past(world):
    card = await world.plan(when="25 Nov 2pm")
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await choose(world, world.amina, shows_name=True)
    await world.organiser.slash(
        world.general, "organise hosts", conversation="who", host=world.amina
    )
    await world.env.advance_time(4 * 24 * 3600)
    assert f"<@{world.amina.id}>" in text_of(world.card())

    assert "You are forgotten here" in await forget(world, world.amina)

    shown = text_of(await world.refreshed())
    assert str(world.amina.id) not in shown
    listed = await world.organiser.slash(world.general, "organise attendance", conversation="1")
    assert "Somebody who is not known any more" in text_of(listed.response.message)
    assert f"<@{world.bryn.id}>" in text_of(listed.response.message)


async def test_quotes_of_theirs_come_off_every_message_and_out_of_the_search(wise: Wise):  # noqa: F811
    world = wise.world
    await wise.share(world.amina)
    await wise.publish()
    assert "They" in await wise.search(world.bryn, "forms")

    await forget(world, world.amina)
    await world.env.advance_time(10)

    assert "listened" not in await wise.search(world.bryn, "forms")
    for channel in (wise.moderation, wise.wisdom):
        for message in channel.history():
            assert "listened" not in text_of(message)


async def test_the_role_for_those_who_come_is_taken_off_and_then_forgotten(world, db):
    role = world.server.create_role("Coming")
    await world.env.settle()
    await world.choose("network:choose-attendee-role", role)
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await world.env.advance_time(10)
    assert len(await db.all("SELECT 1 FROM role_carried")) == 1

    await forget(world, world.amina)
    await world.env.advance_time(10)

    assert await db.all("SELECT 1 FROM role_carried") == []
    assert carriers(world, role) == set()
    await world.env.advance_time(3600)
    wiped = await db.only("SELECT deleted = wiped AS is_done FROM person_wiping")
    assert wiped["is_done"]


async def test_each_of_these_is_only_ever_about_whoever_presses(world, away, db):  # noqa: F811
    """Whatever message it stands on, and in whichever server."""
    from cogs.privacy.card import ComplainButton, KeptPageButton, NextKeptPageButton, TakeAwayButton
    from cogs.privacy.forgetting import AskToForgetButton, ForgetMeButton

    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    _, channel, boss = away
    message = await forged(
        world, channel, KeptPageButton(0), NextKeptPageButton(7), TakeAwayButton()
    )
    more = await forged(world, channel, ComplainButton(), AskToForgetButton(), ForgetMeButton())

    for custom_id in ("privacy:page:0", "privacy:page-on:7"):
        shown = await boss.click(message, custom_id=custom_id)
        assert shown.ephemeral
        assert "I keep nothing about you here." in text_of(shown.response.message)
    given = await boss.click(message, custom_id="privacy:take-away")
    (file,) = given.response.attachments
    assert "Nothing is kept here about that person." in (await file.read()).decode()
    for custom_id in ("privacy:complain", "privacy:ask-to-forget", "privacy:forget-me"):
        assert (await boss.click(more, custom_id=custom_id)).ephemeral
    assert len(await db.all("SELECT 1 FROM sign_up")) == 1, "Amina's, in the other server"


async def test_in_a_private_message_there_is_no_server_to_be_forgotten_in(world):
    from bot.ui.parts import Card, row_of
    from cogs.privacy.forgetting import ForgetMeButton
    from tests.discord import by_hand

    private = Card()
    private.add_item(row_of(ForgetMeButton()))
    with world.env.time_context():
        user = await world.bot.fetch_user(world.amina.id)
        sent = await user.send(view=private)

    refused = await world.amina.user.click(by_hand.message(world, sent), label="Yes, forget me")

    assert refused.response.content == "That works in the server only, not in private messages."


async def test_what_is_kept_while_they_are_here_ends_when_they_leave(world, db):
    """Looked up once a day, because Discord does not tell."""
    card = await world.plan(places=1, when="24 Dec 2pm")
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    for person in (world.amina, world.chidi):
        panel = await person.slash(world.general, "reminders")
        await person.click(panel.response.message, label="Remind me by private message")
    world.server.remove_member(world.amina.user)

    await world.env.advance_time(24 * 3600)

    rows = await db.all("SELECT member_id FROM reminder_wish")
    assert [row["member_id"] for row in rows] == [world.chidi.id]
    rows = await db.all("SELECT member_id FROM sign_up WHERE state = 'going'")
    assert [row["member_id"] for row in rows] == [world.bryn.id], "the place is not lost"
