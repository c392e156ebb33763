"""The SQL for networks. Rows stop here: callers get the model."""

import json
from collections.abc import Sequence

from bot.ids import ChannelId, NetworkId, RoleId
from bot.network.model import DEFAULT_REMINDERS, ChannelUse, Duty, LinkTo, Network, ReminderWay
from bot.storage.database import Queries, Row, Transaction


async def find(db: Queries, network_id: NetworkId) -> Network | None:
    row = await db.one(
        """
        SELECT id, time_zone,
               (SELECT json_group_object(used_for, channel_id)
                FROM network_channel WHERE network_id = network.id) AS channels,
               (SELECT json_group_object(duty, role_id)
                FROM network_role WHERE network_id = network.id AND duty <> 'attendee') AS roles,
               (SELECT role_id
                FROM network_role WHERE network_id = network.id AND duty = 'attendee')
               AS attendee_role,
               (SELECT json_group_object(leads_to, address)
                FROM network_link WHERE network_id = network.id) AS links,
               (SELECT json_group_object(way, json(minutes_before))
                FROM network_reminder WHERE network_id = network.id) AS reminders
        FROM network
        WHERE id = :id
        """,
        {"id": network_id},
    )
    return None if row is None else _network(row)


async def ensure(tx: Transaction, network_id: NetworkId) -> None:
    """A row to hang things on, whether or not anybody has opened the setup."""
    await tx.run(
        "INSERT INTO network (id) VALUES (:id) ON CONFLICT (id) DO NOTHING", {"id": network_id}
    )


async def set_time_zone(tx: Transaction, network_id: NetworkId, name: str) -> None:
    await tx.run(
        "UPDATE network SET time_zone = :name WHERE id = :id", {"id": network_id, "name": name}
    )


async def set_channel(
    tx: Transaction, network_id: NetworkId, used_for: ChannelUse, channel_id: ChannelId
) -> None:
    await tx.run(
        """
        INSERT INTO network_channel (network_id, used_for, channel_id)
        VALUES (:network_id, :used_for, :channel_id)
        ON CONFLICT (network_id, used_for) DO UPDATE SET channel_id = excluded.channel_id
        """,
        {"network_id": network_id, "used_for": used_for, "channel_id": channel_id},
    )


async def set_role(tx: Transaction, network_id: NetworkId, duty: Duty, role_id: RoleId) -> None:
    await tx.run(
        """
        INSERT INTO network_role (network_id, duty, role_id)
        VALUES (:network_id, :duty, :role_id)
        ON CONFLICT (network_id, duty) DO UPDATE SET role_id = excluded.role_id
        """,
        {"network_id": network_id, "duty": duty, "role_id": role_id},
    )


async def set_attendee_role(tx: Transaction, network_id: NetworkId, role_id: RoleId) -> None:
    await tx.run(
        """
        INSERT INTO network_role (network_id, duty, role_id)
        VALUES (:network_id, 'attendee', :role_id)
        ON CONFLICT (network_id, duty) DO UPDATE SET role_id = excluded.role_id
        """,
        {"network_id": network_id, "role_id": role_id},
    )


async def drop_attendee_role(tx: Transaction, network_id: NetworkId) -> None:
    await tx.run(
        "DELETE FROM network_role WHERE network_id = :network_id AND duty = 'attendee'",
        {"network_id": network_id},
    )


async def with_attendee_role(db: Queries) -> list[NetworkId]:
    rows = await db.all("SELECT network_id FROM network_role WHERE duty = 'attendee'")
    return [NetworkId(row["network_id"]) for row in rows]


async def set_link(tx: Transaction, network_id: NetworkId, leads_to: LinkTo, address: str) -> None:
    await tx.run(
        """
        INSERT INTO network_link (network_id, leads_to, address)
        VALUES (:network_id, :leads_to, :address)
        ON CONFLICT (network_id, leads_to) DO UPDATE SET address = excluded.address
        """,
        {"network_id": network_id, "leads_to": leads_to, "address": address},
    )


async def drop_link(tx: Transaction, network_id: NetworkId, leads_to: LinkTo) -> None:
    await tx.run(
        "DELETE FROM network_link WHERE network_id = :network_id AND leads_to = :leads_to",
        {"network_id": network_id, "leads_to": leads_to},
    )


async def set_reminders(
    tx: Transaction, network_id: NetworkId, way: ReminderWay, minutes_before: Sequence[int]
) -> None:
    await tx.run(
        """
        INSERT INTO network_reminder (network_id, way, minutes_before)
        VALUES (:network_id, :way, :minutes_before)
        ON CONFLICT (network_id, way) DO UPDATE SET minutes_before = excluded.minutes_before
        """,
        {"network_id": network_id, "way": way, "minutes_before": json.dumps(minutes_before)},
    )


def _network(row: Row) -> Network:
    reminders = {ReminderWay(way): tuple(m) for way, m in json.loads(row["reminders"]).items()}
    return Network(
        id=NetworkId(row["id"]),
        time_zone=row["time_zone"],
        channels={ChannelUse(u): ChannelId(c) for u, c in json.loads(row["channels"]).items()},
        roles={Duty(d): RoleId(r) for d, r in json.loads(row["roles"]).items()},
        attendee_role=None if row["attendee_role"] is None else RoleId(row["attendee_role"]),
        links={LinkTo(t): address for t, address in json.loads(row["links"]).items()},
        reminders={**DEFAULT_REMINDERS, **reminders},
    )
