"""What moderators do with what is shared, and posts that people make by hand."""

from typing import Any

import discord
import pytest

from bot.demo.simulator import restart
from tests.discord import by_hand
from tests.discord.conftest import labels_of, text_of
from tests.discord.test_practice import TITLE, Practical, practical

__all__ = ["practical"]


async def panel(practical: Practical, typed: str = TITLE) -> Any:
    where = practical.world.general
    shown = await practical.moderator.slash(where, "curate practice", practice=typed)
    return shown.response.message


async def do(practical: Practical, label: str, why: str = "it is time") -> Any:
    form = await practical.moderator.click(await panel(practical), label=label)
    done = await practical.moderator.submit_modal(form, {"why": why})
    await practical.world.env.advance_time(10)
    return done.response.message


async def test_featuring_and_archiving_with_a_reason_that_stays(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina)
    await do(practical, "Feature it", "everybody asks for it")
    assert "Featured by the moderators" in text_of(practical.card())
    assert "### Featured by the moderators" in text_of(practical.card("What you find here"))
    await do(practical, "Feature it no more")
    after = await do(practical, "Archive it", "the law *changed*")
    assert labels_of(after) == ["Bring it back", "Kind and themes", "What was done"]
    assert "archived this practice" in text_of(practical.card())
    assert "Nothing found" in await practical.search(world.bryn, "hiring")
    await do(practical, "Bring it back")
    assert "What we did" in text_of(practical.card())
    where = world.general
    shown = await practical.moderator.slash(where, "curate history", practice=TITLE)
    lines = text_of(shown.response.message)
    assert rf"archived by <@{practical.moderator.id}>. Why: the law \*changed\*" in lines


async def test_doubles_lead_to_the_one_that_stays(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina)
    await practical.share(world.bryn, "The same again", "We did just that.")
    said = await practical.moderator.slash(
        world.general, "curate merge", double="the same", into=TITLE, why="one is enough"
    )
    assert "leads to" in said.response.content
    await world.env.advance_time(10)
    assert f"told in another practice now: [{TITLE}](" in text_of(practical.card("The same again"))


async def test_a_practice_is_handed_over_to_two_people_who_hear_of_it(
    practical: Practical,
) -> None:
    world = practical.world
    await practical.share(world.amina)
    said = await practical.moderator.slash(
        world.general,
        "curate handover",
        practice=TITLE,
        owner=world.bryn,
        deputy=world.chidi,
        why="Amina moves away",
    )
    assert f"<@{world.bryn.id}> looks after" in said.response.content
    await world.env.advance_time(10)
    assert "the one who looks after" in text_of(world.bryn.user.dm_channel.history()[-1])
    assert "the deputy of whoever" in text_of(world.chidi.user.dm_channel.history()[-1])
    mine = await world.bryn.slash(world.general, "practice mine")
    opened = await world.bryn.click(mine.response.message, label="Open")
    assert "Take it back" not in labels_of(opened.response.message)


@pytest.mark.simcord(check_errors=False)
async def test_nobody_but_moderators_curates(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina)
    for command in await world.bot.tree.fetch_commands():
        world.server.set_command_permissions(command, {world.bryn: True})
    for name, options in (
        ("practice", {"practice": "1"}),
        ("history", {"practice": "1"}),
        ("practice", {"practice": TITLE}),
        ("merge", {"double": "1", "into": "1", "why": "x"}),
        ("handover", {"practice": "1", "owner": world.bryn, "why": "x"}),
    ):
        refused = await world.bryn.slash(world.general, f"curate {name}", **options)
        assert refused.response.content.startswith("Only moderators can"), name
    choices = await world.bryn.autocomplete(world.general, "curate practice", "practice", "")
    assert choices == []


@pytest.mark.simcord(check_errors=False)
async def test_a_bot_looks_after_nothing(practical: Practical) -> None:
    world = practical.world
    await practical.share(world.amina)
    bot = world.server.add_member(world.env.create_user("helper", bot=True))
    said = await practical.moderator.slash(
        world.general, "curate handover", practice=TITLE, owner=bot, why="x"
    )
    assert said.response.content == ("A bot can't look after a practice. Please choose a person.")


async def posted_by_hand(practical: Practical, who: Any, title: str, says: str, *tags: str) -> Any:
    """A post in the forum, made in Discord's own screens."""
    backend, forum = practical.world.env.backend, practical.forum
    ids = [tag.id for tag in forum.available_tags if tag.name in tags]
    thread = backend.create_thread(
        forum.id,
        name=title,
        owner_id=who.id,
        type=discord.ChannelType.public_thread.value,
        applied_tags=ids,
    )
    message = backend.create_message(thread.id, who.id, says)
    await practical.world.env.advance_time(10)
    return thread, message


async def test_a_post_made_by_hand_is_adopted_and_its_author_tells_the_rest(
    practical: Practical, no_mistakes: None
) -> None:
    world = practical.world
    await posted_by_hand(practical, world.amina, "Bread on Fridays", "We bake.", "Challenge")
    answer = practical.thread("Bread on Fridays").history()[-1]
    assert "I can't read what you wrote here" in text_of(answer)
    assert "Bread on Fridays" in text_of(practical.waiting())
    form = await world.amina.click(answer, label="Tell what works")
    under = await practical.under("Challenge", "Commissioning")
    told = await world.amina.submit_modal(
        form, {"title": "Bread on Fridays", "did": "We bake together.", "under": under}
    )
    assert told.ephemeral
    await world.env.advance_time(10)
    assert "A moderator reads it" in text_of(practical.thread("Bread on Fridays").history()[-1])
    await practical.moderator.click(practical.waiting(), label="Share it")
    await world.env.advance_time(10)
    assert "We bake together" in text_of(practical.thread("Bread on Fridays").history()[-1])
    assert practical.tags("Bread on Fridays") == {"Challenge", "Commissioning"}
    assert "Bread on Fridays" in await practical.search(world.bryn, "together", kind="Challenge")


@pytest.mark.simcord(check_errors=False)
async def test_nobody_else_tells_what_a_post_by_hand_says(practical: Practical) -> None:
    world = practical.world
    await posted_by_hand(practical, world.amina, "Bread", "We bake.")
    answer = practical.thread("Bread").history()[-1]
    refused = await world.bryn.click(answer, label="Tell what works")
    assert refused.response.content.startswith("I can't find that practice here")


async def test_a_post_by_a_bot_is_left_alone(practical: Practical) -> None:
    world = practical.world
    bot = world.server.add_member(world.env.create_user("helper", bot=True))
    await posted_by_hand(practical, bot, "Beep", "Boop.")
    assert len(practical.thread("Beep").history()) == 1
    assert practical.moderation.history() == []


async def test_a_post_by_somebody_who_has_left_is_left_alone(practical: Practical) -> None:
    world = practical.world
    world.env.backend.remove_member(world.server.id, world.chidi.id)
    await posted_by_hand(practical, world.chidi, "Gone", "I left.")
    assert len(practical.thread("Gone").history()) == 1


async def test_what_was_posted_while_the_bot_was_away_is_adopted_at_its_next_look(
    practical: Practical, db: Any
) -> None:
    from bot.app import services
    from bot.client import CoproductionBot

    world = practical.world
    backend = world.env.backend
    backend.subscribers, subscribers = [], backend.subscribers
    await posted_by_hand(practical, world.amina, "While away", "Hello.")
    backend.subscribers = subscribers
    await restart(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(20)
    assert len(practical.thread("While away").history()) == 2


async def test_a_post_that_its_author_deletes_takes_its_words_along(practical: Practical) -> None:
    world = practical.world
    thread, _ = await posted_by_hand(practical, world.amina, "Bread", "We bake.")
    await practical.moderator.click(practical.waiting(), label="Share it")
    await world.env.advance_time(10)
    assert "1 practice" in await practical.search(world.bryn, "bread")
    by_hand.delete_channel(world, thread.id)
    await world.env.advance_time(10)
    assert "Nothing found" in await practical.search(world.bryn, "bread")


async def test_a_post_whose_first_message_goes_or_changes_is_looked_at_again(
    practical: Practical,
) -> None:
    world = practical.world
    thread, message = await posted_by_hand(practical, world.amina, "Bread", "We bake.")
    await practical.moderator.click(practical.waiting(), label="Share it")
    await world.env.advance_time(10)
    await world.env.advance_time(26 * 3600)
    assert "1 practice" in await practical.search(world.bryn, "bread")
    world.env.backend.edit_message(thread.id, message.id, {"content": "We bake no more."})
    await world.env.advance_time(26 * 3600)
    assert "Nothing found" in await practical.search(world.bryn, "bread")
    assert "A practice waits" in text_of(practical.waiting())
    await practical.moderator.click(practical.waiting(), label="Share it")
    await world.env.advance_time(10)
    world.env.backend.delete_message(thread.id, message.id)
    await world.env.advance_time(26 * 3600)
    assert "Nothing found" in await practical.search(world.bryn, "bread")
    mine = await world.amina.slash(world.general, "practice mine")
    assert "None yet" in text_of(mine.response.message)


async def test_the_menu_of_its_first_message_brings_its_words(practical: Practical) -> None:
    world = practical.world
    await posted_by_hand(practical, world.amina, "Bread", "We bake bread.")
    shown = await world.amina.context_menu(
        practical.thread("Bread"), "Share as practice", practical.thread("Bread").history()[0]
    )
    filled = {"title": "Bread", "did": "We bake.", "under": await practical.under("Challenge")}
    await world.amina.submit_modal(shown, filled)
    await world.env.advance_time(10)
    assert "We bake." in text_of(practical.waiting())
    assert "A moderator reads it" in text_of(practical.thread("Bread").history()[-1])
