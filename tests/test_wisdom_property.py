"""After any order of what may happen to quotes, no words come out anywhere for an audience to
which their speaker has not agreed, and all the others can be found."""

import asyncio
import json
import os
import tempfile
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.app import services
from bot.errors import Refusal
from bot.ids import ChannelId, MemberId, MessageId, QuoteId, ThemeId
from bot.network.model import ChannelUse
from bot.search.entry import Filters
from bot.storage.database import Database
from bot.wisdom.model import Consent, Credit, Details, Lasting, Perspective, Said, ShownQuote, Use
from tests.conftest import AMINA, BRYN, CHIDI, HOME, MANAGER, NOW, FakeClock
from tests.quotes import MODERATOR, member
from tests.test_themes_property import fresh

T = TypeVar("T")
SPEAKERS = st.sampled_from([AMINA, BRYN, CHIDI])
PICKS = st.integers(0, 12)
RARELY = st.sampled_from([False, False, False, True])
USES = st.frozensets(st.sampled_from(Use), min_size=1) | st.just(frozenset(Use))
CONSENTS = st.tuples(USES, st.sampled_from(Credit), st.sampled_from(Lasting))
DETAILS = st.tuples(PICKS, st.none() | st.sampled_from(Perspective), st.booleans())


def letters(number: int) -> str:
    """A word of its own for each number, which no other is part of and no stemmer shortens."""
    return f"{'bcdfghjklm'[number // 10 % 10]}u{'bcdfghjklm'[number % 10]}"


class Words:
    """Words that nobody else uses, so that each says where it comes from."""

    def __init__(self) -> None:
        self._next = count()
        self.ever: list[str] = []

    def new(self, begin: str) -> str:
        word = f"{begin}{letters(next(self._next))}ox"
        self.ever.append(word)
        return word


@dataclass
class Told:
    """What a speaker has agreed to, as they would tell it themselves."""

    speaker: MemberId
    words: set[str]  # those that say which it is
    uses: frozenset[Use]
    name: str | None
    until: datetime | None
    hidden: str  # a name in the words that a moderator may hide
    note: str | None
    wording: int = 1
    state: str = "pending"
    proposed: str | None = None
    number: int | None = None
    has_theme: bool = True
    ever_proposed: list[str] = field(default_factory=list[str])

    def is_said_anew(self, words: set[str], hidden: str) -> None:
        self.words, self.hidden, self.proposed = words, hidden, None
        self.state, self.wording = "pending", self.wording + 1

    def shown_for(self, use: Use, now: datetime) -> bool:
        lives = self.until is None or now < self.until
        return self.state == "published" and use in self.uses and lives

    @property
    def may_be_read(self) -> set[str]:
        return self.words | {each for each in (self.name, self.note) if each}


@dataclass
class Seen:
    """All that came out for one audience."""

    texts: list[str] = field(default_factory=list)

    def add(self, *texts: Any) -> None:
        self.texts += [json.dumps(each, default=str).casefold() for each in texts if each]


class Speaking(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        self.clock = FakeClock(NOW)
        self.words = Words()
        self.kept: dict[QuoteId, Told] = {}
        self.open: dict[int, MemberId] = {}
        self.looks = 0
        path = Path(self.stack.enter_context(tempfile.TemporaryDirectory())) / "test.db"
        path.write_bytes(fresh())
        self.run(self.begin(path))

    async def begin(self, path: Path) -> None:
        self.db = await self.stack.enter_async_context(Database.open(path))
        self.services()
        await self.parts.networks.choose_channel(ChannelUse.WISDOM, ChannelId(5), by=MANAGER)
        vocabulary = await self.parts.themes.vocabulary(HOME)
        self.themes = [each.id for each in vocabulary.themes[:4]]

    def services(self) -> None:
        self.parts = services(self.db, self.clock)
        self.wisdom = self.parts.wisdom

    def run(self, doing: Awaitable[T]) -> T:
        async def it() -> T:
            return await doing

        return self.runner.run(it())

    def attempt(self, doing: Awaitable[T]) -> T | None:
        """None when it is refused."""
        try:
            return self.run(doing)
        except Refusal:
            return None

    def pick(self, number: int) -> tuple[QuoteId, Told]:
        """One that lives, most often."""
        everything = list(self.kept.items())
        alive = [each for each in everything if each[1].state not in ("withdrawn", "expired")]
        chosen = alive if alive and number else everything
        return chosen[-(number % len(chosen)) - 1]

    def consent(self, agreed: tuple[frozenset[Use], Credit, Lasting]) -> Consent:
        uses, credit, lasting = agreed
        named = credit in (Credit.FIRST_NAME, Credit.NAMED)
        return Consent(
            uses=uses,
            credit=credit,
            credited_as=self.words.new("nam") if named else None,
            lasting=lasting,
        )

    def said(self) -> tuple[str, str, str]:
        """Words, what is special in them, and a name that is."""
        special, name = self.words.new("zeb"), self.words.new("sar")
        return f"The kettle knew {special} when {name.capitalize()} came in.", special, name

    def remember(
        self, quote_id: QuoteId, speaker: MemberId, words: set[str], name: str, consent: Consent,
        note: str | None,
    ) -> None:  # fmt: skip
        self.kept[quote_id] = Told(
            speaker=speaker,
            words=words,
            uses=consent.uses,
            name=consent.credited_as,
            until=consent.lasting.ends(self.clock.now()),
            hidden=name,
            note=note,
        )

    @initialize(agreed=CONSENTS)
    def begin_with_one(self, agreed: Any) -> None:
        self.share(AMINA, agreed, (0, None, False))
        self.publish(1, 0)

    @rule(speaker=SPEAKERS, agreed=CONSENTS, details=DETAILS, publish=st.booleans())
    def share(self, speaker: MemberId, agreed: Any, details: Any, publish: bool = False) -> None:
        theme, perspective, has_note = details
        text, special, name = self.said()
        consent = self.consent(agreed)
        note = self.words.new("not") if has_note else None
        request = self.run(
            self.wisdom.requests.begin(
                Details(
                    theme_ids=(self.themes[theme % len(self.themes)],),
                    perspective=perspective,
                    content_note=note,
                ),
                by=member(speaker),
            )
        )
        quote = self.run(self.wisdom.requests.agree(request.id, text, consent, speaker))
        self.remember(quote.id, speaker, {special, name}, name, consent, note)
        if publish:
            self.publish(1, 0)

    @rule(speaker=SPEAKERS, message=PICKS)
    def ask(self, speaker: MemberId, message: int) -> None:
        said = Said(channel_id=ChannelId(7), message_id=MessageId(100 + message))
        asking = self.wisdom.requests.ask(speaker, by=member(MemberId(50)), said=said)
        if request := self.attempt(asking):
            self.open[request.id] = speaker

    @rule(agreed=CONSENTS, number=PICKS, answers=st.sampled_from(["yes", "no", "never", "other"]))
    def answer(self, agreed: Any, number: int, answers: str) -> None:
        if not self.open:
            return
        request_id = list(self.open)[number % len(self.open)]
        speaker = self.open[request_id]
        requests: Any = self.wisdom.requests
        text, special, name = self.said()
        consent = self.consent(agreed)
        if answers in ("yes", "other"):
            by = speaker if answers == "yes" else MemberId(50)
            quote = self.attempt(requests.agree(request_id, text, consent, by))
            assert quote is None or answers == "yes"
            if quote is not None:
                self.remember(quote.id, speaker, {special, name}, name, consent, None)
                self.kept[quote.id].has_theme = False
        else:
            self.attempt(requests.refuse(request_id, speaker, never=answers == "never"))

    @rule(number=PICKS, behind=RARELY)
    def publish(self, number: int, behind: int) -> None:
        quote_id, told = self.pick(number)
        wording = max(told.wording - behind, 1)
        quote = self.attempt(self.wisdom.review.publish(quote_id, wording=wording, by=MODERATOR))
        if quote is not None:
            assert (told.state, wording) == ("pending", told.wording)
            told.state, told.number = "published", quote.number

    @rule(number=PICKS, proposes=st.booleans())
    def ask_changes(self, number: int, proposes: bool) -> None:
        quote_id, told = self.pick(number)
        proposed = self.words.new("pro") if proposes else ""
        asking = self.wisdom.review.ask_changes(quote_id, "Please", proposed, by=MODERATOR)
        if self.attempt(asking):
            told.state, told.proposed = "changes_asked", proposed or None
            told.ever_proposed += [proposed] if proposed else []

    @rule(number=PICKS)
    def decline(self, number: int) -> None:
        quote_id, told = self.pick(number)
        if self.attempt(self.wisdom.review.decline(quote_id, "Sorry.", by=MODERATOR)):
            told.state = "declined"

    @rule(number=PICKS, all_marked=st.booleans())
    def hide(self, number: int, all_marked: bool) -> None:
        quote_id, told = self.pick(number)
        name = told.hidden.capitalize()
        review = self.wisdom.review
        hiding = (
            review.redact(quote_id, [name], None, by=MODERATOR)
            if all_marked
            else review.hide(quote_id, name, "(name)", by=MODERATOR)
        )
        if self.attempt(hiding):
            told.words.discard(told.hidden)

    @rule(number=PICKS, stranger=RARELY)
    def reword(self, number: int, stranger: bool) -> None:
        quote_id, told = self.pick(number)
        by = MemberId(50) if stranger else told.speaker
        text, special, name = self.said()
        if self.attempt(self.wisdom.mine.reword(quote_id, text, by)):
            assert by == told.speaker
            told.is_said_anew({special, name}, name)

    @rule(number=PICKS, seen=PICKS)
    def agree_to_a_proposal(self, number: int, seen: int) -> None:
        """Perhaps to an old one, which still stands on somebody's screen."""
        quote_id, told = self.pick(number)
        if not told.ever_proposed:
            return
        text = told.ever_proposed[seen % len(told.ever_proposed)]
        if self.attempt(self.wisdom.mine.take_proposed(quote_id, text, told.speaker)):
            assert told.proposed == text
            told.is_said_anew({text}, "nobody")

    @rule(number=PICKS, agreed=CONSENTS, stranger=RARELY)
    def agree_to_something_else(self, number: int, agreed: Any, stranger: bool) -> None:
        quote_id, told = self.pick(number)
        by = MemberId(50) if stranger else told.speaker
        consent = self.consent(agreed)
        if self.attempt(self.wisdom.mine.agree_to(quote_id, consent, by)):
            assert by == told.speaker
            told.uses, told.name = consent.uses, consent.credited_as
            told.until = consent.lasting.ends(self.clock.now())

    @rule(number=PICKS)
    def keep_for_longer(self, number: int) -> None:
        quote_id, told = self.pick(number)
        keeping = self.wisdom.mine.keep_for(quote_id, Lasting.ONE_YEAR, told.speaker)
        if self.attempt(keeping):
            told.until = Lasting.ONE_YEAR.ends(self.clock.now())

    @rule(number=PICKS, stranger=RARELY)
    def withdraw(self, number: int, stranger: bool) -> None:
        quote_id, told = self.pick(number)
        by = MemberId(50) if stranger else told.speaker
        try:
            self.run(self.wisdom.mine.withdraw(quote_id, by))
        except Refusal:
            return
        assert by == told.speaker
        told.state = "withdrawn"

    @rule(number=PICKS, theme=PICKS, noted=st.booleans())
    def sort(self, number: int, theme: int, noted: bool) -> None:
        quote_id, told = self.pick(number)
        note = self.words.new("not") if noted else ""
        themes = [self.themes[theme % len(self.themes)]]
        sorting = self.wisdom.review.sort_under(quote_id, None, themes, note, by=MODERATOR)
        if self.attempt(sorting):
            told.note, told.has_theme = note or None, True

    @rule(source=st.integers(0, 3), into=st.integers(0, 3))
    def merge_themes(self, source: int, into: int) -> None:
        vocabulary = self.run(self.parts.themes.vocabulary(HOME))
        ids = self.themes[source], self.themes[into]
        self.attempt(self.parts.themes.merge(*ids, as_of=vocabulary.version, by=MODERATOR))

    @rule(number=PICKS, channel=st.integers(1, 3))
    def show_somewhere(self, number: int, channel: int) -> None:
        picked = self.pick(number)
        self.attempt(self.wisdom.posts.share(picked[0], HOME, ChannelId(channel)))

    @rule(number=PICKS, who=SPEAKERS)
    def is_helped(self, number: int, who: MemberId) -> None:
        quote_id, told = self.pick(number)
        counts = self.attempt(self.wisdom.showing.helped(quote_id, HOME, who))
        assert counts is None or told.shown_for(Use.DISCORD, self.clock.now())

    @rule(days=st.sampled_from([1, 7, 40, 366]))
    def time_passes(self, days: int) -> None:
        self.clock.advance(days=days)

    @rule(swept=st.booleans())
    def the_bot_looks(self, swept: bool) -> None:
        ending = self.wisdom.ending
        self.run(ending.sweep() if swept else ending.run())
        self.run(self.wisdom.weekly.run())
        for told in self.kept.values():
            if told.until is not None and told.until <= self.clock.now():
                told.state = "withdrawn" if told.state == "withdrawn" else "expired"

    @rule()
    def restart(self) -> None:
        self.services()

    @invariant()
    def nobody_reads_what_is_not_for_them(self) -> None:
        now = self.clock.now()
        for use, seen in self.run(self.everything_that_comes_out()).items():
            shown = [told for told in self.kept.values() if told.shown_for(use, now)]
            allowed = {word for told in shown for word in told.may_be_read}
            text = "\n".join(seen.texts)
            for word in self.words.ever:
                assert word in allowed or word not in text, (use, word)

    @rule()
    def what_is_for_all_is_found_by_all(self) -> None:
        now = self.clock.now()
        for quote_id, told in self.kept.items():
            (special, *_) = sorted(told.words, reverse=True)
            found = self.run(self.wisdom.showing.search(HOME, special, Filters()))
            ids = [each.id for each in found.quotes]
            assert (quote_id in ids) == told.shown_for(Use.DISCORD, now), special

    @invariant()
    def numbers_stay(self) -> None:
        numbers = [told.number for told in self.kept.values() if told.number is not None]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))

    async def everything_that_comes_out(self) -> dict[Use, Seen]:
        self.looks += 1
        seen = {use: Seen() for use in Use}
        showing, theme_id = self.wisdom.showing, self.themes[self.looks % 4]
        for use in Use:
            async for quote in showing.everything(use, by=MODERATOR):
                seen[use].add(readable(quote))
            for quote in await showing.on_theme(HOME, theme_id, use, 50):
                seen[use].add(readable(quote))
            quote = await showing.find(QuoteId(self.looks % len(self.kept) + 1), HOME, use)
            seen[use].add(quote and readable(quote))
        # Before anything that looks for what is over, as a search does, and after it.
        await self.read_in_discord(seen[Use.DISCORD])
        await self.search_in_discord(seen[Use.DISCORD], theme_id)
        return seen

    async def read_in_discord(self, seen: Seen) -> None:
        showing = self.wisdom.showing
        for number in range(1, len(self.kept) + 1, 2 if self.looks % 2 else 1):
            try:
                seen.add(readable(await showing.numbered(HOME, number)))
            except Refusal:
                continue
        chosen = await showing.by_chance(HOME)
        seen.add(chosen and readable(chosen))
        for post_id in await self.wisdom.posts.to_look_at(HOME):
            (post, _, visible) = await self.wisdom.posts.shown(post_id) or (None, None, None)
            if post is not None and post.made_for != "review":
                seen.add(visible and readable(visible))
        counts = await showing.by_theme(HOME)
        now = self.clock.now()
        shown = [each for each in self.kept.values() if each.shown_for(Use.DISCORD, now)]
        assert sum(counts.values()) == sum(each.has_theme for each in shown)

    async def search_in_discord(self, seen: Seen, theme_id: ThemeId) -> None:
        showing = self.wisdom.showing
        for begun in ("zeb", "sar", "nam", "not", "pro", "kettle knew z"):
            seen.add(await showing.complete(HOME, begun))
        for word in ("kettle", self.words.ever[self.looks % len(self.words.ever)]):
            for page in (1, 2):
                found = await showing.search(HOME, word, Filters(), page)
                seen.add(*map(readable, found.quotes))
                seen.add(" ".join({found.found.showing, *found.found.near} - {word}))
        found = await showing.search(HOME, "", Filters(theme_ids=(theme_id,)))
        seen.add(*map(readable, found.quotes))
        for table in ("search_entry", "search_word", "search_text"):
            for row in await self.db.all(f"SELECT * FROM {table}"):  # noqa: S608  # of three
                seen.add(tuple(row))

    def teardown(self) -> None:
        if self.kept:
            self.what_is_for_all_is_found_by_all()
        self.run(self.stack.aclose())
        self.runner.close()


def readable(found: Any) -> Iterator[str] | str:
    if not isinstance(found, ShownQuote):
        return str(found)
    return "\n".join([found.words, found.credited_as or "", found.content_note or ""])


TestSpeaking = Speaking.TestCase
TestSpeaking.settings = settings(
    derandomize="CI" in os.environ,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=int(os.environ.get("WISDOM_EXAMPLES", "8")),
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
