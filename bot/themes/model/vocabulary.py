"""All the kinds, themes and words of one network, and what may become of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.errors import Closed, Invalid, NotFound
from bot.ids import KindId, NetworkId, ThemeId
from bot.search.rings import MOST_USED, Ring, Rings, key
from bot.themes.model import everyday, seeds
from bot.themes.model.naming import MOST_WORDS
from bot.themes.model.parts import (
    MOST_TAGS,
    Kind,
    Merging,
    Named,
    Theme,
    WordRing,
    WordsEdit,
    is_everyday,
    value_of,
)


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    network_id: NetworkId
    kinds: tuple[Kind, ...]  # in their order
    every_theme: tuple[Theme, ...]  # in their order, with those that were merged into others
    word_rings: tuple[WordRing, ...]
    version: int  # grows with every change
    began_with: int = seeds.VERSION  # of the seeds, the last version that it was offered

    @cached_property
    def themes(self) -> tuple[Theme, ...]:
        """Those in use."""
        return tuple(each for each in self.every_theme if each.merged_into is None)

    @cached_property
    def tags(self) -> tuple[Kind | Theme, ...]:
        """What the practice forum has tags for, kinds first."""
        return (*self.kinds, *(each for each in self.themes if each.is_tag))

    @cached_property
    def groups(self) -> tuple[WordRing, ...]:
        """The rings that are not about a theme, but the everyday ones."""
        return tuple(
            each for each in self.word_rings if each.theme_id is None and not each.is_everyday
        )

    @cached_property
    def everyday(self) -> tuple[WordRing, ...]:
        """By name: there are too many to look through in any other order."""
        found = (each for each in self.word_rings if each.is_everyday)
        return tuple(sorted(found, key=lambda each: each.label.casefold()))

    @cached_property
    def rings(self) -> Rings:
        """For searching: a theme's name is one of its words."""
        return Rings(
            Ring(
                self.name_of(each),
                self._all_words(each),
                each.theme_id,
                tuple(self.ids_of(each.theme_id) - {each.theme_id}) if each.theme_id else (),
                self._near(each),
            )
            for each in self.word_rings
        )

    def _near(self, ring: WordRing) -> tuple[ThemeId, ...]:
        """The themes that its words are often about, as long as it is called as we called it."""
        slugs = everyday.NEAR_THEMES.get(ring.label, ()) if ring.theme_id is None else ()
        themes = [each for each in self.every_theme if each.slug in slugs]
        return tuple({near: None for each in themes for near in sorted(self.ids_of(each.id))})

    @cached_property
    def _by_id(self) -> dict[ThemeId, Theme]:
        return {each.id: each for each in self.every_theme}

    @cached_property
    def _ring_by_theme(self) -> dict[ThemeId, WordRing]:
        return {each.theme_id: each for each in self.word_rings if each.theme_id is not None}

    @cached_property
    def _ring_by_key(self) -> dict[str, WordRing]:
        """The one ring that each word leads to."""
        return {key(word): ring for ring in self.word_rings for word in self._all_words(ring)}

    def leads_to(self, word: str) -> WordRing | None:
        return self._ring_by_key.get(key(word))

    def forum_labels(self) -> tuple[str, ...]:
        return tuple(each.label for each in self.tags)

    def kind(self, kind_id: KindId) -> Kind:
        for each in self.kinds:
            if each.id == kind_id:
                return each
        raise NotFound("I can't find that kind. Pick one from the list that comes up.")

    def theme(self, theme_id: ThemeId) -> Theme:
        """The theme, or the one that it was merged into."""
        found = self._by_id.get(theme_id)
        while found is not None and found.merged_into is not None:
            found = self._by_id.get(found.merged_into)
        if found is None:
            raise NotFound("I can't find that theme. Pick one from the list that comes up.")
        return found

    def ids_of(self, theme_id: ThemeId) -> frozenset[ThemeId]:
        """The theme that it leads to, with all that were merged into that one."""
        heir = self.theme(theme_id).id
        return frozenset(each.id for each in self.every_theme if self.theme(each.id).id == heir)

    def ring_of(self, picked: Named) -> WordRing:
        """Raises `Invalid` for a kind: only themes have words."""
        if isinstance(picked, Kind):
            raise Invalid(
                f"“{picked.label}” is a kind, and kinds have no other words. Pick a theme or a "
                "group of words."
            )
        return picked if isinstance(picked, WordRing) else self._ring_by_theme[picked.id]

    def name_of(self, ring: WordRing) -> str:
        return ring.label if ring.theme_id is None else self.theme(ring.theme_id).label

    def named(self, typed: str) -> Sequence[Named]:
        """All that *typed* may mean: those that begin with it come first, everyday words last."""
        wanted = " ".join(typed.casefold().split())
        found = [each for each in self._everything if wanted in each.label.casefold()]
        return sorted(
            found,
            key=lambda each: (is_everyday(each), not each.label.casefold().startswith(wanted)),
        )

    def pick(self, typed: str) -> Named:
        """What *typed* names: the value of a choice, "theme:7", or the name itself.

        Raises:
            NotFound: nothing here is called that.
        """
        wanted = " ".join(typed.casefold().split())
        for each in self._everything:
            if wanted in (each.label.casefold(), value_of(each)):
                return each
        for theme in self.every_theme:
            if wanted in (theme.label.casefold(), value_of(theme)):
                raise NotFound(
                    f"“{theme.label}” is part of “{self.theme(theme.id).label}” now. Pick that one."
                )
        near = self.named(typed)
        chosen = [each for each in near if not is_everyday(each)] or near
        if len(chosen) == 1 and wanted:
            return chosen[0]
        raise NotFound(
            "I can't find anything called that here. Pick it from the list that comes up while "
            "you type, or see /theme list."
        )

    def pick_theme(self, typed: str) -> Theme:
        picked = self.pick(typed)
        if not isinstance(picked, Theme):
            raise Invalid(f"“{picked.label}” is not a theme. Pick a theme from the list.")
        return picked

    def must_be_free(self, label: str, *, besides: Named | None = None) -> None:
        """Nothing else here may be called *label*, or lead elsewhere by it.

        Everyday words give way, but a kind can't take them on, and a group has a name already.

        Raises:
            Invalid: it would not be clear what is meant.
        """
        yields = besides is None or isinstance(besides, Theme)
        for each in self._everything:
            if each == besides or (yields and is_everyday(each)):
                continue
            if each.label.casefold() == label.casefold():
                raise Invalid(f"There is {_called(each)} “{each.label}” already.")
        ring = self.leads_to(label)
        if isinstance(besides, Kind) or ring is None or self._is_of(ring, besides):
            return
        if not (yields and ring.is_everyday):
            raise Invalid(
                f"“{label}” is among the words of “{self.name_of(ring)}” already. Take it out "
                "there first, with /theme synonyms."
            )

    def must_have_room_for_tag(self) -> None:
        if sum(each.is_tag for each in self.themes) >= MOST_TAGS:
            raise Invalid(
                f"{MOST_TAGS} themes are forum tags already, and Discord has no room for more. "
                "Take one off first, with /theme rename and “tag” set to False."
            )

    def edit_words(self, ring: WordRing, *, add: Sequence[str], remove: Sequence[str]) -> WordsEdit:
        """Take words out of *ring*, and put others in. What is as asked already stays so.

        Raises:
            Invalid: a word leads elsewhere, or there would be too many.
        """
        going = {key(each) for each in remove} - {key(each) for each in add}
        removed = tuple(each for each in ring.words if key(each) in going)
        known = {key(each) for each in self._all_words(ring)} - {key(each) for each in removed}
        added = tuple(each for each in add if key(each) not in known)
        for word in added:
            other = self.leads_to(word)
            if other is not None and other != ring and not other.is_everyday:
                raise Invalid(
                    f"“{word}” is among the words of “{self.name_of(other)}” already. A word "
                    "leads to one of them only: take it out there first."
                )
        edit = WordsEdit(ring=ring, added=added, removed=removed)
        if added:
            _must_not_be_too_many(edit.total)
        return edit

    def renaming(self, theme: Theme, label: str) -> WordsEdit:
        """What becomes of its words: the new name is one by itself, the old one becomes one."""
        ring = self.ring_of(theme)
        removed = tuple(each for each in ring.words if key(each) == key(label))
        kept = len(ring.words) - len(removed)
        is_needed = key(theme.label) != key(label) and kept < MOST_WORDS
        return WordsEdit(ring=ring, added=(theme.label,) if is_needed else (), removed=removed)

    def merging(self, source: Theme, into: Theme) -> Merging:
        """Raises:
        Invalid: they are the same, or have too many words together.
        Closed: one of them has been merged already.
        """
        for each in (source, into):
            if each.merged_into is not None:
                raise Closed(
                    f"“{each.label}” is part of “{self.theme(each.id).label}” already, so nothing "
                    "has changed now."
                )
        if source.id == into.id:
            raise Invalid("Those are one and the same theme. Pick two different ones.")
        known = {key(each) for each in self._all_words(self.ring_of(into))}
        moving = tuple(
            each for each in self._all_words(self.ring_of(source)) if key(each) not in known
        )
        total = len(self.ring_of(into).words) + len(moving)
        _must_not_be_too_many(total)
        return Merging(source=source, into=into, moving=moving, total=total)

    def exactly(self, theme_id: ThemeId) -> Theme:
        """The theme itself, merged or not."""
        if theme_id not in self._by_id:
            raise NotFound("I can't find that theme. Pick one from the list that comes up.")
        return self._by_id[theme_id]

    @cached_property
    def _everything(self) -> tuple[Named, ...]:
        return (*self.themes, *self.kinds, *self.groups, *self.everyday)

    def _all_words(self, ring: WordRing) -> tuple[str, ...]:
        return ring.words if ring.theme_id is None else (self.name_of(ring), *ring.words)

    @staticmethod
    def _is_of(ring: WordRing, named: Named | None) -> bool:
        if isinstance(named, Theme):
            return ring.theme_id == named.id
        return isinstance(named, WordRing) and ring.id == named.id


def _called(named: Named) -> str:
    match named:
        case Kind():
            return "a kind called"
        case Theme():
            return "a theme called"
        case WordRing():
            return "a group of words called"


def _must_not_be_too_many(total: int) -> None:
    if total > MOST_WORDS:
        raise Invalid(
            f"That would be {total} words, and there may be up to {MOST_WORDS} together. A search "
            f"uses {MOST_USED} of them, so fewer are better."
        )
