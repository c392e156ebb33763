"""A process for `test_kill` to kill: `python -m tests.faults.a_copy deliver|remind|owe …`

It imports no Discord, so that it starts in a tenth of a second.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.bell import Bell
from bot.conversations.service.sign_ups import SignUps
from bot.ids import ConversationId, MemberId, NetworkId
from bot.network.service import Networks
from bot.notices.model import Delivery, Notice
from bot.notices.service import Notices
from bot.reminders.service.owing import Reminders
from bot.storage.database import Database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOME = NetworkId(1001)


class Ahead:
    """A clock that is *seconds* ahead of the one before it, so that leases end."""

    def __init__(self, seconds: float) -> None:
        self.at = NOW + timedelta(seconds=seconds)

    def now(self) -> datetime:
        return self.at


class Letterbox:
    """A file that outlives us, and takes no second letter with the same nonce. As Discord does."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        self._nonces = {line.split()[0] for line in path.read_text().splitlines()}

    async def send(self, notice: Notice) -> Delivery:
        if notice.nonce not in self._nonces:
            os.write(self._file, f"{notice.nonce} {notice.id}\n".encode())
            os.fsync(self._file)
            self._nonces.add(notice.nonce)
        return Delivery.SENT


async def deliver(database: Path, letterbox: Path, seconds_ahead: float) -> None:
    clock = Ahead(seconds_ahead)
    async with Database.open(database) as db:
        notices, messenger = Notices(db, clock), Letterbox(letterbox)
        print("ready", flush=True)  # noqa: T201
        while sent := await notices.deliver_due(messenger):
            clock.at += timedelta(seconds=sent)


class ForgetfulLetterbox(Letterbox):
    """Takes the same nonce again after a restart, as Discord does after some minutes.

    But what lies in it can be looked at, which whoever may have been here before must do.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._lying_there, self._nonces = self._nonces, set()

    async def send(self, notice: Notice) -> Delivery:
        if notice.may_have_been_sent and notice.nonce in self._lying_there:
            return Delivery.SENT
        return await super().send(notice)


async def remind(database: Path, letterbox: Path, seconds_ahead: float) -> None:
    clock = Ahead(seconds_ahead)
    async with Database.open(database) as db:
        notices, messenger = Notices(db, clock), ForgetfulLetterbox(letterbox)
        reminders = Reminders(db, clock, Networks(db), notices)
        print("ready", flush=True)  # noqa: T201
        await reminders.owe_due()
        while sent := await notices.deliver_due(messenger):
            clock.at += timedelta(seconds=sent)


async def owe(database: Path, conversation_id: ConversationId) -> None:
    """Member 1 has the only place, member 2 waits. The first one leaves; then comes the end."""
    async with Database.open(database) as db:
        clock = Ahead(0)
        sign_ups = SignUps(db, clock, Networks(db), Notices(db, clock), Bell())
        await sign_ups.leave(conversation_id, HOME, MemberId(1))
        print("ready", flush=True)  # noqa: T201
        sys.stdin.read()


if __name__ == "__main__":
    doing, file, *rest = sys.argv[1:]
    if doing in {"deliver", "remind"}:
        work = deliver if doing == "deliver" else remind
        asyncio.run(work(Path(file), Path(rest[0]), float(rest[1])))
    else:
        asyncio.run(owe(Path(file), ConversationId(int(rest[0]))))
