"""No practice crosses from one server to another, whatever an id says."""

import pytest

from cogs.curate.cog import PARTS as CURATING
from cogs.practice.cog import PARTS
from tests.discord.conftest import text_of
from tests.discord.test_isolation import away, forged
from tests.discord.test_practice import TITLE, practical

__all__ = ["away", "practical"]

pytestmark = pytest.mark.simcord(check_errors=False)

MISSING = "I can't find that practice here. It may have been taken away."
BOUND = [
    part
    for part in (*PARTS, *CURATING)
    if "{id}" in getattr(part, "form", "") and "practice" in part.form
]
PAGES = ("my-practices:page:{id}:0", "my-practices:older:{id}:0")


async def test_every_button_of_another_servers_practice_finds_nothing(practical, away, db):
    world = practical.world
    await practical.share(world.amina, file=("sheet.txt", b"words"))
    _, channel, boss = away
    before = await db.all("SELECT state, author_id, is_named FROM practice")
    for button in BOUND:
        if button.form in PAGES:
            continue  # a list of one's own, of the server that one is in
        message = await forged(world, channel, button(1))
        pressed = await boss.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content == MISSING, button
    assert [*map(tuple, await db.all("SELECT state, author_id, is_named FROM practice"))] == [
        *map(tuple, before)
    ]
    assert await db.all("SELECT 1 FROM practice_answer") == []


async def test_commands_and_lists_know_only_their_own_server(practical, away):
    world = practical.world
    await practical.share(world.amina)
    server, channel, boss = away
    for command in await world.bot.tree.fetch_commands():
        server.set_command_permissions(command, {boss: True})
    found = await boss.slash(channel, "practice search", words="interview")
    assert TITLE not in text_of(found.response.message)
    for name, options in (
        ("practice show", {"practice": "1"}),
        ("practice show", {"practice": TITLE}),
        ("curate practice", {"practice": "1"}),
        ("curate practice", {"practice": TITLE}),
        ("curate history", {"practice": "1"}),
    ):
        refused = await boss.slash(channel, name, **options)
        assert refused.response.content.startswith("I can't find"), (name, options)
    for name in ("practice show", "curate practice"):
        assert await boss.autocomplete(channel, name, "practice", "") == []
    queue = await boss.slash(channel, "review")
    assert queue.response.content.startswith("Nothing waits")


async def test_members_of_the_same_server_decide_nothing_by_a_button(practical, db):
    world = practical.world
    await practical.send(world.amina)
    for button in BOUND:
        noun = button.form.split(":")[0]
        if not noun.startswith(("practice-review", "practice-curate", "practice-history")):
            continue
        message = await forged(world, world.general, button(1))
        pressed = await world.bryn.click(message, custom_id=button.form.format(id=1))
        assert pressed.response.content.startswith("Only moderators can"), button
    (row,) = await db.all("SELECT state FROM practice")
    assert row["state"] == "new"
