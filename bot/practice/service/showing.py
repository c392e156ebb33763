"""What others may see of practice: search, one, themes; and what they answer to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import prose
from bot.errors import NotFound
from bot.ids import MemberId, NetworkId, PracticeId, ThemeId
from bot.people import Person
from bot.practice.model import NO_SUCH_PRACTICE, File, Says, ShownPractice
from bot.practice.service.means import Means
from bot.practice.store import answer as answers
from bot.practice.store import practice as practices
from bot.practice.store import shown as store
from bot.search.entry import Collection, Filters
from bot.search.found import Found

MOST_ALIKE = 3
MOST_PICKED = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of what was searched for."""

    practices: Sequence[ShownPractice]
    found: Found


class Showing:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def search(
        self,
        network_id: NetworkId,
        typed: str,
        filters: Filters,
        page: int = 1,
        *,
        may_respell: bool = True,
    ) -> Page:
        """Whatever may be typed. *page* counts from 1."""
        means = self._means
        vocabulary = await means.themes.vocabulary(network_id)
        every = tuple(
            each for theme_id in filters.theme_ids for each in vocabulary.ids_of(theme_id)
        )
        found = await means.search.find(
            network_id,
            Collection.PRACTICE,
            typed,
            rings=vocabulary.rings,
            filters=replace(filters, theme_ids=every),
            page=page,
            may_respell=may_respell,
        )
        ids = [PracticeId(each) for each in found.item_ids]
        return Page(practices=await store.those_of(means.db, network_id, ids), found=found)

    async def complete(self, network_id: NetworkId, typed: str) -> Sequence[str]:
        """What somebody who has begun to type may mean."""
        return await self._means.search.complete(network_id, Collection.PRACTICE, typed)

    async def like(
        self, network_id: NetworkId, text: str, *, but: PracticeId | None = None
    ) -> Sequence[ShownPractice]:
        """Up to three that say the same or something near it, doubles first."""
        means = self._means
        alike = await means.search.like(
            network_id, Collection.PRACTICE, text, most=MOST_ALIKE, but=but
        )
        ids = [PracticeId(each) for each in (*alike.doubles, *alike.similar)][:MOST_ALIKE]
        return await store.those_of(means.db, network_id, ids)

    async def find(self, practice_id: PracticeId, network_id: NetworkId) -> ShownPractice | None:
        return await store.find(self._means.db, network_id, practice_id)

    async def get(self, practice_id: PracticeId, network_id: NetworkId) -> ShownPractice:
        """Raises `NotFound`: nothing that others may see."""
        found = await self.find(practice_id, network_id)
        if found is None:
            raise NotFound(NO_SUCH_PRACTICE)
        return found

    async def titled(self, network_id: NetworkId, typed: str) -> Sequence[tuple[PracticeId, str]]:
        """Whose title has *typed* in it, newest first."""
        wanted = prose.tidy(typed)
        return await store.titled(self._means.db, network_id, wanted, MOST_PICKED)

    async def pick(self, network_id: NetworkId, picked: str) -> ShownPractice:
        """By what was picked from the list, or typed of its title.

        Raises:
            NotFound: nothing that others may see.
        """
        if picked.isascii() and picked.isdecimal() and len(picked) < 19:
            found = await self.find(PracticeId(int(picked)), network_id)
            if found is not None:
                return found
        titled = await self.titled(network_id, picked)
        if not titled or not picked.strip():
            raise NotFound(
                "I can't find a practice called that. Begin to type its title and pick it, or try "
                "/practice search."
            )
        return await self.get(titled[0][0], network_id)

    async def by_theme(self, network_id: NetworkId) -> Mapping[ThemeId, int]:
        """How many practices there are on each theme."""
        return await store.count_by_theme(self._means.db, network_id)

    async def file_for(self, practice_id: PracticeId, *, by: Person) -> File:
        """The document that goes with it, for those who may see it.

        Raises:
            NotFound: they may not, or it has none.
        """
        db = self._means.db
        practice = await practices.get(db, practice_id, by.network_id)
        if not (practice.is_shown or by.is_moderator):
            practice.must_be_looked_after_by(by.member_id)
        file = await practices.file_of(db, practice_id)
        if file is None:
            raise NotFound("That practice has no file any more.")
        return file

    async def answer(
        self, practice_id: PracticeId, network_id: NetworkId, member_id: MemberId, says: Says
    ) -> bool:
        """Say that one recognises it, or does it differently; or take that back by saying it
        again. Whether it counts now."""
        means = self._means
        async with means.db.write() as tx:
            if await store.find(tx, network_id, practice_id) is None:
                raise NotFound(NO_SUCH_PRACTICE)
            before = await answers.find(tx, practice_id, member_id)
            if before is says:
                await answers.drop(tx, practice_id, member_id)
            else:
                await answers.save(tx, practice_id, member_id, says)
            means.ring(tx, practice_id)
        return before is not says
