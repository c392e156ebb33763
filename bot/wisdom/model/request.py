"""Asking whether somebody's words may be kept, before they are."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.errors import Closed, NotFound
from bot.ids import ChannelId, MemberId, MessageId, NetworkId, QuoteRequestId
from bot.wisdom.model.quote import Details

ASKED_FOR = timedelta(days=14)
"""How long somebody has to answer, and how long it is remembered that they did."""

WRITING_FOR = timedelta(days=1)
"""How long somebody's own quote may lie half written."""

MOST_OPEN = 20
"""Requests that one person may have open for others to answer."""


class RequestState(StrEnum):
    OPEN = "open"
    AGREED = "agreed"
    REFUSED = "refused"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The message that was pointed at."""

    channel_id: ChannelId
    message_id: MessageId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRequest:
    """Its words are in the private message that asks, and nowhere else."""

    id: QuoteRequestId
    network_id: NetworkId
    speaker_id: MemberId
    asked_by: MemberId | None  # None: the speaker began it
    details: Details
    said: Said | None
    message: Said | None  # the private message that carries the words
    made_at: datetime
    lasts_until: datetime
    state: RequestState

    def must_be_for(self, member_id: MemberId) -> None:
        if self.speaker_id != member_id:
            raise NotFound("That question is for somebody else, so I can't take your answer.")

    def must_not_be_agreed(self) -> None:
        if self.state is RequestState.AGREED:
            raise Closed(
                "You have said yes to this already. With /wisdom mine you can see, change or take "
                "back what is kept."
            )

    def is_open(self, now: datetime) -> bool:
        return self.state is RequestState.OPEN and now < self.lasts_until

    def must_be_open(self, now: datetime) -> None:
        self.must_not_be_agreed()
        if self.state is RequestState.REFUSED:
            raise Closed("You said no to this, and nothing was kept.")
        if self.state is RequestState.LAPSED or now >= self.lasts_until:
            raise Closed("This was not answered in time, so nothing was kept.")
