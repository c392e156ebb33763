"""Where notices for everybody are posted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.network.model import ChannelUse

if TYPE_CHECKING:
    from bot.client import RoomFinder, Services
    from bot.ids import ChannelId
    from bot.notices.model import Notice


def channel_for(use: ChannelUse) -> RoomFinder:
    """The channel that the notice's network has chosen for that."""

    async def find(services: Services, notice: Notice) -> ChannelId | None:
        network = await services.networks.get(notice.network_id)
        return network.channels.get(use)

    return find


CONVERSATIONS = channel_for(ChannelUse.CONVERSATIONS)
