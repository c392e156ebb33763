"""What members do: come to every conversation of a series, until they say otherwise."""

from bot.conversations.model import Conversation, SignUpState
from bot.ids import MemberId, NetworkId, SeriesId
from bot.series.model import Joined, Series
from bot.series.service.means import Means
from bot.series.store import series as store
from bot.series.store import standing
from bot.storage.database import Transaction


class Standing:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def join(self, series_id: SeriesId, network_id: NetworkId, member_id: MemberId) -> Joined:
        """Sign somebody up to all of it: to what is announced now, to the rest as it comes.

        What they have answered already stays as they answered it.
        """
        today = await self._means.today(network_id)
        occurrences = self._means.occurrences
        going: list[Conversation] = []
        waiting: list[Conversation] = []
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, series_id, network_id)
            series.must_go_on()
            is_new = await standing.add(tx, series_id, member_id, self._means.clock.now())
            for each in await occurrences.of(tx, series_id, since=today):
                if not each.is_announced:
                    continue
                state = await occurrences.sign_up(tx, each, member_id)
                if state is not None:
                    (going if state is SignUpState.GOING else waiting).append(each)
        return Joined(series=series, is_new=is_new, going=going, waiting=waiting)

    async def leave(
        self, series_id: SeriesId, network_id: NetworkId, member_id: MemberId
    ) -> tuple[Series, bool]:
        """Sign them up to no more. Places they have stay theirs. False: they had no standing."""
        async with self._means.db.write() as tx:
            series = await store.get_started(tx, series_id, network_id)
            return series, await standing.drop(tx, series_id, member_id)

    async def has(self, series_id: SeriesId, member_id: MemberId) -> bool:
        return await standing.has(self._means.db, series_id, member_id)

    async def forget(self, tx: Transaction, network_id: NetworkId, member_id: MemberId) -> None:
        """Sign them up to no more, and take their id off what they started."""
        await standing.drop_member(tx, network_id, member_id)
        await standing.forget_who(tx, network_id, member_id)

    async def has_left(self, network_id: NetworkId, member_id: MemberId) -> None:
        """Forget the standing sign-ups of somebody who is no longer in the server."""
        async with self._means.db.write() as tx:
            await standing.drop_member(tx, network_id, member_id)
