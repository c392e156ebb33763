"""The attendee role: with everybody who is coming, for as long, and never taken from others."""

from datetime import timedelta

import discord
import pytest

from bot.app import services
from bot.client import CoproductionBot
from bot.demo.simulator import crash, pass_while_down, restart
from tests.discord import by_hand
from tests.discord.by_hand import carriers, give, take
from tests.discord.conftest import text_of

pytestmark = pytest.mark.usefixtures("no_mistakes")
SAYS_NO = pytest.mark.simcord(check_errors=False)
MENU = "network:choose-attendee-role"


@pytest.fixture
async def role(world):
    made = world.server.create_role("Coming")
    await world.env.settle()
    await world.choose(MENU, made)
    return made


async def planned(world, title="Who decides?", places=5, **rest):
    card = await world.plan(title, places=places, **rest)
    await world.env.advance_time(10)
    return card


async def press(world, person, card, label):
    await person.click(card, label=label)
    await world.env.advance_time(10)


async def choose(world, *roles):
    shown = await world.manager.slash(world.general, "network setup")
    return await world.manager.select(shown.response.message, list(roles), custom_id=MENU)


async def check(world):
    checked = await world.manager.slash(world.general, "network check")
    return checked.response.content


async def restarted(world, db, stop=crash):
    await stop(world.env, CoproductionBot(services(db, world.parts.clock)))
    await world.env.advance_time(10)


async def set_wants_role(db, member, wants):
    async with db.write() as tx:
        await tx.run(
            "UPDATE sign_up SET wants_role = :wants WHERE member_id = :member",
            {"wants": wants, "member": member.id},
        )


async def test_signing_up_gives_it_and_leaving_takes_it_off(world, role):
    card = await planned(world)

    await press(world, world.amina, card, "Sign up")
    assert carriers(world, role) == {"amina"}
    await press(world, world.amina, card, "I can't make it")
    assert carriers(world, role) == set()


async def test_maybe_and_the_waitlist_carry_nothing_until_a_place_comes_up(world, role):
    card = await planned(world, places=1)
    await press(world, world.amina, card, "Sign up")
    await press(world, world.bryn, card, "Sign up")
    await press(world, world.chidi, card, "Maybe")
    assert carriers(world, role) == {"amina"}

    await press(world, world.amina, card, "I can't make it")

    assert carriers(world, role) == {"bryn"}


async def test_a_supporter_carries_it_as_well(world, role, db):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    async with db.write() as tx:
        await tx.run("UPDATE sign_up SET state = 'supporting'")
    await world.env.advance_time(3700)

    assert carriers(world, role) == {"amina"}


async def test_it_is_taken_off_when_the_last_conversation_is_over(world, role):
    first = await planned(world)
    second = await planned(world, "What gets in the way?", when="10 Dec 2pm")
    for card in (first, second):
        await press(world, world.amina, card, "Sign up")
    await press(world, world.bryn, first, "Sign up")

    await world.env.advance_time(timedelta(days=10, hours=6).total_seconds())
    assert carriers(world, role) == {"amina", "bryn"}, "still under way"
    await world.env.advance_time(3600)
    assert carriers(world, role) == {"amina"}
    await world.env.advance_time(timedelta(days=7).total_seconds())

    assert carriers(world, role) == set()


async def test_cancelling_takes_it_off(world, role):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    await world.organiser.submit_modal(form, {"words": "The hall has flooded."})
    await world.env.advance_time(10)

    assert carriers(world, role) == set()


async def test_being_taken_off_the_list_takes_it_off(world, role):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    await world.organiser.slash(
        world.general, "organise remove-person", conversation="who", person=world.amina,
        reason="You asked me to.",
    )  # fmt: skip
    await world.env.advance_time(10)

    assert carriers(world, role) == set()


async def test_what_was_given_by_hand_is_never_taken(world, role, db):
    give(world, world.amina, role)
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    await press(world, world.bryn, card, "Sign up")
    await restarted(world, db)

    await press(world, world.amina, card, "I can't make it")
    await press(world, world.bryn, card, "I can't make it")

    assert carriers(world, role) == {"amina"}


async def test_what_the_bot_gave_before_a_crash_is_still_known_to_be_its_own(world, role, db):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    async with db.write() as tx:
        await tx.run("UPDATE role_carried SET how = 'giving'")  # noted before it was given

    await restarted(world, db)
    await press(world, world.amina, card, "I can't make it")

    assert carriers(world, role) == set()


async def test_the_bot_was_away_while_it_was_to_be_taken_off(world, role, db):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    await world.bot.close()
    pass_while_down(world.env, timedelta(days=11))

    await restarted(world, db)

    assert carriers(world, role) == set()


async def test_one_taken_off_by_hand_comes_back_with_the_sweep(world, role, db):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    take(world, world.amina, role)

    await restarted(world, db, restart)

    assert carriers(world, role) == {"amina"}


async def test_who_does_not_want_it_does_not_carry_it(world, role, db):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")

    await set_wants_role(db, world.amina, 0)
    await world.env.advance_time(3700)
    assert carriers(world, role) == set()
    await set_wants_role(db, world.amina, 1)
    await world.env.advance_time(3700)

    assert carriers(world, role) == {"amina"}


async def test_doing_without_it_is_a_choice_of_ones_own(world, role):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    mine = await world.amina.click(card, label="My sign-up")

    form = await world.amina.click(mine.response.message, label="My choices")
    saved = await world.amina.submit_modal(form, {"shows_name": False, "wants_role": False})
    await world.env.advance_time(10)

    assert "You don't get the role." in saved.response.content
    assert carriers(world, role) == set()


async def test_the_place_of_somebody_who_left_the_server_is_free(world, role):
    card = await planned(world, places=1)
    await press(world, world.amina, card, "Sign up")
    await press(world, world.bryn, card, "Sign up")
    world.server.remove_member(world.amina)
    await world.env.settle()

    await world.env.advance_time(3700)

    assert carriers(world, role) == {"bryn"}
    assert "1 coming, full" in text_of(world.card())
    assert "A place has come up" in text_of(world.bryn.user.dm_channel.history()[0])


async def test_another_role_takes_over_from_the_first(world, role):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    give(world, world.bryn, role)
    other = world.server.create_role("Here")
    await world.env.settle()

    await choose(world, other)
    await world.env.advance_time(10)

    assert carriers(world, other) == {"amina"}
    assert carriers(world, role) == {"bryn"}


async def test_no_role_at_all_can_be_chosen_again(world, role, db):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")

    await choose(world)
    await world.env.advance_time(10)

    assert carriers(world, role) == set()
    assert await db.all("SELECT 1 FROM role_carried") == []
    await press(world, world.bryn, card, "Sign up")
    assert carriers(world, role) == set()


@SAYS_NO
async def test_a_role_above_the_bots_own_is_named_by_the_check_and_given_later(world, role):
    by_hand.put_role_at(world, role, 99)
    await world.env.settle()
    card = await planned(world)
    pressed = await world.amina.click(card, label="Sign up")
    assert pressed.response.content.startswith("You have a place")
    await world.env.advance_time(7300)
    assert carriers(world, role) == set()
    assert "I can't give people the attendee role." in await check(world)

    by_hand.put_role_at(world, role, 1)
    await world.env.settle()
    await world.env.advance_time(10)

    assert carriers(world, role) == {"amina"}
    assert "attendee role" not in await check(world)


@SAYS_NO
async def test_a_role_that_went_above_the_bots_own_is_taken_off_when_it_is_back(world, role):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    by_hand.put_role_at(world, role, 99)
    await world.env.settle()
    await press(world, world.amina, card, "I can't make it")
    assert carriers(world, role) == {"amina"}

    by_hand.put_role_at(world, role, 1)
    await world.env.settle()
    await world.env.advance_time(10)

    assert carriers(world, role) == set()


async def test_a_deleted_role_is_named_by_the_check_and_forgotten(world, role, db):
    card = await planned(world)
    await press(world, world.amina, card, "Sign up")
    by_hand.delete_role(world, role)
    await world.env.settle()
    await world.env.advance_time(10)

    assert "The attendee role has been deleted." in await check(world)
    pressed = await world.bryn.click(card, label="Sign up")
    assert pressed.response.content.startswith("You have a place")
    fresh = world.server.create_role("Here")
    await world.env.settle()
    await choose(world, fresh)
    await world.env.advance_time(10)

    assert carriers(world, fresh) == {"amina", "bryn"}
    assert "attendee role" not in await check(world)
    rows = await db.all("SELECT DISTINCT role_id FROM role_carried")
    assert [row["role_id"] for row in rows] == [fresh.id]


@SAYS_NO
async def test_an_hour_without_discord_delays_the_role_and_no_sign_up(world, role):
    world.env.inject_error("PUT", "/guilds/*/members/*/roles/*", status=500, times=None)
    card = await planned(world)
    for person in (world.amina, world.bryn):
        pressed = await person.click(card, label="Sign up")
        assert pressed.response.content.startswith("You have a place")
    await world.env.advance_time(3600)
    assert "2 coming" in text_of(world.card())
    await world.bryn.click(card, label="I can't make it")

    world.env.backend.faults.clear()
    await world.env.advance_time(600)

    assert carriers(world, role) == {"amina"}


async def test_more_people_than_discord_tells_of_at_once(world, role):
    card = await planned(world, places=300)
    crowd = [world.server.add_member(world.env.create_user(f"p{n}")) for n in range(230)]
    await world.env.settle()
    for person in crowd:
        await person.click(card, label="Sign up")
    await world.env.advance_time(60)
    assert len(carriers(world, role)) == 230

    form = await world.organiser.slash(world.general, "organise cancel", conversation="who")
    await world.organiser.submit_modal(form, {"words": "The hall has flooded."})
    await world.env.advance_time(10)

    assert carriers(world, role) == set()


@SAYS_NO
async def test_roles_that_are_not_for_everybody_are_refused(world):
    strong = world.server.create_role(
        "Helper", permissions=discord.Permissions(manage_messages=True)
    )
    await world.env.settle()

    refused = await choose(world, world.server.roles["Organiser"])
    assert refused.response.content == (
        "That is the role of organisers or moderators. Please choose one for everybody who is "
        "coming."
    )
    refused = await choose(world, strong)
    assert refused.response.content == (
        "That role lets people change things in this server, and everybody who signs up would "
        "get it. Please choose one without such permissions."
    )
    refused = await choose(world, world.server.default_role)
    assert refused.response.content.startswith("Please choose a role that you give to people")


@SAYS_NO
async def test_only_managers_choose_it(world):
    made = world.server.create_role("Coming")
    await world.env.settle()
    shown = await world.manager.slash(world.general, "network setup")

    by_hand.take(world, world.manager, world.server.roles["Manager"])

    refused = await world.manager.select(shown.response.message, [made], custom_id=MENU)

    assert refused.response.content.startswith("Only people with “Manage Server” can change")
