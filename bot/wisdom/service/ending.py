"""The ends of consents: asked about in time, kept to the minute, and wiped from the file."""

import logging
from datetime import datetime, timedelta

from bot.ids import QuoteId
from bot.notices.model import NoticeKind
from bot.wisdom.model import Quote, QuoteState
from bot.wisdom.service.means import Means
from bot.wisdom.service.mine import take_away
from bot.wisdom.store import consent as store
from bot.wisdom.store import quote as quotes
from bot.wisdom.store import wiping

log = logging.getLogger(__name__)

ASK_BEFORE = timedelta(days=30)
"""How long before the end a speaker is asked whether their words may be kept for longer."""

AT_ONCE = 200


class Ending:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def next_due(self) -> datetime | None:
        """When a consent ends. Asking somebody in time is for the sweep: a day is no matter."""
        return await store.first_expiry(self._means.db)

    async def run(self) -> None:
        """Leave a tombstone of every quote whose time is over."""
        means = self._means
        while due := await store.expired(means.db, means.clock.now(), AT_ONCE):
            for quote_id in due:
                await self._end(quote_id)

    async def sweep(self) -> None:
        await self.run()
        await self._ask()
        await self.wipe()

    async def wipe(self) -> None:
        """Make sure that no deleted word is left in the file, the index, or the log beside it."""
        means = self._means
        if await means.search.is_to_be_wiped():
            await means.search.wipe()
        if not await wiping.is_due(means.db):
            return
        async with means.db.write() as tx:
            deletions = await wiping.write_anew(tx)
        if not await means.db.empty_log():
            log.info("A reader keeps the log from being emptied; the next sweep tries again")
            return
        async with means.db.write() as tx:
            await wiping.mark_done(tx, deletions)

    async def _end(self, quote_id: QuoteId) -> None:
        means = self._means
        async with means.db.write() as tx:
            quote = await quotes.find(tx, quote_id)
            if quote is None or quote.given is None or quote.given.lives(means.clock.now()):
                return
            await take_away(tx, means, quote, QuoteState.EXPIRED)
        log.info("The time of quote %d is over", quote_id)

    async def _ask(self) -> None:
        """Ask speakers, once for each consent, whether their words may be kept for longer."""
        means, now = self._means, self._means.clock.now()
        for quote_id, speaker_id, consent_id, _ in await store.ending_between(
            means.db, now, now + ASK_BEFORE
        ):
            async with means.db.write() as tx:
                quote: Quote | None = await quotes.find(tx, quote_id)
                if quote is None or quote.speaker_id != speaker_id:
                    continue
                await store.mark_end_told(tx, consent_id)
                await means.notices.owe(
                    tx,
                    NoticeKind.QUOTE_ENDING,
                    network_id=quote.network_id,
                    about=quote_id,
                    people=[(speaker_id, consent_id)],
                    due_at=now,
                )
