"""What a network's settings keep about people: an address, if it is somebody's."""

from bot.kept import Kept

KEPT = (
    Kept(
        what="the network's links and its contact address",
        why="to show them to members",
        how_long="until they are changed",
        forgetting="nothing: whoever looks after the server chose it, and can change it in "
        "/network setup",
        columns=("network_link.address",),
    ),
)

NOBODYS = {
    "a channel or a role, not a person": ("network_channel.channel_id", "network_role.role_id"),
    "a setting of the server": (
        "network.time_zone",
        "network_channel.used_for",
        "network_role.duty",
        "network_link.leads_to",
        "network_reminder.way",
        "network_reminder.minutes_before",
    ),
}
