"""Once a night: an end of everything that has been kept for as long as it was said to be."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.bell import Bell
from bot.clock import Clock, to_text
from bot.conversations.service.forgetting import have_drawn_anew
from bot.ids import ConversationId
from bot.keeping import wiping
from bot.keeping.everything import KEPT
from bot.keeping.model import next_after
from bot.kept import Ending, Kept
from bot.storage.database import Database

log = logging.getLogger(__name__)

AFTER_BACKUP = timedelta(minutes=30)
"""A backup is made first, so that a night's mistake can be mended."""


class LettingGo:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        changed: Bell[ConversationId],
        kept: Sequence[Kept] = KEPT,
    ) -> None:
        self._db = db
        self._clock = clock
        self._changed = changed
        # Backwards: what a notice tells of stays until there is no notice of it.
        self._endings = [each.ends for each in reversed(kept) if each.ends is not None]
        self._next: datetime | None = None

    async def next_due(self) -> datetime:
        return self._next or self._clock.now()

    async def run(self) -> None:
        """What is due by now, and nothing that is not: when nothing is, nothing is written."""
        now = self._clock.now()
        if await self.next_due() > now:
            return
        done = 0
        for ending in self._endings:
            done += await self._end(ending, now)
        if done:
            log.info("Let go of what was kept for long enough: %d sorts of things", done)
        self._next = next_after(now - AFTER_BACKUP) + AFTER_BACKUP

    async def _end(self, ending: Ending, now: datetime) -> bool:
        before = {"before": to_text(now - ending.after), "now": to_text(now)}
        if await self._db.one(ending.is_due, before) is None:
            return False
        async with self._db.write() as tx:
            if ending.redrawn:
                for row in await tx.all(ending.redrawn, before):
                    await have_drawn_anew(tx, row["id"])
                    tx.after_commit(partial(self._changed.ring, ConversationId(row["id"])))
            for sql in ending.sql:
                await tx.run(sql, before)
            await wiping.note(tx)
        return True
