"""Plant unmistakable words as access needs, then look everywhere that anybody can look."""

import importlib
import json
import logging

import discord
import pytest

from bot import logs
from bot.client import COGS
from bot.conversations.store import access_needs as store
from bot.ids import RoleId
from bot.network.model import Duty
from bot.ui.parts import FORMS_LAST, PersistentButton
from tests.discord.test_access_needs import TICKED, tell
from tests.discord.test_isolation import forged
from tests.pictures import picture

WORDS = "ZEBRAKETTLE"
PARTS = [part for name in COGS for part in importlib.import_module(name).PARTS]
CHAT_INPUT = discord.AppCommandType.chat_input.value
BOOLEAN = 5
"""What Discord calls an option that is on or off."""

BY_THE_PERSON = {
    "conversation:my-sign-up",
    "conversation:access-needs",
    "privacy export",
    "privacy:take-away",
}
BY_HOSTS = {
    "organise people with access_needs",
    "people:needs",
    "people:needs-page",
    "people:needs-on",
}


@pytest.fixture
def everything_logged(caplog):
    """All that an operator can make the bot log, and no more: as at its most talkative."""
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    logs.set_up("DEBUG")
    root.addHandler(caplog.handler)
    caplog.handler.setLevel(logging.DEBUG)
    yield caplog
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def commands_of(payloads):
    """Every command with something in each option it must have, and with each switch by itself."""
    for payload in payloads:
        if payload["type"] != CHAT_INPUT:
            continue  # a menu of a message shows nothing but its form
        below = [each for each in payload.get("options", []) if each["type"] == 1] or [payload]
        for command in below:
            name = payload["name"] if command is payload else f"{payload['name']} {command['name']}"
            yield name, command.get("options", [])


def options_for(world, options):
    needed = {each["name"]: filled(world, each) for each in options if each.get("required")}
    yield "", needed
    for each in options:
        if each["type"] == BOOLEAN:
            yield f" with {each['name']}", {**needed, each["name"]: True}
        elif each.get("choices") and not each.get("required"):
            for choice in each["choices"]:
                yield f" with {choice['value']}", {**needed, each["name"]: choice["value"]}


def filled(world, option):
    match option["type"]:
        case 3:
            if option.get("choices"):
                return option["choices"][0]["value"]
            return {"conversation": "who", "when": "7 Jan 2027 2pm"}.get(option["name"], "A word")
        case 4:
            return 5
        case 5:
            return True
        case 6:
            return world.chidi
        case 11:
            return ("red.png", picture())
        case kind:
            pytest.fail(f"How is an option of type {kind} filled in? {option['name']}")


async def files_of(result):
    found = []
    for message in [result.response, *result.followups]:
        for attachment in message.attachments if message else []:
            found.append((await attachment.read()).decode("utf-8", "replace"))
    return found


async def said(world, since):
    """All that the bot has sent to Discord, to whomever."""
    return json.dumps([request.json for request in world.env.http_requests[since:]], default=str)


async def look_everywhere(world, person, payloads, leaving_out=frozenset()):
    """Every command and every button, and by which of them *person* got to the words."""
    found = set()

    async def act(what, does):
        since = len(world.env.http_requests)
        result = await does
        assert result.acknowledged, what
        if WORDS in await said(world, since) or any(WORDS in f for f in await files_of(result)):
            found.add(what)

    for name, options in commands_of(payloads):
        for how, values in options_for(world, options):
            await act(name + how, person.slash(world.general, name, **values))
    for button in PARTS:
        if not issubclass(button, PersistentButton):
            continue
        what = button.form.split(":{")[0]
        if what not in leaving_out:
            message = await forged(world, world.general, button(1))
            await act(what, person.click(message, custom_id=button.form.format(id=1)))
    await world.env.advance_time(FORMS_LAST)  # each form left open slows the simulation down
    return found


async def newcomer(world, name, *roles):
    person = world.server.add_member(world.env.create_user(name), roles=roles)
    await world.env.settle()
    return person


@pytest.mark.simcord(check_errors=False, settle_timeout=30.0)
async def test_access_needs_are_found_only_where_they_may_be(
    world, command_payloads, everything_logged
):
    card = await world.plan()
    for person in (world.amina, world.bryn, world.chidi):
        await person.click(card, label="Sign up")
    await tell(world, world.amina, kinds=["breaks"], words=WORDS, remember=True, **TICKED)
    moderators = world.server.create_role("Moderator")
    await world.parts.networks.choose_role(
        Duty.MODERATOR, RoleId(moderators.id), by=world.as_manager
    )
    others = {
        "a stranger": await newcomer(world, "stranger"),
        "a member": world.bryn,
        "a moderator": await newcomer(world, "moderator", moderators),
        "another organiser": await newcomer(world, "other", world.organisers),
        "somebody who runs the server": world.manager,
    }
    # A server may show anybody any command: what they may do is decided inside.
    for command in await world.bot.tree.fetch_commands():
        everybody = [*others.values(), world.amina, world.organiser]
        world.server.set_command_permissions(command, dict.fromkeys(everybody, True))

    leaving = {"conversation:leave", "conversation:maybe", "privacy:forget-me"}
    mine = await look_everywhere(world, world.amina, command_payloads, leaving)
    assert mine == BY_THE_PERSON
    since = len(world.env.http_requests)
    for who, person in others.items():
        assert await look_everywhere(world, person, command_payloads) == set(), who
    assert WORDS not in await said(world, since)
    assert await look_everywhere(world, world.organiser, command_payloads) == BY_HOSTS
    assert WORDS not in everything_logged.text
    assert len(everything_logged.records) > 10


@pytest.mark.simcord(check_errors=False)
async def test_our_own_mistake_shows_and_logs_no_needs(world, monkeypatch, everything_logged):
    async def breaks(*_):
        raise RuntimeError("on purpose")

    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    monkeypatch.setattr(store, "save", breaks)
    since = len(world.env.http_requests)

    await tell(world, world.amina, kinds=["breaks"], words=WORDS, **TICKED)

    assert "Something went wrong on our side" in await said(world, since)
    assert WORDS not in await said(world, since)
    assert "on purpose" in everything_logged.text
    assert WORDS not in everything_logged.text
