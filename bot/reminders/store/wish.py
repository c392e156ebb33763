"""The SQL for what people and organisers chose about reminders."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.clock import from_text, to_text
from bot.ids import ConversationId, MemberId, NetworkId
from bot.network.model import ReminderWay
from bot.reminders.model import Hours, ReminderWish
from bot.storage.database import Queries, Row, Transaction


async def get(db: Queries, network_id: NetworkId, member_id: MemberId) -> ReminderWish:
    row = await db.one(
        """
        SELECT is_wanted, minutes_before, from_hour, until_hour, time_zone, paused_until
        FROM reminder_wish
        WHERE network_id = :network_id AND member_id = :member_id
        """,
        {"network_id": network_id, "member_id": member_id},
    )
    return ReminderWish() if row is None else of_row(row)


async def get_for_one(
    db: Queries, network_id: NetworkId, member_id: MemberId, conversation_id: ConversationId
) -> ReminderWish:
    """As `get`, and with what they chose for this conversation alone."""
    wish = await get(db, network_id, member_id)
    row = await db.one(
        """
        SELECT is_wanted FROM reminder_of_one
        WHERE conversation_id = :conversation_id AND member_id = :member_id
        """,
        {"conversation_id": conversation_id, "member_id": member_id},
    )
    return wish if row is None else wish.for_one(is_wanted=bool(row["is_wanted"]))


async def set_wanted(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, *, is_wanted: bool
) -> None:
    await tx.run(
        """
        INSERT INTO reminder_wish (network_id, member_id, is_wanted)
        VALUES (:network_id, :member_id, :is_wanted)
        ON CONFLICT (network_id, member_id) DO UPDATE SET is_wanted = excluded.is_wanted
        """,
        {"network_id": network_id, "member_id": member_id, "is_wanted": is_wanted},
    )


async def set_times(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, minutes: Sequence[int] | None
) -> None:
    """None: when the network does."""
    await tx.run(
        """
        INSERT INTO reminder_wish (network_id, member_id, minutes_before)
        VALUES (:network_id, :member_id, :minutes_before)
        ON CONFLICT (network_id, member_id) DO UPDATE SET minutes_before = excluded.minutes_before
        """,
        {
            "network_id": network_id,
            "member_id": member_id,
            "minutes_before": None if minutes is None else json.dumps(minutes),
        },
    )


async def set_hours(
    tx: Transaction,
    network_id: NetworkId,
    member_id: MemberId,
    hours: Hours,
    time_zone: str | None,
) -> None:
    await tx.run(
        """
        INSERT INTO reminder_wish (network_id, member_id, from_hour, until_hour, time_zone)
        VALUES (:network_id, :member_id, :from_hour, :until_hour, :time_zone)
        ON CONFLICT (network_id, member_id)
        DO UPDATE SET from_hour = excluded.from_hour, until_hour = excluded.until_hour,
                      time_zone = excluded.time_zone
        """,
        {
            "network_id": network_id,
            "member_id": member_id,
            "from_hour": hours.from_hour,
            "until_hour": hours.until_hour,
            "time_zone": time_zone,
        },
    )


async def set_pause(
    tx: Transaction, network_id: NetworkId, member_id: MemberId, until: datetime | None
) -> None:
    await tx.run(
        """
        INSERT INTO reminder_wish (network_id, member_id, paused_until)
        VALUES (:network_id, :member_id, :until)
        ON CONFLICT (network_id, member_id) DO UPDATE SET paused_until = excluded.paused_until
        """,
        {
            "network_id": network_id,
            "member_id": member_id,
            "until": None if until is None else to_text(until),
        },
    )


async def set_for_one(
    tx: Transaction, conversation_id: ConversationId, member_id: MemberId, *, is_wanted: bool
) -> None:
    await tx.run(
        """
        INSERT INTO reminder_of_one (conversation_id, member_id, is_wanted)
        VALUES (:conversation_id, :member_id, :is_wanted)
        ON CONFLICT (conversation_id, member_id) DO UPDATE SET is_wanted = excluded.is_wanted
        """,
        {"conversation_id": conversation_id, "member_id": member_id, "is_wanted": is_wanted},
    )


async def forget_wanted_ones(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """Somebody who wants no reminders any more wants none of single conversations either."""
    await tx.run(
        """
        DELETE FROM reminder_of_one
        WHERE member_id = :member_id AND is_wanted = 1
          AND conversation_id IN (SELECT id FROM conversation WHERE network_id = :network_id)
        """,
        {"network_id": network_id, "member_id": member_id},
    )


async def times_of(
    db: Queries, conversation_id: ConversationId
) -> Mapping[ReminderWay, Sequence[int]]:
    """The times that its organisers chose for one conversation; empty when they chose none."""
    rows = await db.all(
        """
        SELECT way, minutes_before FROM conversation_reminder
        WHERE conversation_id = :conversation_id
        """,
        {"conversation_id": conversation_id},
    )
    return {ReminderWay(row["way"]): tuple(json.loads(row["minutes_before"])) for row in rows}


async def set_times_of(
    tx: Transaction, conversation_id: ConversationId, way: ReminderWay, minutes: Sequence[int]
) -> None:
    await tx.run(
        """
        INSERT INTO conversation_reminder (conversation_id, way, minutes_before)
        VALUES (:conversation_id, :way, :minutes_before)
        ON CONFLICT (conversation_id, way) DO UPDATE SET minutes_before = excluded.minutes_before
        """,
        {
            "conversation_id": conversation_id,
            "way": way,
            "minutes_before": json.dumps(minutes),
        },
    )


async def drop_times_of(tx: Transaction, conversation_id: ConversationId) -> None:
    await tx.run(
        "DELETE FROM conversation_reminder WHERE conversation_id = :conversation_id",
        {"conversation_id": conversation_id},
    )


def of_row(row: Row) -> ReminderWish:
    """The wish in a row that has all its columns, also one of a join that found none."""
    times, paused_until = row["minutes_before"], row["paused_until"]
    hours = Hours()
    if row["from_hour"] is not None:
        hours = Hours(from_hour=row["from_hour"], until_hour=row["until_hour"])
    return ReminderWish(
        is_wanted=bool(row["is_wanted"]),
        times=None if times is None else tuple(json.loads(times)),
        hours=hours,
        time_zone=row["time_zone"],
        paused_until=None if paused_until is None else from_text(paused_until),
    )


async def forget(tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
    """Whatever they chose, for all conversations or for one."""
    asked = {"network_id": network_id, "member_id": member_id}
    await tx.run(
        "DELETE FROM reminder_wish WHERE network_id = :network_id AND member_id = :member_id",
        asked,
    )
    await tx.run(
        """
        DELETE FROM reminder_of_one
        WHERE member_id = :member_id
          AND conversation_id IN (SELECT id FROM conversation WHERE network_id = :network_id)
        """,
        asked,
    )
