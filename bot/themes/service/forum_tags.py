"""The practice forum's tags: what they ought to be, and which tag stands for what."""

from collections.abc import Mapping, Sequence

from bot.ids import ChannelId, NetworkId, TagId
from bot.storage.database import Database
from bot.themes import store
from bot.themes.model.forum import Tag, TagPlan, plan
from bot.themes.service.themes import Themes


class ForumTags:
    def __init__(self, db: Database, themes: Themes) -> None:
        self._db = db
        self._themes = themes

    async def networks(self) -> Sequence[NetworkId]:
        """Those whose forum has been given its tags."""
        return await store.networks_with_tags(self._db)

    async def remembered(self, network_id: NetworkId, forum_id: ChannelId) -> Mapping[str, TagId]:
        """Each kind and theme as `value_of` writes it, and its tag. Empty: nobody has asked us
        to look after that forum's tags."""
        return await store.tags_of(self._db, network_id, forum_id)

    async def plan(
        self, network_id: NetworkId, forum_id: ChannelId, present: Sequence[Tag]
    ) -> TagPlan:
        vocabulary = await self._themes.vocabulary(network_id)
        return plan(vocabulary, present, await self.remembered(network_id, forum_id))

    async def remember(
        self, network_id: NetworkId, forum_id: ChannelId, stands_for: Mapping[str, TagId]
    ) -> None:
        """Costs one read when that is known."""
        if stands_for != await self.remembered(network_id, forum_id):
            async with self._db.write() as tx:
                await store.save_tags(tx, network_id, forum_id, stands_for)
