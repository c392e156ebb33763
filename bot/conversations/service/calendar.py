"""Looking conversations up: what is ahead, and which one somebody means."""

from collections.abc import Sequence
from datetime import timedelta

from bot import prose
from bot.clock import Clock
from bot.conversations.model import Conversation, Page, not_found
from bot.conversations.store import conversation as store
from bot.conversations.store import timetable
from bot.errors import NotFound
from bot.ids import ConversationId, NetworkId
from bot.storage.database import Database

ON_A_PAGE = 5
LOOK_BACK = timedelta(days=30)
"""How long a conversation can still be picked by its title after it began."""
MOST_TO_PICK_FROM = 500


class Calendar:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def get(
        self, conversation_id: ConversationId, network_id: NetworkId, *, unannounced: bool = False
    ) -> Conversation:
        """A planned conversation of this network, past or to come.

        *unannounced*: also one that members are still to hear of. For organisers only.
        """
        conversation = await store.get_planned(self._db, conversation_id, network_id)
        if not unannounced:
            conversation.must_be_announced()
        return conversation

    async def page(self, network_id: NetworkId, number: int) -> Page:
        """The conversations ahead, soonest first. A number too high gives the last page."""
        now = self._clock.now()
        total = await timetable.count_upcoming(self._db, network_id, now)
        pages = max(1, -(-total // ON_A_PAGE))
        number = min(number, pages - 1)
        conversations = await timetable.upcoming(
            self._db, network_id, now, skip=number * ON_A_PAGE, limit=ON_A_PAGE
        )
        return Page(conversations=conversations, number=number, pages=pages)

    async def titled(
        self, network_id: NetworkId, words: str, *, unannounced: bool = False
    ) -> Sequence[Conversation]:
        """The conversations ahead with *words* in their title, whatever their case."""
        ahead = await timetable.upcoming(
            self._db,
            network_id,
            self._clock.now(),
            skip=0,
            limit=MOST_TO_PICK_FROM,
            unannounced=unannounced,
        )
        return _with(words, ahead)

    async def begun(self, network_id: NetworkId, words: str) -> Sequence[Conversation]:
        """Those under way or over for up to `LOOK_BACK`, with *words* in their title."""
        now = self._clock.now()
        begun = await timetable.begun(
            self._db, network_id, now - LOOK_BACK, now, limit=MOST_TO_PICK_FROM
        )
        return _with(words, begun)

    async def pick_begun(self, network_id: NetworkId, chosen: str) -> Conversation:
        """As `pick`, of those that have begun; one that is ahead if none of these is meant."""
        found = await self.begun(network_id, chosen)
        return await self._pick(network_id, chosen, found or await self.titled(network_id, chosen))

    async def pick(
        self, network_id: NetworkId, chosen: str, *, unannounced: bool = False
    ) -> Conversation:
        """The one meant by *chosen*: an id from a list of suggestions, or part of a title.

        Raises:
            NotFound: none, or several, have that title.
        """
        found = await self.titled(network_id, chosen, unannounced=unannounced)
        return await self._pick(network_id, chosen, found, unannounced=unannounced)

    async def _pick(
        self,
        network_id: NetworkId,
        chosen: str,
        found: Sequence[Conversation],
        *,
        unannounced: bool = False,
    ) -> Conversation:
        """By its id, or else the one that was *found* by its title.

        Raises:
            NotFound: none, or several, have that title.
        """
        if chosen.isascii() and chosen.isdecimal() and len(chosen) <= 18:
            try:
                return await self.get(
                    ConversationId(int(chosen)), network_id, unannounced=unannounced
                )
            except NotFound:
                pass  # somebody may have called a conversation "2030"
        exact = [each for each in found if _as_compared(each.title) == _as_compared(chosen)]
        match exact or found:
            case [conversation]:
                return conversation
            case []:
                raise not_found()
            case several:
                raise NotFound(
                    f"{len(several)} conversations have that in their title. "
                    "Please pick one from the list that appears while you type."
                )


def _with(words: str, conversations: Sequence[Conversation]) -> list[Conversation]:
    """Those with *words* in their title, whatever their case."""
    wanted = _as_compared(words)
    return [each for each in conversations if wanted in _as_compared(each.title)]


def _as_compared(words: str) -> str:
    return " ".join(prose.tidy(words.casefold()).split())
