"""Posts that people made in the forum by hand: kept in mind, and followed where they were made.

Without a privileged intent nobody tells us what such a post says. Its title and tags are known;
its words come from whoever wrote it, by a press or by the menu of the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import prose
from bot.ids import (
    ChannelId,
    KindId,
    MemberId,
    MessageId,
    NetworkId,
    PracticeId,
    TagId,
    ThemeId,
    ThreadId,
)
from bot.practice.model import (
    LONGEST_TITLE,
    SHOWN,
    WAITING,
    Practice,
    PracticePost,
    Source,
    Written,
    up_to_four,
)
from bot.practice.service.means import Means, take_words_away
from bot.practice.store import decision as decisions
from bot.practice.store import post as store
from bot.practice.store import practice as practices

LOOK_EVERY = timedelta(days=1)
"""At what a post began with: nobody tells us when it is edited."""

BY_HAND = "somebody made a post in the forum by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeByHand:
    """A post, as Discord has it."""

    network_id: NetworkId
    forum_id: ChannelId
    thread_id: ThreadId
    source_id: MessageId | None
    author_id: MemberId
    title: str
    tags: tuple[TagId, ...]
    kind_id: KindId | None
    theme_ids: tuple[ThemeId, ...]


class Adopting:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def adopt(self, made: MadeByHand) -> Practice | None:
        """Keep it in mind, and let a moderator look at it. None: it is known already."""
        means, now = self._means, self._means.clock.now()
        written = Written(
            title=prose.line(made.title, called="title", at_most=LONGEST_TITLE),
            kind_id=made.kind_id,
            theme_ids=up_to_four(made.theme_ids),
        )
        async with means.db.write() as tx:
            if await store.of_thread(tx, made.thread_id) is not None:
                return None
            await means.networks.must_exist(tx, made.network_id)
            practice_id = await practices.add(
                tx,
                made.network_id,
                written,
                author_id=made.author_id,
                source=Source.POST,
                answers=None,
                now=now,
            )
            await decisions.wait_for_moderator(tx, practice_id, now)
            await store.save(
                tx,
                PracticePost(
                    practice_id=practice_id,
                    network_id=made.network_id,
                    forum_id=made.forum_id,
                    thread_id=made.thread_id,
                    message_id=None,
                    is_ours=False,
                    title=made.title,
                    tags=made.tags,
                    shows="",
                    is_gone=False,
                    source_id=made.source_id,
                    source_seen_at=now,
                ),
            )
            await means.note(tx, practice_id, "adopted", made.author_id, BY_HAND)
            practice = await practices.get(tx, practice_id, made.network_id)
            await means.ask_for_review(tx, practice)
        return practice

    async def to_look_at(self) -> Sequence[PracticeId]:
        """Those at whose beginning nobody has looked for a day."""
        return await store.by_hand(self._means.db, self._means.clock.now() - LOOK_EVERY)

    async def saw_source(
        self, post: PracticePost, *, edited_at: datetime | None, is_there: bool
    ) -> None:
        """What has become of the message that it began with.

        When it is gone, its words go with it; when it says something else, a moderator looks at
        it again.
        """
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            practice = await practices.find(tx, post.practice_id)
            if practice is None or practice.written is None:
                return
            if not is_there:
                await take_words_away(tx, means, practice.id, "its post was deleted")
                return
            is_other = edited_at is not None and edited_at != post.source_edited_at
            await store.save(tx, replace(post, source_edited_at=edited_at, source_seen_at=now))
            if is_other and practice.state in (*SHOWN, *WAITING):
                await decisions.wait_for_moderator(tx, practice.id, now)
                await means.note(tx, practice.id, "changed", None, "its post was edited by hand")
                await means.ask_for_review(tx, practice)
