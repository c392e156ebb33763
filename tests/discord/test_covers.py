"""The picture at the top of a card, whatever becomes of its message."""

import logging

import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash
from tests.discord.conftest import text_of
from tests.pictures import BLUE, opened, photo_with_a_place, picture

SAYS_NO = pytest.mark.simcord(check_errors=False)
ALT = "People around a table."


async def cover(world, **options):
    return await world.organiser.slash(
        world.general, "organise cover", conversation="who", **options
    )


async def covered(world, sent=None):
    card = await world.plan(places=5)
    await cover(world, image=("table.png", sent or picture()), alt=ALT)
    await world.refreshed()
    return card


def galleries(message):
    return [
        part
        for part in message.components[0].to_dict()["components"]
        if part["type"] == 12  # a media gallery
    ]


def shown(message):
    """The media items at the top of a card."""
    return [item for gallery in galleries(message) for item in gallery["items"]]


def uploads(world, method="PATCH"):
    """Requests about the card that carried a file."""
    return [
        entry
        for entry in world.env.http_requests
        if entry.method == method
        and entry.path.startswith(f"/channels/{world.channel.id}/messages")
        and (entry.json or {}).get("attachments")
    ]


async def test_a_cover_is_shown_at_the_top_with_its_words(world):
    await world.plan()

    done = await cover(world, image=("photo.jpg", photo_with_a_place()), alt=ALT)
    card = await world.refreshed()

    assert done.ephemeral
    assert done.response.content == (
        f"The card of **Who decides?** follows with its cover, described as: {ALT}"
    )
    assert card.components[0].to_dict()["components"][0]["type"] == 12, "above everything"
    (item,) = shown(card)
    assert item["description"] == ALT
    (attached,) = card.attachments
    assert attached.description == ALT
    assert attached.filename.startswith("cover-")
    sent = await attached.read()
    assert opened(sent).format == "WEBP"
    assert b"SECRET" not in sent


async def test_the_picture_is_sent_once_and_stays_while_the_counts_change(world):
    card = await covered(world)
    before = len(uploads(world))

    for person in (world.amina, world.bryn):
        await person.click(card, label="Sign up")
        await world.refreshed()

    assert "2 coming" in text_of(world.card())
    assert len(shown(world.card())) == 1
    assert len(world.card().attachments) == 1
    assert len(uploads(world)) == before == 1


async def test_another_picture_takes_the_place_of_the_first(world):
    await covered(world)
    (first,) = world.card().attachments

    await cover(world, image=("blue.png", picture(colour=BLUE)), alt="A blue square.")
    card = await world.refreshed()

    (attached,) = card.attachments
    assert attached.filename != first.filename
    assert [item["description"] for item in shown(card)] == ["A blue square."]


async def test_other_words_for_the_same_picture(world):
    await covered(world)

    done = await cover(world, alt="Eight people around a table.")
    card = await world.refreshed()

    assert done.response.content.endswith("described as: Eight people around a table.")
    assert [item["description"] for item in shown(card)] == ["Eight people around a table."]


async def test_a_cover_that_is_taken_away_goes_from_the_message_as_well(world):
    await covered(world)

    done = await cover(world, **{"take-away": True})
    card = await world.refreshed()

    assert done.response.content == (
        "The cover of **Who decides?** is taken away, and the card follows."
    )
    assert shown(card) == []
    assert card.attachments == []


async def test_a_card_that_comes_back_brings_its_picture(world):
    card = await covered(world)
    with world.env.time_context():
        await world.bot.get_channel(world.channel.id).get_partial_message(card.id).delete()

    await world.amina.slash(world.general, "conversation mine")
    private = await world.amina.slash(world.general, "conversation show", conversation="who")
    await world.amina.click(private.response.message, label="Sign up")
    again = await world.refreshed()

    assert again.id != card.id
    assert len(shown(again)) == len(again.attachments) == 1


async def test_a_card_that_moves_to_another_channel_takes_its_picture_along(world):
    await covered(world)
    fresh = world.server.create_text_channel("talks")
    await world.env.settle()

    await world.choose("network:choose-channel:conversations", fresh)
    await world.env.advance_time(60)

    (card,) = fresh.history()
    assert len(shown(card)) == len(card.attachments) == 1


async def test_a_duplicate_is_posted_with_the_picture(world):
    await covered(world)
    draft = await world.organiser.slash(
        world.general, "organise duplicate", conversation="who", when="7 Jan 2pm"
    )
    assert f"With a cover: {ALT}" in text_of(draft.response.message)

    await world.organiser.click(draft.response.message, label="Plan it")
    card = await world.refreshed()

    assert "7 January 2027" in text_of(card)
    assert [item["description"] for item in shown(card)] == [ALT]


async def test_a_card_posted_just_before_a_crash_still_gets_its_picture(world, db):
    await covered(world)
    await world.parts.cards.forget(1)  # the crash came between posting and remembering

    await crash(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(3700)

    (card,) = world.channel.history()
    assert len(shown(card)) == len(card.attachments) == 1


async def test_a_cancelled_conversation_shows_no_picture(world):
    await covered(world)
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")

    await world.organiser.submit_modal(form, {"words": "The hall has flooded."})
    card = await world.refreshed()

    assert "This conversation is cancelled." in text_of(card)
    assert shown(card) == []


@SAYS_NO
@pytest.mark.parametrize(("times", "pictures"), [(1, 1), (2, 0)])
async def test_a_card_is_true_also_when_discord_does_not_take_its_picture(
    world, caplog, times, pictures
):
    """First with the picture that is there, then with the file, at last without."""
    card = await covered(world)
    path = f"/channels/{world.channel.id}/messages/{card.id}"
    world.env.inject_error("PATCH", path, status=400, code=50035, times=times)

    with caplog.at_level(logging.WARNING):
        await world.amina.click(card, label="Sign up")
        await world.env.advance_time(10)

    assert "1 coming" in text_of(world.card())
    assert len(shown(world.card())) == len(world.card().attachments) == pictures
    assert f"Card 1: its cover was not taken ({50035})" in caplog.text


@SAYS_NO
async def test_a_card_is_posted_also_when_discord_does_not_take_its_picture(world):
    await covered(world)
    draft = await world.organiser.slash(
        world.general, "organise duplicate", conversation="who", when="7 Jan 2pm"
    )
    path = f"/channels/{world.channel.id}/messages"
    world.env.inject_error("POST", path, status=413, code=40005, times=1)

    await world.organiser.click(draft.response.message, label="Plan it")
    await world.env.advance_time(10)

    assert "7 January 2027" in text_of(world.card())
    assert shown(world.card()) == []


async def test_without_attach_files_the_card_has_no_picture_and_the_organiser_reads_why(world):
    await world.plan()
    channel = world.bot.get_channel(world.channel.id)
    with world.env.time_context():
        await channel.set_permissions(channel.guild.me, attach_files=False)
    await world.env.settle()

    done = await cover(world, image=("table.png", picture()), alt=ALT)
    card = await world.refreshed()

    assert (
        f"But I can't show it yet: I need **Attach Files** in <#{world.channel.id}>."
        in done.response.content
    )
    assert "Who decides?" in text_of(card)
    assert shown(card) == []
    with world.env.time_context():
        await channel.set_permissions(channel.guild.me, attach_files=True)
    await world.env.advance_time(3700)
    assert len(shown(world.card())) == 1


@SAYS_NO
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {"image": ("table.png", picture())},
            "Please also say what the picture shows, and any words in it, under “alt”. "
            "People who can't see it have it read out.",
        ),
        (
            {"image": ("huge.png", b"\0" * (30 * 1024 * 1024)), "alt": ALT},
            "That picture is 30 MB large. Please choose one of up to 8 MB.",
        ),
        (
            {"image": ("letter.png", b"Dear all,"), "alt": ALT},
            "I can't open that picture: it may be broken, or not a picture at all. "
            "Please send a JPEG, PNG, WebP or GIF.",
        ),
        ({}, "Please add a picture with a description, or take the cover away."),
        (
            {"alt": ALT, "take-away": True},
            "You sent a cover and asked to take it away. Please choose one.",
        ),
        ({"alt": ALT}, "This conversation has no cover, so nothing has changed."),
        ({"take-away": True}, "This conversation has no cover, so nothing has changed."),
    ],
    ids=["no words", "30 MB", "text", "nothing", "both", "words alone", "none to take away"],
)
async def test_what_cannot_be_a_cover_is_refused_in_words(world, options, words):
    await world.plan()

    refused = await cover(world, **options)

    assert refused.response.content == words
    assert shown(await world.refreshed()) == []


@SAYS_NO
async def test_a_picture_that_is_too_large_is_not_even_fetched(world, monkeypatch):
    await world.plan()
    fetched = []
    monkeypatch.setattr(world.env.backend.cdn, "get", fetched.append)

    await cover(world, image=("huge.png", b"\0" * (9 * 1024 * 1024)), alt=ALT)

    assert fetched == []


@SAYS_NO
async def test_a_picture_that_discord_does_not_hand_over_is_asked_for_again(world, monkeypatch):
    await world.plan()
    monkeypatch.setattr(world.env.backend.cdn, "get", lambda _: None)

    refused = await cover(world, image=("table.png", picture()), alt=ALT)

    assert refused.response.content == (
        "Discord didn't hand me that picture, so nothing has changed. Please send it again."
    )
