"""What the passing of time does to practices: drafts nobody sent, and words to be wiped."""

import logging
from datetime import datetime, timedelta

from bot.practice.service.means import Means
from bot.practice.store import practice as store
from bot.practice.store import wiping

log = logging.getLogger(__name__)

DRAFTS_LAST = timedelta(days=2)


class Upkeep:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def next_due(self) -> datetime | None:
        """When the oldest draft is thrown away."""
        first = await store.first_draft(self._means.db)
        return None if first is None else first + DRAFTS_LAST

    async def run(self) -> None:
        """Throw away what was never sent."""
        means = self._means
        due = await self.next_due()
        if due is None or due > means.clock.now():
            return
        async with means.db.write() as tx:
            dropped = await store.drop_drafts(tx, means.clock.now() - DRAFTS_LAST)
        log.info("%d drafts of practices were not sent in time", dropped)

    async def sweep(self) -> None:
        await self.run()
        await self.wipe()

    async def wipe(self) -> None:
        """Make sure that no deleted word is left in the file, or in the log beside it."""
        means = self._means
        if not await wiping.is_due(means.db):
            return
        async with means.db.write() as tx:
            deletions = await wiping.write_anew(tx)
        if not await means.db.empty_log():
            log.info("A reader keeps the log from being emptied; the next sweep tries again")
            return
        async with means.db.write() as tx:
            await wiping.mark_done(tx, deletions)
