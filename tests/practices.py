"""Short ways to have practices in a test."""

from bot.client import Services
from bot.ids import KindId, MemberId, ThemeId
from bot.people import Person
from bot.practice.model import File, Practice, Written
from tests.conftest import AMINA, HOME

MODERATOR = Person(network_id=HOME, member_id=MemberId(95), is_moderator=True)
OTHER_MODERATOR = Person(network_id=HOME, member_id=MemberId(96), is_moderator=True)
TITLE = "Residents lead the first interview"
DID = "We split our interviews in two, and residents hold the first half alone."


def member(member_id: MemberId) -> Person:
    return Person(network_id=HOME, member_id=member_id)


def written(
    title: str = TITLE,
    did: str = DID,
    *,
    changed: str = "",
    link: str | None = None,
    kind_id: KindId | None = None,
    theme_ids: tuple[ThemeId, ...] = (),
) -> Written:
    return Written(
        title=title, did=did, changed=changed, link=link, kind_id=kind_id, theme_ids=theme_ids
    )


async def drafted(
    parts: Services,
    words: Written | None = None,
    *,
    author: MemberId = AMINA,
    file: File | None = None,
) -> Practice:
    return await parts.practice.mine.draft(words or written(), by=member(author), file=file)


async def sent(
    parts: Services,
    words: Written | None = None,
    *,
    author: MemberId = AMINA,
    file: File | None = None,
) -> Practice:
    """A practice that waits for a moderator."""
    practice = await drafted(parts, words, author=author, file=file)
    return await parts.practice.mine.send(practice.id, by=member(author))


async def shared(
    parts: Services,
    words: Written | None = None,
    *,
    author: MemberId = AMINA,
    file: File | None = None,
) -> Practice:
    practice = await sent(parts, words, author=author, file=file)
    return await parts.practice.review.share(practice.id, by=MODERATOR)
