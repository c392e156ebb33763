"""What somebody else changed while an organiser was writing, a line for each thing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.clock import spoken, spoken_length
from bot.conversations.model import ChangedMeanwhile, Conversation
from bot.errors import Closed
from bot.network.model import Network
from bot.ui.text import as_typed, shortened

LONGEST_SHOWN = 100
"""Characters of each text: it is there to be recognised."""


@contextmanager
def telling_what_changed(network: Network) -> Iterator[None]:
    """Refuse with what changed, where the rules refuse because something did."""
    try:
        yield
    except ChangedMeanwhile as error:
        lines = "\n".join(differences(error.before, error.after, network))
        raise Closed(
            "Somebody else changed this conversation while you were writing, so I have saved "
            f"nothing of yours. This is what they changed:\n{lines}\n"
            "If you still want to change it, please use the command again."
        ) from error


def differences(before: Conversation, after: Conversation, network: Network) -> list[str]:
    """“Places: 20, now 25” for each thing that is not as it was."""
    was, now = _described(before, network), _described(after, network)
    return [
        f"- {called}: {was[called]}, now {now[called]}"
        for called in was
        if was[called] != now[called]
    ]


def _described(conversation: Conversation, network: Network) -> dict[str, str]:
    details, more = conversation.details, conversation.more
    venue = details.venue_channel_id
    return {
        "Starts": spoken(conversation.starts_at, network.zone),
        "Title": _text(details.title),
        "Description": _text(details.description),
        "Length": spoken_length(details.minutes),
        "Places": "no limit" if details.places is None else f"{details.places:,}",
        "Channel": "none" if venue is None else f"<#{venue}>",
        "Link to join": details.join_link or "none",
        "Questions": _text(" / ".join(more.questions)),
        "Content note": _text(more.content_note),
        "Offered": _text(more.offered),
        "Access": _text(more.access_provided),
        "Sign-up closes": (
            "with the start" if more.closes_at is None else spoken(more.closes_at, network.zone)
        ),
    }


def _text(written: str) -> str:
    return (
        f"“{as_typed(shortened(' '.join(written.split()), LONGEST_SHOWN))}”" if written else "none"
    )
