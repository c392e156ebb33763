"""Four doors lead to one answer: command, view, form, persistent part. Each with each failure."""

import asyncio
import re

import discord
import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import restart
from bot.errors import Unavailable
from bot.ui.parts import Card, Form
from tests.discord.conftest import FIRST_THURSDAY, text_of

pytestmark = pytest.mark.simcord(check_errors=False)

REFERENCE = re.compile(r"Something went wrong on our side\. Tell an organiser “([0-9a-f]{6})”")


class Breaks(Exception):
    pass


async def by_command(world):
    return await world.amina.slash(world.general, "conversation list")


async def by_button(world):
    return await world.amina.click(world.card(), label="Sign up")


async def by_form(world):
    shown = await world.organiser.slash(world.general, "organise edit", conversation="who")
    return await world.organiser.submit_modal(shown, {"title": "New", "minutes": "60"})


def broken(world, monkeypatch, error):
    """Whatever a door leads to fails with *error*."""

    async def fails(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(type(world.parts.calendar), "page", fails)
    monkeypatch.setattr(type(world.parts.sign_ups), "sign_up", fails)
    monkeypatch.setattr(type(world.parts.planning), "edit", fails)


DOORS = [by_command, by_button, by_form]


@pytest.mark.parametrize("door", DOORS)
async def test_our_mistake_gives_a_reference_that_the_log_has_too(world, door, monkeypatch, caplog):
    await world.plan()
    broken(world, monkeypatch, Breaks("secret words"))

    answered = await door(world)

    told = answered.response.content
    match = REFERENCE.match(told)
    assert match, told
    assert "secret words" not in told
    assert answered.ephemeral
    logged = [record for record in caplog.records if match[1] in record.getMessage()]
    assert len(logged) == 1
    assert logged[0].exc_info is not None


@pytest.mark.parametrize("door", DOORS)
async def test_a_disk_that_does_not_answer_is_said_so(world, door, monkeypatch):
    await world.plan()
    broken(world, monkeypatch, Unavailable("I couldn't save or read that just now."))

    answered = await door(world)

    assert answered.response.content == "I couldn't save or read that just now."


@pytest.mark.parametrize("door", DOORS)
async def test_discord_that_does_not_answer_is_said_so(world, door, monkeypatch):
    await world.plan()
    broken(world, monkeypatch, OSError("connection reset"))

    answered = await door(world)

    assert answered.response.content == (
        "Discord is slow to answer just now. Please try again in a minute."
    )


async def test_an_ordinary_view_answers_as_well(world):
    """No card of ours holds an ordinary button, but one that ever does must not fail silently."""

    class Fails(discord.ui.Button):
        async def callback(self, interaction):
            raise Breaks

    class WithButton(Card):
        def __init__(self):
            super().__init__()
            self.add_item(discord.ui.ActionRow(Fails(label="Break", custom_id="break")))

    with world.env.time_context():
        await world.bot.get_channel(world.general.id).send(view=WithButton())

    pressed = await world.amina.click(world.general.history()[-1], label="Break")

    assert REFERENCE.match(pressed.response.content)


async def test_a_form_that_refuses_gives_back_what_was_written(world):
    await world.plan()
    shown = await world.organiser.slash(world.general, "organise edit", conversation="who")
    lines = "We met at noon.\nNobody had asked us before."

    refused = await world.organiser.submit_modal(
        shown, {"title": "Who decides?", "description": lines, "minutes": "ages", "places": ""}
    )

    assert refused.response.content.startswith(
        "The length in minutes must be a whole number from 15 to 720."
    )
    assert lines in refused.response.content


async def test_a_form_base_that_nobody_filled_in_says_so(world):
    with pytest.raises(NotImplementedError):
        await Form(title="x").submit(None)


async def test_somebody_is_answered_in_time_when_the_disk_is_slow(world, monkeypatch):
    card = await world.plan(places=1)
    quick, disk = type(world.parts.sign_ups).sign_up, asyncio.Event()

    async def slow(*args):
        await world.env.external_wait(disk.wait(), reason="a slow disk")
        return await quick(*args)

    monkeypatch.setattr(type(world.parts.sign_ups), "sign_up", slow)
    pressed = await world.amina.click(card, label="Sign up")
    assert not pressed.acknowledged
    await world.env.advance_time(2.1)
    assert pressed.deferred, "Discord shows that we are thinking, within three seconds"

    disk.set()
    await world.env.settle()

    assert pressed.followups[-1].content.startswith("You have a place")


async def test_a_private_message_with_a_slow_disk_is_answered_too(world, monkeypatch):
    shown = await world.organiser.slash(
        world.general, "organise plan", title="Who decides?", when=FIRST_THURSDAY
    )
    quick, disk = type(world.parts.planning).plan, asyncio.Event()

    async def slow(*args, **kwargs):
        await world.env.external_wait(disk.wait(), reason="a slow disk")
        return await quick(*args, **kwargs)

    monkeypatch.setattr(type(world.parts.planning), "plan", slow)
    pressed = await world.organiser.click(shown.response.message, label="Plan it")
    await world.env.advance_time(2.1)
    assert pressed.acknowledged
    disk.set()
    await world.env.settle()

    assert "is planned for" in text_of(shown.response.message)


async def test_commands_do_not_work_in_private_messages(world, command_payloads):
    shown = await world.plan(when=FIRST_THURSDAY)
    assert shown is not None
    commands = {command["name"]: command for command in world.env.backend.commands[None].values()}
    assert {name: command["contexts"] for name, command in commands.items()} == {
        payload["name"]: [0] for payload in command_payloads
    }


async def test_a_form_sent_after_a_restart_is_answered_and_gives_back_what_was_written(world, db):
    await world.plan()
    form = await world.organiser.slash(world.general, "organise edit", conversation="who")
    await restart(world.env, CoproductionBot(services(db, world.parts.clock)))

    sent = await world.organiser.submit_modal(
        form, {"title": "A title I thought about", "minutes": "60"}
    )

    assert sent.response.content.startswith(
        "I was restarted while you were writing, so nothing is saved. Please start again."
    )
    assert "A title I thought about" in sent.response.content
    assert sent.ephemeral


async def test_forms_that_nobody_sends_are_forgotten(world):
    await world.plan()
    for _ in range(5):
        await world.organiser.slash(world.general, "organise edit", conversation="who")
    assert len(world.bot._connection._view_store._modals) == 5

    await world.env.advance_time(13 * 3600)

    assert len(world.bot._connection._view_store._modals) == 0
