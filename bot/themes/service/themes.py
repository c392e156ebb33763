"""What moderators do with kinds, themes and words. One method is one use, and one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.bell import Bell
from bot.clock import Clock
from bot.errors import Closed, Invalid
from bot.ids import NetworkId, ThemeId
from bot.people import Person
from bot.storage.database import Database, Transaction
from bot.themes import store
from bot.themes.model import (
    MOST_WORDS,
    Change,
    HistoryPage,
    Kind,
    Merging,
    Named,
    Theme,
    Vocabulary,
    What,
    WordRing,
    WordsEdit,
    naming,
    seeds,
    value_of,
)
from bot.themes.service.beginning import Exist, as_it_stands
from bot.themes.service.yielding import let_yield

ON_A_PAGE = 8
"""Changes."""


class AddAs(StrEnum):
    THEME = "theme"
    TAG = "tag"  # a theme that is a tag of the practice forum as well
    WORDS = "words"  # only words that mean the same to a search


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    before: Named
    after: Named
    is_old_name_kept: bool = False  # among its words

    @property
    def touches_forum(self) -> bool:
        """Whether a tag of the practice forum changes with it."""
        return self.before != self.after and any(
            isinstance(each, Kind) or (isinstance(each, Theme) and each.is_tag)
            for each in (self.before, self.after)
        )


class Themes:
    def __init__(self, db: Database, clock: Clock, network_must_exist: Exist) -> None:
        self._db = db
        self._clock = clock
        self._network_must_exist = network_must_exist
        self._known: dict[NetworkId, Vocabulary] = {}
        self._changes = 0  # made since the start
        self.changed: Bell[NetworkId] = Bell()
        """Rung when a network's kinds, themes or words have changed."""

    async def vocabulary(self, network_id: NetworkId) -> Vocabulary:
        """Kept in memory until it changes. Seeds it the first time, so never ask for it inside
        a transaction: that one would wait for itself."""
        if (known := self._known.get(network_id)) is not None:
            return known
        changes = self._changes
        found = await store.vocabulary(self._db, network_id)
        if found is None or found.began_with < seeds.VERSION:
            async with self._db.write() as tx:
                found = await self._in(tx, network_id)
        if changes == self._changes:  # or it may have been read before the last change
            self._known[network_id] = found
        return found

    async def forum_labels(self, network_id: NetworkId) -> Sequence[str]:
        """The tags that the practice forum ought to have. Writes nothing, not even the seeds."""
        if (found := await store.vocabulary(self._db, network_id)) is not None:
            return found.forum_labels()
        return [each.label for each in (*seeds.KINDS, *(t for t in seeds.THEMES if t.is_tag))]

    async def add(self, typed: str, add_as: AddAs, *, by: Person) -> Theme | WordRing:
        """A new theme, or a new group of words for searching.

        Raises:
            Invalid: the name can't be used, or there are fifteen tags already.
        """
        by.must_be_moderator("add themes")
        label = naming.label(typed)
        async with self._db.write() as tx:
            vocabulary = await self._in(tx, by.network_id)
            vocabulary.must_be_free(label)
            if add_as is AddAs.WORDS:
                ring_id = await store.add_ring(tx, by.network_id, label)
                words = [label, *await let_yield(tx, vocabulary, [label], name=label)]
                await store.add_words(tx, ring_id, words)
                await self._note(tx, by, What.WORDS_ADDED, label)
                return WordRing(id=ring_id, label=label, words=tuple(words))
            is_tag = add_as is AddAs.TAG
            if is_tag:
                vocabulary.must_have_room_for_tag()
            slug = naming.slug(label)
            theme_id = await store.add_theme(
                tx, by.network_id, slug=slug, label=label, is_tag=is_tag
            )
            ring_id = await store.add_ring(tx, by.network_id, label, theme_id)
            moving = await let_yield(tx, vocabulary, [label], name=label)
            await store.add_words(tx, ring_id, moving)
            await self._note(tx, by, What.THEME_ADDED, label)
            if is_tag:
                await self._note(tx, by, What.MADE_A_TAG, label)
        return (await self.vocabulary(by.network_id)).exactly(theme_id)

    async def rename(
        self, picked: str, *, to: str | None = None, as_tag: bool | None = None, by: Person
    ) -> Renamed:
        """Another name for a kind, a theme or a group of words; or whether a theme is a tag.

        The old name of a theme goes on leading to it in a search.

        Raises:
            Invalid: the name can't be used, or there are fifteen tags already.
        """
        by.must_be_moderator("rename themes")
        if to is None and as_tag is None:
            raise Invalid("Please say what it is to be called, or whether it is to be a forum tag.")
        label = None if to is None else naming.label(to)
        async with self._db.write() as tx:
            vocabulary = await self._in(tx, by.network_id)
            before = vocabulary.pick(picked)
            if as_tag is not None:
                await self._make_tag(tx, vocabulary, before, as_tag=as_tag, by=by)
            if label is not None and label != before.label:
                vocabulary.must_be_free(label, besides=before)
                await self._rename(tx, vocabulary, before, label)
                await self._note(tx, by, What.RENAMED, before.label, after=label)
            now = await self._in(tx, by.network_id)
        after = now.pick(value_of(before))
        is_kept = isinstance(after, Theme) and before.label in now.ring_of(after).words
        return Renamed(before=before, after=after, is_old_name_kept=is_kept)

    async def propose_merge(
        self, source: str, into: str, *, by: Person
    ) -> tuple[Merging, Vocabulary]:
        """What merging would do. Changes nothing.

        Raises:
            Invalid: they are the same, or have too many words together.
        """
        by.must_be_moderator("merge themes")
        vocabulary = await self.vocabulary(by.network_id)
        merging = vocabulary.merging(vocabulary.pick_theme(source), vocabulary.pick_theme(into))
        return merging, vocabulary

    async def merge(
        self, source_id: ThemeId, into_id: ThemeId, *, as_of: int, by: Person
    ) -> Merging:
        """Make one theme part of another. *as_of*: the vocabulary's version when it was asked.

        Raises:
            Closed: somebody has changed the themes since.
        """
        by.must_be_moderator("merge themes")
        async with self._db.write() as tx:
            vocabulary = await self._in(tx, by.network_id)
            merging = vocabulary.merging(vocabulary.exactly(source_id), vocabulary.exactly(into_id))
            if vocabulary.version != as_of:
                raise Closed(
                    "Somebody has changed the themes since I asked, so nothing has changed now. "
                    "Please look again with /theme merge."
                )
            target = vocabulary.ring_of(merging.into)
            await store.drop_ring(tx, vocabulary.ring_of(merging.source).id)
            await store.add_words(tx, target.id, merging.moving)
            await store.merge(tx, merging.source.id, merging.into.id)
            if merging.hands_over_tag:
                await store.make_tag(tx, merging.into.id, is_tag=True)
            await self._note(tx, by, What.MERGED, merging.source.label, after=merging.into.label)
        return merging

    async def change_words(
        self, picked: str, *, add: str = "", remove: str = "", by: Person
    ) -> WordsEdit:
        """Both as typed: one on each line, or with commas between them.

        Raises:
            Invalid: a word can't be used or leads elsewhere, or there would be too many.
        """
        by.must_be_moderator("change the words of themes")
        adding, removing = naming.words(add), naming.words(remove)
        async with self._db.write() as tx:
            vocabulary = await self._in(tx, by.network_id)
            ring = vocabulary.ring_of(vocabulary.pick(picked))
            edit = vocabulary.edit_words(ring, add=adding, remove=removing)
            if not edit.changes_nothing:
                await let_yield(tx, vocabulary, edit.added)
                await store.make_own(tx, ring.id)
                await store.drop_words(tx, ring.id, edit.removed)
                await store.add_words(tx, ring.id, edit.added)
                await self._note(
                    tx,
                    by,
                    What.WORDS_CHANGED,
                    vocabulary.name_of(ring),
                    before=", ".join(edit.removed) or None,
                    after=", ".join(edit.added) or None,
                )
        return edit

    async def history(self, number: int, *, by: Person) -> HistoryPage:
        """Who changed what. A number too high gives the last page."""
        by.must_be_moderator("see who changed the themes")
        total = await store.count_changes(self._db, by.network_id)
        pages = max(1, -(-total // ON_A_PAGE))
        number = min(number, pages - 1)
        changes = await store.changes(
            self._db, by.network_id, skip=number * ON_A_PAGE, limit=ON_A_PAGE
        )
        return HistoryPage(changes=changes, number=number, pages=pages)

    async def _in(self, tx: Transaction, network_id: NetworkId) -> Vocabulary:
        """As it stands in this transaction, with all that networks begin with."""
        return await as_it_stands(tx, network_id, self._network_must_exist)

    async def _make_tag(
        self, tx: Transaction, vocabulary: Vocabulary, named: Named, *, as_tag: bool, by: Person
    ) -> None:
        if not isinstance(named, Theme):
            raise Invalid(
                f"Only themes can be made tags or not: “{named.label}” is none. The five kinds "
                "are always tags."
            )
        if named.is_tag == as_tag:
            return
        if as_tag:
            vocabulary.must_have_room_for_tag()
        await store.make_tag(tx, named.id, is_tag=as_tag)
        what = What.MADE_A_TAG if as_tag else What.MADE_NO_TAG
        await self._note(tx, by, what, named.label)

    async def _rename(
        self, tx: Transaction, vocabulary: Vocabulary, named: Named, label: str
    ) -> None:
        match named:
            case Kind():
                await store.rename_kind(tx, named.id, label)
            case WordRing():
                await store.make_own(tx, named.id)
                await store.rename_ring(tx, named.id, label)
            case Theme():
                ring = vocabulary.ring_of(named)
                renaming = vocabulary.renaming(named, label)
                await store.drop_words(tx, ring.id, renaming.removed)
                room = MOST_WORDS - renaming.total
                moving = await let_yield(tx, vocabulary, [label], name=label, room=room)
                await store.add_words(tx, ring.id, [*renaming.added, *moving])
                await store.rename_theme(tx, named.id, label)
                await store.rename_ring(tx, ring.id, label)

    async def _note(
        self,
        tx: Transaction,
        by: Person,
        what: What,
        subject: str,
        *,
        before: str | None = None,
        after: str | None = None,
    ) -> None:
        change = Change(
            at=self._clock.now(),
            by_id=by.member_id,
            what=what,
            subject=subject,
            before=before,
            after=after,
        )
        await store.note(tx, by.network_id, change)
        tx.after_commit(lambda: self._has_changed(by.network_id))

    def _has_changed(self, network_id: NetworkId) -> None:
        self._changes += 1
        self._known.pop(network_id, None)
        self.changed.ring(network_id)
