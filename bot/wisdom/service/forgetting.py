"""Forgetting somebody who spoke, or looked after what others said."""

from functools import partial

from bot.ids import MemberId, NetworkId
from bot.storage.database import Transaction
from bot.wisdom.model import QuoteState
from bot.wisdom.service.means import Means
from bot.wisdom.service.mine import take_away
from bot.wisdom.store import forgetting as store
from bot.wisdom.store import quote as quotes


class ForgettingOfWisdom:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def forget(self, tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
        """Take back every word of theirs. What they did with others' stays, by nobody."""
        means = self._means
        for quote_id in await store.spoken_by(tx, network_id, member_id):
            quote = await quotes.get(tx, quote_id, network_id)
            await take_away(tx, means, quote, QuoteState.WITHDRAWN)
        for quote_id in await store.shown_with(tx, network_id, member_id):
            tx.after_commit(partial(means.quote_changed.ring, quote_id))
        await store.forget_work(tx, network_id, member_id)
        await store.forget_wishes(tx, network_id, member_id, means.clock.now())
        tx.after_commit(partial(means.ending_changed.ring, None))
