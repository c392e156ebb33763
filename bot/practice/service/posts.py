"""The threads and cards that show practices: remembered, and made to follow them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot import prose
from bot.bell import Bell
from bot.ids import ChannelId, KindId, MessageId, NetworkId, PracticeId, ThemeId, ThreadId
from bot.practice.model import (
    LONGEST_TITLE,
    ForumIndex,
    Practice,
    PracticePost,
    ReviewPost,
    ShownPractice,
    up_to_four,
)
from bot.practice.service.means import Means, take_words_away
from bot.practice.store import cards, shown
from bot.practice.store import post as store
from bot.practice.store import practice as practices

MOST_IN_INDEX = 40

KEPT_IN_SIGHT = 500

BY_HAND = "somebody changed its thread in the forum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What the index of a forum says."""

    featured: Sequence[ShownPractice]
    latest: Sequence[ShownPractice]
    how_many: int


class Posts:
    def __init__(self, means: Means) -> None:
        self._means = means
        self.posted: Bell[NetworkId] = Bell()
        """Rung when a thread came, changed its name or went: what leads to it follows."""

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[PracticeId]:
        return await store.to_look_at(self._means.db, network_id)

    async def of(
        self, practice_id: PracticeId
    ) -> tuple[Practice, ShownPractice | None, PracticePost | None] | None:
        """A practice, what others may see of it, and its thread."""
        db = self._means.db
        practice = await practices.find(db, practice_id)
        if practice is None:
            return None
        visible = await shown.find(db, practice.network_id, practice_id)
        return practice, visible, await store.find(db, practice_id)

    async def of_thread(self, thread_id: ThreadId) -> PracticePost | None:
        return await store.of_thread(self._means.db, thread_id)

    async def is_kept_in_sight(self, practice_id: PracticeId) -> bool:
        """Whether its thread is brought back when Discord puts it away.

        Discord allows a server a thousand threads in sight, and conversations need some: so only
        what is featured and the newest.
        """
        return await store.is_among_newest(self._means.db, practice_id, KEPT_IN_SIGHT)

    async def follow(
        self,
        practice_id: PracticeId,
        title: str | None,
        sorted_under: tuple[KindId | None, Sequence[ThemeId]] | None,
    ) -> None:
        """Keep what somebody changed in the thread by hand. None: as it is."""
        means = self._means
        async with means.db.write() as tx:
            practice = await practices.find(tx, practice_id)
            if practice is None or practice.written is None:
                return
            if title is not None and title != practice.title:
                line = prose.line(title, called="title", at_most=LONGEST_TITLE)
                await practices.retitle(tx, practice_id, line)
                await means.note(tx, practice_id, "renamed", None, BY_HAND)
            if sorted_under is not None:
                kind_id, theme_ids = sorted_under
                await practices.sort_under(tx, practice_id, kind_id, up_to_four(theme_ids))
                await means.note(tx, practice_id, "sorted", None, BY_HAND)
            after = await practices.find(tx, practice_id)
            if after is not None:
                await means.file(tx, after)

    async def remember(self, post: PracticePost) -> None:
        async with self._means.db.write() as tx:
            await store.save(tx, post)
            tx.after_commit(partial(self.posted.ring, post.network_id))

    async def is_gone(self, post: PracticePost, *, with_forum: bool = False) -> None:
        """Somebody deleted its thread, perhaps *with_forum* and all.

        One of ours does not come back by itself. One that was made by hand, and deleted alone,
        takes with it what it said.
        """
        means = self._means
        async with means.db.write() as tx:
            await store.mark_gone(tx, post.practice_id)
            tx.after_commit(partial(self.posted.ring, post.network_id))
            if not post.is_ours and not with_forum:
                await take_words_away(tx, means, post.practice_id, "its post was deleted")

    async def forums(self, network_id: NetworkId) -> Sequence[ChannelId]:
        """In which practices have threads, as far as is known."""
        return await store.forums(self._means.db, network_id)

    async def count_lost(self, network_id: NetworkId, *, gone_with: Sequence[ChannelId]) -> int:
        """What others may see, and whose thread was deleted: alone, or with one of these forums."""
        return len(await store.lost(self._means.db, network_id, gone_with))

    async def post_again(self, network_id: NetworkId, *, gone_with: Sequence[ChannelId]) -> None:
        """Let the threads come back that `count_lost` counts."""
        means = self._means
        async with means.db.write() as tx:
            for practice_id in await store.lost(tx, network_id, gone_with):
                await store.drop(tx, practice_id)
                tx.after_commit(partial(means.practice_changed.ring, practice_id))

    async def reviews_to_look_at(self, network_id: NetworkId | None) -> Sequence[PracticeId]:
        return await cards.reviews_to_look_at(self._means.db, network_id)

    async def review(self, practice_id: PracticeId) -> tuple[ReviewPost, Practice] | None:
        """The card with which it is reviewed, if there is or ought to be one."""
        post = await cards.find_review(self._means.db, practice_id)
        practice = await practices.find(self._means.db, practice_id)
        return None if post is None or practice is None else (post, practice)

    async def remember_review(
        self, practice_id: PracticeId, channel_id: ChannelId, message_id: MessageId, shows: str
    ) -> None:
        async with self._means.db.write() as tx:
            await cards.remember_review(tx, practice_id, channel_id, message_id, shows)

    async def forget_review(self, practice_id: PracticeId) -> None:
        """Its message is gone."""
        async with self._means.db.write() as tx:
            await cards.drop_review(tx, practice_id)

    async def is_review(self, message_id: MessageId) -> bool:
        return await cards.is_review(self._means.db, message_id)

    async def networks(self) -> Sequence[NetworkId]:
        """Those that have an index, or ought to."""
        return await cards.networks(self._means.db)

    async def contents(self, network_id: NetworkId) -> Contents:
        db = self._means.db
        return Contents(
            featured=await shown.latest(db, network_id, MOST_IN_INDEX, only_featured=True),
            latest=await shown.latest(db, network_id, MOST_IN_INDEX),
            how_many=await shown.count(db, network_id),
        )

    async def index(self, network_id: NetworkId) -> ForumIndex | None:
        return await cards.find_index(self._means.db, network_id)

    async def remember_index(self, index: ForumIndex) -> None:
        async with self._means.db.write() as tx:
            await cards.save_index(tx, index)

    async def forget_index(self, network_id: NetworkId) -> None:
        async with self._means.db.write() as tx:
            await cards.drop_index(tx, network_id)
