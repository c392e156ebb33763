"""What the services of series work with."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.service.changing import Changing
from bot.conversations.service.occurrences import Occurrences
from bot.conversations.service.planning import Planning
from bot.ids import NetworkId
from bot.network.service import Networks
from bot.storage.database import Database, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    db: Database
    clock: Clock
    networks: Networks
    planning: Planning
    changing: Changing
    occurrences: Occurrences
    timetable_changed: Bell[None]

    async def zone(self, network_id: NetworkId) -> ZoneInfo:
        """Kept in memory, so it may be asked for inside a transaction."""
        return (await self.networks.get(network_id)).zone

    async def wall_now(self, network_id: NetworkId) -> datetime:
        """What clocks on the network's walls show."""
        zone = await self.zone(network_id)
        return self.clock.now().astimezone(zone).replace(tzinfo=None)

    async def today(self, network_id: NetworkId) -> date:
        return (await self.wall_now(network_id)).date()

    def ring(self, tx: Transaction) -> None:
        """After the commit, the metronome looks at what is due."""
        tx.after_commit(partial(self.timetable_changed.ring, None))
