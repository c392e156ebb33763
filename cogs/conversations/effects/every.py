"""Every effect with its keeper, and what wakes them: bells, Discord's own news, the metronome."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from bot.errors import Unavailable
from bot.ids import ConversationId, ListEntryId, NetworkId, ThreadId
from cogs.conversations.effects.card import CardEffect
from cogs.conversations.effects.events_list import EventsListEffect
from cogs.conversations.effects.role import RoleEffect
from cogs.conversations.effects.thread import ThreadEffect
from cogs.keeper import Keeper

if TYPE_CHECKING:
    from bot.client import CoproductionBot

log = logging.getLogger(__name__)


class Effects:
    """Each has a keeper of its own, so that a failing events list never delays a card."""

    def __init__(self, bot: CoproductionBot) -> None:
        self._services = bot.services
        self.cards = Keeper(CardEffect(bot))
        self.events_list = Keeper(EventsListEffect(bot))
        self.threads = Keeper(ThreadEffect(bot))
        self.roles = Keeper(RoleEffect(bot))
        self._keepers = (self.cards, self.events_list, self.threads, self.roles)
        self._asking: set[asyncio.Task[None]] = set()
        self._has_stopped = False

    def listen(self) -> None:
        services = self._services
        self._deaf = [
            services.conversation_changed.listen(self.look_at),
            services.cards.posted.listen(self._card_was_posted),
            services.networks.changed.listen(self.look_around),
        ]

    async def stop(self) -> None:
        """What is left undone, and what Discord still tells, is found by the next start."""
        self._has_stopped = True
        for stop_listening in self._deaf:
            stop_listening()
        tasks = list(self._asking)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for keeper in self._keepers:
            await keeper.stop()

    def look_at(self, conversation_id: ConversationId) -> None:
        for keeper in (self.cards, self.events_list, self.threads):
            keeper.look_at(conversation_id)
        self._soon(partial(self._roles_of, conversation_id))

    def look_around(self, network_id: NetworkId | None = None, *, surely: bool = False) -> None:
        for keeper in self._keepers:
            keeper.look_around(network_id, surely=surely)

    def thread_is_gone(self, network_id: NetworkId, thread_id: ThreadId) -> None:
        self._soon(partial(self._thread_is_gone, network_id, thread_id))

    def entry_was_touched(self, network_id: NetworkId, entry_id: ListEntryId) -> None:
        """By somebody, or by us: only a look can tell."""
        self._soon(partial(self._entry_was_touched, network_id, entry_id))

    def _card_was_posted(self, conversation_id: ConversationId) -> None:
        """The thread is opened on it, and the events list leads to it."""
        self.threads.look_at(conversation_id)
        self.events_list.look_at(conversation_id)

    async def _roles_of(self, conversation_id: ConversationId) -> None:
        network_id = await self._services.attendees.network_of(conversation_id)
        if network_id is not None:
            self.roles.look_at(network_id)

    async def _thread_is_gone(self, network_id: NetworkId, thread_id: ThreadId) -> None:
        found = await self._services.threads.of_thread(network_id, thread_id)
        if found is not None:
            self.threads.look_at(found, surely=True)

    async def _entry_was_touched(self, network_id: NetworkId, entry_id: ListEntryId) -> None:
        found = await self._services.events_list.of_entry(network_id, entry_id)
        if found is not None:
            self.events_list.look_at(found, surely=True)

    def _soon(self, work: Callable[[], Awaitable[None]]) -> None:
        if self._has_stopped:
            return
        # Its coroutine is made inside the task: one that is cancelled before it begins would
        # leave it behind, never awaited.
        task = asyncio.create_task(self._safely(work))
        self._asking.add(task)
        task.add_done_callback(self._asking.discard)

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Unavailable:
            log.warning("Could not see what to look at; the sweep looks everywhere")
