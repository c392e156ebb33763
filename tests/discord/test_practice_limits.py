"""Discord's limits hold for the longest practices that can be written, by construction."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.ids import KindId, MemberId, NetworkId, PracticeId, ThemeId
from bot.network.model import Network
from bot.practice.model import (
    LONGEST_DID,
    LONGEST_LICENCE,
    LONGEST_NOTE,
    LONGEST_PART,
    LONGEST_TITLE,
    LONGEST_WHY,
    Change,
    Practice,
    PracticeState,
    ShownPractice,
    Source,
    Written,
)
from bot.practice.service.posts import Contents
from bot.practice.service.showing import Page
from bot.search.entry import Filters
from bot.search.found import Found, Tried
from bot.themes.model import Kind, Theme, Vocabulary
from cogs.practice import wording
from cogs.practice.by_hand import by_hand_card
from cogs.practice.curating import WhyForm, curating_card, history_card
from cogs.practice.form import PracticeForm
from cogs.practice.index import index_card
from cogs.practice.mine import mine_card
from cogs.practice.own import own_practice_card
from cogs.practice.practice_card import practice_card
from cogs.practice.review import NotNowForm, SortPracticeForm, review_card
from cogs.practice.searching import results_card, themes_card
from cogs.practice.templates import LicenceForm, UseForm
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
LINK = "https://example.org/" + "*" * 280
FILE = "_" * 55 + ".docx"
WRITTEN = Written(
    title="*" * LONGEST_TITLE,
    did="*" * LONGEST_DID,
    changed="_" * LONGEST_PART,
    tell_others="`" * LONGEST_PART,
    link=LINK,
    kind_id=KindId(1),
    theme_ids=tuple(ThemeId(n) for n in range(196, 200)),
)
PLAIN = replace(
    WRITTEN,
    title="x" * LONGEST_TITLE,
    did="x" * LONGEST_DID,
    changed="x" * LONGEST_PART,
    tell_others="x" * LONGEST_PART,
)
PRACTICE = Practice(
    id=PracticeId(LARGE),
    network_id=HERE,
    state=PracticeState.NEW,
    source=Source.FORM,
    written=WRITTEN,
    note="*" * LONGEST_NOTE,
    file_name=FILE,
    answers=None,
    merged_into=None,
    author_id=MemberId(LARGE),
    is_named=True,
    owner_id=MemberId(LARGE),
    deputy_id=MemberId(LARGE + 1),
    licence="*" * LONGEST_LICENCE,
    version=1_000,
    checked_at=NOW,
    drafted_at=NOW,
    sent_at=NOW,
    decided_by=MemberId(LARGE),
)
SHOWN = ShownPractice(
    id=PracticeId(LARGE),
    network_id=HERE,
    is_featured=True,
    title=WRITTEN.title,
    did=WRITTEN.did,
    changed=WRITTEN.changed,
    tell_others=WRITTEN.tell_others,
    link=LINK,
    file_name=FILE,
    kind_id=KindId(1),
    theme_ids=WRITTEN.theme_ids,
    named_id=MemberId(LARGE),
    licence="*" * LONGEST_LICENCE,
    version=1_000,
    checked_at=NOW,
    shared_at=NOW,
    recognised=1_000_000,
    differently=1_000_000,
    used_by=1_000_000,
    thread_id=LARGE,
)
MANY = [replace(SHOWN, id=PracticeId(LARGE + n)) for n in range(40)]
FILTERS = Filters(kind_id=KindId(999_999_999_999), theme_ids=(ThemeId(199),), is_featured=True)
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
KNOWN = replace(
    VOCABULARY, kinds=(*VOCABULARY.kinds, Kind(id=KindId(999_999_999_999), slug="k", label="x"))
)
CHANGE = Change(
    at=NOW,
    by_id=MemberId(LARGE),
    what="not featured any more",
    state=PracticeState.SHARED,
    why="*" * LONGEST_WHY,
)
PRACTICE_CARDS = {
    "a practice": lambda: practice_card(SHOWN, VOCABULARY, NETWORK),
    "in its thread": lambda: practice_card(SHOWN, VOCABULARY, NETWORK, is_in_thread=True),
    "made by hand": lambda: by_hand_card(PRACTICE),
    "mine": lambda: mine_card([replace(PRACTICE, id=PracticeId(n)) for n in range(90)], 3),
    "results": lambda: results_card(
        "*" * 200, Page(practices=MANY[:5], found=FOUND), FILTERS, KNOWN
    ),
    "nothing": lambda: results_card(
        "*" * 200,
        Page(practices=[], found=replace(FOUND, how_many=0, without_filters=3)),
        FILTERS,
        KNOWN,
    ),
    "themes": lambda: themes_card(VOCABULARY, {ThemeId(n): 12345 for n in range(1, 100)}),
    "index": lambda: index_card(
        Contents(featured=MANY, latest=MANY, how_many=10_000),
        VOCABULARY,
        {ThemeId(n): 12345 for n in range(1, 200)},
    ),
    "history": lambda: history_card(PRACTICE, [CHANGE] * 90, 2),
    **{
        f"own, {state}": lambda state=state: own_practice_card(
            replace(PRACTICE, state=state),
            VOCABULARY,
            MANY[:3] if state is PracticeState.DRAFT else (),
            is_author=True,
        )
        for state in PracticeState
    },
    **{
        f"review, {state}": lambda state=state: review_card(
            replace(PRACTICE, state=state), VOCABULARY
        )
        for state in PracticeState
    },
    **{
        f"curating, {state}": lambda state=state: curating_card(
            replace(PRACTICE, state=state), VOCABULARY
        )
        for state in PracticeState
    },
}
PRACTICE_FORMS = {
    "share": lambda: PracticeForm(VOCABULARY, None, before=PRACTICE),
    "from a message": lambda: PracticeForm(VOCABULARY, None, typed="*" * 4000),
    "not now": lambda: NotNowForm(PRACTICE.id),
    "sort": lambda: SortPracticeForm(PRACTICE, VOCABULARY),
    "use": lambda: UseForm(PRACTICE.id),
    "licence": lambda: LicenceForm(PRACTICE),
    "why": lambda: WhyForm(PRACTICE.id, "feature", "Feature it no more"),
}


@pytest.mark.parametrize("name", PRACTICE_CARDS)
async def test_a_card_of_practice_fits_a_message(name, monkeypatch):
    monkeypatch.setitem(CARDS, name, PRACTICE_CARDS[name])
    await fits_a_message(name)


@pytest.mark.parametrize("name", PRACTICE_FORMS)
async def test_a_form_of_practice_fits(name, monkeypatch):
    monkeypatch.setitem(FORMS, name, PRACTICE_FORMS[name])
    await form_fits(name)


def test_plain_words_are_never_cut():
    text = wording.body(PLAIN)
    assert wording.CUT not in text
    assert text.count("x") == LONGEST_TITLE + LONGEST_DID + 2 * LONGEST_PART
