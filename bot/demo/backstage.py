"""What simcord knows of its world and shows in no public way: looked at, and set right.

`Env.backend` has no underscore, but simcord promises nothing about it: tests/test_simulator.py
looks after these names too.
"""

import simcord
from simcord.backend.access import can_access_channel
from simcord.backend.models import Channel, Message, ScheduledEvent


def name_the_bot(env: simcord.Env, name: str) -> None:
    """Only before the world is built."""
    env.backend.bot_user.name = name


def give_role(env: simcord.Env, member: simcord.MemberActor, role: simcord.RoleHandle) -> None:
    env.backend.add_member_role(member.guild.id, member.id, role.id)


def role_names(env: simcord.Env, member: simcord.MemberActor) -> list[str]:
    server = env.backend.get_guild(member.guild.id)
    held = server.members[member.id].role_ids
    return [server.roles[role_id].name for role_id in held if role_id in server.roles]


def close_messages(env: simcord.Env, user: simcord.UserHandle) -> None:
    """The bot's private messages to *user* are refused from now on, as their settings say."""
    path = f"/channels/{user.dm_channel.id}/messages"
    env.inject_error("POST", path, status=403, code=50007, times=None)


def channels(env: simcord.Env) -> list[Channel]:
    """Every channel, forum, thread and private message, oldest first."""
    return sorted(env.backend.channels.values(), key=lambda channel: channel.id)


def handle_of(env: simcord.Env, channel: Channel) -> simcord.ChannelHandle:
    server = env.guild if channel.guild_id is not None else None
    return simcord.ChannelHandle(env, server, channel)


def may_read(env: simcord.Env, channel: Channel, who: simcord.MemberActor) -> bool:
    return can_access_channel(env, channel.id, who, history=True)


def messages_in(env: simcord.Env, channel: Channel) -> list[Message]:
    """What anybody in the channel can see, oldest first: private answers are left out."""
    messages = env.backend.messages.get(channel.id, {}).values()
    return sorted((m for m in messages if m.visible_to(None)), key=lambda m: m.id)


def scheduled_events(env: simcord.Env) -> list[ScheduledEvent]:
    """The server's events list, soonest first."""
    events = env.backend.get_guild(env.guild.id).scheduled_events.values()
    return sorted(events, key=lambda event: event.scheduled_start_time)


def channel_of(env: simcord.Env, message: Message) -> simcord.ChannelHandle:
    return handle_of(env, env.backend.get_channel(message.channel_id))


def called(env: simcord.Env, user_id: int) -> str:
    user = env.backend.get_user(user_id)
    return user.global_name or user.name


def forget_private_answers(env: simcord.Env) -> None:
    """As Discord does when somebody closes it: answers only they could see are gone."""
    for channel_id, messages in env.backend.messages.items():
        for message in [each for each in messages.values() if each.is_ephemeral]:
            env.backend.delete_message(channel_id, message.id)
