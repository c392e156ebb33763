"""Setting a server up: the panel, the one press, and the check."""

import discord
import pytest

from bot.demo.simulator import set_bot_permissions
from bot.network.model import ChannelUse, Duty, LinkTo, ReminderWay
from cogs.network.needs import NEEDS, Where, invite_permissions
from tests.discord.conftest import text_of

SAYS_NO = pytest.mark.simcord(check_errors=False)


async def panel(world, who=None):
    shown = await (who or world.manager).slash(world.general, "network setup")
    return shown.response.message


async def press(world, label, who=None):
    who = who or world.manager
    return await who.click(await panel(world, who), label=label)


async def check(world):
    checked = await world.manager.slash(world.general, "network check")
    return checked.response.content


def command_id(world, name):
    commands = world.env.backend.commands[None].values()
    return next(int(command["id"]) for command in commands if command["name"] == name)


async def chosen(world):
    return await world.parts.networks.get(world.network_id)


async def test_one_press_makes_everything_and_then_the_bot_works(world):
    pressed = await press(world, "Create what is missing")

    report = pressed.followups[-1].content
    assert report.endswith("**Done.**")
    assert "Organisers: <@&" in report
    assert "as before." in report, "what was chosen stays"
    assert report.count(": I made ") == 4  # the moderators' role and three channels
    network = await chosen(world)
    assert set(network.channels) == set(ChannelUse)
    assert set(network.roles) == set(Duty)
    assert await check(world) == "Everything I need is here. Nothing to mend."


async def test_the_forum_arrives_with_its_twenty_tags(world):
    await press(world, "Create what is missing")

    network = await chosen(world)
    forum = world.bot.get_channel(network.channels[ChannelUse.PRACTICE])
    assert [tag.name for tag in forum.available_tags] == list(
        await world.parts.themes.forum_labels(world.network_id)
    )
    assert len(forum.available_tags) == 20
    assert max(len(tag.name) for tag in forum.available_tags) <= 20


async def test_the_moderators_channel_is_closed_to_everybody_else(world):
    await press(world, "Create what is missing")

    channel = world.bot.get_channel((await chosen(world)).channels[ChannelUse.MODERATION])
    role = world.bot.get_guild(world.server.id).get_role(
        (await chosen(world)).roles[Duty.MODERATOR]
    )
    assert not channel.permissions_for(channel.guild.default_role).view_channel
    assert channel.permissions_for(role).view_channel


async def test_a_second_press_makes_nothing_twice(world):
    await press(world, "Create what is missing")
    before = list(world.server.channels), list(world.server.roles)

    pressed = await press(world, "Create what is missing")

    assert (list(world.server.channels), list(world.server.roles)) == before
    assert "I made" not in pressed.followups[-1].content


async def test_what_is_there_by_name_is_used_and_not_doubled(world):
    world.server.create_text_channel("wisdom")
    world.server.create_role("moderator")
    await world.env.settle()

    pressed = await press(world, "Create what is missing")

    assert pressed.followups[-1].content.count("I found and will use") == 2
    assert list(world.server.channels).count("wisdom") == 1


async def test_a_deleted_channel_and_role_are_made_again(world):
    await press(world, "Create what is missing")
    network = await chosen(world)
    with world.env.time_context():
        await world.bot.get_channel(network.channels[ChannelUse.WISDOM]).delete()
        server = world.bot.get_guild(world.server.id)
        await server.get_role(network.roles[Duty.MODERATOR]).delete()
    await world.env.settle()

    assert "The wisdom channel (where quotes are shown, with consent) has been deleted" in (
        await check(world)
    )
    assert "The role for moderators" in await check(world)
    await press(world, "Create what is missing")
    assert await check(world) == "Everything I need is here. Nothing to mend."


async def test_tags_that_were_there_keep_their_ids(world):
    await press(world, "Create what is missing")
    forum = world.bot.get_channel((await chosen(world)).channels[ChannelUse.PRACTICE])
    kept = forum.available_tags[:18]
    with world.env.time_context():
        await forum.edit(available_tags=kept)
    await world.env.settle()
    assert "lacks 2 tags." in await check(world)

    await press(world, "Create what is missing")

    assert {tag.id for tag in kept} < {tag.id for tag in forum.available_tags}
    assert len(forum.available_tags) == 20


async def test_a_forum_full_of_other_tags_is_not_touched(world):
    await press(world, "Create what is missing")
    forum = world.bot.get_channel((await chosen(world)).channels[ChannelUse.PRACTICE])
    with world.env.time_context():
        await forum.edit(available_tags=[discord.ForumTag(name=f"ours {n}") for n in range(15)])
    await world.env.settle()

    pressed = await press(world, "Create what is missing")

    assert "has tags of its own, so 20 of mine don't fit" in pressed.followups[-1].content
    assert len(forum.available_tags) == 15


@SAYS_NO
async def test_what_cannot_be_made_is_named_with_its_reason_and_the_rest_is_made(world):
    set_bot_permissions(world.env, discord.Permissions(view_channel=True, send_messages=True))
    await world.env.settle()

    pressed = await press(world, "Create what is missing")

    report = pressed.followups[-1].content
    assert "I couldn't make #wisdom: I need **Manage Channels** and **Manage Roles**" in report
    assert report.endswith("**Done.**")


async def test_menus_choose_zone_channels_and_roles(world):
    forum = world.server.create_forum_channel("what-works")
    role = world.server.create_role("Carers")
    await world.env.settle()

    await world.manager.select(
        await panel(world), ["Europe/Lisbon"], custom_id="network:choose-zone"
    )
    await world.manager.select(
        await panel(world), [forum], custom_id="network:choose-channel:practice"
    )
    await world.manager.select(
        await panel(world), [role], custom_id="network:choose-role:moderator"
    )

    network = await chosen(world)
    assert network.time_zone == "Europe/Lisbon"
    assert network.channels[ChannelUse.PRACTICE] == forum.id
    assert network.roles[Duty.MODERATOR] == role.id


async def test_any_other_zone_can_be_typed(world):
    form = await world.manager.select(
        await panel(world), ["other"], custom_id="network:choose-zone"
    )
    shown = await world.manager.submit_modal(form, {"zone": "Reykjavik"})

    assert (await chosen(world)).time_zone == "Atlantic/Reykjavik"
    assert shown.response is not None


@SAYS_NO
async def test_a_zone_nobody_knows_is_refused_with_near_ones(world):
    form = await world.manager.select(
        await panel(world), ["other"], custom_id="network:choose-zone"
    )
    refused = await world.manager.submit_modal(form, {"zone": "Lisbonn"})

    assert "I don't know that time zone." in refused.response.content
    assert "Did you mean Europe/Lisbon" in refused.response.content


async def test_links_are_kept_and_shown_to_members(world):
    await world.plan()
    form = await press(world, "Change the links")
    await world.manager.submit_modal(
        form,
        {
            "joining": "https://example.org/join",
            "tickets": "",
            "contact": "hello@example.org",
            "starting": "https://example.org/start",
        },
    )

    network = await chosen(world)
    assert network.links == {
        LinkTo.JOINING: "https://example.org/join",
        LinkTo.CONTACT: "hello@example.org",
        LinkTo.STARTING: "https://example.org/start",
    }
    card = text_of(await world.refreshed())
    assert "Contact us: hello@example.org" in card
    assert "[Getting started](https://example.org/start)" in card
    helped = await world.amina.slash(world.general, "help")
    assert "https://example.org/join" in text_of(helped.response.message)


@SAYS_NO
async def test_a_link_that_is_none_is_refused_and_nothing_is_kept(world):
    form = await press(world, "Change the links")

    refused = await world.manager.submit_modal(
        form, {"joining": "https://example.org/join", "tickets": "javascript:alert(1)"}
    )

    assert "A link must begin with “https://”." in refused.response.content
    assert (await chosen(world)).links == {}


async def test_reminder_defaults_are_ticked_and_kept(world):
    form = await press(world, "Change the reminders")
    await world.manager.submit_modal(form, {"channel": ["1440"], "direct": []})

    network = await chosen(world)
    assert network.reminders == {ReminderWay.CHANNEL: (1440,), ReminderWay.DIRECT: ()}
    assert "By private message, to those who asked: never" in text_of(await panel(world))


@SAYS_NO
@pytest.mark.parametrize("command", ["network setup", "network check"])
async def test_only_people_who_run_the_server_may(world, command):
    world.server.set_command_permissions(command_id(world, "network"), {world.amina: True})

    refused = await world.amina.slash(world.general, command)

    assert refused.response.content.startswith("Only people with “Manage Server” can ")
    assert refused.response.content.endswith("Ask somebody who runs this server.")


@SAYS_NO
@pytest.mark.parametrize(
    "label",
    [
        "Create what is missing",
        "Let roles see their commands",
        "Check everything",
        "Change the links",
        "Change the reminders",
    ],
)
async def test_a_panel_is_of_no_use_to_somebody_who_no_longer_runs_the_server(world, label):
    message = await panel(world)
    with world.env.time_context():
        member = await world.bot.get_guild(world.server.id).fetch_member(world.manager.id)
        await member.remove_roles(*member.roles[1:])
    await world.env.settle()

    refused = await world.manager.click(message, label=label)

    assert refused.response.content.startswith("Only people with “Manage Server” can ")


async def test_roles_that_cannot_see_their_commands_are_named_and_helped(world):
    role = world.server.create_role("Hosts")
    await world.env.settle()
    await world.manager.select(
        await panel(world), [role], custom_id="network:choose-role:organiser"
    )
    await press(world, "Create what is missing")
    assert f"People with <@&{role.id}> can't see /organise." in await check(world)

    pressed = await press(world, "Let roles see their commands")

    assert f"<@&{role.id}> now has **Manage Events**" in pressed.followups[-1].content
    assert await check(world) == "Everything I need is here. Nothing to mend."


async def test_commands_closed_in_the_servers_own_settings_are_noticed(world):
    await press(world, "Create what is missing")
    role = world.server.roles["Organiser"]

    world.server.set_command_permissions(command_id(world, "organise"), {role: False})

    found = await check(world)
    assert f"People with <@&{role.id}> can't see /organise." in found
    assert "Integrations" in found


@pytest.mark.parametrize("need", NEEDS, ids=lambda need: need.flag)
async def test_each_missing_permission_is_named(world, need):
    await press(world, "Create what is missing")
    if need.where in (Where.SERVER, Where.LIST):
        less = invite_permissions()
        less.update(**{need.flag: False})
        set_bot_permissions(world.env, less)
    else:
        channel = world.bot.get_channel(world.channel.id)
        if need.where is Where.FORUM:
            (channel,) = channel.guild.forums
        with world.env.time_context():
            await channel.set_permissions(channel.guild.me, **{need.flag: False})
    await world.env.settle()

    assert f"**{need.called}**" in await check(world)


async def test_an_open_moderators_channel_is_noticed(world):
    await press(world, "Create what is missing")
    await world.manager.select(
        await panel(world), [world.general], custom_id="network:choose-channel:moderation"
    )

    assert f"Everybody can read <#{world.general.id}>." in await check(world)


async def test_people_with_closed_messages_are_counted_never_named(world, db):
    await press(world, "Create what is missing")
    async with db.write() as tx:
        await tx.run(
            "INSERT INTO closed_messages (network_id, member_id, since) "
            "VALUES (:n, :m, '2026-11-01T00:00:00Z')",
            {"n": world.network_id, "m": world.amina.id},
        )

    found = await check(world)

    assert "1 person can't get private messages from me." in found
    assert "amina" not in found


@SAYS_NO
async def test_everybody_cannot_be_made_organisers(world):
    refused = await world.manager.select(
        await panel(world),
        [world.server.default_role],
        custom_id="network:choose-role:organiser",
    )

    assert refused.response.content == (
        "Please choose a role that you give to people: not @everyone, and not one that belongs "
        "to a bot."
    )


@SAYS_NO
async def test_creating_twice_at_once_creates_once(world):
    world.bot.being_made.add(world.server.id)

    refused = await press(world, "Create what is missing")

    assert refused.response.content == (
        "I am creating things here already. Please wait a moment, then look again."
    )
    world.bot.being_made.clear()
    assert (
        (await press(world, "Create what is missing")).followups[-1].content.endswith("**Done.**")
    )
