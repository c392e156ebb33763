"""Practices that others can copy: who looks after them, whether they are still right, who uses
them. What an owner knew stays when they go, and somebody is asked to take it over."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot import prose
from bot.errors import Closed, NotFound
from bot.ids import MemberId, NetworkId, PracticeId
from bot.notices.model import EVERYBODY, NoticeKind
from bot.people import Person
from bot.practice.model import (
    LONGEST_LICENCE,
    LONGEST_SERVICE,
    NO_SUCH_PRACTICE,
    Practice,
)
from bot.practice.service.means import Means
from bot.practice.store import decision as decisions
from bot.practice.store import practice as practices
from bot.practice.store import shown
from bot.practice.store import template as store
from bot.storage.database import Transaction

YEAR = timedelta(days=365)
AT_ONCE = 100


class Templates:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def use(
        self, practice_id: PracticeId, typed: str, network_id: NetworkId, member_id: MemberId
    ) -> int:
        """Say that a service uses it. How many do now: each counts once, whoever says so."""
        service = prose.line(typed, called="name of the service", at_most=LONGEST_SERVICE)
        means = self._means
        async with means.db.write() as tx:
            if await shown.find(tx, network_id, practice_id) is None:
                raise NotFound(NO_SUCH_PRACTICE)
            there = {each.casefold() for each in await store.services_of(tx, practice_id)}
            if service.casefold() not in there:
                await store.add_use(tx, practice_id, service, member_id)
                there.add(service.casefold())
            means.ring(tx, practice_id)
        return len(there)

    async def set_licence(self, practice_id: PracticeId, typed: str, *, by: Person) -> Practice:
        """Under what others may use it, in the words of whoever looks after it."""
        words = " ".join(prose.passage(typed, called="licence", at_most=LONGEST_LICENCE).split())
        means = self._means
        async with means.db.write() as tx:
            practice = await practices.get(tx, practice_id, by.network_id)
            practice.must_be_looked_after_by(by.member_id)
            await store.save_licence(tx, practice_id, words)
            await means.note(
                tx, practice_id, "licence", by.member_id, "whoever looks after it chose it"
            )
            return await practices.get(tx, practice_id, by.network_id)

    async def still_right(self, practice_id: PracticeId, member_id: MemberId) -> Practice:
        """Its owner has looked, and nothing has to change."""
        means = self._means
        async with means.db.write() as tx:
            practice = await self._kept_by(tx, practice_id, member_id)
            practice.must_be_shown()
            await store.mark_checked(tx, practice_id, means.clock.now())
            await means.note(
                tx, practice_id, "checked", member_id, "its owner says that it is still right"
            )
            return practice

    async def take_over(self, practice_id: PracticeId, member_id: MemberId) -> Practice:
        """The deputy looks after it from now on.

        Raises:
            Closed: somebody else does already.
        """
        means = self._means
        async with means.db.write() as tx:
            practice = await self._kept_by(tx, practice_id, member_id)
            if practice.owner_id not in (None, member_id):
                raise Closed("Somebody else looks after that practice already. Thank you.")
            await decisions.hand_over(tx, practice_id, member_id, None)
            await means.note(
                tx, practice_id, "taken over", member_id, "the deputy said that they can"
            )
            return practice

    async def cannot(self, practice_id: PracticeId, member_id: MemberId) -> Practice:
        """The deputy does not want to: moderators are asked."""
        means = self._means
        async with means.db.write() as tx:
            practice = await self._kept_by(tx, practice_id, member_id)
            if practice.owner_id is not None:
                raise Closed("Somebody else looks after that practice already. Thank you.")
            await decisions.hand_over(tx, practice_id, None, None)
            change = await means.note(
                tx, practice_id, "not taken over", member_id, "the deputy said that they can't"
            )
            await self._ask_moderators(tx, practice, change)
            return practice

    async def keepers(self, network_id: NetworkId) -> Sequence[MemberId]:
        """Those who look after a template. Whoever can see who left asks about each."""
        return await store.keepers(self._means.db, network_id)

    async def has_left(self, network_id: NetworkId, member_id: MemberId) -> None:
        """They are not in the server any more: ask the deputies, or else the moderators."""
        means = self._means
        async with means.db.write() as tx:
            for practice_id in await store.kept_by(tx, network_id, member_id):
                practice = await practices.get(tx, practice_id, network_id)
                was_owner = practice.owner_id == member_id
                owner = None if was_owner else practice.owner_id
                deputy = practice.deputy_id if was_owner else None
                await decisions.hand_over(tx, practice_id, owner, deputy)
                change = await means.note(
                    tx, practice_id, "left alone", None, "whoever looked after it left the server"
                )
                if was_owner and practice.is_shown and practice.is_template:
                    if deputy is not None:
                        kind = NoticeKind.PRACTICE_TAKE_OVER
                        await means.tell(tx, practice, kind, change, deputy)
                    else:
                        await self._ask_moderators(tx, practice, change)

    async def ask(self) -> None:
        """Ask the owners of templates, once a year, whether each is still right."""
        means, now = self._means, self._means.clock.now()
        for practice_id in await store.to_check(means.db, now - YEAR, AT_ONCE):
            async with means.db.write() as tx:
                practice = await practices.find(tx, practice_id)
                if practice is not None:
                    await store.mark_asked(tx, practice_id, now)
                    kind, which = NoticeKind.PRACTICE_STILL_RIGHT, int(now.timestamp())
                    await means.tell(tx, practice, kind, which, practice.owner_id)

    async def for_moderators(self, practice_id: PracticeId) -> Practice | None:
        """What a notice to the moderators is about; None when somebody looks after it again."""
        practice = await practices.find(self._means.db, practice_id)
        alone = practice is not None and practice.is_shown and practice.owner_id is None
        return practice if alone else None

    async def is_due(self, practice: Practice, since: datetime) -> bool:
        """Whether nobody has looked at it since they were to be asked."""
        return practice.checked_at is None or practice.checked_at <= since

    async def _ask_moderators(self, tx: Transaction, practice: Practice, change: int) -> None:
        await self._means.tell(tx, practice, NoticeKind.PRACTICE_ORPHANED, change, EVERYBODY)

    async def _kept_by(
        self, tx: Transaction, practice_id: PracticeId, member_id: MemberId
    ) -> Practice:
        practice = await practices.find(tx, practice_id)
        if practice is None:
            raise NotFound(NO_SUCH_PRACTICE)
        practice.must_be_looked_after_by(member_id)
        return practice
