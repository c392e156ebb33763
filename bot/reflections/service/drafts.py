"""Writing a post together: what is in it, in which order, and in whose words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.conversations.model import Conversation
from bot.errors import Closed, NotFound
from bot.ids import ConversationId, KindId, NetworkId, QuoteId, ReflectionId, ThemeId
from bot.people import Person
from bot.reflections.model import (
    MOST_QUOTES,
    NO_SUCH_POST,
    Change,
    ChangedMeanwhile,
    Did,
    Draft,
    Listed,
    Place,
    Post,
    compose,
)
from bot.reflections.model.action import SAID_OF
from bot.reflections.model.post import first_lead
from bot.reflections.service.means import Means
from bot.reflections.store import action as actions
from bot.reflections.store import draft as store
from bot.reflections.store import entry, trail
from bot.wisdom.model import ShownQuote, Use

MOST_LISTED = 100
MOST_CHANGES = 15
MOST_DID = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A post as it is at this moment."""

    draft: Draft
    post: Post
    usable: Sequence[ShownQuote]
    """All that it has room for and may be used, also what is left out."""
    conversation: Conversation | None

    @property
    def left_out(self) -> int:
        kept = {each.quote_id for each in self.draft.entries if not each.is_left_out}
        return sum(each.id not in kept for each in self.usable)

    @property
    def not_usable(self) -> int:
        """Quotes that it has room for, and whose consent has gone."""
        return len(self.draft.entries) - len(self.usable)

    def of_section(self, kind_id: KindId | None) -> Sequence[ShownQuote]:
        """Also what is left out, but not the one that leads."""
        lead = None if self.post.lead is None else self.post.lead.id
        return [each for each in self.usable if each.kind_id == kind_id and each.id != lead]


class Drafts:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def begin(
        self, conversation_id: ConversationId | None, theme_id: ThemeId | None, *, by: Person
    ) -> Look:
        """Begin a post, with the quotes that may be in it; or go on with the one there is."""
        by.must_look_after_posts("write posts")
        means, now = self._means, self._means.clock.now()
        if conversation_id is not None:
            await means.calendar.get(conversation_id, by.network_id, unannounced=True)
        theme_ids = await self._themes(by.network_id, theme_id)
        async with means.db.write() as tx:
            await means.networks.must_exist(tx, by.network_id)
            if conversation_id is None:
                reflection_id = await store.open_one(tx, by.network_id, theme_id)
            else:
                reflection_id = await store.of_conversation(tx, conversation_id)
            if reflection_id is None:
                reflection_id = await store.add(
                    tx, by.network_id, conversation_id, theme_id, by.member_id, now
                )
                await entry.gather(
                    tx, reflection_id, by.network_id, conversation_id, theme_ids, now, MOST_QUOTES
                )
                await means.note(tx, reflection_id, "begun", by.member_id)
        look = await self.look(reflection_id, by=by)
        if look.draft.lead_quote_id is None and not look.draft.texts:
            lead = first_lead(look.usable)
            if lead is not None:
                async with means.db.write() as tx:
                    await store.lead_with(tx, reflection_id, lead)
                return await self.look(reflection_id, by=by)
        return look

    async def look(self, reflection_id: ReflectionId, *, by: Person) -> Look:
        """For those who write it; a published one, for everybody."""
        draft = await self._means.draft(self._means.db, reflection_id, by.network_id)
        if not draft.is_published and not by.looks_after_posts:
            raise NotFound(NO_SUCH_POST)
        return await self.as_it_is(draft)

    async def as_it_is(self, draft: Draft) -> Look:
        means, network_id = self._means, draft.network_id
        ids = [each.quote_id for each in draft.entries]
        usable = await means.showing.those(network_id, ids, Use.POSTS)
        vocabulary = await means.themes.vocabulary(network_id)
        conversation = None
        if draft.conversation_id is not None:
            conversation = await means.calendar.get(
                draft.conversation_id, network_id, unannounced=True
            )
        came_of_it = await actions.that_came_of(
            means.db,
            network_id,
            draft.conversation_id,
            [each.id for each in usable],
            MOST_DID,
        )
        did = [
            Did(title=each.title, state=SAID_OF[each.state], reason=each.reason)
            for each in came_of_it
        ]
        return Look(
            draft=draft,
            post=compose(draft, usable, vocabulary, did),
            usable=usable,
            conversation=conversation,
        )

    async def listed(self, *, published_only: bool = False, by: Person) -> Sequence[Listed]:
        """The newest first; for members, what is published."""
        only = published_only or not by.looks_after_posts
        return await store.of_network(
            self._means.db, by.network_id, published_only=only, most=MOST_LISTED
        )

    async def write(
        self, reflection_id: ReflectionId, place: Place, typed: str, version: int, *, by: Person
    ) -> Look:
        """Write a text anew. *version* is that of the text that the writer saw, 0 for none.

        Raises:
            ChangedMeanwhile: somebody else has written it since.
        """
        by.must_look_after_posts("write posts")
        words = place.read(typed)
        means = self._means
        if place.kind_id is not None:
            (await means.themes.vocabulary(by.network_id)).kind(place.kind_id)
        async with means.db.write() as tx:
            draft = await means.draft(tx, reflection_id, by.network_id)
            now = draft.texts.get(place)
            if now is not None and now.version != version:
                raise ChangedMeanwhile(place, now, words)
            if words != draft.words(place):
                await store.write(
                    tx, reflection_id, place, words, version + 1, by.member_id, means.clock.now()
                )
                means.ring(tx, reflection_id)
        return await self.look(reflection_id, by=by)

    async def lead_with(
        self, reflection_id: ReflectionId, quote_id: QuoteId | None, *, by: Person
    ) -> Look:
        """Choose the quote with which it begins; None: none."""
        by.must_look_after_posts("choose what leads a post")
        means = self._means
        async with means.db.write() as tx:
            draft = await means.draft(tx, reflection_id, by.network_id)
            if quote_id is not None:
                await self._must_be_usable(draft, [quote_id])
                await entry.leave_out(tx, reflection_id, [quote_id], leave=False)
            await store.lead_with(tx, reflection_id, quote_id)
            await means.note(tx, reflection_id, "lead", by.member_id)
        return await self.look(reflection_id, by=by)

    async def keep(
        self,
        reflection_id: ReflectionId,
        among: Sequence[QuoteId],
        kept: Collection[QuoteId],
        *,
        by: Person,
    ) -> Look:
        """Of the quotes *among* which was chosen, keep those, and leave the others out."""
        by.must_look_after_posts("leave quotes out of a post")
        means = self._means
        async with means.db.write() as tx:
            draft = await means.draft(tx, reflection_id, by.network_id)
            await self._must_be_usable(draft, list(kept))
            others = [each for each in among if each not in kept]
            await entry.leave_out(tx, reflection_id, list(kept), leave=False)
            await entry.leave_out(tx, reflection_id, others, leave=True)
            await means.note(tx, reflection_id, "chosen", by.member_id)
        return await self.look(reflection_id, by=by)

    async def put_first(
        self, reflection_id: ReflectionId, quote_id: QuoteId, *, by: Person
    ) -> Look:
        """Have a quote before all others of its section."""
        by.must_look_after_posts("put quotes in order")
        means = self._means
        async with means.db.write() as tx:
            draft = await means.draft(tx, reflection_id, by.network_id)
            await self._must_be_usable(draft, [quote_id])
            rest = [each.quote_id for each in draft.entries if each.quote_id != quote_id]
            await entry.put_in_order(tx, reflection_id, [quote_id, *rest])
            await means.note(tx, reflection_id, "ordered", by.member_id)
        return await self.look(reflection_id, by=by)

    async def gather(self, reflection_id: ReflectionId, *, by: Person) -> tuple[Look, int]:
        """Take in what has been published since; and how many that were."""
        by.must_look_after_posts("write posts")
        means = self._means
        draft = await means.draft(means.db, reflection_id, by.network_id)
        theme_ids = await self._themes(by.network_id, draft.theme_id)
        async with means.db.write() as tx:
            came = await entry.gather(
                tx,
                reflection_id,
                by.network_id,
                draft.conversation_id,
                theme_ids,
                means.clock.now(),
                MOST_QUOTES,
            )
            if came:
                await means.note(tx, reflection_id, "gathered", by.member_id)
        return await self.look(reflection_id, by=by), came

    async def publish(self, reflection_id: ReflectionId, *, by: Person) -> Look:
        """Have it posted as a thread. Once it is, nothing more happens.

        Raises:
            Closed: nothing in it may be used.
        """
        by.must_look_after_posts("publish posts")
        means = self._means
        look = await self.look(reflection_id, by=by)
        must_have_quotes(look)
        async with means.db.write() as tx:
            draft = await means.draft(tx, reflection_id, by.network_id)
            if not draft.is_published:
                await store.publish(tx, reflection_id, by.member_id, means.clock.now())
                await means.note(tx, reflection_id, "published", by.member_id)
        return await self.look(reflection_id, by=by)

    async def throw_away(self, reflection_id: ReflectionId, *, by: Person) -> None:
        """Delete a draft with all that was written in it.

        Raises:
            Closed: it is published.
        """
        by.must_look_after_posts("throw drafts away")
        async with self._means.db.write() as tx:
            draft = await self._means.draft(tx, reflection_id, by.network_id)
            if draft.is_published:
                raise Closed("This post is published, so it can't be thrown away.")
            await store.delete(tx, reflection_id)

    async def history(self, reflection_id: ReflectionId, *, by: Person) -> Sequence[Change]:
        """Who did what, the latest first."""
        by.must_look_after_posts("see who changed what")
        await self._means.draft(self._means.db, reflection_id, by.network_id)
        return await trail.of(self._means.db, reflection_id, MOST_CHANGES)

    async def _must_be_usable(self, draft: Draft, quote_ids: Sequence[QuoteId]) -> None:
        """Raises `Closed`: it is of another post, or its speaker has taken it back."""
        for each in quote_ids:
            draft.must_have(each)
        found = await self._means.showing.those(draft.network_id, quote_ids, Use.POSTS)
        if len(found) != len(quote_ids):
            raise Closed("That quote may not be used in a post any more. Nothing has changed.")

    async def _themes(
        self, network_id: NetworkId, theme_id: ThemeId | None
    ) -> Sequence[ThemeId] | None:
        if theme_id is None:
            return None
        vocabulary = await self._means.themes.vocabulary(network_id)
        return tuple(vocabulary.ids_of(theme_id))


def must_have_quotes(look: Look) -> None:
    if not look.post.quotes:
        raise Closed(
            "There is no quote in this post that may be used, so there is nothing to publish yet. "
            "Quotes come in when their speakers agree to posts, and a moderator publishes them."
        )
