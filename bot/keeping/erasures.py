"""Who asked to be forgotten, and when: ids and times, in a file that outlives the database.

A backup taken before somebody was forgotten still knows them. So whoever restores one reads
here whom to forget again.
"""

import json
import logging
import os
import threading
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from bot.clock import from_text, to_text
from bot.errors import Misconfigured
from bot.ids import GuestId, MemberId, NetworkId
from bot.storage.database import Database, Transaction

log = logging.getLogger(__name__)

_writing = threading.Lock()
"""One process writes to a journal, in threads of its own."""

Eraser: TypeAlias = Callable[[Transaction, NetworkId, MemberId], Awaitable[None]]
"""Forgets a person in a network, as far as one feature knows them. Twice does no harm."""

GuestEraser: TypeAlias = Callable[[Transaction, NetworkId, GuestId], Awaitable[bool]]
"""Forgets a guest, who has no Discord id. False: there is no such guest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    network_id: NetworkId
    member_id: MemberId | None = None
    guest_id: GuestId | None = None  # instead of the other, for somebody without Discord
    at: datetime

    def is_of_same(self, other: "Erasure") -> bool:
        """Whether both are about one person."""
        mine = (self.network_id, self.member_id, self.guest_id)
        return mine == (other.network_id, other.member_id, other.guest_id)


def journal_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.erasures")


def write_down(journal: Path, erasure: Erasure) -> None:
    """Call this *before* the erasure is committed: after a crash between the two it is done
    again, which does no harm, and never left out."""
    whom = {"member_id": erasure.member_id, "guest_id": erasure.guest_id}
    line = json.dumps(
        {
            "network_id": erasure.network_id,
            **{name: id_ for name, id_ in whom.items() if id_ is not None},
            "at": to_text(erasure.at),
        }
    )
    with _writing, journal.open("a+b") as file:
        # A line that a crash cut short stays one line.
        file.seek(0, os.SEEK_END)
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                line = f"\n{line}"
        file.write(f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def let_go(journal: Path, before: datetime) -> None:
    """Do without what was erased before then: no backup is left that knows them. Atomically."""
    if not journal.is_file():
        return
    with _writing:
        lines = journal.read_text("utf-8").splitlines()
        kept = [line for line in lines if (at := _at(line)) is None or at >= before]
        if len(kept) == len(lines):
            return
        fresh = journal.with_name(f"{journal.name}.part")
        with fresh.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in kept)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(journal)


def _at(line: str) -> datetime | None:
    try:
        return from_text(json.loads(line)["at"])
    except (ValueError, KeyError, TypeError):
        return None


def since(journals: Iterable[Path], instant: datetime | None) -> list[Erasure]:
    """Whom any of *journals* says to have been forgotten since *instant*, or ever, oldest first."""
    found: set[Erasure] = set()
    for journal in journals:
        if journal.is_file():
            found.update(_read(journal))
    wanted = [each for each in found if instant is None or each.at >= instant]
    return sorted(
        wanted,
        key=lambda each: (each.at, each.network_id, each.member_id or 0, each.guest_id or 0),
    )


def _read(journal: Path) -> Iterable[Erasure]:
    for number, line in enumerate(journal.read_text("utf-8").splitlines(), 1):
        try:
            said = json.loads(line)
            guest = said.get("guest_id")
            yield Erasure(
                network_id=NetworkId(int(said["network_id"])),
                member_id=None if guest is not None else MemberId(int(said["member_id"])),
                guest_id=None if guest is None else GuestId(int(guest)),
                at=from_text(said["at"]),
            )
        except (ValueError, KeyError, TypeError):
            # Cut short by a crash: then nothing had been erased yet.
            log.warning("Line %d of %s can't be read", number, journal.name)


async def apply_again(
    db: Database,
    erasures: Sequence[Erasure],
    erasers: Sequence[Eraser],
    guest_eraser: GuestEraser,
) -> None:
    """
    Raises:
        Misconfigured: there is somebody to forget, and this version does not know how.
    """
    if erasures and not erasers:
        raise Misconfigured(
            "People were forgotten after that backup was made, and this version of the bot does "
            "not know how to forget them again. Use the version that forgot them."
        )
    for erasure in erasures:
        async with db.write() as tx:
            if erasure.guest_id is not None:
                await guest_eraser(tx, erasure.network_id, erasure.guest_id)
            if erasure.member_id is not None:
                for erase in erasers:
                    await erase(tx, erasure.network_id, erasure.member_id)
