"""Leaving a date out, pausing, going on, and ending."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.clock import spoken
from bot.conversations.model import Conversation, Told
from bot.conversations.service.changing import reason_to_cancel
from bot.errors import Closed, Invalid
from bot.ids import SeriesId
from bot.people import Person
from bot.series.model import Counts, Reshaped, Series, SeriesState
from bot.series.service.making import Making
from bot.series.service.means import Means
from bot.series.store import series as store
from bot.storage.database import Queries, Transaction

_TO_DO = "change a series"


class Pausing:
    def __init__(self, means: Means, making: Making) -> None:
        self._means = means
        self._making = making

    async def skip(self, series_id: SeriesId, day: date, because: str, *, by: Person) -> Reshaped:
        """Leave out one date. If people know of its conversation, it is cancelled as usual.

        Raises:
            Invalid: the series has no such date; or people have answered, and there is no reason.
            Closed: it is left out already, or has started.
        """
        by.must_be_organiser(_TO_DO)
        today = await self._means.today(by.network_id)
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, series_id, by.network_id)
            series.must_go_on()
            made = await self._on(tx, series, day)
            if day in await store.skipped(tx, series_id):
                raise Closed("That date is left out already. Nothing has changed.")
            if made is None and (day < today or not series.rule.has(day)):
                raise Invalid(
                    "The series has no conversation on that day. Please pick one from the list "
                    "that appears while you type."
                )
            outcome = await self._leave_out(tx, series, day, made, because, by)
            series = await self._making.keep(tx, series_id)
        return replace(outcome, series=series)

    async def pause(self, series_id: SeriesId, *, by: Person) -> Counts:
        """Make and announce nothing more until it goes on. What is announced stays."""
        by.must_be_organiser(_TO_DO)
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, series_id, by.network_id)
            series.must_go_on()
            if series.state is SeriesState.PAUSED:
                raise Closed("This series is paused already. Nothing has changed.")
            series = replace(series, state=SeriesState.PAUSED)
            await store.save(tx, series)
            self._means.ring(tx)
            return await self._counts(tx, series)

    async def resume(self, series_id: SeriesId, *, by: Person) -> Counts:
        """Go on with the dates that are still to come."""
        by.must_be_organiser(_TO_DO)
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, series_id, by.network_id)
            series.must_go_on()
            if series.state is SeriesState.RUNNING:
                raise Closed("This series is not paused. Nothing has changed.")
            await store.save(tx, replace(series, state=SeriesState.RUNNING))
            return await self._counts(tx, await self._making.keep(tx, series_id))

    async def counts(self, series_id: SeriesId, *, by: Person) -> Counts:
        """What an end would leave, for an organiser about to decide."""
        by.must_be_organiser(_TO_DO)
        series = await store.get_started(self._means.db, series_id, by.network_id)
        series.must_go_on()
        return await self._counts(self._means.db, series)

    async def end(self, series_id: SeriesId, because: str | None, *, by: Person) -> Reshaped:
        """End it for good. What nobody has heard of goes.

        With a reason, what is announced is cancelled as usual, unless an organiser edited it;
        without one it takes place.

        Raises:
            Invalid: a reason of no words, or too long.
        """
        by.must_be_organiser(_TO_DO)
        reason = None if because is None else reason_to_cancel(because)
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, series_id, by.network_id)
            series.must_go_on()
            counts = await self._counts(tx, series)
            removed = 0
            told: list[Told] = []
            cancelled: list[Conversation] = []
            for each in counts.unannounced:
                if not _is_kept(each):
                    await self._means.occurrences.drop(tx, each)
                    removed += 1
            for each in counts.announced:
                self._means.occurrences.redraw(tx, each)
                if reason is not None and not _is_edited(each):
                    told.append(await self._means.changing.call_off(tx, each, reason, by))
                    cancelled.append(each)
            series = await self._making.end(tx, series)
        left = [
            each
            for each in (*counts.announced, *counts.unannounced)
            if _is_kept(each) and each not in cancelled
        ]
        return Reshaped(
            series=series, changed=cancelled, removed=removed, left_edited=left, told=told
        )

    async def _leave_out(
        self,
        tx: Transaction,
        series: Series,
        day: date,
        made: Conversation | None,
        because: str,
        by: Person,
    ) -> Reshaped:
        if made is None:
            await store.skip(tx, series.id, [day])
            return Reshaped(series=series)
        if made.is_cancelled:
            raise Closed("That one is cancelled already. Nothing has changed.")
        made.must_be_open(self._means.clock.now())
        if because.strip():
            told = await self._means.changing.call_off(tx, made, reason_to_cancel(because), by)
            return Reshaped(series=series, changed=[made], told=[told])
        if made.is_expected:
            when = spoken(made.starts_at, await self._means.zone(series.network_id))
            raise Invalid(
                f"People have answered for {when}, or host it. Please give a reason, which they "
                "will read."
            )
        await self._means.occurrences.drop(tx, made)
        await store.skip(tx, series.id, [day])
        return Reshaped(series=series, removed=1)

    async def _on(self, tx: Transaction, series: Series, day: date) -> Conversation | None:
        for each in await self._means.occurrences.of(tx, series.id, since=day):
            if each.occurrence is not None and each.occurrence.date == day:
                return each
        return None

    async def _counts(self, db: Queries, series: Series) -> Counts:
        now = self._means.clock.now()
        today = await self._means.today(series.network_id)
        made = await self._means.occurrences.of(db, series.id, since=today)
        ahead: Sequence[Conversation] = [each for each in made if each.is_ahead(now)]
        return Counts(
            series=series,
            announced=[each for each in ahead if each.is_announced],
            unannounced=[each for each in ahead if not each.is_announced],
        )


def _is_kept(conversation: Conversation) -> bool:
    """Whether an end leaves it, though it is not announced."""
    return _is_edited(conversation) or (not conversation.is_announced and conversation.is_expected)


def _is_edited(conversation: Conversation) -> bool:
    return conversation.occurrence is not None and conversation.occurrence.is_edited
