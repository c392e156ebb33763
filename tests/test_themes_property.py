"""Any order of adding, renaming, merging and words keeps a vocabulary that makes sense."""

import asyncio
import os
import tempfile
from contextlib import AsyncExitStack, suppress
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.app import services
from bot.errors import Refusal
from bot.search.rings import key
from bot.storage.database import Database
from bot.storage.migrate import migrate
from bot.themes.model import FORUM_TAGS, MOST_TAGS, MOST_WORDS, value_of
from bot.themes.model.vocabulary import Vocabulary
from bot.themes.service import AddAs
from tests.conftest import HOME, MODERATOR, NOW, FakeClock

NAMES = st.sampled_from(
    [
        *(
            "Housing",
            "HOUSING",
            "Homes",
            "Tokenism",
            "tokenism",
            "Trust",
            "Hiring",
            "Staff",
            "Bids",
        ),
        *("Challenge", "Lip service", "Größe", "grösse", "Power & equality", "Data", "data top-up"),
        *("Prison", "jails", "Late"),
    ]
) | st.text(max_size=24)
WORDS = st.lists(NAMES, max_size=4).map(", ".join)
PICKS = st.integers(0, 60)


@cache
def fresh() -> bytes:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "fresh.db"
        migrate(path)
        return path.read_bytes()


class Moderating(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.stack = AsyncExitStack()
        path = Path(self.stack.enter_context(tempfile.TemporaryDirectory())) / "test.db"
        path.write_bytes(fresh())
        self.run(self.open(path))
        self.ever: dict[int, str] = {}

    async def open(self, path: Path) -> None:
        self.db = await self.stack.enter_async_context(Database.open(path))
        self.themes = services(self.db, FakeClock(NOW)).themes

    def run(self, does):
        async def it():
            return await does

        return self.runner.run(it())

    def attempt(self, does) -> None:
        with suppress(Refusal):
            self.run(does)

    def vocabulary(self) -> Vocabulary:
        return self.run(self.themes.vocabulary(HOME))

    def one(self, number: int) -> str:
        everything = self.vocabulary().named("")
        return value_of(everything[number % len(everything)])

    @rule(name=NAMES, add_as=st.sampled_from(AddAs))
    def add(self, name, add_as):
        self.attempt(self.themes.add(name, add_as, by=MODERATOR))

    @rule(number=PICKS, name=st.none() | NAMES, as_tag=st.none() | st.booleans())
    def rename(self, number, name, as_tag):
        self.attempt(self.themes.rename(self.one(number), to=name, as_tag=as_tag, by=MODERATOR))

    @rule(source=PICKS, into=PICKS, old=st.integers(0, 1))
    def merge(self, source, into, old):
        themes = self.vocabulary().every_theme
        ids = themes[source % len(themes)].id, themes[into % len(themes)].id
        as_of = self.vocabulary().version - old
        self.attempt(self.themes.merge(*ids, as_of=as_of, by=MODERATOR))

    @rule(number=PICKS, add=WORDS, remove=WORDS)
    def words(self, number, add, remove):
        self.attempt(
            self.themes.change_words(self.one(number), add=add, remove=remove, by=MODERATOR)
        )

    @rule()
    def restart(self):
        self.themes = services(self.db, FakeClock(NOW)).themes

    @invariant()
    def names_are_clear(self):
        vocabulary = self.vocabulary()
        labels = [each.label.casefold() for each in vocabulary.named("")]
        assert len(labels) == len(set(labels))
        tags = vocabulary.forum_labels()
        assert len(tags) <= FORUM_TAGS
        assert sum(each.is_tag for each in vocabulary.themes) <= MOST_TAGS
        assert all(1 <= len(each) <= 20 for each in tags)
        for each in vocabulary.named(""):
            assert vocabulary.pick(value_of(each)) == vocabulary.pick(each.label) == each

    @invariant()
    def no_theme_is_ever_lost(self):
        vocabulary = self.vocabulary()
        self.ever |= {each.id: each.slug for each in vocabulary.every_theme}
        for theme_id, slug in self.ever.items():
            heir = vocabulary.theme(theme_id)
            assert heir.merged_into is None
            assert vocabulary.exactly(theme_id).slug == slug
            assert theme_id in vocabulary.ids_of(heir.id)
        assert len(set(self.ever.values())) == len(self.ever)

    @invariant()
    def each_word_leads_to_one_ring(self):
        vocabulary = self.vocabulary()
        for ring in vocabulary.word_rings:
            assert len(ring.words) <= MOST_WORDS
            assert len(ring.words) > 1 or not ring.is_everyday
            for word in ring.words:
                (found,) = vocabulary.rings.of(word)
                assert found.theme_id == ring.theme_id
                assert found.label == vocabulary.name_of(ring)
        for theme in vocabulary.themes:
            (found,) = vocabulary.rings.of(theme.label)
            assert found.theme_id == theme.id
            assert key(theme.label) not in map(key, vocabulary.ring_of(theme).words)

    @invariant()
    def what_is_in_memory_is_what_is_in_the_database(self):
        again = services(self.db, FakeClock(NOW)).themes
        assert self.run(again.vocabulary(HOME)) == self.vocabulary()

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()


TestModerating = Moderating.TestCase
TestModerating.settings = settings(
    max_examples=int(os.environ.get("THEMES_EXAMPLES", "12")),
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
