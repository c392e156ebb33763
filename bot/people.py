"""Who is asking, as far as the rules care."""

from dataclasses import dataclass

from bot.errors import NotAllowed
from bot.ids import MemberId, NetworkId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A member of one network, with what their roles there let them do right now.

    Built at the edge for every press and command, never kept: roles change.
    """

    network_id: NetworkId
    member_id: MemberId
    is_organiser: bool = False
    is_moderator: bool = False
    manages_network: bool = False

    def must_be_organiser(self, to_do: str) -> None:
        """*to_do* ends the sentence "Only organisers can …"."""
        if not self.is_organiser:
            raise NotAllowed(
                f"Only organisers can {to_do}. If that should be you, ask somebody who runs this "
                "server for the organisers' role."
            )

    def must_be_moderator(self, to_do: str) -> None:
        """*to_do* ends the sentence "Only moderators can …"."""
        if not self.is_moderator:
            raise NotAllowed(
                f"Only moderators can {to_do}. If that should be you, ask somebody who runs this "
                "server for the moderators' role."
            )

    @property
    def looks_after_posts(self) -> bool:
        return self.is_organiser or self.is_moderator

    def must_look_after_posts(self, to_do: str) -> None:
        """*to_do* ends the sentence "Only organisers and moderators can …"."""
        if not self.looks_after_posts:
            raise NotAllowed(
                f"Only organisers and moderators can {to_do}. If that should be you, ask somebody "
                "who runs this server for one of these roles."
            )

    def must_manage_network(self, to_do: str) -> None:
        if not self.manages_network:
            raise NotAllowed(
                f"Only people with “Manage Server” can {to_do}. Ask somebody who runs this server."
            )
