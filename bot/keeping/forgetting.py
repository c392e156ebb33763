"""Forgetting somebody: everything, everywhere in one network, to the bytes of the files."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.clock import Clock
from bot.errors import NotFound
from bot.ids import GuestId, MemberId, NetworkId
from bot.keeping import wiping
from bot.keeping.erasures import (
    Eraser,
    Erasure,
    GuestEraser,
    apply_again,
    journal_of,
    since,
    write_down,
)
from bot.storage.database import Database

log = logging.getLogger(__name__)

Wiper: TypeAlias = Callable[[], Awaitable[None]]

TRY_AGAIN = timedelta(minutes=1)


class Forgetting:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        *,
        erasers: Sequence[Eraser],
        guest_eraser: GuestEraser,
        wipers: Sequence[Wiper],
    ) -> None:
        """*erasers*: each feature's own. *wipers*: what wipes the words that each deletes."""
        self._db = db
        self._clock = clock
        self.erasers = erasers
        self.guest_eraser = guest_eraser
        self._wipers = wipers

    async def forget(self, network_id: NetworkId, member_id: MemberId) -> None:
        """All of it or, if that fails, nothing. Whoever is forgotten twice is forgotten once."""
        await self._forget(
            Erasure(network_id=network_id, member_id=member_id, at=self._clock.now())
        )
        log.info("Somebody of network %d was forgotten, as they asked", network_id)

    async def forget_guest(self, network_id: NetworkId, guest_id: GuestId) -> None:
        """The same for somebody without Discord.

        Raises:
            NotFound: no guest of this network has that number.
        """
        erasure = Erasure(network_id=network_id, guest_id=guest_id, at=self._clock.now())
        await self._forget(erasure)
        log.info("Guest %d of network %d was forgotten, as they asked", guest_id, network_id)

    async def again(self, erasures: Sequence[Erasure]) -> None:
        """Whom a backup that was brought back still knew."""
        await apply_again(self._db, erasures, self.erasers, self.guest_eraser)
        async with self._db.write() as tx:
            await wiping.note(tx)
        await self.wipe()

    async def wipe(self) -> None:
        """Make sure that nothing that was taken out is left in the file or the log beside it."""
        for each in self._wipers:
            await each()
        deletions = await wiping.due(self._db)
        if deletions is None:
            return
        await self._db.write_anew()
        if not await self._db.empty_log():
            log.info("A reader keeps the log from being emptied; the next sweep tries again")
            return
        async with self._db.write() as tx:
            await wiping.mark_done(tx, deletions)

    async def next_due(self) -> datetime | None:
        """A role that was taken off has left a little behind, or a reader was in the way."""
        if await wiping.due(self._db) is None:
            return None
        return self._clock.now() + TRY_AGAIN

    async def _forget(self, erasure: Erasure) -> None:
        async with self._db.write() as tx:
            before = await wiping.changes(tx)
            if erasure.member_id is not None:
                for erase in self.erasers:
                    await erase(tx, erasure.network_id, erasure.member_id)
            elif erasure.guest_id is not None and not await self.guest_eraser(
                tx, erasure.network_id, erasure.guest_id
            ):
                raise NotFound("There is no guest with that number in that network.")
            has_changed = await wiping.changes(tx) != before
            if has_changed:
                await wiping.note(tx)
            # The last thing before the commit, so that it stands there whenever that goes well.
            await asyncio.to_thread(self._write_down, erasure, has_changed=has_changed)
        await self.wipe()

    def _write_down(self, erasure: Erasure, *, has_changed: bool) -> None:
        """Once is enough, however often somebody presses: also for somebody nothing is known of,
        whom an old backup may know."""
        journal = journal_of(self._db.path)
        if has_changed or not any(each.is_of_same(erasure) for each in since([journal], None)):
            write_down(journal, erasure)
