"""Templates as people meet them."""

from bot.storage.database import Database
from tests.discord.conftest import labels_of, text_of
from tests.discord.test_practice import TITLE, Practical, practical

__all__ = ["practical"]

SHEET = ("sheet.txt", b"words")
DAY = 24 * 3600.0


async def test_services_are_counted_and_a_licence_is_shown(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina, file=SHEET)
    form = await world.bryn.click(practical.card(), label="We use this too")
    thanks = await world.bryn.submit_modal(form, {"service": "North House"})
    assert thanks.response.content == "Thank you. 1 service uses it."
    mine = await world.amina.slash(world.general, "practice mine")
    opened = await world.amina.click(mine.response.message, label="Open")
    form = await world.amina.click(opened.response.message, label="Licence")
    await world.amina.submit_modal(form, {"licence": "CC BY *4.0*"})
    await world.env.advance_time(10)
    text = text_of(practical.card())
    assert "1 service uses this" in text
    assert "North House" not in text
    assert r"You may use it under: CC BY \*4.0\*" in text


async def test_its_owner_is_asked_after_a_year_by_private_message(
    practical: Practical, db: Database
) -> None:
    world = practical.world
    await practical.share(world.amina, file=SHEET)
    async with db.write() as tx:  # as if it had been shared long ago
        await tx.run("UPDATE practice SET shared_at = '2025-11-01T09:00:00Z'")
    await world.env.advance_time(3700)
    asked = world.amina.user.dm_channel.history()[-1]
    assert "Is this still right?" in text_of(asked)
    answered = await world.amina.user.click(asked, label="It is still right")
    assert "you looked today" in text_of(answered.response.message)
    await world.env.advance_time(10)
    assert "it is still right" in text_of(practical.card())


async def test_an_owner_who_leaves_is_seen_within_a_day(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina, file=SHEET)
    await practical.moderator.slash(
        world.general,
        "curate handover",
        practice=TITLE,
        owner=world.chidi,
        deputy=world.bryn,
        why="both know it",
    )
    await world.env.advance_time(10)
    world.env.backend.remove_member(world.server.id, world.chidi.id)
    await world.env.advance_time(1.2 * DAY)
    asked = world.bryn.user.dm_channel.history()[-1]
    assert labels_of(asked) == ["I look after it", "I can't"]
    await world.bryn.user.click(asked, label="I can't")
    await world.env.advance_time(10)
    assert "Nobody looks after this any more" in text_of(practical.waiting())
