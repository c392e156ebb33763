"""Nothing of posts and actions crosses from one server to another, nor to members, by any id."""

from typing import Any

import pytest

from bot.reflections.model.action import ActionState
from cogs.reflections import actions, files, forms, notes, panel, reading, sections
from tests.discord.conftest import World, text_of
from tests.discord.test_isolation import away, forged
from tests.discord.test_reflections import draft, said
from tests.discord.wise import Wise

__all__ = ["away"]

pytestmark = pytest.mark.simcord(check_errors=False)

OF_POSTS = (
    files.HtmlButton,
    files.MarkdownButton,
    forms.WriteAgainButton,
    notes.NotesButton,
    panel.GatherButton,
    panel.PanelButton,
    panel.ThrowPostAwayButton,
    panel.ThrownAwayButton,
    panel.WhoChangedButton,
    reading.PublishPostButton,
    reading.ReadButton,
    reading.ReadOnButton,
    sections.SectionBackButton,
    sections.SectionOnButton,
)
NO_POST = "I can't find that post here"
NO_ACTION = "I can't find that action here"


async def answers(world: World, channel: Any, who: Any, buttons: Any) -> list[str]:
    """What each button answers, pressed by themselves."""
    found: list[str] = []
    for button in buttons:
        message = await forged(world, channel, button(1))
        pressed = await who.click(message, custom_id=button.form.format(id=1))
        found.append(pressed.response.content or text_of(pressed.response.message))
    return found


async def test_another_server_finds_no_post_and_no_action(wise: Wise, away: Any) -> None:
    world = wise.world
    await said(wise, "ZEBRAKETTLE is what I said.")
    await draft(world)
    await world.parts.reflections.actions.add("x", ActionState.IDEA, by=world.as_organiser)
    _, channel, boss = away
    for said_ in await answers(world, channel, boss, OF_POSTS):
        assert said_.startswith(NO_POST)
    (said_,) = await answers(world, channel, boss, [actions.UpdateActionButton])
    assert said_.startswith(NO_ACTION)
    for command, options in (
        ("reflections show", {"post": "1"}),
        ("reflections publish", {"post": "1"}),
        ("reflections export", {"post": "1"}),
        ("action show", {"action": "1"}),
        ("action update", {"action": "1"}),
    ):
        shown = await boss.slash(channel, command, **options)
        assert "I can't find that" in shown.response.content, command
    listed = await boss.slash(channel, "action list")
    assert "Nothing has been written down yet" in text_of(listed.response.message)


async def test_members_reach_no_draft_by_any_button(wise: Wise) -> None:
    world = wise.world
    await said(wise, "ZEBRAKETTLE is what I said.")
    await draft(world)
    await world.parts.reflections.actions.add("x", ActionState.IDEA, by=world.as_organiser)
    everything = [*OF_POSTS, actions.UpdateActionButton]
    for answer in await answers(world, world.general, world.bryn, everything):
        assert answer.startswith((NO_POST, "Only organisers and moderators can"))


async def test_how_it_was_is_asked_of_nobody_else(wise: Wise) -> None:
    world = wise.world
    (answer,) = await answers(world, world.general, world.bryn, [notes.HowWasItButton])
    assert answer.startswith("I can't find what that button was for")
