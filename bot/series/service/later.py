"""Changing one conversation of a series and every later one."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from typing import TypeVar

from bot.conversations.model import Conversation, Details, More
from bot.conversations.service.changing import reason_to_cancel
from bot.conversations.service.planning import (
    must_close_before,
    must_have_details_of,
    must_have_more_of,
)
from bot.ids import ConversationId
from bot.people import Person
from bot.series.model import Reshaped, Series, not_found
from bot.series.service.making import Making
from bot.series.service.means import Means
from bot.series.store import series as store
from bot.storage.database import Transaction

Written = TypeVar("Written", Details, More)
_TO_DO = "change a series"


class Later:
    """Each method changes the one named, what the series makes from now on, and every later one
    that nobody edited; and says which it left."""

    def __init__(self, means: Means, making: Making) -> None:
        self._means = means
        self._making = making

    async def rewrite(
        self,
        conversation_id: ConversationId,
        details: Details,
        *,
        shown: Conversation,
        by: Person,
    ) -> Reshaped:
        """Other words, length or places. Of the later ones, only what differs from *shown*.

        Raises:
            ChangedMeanwhile: somebody else changed this one since it was shown.
        """
        by.must_be_organiser(_TO_DO)
        planning = self._means.planning
        async with self._means.db.write() as tx:
            conversation, series = await self._open(tx, conversation_id, by)
            must_have_details_of(shown, conversation)
            followers, left = await self._later(tx, conversation, series)
            outcome = await planning.rewrite(tx, conversation, details)
            moved_up = outcome.moved_up
            for each in followers:
                changed = _as_changed(each.details, shown.details, details)
                moved_up += (await planning.rewrite(tx, each, changed)).moved_up
            series = replace(series, details=_as_changed(series.details, shown.details, details))
            await store.save(tx, series)
        return Reshaped(
            series=series,
            changed=[outcome.conversation, *followers],
            left_edited=left,
            moved_up=moved_up,
        )

    async def describe(
        self,
        conversation_id: ConversationId,
        more: More,
        closes: str,
        *,
        shown: Conversation,
        by: Person,
    ) -> Reshaped:
        """Questions, access and so on. The deadline keeps its distance from each start.

        Raises:
            Invalid: sign-up would close after the start, or has closed already.
            ChangedMeanwhile: somebody else changed this one since it was shown.
        """
        by.must_be_organiser(_TO_DO)
        planning = self._means.planning
        closes_at = await planning.read_start(closes, by) if closes.strip() else None
        more = replace(more, closes_at=closes_at)
        async with self._means.db.write() as tx:
            conversation, series = await self._open(tx, conversation_id, by)
            must_have_more_of(shown, conversation)
            must_close_before(conversation.starts_at, closes_at)
            before = None if closes_at is None else conversation.starts_at - closes_at
            followers, left = await self._later(tx, conversation, series)
            await planning.say_more(tx, conversation, more)
            for each in followers:
                changed = _as_changed(each.more, shown.more, more)
                if closes_at != shown.more.closes_at:
                    theirs = None if before is None else each.starts_at - before
                    changed = replace(changed, closes_at=theirs)
                else:
                    changed = replace(changed, closes_at=each.more.closes_at)
                await planning.say_more(tx, each, changed)
            series = replace(
                series,
                more=replace(_as_changed(series.more, shown.more, more), closes_at=None),
                closes_before=series.closes_before if closes_at == shown.more.closes_at else before,
            )
            await store.save(tx, series)
        return Reshaped(series=series, changed=[conversation, *followers], left_edited=left)

    async def cancel(
        self, conversation_id: ConversationId, because: str, *, by: Person
    ) -> Reshaped:
        """Call off this one and every later one, and end the series before it.

        Raises:
            Invalid: no reason, or one that is too long.
        """
        by.must_be_organiser(_TO_DO)
        reason = reason_to_cancel(because)
        wall_now = await self._means.wall_now(by.network_id)
        async with self._means.db.write() as tx:
            conversation, series = await self._open(tx, conversation_id, by)
            followers, left = await self._later(tx, conversation, series)
            told = [await self._means.changing.call_off(tx, conversation, reason, by)]
            cancelled, removed = [conversation], 0
            for each in followers:
                if each.is_announced or each.is_expected:
                    told.append(await self._means.changing.call_off(tx, each, reason, by))
                    cancelled.append(each)
                else:
                    await self._means.occurrences.drop(tx, each)
                    removed += 1
            rule = series.rule.ended_before(_day_of(conversation))
            await store.save(tx, replace(series, rule=rule))
            has_dates = next(rule.dates(since=wall_now), None) is not None
            if not has_dates:
                await self._making.end(tx, replace(series, rule=rule))
            series = await self._making.keep(tx, series.id)
        return Reshaped(
            series=series, changed=cancelled, removed=removed, left_edited=left, told=told
        )

    async def _open(
        self, tx: Transaction, conversation_id: ConversationId, by: Person
    ) -> tuple[Conversation, Series]:
        conversation = await self._means.occurrences.get(tx, conversation_id, by.network_id)
        if conversation.occurrence is None or conversation.occurrence.date is None:
            raise not_found()
        series = await store.get_started(tx, conversation.occurrence.series_id, by.network_id)
        series.must_go_on()
        return conversation, series

    async def _later(
        self, tx: Transaction, conversation: Conversation, series: Series
    ) -> tuple[Sequence[Conversation], Sequence[Conversation]]:
        """Those after it that may still be changed: that nobody edited, and that somebody did."""
        since = _day_of(conversation)
        now: datetime = self._means.clock.now()
        later = [
            each
            for each in await self._means.occurrences.of(tx, series.id, since=since)
            if each.is_ahead(now)
            and each.occurrence is not None
            and each.occurrence.date is not None
            and each.occurrence.date > since
        ]
        edited = [each for each in later if each.occurrence and each.occurrence.is_edited]
        return [each for each in later if each not in edited], edited


def _day_of(conversation: Conversation) -> date:
    if conversation.occurrence is None or conversation.occurrence.date is None:
        raise not_found()
    return conversation.occurrence.date


def _as_changed(theirs: Written, shown: Written, new: Written) -> Written:
    """*theirs* with what an organiser changed from *shown* to *new*, and nothing else."""
    names = [each.name for each in fields(new)]
    changed = {
        name: getattr(new, name) for name in names if getattr(new, name) != getattr(shown, name)
    }
    return replace(theirs, **changed)
