"""What moderators do with practices that are shared: feature, archive, sort, merge, hand over."""

from collections.abc import Collection, Sequence

from bot.errors import Closed, Invalid
from bot.ids import KindId, MemberId, PracticeId, ThemeId
from bot.notices.model import NoticeKind
from bot.people import Person
from bot.practice.model import SHOWN, Practice, PracticeState, reason, up_to_four
from bot.practice.service.means import Means
from bot.practice.store import decision as decisions
from bot.practice.store import practice as store
from bot.storage.database import Transaction

MOST_PICKED = 25


class Curating:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def titled(self, typed: str, *, by: Person) -> Sequence[Practice]:
        """Whose title has *typed* in it, in whatever state, newest first."""
        by.must_be_moderator("look after practices")
        return await store.titled(self._means.db, by.network_id, typed.strip(), MOST_PICKED)

    async def feature(self, practice_id: PracticeId, why: str, *, by: Person) -> Practice:
        """Show it first in the index, and let people search for it as featured."""
        return await self._move(practice_id, PracticeState.FEATURED, "featured", why, by)

    async def feature_no_more(self, practice_id: PracticeId, why: str, *, by: Person) -> Practice:
        return await self._move(practice_id, PracticeState.SHARED, "not featured any more", why, by)

    async def archive(self, practice_id: PracticeId, why: str, *, by: Person) -> Practice:
        """Take it out of search, and say in its thread that it is out of date."""
        return await self._move(practice_id, PracticeState.ARCHIVED, "archived", why, by)

    async def bring_back(self, practice_id: PracticeId, why: str, *, by: Person) -> Practice:
        """From the archive. One that was merged is its own again."""
        return await self._move(practice_id, PracticeState.SHARED, "brought back", why, by)

    async def _move(
        self, practice_id: PracticeId, state: PracticeState, what: str, why: str, by: Person
    ) -> Practice:
        by.must_be_moderator("look after practices")
        because = reason(why)
        means = self._means
        async with means.db.write() as tx:
            practice = await self._get(tx, practice_id, by)
            if practice.state not in _FROM[what]:
                # Somebody else was here first, or it is not there yet.
                who = f" The last to decide on it was <@{practice.decided_by}>." * bool(
                    practice.decided_by
                )
                raise Closed(
                    f"That can't be done with a practice that is {_IS[practice.state]}.{who}"
                )
            practice.must_not_be_own(by)
            await decisions.decide(tx, practice_id, state, by.member_id, means.clock.now())
            await means.note(tx, practice_id, what, by.member_id, because)
            after = await store.get(tx, practice_id, by.network_id)
            await means.file(tx, after)
        return after

    async def sort_under(
        self,
        practice_id: PracticeId,
        kind_id: KindId | None,
        theme_ids: Collection[ThemeId],
        *,
        by: Person,
        why: str = "a moderator sorted it",
    ) -> Practice:
        """Choose its kind and themes. The tags of its thread follow."""
        by.must_be_moderator("sort practices")
        themes, because = up_to_four(theme_ids), reason(why)
        means = self._means
        await means.must_know(by.network_id, kind_id, themes)
        async with means.db.write() as tx:
            await self._get(tx, practice_id, by)
            await store.sort_under(tx, practice_id, kind_id, themes)
            await means.note(tx, practice_id, "sorted", by.member_id, because)
            after = await store.get(tx, practice_id, by.network_id)
            await means.file(tx, after)
        return after

    async def merge(
        self, double_id: PracticeId, into_id: PracticeId, why: str, *, by: Person
    ) -> Practice:
        """Archive one that says the same as another, and lead to that one from it.

        Raises:
            Invalid: they are the same.
            Closed: the other can't be seen, or the double is part of one already.
        """
        by.must_be_moderator("merge practices")
        because = reason(why)
        if double_id == into_id:
            raise Invalid("That is one and the same practice. Please pick two.")
        means = self._means
        async with means.db.write() as tx:
            double = await self._get(tx, double_id, by)
            double.must_not_be_own(by)
            into = await self._get(tx, into_id, by)
            into.must_be_shown()
            if double.merged_into is not None:
                raise Closed("That practice has been merged into another one already.")
            if double.state is PracticeState.DRAFT:
                raise Closed("Its author is still writing that practice.")
            await decisions.decide(
                tx, double_id, PracticeState.ARCHIVED, by.member_id, means.clock.now()
            )
            await decisions.merge(tx, double_id, into_id)
            await means.note(tx, double_id, "merged into another", by.member_id, because)
            await means.note(tx, into_id, "another merged into it", by.member_id, because)
            after = await store.get(tx, into_id, by.network_id)
            await means.file(tx, after)
        return after

    async def hand_over(
        self,
        practice_id: PracticeId,
        owner: MemberId,
        deputy: MemberId | None,
        why: str,
        *,
        by: Person,
    ) -> Practice:
        """Give it to somebody else to look after, who is told."""
        by.must_be_moderator("hand over practices")
        because = reason(why)
        if owner == deputy:
            raise Invalid("Please choose two different people: the deputy steps in for the owner.")
        means = self._means
        async with means.db.write() as tx:
            practice = await self._get(tx, practice_id, by)
            if practice.state is PracticeState.DRAFT:
                raise Closed("Its author is still writing that practice.")
            await decisions.hand_over(tx, practice_id, owner, deputy)
            change = await means.note(tx, practice_id, "handed over", by.member_id, because)
            after = await store.get(tx, practice_id, by.network_id)
            for member_id in (owner, deputy):
                if member_id not in (practice.owner_id, practice.deputy_id):
                    await means.tell(tx, after, NoticeKind.PRACTICE_HANDED_OVER, change, member_id)
        return after

    async def _get(self, tx: Transaction, practice_id: PracticeId, by: Person) -> Practice:
        practice = await store.get(tx, practice_id, by.network_id)
        practice.must_have_words()
        return practice


_FROM = {
    "featured": (PracticeState.SHARED,),
    "not featured any more": (PracticeState.FEATURED,),
    "archived": SHOWN,
    "brought back": (PracticeState.ARCHIVED,),
}
_IS = {
    PracticeState.DRAFT: "still being written",
    PracticeState.NEW: "waiting for a moderator",
    PracticeState.LOOKED_AT: "being looked at",
    PracticeState.SHARED: "shared",
    PracticeState.FEATURED: "featured",
    PracticeState.ARCHIVED: "archived",
    PracticeState.NOT_NOW: "not for now",
}
