"""The quote of the week with its picture, whatever becomes of the quote."""

import pytest

from cogs.wisdom.picture import AsPictureButton
from cogs.wisdom.review import HideMarkedButton
from tests.discord.conftest import labels_of, text_of
from tests.discord.test_isolation import away as away
from tests.discord.test_isolation import forged
from tests.pictures import opened

SAYS_NO = pytest.mark.simcord(check_errors=False)
WORDS = "Ask first, said Ermintrude, and then build."
A_WEEK = 7 * 24 * 3600


async def share(wise, words=WORDS):
    await wise.share(wise.world.amina, words)
    await wise.world.env.advance_time(10)
    await wise.publish()


async def of_week(wise):
    """The quote of the week, once its Monday has come."""
    await wise.world.env.advance_time(A_WEEK)
    (post,) = wise.wisdom.history()
    return post


def uploads(wise):
    return [
        each
        for each in wise.world.env.http_requests
        if each.path.startswith(f"/channels/{wise.wisdom.id}/messages")
        and each.method in ("POST", "PATCH")
        and (each.json or {}).get("attachments")
    ]


async def test_the_quote_of_the_week_has_a_picture_with_all_it_says_in_words(wise):
    await share(wise)

    post = await of_week(wise)

    (picture,) = post.attachments
    assert picture.filename.startswith("quote-")
    assert picture.filename.endswith(".png")
    assert opened(await picture.read()).format == "PNG"
    for said in (picture.description, text_of(post)):
        assert WORDS in said
        assert "A member of the network, 2026" in said
        assert "Quote 1" in said
    assert "Quote of the week" in text_of(post)


async def test_the_picture_is_sent_once_while_the_count_changes(wise):
    await share(wise)
    post = await of_week(wise)
    (before,) = post.attachments
    sent = len(uploads(wise))

    await wise.world.bryn.click(post, label="This helped me")
    await wise.world.env.advance_time(10)

    (post,) = wise.wisdom.history()
    assert "This has helped 1 person" in text_of(post)
    assert [each.url for each in post.attachments] == [before.url]
    assert len(uploads(wise)) == sent


async def test_what_is_taken_back_leaves_neither_words_nor_picture(wise, db):
    await share(wise)
    await of_week(wise)
    shown = await wise.world.amina.slash(wise.world.general, "wisdom mine")
    opened_ = await wise.world.amina.click(shown.response.message, label="Open")
    asked = await wise.world.amina.click(opened_.response.message, label="Take it back")
    await wise.world.amina.click(asked.response.message, label="Yes, delete my words")
    await wise.world.env.advance_time(10)

    (post,) = wise.wisdom.history()
    assert post.attachments == []
    assert "Ask first" not in text_of(post)
    assert await db.all("SELECT 1 FROM quote_text") == []


async def test_words_that_are_hidden_are_gone_from_the_picture_as_well(wise, db):
    await share(wise)
    (before,) = (await of_week(wise)).attachments
    quote = (await db.only("SELECT id FROM quote"))["id"]
    world = wise.world
    message = await forged(world, world.general, HideMarkedButton(quote))
    await wise.moderator.click(message, custom_id=f"quote-review:hide:{quote}")
    await world.env.advance_time(10)

    (post,) = wise.wisdom.history()
    (after,) = post.attachments
    assert "Ermintrude" not in text_of(post) + after.description
    assert after.filename != before.filename


async def test_what_cannot_be_drawn_is_posted_in_words_alone(wise):
    await share(wise, "请先问我们 然后再建")
    post = await of_week(wise)
    assert post.attachments == []
    assert "请先问我们" in text_of(post)


async def test_without_the_right_to_attach_files_there_are_words_alone(wise):
    await share(wise)
    channel = wise.world.bot.get_channel(wise.wisdom.id)
    with wise.world.env.time_context():
        await channel.set_permissions(channel.guild.me, attach_files=False)
    await wise.world.env.settle()

    post = await of_week(wise)

    assert post.attachments == []
    assert WORDS in text_of(post)


async def test_a_picture_that_discord_does_not_take_keeps_no_quote_back(wise):
    await share(wise)
    path = f"/channels/{wise.wisdom.id}/messages"
    wise.world.env.inject_error("POST", path, status=413, code=40005, times=1)

    post = await of_week(wise)

    assert post.attachments == []
    assert WORDS in text_of(post)


async def test_somebody_gets_a_quote_as_a_picture(wise):
    await share(wise)
    shown = await wise.world.bryn.slash(wise.world.general, "wisdom show", number=1)
    assert "As a picture" in labels_of(shown.response.message)

    done = await wise.world.bryn.click(shown.response.message, label="As a picture")

    assert done.ephemeral
    (picture,) = done.response.attachments
    assert WORDS in picture.description
    assert WORDS in text_of(done.response.message)
    assert "shown in this server only" in text_of(done.response.message)


@SAYS_NO
async def test_what_cannot_be_drawn_is_told(wise):
    await share(wise, "请先问我们 然后再建")
    shown = await wise.world.bryn.slash(wise.world.general, "wisdom random")
    done = await wise.world.bryn.click(shown.response.message, label="As a picture")
    assert done.response.content.startswith("I can't make a picture of that quote")


@SAYS_NO
async def test_a_quote_of_another_server_is_no_picture_here(wise, away):
    await share(wise)
    _, channel, boss = away
    message = await forged(wise.world, channel, AsPictureButton(1))
    done = await boss.click(message, custom_id="quote:as-picture:1")
    assert done.response.content.startswith("I can't find that quote here.")
