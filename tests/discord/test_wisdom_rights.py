"""Who may do what with quotes: every button and command of wisdom, pressed by everybody."""

import pytest

from bot.ui.parts import PersistentButton
from cogs.wisdom.cog import PARTS
from tests.discord.test_isolation import away, forged  # noqa: F401  # a fixture
from tests.discord.test_leaks import everything_logged  # noqa: F401  # a fixture
from tests.discord.wise import AGREES, Wise

pytestmark = pytest.mark.simcord(check_errors=False)

BUTTONS = [part for part in PARTS if issubclass(part, PersistentButton)]
FOR_ALL = {
    *("quote:helped", "quote:add-mine", "quote:open", "quote:show-here"),
    *("quote-search:earlier", "quote-search:later", "quote-search:anywhere"),
    *("quote-search:exactly", "my-quotes:page", "my-quotes:older", "my-quotes:may-ask"),
}
"""What anybody in the server may press."""


def named(button) -> str:
    return ":".join(button.form.split(":")[:2])


async def press(world, person, channel, button):
    """What they are told in words; None when something is shown or opened."""
    message = await forged(world, channel, button(1))
    pressed = await person.click(message, custom_id=button(1).item.custom_id)
    assert pressed.acknowledged, button
    if pressed.modal is not None:
        return None
    said = pressed.response or (pressed.followups[-1] if pressed.followups else None)
    return said.content or None if said is not None else None


async def a_waiting_quote(wise: Wise):
    """Quote 1 waits; request 2 is open; both are Amina's."""
    await wise.share(wise.world.amina, "Kettlezebra is ours.")
    await wise.write(wise.world.amina, "Half written.")
    await wise.world.env.advance_time(10)


async def test_members_and_organisers_get_at_nothing_that_is_not_for_all(wise):
    await a_waiting_quote(wise)
    for person in (wise.world.bryn, wise.world.organiser):
        for button in BUTTONS:
            if named(button) in FOR_ALL:
                continue
            told = await press(wise.world, person, wise.world.general, button)
            assert told is not None, button  # or they are shown something
            assert "Kettlezebra" not in told
            if named(button).startswith("quote-review:"):
                assert told.startswith("Only moderators can"), button


async def test_nobody_of_another_server_gets_at_anything(wise, away, db):  # noqa: F811
    await wise.published(wise.world.amina, "Kettlezebra is ours.")
    _, channel, boss = away
    before = [tuple(row) for row in await db.all("SELECT * FROM quote")]
    since = len(wise.world.env.http_requests)
    for button in BUTTONS:
        await press(wise.world, boss, channel, button)
    sent = str([request.json for request in wise.world.env.http_requests[since:]])
    assert "Kettlezebra" not in sent
    assert [tuple(row) for row in await db.all("SELECT * FROM quote")] == before


async def test_only_moderators_see_the_review(wise):
    await a_waiting_quote(wise)
    for command in await wise.world.bot.tree.fetch_commands():
        wise.world.server.set_command_permissions(
            command,
            dict.fromkeys([wise.world.bryn, wise.world.organiser, wise.world.manager], True),
        )
    for person in (wise.world.bryn, wise.world.organiser):
        shown = await person.slash(wise.world.general, "review")
        assert shown.response.content.startswith("Only moderators can look at what waits")
    shown = await wise.world.manager.slash(wise.world.general, "review")
    assert shown.response.ephemeral


async def test_words_are_in_no_log(wise, everything_logged):  # noqa: F811
    amina = wise.world.amina
    word = "zanzibarkettle"
    message = await amina.send(wise.world.general, f"{word} is mine.")
    await wise.keep(wise.world.bryn, message)
    await wise.agree(amina.user, wise.private(amina)[0], {**AGREES, "lasting": "one_year"})
    await wise.world.env.advance_time(10)
    await wise.publish()
    await wise.search(wise.world.bryn, word)
    path = f"/channels/{wise.moderation.id}/messages/*"
    wise.world.env.inject_error("PATCH", path, status=500, times=2)
    asked = await amina.click(await wise.mine(amina), label="Take it back")
    await amina.click(asked.response.message, label="Yes, delete my words")
    await wise.world.env.advance_time(3600)
    assert len(everything_logged.records) > 10
    assert word not in everything_logged.text
