"""Forgetting somebody who shared what worked, or looked after what others shared."""

from functools import partial

from bot.ids import MemberId, NetworkId
from bot.practice.model import PracticeState
from bot.practice.service.means import Means, take_words_away
from bot.practice.store import forgetting as store
from bot.practice.store import practice as practices
from bot.storage.database import Transaction


class ForgettingOfPractice:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def forget(self, tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
        """Take back all that they wrote. What they did with others' stays, by nobody."""
        means = self._means
        for practice_id in await store.written_by(tx, network_id, member_id):
            practice = await practices.get(tx, practice_id, network_id)
            if practice.state is PracticeState.DRAFT:
                await practices.drop(tx, practice_id)
            else:
                await take_words_away(tx, means, practice_id, "its author wished so")
        for practice_id in await store.touched_by(tx, network_id, member_id):
            tx.after_commit(partial(means.practice_changed.ring, practice_id))
        await store.forget_work(tx, network_id, member_id)
