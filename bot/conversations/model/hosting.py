"""Who hosts a conversation, and how that may change."""

from dataclasses import dataclass

from bot.conversations.model.conversation import Conversation
from bot.errors import Invalid
from bot.ids import HostingId, MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """That somebody was named, and by whom."""

    id: HostingId
    member_id: MemberId
    named_by: MemberId


@dataclass(frozen=True, slots=True, kw_only=True)
class HostChange:
    """What an organiser asks for. Whoever is not mentioned stays."""

    host_id: MemberId | None = None
    deputy_id: MemberId | None = None
    host_off: bool = False
    deputy_off: bool = False

    def applied_to(self, conversation: Conversation) -> tuple[MemberId | None, MemberId | None]:
        """The host and the deputy afterwards.

        Raises:
            Invalid: nothing is asked for, or what cannot go together.
        """
        if not (self.host_id or self.deputy_id or self.host_off or self.deputy_off):
            raise Invalid("Please say who hosts it, or whose name comes off.")
        if (self.host_id and self.host_off) or (self.deputy_id and self.deputy_off):
            raise Invalid(
                "You named somebody and asked to take the same name off. Please choose one."
            )
        host_id = None if self.host_off else self.host_id or conversation.host_id
        deputy_id = None if self.deputy_off else self.deputy_id or conversation.deputy_id
        if host_id is not None and host_id == deputy_id:
            raise Invalid("The host and the deputy must be two people. Please name somebody else.")
        return host_id, deputy_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """A conversation after its hosts were named, and how many people are being told."""

    conversation: Conversation
    told: int
    came_off: int  # people whose name came off, and who are not told
