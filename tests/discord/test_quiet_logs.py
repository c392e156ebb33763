"""A busy day, and not one word that anybody typed is in the log."""

import logging

import pytest
import simcord

from bot import tally
from tests.discord.test_isolation import forged
from tests.discord.test_leaks import (
    PARTS,
    PersistentButton,
    commands_of,
    everything_logged,
    filled,
)

__all__ = ["everything_logged"]

TYPED = "QUINCEBUCKET"
TEXT_OPTION = 3


def typed_into(world, option):
    value = filled(world, option)
    if value == "A word":
        return TYPED
    # What the title is searched by, and what a date is: each of them typed as well.
    return value


def written_in(form):
    """Something in each field of *form*: words wherever words can be."""
    values = {}
    for part in form.modal["components"]:
        field = part.get("component", {})
        match field.get("type"):
            case 4:
                values[field["custom_id"]] = TYPED
            case 3 | 21:
                values[field["custom_id"]] = field["options"][0]["value"]
            case 22:
                values[field["custom_id"]] = [field["options"][0]["value"]]
            case 23:
                values[field["custom_id"]] = True
    return values


@pytest.mark.simcord(check_errors=False, settle_timeout=30.0)
async def test_nothing_that_anybody_typed_is_logged(world, command_payloads, everything_logged):
    # One that goes through, so that there is something to press; its title is typed too.
    card = await world.plan(title=f"Who {TYPED} decides?", description=TYPED)
    await world.amina.click(card, label="Sign up")
    for command in await world.bot.tree.fetch_commands():
        world.server.set_command_permissions(command, {world.manager: True, world.amina: True})
    before = tally.ASKED.counts.copy()
    forms = 0

    async def fill(person, does):
        nonlocal forms
        try:
            result = await does
            if result.modal is not None:
                await person.submit_modal(result, written_in(result))
                forms += 1
        except simcord.SetupError:
            pass  # a command that they do not see, or a field that this cannot fill

    for person in (world.manager, world.amina):
        for name, options in commands_of(command_payloads):
            # The conversation is taken off only by a command that would end the day.
            if name in {"organise remove", "organise cancel"}:
                continue
            values = {each["name"]: typed_into(world, each) for each in options
                      if each.get("required") or each["type"] == TEXT_OPTION}  # fmt: skip
            await fill(person, person.slash(world.general, name, **values))
        for button in PARTS:
            if issubclass(button, PersistentButton):
                message = await forged(world, world.general, button(1))
                custom_id = button.form.format(id=1)
                await fill(person, person.click(message, custom_id=custom_id))

    assert forms > 10
    asked = tally.ASKED.counts - before
    assert asked["application_command"] > 20
    assert asked["component"] > 100
    assert asked["modal_submit"] == forms
    assert TYPED not in everything_logged.text
    assert len([each for each in everything_logged.records if each.name.startswith("bot")]) > 3
    logging.getLogger("bot.anywhere").debug("%s", TYPED)
    assert TYPED in everything_logged.text, "or this test could not fail"
