"""The demo's network is believable on any day of the year, and its lobby can use any menu."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import discord
import pytest

from bot.clock import instant_of
from bot.conversations.model import FURTHEST
from bot.demo import backstage, menus
from bot.demo.pages import Pages
from bot.demo.passing import Passing
from bot.demo.stage import Stage, raised
from bot.demo.world import ZONE, World, build, full_one, later_one, open_one
from bot.typed_date import read_date


def test_conversations_are_on_weekdays_well_ahead_on_any_day_of_two_years() -> None:
    for today in (date(2026, 11, 23) + timedelta(days=n) for n in range(2 * 366)):
        now = _at(today, 23)
        plans = [open_one(today), full_one(today), later_one(today)]
        for plan in plans:
            starts_at = read_date(plan.when, now=now, zone=ZONE)
            assert starts_at == _at(plan.day, 14)
            assert plan.day.weekday() < 5
            assert timedelta(days=3) < starts_at - now < FURTHEST
        assert plans == sorted(plans, key=lambda plan: plan.day)


def _at(day: date, hour: int) -> datetime:
    return instant_of(datetime(day.year, day.month, day.day, hour), ZONE)  # noqa: DTZ001  # on the wall


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with raised(tmp_path / "demo.db") as stage:
        yield stage


@pytest.fixture
async def world(stage: Stage) -> World:
    return await build(stage.env, until=datetime.now(UTC))


async def test_the_network_is_set_up_and_sound(stage: Stage, world: World) -> None:
    rosa = world.people["Rosa"]
    answer = await rosa.slash(world.server.channels["organising"], "network check")
    assert "Everything I need is here" in answer.response.content
    texts = [_text(stage, message) for message in world.server.channels["conversations"].history()]
    assert "2 coming, 10 places left, 1 maybe" in texts[0]
    assert "4 coming, full, 2 on the waitlist" in texts[1]
    assert "0 coming, no limit on places" in texts[2]
    assert stage.env.errors == []


def _text(stage: Stage, message: discord.Message) -> str:
    return "\n".join(
        item.content
        for container in message.components
        for item in getattr(container, "children", ())
        if isinstance(item, discord.TextDisplay)
    )


async def test_time_is_skipped_once_however_many_ask_what_time_it_is(
    stage: Stage, world: World
) -> None:
    pages = Pages(stage, world)
    passing = Passing(stage, pages.redraw)
    before = stage.env.now()
    await passing.skip(timedelta(days=40))
    passed = stage.env.now() - before
    assert timedelta(days=40) <= passed < timedelta(days=40, minutes=1)


async def test_a_message_menu_shows_its_form_to_whoever_chose_it(
    stage: Stage, world: World
) -> None:
    @stage.bot.tree.context_menu(name="Keep this")
    async def keep(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"Kept: {message.id}", ephemeral=True)

    await stage.bot.tree.sync()
    assert "Keep this" in menus.names(stage.bot)
    choice = next(each for each in menus.recent_messages(stage.env) if "Welcome" in each.words)
    message = menus.find(stage.env, choice.place)
    assert message is not None
    farah = world.people["Farah"]
    result = await menus.use(stage.env, farah, "Keep this", message)
    assert result.response.content == f"Kept: {message.id}"
    pages = Pages(stage, world)
    async with stage.turns:
        await pages.show(message.channel_id, result, farah.id)
    assert await pages.open(message.channel_id, farah.id) is not None
    await pages.close()


async def test_channels_that_come_later_are_shown_and_those_that_go_are_not(
    stage: Stage, world: World
) -> None:
    pages = Pages(stage, world)
    later = world.server.create_text_channel("later")
    assert "#later" in [room.name for room in pages.rooms().channels]
    assert await pages.open(later.id)
    await stage.bot.get_channel(later.id).delete()
    async with stage.turns:
        await pages.redraw()
    assert await pages.open(later.id) is None
    await pages.close()


async def test_everybody_has_the_roles_that_the_lobby_says(stage: Stage, world: World) -> None:
    roles = {name: backstage.role_names(stage.env, who) for name, who in world.people.items()}
    assert roles["Kwame"] == ["Organiser"]
    assert roles["Jean"] == ["Moderator", "Coming"]
    assert roles["Aisha"] == ["Coming"]
    assert roles["Farah"] == [], "on the waitlist"


async def test_the_lobby_lists_what_stands_beside_each_card(stage: Stage, world: World) -> None:
    titles = {event.name for event in backstage.scheduled_events(stage.env)}
    threads = {room.name for room in Pages(stage, world).rooms().threads}

    assert len(titles) == 4, "three that were planned, and the next of the series"
    assert threads == titles
