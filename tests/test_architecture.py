"""The house keeps its shape: bases, promises, layers, and a README that is true."""

import importlib
import inspect
import pkgutil
import re
import runpy
import tomllib
from dataclasses import fields
from pathlib import Path

import discord
import pytest

import bot
import cogs
from bot.cli import _parser
from bot.client import COGS, INTENTS
from bot.config import Settings
from bot.tally import SPREADS, TALLIES
from bot.ui.parts import Card, Form, PersistentButton, PersistentSelect
from cogs.network.needs import NEEDS, invite_permissions

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SOURCES = [
    path for folder in ("bot", "cogs", "migrations") for path in (ROOT / folder).rglob("*.py")
]
OPTIONAL = ("bot.demo", "bot.__main__")


def modules(package):
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not info.name.startswith(OPTIONAL):
            yield importlib.import_module(info.name)


def classes(package):
    for module in modules(package):
        for _, thing in inspect.getmembers(module, inspect.isclass):
            if thing.__module__ == module.__name__:
                yield thing


def test_every_part_goes_through_the_house_bases():
    """A bare view, form, button or menu would swallow its errors."""
    for thing in classes(cogs):
        if issubclass(thing, discord.ui.DynamicItem):
            assert issubclass(thing, PersistentButton | PersistentSelect), thing
            assert "callback" not in vars(thing), f"{thing}: override press"
            assert "interaction_check" not in vars(thing), f"{thing}: its errors vanish"
        elif issubclass(thing, discord.ui.Modal):
            assert issubclass(thing, Form), thing
            assert "on_submit" not in vars(thing), f"{thing}: override submit"
        elif issubclass(thing, discord.ui.View | discord.ui.LayoutView):
            assert issubclass(thing, Card), thing
        assert not issubclass(thing, discord.ui.Button | discord.ui.Select), thing


HITS = (
    r"(?P<page>[0-9]{1,4}):(?P<kind>[0-9]{0,12}):(?P<theme>[0-9]{0,12})"
    r":(?P<perspective>[a-z_]{0,20}):(?P<conversation>[0-9]{0,12}):(?P<year>[0-9]{0,4})"
)
PRACTICES = r"(?P<page>[0-9]{1,4}):(?P<kind>[0-9]{0,12}):(?P<theme>[0-9]{0,12}):(?P<featured>[01])"
OF_SECTION = r"(?P<id>[0-9]{1,19}):(?P<kind>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
PROMISES = {
    "BackToThemesButton": r"theme:back",
    "EarlierChangesButton": r"theme:history-earlier:(?P<id>[0-9]{1,6})",
    "EarlierWordsButton": r"theme:everyday-earlier:(?P<id>[0-9]{1,6})",
    "EverydayWordsButton": r"theme:everyday",
    "LaterWordsButton": r"theme:everyday-later:(?P<id>[0-9]{1,6})",
    "HistoryButton": r"theme:history:(?P<id>[0-9]{1,6})",
    "LaterChangesButton": r"theme:history-later:(?P<id>[0-9]{1,6})",
    "LeaveThemesButton": r"theme:leave",
    "MergeThemesButton": (
        r"theme:merge:(?P<id>[0-9]{1,19}):(?P<into>[0-9]{1,19}):(?P<as_of>[0-9]{1,19})"
    ),
    "NextThemesButton": r"theme:list-on:(?P<id>[0-9]{1,6})",
    "ThemesButton": r"theme:list:(?P<id>[0-9]{1,6})",
    "AskSupporterButton": r"company:ask:(?P<id>[0-9]{1,19})",
    "BeBuddyButton": r"company:be-a-buddy:(?P<id>[0-9]{1,19})",
    "CompanyButton": r"company:show:(?P<id>[0-9]{1,19})",
    "DoWithoutButton": r"company:do-without:(?P<id>[0-9]{1,19})",
    "GuestCantComeSelect": r"guests:cant-come:(?P<id>[0-9]{1,19})",
    "GuestsStillComeButton": r"guests:still-come:(?P<id>[0-9]{1,19})",
    "LikeBuddyButton": r"company:like-a-buddy:(?P<id>[0-9]{1,19})",
    "NoButton": r"company:no:(?P<id>[0-9]{1,19})",
    "YesButton": r"company:yes:(?P<id>[0-9]{1,19})",
    "AheadButton": r"conversation:ahead",
    "AttendeeRoleSelect": r"network:choose-attendee-role",
    "CancelButton": r"list:cancel:(?P<id>[0-9]{1,19})",
    "PutBackButton": r"list:put-back:(?P<id>[0-9]{1,19})",
    "LeaveOffButton": r"list:leave-off:(?P<id>[0-9]{1,19})",
    "UseHereButton": r"list:use-here:(?P<id>[0-9]{1,19})",
    "AsUsualButton": r"reminders:as-usual",
    "ChangeTimesButton": r"reminders:change:(?P<id>[0-9]{1,19})",
    "GoOnButton": r"reminders:go-on",
    "HoursButton": r"reminders:hours",
    "NotOfOneButton": r"reminders:not-of-one:(?P<id>[0-9]{1,19})",
    "OfOneButton": r"reminders:of-one:(?P<id>[0-9]{1,19})",
    "OffButton": r"reminders:off",
    "OnButton": r"reminders:on",
    "PauseButton": r"reminders:pause",
    "SeeButton": r"reminder:see:(?P<id>[0-9]{1,19})",
    "StopButton": r"reminder:stop:(?P<id>[0-9]{1,19})",
    "TimesSelect": r"reminders:times",
    "UsualTimesButton": r"reminders:usual:(?P<id>[0-9]{1,19})",
    "CalendarButton": r"conversation:calendar:(?P<id>[0-9]{1,19})",
    "MySignUpButton": r"conversation:my-sign-up:(?P<id>[0-9]{1,19})",
    "ChannelSelect": (
        r"network:choose-channel:(?P<used_for>conversations|practice|wisdom|moderation)"
    ),
    "CheckButton": r"network:check",
    "ChoicesButton": r"conversation:my-choices:(?P<id>[0-9]{1,19})",
    "DateButton": r"conversation:change-date:(?P<id>[0-9]{1,19})",
    "DoneButton": r"attendance:done:(?P<id>[0-9]{1,19})",
    "EarlierButton": r"attendance:list:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "EverybodyButton": r"attendance:everybody:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "FirstTimeButton": r"help:first-time",
    "HostsNeedsButton": r"people:needs:(?P<id>[0-9]{1,19})",
    "HandBackButton": r"place:hand-back:(?P<id>[0-9]{1,19})",
    "LaterButton": r"attendance:list-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "LeaveItButton": r"move:leave:(?P<id>[0-9]{1,19})",
    "MoreButton": r"conversation:add-more:(?P<id>[0-9]{1,19})",
    "MoveButton": r"move:make:(?P<id>[0-9]{1,19})",
    "NotAnyMoreButton": r"place:not-any-more:(?P<id>[0-9]{1,19})",
    "PeopleButton": r"people:list:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "PeopleOnButton": r"people:list-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "StillComingButton": r"place:still-coming:(?P<id>[0-9]{1,19})",
    "LeaveButton": r"conversation:leave:(?P<id>[0-9]{1,19})",
    "LinksButton": r"network:links",
    "MakeButton": r"network:make",
    "MaybeButton": r"conversation:maybe:(?P<id>[0-9]{1,19})",
    "MessagesOpenButton": r"notice:messages-open",
    "MineButton": r"conversation:mine",
    "MineNextPageButton": r"conversation:mine-on:(?P<id>[0-9]{1,6})",
    "MinePageButton": r"conversation:mine-page:(?P<id>[0-9]{1,6})",
    "NameOffButton": r"host:take-off:(?P<id>[0-9]{1,19})",
    "NeedsButton": r"conversation:access-needs:(?P<id>[0-9]{1,19})",
    "NeedsOnButton": r"people:needs-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "NeedsPageButton": r"people:needs-page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "NextPageButton": r"conversation:list-on:(?P<id>[0-9]{1,6})",
    "PageButton": r"conversation:list:(?P<id>[0-9]{1,6})",
    "PlanButton": r"conversation:plan:(?P<id>[0-9]{1,19})",
    "RemindersButton": r"network:reminders",
    "RemoveButton": r"conversation:remove:(?P<id>[0-9]{1,19})",
    "RoleSelect": r"network:choose-role:(?P<duty>organiser|moderator)",
    "SetupButton": r"network:setup",
    "ShowButton": r"conversation:show:(?P<id>[0-9]{1,19})",
    "ShowCommandsButton": r"network:show-commands",
    "SignUpButton": r"conversation:sign-up:(?P<id>[0-9]{1,19})",
    "ThrowAwayButton": r"conversation:throw-away:(?P<id>[0-9]{1,19})",
    "WasThereSelect": r"attendance:tick:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "WordsButton": r"conversation:change-words:(?P<id>[0-9]{1,19})",
    "ZoneSelect": r"network:choose-zone",
    "ShowSeriesButton": r"series:show:(?P<id>[0-9]{1,19})",
    "SignUpToAllButton": r"series:sign-up:(?P<id>[0-9]{1,19})",
    "LeaveSeriesButton": r"series:leave:(?P<id>[0-9]{1,19})",
    "SeriesCalendarButton": r"series:calendar:(?P<id>[0-9]{1,19})",
    "SeriesPageButton": r"series:list:(?P<id>[0-9]{1,6})",
    "NextSeriesPageButton": r"series:list-on:(?P<id>[0-9]{1,6})",
    "StartSeriesButton": r"series:start:(?P<id>[0-9]{1,19})",
    "ThrowSeriesAwayButton": r"series:throw-away:(?P<id>[0-9]{1,19})",
    "ChangeSeriesButton": r"series:change:(?P<id>[0-9]{1,19})",
    "LeaveSeriesAsItIsButton": r"series:leave-as-it-is:(?P<id>[0-9]{1,19})",
    "EndSeriesButton": r"series:end:(?P<id>[0-9]{1,19})",
    "EndAndCancelButton": r"series:end-and-cancel:(?P<id>[0-9]{1,19})",
    "EditOneButton": r"series:edit-one:(?P<id>[0-9]{1,19}):(?P<venue>[0-9]{1,19})",
    "EditLaterButton": r"series:edit-later:(?P<id>[0-9]{1,19}):(?P<venue>[0-9]{1,19})",
    "MoreOneButton": r"series:more-one:(?P<id>[0-9]{1,19})",
    "MoreLaterButton": r"series:more-later:(?P<id>[0-9]{1,19})",
    "MoveLaterButton": r"series:move-later:(?P<id>[0-9]{1,19})",
    "CancelOneButton": r"series:cancel-one:(?P<id>[0-9]{1,19})",
    "CancelLaterButton": r"series:cancel-later:(?P<id>[0-9]{1,19})",
    "NotThisTimeButton": r"series:not-this-time:(?P<id>[0-9]{1,19})",
    "ForManagersButton": r"help:for-managers",
    "ForModeratorsButton": r"help:for-moderators",
    "ForOrganisersButton": r"help:for-organisers",
    "AddMineButton": r"quote:add-mine:(?P<id>[0-9]{1,19})",
    "AgreeButton": r"quote-request:agree:(?P<id>[0-9]{1,19})",
    "AnywhereButton": r"quote-search:anywhere:" + HITS,
    "AsPictureButton": r"quote:as-picture:(?P<id>[0-9]{1,19})",
    "AskChangesButton": r"quote-review:ask:(?P<id>[0-9]{1,19})",
    "AskHereButton": r"quote-request:ask-here:(?P<id>[0-9]{1,19})",
    "DeleteImportButton": r"quote-import:delete:(?P<id>[0-9]{1,19})",
    "ImportsButton": r"quote-imports:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "KeepImportButton": r"quote-import:keep:(?P<id>[0-9]{1,19})",
    "LeaveOutImportButton": r"quote-import:leave-out:(?P<id>[0-9]{1,19})",
    "QuoteHistoryButton": r"quote-history:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "RecordImportButton": r"quote-import:record:(?P<id>[0-9]{1,19})",
    "DeclineButton": r"quote-review:decline:(?P<id>[0-9]{1,19})",
    "EarlierHitsButton": r"quote-search:earlier:" + HITS,
    "ExactlyButton": r"quote-search:exactly:" + HITS,
    "HelpedButton": r"quote:helped:(?P<id>[0-9]{1,19})",
    "HideMarkedButton": r"quote-review:hide:(?P<id>[0-9]{1,19})",
    "HideOtherButton": r"quote-review:hide-some:(?P<id>[0-9]{1,19})",
    "HowSelect": r"quote-review:how:(?P<id>[0-9]{1,19})",
    "KeepMyQuoteButton": r"my-quote:keep:(?P<id>[0-9]{1,19})",
    "KeepNothingButton": r"quote-request:leave:(?P<id>[0-9]{1,19})",
    "LaterHitsButton": r"quote-search:later:" + HITS,
    "LeaveOutButton": r"quote-review:leave-out:(?P<id>[0-9]{1,19})",
    "LongerButton": r"my-quote:longer:(?P<id>[0-9]{1,19})",
    "MayAskButton": r"my-quotes:may-ask",
    "MineToShareButton": r"quote-request:mine:(?P<id>[0-9]{1,19})",
    "MyConsentButton": r"my-quote:consent:(?P<id>[0-9]{1,19})",
    "MyOlderQuotesButton": r"my-quotes:older:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "MyQuoteButton": r"my-quote:open:(?P<id>[0-9]{1,19})",
    "MyQuotesButton": r"my-quotes:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "NeverButton": r"quote-request:never:(?P<id>[0-9]{1,19})",
    "NotAfterAllButton": r"quote-request:not-after-all:(?P<id>[0-9]{1,19})",
    "OpenQuoteButton": r"quote:open:(?P<id>[0-9]{1,19})",
    "OtherWordsButton": r"quote-request:words:(?P<id>[0-9]{1,19})",
    "ProposedButton": r"my-quote:proposed:(?P<id>[0-9]{1,19})",
    "PublishButton": r"quote-review:publish:(?P<id>[0-9]{1,19})",
    "PublishWordingButton": (r"quote-review:publish-as:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,9})"),
    "QuotesOnThemeSelect": r"quote-search:theme",
    "RecordButton": r"quote-review:record:(?P<id>[0-9]{1,19})",
    "RefuseButton": r"quote-request:refuse:(?P<id>[0-9]{1,19})",
    "RewordButton": r"my-quote:words:(?P<id>[0-9]{1,19})",
    "ShowHereButton": r"quote:show-here:(?P<id>[0-9]{1,19})",
    "SortButton": r"quote-review:sort:(?P<id>[0-9]{1,19})",
    "TakeBackButton": r"quote-review:take-back:(?P<id>[0-9]{1,19})",
    "TakeBackForGoodButton": r"quote-review:gone:(?P<id>[0-9]{1,19})",
    "TakeProposedButton": r"my-quote:take-proposed:(?P<id>[0-9]{1,19})",
    "WithdrawButton": r"my-quote:withdraw:(?P<id>[0-9]{1,19})",
    "WithdrawForGoodButton": r"my-quote:gone:(?P<id>[0-9]{1,19})",
    "ArchivePracticeButton": r"practice-curate:archive:(?P<id>[0-9]{1,19})",
    "BringPracticeBackButton": r"practice-curate:bring-back:(?P<id>[0-9]{1,19})",
    "FeaturePracticeButton": r"practice-curate:feature:(?P<id>[0-9]{1,19})",
    "UnfeaturePracticeButton": r"practice-curate:unfeature:(?P<id>[0-9]{1,19})",
    "PracticeHistoryButton": r"practice-history:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "LaterPracticeHistoryButton": (
        r"practice-history:later:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})"
    ),
    "UseThisButton": r"practice:use:(?P<id>[0-9]{1,19})",
    "LicenceButton": r"my-practice:licence:(?P<id>[0-9]{1,19})",
    "StillRightButton": r"practice-template:right:(?P<id>[0-9]{1,19})",
    "TakeOverButton": r"practice-template:take-over:(?P<id>[0-9]{1,19})",
    "CannotButton": r"practice-template:cannot:(?P<id>[0-9]{1,19})",
    "AddMyPracticeButton": r"practice:add-mine:(?P<id>[0-9]{1,19})",
    "AnyPracticesButton": r"practice-search:anywhere:" + PRACTICES,
    "ChangePracticeButton": r"my-practice:change:(?P<id>[0-9]{1,19})",
    "DifferentlyButton": r"practice:differently:(?P<id>[0-9]{1,19})",
    "EarlierPracticesButton": r"practice-search:earlier:" + PRACTICES,
    "ExactPracticesButton": r"practice-search:exactly:" + PRACTICES,
    "GetFileButton": r"practice:file:(?P<id>[0-9]{1,19})",
    "HideNameButton": r"my-practice:no-name:(?P<id>[0-9]{1,19})",
    "LaterPracticesButton": r"practice-search:later:" + PRACTICES,
    "LookAtPracticeButton": r"practice-review:look:(?P<id>[0-9]{1,19})",
    "MyOlderPracticesButton": r"my-practices:older:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "MyPracticesButton": r"my-practices:page:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "NotNowButton": r"practice-review:not-now:(?P<id>[0-9]{1,19})",
    "OpenMineButton": r"my-practice:open:(?P<id>[0-9]{1,19})",
    "OpenPracticeButton": r"practice:open:(?P<id>[0-9]{1,19})",
    "PracticesOnThemeSelect": r"practice-search:theme",
    "RecogniseButton": r"practice:recognise:(?P<id>[0-9]{1,19})",
    "SendPracticeButton": r"my-practice:send:(?P<id>[0-9]{1,19})",
    "SharePracticeButton": r"practice-review:share:(?P<id>[0-9]{1,19})",
    "ShowNameButton": r"my-practice:name:(?P<id>[0-9]{1,19})",
    "SortPracticeButton": r"practice-review:sort:(?P<id>[0-9]{1,19})",
    "TakePracticeBackForGoodButton": r"my-practice:gone:(?P<id>[0-9]{1,19})",
    "TakePracticeBackButton": r"my-practice:take-back:(?P<id>[0-9]{1,19})",
    "ThrowPracticeAwayButton": r"my-practice:throw-away:(?P<id>[0-9]{1,19})",
    "ActionsButton": r"action:list:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "ActionsOnButton": r"action:list-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "UpdateActionButton": r"action:update:(?P<id>[0-9]{1,19})",
    "FirstSelect": r"reflection:first:" + OF_SECTION,
    "GatherButton": r"reflection:gather:(?P<id>[0-9]{1,19})",
    "HowWasItButton": r"reflection:how-was-it:(?P<id>[0-9]{1,19})",
    "HtmlButton": r"reflection:html:(?P<id>[0-9]{1,19})",
    "KeepSelect": r"reflection:keep:" + OF_SECTION,
    "LeadSelect": r"reflection:lead:" + OF_SECTION,
    "MarkdownButton": r"reflection:markdown:(?P<id>[0-9]{1,19})",
    "NotesButton": r"reflection:notes:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "PanelButton": r"reflection:panel:(?P<id>[0-9]{1,19})",
    "PublishPostButton": r"reflection:publish:(?P<id>[0-9]{1,19})",
    "ReadButton": r"reflection:read:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "ReadOnButton": r"reflection:read-on:(?P<id>[0-9]{1,19}):(?P<page>[0-9]{1,4})",
    "SectionBackButton": r"reflection:quotes-back:" + OF_SECTION,
    "SectionOnButton": r"reflection:quotes-on:" + OF_SECTION,
    "SectionSelect": r"reflection:section:(?P<id>[0-9]{1,19})",
    "ThinkButton": r"reflection:think:(?P<id>[0-9]{1,19})",
    "ThrowPostAwayButton": r"reflection:throw-away:(?P<id>[0-9]{1,19})",
    "ThrownAwayButton": r"reflection:thrown:(?P<id>[0-9]{1,19})",
    "WhoChangedButton": r"reflection:history:(?P<id>[0-9]{1,19})",
    "WriteAgainButton": r"reflection:again:(?P<id>[0-9]{1,19}):(?P<place>[a-z]{1,12}-[0-9]{1,19})",
    "WriteSelect": r"reflection:write:(?P<id>[0-9]{1,19})",
    "KeptPageButton": r"privacy:page:(?P<id>[0-9]{1,4})",
    "NextKeptPageButton": r"privacy:page-on:(?P<id>[0-9]{1,4})",
    "TakeAwayButton": r"privacy:take-away",
    "ComplainButton": r"privacy:complain",
    "AskToForgetButton": r"privacy:ask-to-forget",
    "ForgetMeButton": r"privacy:forget-me",
}


def dynamic_items():
    return [thing for thing in classes(cogs) if issubclass(thing, discord.ui.DynamicItem)]


def test_custom_ids_never_change():
    """These are written into messages that people have. Add lines; never edit one."""
    templates = {
        thing.__name__: thing.__discord_ui_compiled_template__.pattern for thing in dynamic_items()
    }

    assert templates == PROMISES


def test_every_button_builds_what_its_own_template_reads_and_no_other_does():
    for thing in dynamic_items():
        if not issubclass(thing, PersistentButton):
            continue
        custom_id = thing.form.format(id=17)
        readers = [
            other.__name__
            for other in dynamic_items()
            if other.__discord_ui_compiled_template__.fullmatch(custom_id)
        ]
        assert readers == [thing.__name__], custom_id


def test_every_part_is_registered():
    registered = {part.__name__ for name in COGS for part in importlib.import_module(name).PARTS}

    assert registered == set(PROMISES)


def test_nothing_privileged_is_asked_of_discord():
    assert discord.Intents(guilds=True, guild_scheduled_events=True) == INTENTS
    assert not invite_permissions().administrator


def test_every_module_of_the_core_has_its_layer():
    (layers,) = [
        contract["layers"]
        for contract in PYPROJECT["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    placed = {name for line in layers for name in re.split(r"\s*[|:]\s*", line)}
    parts = {f"bot.{info.name}" for info in pkgutil.iter_modules(bot.__path__)}

    assert parts - {"bot.__main__"} <= placed


def test_the_core_says_network_and_never_guild():
    """Except where it speaks to Discord: the client, its two runners, and the demo."""
    edge = {"bot/client.py", "bot/checking.py", "bot/demo"}
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("cogs/") or any(name.startswith(each) for each in edge):
            continue
        assert "guild" not in path.read_text("utf-8").casefold(), name
    for path in (ROOT / "migrations").glob("*.sql"):
        assert "guild" not in path.read_text("utf-8").casefold(), path


def test_only_the_clock_asks_what_time_it_is():
    asks = re.compile(r"datetime\.now|datetime\.utcnow|time\.time\(|date\.today")
    told = {
        "bot/clock.py",
        "bot/health.py",
        "bot/demo/simulator.py",
        "bot/demo/show.py",
        "bot/demo/stage.py",
    }
    for path in SOURCES:
        name = path.relative_to(ROOT).as_posix()
        if name not in told:
            assert not asks.search(path.read_text("utf-8")), name


def test_modules_stay_small():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in SOURCES
        if (lines := len(path.read_text("utf-8").splitlines())) > 300
    }

    assert long == {}


def test_nothing_shipped_names_a_machine_or_a_registry():
    shipped = [*SOURCES, *ROOT.glob("*.md"), *ROOT.glob("locks/*"), ROOT / "Makefile"]
    for path in shipped:
        text = path.read_text("utf-8")
        assert not re.search(r"/root/|/work/|pypi\.org|file://|--index-url", text), path


@pytest.mark.parametrize("lock", ["run", "demo", "dev", "build"])
def test_every_locked_package_has_a_hash(lock):
    text = (ROOT / f"locks/{lock}.txt").read_text("utf-8")
    packages = re.split(r"\n(?=\S)", text.strip())

    assert all("--hash=sha256:" in package for package in packages)


def test_the_readme_names_every_package_and_module():
    parts = [
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "cogs")
        for path in (ROOT / folder).iterdir()
        if not path.name.startswith("__")
    ]
    for part in parts:
        assert f"`{part.removesuffix('/')}" in README or Path(part).name in README, part


def test_the_readme_has_every_command_and_none_that_is_not(commands):
    said = set(re.findall(r"^\| (?:`/|Apps → )([A-Za-z -]+)`? \|", README, re.MULTILINE))

    assert said == set(commands)


def test_the_readme_has_every_setting_and_none_that_is_not():
    said = set(re.findall(r"^\| `COPRO_([A-Z_]+)` \|", README, re.MULTILINE))

    assert said == {field.name.upper() for field in fields(Settings)}


def test_the_readme_has_every_permission_and_the_right_invitation():
    for need in NEEDS:
        assert f"| {need.called} | {need.why}" in README, need.called
    assert f"permissions={invite_permissions().value}" in README


def test_the_readme_has_every_subcommand_of_the_program():
    for action in _parser()._actions:
        for name in action.choices or ():
            assert f"`coproduction-bot {name}`" in README, name


def test_every_target_of_the_makefile_is_explained():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (targets,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    for target in targets.split():
        assert f"`make {target}`" in README, target


def test_every_licence_in_the_image_must_be_known_to_be_permissive():
    audit = runpy.run_path(str(ROOT / ".ci/audit.py"))["is_permissive"]
    for allowed in ("MIT", "Apache-2.0 AND MIT", "GPL-3.0 OR MIT", "MIT License; BSD License"):
        assert audit(allowed), allowed
    for refused in ("UNKNOWN", "", "GPL-3.0", "MIT AND GPL-3.0", "GPL-3.0 OR LGPL-3.0"):
        assert not audit(refused), refused


def test_the_operators_page_names_every_setting_and_figure_that_there_is():
    page = (ROOT / "docs/operating.md").read_text("utf-8")
    for name in re.findall(r"COPRO_[A-Z_]+", page):
        assert name.removeprefix("COPRO_") in {each.name.upper() for each in fields(Settings)}, name
    shown = {f"{each.name}_total" for each in TALLIES} | {each.name for each in SPREADS}
    shown |= set(re.findall(r"copro_[a-z_]+", (ROOT / "bot/running.py").read_text("utf-8")))
    for name in re.findall(r"copro_[a-z_]+", page):
        assert name in shown, name
    commands = {name for action in _parser()._actions for name in action.choices or ()}
    assert set(re.findall(r"`coproduction-bot ([a-z]+)", page)) <= commands


def test_what_the_operators_page_says_that_the_bot_says_is_what_it_says():
    page = (ROOT / "docs/operating.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*?) \|", page.split("## What to do when")[1], re.MULTILINE)
    said = [words for row in rows for words in re.findall(r"`([^`]+)`", row)]
    sources = "\n".join(path.read_text("utf-8") for path in SOURCES)
    assert len(said) > 12
    for words in said:
        for part in re.split(r"…|\bCOPRO_\w+", words):
            if len(part.strip()) > 3:
                assert part.strip() in sources, words
