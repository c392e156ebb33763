"""What moderators do with practices that wait for them. Nobody decides on their own."""

from collections.abc import Sequence
from datetime import datetime

from bot import prose
from bot.errors import Invalid
from bot.ids import NetworkId, PracticeId
from bot.notices.model import NoticeKind
from bot.people import Person
from bot.practice.model import LONGEST_NOTE, Change, Practice, PracticeState, Waiting
from bot.practice.service.means import Means
from bot.practice.store import decision as decisions
from bot.practice.store import practice as store
from bot.practice.store import trail, waiting
from bot.storage.database import Queries


class Review:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def waiting(self, *, by: Person, skip: int = 0, most: int = 5) -> Waiting:
        """What waits for moderators, oldest first."""
        by.must_be_moderator("look at what waits for review")
        db = self._means.db
        return Waiting(
            practices=await waiting.waiting(db, by.network_id, skip, most),
            how_many=await waiting.count_waiting(db, by.network_id),
        )

    async def oldest(self, network_id: NetworkId) -> tuple[datetime, int] | None:
        """Since when the oldest waits for a moderator, and how many wait. None: none does."""
        return await waiting.oldest_waiting(self._means.db, network_id)

    async def networks_with_waiting(self) -> Sequence[NetworkId]:
        return await waiting.networks_with_waiting(self._means.db)

    async def get(self, practice_id: PracticeId, *, by: Person) -> Practice:
        by.must_be_moderator("look at what waits for review")
        return await store.get(self._means.db, practice_id, by.network_id)

    async def to_decide(self, practice_id: PracticeId, *, by: Person) -> Practice:
        """A practice that this person may decide on, and nobody has yet."""
        by.must_be_moderator("decide on practices")
        return await self._to_decide(self._means.db, practice_id, by)

    async def history(self, practice_id: PracticeId, *, by: Person) -> Sequence[Change]:
        by.must_be_moderator("look at what was done with a practice")
        practice = await store.get(self._means.db, practice_id, by.network_id)
        return await trail.of(self._means.db, practice.id)

    async def look_at(self, practice_id: PracticeId, *, by: Person) -> Practice:
        """Let the other moderators see that somebody is looking at it."""
        by.must_be_moderator("look at what waits for review")
        means = self._means
        async with means.db.write() as tx:
            practice = await self._to_decide(tx, practice_id, by)
            if practice.state is PracticeState.LOOKED_AT and practice.decided_by == by.member_id:
                return practice
            await decisions.decide(
                tx, practice_id, PracticeState.LOOKED_AT, by.member_id, means.clock.now()
            )
            await means.note(
                tx, practice_id, "looked at", by.member_id, "a moderator took it to look at"
            )
            return await store.get(tx, practice_id, by.network_id)

    async def share(self, practice_id: PracticeId, *, by: Person) -> Practice:
        """Let everybody see and find it.

        Raises:
            Closed: somebody has decided already.
        """
        means = self._means
        async with means.db.write() as tx:
            await self._to_decide(tx, practice_id, by)
            await decisions.decide(
                tx, practice_id, PracticeState.SHARED, by.member_id, means.clock.now()
            )
            await decisions.write_note(tx, practice_id, None)
            change = await means.note(
                tx, practice_id, "shared", by.member_id, "a moderator read it and shared it"
            )
            after = await store.get(tx, practice_id, by.network_id)
            await means.file(tx, after)
            await means.tell(tx, after, NoticeKind.PRACTICE_SHARED, change, after.author_id)
        return after

    async def not_now(self, practice_id: PracticeId, note: str, *, by: Person) -> Practice:
        """Not share it. Its author reads the note, and may change it and send it again."""
        by.must_be_moderator("decide on practices")
        kind_words = prose.passage(note, called="note", at_most=LONGEST_NOTE)
        if not kind_words:
            raise Invalid("Please write a kind word to whoever wrote it.")
        means = self._means
        async with means.db.write() as tx:
            await self._to_decide(tx, practice_id, by)
            await decisions.decide(
                tx, practice_id, PracticeState.NOT_NOW, by.member_id, means.clock.now()
            )
            await decisions.write_note(tx, practice_id, kind_words)
            change = await means.note(
                tx, practice_id, "not now", by.member_id, "said in the note to its author"
            )
            after = await store.get(tx, practice_id, by.network_id)
            await means.tell(tx, after, NoticeKind.PRACTICE_NOT_NOW, change, after.author_id)
        return after

    async def _to_decide(self, db: Queries, practice_id: PracticeId, by: Person) -> Practice:
        by.must_be_moderator("decide on practices")
        practice = await store.get(db, practice_id, by.network_id)
        practice.must_not_be_own(by)
        practice.must_wait_for_moderator()
        return practice
