"""What an organiser writes about a conversation, checked."""

from dataclasses import dataclass
from datetime import datetime

from bot import prose
from bot.errors import Invalid
from bot.ids import ChannelId
from bot.network.model import LinkTo, link

LONGEST_TITLE = 100
LONGEST_DESCRIPTION = 1000  # as in Discord's own events list
LONGEST_NOTE = 200
MOST_QUESTIONS = 2
MOST_PLACES = 10_000
SHORTEST, LONGEST = 15, 720
"""Minutes a conversation may last."""
DEFAULT_MINUTES = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an organiser writes about a conversation, checked."""

    title: str
    description: str
    minutes: int
    places: int | None  # None: no limit
    venue_channel_id: ChannelId | None = None  # a voice or stage channel, which everybody may know
    join_link: str | None = None  # shown to people with a place, and to nobody else

    @classmethod
    def read(
        cls,
        *,
        title: str,
        description: str = "",
        minutes: str | int,
        places: str | int | None,
        venue_channel_id: ChannelId | None = None,
        join_link: str = "",
    ) -> "Details":
        """Raises `Invalid` for the first thing that cannot be used."""
        unlimited = places is None or (isinstance(places, str) and not places.strip())
        return cls(
            title=prose.line(title, called="title", at_most=LONGEST_TITLE),
            description=prose.passage(
                description, called="description", at_most=LONGEST_DESCRIPTION
            ),
            minutes=prose.whole_number(
                minutes, called="length in minutes", least=SHORTEST, most=LONGEST
            ),
            places=None
            if unlimited or places is None
            else prose.whole_number(places, called="number of places", least=1, most=MOST_PLACES),
            venue_channel_id=venue_channel_id,
            join_link=link(join_link, LinkTo.JOINING),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """What else an organiser may say about a conversation, checked."""

    questions: tuple[str, ...] = ()
    content_note: str = ""
    offered: str = ""  # expenses, a thank-you, data top-up: in words, never amounts
    access_provided: str = ""
    closes_at: datetime | None = None  # None: sign-up closes when it starts

    @classmethod
    def read(
        cls,
        *,
        questions: str,
        content_note: str,
        offered: str,
        access_provided: str,
        closes_at: datetime | None,
    ) -> "More":
        """Raises `Invalid` for the first thing that cannot be used."""
        asked = [each for each in questions.splitlines() if prose.tidy(each)]
        if len(asked) > MOST_QUESTIONS:
            raise Invalid("A conversation asks up to two questions. Please put one on each line.")
        return cls(
            questions=tuple(
                prose.line(each, called="question", at_most=LONGEST_NOTE) for each in asked
            ),
            content_note=_note(content_note, "content note"),
            offered=_note(offered, "text about what is offered"),
            access_provided=_note(access_provided, "text about access"),
            closes_at=closes_at,
        )


def _note(typed: str, called: str) -> str:
    return " ".join(prose.passage(typed, called=called, at_most=LONGEST_NOTE).split())
