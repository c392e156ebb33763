"""Where a conversation happens; and a link that only people with a place are ever shown."""

import pytest

from tests.discord.conftest import FIRST_THURSDAY, text_of

LINK = "https://meet.example.org/secret-room"


async def planned(world, **options):
    card = await world.plan(link=LINK, places=1, **options)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await world.chidi.click(card, label="Maybe")
    return card


async def everything_shown_to(world, person):
    """All that this person reads: the channel, every command, every button, private messages."""
    card = world.card()
    seen = [text_of(card), *(text_of(each) for each in person.user.dm_channel.history())]
    for command in ("conversation list", "conversation mine", "help"):
        seen.append(text_of((await person.slash(world.general, command)).response.message))
    shown = await person.slash(world.general, "conversation show", conversation="who")
    seen.append(text_of(shown.response.message))
    choices = await person.autocomplete(world.general, "conversation show", "conversation", "")
    seen += [choice["name"] for choice in choices]
    pressed = await person.click(card, label="My sign-up")
    seen.append(text_of(pressed.response.message))
    if pressed.response.message.components:
        made = await person.click(pressed.response.message, label="Add to my calendar")
        seen.append(made.response.content)
        raw = await made.response.attachments[0].read()
        seen.append(raw.decode().replace("\r\n ", ""))
    return "\n".join(seen)


async def test_people_with_a_place_are_given_the_link(world):
    card = await world.plan(link=LINK)

    pressed = await world.amina.click(card, label="Sign up")

    assert f"Your link to join: {LINK}" in pressed.response.content
    assert LINK in await everything_shown_to(world, world.amina)


@pytest.mark.parametrize("who", ["bryn", "chidi"])
async def test_people_without_a_place_are_never_shown_it(world, who, caplog):
    caplog.set_level("DEBUG")
    await planned(world)

    seen = await everything_shown_to(world, getattr(world, who))

    assert "Where: online. People with a place are given the link." in seen
    assert LINK not in seen
    assert "secret-room" not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith(("bot", "cogs"))
    )


@pytest.mark.simcord(check_errors=False)
async def test_somebody_who_said_no_is_not_shown_it_either(world):
    await planned(world)
    await world.amina.click(world.card(), label="I can't make it")
    await world.env.advance_time(10)

    assert LINK not in await everything_shown_to(world, world.amina)
    assert LINK in await everything_shown_to(world, world.bryn), "who moved up, and is told"
    assert LINK in text_of(world.bryn.user.dm_channel.history()[0])


async def test_the_organiser_reads_it_back(world):
    shown = await world.organiser.slash(
        world.general, "organise plan", title="Who?", when=FIRST_THURSDAY, link=LINK
    )

    assert LINK in text_of(shown.response.message)


@pytest.mark.simcord(check_errors=False)
async def test_a_link_that_is_none_is_refused(world, db):
    refused = await world.organiser.slash(
        world.general, "organise plan", title="Who?", when=FIRST_THURSDAY, link="my house"
    )

    assert refused.response.content.startswith("A link must begin with “https://”.")
    assert await db.all("SELECT 1 FROM conversation") == []


async def test_a_voice_channel_is_named_on_the_card(world):
    voice = world.server.create_voice_channel("Talking")
    await world.env.settle()

    card = await world.plan(channel=voice)

    assert f"Where: <#{voice.id}>" in text_of(card)


async def test_the_place_can_change_and_the_calendar_follows(world):
    voice = world.server.create_voice_channel("Talking")
    await world.env.settle()
    card = await planned(world)
    form = await world.organiser.slash(
        world.general, "organise edit", conversation="who", channel=voice
    )
    await world.organiser.submit_modal(
        form, {"title": "Who decides?", "minutes": "90", "places": "1", "join_link": ""}
    )

    read = text_of(await world.refreshed())
    assert f"Where: <#{voice.id}>" in read
    assert "online" not in read
    assert card is not None
    assert LINK not in await everything_shown_to(world, world.amina)
