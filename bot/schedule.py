"""The metronome. It knows when to look, never what is owed: the database knows that.

One APScheduler job at the instant when the next duty is due, set again after every commit
that may have brought it nearer, and a slow sweep that makes good whatever a crash or a lost
ring left behind.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot import tally
from bot.clock import Clock

log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(hours=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=5)
"""Between two rounds when duties fail, as with a full disk."""

ABREAST = 2
"""Rounds that may run at once, so that a long one does not hold up what comes due meanwhile."""

PATIENCE = 8.0
"""Seconds that a stop waits for what is in hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something to be done in time. All three may be called too often without harm."""

    next_due: Callable[[], Awaitable[datetime | None]]
    """When there is something to do, as far as the database knows; None for nothing."""

    run: Callable[[], Awaitable[object]]
    """Do what is due by now."""

    sweep: Callable[[], Awaitable[object]]
    """Look everywhere, without being told what changed."""


class Metronome:
    def __init__(self, clock: Clock, duties: Sequence[Duty]) -> None:
        self._clock = clock
        self._duties = duties
        self._is_stale = False
        self._setting: asyncio.Task[None] | None = None
        self._failures = 0  # rounds of duties that failed, one after another
        self._beating = 0  # rounds that run
        self._tasks: set[asyncio.Task[None]] = set()
        # misfire_grace_time: APScheduler's own default drops a job that is a second late.
        # max_instances: a round sets the next one before it has ended.
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={
                "coalesce": True,
                "max_instances": ABREAST + 1,
                "misfire_grace_time": None,
            },
        )
        self._scheduler.add_listener(_log_failure, EVENT_JOB_ERROR)

    async def start(self) -> None:
        self._scheduler.start()
        self._scheduler.add_job(
            self._look_everywhere,
            IntervalTrigger(seconds=int(SWEEP_EVERY.total_seconds()), timezone=UTC),
            id="sweep",
            replace_existing=True,
        )
        await self._look_everywhere()

    async def stop(self) -> None:
        """Begin nothing new, and give what is in hand a few seconds to end."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=PATIENCE)

    def look_again(self, _: object = None) -> None:
        """Something may be due sooner. Safe to call on the loop as often as you like."""
        self._is_stale = True
        if self._scheduler.running and (self._setting is None or self._setting.done()):
            self._setting = self._keep(self._set_while_stale())

    async def _set_while_stale(self) -> None:
        while self._is_stale:
            self._is_stale = False
            await self._set_next()

    async def _look_everywhere(self) -> None:
        for duty in self._duties:
            await self._try(duty.sweep)
        await self._set_next()

    async def _set_next(self) -> None:
        try:
            instants = [await duty.next_due() for duty in self._duties]
        except Exception:
            log.exception("Could not see what is due; the sweep looks again")
            return
        due = min((instant for instant in instants if instant is not None), default=None)
        if due is None or not self._scheduler.running:
            return
        if self._failures:
            wait = min(FIRST_WAIT * 2 ** min(self._failures - 1, 10), LONGEST_WAIT)
            due = max(due, self._clock.now() + wait)
        if due <= self._clock.now() and self._beating >= ABREAST:
            return  # each of them looks again when it ends
        self._scheduler.add_job(
            self._beat,
            DateTrigger(max(due, self._clock.now()), timezone=UTC),
            id="next-due",
            replace_existing=True,
        )

    async def _beat(self) -> None:
        self._beating += 1
        try:
            await asyncio.shield(self._keep(self._run_and_set_next()))
        finally:
            self._beating -= 1

    async def _run_and_set_next(self) -> None:
        done = [await self._try(duty.run) for duty in self._duties]
        # After a failure not at once again: what is due would still be due, for ever.
        self._failures = 0 if all(done) else self._failures + 1
        await self._set_next()

    async def _try(self, work: Callable[[], Awaitable[object]]) -> bool:
        """Whether it went well. One duty's failure is not the others'."""
        try:
            await work()
        except Exception:
            # Nobody waits behind this door.
            log.exception("A duty failed, and will be tried again")
            tally.DUTIES.add("failed")
            return False
        tally.DUTIES.add("done")
        return True

    def _keep(self, work: Awaitable[None]) -> asyncio.Task[None]:
        # The loop holds tasks weakly; without a reference one may vanish half way.
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _log_failure(event: JobExecutionEvent) -> None:
    log.error("Job %s failed", event.job_id, exc_info=event.exception)
