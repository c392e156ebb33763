"""Discord's limits hold for the longest quotes that can be written, by construction."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.ids import (
    ConversationId,
    KindId,
    MemberId,
    NetworkId,
    QuoteId,
    QuoteImportId,
    QuoteRequestId,
    ThemeId,
)
from bot.network.model import Network
from bot.search.entry import Filters
from bot.search.found import Found, Tried
from bot.themes.model import Kind, Theme, Vocabulary
from bot.wisdom.importing.model import Candidate, NearDouble
from bot.wisdom.model import (
    LONGEST_CONTENT_NOTE,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_QUOTE,
    Brought,
    Change,
    Consent,
    Credit,
    Details,
    Given,
    How,
    Lasting,
    LeftOut,
    Perspective,
    Quote,
    QuoteImport,
    QuoteRequest,
    QuoteState,
    RequestState,
    ShownQuote,
    Source,
    Use,
)
from bot.wisdom.service.showing import Page
from cogs.wisdom.asked import SpokenForm
from cogs.wisdom.bringing import ALL_RECORDED, brought_card, imports_card
from cogs.wisdom.consent_form import RECORDED, ConsentForm
from cogs.wisdom.history import history_card
from cogs.wisdom.mine import WordsForm, mine_card, my_quote_card
from cogs.wisdom.picture import Picture, picture_card
from cogs.wisdom.quote_card import quote_card, tombstone_card
from cogs.wisdom.review import review_card
from cogs.wisdom.review_forms import HideForm, NoteForm, SortForm
from cogs.wisdom.searching import results_card
from cogs.wisdom.sharing import ShareForm, request_card
from cogs.wisdom.themes import themes_card
from tests.discord.test_limits import CARDS, FORMS
from tests.discord.test_limits import test_a_card_fits_a_message as fits_a_message
from tests.discord.test_limits import test_a_form_fits as form_fits

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE = NetworkId(10**18)
LARGE = 10**18
NETWORK = Network(id=HERE)
VOCABULARY = Vocabulary(
    network_id=HERE,
    kinds=tuple(Kind(id=KindId(n), slug=f"k{n}", label="*" * 20) for n in range(1, 6)),
    every_theme=tuple(
        Theme(id=ThemeId(n), slug=f"t{n}", label=f"{'*' * 17}{n:03d}") for n in range(1, 200)
    ),
    word_rings=(),
    version=1,
)
DETAILS = Details(
    kind_id=KindId(1),
    theme_ids=tuple(ThemeId(n) for n in range(190, 194)),
    perspective=Perspective.LIVED_EXPERIENCE,
    content_note="*" * LONGEST_CONTENT_NOTE,
    conversation_id=ConversationId(LARGE),
)
GIVEN = Given(
    consent=Consent(
        uses=frozenset(Use),
        credit=Credit.NAMED,
        credited_as="*" * LONGEST_NAME,
        lasting=Lasting.TWO_YEARS,
    ),
    wording=1,
    how=How.FORM,
    shown="1",
    given_by=MemberId(LARGE),
    given_at=NOW,
    expires_at=NOW,
)
QUOTE = Quote(
    id=QuoteId(LARGE),
    network_id=HERE,
    number=1_000_000,
    state=QuoteState.PENDING,
    words="*" * LONGEST_QUOTE,
    proposed=None,
    wording=1,
    is_redacted=True,
    heading="*" * 500,
    details=DETAILS,
    year=2026,
    speaker_id=MemberId(LARGE),
    kept_by=MemberId(LARGE),
    source=Source.ASKED,
    kept_at=NOW,
    decided_by=MemberId(LARGE),
    note="*" * LONGEST_NOTE,
    given=GIVEN,
)
NAMES = replace(QUOTE, words=("Ab* " * LONGEST_QUOTE)[: LONGEST_QUOTE - 1] + "x")
SHOWN = ShownQuote(
    id=QUOTE.id,
    network_id=HERE,
    number=1_000_000,
    words="*" * LONGEST_QUOTE,
    heading="*" * 500,
    kind_id=KindId(1),
    theme_ids=DETAILS.theme_ids,
    perspective=None,
    content_note="*" * LONGEST_CONTENT_NOTE,
    conversation_id=None,
    year=2026,
    credit=Credit.NAMED,
    credited_as="*" * LONGEST_NAME,
    is_redacted=True,
    uses=frozenset(Use),
    helped=1_000_000,
)
REQUEST = QuoteRequest(
    id=QuoteRequestId(LARGE),
    network_id=HERE,
    speaker_id=MemberId(LARGE),
    asked_by=MemberId(LARGE),
    details=DETAILS,
    said=None,
    message=None,
    made_at=NOW,
    lasts_until=NOW,
    state=RequestState.OPEN,
)
FILTERS = Filters(
    kind_id=KindId(999_999_999_999),
    theme_ids=(ThemeId(199),),
    perspective=Perspective.PROVIDER_MANAGER,
    conversation_id=ConversationId(999_999_999_999),
    year=2026,
)
FOUND = Found(
    how_many=500,
    is_more=True,
    with_all=2,
    page=3,
    pages=100,
    tried=Tried.RESPELT,
    showing="*" * 200,
    near=("*" * 30,) * 5,
)


def results(found: Found = FOUND) -> Page:
    return Page(quotes=[replace(SHOWN, id=QuoteId(LARGE + n)) for n in range(5)], found=found)


LEFT_OUT = LeftOut(
    words=QUOTE.words,
    like=NearDouble(is_kept=True, number=1_000_000, words=QUOTE.words, likeness=100),
)
BROUGHT = Brought(
    import_id=QuoteImportId(LARGE), kept=1_000, left_out=[LEFT_OUT] * 1_000, had_names=True
)
IMPORTED = QuoteImport(
    id=QuoteImportId(LARGE),
    network_id=HERE,
    by_id=MemberId(LARGE),
    at=NOW,
    to_record=2_000,
    kept=2_000,
)
QUOTE_CARDS = {
    "brought in": lambda: brought_card([Candidate(words=QUOTE.words)] * 2_000, BROUGHT),
    "history": lambda: history_card(
        1_000_000,
        [Change(at=NOW, by_id=MemberId(LARGE), what="consent changed by its speaker")] * 15,
        60,
        1,
        Network(id=HERE, time_zone="America/Argentina/ComodRivadavia"),
    ),
    "files": lambda: imports_card(
        [replace(IMPORTED, id=QuoteImportId(LARGE + n)) for n in range(5)], 20, 1, NETWORK
    ),
    "asking somebody": lambda: request_card(REQUEST, QUOTE.words, VOCABULARY, "*" * 100),
    "asking oneself": lambda: request_card(
        replace(REQUEST, asked_by=None), QUOTE.words, VOCABULARY, ""
    ),
    "a quote": lambda: quote_card(SHOWN, VOCABULARY, heading="## Quote", may_be_posted=True),
    "a quote of the week": lambda: quote_card(
        SHOWN, VOCABULARY, heading="## Quote of the week", picture=Picture(SHOWN).on_card()
    ),
    "a picture": lambda: picture_card(Picture(SHOWN)),
    "a tombstone": lambda: tombstone_card(1_000_000),
    "mine": lambda: mine_card([QUOTE] * 1, 0, NETWORK, is_never_asked=True),
    "many of mine": lambda: mine_card(
        [replace(QUOTE, id=QuoteId(LARGE + n)) for n in range(90)], 3, NETWORK, is_never_asked=True
    ),
    "one of mine": lambda: my_quote_card(
        replace(QUOTE, state=QuoteState.CHANGES_ASKED, proposed="*" * LONGEST_QUOTE), NETWORK
    ),
    "review": lambda: review_card(QUOTE, VOCABULARY),
    "review of names": lambda: review_card(NAMES, VOCABULARY),
    "review of an import": lambda: review_card(
        replace(NAMES, state=QuoteState.TO_RECORD, given=None), VOCABULARY
    ),
    "results": lambda: results_card("*" * 200, results(), FILTERS, VOCABULARY),
    "nothing": lambda: results_card(
        "*" * 200,
        Page(quotes=[], found=replace(FOUND, how_many=0, without_filters=3)),
        FILTERS,
        VOCABULARY,
    ),
    "themes": lambda: themes_card(VOCABULARY, {ThemeId(n): 12345 for n in range(1, 100)}),
}
QUOTE_FORMS = {
    "share": lambda: ShareForm(VOCABULARY, typed=QUOTE.words, request=REQUEST),
    "consent": lambda: ConsentForm(None, before=GIVEN.consent),
    "consent for a file": lambda: ConsentForm(None, promise=ALL_RECORDED),
    "consent recorded": lambda: ConsentForm(None, promise=RECORDED),
    "spoken": lambda: SpokenForm(None),
    "my words": lambda: WordsForm(QUOTE),
    "decline": lambda: NoteForm(QUOTE, None, declines=True),
    "changes": lambda: NoteForm(QUOTE, None, declines=False),
    "hide": lambda: HideForm(NAMES, None),
    "sort": lambda: SortForm(QUOTE, VOCABULARY, None),
}


@pytest.mark.parametrize("name", QUOTE_CARDS)
async def test_a_card_of_wisdom_fits_a_message(name, monkeypatch):
    monkeypatch.setitem(CARDS, name, QUOTE_CARDS[name])
    await fits_a_message(name)


@pytest.mark.parametrize("name", QUOTE_FORMS)
async def test_a_form_of_wisdom_fits(name, monkeypatch):
    monkeypatch.setitem(FORMS, name, QUOTE_FORMS[name])
    await form_fits(name)


def test_what_a_picture_says_in_words_fits_a_description():
    assert len(Picture(SHOWN).alt) <= 1024
