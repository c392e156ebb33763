"""What people do with practices of their own: write, send, change, and take back."""

from collections.abc import Sequence
from functools import partial

from bot.errors import Closed, Invalid, NotFound
from bot.ids import MemberId, NetworkId, PracticeId
from bot.notices.model import Notice
from bot.people import Person
from bot.practice.model import (
    MOST_DRAFTS,
    NO_SUCH_PRACTICE,
    SHOWN,
    WAITING,
    File,
    Practice,
    PracticeState,
    Source,
    Written,
    must_be_welcome,
)
from bot.practice.service.means import Means, take_words_away
from bot.practice.store import decision as decisions
from bot.practice.store import practice as store
from bot.practice.store import shown, trail
from bot.storage.database import Transaction


class Mine:
    """Every method is for whoever wrote it or looks after it: for others there is no such thing."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def draft(
        self,
        written: Written,
        *,
        by: Person,
        file: File | None = None,
        answers: PracticeId | None = None,
        source: Source = Source.FORM,
    ) -> Practice:
        """Keep what somebody wrote, for them alone until they send it."""
        means, now = self._means, self._means.clock.now()
        await means.must_know(by.network_id, written.kind_id, written.theme_ids)
        if file is not None:
            file = File(must_be_welcome(file.name, len(file.content)), file.content)
        async with means.db.write() as tx:
            await means.networks.must_exist(tx, by.network_id)
            if await store.count_drafts(tx, by.network_id, by.member_id) >= MOST_DRAFTS:
                raise Invalid(
                    f"You have {MOST_DRAFTS} practices that you have not sent yet. Please send one "
                    "or throw it away first: /practice mine shows them."
                )
            if answers is not None and await shown.find(tx, by.network_id, answers) is None:
                raise NotFound(NO_SUCH_PRACTICE)
            practice_id = await store.add(
                tx,
                by.network_id,
                written,
                author_id=by.member_id,
                source=source,
                answers=answers,
                now=now,
            )
            if file is not None:
                await store.put_file(tx, practice_id, file)
            await trail.add(tx, practice_id, "written", by.member_id, "somebody wrote it", now)
            tx.after_commit(partial(means.drafts_changed.ring, None))
            return await store.get(tx, practice_id, by.network_id)

    async def all(self, network_id: NetworkId, member_id: MemberId) -> Sequence[Practice]:
        """What they wrote or look after, newest first."""
        return await store.of_member(self._means.db, network_id, member_id)

    async def get(self, practice_id: PracticeId, *, by: Person) -> Practice:
        practice = await store.get(self._means.db, practice_id, by.network_id)
        practice.must_be_looked_after_by(by.member_id)
        return practice

    async def of_notice(self, notice: Notice) -> Practice | None:
        """What a notice is about; None when it is theirs no more."""
        practice = await store.find(self._means.db, PracticeId(notice.about_id))
        theirs = practice is not None and notice.member_id in (
            practice.author_id,
            practice.owner_id,
            practice.deputy_id,
        )
        return practice if theirs else None

    async def rewrite(self, practice_id: PracticeId, written: Written, *, by: Person) -> Practice:
        """Say it differently. What others have seen before is looked at again first."""
        means, now = self._means, self._means.clock.now()
        await means.must_know(by.network_id, written.kind_id, written.theme_ids)
        async with means.db.write() as tx:
            practice = await self._theirs(tx, practice_id, by)
            if practice.merged_into is not None:
                raise Closed("That practice is part of another one now, so it can't be changed.")
            if practice.must_have_words() == written:
                return practice
            await store.reword(tx, practice_id, written)
            if practice.state in SHOWN:
                await decisions.wait_for_moderator(tx, practice_id, now)
            await means.note(
                tx, practice_id, "changed", by.member_id, "somebody who looks after it rewrote it"
            )
            after = await store.get(tx, practice_id, by.network_id)
            if after.state in WAITING:
                await means.ask_for_review(tx, after)
        return after

    async def show_name(self, practice_id: PracticeId, *, is_named: bool, by: Person) -> Practice:
        """Let it say who wrote it, or not. It does not until its author chooses so."""
        means = self._means
        async with means.db.write() as tx:
            practice = await store.get(tx, practice_id, by.network_id)
            practice.must_be_by(by.member_id)
            await store.set_named(tx, practice_id, is_named=is_named)
            what = "named" if is_named else "not named any more"
            await means.note(tx, practice_id, what, by.member_id, "its author chose so")
            return await store.get(tx, practice_id, by.network_id)

    async def send(self, practice_id: PracticeId, *, by: Person) -> Practice:
        """Give it to the moderators. Sending twice changes nothing."""
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            practice = await self._theirs(tx, practice_id, by)
            practice.must_have_words()
            if practice.state in (*WAITING, *SHOWN):
                return practice
            if practice.state is PracticeState.ARCHIVED:
                raise Closed("That practice is archived. A moderator can bring it back.")
            why = "its author sent it"
            if practice.state is PracticeState.NOT_NOW:
                why = "its author sent it again"
            await decisions.wait_for_moderator(tx, practice_id, now)
            await means.note(tx, practice_id, "sent", by.member_id, why)
            after = await store.get(tx, practice_id, by.network_id)
            await means.ask_for_review(tx, after)
        return after

    async def throw_away(self, practice_id: PracticeId, *, by: Person) -> None:
        """Only what was never sent."""
        async with self._means.db.write() as tx:
            practice = await store.get(tx, practice_id, by.network_id)
            practice.must_be_by(by.member_id)
            if practice.state is not PracticeState.DRAFT:
                raise Closed("You have sent that already. /practice mine lets you take it back.")
            await store.drop(tx, practice_id)

    async def take_back(self, practice_id: PracticeId, *, by: Person) -> None:
        """Delete its words and its file, for good. What people wrote in the thread is theirs."""
        means = self._means
        async with means.db.write() as tx:
            practice = await store.get(tx, practice_id, by.network_id)
            practice.must_be_by(by.member_id)
            if practice.state is PracticeState.DRAFT:
                await store.drop(tx, practice_id)
                return
            await take_words_away(tx, means, practice_id, "its author wished so")

    async def _theirs(self, tx: Transaction, practice_id: PracticeId, by: Person) -> Practice:
        practice = await store.get(tx, practice_id, by.network_id)
        practice.must_be_looked_after_by(by.member_id)
        return practice
