"""Short ways to have posts in a test."""

from bot.client import Services
from bot.conversations.model import Conversation, More
from bot.ids import ConversationId, MemberId
from bot.people import Person
from bot.reflections.model import Place
from bot.reflections.service.drafts import Look
from bot.wisdom.model import Details, Perspective, Quote, Use
from tests.conftest import AMINA, HOME, ORGANISER
from tests.fakes import planned
from tests.quotes import consent, published

AGREED = consent(Use.DISCORD, Use.POSTS)
OTHER_ORGANISER = Person(network_id=HOME, member_id=MemberId(93), is_organiser=True)


async def said(
    parts: Services,
    words: str,
    kind: int | None = 0,
    *,
    theme: int | None = None,
    speaker: MemberId = AMINA,
    conversation_id: ConversationId | None = None,
    perspective: Perspective | None = None,
) -> Quote:
    """A published quote that may be used in posts, of the kind that stands there in the list."""
    vocabulary = await parts.themes.vocabulary(HOME)
    details = Details(
        kind_id=None if kind is None else vocabulary.kinds[kind].id,
        theme_ids=() if theme is None else (vocabulary.themes[theme].id,),
        conversation_id=conversation_id,
        perspective=perspective,
    )
    return await published(parts, words, speaker=speaker, agreed=AGREED, details=details)


async def talked(parts: Services, questions: str = "") -> Conversation:
    """A planned conversation, on 3 December."""
    conversation = await planned(parts)
    more = More.read(
        questions=questions, content_note="", offered="", access_provided="", closes_at=None
    )
    return await parts.planning.describe(conversation.id, more, "", by=ORGANISER)


async def write(parts: Services, look: Look, place: Place, words: str) -> Look:
    version = look.draft.version(place)
    return await parts.reflections.drafts.write(look.draft.id, place, words, version, by=ORGANISER)
