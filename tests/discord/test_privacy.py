"""`/privacy`, as the person who asks sees it."""

import json

from bot.keeping.privacy import FOR_PROGRAMS
from bot.network.model import LinkTo
from tests.discord.conftest import text_of


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
    assert told["member"] == world.amina.id
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
