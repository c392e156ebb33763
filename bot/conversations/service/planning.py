"""What organisers do: draft, read back, plan, change, remove."""

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.bell import Bell
from bot.clock import Clock, spoken
from bot.conversations.model import (
    ChangedMeanwhile,
    Conversation,
    Details,
    Edited,
    More,
    must_be_ahead,
)
from bot.conversations.service import hosting, places
from bot.conversations.store import conversation as store
from bot.conversations.store import move as moves
from bot.conversations.store import occurrence as occurrences
from bot.errors import Invalid
from bot.ids import ConversationId
from bot.network.service import Networks
from bot.notices.service import Notices
from bot.people import Person
from bot.storage.database import Database, Transaction
from bot.typed_date import read_date

DRAFTS_LAST = timedelta(days=1)


class Planning:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        networks: Networks,
        notices: Notices,
        changed: Bell[ConversationId],
        timetable_changed: Bell[None],
    ) -> None:
        self._db = db
        self._clock = clock
        self._networks = networks
        self._notices = notices
        self._changed = changed
        self._timetable_changed = timetable_changed

    async def draft(self, details: Details, when: str, *, by: Person) -> Conversation:
        """Keep what was typed, for its organiser to read back. Nobody else sees a draft.

        *when* is a date as typed, or as Discord's time picker leaves it.
        """
        by.must_be_organiser("plan a conversation")
        starts_at = await self.read_start(when, by)
        async with self._db.write() as tx:
            await self._networks.must_exist(tx, by.network_id)
            return await store.add_draft(
                tx, by.network_id, details, starts_at, by.member_id, self._clock.now()
            )

    async def redate(
        self, conversation_id: ConversationId, when: str, *, by: Person
    ) -> Conversation:
        """Change the date of a draft."""
        by.must_be_organiser("plan a conversation")
        starts_at = await self.read_start(when, by)
        async with self._db.write() as tx:
            (await self._in_network(tx, conversation_id, by)).must_be_draft()
            await store.save_start(tx, conversation_id, starts_at)
            return await store.get(tx, conversation_id)

    async def plan(self, conversation_id: ConversationId, *, by: Person) -> Conversation:
        """Make a draft a conversation that people can sign up to.

        Raises:
            Invalid: its date has gone by while it was being read.
        """
        by.must_be_organiser("plan a conversation")
        now = self._clock.now()
        network = await self._networks.get(by.network_id)
        async with self._db.write() as tx:
            draft = await self._in_network(tx, conversation_id, by)
            draft.must_be_draft()
            must_be_ahead(draft.starts_at, now, spoken(draft.starts_at, network.zone))
            await store.mark_planned(tx, conversation_id, now)
            self._ring(tx, conversation_id)
            # A draft repeats the hosts of the conversation that it was made from.
            await hosting.tell(tx, self._notices, draft, draft.named_hosts, by, now)
            return await store.get(tx, conversation_id)

    async def throw_away(self, conversation_id: ConversationId, *, by: Person) -> None:
        by.must_be_organiser("plan a conversation")
        async with self._db.write() as tx:
            (await self._in_network(tx, conversation_id, by)).must_be_draft()
            await store.drop(tx, conversation_id)

    async def edit(
        self,
        conversation_id: ConversationId,
        details: Details,
        *,
        shown: Conversation | None = None,
        by: Person,
    ) -> Edited:
        """Change the words, the length or the places; of a draft as well.

        More places move people up from the waitlist. Fewer take nobody's place away.

        Raises:
            ChangedMeanwhile: it no longer is as it was *shown* to this organiser.
        """
        by.must_be_organiser("change a conversation")
        now = self._clock.now()
        async with self._db.write() as tx:
            conversation = await self._in_network(tx, conversation_id, by)
            conversation.must_be_open(now)
            must_have_details_of(shown, conversation)
            edited = await self.rewrite(tx, conversation, details)
            if details != conversation.details:
                await occurrences.mark_edited(tx, conversation_id)
        return edited

    async def rewrite(
        self, tx: Transaction, conversation: Conversation, details: Details
    ) -> Edited:
        """Give one that is open other words or places, in the caller's transaction."""
        await store.save_details(tx, conversation.id, details)
        self._ring(tx, conversation.id)
        after, moved_up = await places.fill(tx, conversation.id, self._notices, self._clock.now())
        return Edited(conversation=after, moved_up=moved_up)

    async def describe(
        self,
        conversation_id: ConversationId,
        more: More,
        closes: str,
        *,
        shown: Conversation | None = None,
        by: Person,
    ) -> Conversation:
        """Say more about it, also of a draft. *closes* is a date as typed, or empty.

        Raises:
            Invalid: sign-up would close after the start, or has closed already.
            ChangedMeanwhile: as for `edit`.
        """
        by.must_be_organiser("change a conversation")
        now = self._clock.now()
        closes_at = await self.read_start(closes, by) if closes.strip() else None
        async with self._db.write() as tx:
            conversation = await self._in_network(tx, conversation_id, by)
            conversation.must_be_open(now)
            must_have_more_of(shown, conversation)
            must_close_before(conversation.starts_at, closes_at)
            described = replace(more, closes_at=closes_at)
            await self.say_more(tx, conversation, described)
            if described != conversation.more:
                await occurrences.mark_edited(tx, conversation_id)
            return await store.get(tx, conversation_id)

    async def say_more(self, tx: Transaction, conversation: Conversation, more: More) -> None:
        """Say *more* about one that is open, in the caller's transaction."""
        await store.save_more(tx, conversation.id, more)
        self._ring(tx, conversation.id)

    async def editable(self, conversation_id: ConversationId, *, by: Person) -> Conversation:
        """The conversation as it stands, for somebody about to change it."""
        by.must_be_organiser("change a conversation")
        conversation = await self._in_network(self._db, conversation_id, by)
        conversation.must_be_open(self._clock.now())
        return conversation

    async def remove(self, conversation_id: ConversationId, *, by: Person) -> Conversation:
        """Take away one that was planned by mistake, before anybody has answered.

        Raises:
            Closed: somebody has, and would not hear of it.
        """
        by.must_be_organiser("remove a conversation")
        async with self._db.write() as tx:
            conversation = await self._in_network(tx, conversation_id, by)
            conversation.must_have_no_answers()
            await store.drop(tx, conversation_id)
            self._ring(tx, conversation_id)
        return conversation

    async def tidy_drafts(self) -> None:
        """Forget what organisers were reading back and left lying for a day."""
        before = self._clock.now() - DRAFTS_LAST
        async with self._db.write() as tx:
            await store.drop_drafts(tx, before)
            await moves.drop_old(tx, before)

    async def read_start(self, when: str, by: Person) -> datetime:
        """The start that *when* means in this person's network.

        Raises:
            Invalid: it cannot be read, has gone, or is too far away.
        """
        now = self._clock.now()
        zone = (await self._networks.get(by.network_id)).zone
        starts_at = read_date(when, now=now, zone=zone)
        must_be_ahead(starts_at, now, spoken(starts_at, zone))
        return starts_at

    async def _in_network(
        self, db: Database | Transaction, conversation_id: ConversationId, by: Person
    ) -> Conversation:
        conversation = await store.get(db, conversation_id)
        conversation.must_be_in(by.network_id)
        return conversation

    def _ring(self, tx: Transaction, conversation_id: ConversationId) -> None:
        tx.after_commit(partial(self._changed.ring, conversation_id))
        tx.after_commit(partial(self._timetable_changed.ring, None))


def must_have_details_of(shown: Conversation | None, conversation: Conversation) -> None:
    """Raises `ChangedMeanwhile`. A move changes the sense of what is said about it as well."""
    if shown is not None and (shown.starts_at, shown.details) != (
        conversation.starts_at,
        conversation.details,
    ):
        raise ChangedMeanwhile(shown, conversation)


def must_have_more_of(shown: Conversation | None, conversation: Conversation) -> None:
    """As `must_have_details_of`, for what else is said about it."""
    if shown is not None and (shown.starts_at, shown.more) != (
        conversation.starts_at,
        conversation.more,
    ):
        raise ChangedMeanwhile(shown, conversation)


def must_close_before(starts_at: datetime, closes_at: datetime | None) -> None:
    """Raises `Invalid` for a deadline after the start. None: it closes with the start."""
    if closes_at is not None and closes_at >= starts_at:
        raise Invalid(
            "Sign-up would close after the conversation has started. Leave it empty, and "
            "it closes with the start."
        )
