"""Discord's limits hold for the longest things that can be written, by construction."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice

import discord
import pytest

from bot.conversations.model import (
    LONGEST_ALT,
    LONGEST_DESCRIPTION,
    LONGEST_GUEST_NOTE,
    LONGEST_NAME,
    LONGEST_NEED,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_NAMED,
    MOST_PLACES,
    AttendancePage,
    Choices,
    Conversation,
    Cover,
    Details,
    EverybodysNeeds,
    Guest,
    Listed,
    Mine,
    MinePage,
    More,
    MyCompany,
    MyNeeds,
    Need,
    Needs,
    Occurrence,
    Page,
    Pair,
    PairKind,
    PeoplePage,
    PersonsNeeds,
    Posted,
    ProposedMove,
    SignUp,
    SignUpState,
    Told,
    Wish,
)
from bot.conversations.model.effects import InList, ListEntry, ListState
from bot.conversations.service.calendar import ON_A_PAGE
from bot.conversations.service.changing import LONGEST_REASON
from bot.conversations.service.people import ON_A_PAGE as PEOPLE_ON_A_PAGE
from bot.conversations.service.sign_ups import ON_A_PAGE as MINE_ON_A_PAGE
from bot.ids import (
    ChannelId,
    ConversationId,
    GuestId,
    KindId,
    MemberId,
    MessageId,
    MoveId,
    NetworkId,
    NoticeId,
    PairId,
    ProposedRuleId,
    RingId,
    SeriesId,
    ThemeId,
)
from bot.keeping.everything import KEPT
from bot.keeping.privacy import About
from bot.network.model import LONGEST_LINK, REMINDER_CHOICES, LinkTo, Network, ReminderWay
from bot.notices.model import Notice, NoticeKind
from bot.people import Person
from bot.reminders.model import (
    Dealt,
    Occasion,
    Planned,
    PlannedReminder,
    Purpose,
    ReminderWish,
    timetable,
)
from bot.series.model import (
    Counts,
    Dated,
    Joined,
    Outlook,
    ProposedRule,
    Reshaped,
    Rule,
    Series,
    SeriesPage,
    SeriesState,
    Which,
)
from bot.series.service.book import DATES_SHOWN
from bot.series.service.book import ON_A_PAGE as SERIES_ON_A_PAGE
from bot.themes.model import (
    LONGEST_LABEL,
    LONGEST_WORD,
    MOST_WORDS,
    Change,
    HistoryPage,
    Kind,
    Merging,
    Theme,
    Vocabulary,
    What,
    WordRing,
    WordsEdit,
)
from bot.themes.service.themes import ON_A_PAGE as CHANGES_ON_A_PAGE
from bot.ui.parts import card_of, row_of, words
from cogs.conversations.access_needs import NeedsForm, needs_card, told
from cogs.conversations.attendance import attendance_card
from cogs.conversations.card import LeaveButton, MaybeButton, conversation_card
from cogs.conversations.changes import ReasonForm, move_card
from cogs.conversations.choices import ChoicesForm
from cogs.conversations.company import SupporterForm, company_panel
from cogs.conversations.draft import draft_card
from cogs.conversations.effects import thread
from cogs.conversations.forms import DateForm, DetailsForm, MoreForm
from cogs.conversations.in_list import changed_card
from cogs.conversations.listing import mine_card, page_card
from cogs.conversations.mine import mine_panel
from cogs.conversations.people import people_card
from cogs.conversations.picking import LONGEST_QUESTION
from cogs.help.card import FIRST_TIME, help_card
from cogs.network.forms import LinksForm, RemindersForm, ZoneForm
from cogs.network.panel import setup_panel
from cogs.privacy.card import complain_card, kept_card
from cogs.privacy.forgetting import forget_card
from cogs.reminders.forms import HoursForm, OwnTimesForm, PauseForm
from cogs.reminders.one import OfOneButton
from cogs.reminders.organise import planned_card
from cogs.reminders.panel import wishes_panel
from cogs.reminders.told import channel_card, private_card, thread_card
from cogs.series import wording as series_wording
from cogs.series.change import change_card, end_card
from cogs.series.draft import draft_series_card
from cogs.series.listing import series_page_card
from cogs.series.panel import series_panel
from cogs.series.scope import (
    LaterDetailsForm,
    LaterMoreForm,
    MoveLaterButton,
    cancel_card,
    edit_card,
)
from cogs.themes import wording as themes_wording
from cogs.themes.card import everyday_card, history_card, list_card, merge_card
from cogs.themes.forms import WordsForm

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LINK = "https://example.org/" + "x" * (LONGEST_LINK - 20)
FULL = Network(
    id=NetworkId(1),
    time_zone="America/Argentina/ComodRivadavia",
    links=dict.fromkeys(LinkTo, LINK),
)
# Every character of these needs a backslash before it, which is the longest that text can get.
LONG = Conversation(
    id=ConversationId(10**18),
    network_id=FULL.id,
    details=Details(
        title="*" * LONGEST_TITLE,
        description="_" * LONGEST_DESCRIPTION,
        minutes=719,
        places=MOST_PLACES,
        venue_channel_id=ChannelId(10**18),
        join_link=LINK,
    ),
    more=More(
        questions=("*" * LONGEST_NOTE,) * 2,
        content_note="*" * LONGEST_NOTE,
        offered="*" * LONGEST_NOTE,
        access_provided="*" * LONGEST_NOTE,
        closes_at=NOW + timedelta(days=200),
    ),
    starts_at=NOW + timedelta(days=300),
    drafted_by=MemberId(1),
    host_id=MemberId(10**18),
    deputy_id=MemberId(10**18 + 1),
    is_planned=True,
    going=MOST_PLACES,
    maybe=10**6,
    waiting=10**6,
)
COVER = Cover(name="cover-0123456789abcdef.webp", alt="*" * LONGEST_ALT)
BOSS = Person(
    network_id=FULL.id,
    member_id=MemberId(1),
    is_organiser=True,
    is_moderator=True,
    manages_network=True,
)
MINE = Mine(
    conversation=LONG,
    sign_up=SignUp(state=SignUpState.WAITING, number=10**6),
    ahead_in_line=10**6,
)
GUEST = Listed(
    member_id=None,
    guest=Guest(
        id=GuestId(1),
        name="*" * LONGEST_NAME,
        note="_" * LONGEST_GUEST_NOTE,
        looked_after_by=MemberId(10**18),
    ),
    sign_up=SignUp(state=SignUpState.GOING, number=1, asked_again=True),
    attended=False,
)


POSTED = Posted(
    conversation_id=LONG.id,
    network_id=NetworkId(10**18),
    channel_id=ChannelId(10**18),
    message_id=MessageId(10**18),
    shows="",
)


WRITTEN = InList(
    name="_" * 100,
    description="",
    starts_at=NOW,
    ends_at=NOW,
    channel_id=ChannelId(10**18),
    location="",
)
TOUCHED = ListEntry(
    conversation_id=LONG.id,
    network_id=FULL.id,
    entry_id=None,
    state=ListState.CHANGED,
    wrote=WRITTEN,
    is_written=True,
    stands=InList(
        name="*" * 100,
        description="*" * 1000,
        starts_at=NOW + timedelta(days=300),
        ends_at=NOW + timedelta(days=300, minutes=719),
        channel_id=None,
        location="*" * 100,
    ),
    asked=1,
    asked_at=NOW,
)


def numbered(how_many):
    return [replace(LONG, id=ConversationId(10**18 + number)) for number in range(how_many)]


RULE = Rule(
    which=Which.FOURTH,
    weekday=2,
    first=datetime.fromisoformat("2026-11-25T12:45"),
    until=NOW.date() + timedelta(days=3000),
)
WALLS = list(islice(RULE.dates(), DATES_SHOWN))
SERIES = Series(
    id=SeriesId(10**18),
    network_id=FULL.id,
    rule=RULE,
    announce_weeks=12,
    details=LONG.details,
    more=LONG.more,
    state=SeriesState.PAUSED,
    drafted_by=MemberId(1),
)
PROPOSED = ProposedRule(
    id=ProposedRuleId(1),
    series=SERIES,
    version=1,
    since=NOW.date(),
    rule=RULE,
    announce_weeks=12,
    conversation_id=None,
)
OF_SERIES = replace(
    LONG,
    moved_from=NOW,
    occurrence=Occurrence(
        series_id=SERIES.id, date=NOW.date(), rule=RULE.text, first_at=RULE.first
    ),
)


def outlook(number=0):
    return Outlook(
        series=replace(SERIES, id=SeriesId(10**18 + number)),
        dates=[Dated(starts_at=NOW, day=NOW.date(), conversation=replace(LONG, moved_from=NOW))]
        * DATES_SHOWN,
        has_standing=True,
    )


RESHAPED = Reshaped(
    series=SERIES,
    changed=numbered(200),
    removed=200,
    left_edited=numbered(200),
    left_answered=numbered(200),
    told=[Told(conversation=LONG, people=10**6, guests=10**6)],
    moved_up=10**6,
)


class Server:
    """A server without channels or roles, as far as the panel looks."""

    def get_channel(self, _):
        return None

    def get_role(self, _):
        return None


PAIR = Pair(
    id=PairId(1),
    conversation_id=LONG.id,
    kind=PairKind.SUPPORTER,
    asker_id=MemberId(10**18),
    other_id=MemberId(10**18 + 1),
    asker_agreed=True,
    other_agreed=False,
    has_ended=False,
)

SOMEBODYS_NEEDS = PersonsNeeds(
    member_id=MemberId(10**18),
    sign_up=SignUp(state=SignUpState.WAITING, number=1),
    needs=Needs(kinds=tuple(Need), words="*" * LONGEST_NEED),
)
CHOSEN = ReminderWish(
    is_wanted=True,
    times=tuple(REMINDER_CHOICES),
    time_zone=FULL.time_zone,
    paused_until=NOW + timedelta(days=400),
)
REMINDER = Notice(
    id=NoticeId(10**18),
    network_id=FULL.id,
    kind=NoticeKind.REMINDER,
    about_id=LONG.id,
    member_id=MemberId(1),
    occurrence=1,
    due_at=NOW,
    attempts=1,
)


def planned():
    occasion = Occasion(
        conversation_id=LONG.id,
        network_id=FULL.id,
        starts_at=LONG.starts_at,
        ends_at=LONG.ends_at,
        known_since=NOW,
        moves=1,
        is_on=True,
    )
    reason = "I was away, and by then it was of no use any more"
    return Planned(
        conversation=LONG,
        times=dict.fromkeys(ReminderWay, tuple(REMINDER_CHOICES)),
        has_own_times=True,
        people=10**6,
        reminders=[
            PlannedReminder(
                moment=moment,
                in_channel=True,
                people=10**6,
                dealt=Dealt(at=NOW, people=10**6, left_out_because=reason),
            )
            for moment in timetable(occasion, FULL.zone)
            if moment.purpose is Purpose.REMIND
        ],
    )


LONG_THEMES = tuple(
    Theme(id=ThemeId(10**18 + n), slug=f"slug-{n}", label="*" * LONGEST_LABEL, is_tag=True)
    for n in range(25)
)
LONG_WORDS = tuple(f"{n:02}".ljust(LONGEST_WORD, "*") for n in range(MOST_WORDS))
LONG_RINGS = tuple(
    WordRing(id=RingId(10**18 + n), label="*" * LONGEST_LABEL, words=LONG_WORDS, theme_id=theme.id)
    for n, theme in enumerate(LONG_THEMES)
)
LONG_VOCABULARY = Vocabulary(
    network_id=NetworkId(1),
    kinds=tuple(
        Kind(id=KindId(10**18 + n), slug=f"kind-{n}", label="*" * LONGEST_LABEL) for n in range(5)
    ),
    every_theme=LONG_THEMES,
    word_rings=LONG_RINGS,
    version=1,
)
LONG_EVERYDAY = replace(
    LONG_VOCABULARY,
    word_rings=tuple(replace(each, theme_id=None, is_everyday=True) for each in LONG_RINGS),
)
LONG_HISTORY = HistoryPage(
    changes=[
        Change(
            at=NOW,
            by_id=MemberId(10**18),
            what=What.WORDS_CHANGED,
            subject="*" * LONGEST_LABEL,
            before=", ".join(LONG_WORDS),
            after=", ".join(LONG_WORDS),
        )
    ]
    * CHANGES_ON_A_PAGE,
    number=10**5,
    pages=10**5 + 2,
)

KEPT_LONGEST = [
    About(kept=each, rows=({},) * 10**5)
    for each in sorted(KEPT, key=lambda kept: -len(kept.what + kept.why + kept.how_long))
]

CARDS = {
    "kept": lambda: kept_card(KEPT_LONGEST, 0),
    "kept, later": lambda: kept_card(KEPT_LONGEST, 1),
    "forget me": forget_card,
    "complain": lambda: complain_card(FULL),
    "wishes": lambda: wishes_panel(CHOSEN, FULL, NOW),
    "no wishes": lambda: wishes_panel(ReminderWish(), FULL, NOW),
    "planned reminders": lambda: planned_card(planned(), FULL, NOW),
    "channel reminder": lambda: channel_card(LONG, FULL, NOW, REMINDER.id),
    "thread reminder": lambda: thread_card(LONG, FULL, NOW, REMINDER.id),
    "reminder": lambda: private_card(LONG, MINE.sign_up, FULL, NOW, REMINDER),
    "still coming": lambda: private_card(
        LONG, MINE.sign_up, FULL, NOW, replace(REMINDER, kind=NoticeKind.STILL_COMING)
    ),
    "afterwards": lambda: private_card(
        LONG, MINE.sign_up, FULL, NOW, replace(REMINDER, kind=NoticeKind.AFTERWARDS)
    ),
    "conversation": lambda: conversation_card(LONG, FULL, NOW),
    "conversation with names": lambda: conversation_card(
        LONG, FULL, NOW, named=[MemberId(10**18 + number) for number in range(MOST_NAMED)]
    ),
    "draft": lambda: draft_card(LONG, FULL),
    "page": lambda: page_card(Page(conversations=numbered(ON_A_PAGE), number=1, pages=3), FULL),
    "mine": lambda: mine_card(
        MinePage(
            mine=[replace(MINE, conversation=each) for each in numbered(MINE_ON_A_PAGE)],
            number=1,
            pages=25,
        ),
        FULL,
    ),
    "help": lambda: help_card(FULL, BOSS),
    "covered": lambda: conversation_card(LONG, FULL, NOW, cover=COVER),
    "covered draft": lambda: draft_card(LONG, FULL, cover=COVER),
    "cancelled": lambda: conversation_card(
        replace(LONG, cancelled_because="*" * LONGEST_REASON), FULL, NOW
    ),
    "moved": lambda: conversation_card(replace(LONG, moved_from=NOW), FULL, NOW),
    "move": lambda: move_card(
        ProposedMove(id=MoveId(1), conversation=LONG, was_at=NOW, to_start_at=NOW), FULL
    ),
    "people": lambda: people_card(
        PeoplePage(
            conversation=LONG,
            listed=[GUEST] * PEOPLE_ON_A_PAGE,
            number=1,
            pages=3,
            before=9980,
        ),
        FULL,
        for_host=True,
    ),
    "attendance": lambda: attendance_card(
        AttendancePage(
            conversation=LONG,
            listed=[
                replace(GUEST, sign_up=SignUp(state=SignUpState.SUPPORTING, number=number))
                for number in range(PEOPLE_ON_A_PAGE)
            ],
            number=1,
            pages=3,
            before=9980,
            there=MOST_PLACES,
            people=MOST_PLACES,
        ),
        FULL,
        {},
    ),
    "series": lambda: series_panel(outlook(), FULL),
    "ended series": lambda: series_panel(
        replace(outlook(), series=replace(SERIES, state=SeriesState.ENDED)), FULL
    ),
    "series list": lambda: series_page_card(
        SeriesPage(
            outlooks=[outlook(number) for number in range(SERIES_ON_A_PAGE)], number=1, pages=3
        ),
        FULL,
    ),
    "series draft": lambda: draft_series_card(SERIES, WALLS, FULL),
    "series change": lambda: change_card(PROPOSED, WALLS, FULL),
    "series end": lambda: end_card(
        Counts(series=SERIES, announced=numbered(100), unannounced=numbered(100)), FULL
    ),
    "edit one of a series": lambda: edit_card(LONG, is_more=False, venue_id=10**18),
    "say more of one of a series": lambda: edit_card(LONG, is_more=True, venue_id=0),
    "cancel one of a series": lambda: cancel_card(LONG, FULL),
    "move one of a series": lambda: move_card(
        ProposedMove(id=MoveId(1), conversation=LONG, was_at=NOW, to_start_at=NOW),
        FULL,
        MoveLaterButton(1),
    ),
    "conversation of a series": lambda: conversation_card(OF_SERIES, FULL, NOW),
    "my sign-up of a series": lambda: mine_panel(
        replace(MINE, conversation=OF_SERIES), FULL, (MaybeButton(1), LeaveButton(1))
    ),
    "what became of a series": lambda: card_of(
        words(
            series_wording.reshaped(
                RESHAPED,
                FULL,
                did="Saved, and cards follow",
            )
        )
    ),
    "company": lambda: company_panel(
        MyCompany(conversation=LONG, has_place=True, pairs=(PAIR,), wish=Wish.HAVE_ONE),
        MemberId(10**18),
    ),
    "access needs": lambda: needs_card(
        EverybodysNeeds(conversation=LONG, people=[SOMEBODYS_NEEDS] * 9), 1, FULL
    ),
    "my sign-up with needs": lambda: mine_panel(
        MINE,
        FULL,
        (MaybeButton(1), LeaveButton(1)),
        told(SOMEBODYS_NEEDS.needs),
        [words("x" * 200), row_of(OfOneButton(1))],
    ),
    "panel": lambda: setup_panel(FULL, Server()),
    "themes": lambda: list_card(LONG_VOCABULARY, 1),
    "everyday words": lambda: everyday_card(LONG_EVERYDAY, 1),
    "history of themes": lambda: history_card(LONG_HISTORY, FULL),
    "merge of themes": lambda: merge_card(
        Merging(
            source=replace(LONG_THEMES[0], is_tag=True),
            into=replace(LONG_THEMES[1], is_tag=True),
            moving=LONG_WORDS,
            total=MOST_WORDS,
        ),
        replace(LONG_VOCABULARY, version=10**18),
        has_forum=True,
    ),
    "changed in the list": lambda: changed_card(LONG, TOUCHED, FULL, NoticeId(10**18)),
    "thread's greeting": lambda: thread._greeting(LONG, POSTED),
    "thread's move": lambda: thread._moved(replace(LONG, moved_from=NOW), FULL, POSTED),
    "thread's cancellation": lambda: thread._cancelled(
        replace(LONG, cancelled_because="*" * LONGEST_REASON)
    ),
}

FORMS = {
    "hours": lambda: HoursForm(CHOSEN, None),
    "pause": lambda: PauseForm(None),
    "own times": lambda: OwnTimesForm(LONG.id, planned().times, None),
    "date": lambda: DateForm(LONG.id, None),
    "details": lambda: DetailsForm(LONG, None),
    "reason": lambda: ReasonForm(
        title="Cancel this conversation",
        asks="x" * LONGEST_QUESTION,
        hint="Everybody who answered reads this, and it stays on the card.",
        at_most=LONGEST_REASON,
        then=None,
    ),
    "more": lambda: MoreForm(LONG, FULL, None),
    "needs": lambda: NeedsForm(
        MyNeeds(conversation=LONG, told=SOMEBODYS_NEEDS.needs, remembered=SOMEBODYS_NEEDS.needs)
    ),
    "choices": lambda: ChoicesForm(LONG.id, Choices(), asks_about_role=True),
    "supporter": lambda: SupporterForm(LONG.id),
    "details of later ones": lambda: LaterDetailsForm(LONG, None),
    "more of later ones": lambda: LaterMoreForm(LONG, FULL, None),
    "words of a theme": lambda: WordsForm(
        f"words:{10**18}", "*" * LONGEST_LABEL, replace(LONG_RINGS[0], words=LONG_WORDS)
    ),
    "zone": lambda: ZoneForm(None),
    "links": lambda: LinksForm(FULL, None),
    "reminders": lambda: RemindersForm(FULL, None),
}


def walk(parts):
    for part in parts:
        yield part
        yield from walk(part.get("components", []))
        if "accessory" in part:
            yield part["accessory"]
        if "component" in part:
            yield from walk([part["component"]])


@pytest.mark.parametrize("name", CARDS)
async def test_a_card_fits_a_message(name):
    parts = list(walk(CARDS[name]().to_components()))

    assert len(parts) <= 40
    assert sum(len(part.get("content", "")) for part in parts) <= 4000
    ids = [part["custom_id"] for part in parts if part.get("custom_id")]
    assert len(ids) == len(set(ids)), "one custom_id, once"
    for part in parts:
        assert len(part.get("custom_id", "")) <= 100
        assert len(part.get("label", "")) <= 38, "the length Discord recommends"
        assert len(part.get("placeholder") or "") <= 150
        assert len(part.get("options", [])) <= 25
        for item in part.get("items", []):
            assert 1 <= len(item["description"]) <= 1024, "a picture says what it shows"


@pytest.mark.parametrize("name", FORMS)
async def test_a_form_fits(name):
    form = FORMS[name]()
    parts = form.to_components()

    assert len(form.title) <= 45
    assert 1 <= len(parts) <= 5
    for part in walk(parts):
        assert len(part.get("label") or "") <= 45
        assert len(part.get("description") or "") <= 100
        assert len(part.get("placeholder") or "") <= 100
        assert len(part.get("value") or "") <= part.get("max_length", 4000)
        if part.get("type") == discord.ComponentType.checkbox_group.value:
            assert 1 <= len(part["options"]) <= 10


def test_the_first_time_text_fits():
    assert len(FIRST_TIME) + LONGEST_LINK < 4000


def test_what_is_said_about_a_series_fits_a_message():
    many = numbered(200)
    joined = Joined(series=SERIES, is_new=True, going=many, waiting=many)
    counts = Counts(series=SERIES, announced=many, unannounced=many)
    for said in (
        series_wording.joined(joined, FULL),
        series_wording.paused(counts, FULL),
        series_wording.resumed(counts, FULL),
        series_wording.reshaped(RESHAPED, FULL, did="Saved, and cards follow") + "*" * 200,
    ):
        assert len(said) <= 2000


def test_what_is_said_about_words_fits_a_message():
    edit = WordsEdit(ring=LONG_RINGS[0], added=LONG_WORDS, removed=LONG_WORDS)

    assert len(themes_wording.changed_words("*" * LONGEST_LABEL, edit)) <= 2000


def test_commands_fit(command_payloads):
    for payload in command_payloads:
        if payload["type"] == discord.AppCommandType.message.value:
            assert len(payload["name"]) <= 32, "a menu has a name and nothing else"
            continue
        for option in [payload, *options_of(payload)]:
            assert 1 <= len(option["description"]) <= 100, option["name"]
            assert option["name"] == option["name"].lower()
            assert len(option["name"]) <= 32
            assert len(option.get("options", [])) <= 25


def options_of(payload):
    for option in payload.get("options", []):
        yield option
        yield from options_of(option)
