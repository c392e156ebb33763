"""The thread of a practice in the forum, and the cards that moderators see."""

from dataclasses import dataclass
from datetime import datetime

from bot.ids import ChannelId, MessageId, NetworkId, PracticeId, TagId, ThreadId


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePost:
    practice_id: PracticeId
    network_id: NetworkId
    forum_id: ChannelId
    thread_id: ThreadId
    message_id: MessageId | None  # the bot's card in it
    is_ours: bool
    title: str
    tags: tuple[TagId, ...]
    shows: str
    """A digest of what the card was last made to show."""
    is_gone: bool
    source_id: MessageId | None = None
    """What it began with, if it was made by hand."""
    source_edited_at: datetime | None = None
    source_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPost:
    practice_id: PracticeId
    network_id: NetworkId
    channel_id: ChannelId | None
    message_id: MessageId | None  # None: not posted yet
    shows: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumIndex:
    network_id: NetworkId
    forum_id: ChannelId
    thread_id: ThreadId
    message_id: MessageId
    shows: str
