"""What becomes of what people asked for. Those behind it hear first."""

from collections.abc import Sequence
from datetime import timedelta

from bot.errors import Closed, Invalid, NotFound
from bot.ids import ActionId, ConversationId, MemberId, NetworkId, PracticeId
from bot.notices.model import Notice, NoticeKind, Subject
from bot.people import Person
from bot.practice.model import ShownPractice
from bot.reflections.model.action import (
    MOST_BEHIND,
    NO_SUCH_ACTION,
    Action,
    ActionState,
    Care,
    Step,
    action_title,
)
from bot.reflections.service.means import Means
from bot.reflections.store import action as store
from bot.storage.database import Queries, Transaction
from bot.wisdom.model import ShownQuote, Use

ON_A_PAGE = 6
NEWS_OF = timedelta(days=35)
"""How far a reminder looks back: about as far as the conversation before."""
MOST_NEWS = 3

HEAD_START = timedelta(hours=1)
"""By which those behind an action hear of a step before everybody is told of it."""

ASK_EVERY = timedelta(days=14)
AT_ONCE = 100


class Actions:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def add(
        self,
        typed: str,
        state: ActionState,
        *,
        conversation_id: ConversationId | None = None,
        quotes: Sequence[int] = (),
        owner_id: MemberId | None = None,
        by: Person,
    ) -> Action:
        """Write down what people asked for. *quotes*: the numbers of those that began it."""
        by.must_look_after_posts("write down actions")
        means, now = self._means, self._means.clock.now()
        title = action_title(typed)
        if state is ActionState.NOT_POSSIBLE:
            raise Invalid("Please add it as an idea first, and then say why it is not possible.")
        if conversation_id is not None:
            await means.calendar.get(conversation_id, by.network_id, unannounced=True)
        found = await self._numbered(by.network_id, quotes)
        care = Care(owner_id=owner_id)
        async with means.db.write() as tx:
            await means.networks.must_exist(tx, by.network_id)
            action_id = await store.add(
                tx, by.network_id, title, conversation_id, by.member_id, now
            )
            for each in found:
                await store.began_with(tx, action_id, each.id)
            await store.look_after(tx, action_id, care)
            await self._take(tx, action_id, Step(state=state, reason=""), by)
            await self._tell_looking_after(tx, action_id, care.people, by)
            return await self._get(tx, action_id, by.network_id)

    async def update(
        self, action_id: ActionId, step: Step, care: Care, version: int, *, by: Person
    ) -> Action:
        """Say where it stands and who looks after it, who are told.

        *version* is that of the action which was looked at.
        """
        by.must_look_after_posts("say where actions stand")
        care.must_be_two()
        async with self._means.db.write() as tx:
            before = await self._get(tx, action_id, by.network_id)
            before.must_be_as_seen(version)
            await store.look_after(tx, action_id, care)
            if (before.state, before.reason) != (step.state, step.reason):
                await self._take(tx, action_id, step, by)
            known = (before.owner_id, before.deputy_id)
            await self._tell_looking_after(
                tx, action_id, [each for each in care.people if each not in known], by
            )
            return await self._get(tx, action_id, by.network_id)

    async def link(self, action_id: ActionId, number: int, *, by: Person) -> Action:
        """Say that a quote, too, began it."""
        by.must_look_after_posts("link quotes to actions")
        (quote,) = await self._numbered(by.network_id, [number])
        async with self._means.db.write() as tx:
            action = await self._get(tx, action_id, by.network_id)
            if action.quotes >= MOST_BEHIND:
                raise Invalid(f"An action can begin with up to {MOST_BEHIND} quotes.")
            await store.began_with(tx, action_id, quote.id)
            return await self._get(tx, action_id, by.network_id)

    async def link_practice(
        self, action_id: ActionId, practice_id: PracticeId, *, by: Person
    ) -> Action:
        """Say that a practice, too, began it."""
        by.must_look_after_posts("link practices to actions")
        practice = await self._means.practices.get(practice_id, by.network_id)
        async with self._means.db.write() as tx:
            await self._get(tx, action_id, by.network_id)
            if len(await store.practices_of(tx, action_id)) >= MOST_BEHIND:
                raise Invalid(f"An action can begin with up to {MOST_BEHIND} practices.")
            await store.began_with_practice(tx, action_id, practice.id)
            return await self._get(tx, action_id, by.network_id)

    async def practices_behind(self, action: Action) -> Sequence[ShownPractice]:
        """The practices that began it, as far as everybody here may see them."""
        ids = await store.practices_of(self._means.db, action.id)
        found = [await self._means.practices.find(each, action.network_id) for each in ids]
        return [each for each in found if each is not None]

    async def get(self, action_id: ActionId, network_id: NetworkId) -> Action:
        return await self._get(self._means.db, action_id, network_id)

    async def pick(self, typed: str, network_id: NetworkId) -> Action:
        """By its id, as a list of suggestions gives it, or by its title.

        Raises:
            NotFound: none is called so, or several are.
        """
        if typed.isascii() and typed.isdecimal() and len(typed) < 19:
            return await self._get(self._means.db, ActionId(int(typed)), network_id)
        sought = " ".join(typed.casefold().split())
        everything = await store.of_network(self._means.db, network_id)
        found = [each for each in everything if sought in each.title.casefold()]
        if len(found) != 1:
            raise NotFound(NO_SUCH_ACTION)
        return found[0]

    async def titled(self, network_id: NetworkId, typed: str) -> Sequence[Action]:
        sought = " ".join(typed.casefold().split())
        everything = await store.of_network(self._means.db, network_id)
        return [each for each in everything if sought in each.title.casefold()]

    async def page(self, network_id: NetworkId, number: int) -> tuple[Sequence[Action], int, int]:
        """Actions, the number of the page from 0, and how many pages there are."""
        total = await store.count(self._means.db, network_id)
        pages = max(1, -(-total // ON_A_PAGE))
        number = min(number, pages - 1)
        found = await store.of_network(
            self._means.db, network_id, skip=number * ON_A_PAGE, most=ON_A_PAGE
        )
        return found, number, pages

    async def began_with(self, action: Action) -> Sequence[ShownQuote]:
        """The quotes that began it, as far as everybody here may see them."""
        ids = await store.quotes_of(self._means.db, action.id)
        return await self._means.showing.those(action.network_id, ids, Use.DISCORD)

    async def news(self, network_id: NetworkId) -> Sequence[Action]:
        """What changed since about the last conversation, for everybody to hear."""
        now = self._means.clock.now()
        found = await store.changed_since(self._means.db, network_id, now - NEWS_OF, AT_ONCE)
        told = [each for each in found if not each.quotes or each.changed_at + HEAD_START <= now]
        return told[:MOST_NEWS]

    async def of_notice(self, notice: Notice) -> Action | None:
        """What a notice is about; None when it is gone."""
        if notice.kind.about is not Subject.ACTION:
            return None
        return await store.find(self._means.db, ActionId(notice.about_id))

    async def ask_about_overdue(self) -> None:
        """Ask those who look after what is late how it stands; not more than once a fortnight."""
        means, now = self._means, self._means.clock.now()
        late = await store.to_ask_about(means.db, now.date(), now - ASK_EVERY, AT_ONCE)
        for each in late:
            network = await means.networks.get(each.network_id)
            if not each.is_overdue(now.astimezone(network.zone).date()):
                continue
            async with means.db.write() as tx:
                await store.asked(tx, each.id, now)
                whom = [each.owner_id] if each.owner_id is not None else [each.deputy_id]
                await means.notices.owe(
                    tx,
                    NoticeKind.ACTION_OVERDUE,
                    network_id=each.network_id,
                    about=each.id,
                    people=[(member, now.date().toordinal()) for member in whom if member],
                    due_at=now,
                )

    async def _take(self, tx: Transaction, action_id: ActionId, step: Step, by: Person) -> None:
        """A step, of which everybody whose words began it is told before others are."""
        means, now = self._means, self._means.clock.now()
        step_id = await store.step(tx, action_id, step, by.member_id, now)
        people = [
            (each, step_id) for each in await store.behind(tx, action_id) if each != by.member_id
        ]
        await means.notices.owe(
            tx,
            NoticeKind.ACTION_NEWS,
            network_id=by.network_id,
            about=action_id,
            people=people,
            due_at=now,
        )

    async def _tell_looking_after(
        self, tx: Transaction, action_id: ActionId, people: Sequence[MemberId], by: Person
    ) -> None:
        action = await self._get(tx, action_id, by.network_id)
        await self._means.notices.owe(
            tx,
            NoticeKind.ACTION_YOURS,
            network_id=by.network_id,
            about=action_id,
            people=[(each, action.version) for each in people if each != by.member_id],
            due_at=self._means.clock.now(),
        )

    async def _numbered(
        self, network_id: NetworkId, numbers: Sequence[int]
    ) -> Sequence[ShownQuote]:
        if len(numbers) > MOST_BEHIND:
            raise Invalid(f"An action can begin with up to {MOST_BEHIND} quotes.")
        found: list[ShownQuote] = []
        for each in dict.fromkeys(numbers):
            quote = await self._means.showing.numbered(network_id, each)
            if not isinstance(quote, ShownQuote):
                raise Closed(f"Quote {each} was taken back, so nothing can be linked to it.")
            found.append(quote)
        return found

    async def _get(self, db: Queries, action_id: ActionId, network_id: NetworkId) -> Action:
        found = await store.find(db, action_id)
        if found is None:
            raise NotFound(NO_SUCH_ACTION)
        found.must_be_in(network_id)
        return found
