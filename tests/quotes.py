"""Short ways to have quotes in a test."""

from bot.client import Services
from bot.ids import MemberId
from bot.people import Person
from bot.wisdom.model import Consent, Credit, Details, Lasting, Quote, Use
from tests.conftest import AMINA, HOME

MODERATOR = Person(network_id=HOME, member_id=MemberId(95), is_moderator=True)
OTHER_MODERATOR = Person(network_id=HOME, member_id=MemberId(96), is_moderator=True)
WORDS = "We stopped asking people to fill in forms, and they began to talk."


def member(member_id: MemberId) -> Person:
    return Person(network_id=HOME, member_id=member_id)


def consent(
    *uses: Use,
    credit: Credit = Credit.ANONYMOUS,
    name: str | None = None,
    lasting: Lasting = Lasting.OPEN,
) -> Consent:
    return Consent(
        uses=frozenset(uses or (Use.DISCORD,)), credit=credit, credited_as=name, lasting=lasting
    )


async def shared(
    parts: Services,
    words: str = WORDS,
    *,
    speaker: MemberId = AMINA,
    agreed: Consent | None = None,
    details: Details | None = None,
) -> Quote:
    """A quote that waits for a moderator."""
    request = await parts.wisdom.requests.begin(details or Details(), by=member(speaker))
    return await parts.wisdom.requests.agree(request.id, words, agreed or consent(), speaker)


async def published(
    parts: Services,
    words: str = WORDS,
    *,
    speaker: MemberId = AMINA,
    agreed: Consent | None = None,
    details: Details | None = None,
) -> Quote:
    quote = await shared(parts, words, speaker=speaker, agreed=agreed, details=details)
    return await parts.wisdom.review.publish(quote.id, by=MODERATOR)
