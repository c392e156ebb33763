"""Published posts and files of posts: kept true, and known, so that a quote can be called back."""

from collections.abc import Sequence

from bot.ids import ChannelId, MessageId, NetworkId, QuoteId, ReflectionId, ThreadId
from bot.notices.model import Notice, NoticeKind
from bot.people import Person
from bot.reflections.model import Form, Holding, PostedPart
from bot.reflections.service.drafts import Drafts, Look, must_have_quotes
from bot.reflections.service.means import Means
from bot.reflections.store import draft as drafts
from bot.reflections.store import posted as store

AT_ONCE = 200


class Posts:
    def __init__(self, means: Means, written: Drafts) -> None:
        self._means = means
        self._drafts = written

    async def export(self, reflection_id: ReflectionId, form: Form, *, by: Person) -> Look:
        """What a file of the post may hold at this moment, once it is written down who has it.

        Raises:
            Closed: nothing in it may be used.
        """
        by.must_look_after_posts("export posts")
        means = self._means
        look = await self._drafts.look(reflection_id, by=by)
        must_have_quotes(look)
        async with means.db.write() as tx:
            await store.add_export(
                tx,
                reflection_id,
                form,
                [each.id for each in look.post.quotes],
                by.member_id,
                means.clock.now(),
            )
            await means.note(tx, reflection_id, "exported", by.member_id)
        # Read again: what was taken back meanwhile is not in it.
        look = await self._drafts.look(reflection_id, by=by)
        must_have_quotes(look)
        return look

    async def published(self, reflection_id: ReflectionId) -> Look | None:
        """A published post as it ought to look now; None when there is none."""
        draft = await drafts.find(self._means.db, reflection_id)
        if draft is None or not draft.is_published:
            return None
        return await self._drafts.as_it_is(draft)

    async def to_look_at(self, network_id: NetworkId | None) -> Sequence[ReflectionId]:
        return await drafts.published(self._means.db, network_id)

    async def with_quote(self, quote_id: QuoteId) -> Sequence[ReflectionId]:
        """The published posts that a quote may be in."""
        return await drafts.with_quote(self._means.db, quote_id)

    async def parts(self, reflection_id: ReflectionId) -> Sequence[PostedPart]:
        return await store.parts(self._means.db, reflection_id)

    async def of_message(self, message_id: MessageId) -> ReflectionId | None:
        return await store.of_message(self._means.db, message_id)

    async def has_thread(
        self, reflection_id: ReflectionId, channel_id: ChannelId, thread_id: ThreadId
    ) -> None:
        async with self._means.db.write() as tx:
            await store.has_thread(tx, reflection_id, channel_id, thread_id)

    async def remember(self, reflection_id: ReflectionId, part: PostedPart) -> None:
        async with self._means.db.write() as tx:
            await store.remember(tx, reflection_id, part)

    async def forget(self, reflection_id: ReflectionId, part: int) -> None:
        async with self._means.db.write() as tx:
            await store.forget(tx, reflection_id, part)

    async def call_back(self, quote_id: QuoteId | None = None) -> int:
        """Tell those who took posts away of quotes in them that may not be used any more.

        Of one quote, or of all. Everybody is told once of each quote in each file.
        """
        means, told = self._means, 0
        while held := await store.no_longer_allowed(means.db, means.clock.now(), AT_ONCE, quote_id):
            for each in held:
                await self._call_back(each)
            told += len(held)
        return told

    async def held(self, notice: Notice) -> tuple[Holding, Look] | None:
        """What a notice to an exporter is about; None when it is true no more."""
        holding = await store.find_holding(self._means.db, notice.occurrence)
        if holding is None or holding.exported_by != notice.member_id:
            return None
        draft = await drafts.find(self._means.db, holding.reflection_id)
        if draft is None:
            return None
        return holding, await self._drafts.as_it_is(draft)

    async def _call_back(self, holding: Holding) -> None:
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            await store.mark_gone(tx, holding.id, now)
            if holding.exported_by is not None:
                await means.notices.owe(
                    tx,
                    NoticeKind.EXPORT_HOLDS,
                    network_id=holding.network_id,
                    about=holding.reflection_id,
                    people=[(holding.exported_by, holding.id)],
                    due_at=now,
                )
