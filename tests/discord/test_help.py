"""Help says what this person can do, and no more."""

import re

from cogs.help import card as help_words
from tests.discord.conftest import labels_of, text_of


async def ask(world, who):
    shown = await who.slash(world.general, "help")
    assert shown.ephemeral
    return shown.response.message


async def test_members_read_about_conversations_only(world):
    message = await ask(world, world.amina)

    assert "/conversation list" in text_of(message)
    assert "/organise" not in text_of(message)
    assert "/network" not in text_of(message)
    assert labels_of(message) == [
        "See what is ahead",
        "Your conversations",
        "What to expect the first time",
    ]


async def test_organisers_read_about_planning_too(world):
    message = await ask(world, world.organiser)

    assert "Looking after this server" not in labels_of(message)
    assert "What moderators can do" not in labels_of(message)
    more = await world.organiser.click(message, label="What organisers can do")
    assert "/organise plan" in text_of(more.response.message)


async def test_people_who_run_the_server_read_about_everything(world):
    message = await ask(world, world.manager)

    assert "What organisers can do" in labels_of(message)
    moderating = await world.manager.click(message, label="What moderators can do")
    assert "/review" in text_of(moderating.response.message)
    more = await world.manager.click(message, label="Looking after this server")
    assert "/network setup" in text_of(more.response.message)
    panel = await world.manager.click(more.response.message, label="Set up this server")
    assert "Setting up this server" in text_of(panel.response.message)


async def test_the_buttons_lead_to_the_next_step(world):
    await world.plan()
    message = await ask(world, world.amina)

    first = await world.amina.click(message, label="What to expect the first time")
    assert "and your name only if you choose that." in text_of(first.response.message)
    ahead = await world.amina.click(first.response.message, label="See what is ahead")
    assert "Who decides?" in text_of(ahead.response.message)
    mine = await world.amina.click(await ask(world, world.amina), label="Your conversations")
    assert "You have not signed up" in text_of(mine.response.message)


def test_help_names_every_command_and_none_that_is_not(commands):
    written = (
        help_words.MEMBERS + help_words.ORGANISERS + help_words.MODERATORS + help_words.MANAGERS
    )
    said = {*re.findall(r"`/([a-z -]+)`", written), *re.findall(r"Apps → \*\*(.+?)\*\*", written)}

    assert said | {"help"} == set(commands)
