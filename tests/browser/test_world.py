"""The demo's network is believable on any day of the year, and its lobby can use any menu."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import discord
import pytest

from bot.clock import instant_of, to_text
from bot.conversations.model import FURTHEST
from bot.demo import backstage, menus
from bot.demo.pages import Pages
from bot.demo.passing import Passing
from bot.demo.sayings import gather
from bot.demo.stage import Stage, raised
from bot.demo.world import NAMES, ZONE, World, build, full_one, later_one, open_one
from bot.ids import MemberId, NetworkId
from bot.people import Person
from bot.storage.migrate import migrate
from bot.typed_date import read_date
from bot.wisdom.model import Use
from tests.discord.conftest import text_of


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
    return await build(stage, until=datetime.now(UTC))


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
    assert set(menus.names(stage.bot)) == {"Keep this", "Keep as wisdom", "Share as practice"}
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
    rooms = Pages(stage, world).rooms().threads
    threads = {room.name for room in rooms if room.about != "in #practice"}

    assert len(titles) == 4, "three that were planned, and the next of the series"
    assert threads == titles


async def test_quotes_are_found_by_another_word_and_shown_as_people_agreed(
    stage: Stage, world: World
) -> None:
    general = world.server.channels["general"]

    found = await world.people["Bev"].slash(general, "wisdom search", words="rough sleeping")

    told = text_of(found.response.message)
    assert "out on the" in told, "its own words are others"
    mine = await world.people["Aisha"].slash(general, "wisdom mine")
    assert "2 quotes." in text_of(mine.response.message)
    for use, fewest in zip(Use, (180, 50, 100, 50), strict=True):
        kept = [
            each
            async for each in stage.bot.services.wisdom.showing.everything(
                use, by=_moderator(world)
            )
        ]
        assert len(kept) >= fewest, use
        assert {each.year for each in kept} >= {2024, 2025, 2026}


async def test_some_quotes_wait_for_a_moderator_and_one_is_of_this_week(
    stage: Stage, world: World
) -> None:
    jean, organising = world.people["Jean"], world.server.channels["organising"]
    queue = world.server.channels["moderation-queue"].history()
    assert sum("A quote waits for a moderator" in text_of(each) for each in queue) == 2
    assert sum("A practice waits for a moderator" in text_of(each) for each in queue) == 2
    files = await jean.slash(organising, "curate imported")
    assert "4 of 4 quotes still to be recorded" in text_of(files.response.message)
    (of_week,) = world.server.channels["wisdom"].history()
    assert "Quote of the week" in text_of(of_week)
    assert len(of_week.attachments) == 1


async def test_what_worked_is_in_the_forum_with_an_index(stage: Stage, world: World) -> None:
    threads = {each.name: each for each in world.server.channels["practice"].threads}
    assert len(threads) == 13
    index = text_of(threads["What you find here"].history()[0])
    assert "12 practices in all" in index
    assert index.count("](https://discord.com/channels/") == 12
    general = world.server.channels["general"]
    found = await world.people["Bev"].slash(general, "practice search", words="interviewing")
    assert "Residents lead" in text_of(found.response.message)


async def test_nobody_is_told_again_of_what_was_told_years_ago(stage: Stage, world: World) -> None:
    for person in world.people.values():
        assert not any("published" in text_of(each) for each in person.user.dm_channel.history())


def _moderator(world: World) -> Person:
    return Person(
        network_id=NetworkId(world.server.id),
        member_id=MemberId(world.people["Jean"].id),
        is_moderator=True,
    )


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 3, 1, 9, 59, tzinfo=UTC),  # a Monday, before the hour
        datetime(2027, 3, 1, 10, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 23, 0, tzinfo=UTC),  # a Monday already where people are
        datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
    ],
)
async def test_what_was_said_was_said_before_today(tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "demo.db"
    migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO network (id) VALUES (1)")
        connection.execute("INSERT INTO network_channel VALUES (1, 'wisdom', 7)")
        connection.commit()
    people = {name: MemberId(number) for number, name in enumerate(NAMES, start=1)}

    await gather(path, NetworkId(1), people, now)

    with closing(sqlite3.connect(path)) as connection:
        states = dict(connection.execute("SELECT state, count(*) FROM quote GROUP BY state"))
        weeks = connection.execute("SELECT monday, quote_id FROM quote_of_week").fetchall()
        (latest,) = connection.execute(
            "SELECT max(at) FROM quote_change UNION SELECT max(published_at) FROM quote LIMIT 1"
        ).fetchone()
        owed = connection.execute("SELECT count(*) FROM notice WHERE state = 'owed'").fetchone()
    assert states["pending"] == 2
    assert states["to_record"] == 4
    assert states["published"] >= 180
    assert latest <= to_text(now)
    ((monday, quote_id),) = weeks
    assert monday <= now.date().isoformat() or now.hour == 23
    assert quote_id is not None
    assert owed == (0,)
