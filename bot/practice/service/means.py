"""What all services of practice lean on, and what more than one of them does."""

from dataclasses import dataclass
from functools import partial

from bot.bell import Bell
from bot.clock import Clock
from bot.ids import KindId, MemberId, NetworkId, PracticeId, ThemeId
from bot.network.service import Networks
from bot.notices.model import NoticeKind, Subject
from bot.notices.service import Notices
from bot.practice.model import Practice, ShownPractice
from bot.practice.store import cards, shown, trail
from bot.practice.store import decision as decisions
from bot.practice.store import practice as practices
from bot.search.entry import Collection, Entry, Facets
from bot.search.service import Search
from bot.storage.database import Database, Transaction
from bot.themes.service import Themes


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    db: Database
    clock: Clock
    networks: Networks
    notices: Notices
    themes: Themes
    search: Search
    practice_changed: Bell[PracticeId]
    """Rung when something that shows a practice may have to say something else."""
    drafts_changed: Bell[None]
    """Rung when there may be a draft to throw away sooner than was known."""

    async def note(
        self, tx: Transaction, practice_id: PracticeId, what: str, by: MemberId | None, why: str
    ) -> int:
        """Write down what was done, and have all that shows the practice looked at."""
        change = await trail.add(tx, practice_id, what, by, why, self.clock.now())
        self.ring(tx, practice_id)
        return change

    def ring(self, tx: Transaction, practice_id: PracticeId) -> None:
        tx.after_commit(partial(self.practice_changed.ring, practice_id))

    async def file(self, tx: Transaction, practice: Practice) -> None:
        """Make it findable if others may see it. Only triggers take it out again."""
        found = await shown.find(tx, practice.network_id, practice.id)
        if found is not None:
            await self.search.put(tx, entry_of(found))

    async def tell(
        self,
        tx: Transaction,
        practice: Practice,
        kind: NoticeKind,
        occurrence: int,
        member_id: MemberId | None,
    ) -> None:
        if member_id is not None:
            await self.notices.owe(
                tx,
                kind,
                network_id=practice.network_id,
                about=practice.id,
                people=[(member_id, occurrence)],
                due_at=self.clock.now(),
            )

    async def must_know(
        self, network_id: NetworkId, kind_id: KindId | None, theme_ids: tuple[ThemeId, ...]
    ) -> None:
        """Raises `NotFound`: a kind or theme that is not this network's."""
        vocabulary = await self.themes.vocabulary(network_id)
        if kind_id is not None:
            vocabulary.kind(kind_id)
        for each in theme_ids:
            vocabulary.theme(each)

    async def ask_for_review(self, tx: Transaction, practice: Practice) -> None:
        """Have a card of it in the moderators' channel."""
        await cards.ensure_review(tx, practice.network_id, practice.id)


async def take_words_away(tx: Transaction, means: Means, practice_id: PracticeId, why: str) -> None:
    """Leave nothing of its words, its file, and whose they were."""
    practice = await practices.find(tx, practice_id)
    if practice is None or practice.written is None:
        return
    if practice.author_id is not None:
        await trail.forget_who(tx, practice_id, practice.author_id)
    await means.notices.drop_all(tx, practice_id, why, of=Subject.PRACTICE)
    await decisions.take_back(tx, practice_id, means.clock.now())
    await means.note(tx, practice_id, "taken back", None, why)


def entry_of(practice: ShownPractice) -> Entry:
    return Entry(
        network_id=practice.network_id,
        collection=Collection.PRACTICE,
        item_id=practice.id,
        heading=practice.title,
        words="\n".join([practice.did, practice.changed, practice.tell_others]),
        facets=Facets(
            kind_id=practice.kind_id,
            theme_ids=practice.theme_ids,
            year=practice.shared_at.year,
            is_featured=practice.is_featured,
        ),
    )
