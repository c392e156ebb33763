"""Words are kept with a yes to just these words, and by nobody but their speaker."""

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import restart
from tests.discord import by_hand
from tests.discord.conftest import labels_of, text_of
from tests.discord.wise import AGREES, WORDS, Wise

pytestmark = pytest.mark.simcord(check_errors=False)

SAID = "It is *our* kettle <@123>, and\n# nobody's else. \U0001f9e1 مرحبا"


def walk(modal):
    for label in modal["components"]:
        yield label
        yield label.get("component", {})


async def everything_kept(db):
    tables = await db.all("SELECT name FROM sqlite_schema WHERE type = 'table'")
    kept = [
        tuple(row)
        for table in tables
        for row in await db.all(f'SELECT * FROM "{table["name"]}"')  # noqa: S608  # our own
    ]
    return str(kept)


async def asked(wise: Wise, words: str = SAID):
    """Bryn points at what Amina has said."""
    message = await wise.world.amina.send(wise.world.general, words)
    return message, await wise.keep(wise.world.bryn, message)


async def test_somebody_else_s_words_are_read_back_to_them_and_kept_with_their_yes(wise, db):
    amina = wise.world.amina
    _, told = await asked(wise)
    assert told.response.content.startswith("I have asked them in private.")
    assert told.response.ephemeral
    (question,) = wise.private(amina)
    read = text_of(question)
    assert r"It is \*our\* kettle \<@123>, and" in read
    assert "\n\\# nobody's else. \U0001f9e1 مرحبا" in read
    assert "Conversations on Co-production" in read
    assert "within 14 days" in read
    assert "kettle" not in await everything_kept(db)

    thanks = await wise.agree(amina.user, question)

    assert "Your words are kept" in text_of(thanks.response.message)
    assert "kettle" not in text_of(wise.private(amina)[0])
    (kept,) = await db.all("SELECT words FROM quote_text")
    assert kept["words"] == SAID
    await wise.world.env.advance_time(10)
    await wise.publish()
    assert "kettle" in await wise.search(wise.world.bryn, "kettle")


async def test_words_are_asked_about_once_whatever_was_answered(wise, db):
    message, _ = await asked(wise)
    (question,) = wise.private(wise.world.amina)
    refused = await wise.world.amina.user.click(question, label="No, keep nothing")
    assert "Nothing is kept, and nobody is told" in text_of(refused.response.message)
    again = await wise.keep(wise.world.chidi, message)
    assert again.response.content == "Its author has been asked about that message already."
    assert "kettle" not in await everything_kept(db)


async def test_never_ask_me_holds_until_it_is_undone(wise):
    amina = wise.world.amina
    await asked(wise)
    never = await amina.user.click(wise.private(amina)[0], label="Don't ask me again")
    assert "nobody in that server can ask you through me again" in text_of(never.response.message)
    _, refused = await asked(wise, "Something else that I said.")
    assert "does not want to be asked" in refused.response.content
    listed = await amina.slash(wise.world.general, "wisdom mine")
    assert "Nobody here can ask you" in text_of(listed.response.message)
    undone = await amina.click(listed.response.message, label="I may be asked again")
    assert "Nobody here can ask you" not in text_of(undone.response.message)
    _, told = await asked(wise, "A third thing.")
    assert told.response.content.startswith("I have asked them in private.")


async def test_after_fourteen_days_the_private_message_is_emptied(wise, db):
    amina = wise.world.amina
    await asked(wise)
    await wise.world.env.advance_time(13 * 86400)
    assert "kettle" in text_of(wise.private(amina)[0])
    await wise.world.env.advance_time(86400 + 60)
    (question,) = wise.private(amina)
    assert "kettle" not in text_of(question)
    assert labels_of(question) == []
    assert await db.all("SELECT 1 FROM quote_request") == []


async def test_a_message_that_could_not_be_emptied_is_tried_again_and_stays_a_no(wise, db):
    amina = wise.world.amina
    await asked(wise)
    path = f"/channels/{amina.user.dm_channel.id}/messages/*"
    wise.world.env.inject_error("PATCH", path, status=500, times=2)  # the duty, and its sweep
    await wise.world.env.advance_time(14 * 86400 + 60)
    (question,) = wise.private(amina)
    assert "kettle" in text_of(question)
    late = await amina.user.click(question, label="Choose how they may be used")
    assert late.response.content.startswith("This was not answered in time")
    await wise.world.env.advance_time(3 * 3600)
    assert "kettle" not in text_of(wise.private(amina)[0])


async def test_the_speaker_puts_it_in_their_own_words_before_they_say_yes(wise, db):
    amina = wise.world.amina
    await asked(wise)
    (question,) = wise.private(amina)
    form = await amina.user.click(question, label="Change the words")
    (typed,) = [each for each in walk(form.modal) if each.get("custom_id") == "words"]
    assert typed["value"] == SAID
    changed = await amina.user.submit_modal(form, {"words": "The kettle is ours."})
    assert "The kettle is ours." in text_of(changed.response.message)
    await wise.agree(amina.user, changed.response.message)
    (kept,) = await db.all("SELECT words, source FROM quote_text JOIN quote ON quote.id = quote_id")
    assert tuple(kept) == ("The kettle is ours.", "asked")


async def test_who_cannot_be_written_to_is_asked_below_their_message(wise, db):
    world, amina = wise.world, wise.world.amina
    path = f"/channels/{amina.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50007, times=None)
    _, offered = await asked(wise)
    assert "I can't write to them in private." in text_of(offered.response.message)
    done = await world.bryn.click(offered.response.message, label="Ask them here")
    assert "I have asked them below their message" in text_of(done.response.message)
    card = world.general.history()[-1]
    assert "kettle" not in text_of(card)
    pressed = await world.bryn.click(card, label="Share it in my own words")
    assert pressed.response.content.startswith("That question is for somebody else")
    form = await amina.click(card, label="Share it in my own words")
    read_back = await amina.submit_modal(form, {"words": "Our kettle."})
    await wise.agree(amina, read_back.response.message)
    (kept,) = await db.all("SELECT speaker_id, source FROM quote")
    assert tuple(kept) == (amina.id, "shared")


async def test_who_asks_may_leave_it(wise, db):
    world, amina = wise.world, wise.world.amina
    path = f"/channels/{amina.user.dm_channel.id}/messages"
    world.env.inject_error("POST", path, status=403, code=50007, times=None)
    _, offered = await asked(wise)
    left = await world.bryn.click(offered.response.message, label="Leave it")
    assert "They are not asked" in text_of(left.response.message)
    assert await db.all("SELECT 1 FROM quote_request") == []


async def test_an_asking_that_failed_can_be_tried_again(wise, db):
    path = f"/channels/{wise.world.amina.user.dm_channel.id}/messages"
    wise.world.env.inject_error("POST", path, status=500, times=1)
    message, _ = await asked(wise)
    assert await db.all("SELECT 1 FROM quote_request") == []
    again = await wise.keep(wise.world.bryn, message)
    assert again.response.content.startswith("I have asked them in private.")


async def test_one_s_own_message_is_read_back_at_once(wise, db):
    amina = wise.world.amina
    message = await amina.send(wise.world.general, SAID)
    form = await wise.keep(amina, message)
    read_back = await amina.submit_modal(form, {"words": SAID})
    assert "Are these your words?" in text_of(read_back.response.message)
    assert read_back.response.ephemeral
    nothing = await amina.click(read_back.response.message, label="Keep nothing")
    assert "Nothing is kept." in text_of(nothing.response.message)
    assert "kettle" not in await everything_kept(db)


async def test_what_nobody_said_cannot_be_kept(wise):
    world = wise.world
    await wise.published(world.amina)
    told = await wise.keep(world.bryn, await world.amina.send(world.general, "x" * 1501))
    assert "more than 1,500 characters" in told.response.content
    await world.plan()
    shown = await world.bryn.context_menu(world.channel, "Keep as wisdom", world.card())
    assert shown.response.content.startswith("That was not said by a person")


async def test_words_said_aloud_are_typed_and_asked_about(wise, db):
    world, amina = wise.world, wise.world.amina
    form = await world.bryn.slash(world.general, "wisdom ask", person=amina)
    told = await world.bryn.submit_modal(form, {"words": "Kettles bring people together."})
    assert told.response.content.startswith("I have asked them in private.")
    assert "Kettles" not in await everything_kept(db)
    thanks = await wise.agree(amina.user, wise.private(amina)[0])
    assert "Your words are kept" in text_of(thanks.response.message)
    own = await world.bryn.slash(world.general, "wisdom ask", person=world.bryn)
    assert own.modal["title"] == "Share your own words"
    assert (await db.only("SELECT kept_by FROM quote"))["kept_by"] == world.bryn.id


async def test_a_question_outlives_a_restart(wise, db):
    world, amina = wise.world, wise.world.amina
    await asked(wise)
    await restart(world.env, CoproductionBot(services(db, world.parts.clock)))
    thanks = await wise.agree(amina.user, wise.private(amina)[0])
    assert "Your words are kept" in text_of(thanks.response.message)


async def test_nothing_is_ticked_for_anybody_and_nothing_may_be_left_open(wise, db):
    read_back = await wise.write(wise.world.amina)
    form = await wise.world.amina.click(
        read_back.response.message, label="Choose how they may be used"
    )
    assert "'default': True" not in str(form.modal)
    refused = await wise.world.amina.submit_modal(form, {**AGREES, "uses": []})
    assert "You ticked no use, so nothing is kept" in refused.response.content
    assert await db.all("SELECT 1 FROM quote") == []


async def test_who_has_left_is_not_asked(wise):
    message = await wise.world.amina.send(wise.world.general, "I said that.")
    by_hand.leave(wise.world, wise.world.amina)
    told = await wise.keep(wise.world.bryn, message)
    assert told.response.content == "They are not in this server any more, so I can't ask them."


async def test_own_words_survive_markdown_and_length(wise, db):
    words = ("*_~`|>#-1. [a](https://x.test) <@1> @everyone " * 40)[:1500].strip()
    await wise.share(wise.world.amina, words)
    (kept,) = await db.all("SELECT words FROM quote_text")
    assert kept["words"] == words
    await wise.world.env.advance_time(10)
    await wise.publish()
    assert "Quote 1" in await wise.search(wise.world.bryn, "everyone")
    assert WORDS not in text_of(wise.waiting())
