"""Names for the whole numbers that must not be mixed up."""

from typing import NewType

NetworkId = NewType("NetworkId", int)
"""A network is one Discord server with its settings; this is that server's Discord id."""

ConversationId = NewType("ConversationId", int)
MoveId = NewType("MoveId", int)
WrittenId = NewType("WrittenId", int)
NoticeId = NewType("NoticeId", int)
GuestId = NewType("GuestId", int)
PairId = NewType("PairId", int)
HostingId = NewType("HostingId", int)
TroubleId = NewType("TroubleId", int)
SeriesId = NewType("SeriesId", int)
ProposedRuleId = NewType("ProposedRuleId", int)
KindId = NewType("KindId", int)
ThemeId = NewType("ThemeId", int)
RingId = NewType("RingId", int)
QuoteId = NewType("QuoteId", int)
QuoteRequestId = NewType("QuoteRequestId", int)
QuoteImportId = NewType("QuoteImportId", int)
QuotePostId = NewType("QuotePostId", int)
ConsentId = NewType("ConsentId", int)
PracticeId = NewType("PracticeId", int)
ReflectionId = NewType("ReflectionId", int)
ExportId = NewType("ExportId", int)
ActionId = NewType("ActionId", int)

MemberId = NewType("MemberId", int)
"""A person's Discord id, the same in every network."""

FORGOTTEN = MemberId(-1)
"""Stands where somebody's id was who has been forgotten. No person has this id."""

ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
RoleId = NewType("RoleId", int)
ThreadId = NewType("ThreadId", int)
ListEntryId = NewType("ListEntryId", int)
TagId = NewType("TagId", int)
"""A tag of a forum."""
