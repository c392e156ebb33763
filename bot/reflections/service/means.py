"""What all services of reflections lean on, and what more than one of them does."""

from dataclasses import dataclass
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.conversations.service.calendar import Calendar
from bot.conversations.service.sign_ups import SignUps
from bot.errors import NotFound
from bot.ids import MemberId, NetworkId, ReflectionId
from bot.network.service import Networks
from bot.notices.service import Notices
from bot.practice.service.showing import Showing as Practices
from bot.reflections.model import NO_SUCH_POST, Draft
from bot.reflections.store import draft as drafts
from bot.reflections.store import trail
from bot.storage.database import Database, Queries, Transaction
from bot.themes.service import Themes
from bot.wisdom.service.showing import Showing


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    db: Database
    clock: Clock
    networks: Networks
    notices: Notices
    themes: Themes
    calendar: Calendar
    sign_ups: SignUps
    showing: Showing
    practices: Practices
    changed: Bell[ReflectionId]
    """Rung when a post that is published may have to look otherwise."""

    async def draft(self, db: Queries, reflection_id: ReflectionId, network_id: NetworkId) -> Draft:
        """Raises `NotFound`: another network's is as good as none."""
        found = await drafts.find(db, reflection_id)
        if found is None or found.network_id != network_id:
            raise NotFound(NO_SUCH_POST)
        return found

    async def note(
        self, tx: Transaction, reflection_id: ReflectionId, what: str, by: MemberId
    ) -> None:
        """Write down what was done, and have the thread looked at."""
        await trail.add(tx, reflection_id, what, by, self.clock.now())
        self.ring(tx, reflection_id)

    def ring(self, tx: Transaction, reflection_id: ReflectionId) -> None:
        tx.after_commit(partial(self.changed.ring, reflection_id))
