"""The quote of the week: every Monday at ten on the network's own clock."""

from datetime import date, datetime, time, timedelta
from functools import partial

from bot.clock import nearest_instant_of
from bot.network.model import ChannelUse, Network
from bot.wisdom.model import PostedFor
from bot.wisdom.service.means import Means
from bot.wisdom.store import post as posts
from bot.wisdom.store import shown as store

AT = time(10, 0)
A_WEEK = timedelta(days=7)


class Weekly:
    def __init__(self, means: Means) -> None:
        self._means = means

    async def next_due(self) -> datetime | None:
        """When the next network is to have its quote of the week."""
        dues = [
            await self._due(await self._means.networks.get(each))
            for each in await store.networks_with_quotes(self._means.db)
        ]
        return min((due for due in dues if due is not None), default=None)

    async def run(self) -> None:
        """Choose for each network whose time has come. A missed week is not made up for."""
        now = self._means.clock.now()
        for network_id in await store.networks_with_quotes(self._means.db):
            network = await self._means.networks.get(network_id)
            due = await self._due(network)
            if due is not None and due <= now:
                await self._choose(network, _monday(now, network))

    async def _due(self, network: Network) -> datetime | None:
        if ChannelUse.WISDOM not in network.channels:
            return None
        now = self._means.clock.now()
        last = await store.latest_week(self._means.db, network.id)
        monday = _monday(now, network)
        if last is None and now >= _at(monday, network) + timedelta(days=1):
            monday += A_WEEK  # a network that begins on a Thursday waits for its first Monday
        elif last is not None and last >= monday:
            monday = last + A_WEEK
        return _at(monday, network)

    async def _choose(self, network: Network, monday: date) -> None:
        means, now = self._means, self._means.clock.now()
        async with means.db.write() as tx:
            last = await store.latest_week(tx, network.id)
            if last is not None and last >= monday:
                return
            round_ = await store.latest_round(tx, network.id)
            quote = await store.for_week(tx, network.id, now, round_)
            if quote is None:  # all have been shown: a new round
                round_ += 1
                quote = await store.for_week(tx, network.id, now, round_)
            await posts.forget_unposted_weeks(tx, network.id)
            await posts.add_week(tx, network.id, monday, quote and quote.id, round_)
            if quote is not None:
                await posts.add(tx, network.id, quote.id, PostedFor.WEEK, None, now)
                tx.after_commit(partial(means.quote_changed.ring, quote.id))


def _monday(now: datetime, network: Network) -> date:
    today = now.astimezone(network.zone).date()
    return today - timedelta(days=today.weekday())


def _at(monday: date, network: Network) -> datetime:
    return nearest_instant_of(datetime.combine(monday, AT), network.zone)
