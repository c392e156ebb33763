"""What people do in Discord's own screens, behind the bot's back."""

from typing import Any

from simcord.results import to_discord_message


def message(world: Any, sent: Any) -> Any:
    """One message as people see it: `history` makes all of a channel's anew each time."""
    kept = world.env.backend.get_message(sent.channel.id, sent.id)
    return to_discord_message(world.env, kept)


def events(world: Any) -> list[Any]:
    """The server's events list: what has not ended, soonest first."""
    found = world.env.backend.get_guild(world.server.id).scheduled_events.values()
    return sorted(
        (each for each in found if each.status in (1, 2)),
        key=lambda each: (each.scheduled_start_time, each.id),
    )


def change_event(world: Any, event: Any, **changes: Any) -> None:
    world.env.backend.edit_scheduled_event(world.server.id, event.id, changes)


def delete_event(world: Any, event: Any) -> None:
    world.env.backend.delete_scheduled_event(world.server.id, event.id)


def delete_event_unseen(world: Any, event: Any) -> None:
    """While the bot is away: it hears nothing of it."""
    del world.env.backend.get_guild(world.server.id).scheduled_events[event.id]


def delete_channel(world: Any, channel_id: int) -> None:
    """Or a thread."""
    world.env.backend.delete_channel(channel_id)


def delete_channel_unseen(world: Any, channel_id: int) -> None:
    backend = world.env.backend
    backend.subscribers, subscribers = [], backend.subscribers
    try:
        backend.delete_channel(channel_id)
    finally:
        backend.subscribers = subscribers


def carriers(world: Any, role: Any) -> set[str]:
    """The names of those who carry a role."""
    backend = world.env.backend
    members = backend.get_guild(world.server.id).members.values()
    return {backend.users[each.user_id].name for each in members if role.id in each.role_ids}


def give(world: Any, member: Any, role: Any) -> None:
    world.env.backend.add_member_role(world.server.id, member.id, role.id)


def take(world: Any, member: Any, role: Any) -> None:
    world.env.backend.remove_member_role(world.server.id, member.id, role.id)


def leave(world: Any, member: Any) -> None:
    world.env.backend.remove_member(world.server.id, member.id)


def delete_role(world: Any, role: Any) -> None:
    world.env.backend.delete_role(world.server.id, role.id)


def put_role_at(world: Any, role: Any, position: int) -> None:
    """Higher numbers stand above lower ones."""
    world.env.backend.edit_role(world.server.id, role.id, {"position": position})


def forbid(world: Any, *permissions: str) -> None:
    _permit(world, dict.fromkeys(permissions, False))


def allow(world: Any, *permissions: str) -> None:
    _permit(world, dict.fromkeys(permissions, True))


def _permit(world: Any, changes: dict[str, bool]) -> None:
    """To the bot, by its own role."""
    import discord

    backend = world.env.backend
    server = backend.get_guild(world.server.id)
    (role_id,) = server.members[backend.bot_user.id].role_ids
    permissions = discord.Permissions(server.roles[role_id].permissions)
    permissions.update(**changes)
    backend.edit_role(world.server.id, role_id, {"permissions": permissions.value})
