"""A message of the bot that shows a quote to others."""

from dataclasses import dataclass
from enum import StrEnum

from bot.ids import ChannelId, MessageId, NetworkId, QuoteId, QuotePostId


class PostedFor(StrEnum):
    REVIEW = "review"  # in the moderators' channel
    WEEK = "week"  # the quote of the week
    SHARED = "shared"  # because a member asked for it to be shown to everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotePost:
    id: QuotePostId
    network_id: NetworkId
    quote_id: QuoteId
    made_for: PostedFor
    channel_id: ChannelId | None  # None: in the channel chosen for that
    message_id: MessageId | None  # None: not posted yet
    shows: str | None
    """A digest of what it was last made to show."""
