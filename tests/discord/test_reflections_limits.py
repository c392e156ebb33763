"""Discord's limits hold for the longest posts that can be written, by construction."""

from dataclasses import replace
from datetime import date

import pytest

from bot.conversations.model import More
from bot.ids import ActionId, ConversationId, KindId, MemberId, QuoteId, ReflectionId, ThreadId
from bot.people import Person
from bot.reflections.model import (
    LONGEST_POINT,
    LONGEST_TEXT,
    MOST_QUOTES,
    Did,
    Draft,
    Entry,
    Note,
    Place,
    Point,
    Slot,
    Text,
    compose,
)
from bot.reflections.model.action import (
    LONGEST_ACTION,
    LONGEST_BECAUSE,
    MOST_BEHIND,
    Action,
    ActionState,
)
from bot.reflections.service.actions import MOST_NEWS, ON_A_PAGE
from bot.reflections.service.drafts import Look
from bot.reflections.writing import Link, Page
from cogs.reflections import wording
from cogs.reflections.actions import ActionForm, action_card, list_card
from cogs.reflections.forms import WriteForm
from cogs.reflections.notes import NoteForm, notes_card
from cogs.reflections.pages import cards_of
from cogs.reflections.panel import panel_card
from cogs.reflections.reading import reading_card
from cogs.reflections.sections import section_card
from cogs.reminders.told import channel_card
from tests.discord.test_limits import CARDS, FORMS, FULL, LONG
from tests.discord.test_limits import test_a_card_fits_a_message as fits_a_message
from tests.discord.test_limits import test_a_form_fits as form_fits
from tests.discord.test_practice_limits import SHOWN as LONG_PRACTICE
from tests.discord.test_wisdom_limits import HERE, LARGE, NOW, SHOWN, VOCABULARY

QUOTES = [
    replace(SHOWN, id=QuoteId(LARGE + n), kind_id=KindId(n % 5 + 1) if n else None)
    for n in range(MOST_QUOTES)
]
PLACES = [
    *(Place(slot) for slot in (Slot.TITLE, Slot.INTRO, Slot.ASKS, Slot.FOOTNOTES)),
    *(
        Place(slot, kind.id)
        for kind in VOCABULARY.kinds
        for slot in (Slot.HEADING, Slot.COMMENTARY)
    ),
]
CONVERSATION = replace(LONG, more=More(questions=("*" * 200,) * 2), cancelled_because="*" * 100)
DRAFT = Draft(
    id=ReflectionId(LARGE),
    network_id=HERE,
    conversation_id=ConversationId(LARGE),
    theme_id=None,
    lead_quote_id=QuoteId(LARGE),
    made_at=NOW,
    published_at=None,
    channel_id=None,
    thread_id=None,
    texts={
        each: Text(words="*" * each.longest, version=9, by_id=MemberId(LARGE), at=NOW)
        for each in PLACES
    },
    entries=[Entry(quote_id=each.id, is_left_out=n % 2 == 0 and n > 0)
             for n, each in enumerate(QUOTES)],
)  # fmt: skip
DID = [Did(title="*" * LONGEST_ACTION, state="not possible", reason="*" * LONGEST_BECAUSE)] * 10
LOOK = Look(
    draft=DRAFT,
    post=compose(DRAFT, QUOTES, VOCABULARY, DID),
    usable=QUOTES,
    conversation=CONVERSATION,
)
PUBLISHED = replace(
    LOOK, draft=replace(DRAFT, published_at=NOW, thread_id=ThreadId(LARGE)), conversation=None
)
NEW = replace(
    LOOK, draft=replace(DRAFT, texts={}, lead_quote_id=None, entries=[]), usable=[],
    post=compose(replace(DRAFT, texts={}, entries=[]), [], VOCABULARY),
)  # fmt: skip
PAGE = wording.page_of(LOOK, FULL, VOCABULARY)
ACTION = Action(
    id=ActionId(LARGE),
    network_id=HERE,
    conversation_id=None,
    title="*" * LONGEST_ACTION,
    state=ActionState.NOT_POSSIBLE,
    reason="*" * LONGEST_BECAUSE,
    owner_id=MemberId(LARGE),
    deputy_id=MemberId(LARGE + 1),
    due_on=date(2026, 12, 31),
    version=99,
    made_at=NOW,
    changed_at=NOW,
    quotes=10,
)
BY = Person(network_id=HERE, member_id=MemberId(LARGE), is_organiser=True, is_moderator=True)
NOTES = [
    Note(
        network_id=HERE,
        conversation_id=ConversationId(LARGE),
        point=Point(question=(1, 2, None)[n // 15], words="*" * LONGEST_POINT),
        noted_by=MemberId(LARGE),
        noted_at=NOW,
    )
    for n in range(45)
] * 15
ALL = cards_of(PAGE, DRAFT.id)

POST_CARDS = {
    "panel": lambda: panel_card(LOOK, FULL, VOCABULARY, "123 quotes have come in."),
    "panel of a published post": lambda: panel_card(PUBLISHED, FULL, VOCABULARY),
    "panel of an empty draft": lambda: panel_card(NEW, FULL, VOCABULARY),
    "section": lambda: section_card(LOOK, KindId(1), 1),
    "section of nothing": lambda: section_card(NEW, KindId(1), 1),
    "notes": lambda: notes_card(DRAFT.id, CONVERSATION, NOTES, 1),
    "one note": lambda: notes_card(DRAFT.id, CONVERSATION, NOTES[:1], 0),
    "no notes": lambda: notes_card(DRAFT.id, CONVERSATION, [], 0),
    "actions": lambda: list_card([ACTION] * ON_A_PAGE, 3, 90),
    "no actions": lambda: list_card([], 0, 1),
    "action": lambda: action_card(ACTION, QUOTES[:10], [LONG_PRACTICE] * MOST_BEHIND, by=BY),
    "reminder that begins with what changed": lambda: channel_card(
        LONG, FULL, NOW, LARGE, wording.news([ACTION] * MOST_NEWS)
    ),
    **{f"part {n} of a post": lambda n=n: ALL[n] for n in range(len(ALL))},
    **{
        f"page {n} read": lambda n=n: reading_card(LOOK, FULL, VOCABULARY, n, may_write=True)
        for n in range(len(ALL))
    },
}
POST_FORMS = {
    **{
        f"text {each.name}": lambda each=each: WriteForm(DRAFT, each, "C" * 60, "p" * LONGEST_TEXT)
        for each in PLACES
    },
    "note": lambda: NoteForm(CONVERSATION, title="How was it?", about_all="How was it for you?"),
    "action": lambda: ActionForm(ACTION),
}


@pytest.mark.parametrize("name", POST_CARDS)
async def test_a_card_of_a_post_fits_a_message(name, monkeypatch):
    monkeypatch.setitem(CARDS, name, POST_CARDS[name])
    await fits_a_message(name)


@pytest.mark.parametrize("name", POST_FORMS)
async def test_a_form_of_a_post_fits(name, monkeypatch):
    monkeypatch.setitem(FORMS, name, POST_FORMS[name])
    await form_fits(name)


def test_no_word_of_the_longest_post_is_left_out_of_its_messages():
    shown = "".join(
        part["content"]
        for card in ALL
        for row in card.to_components()
        for part in row["components"]
        if "content" in part
    )
    texts = [PAGE.intro, PAGE.asks, *(part.commentary for part in PAGE.parts)]
    quotes = [each.words for part in PAGE.parts for each in part.quotes]
    assert shown.count("*") >= sum(len(each) for each in [*texts, *quotes, *PAGE.footnotes])
    assert len(quotes) == 100


def test_a_link_leads_to_an_address_of_either_sort():
    assert Link(called="Contact us", leads_to="a@b.org").href == "mailto:a@b.org"
    assert Link(called="Join", leads_to="https://b.org").href == "https://b.org"
    assert isinstance(PAGE, Page)
