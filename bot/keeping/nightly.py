"""The running bot's own backup, once a day at a quiet hour."""

import asyncio
import logging
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import Misconfigured, Unavailable
from bot.keeping.model import next_after
from bot.keeping.shelf import Shelf

log = logging.getLogger(__name__)

TRY_AGAIN = timedelta(hours=1)


class Nightly:
    def __init__(self, shelf: Shelf, clock: Clock) -> None:
        self._shelf = shelf
        self._clock = clock
        self._due: datetime | None = None

    async def next_due(self) -> datetime:
        """Asked after each commit, so the directory is looked at only when it may have changed."""
        if self._due is None:
            now = self._clock.now()
            backups = await asyncio.to_thread(self._shelf.backups)
            # One from the future was made before the clock was set back.
            self._due = next_after(min(backups[0].taken_at, now)) if backups else now
        return self._due

    async def sweep(self) -> None:
        self._due = None
        await self.run()

    async def run(self) -> None:
        """Make a backup if one is due. Never raises what more trying would not mend: the
        messages that the bot owes people must not wait for it."""
        if await self.next_due() > self._clock.now():
            return
        try:
            await asyncio.to_thread(self._shelf.let_go_of_erasures, self._clock.now())
            made = await asyncio.to_thread(self._shelf.put, self._clock.now())
        except (Misconfigured, Unavailable) as error:
            log.error("No backup: %s", error)  # noqa: TRY400  # a sentence for the operator
            self._due = self._clock.now() + TRY_AGAIN
        else:
            log.info("Backup %s is made and whole", made.file.name)
            self._due = None
