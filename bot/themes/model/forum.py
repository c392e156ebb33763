"""Which tags the practice forum ought to have, and how it gets there from those it has. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ids import TagId
from bot.themes.model.parts import FORUM_TAGS, Kind, Theme
from bot.themes.model.vocabulary import Vocabulary, value_of


@dataclass(frozen=True, slots=True)
class Tag:
    """As Discord has it."""

    id: TagId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPlan:
    """What to make of a forum's tags."""

    kept: tuple[Tag, ...]  # with the names they ought to have, in the order they are in
    new: Mapping[str, str]  # what it stands for, and its name
    stands_for: Mapping[str, TagId]  # what is known of the kept: "theme:7" and its tag
    moved: Mapping[TagId, TagId]  # going because its theme was merged, and the tag of the other
    left_out: tuple[str, ...]  # for which the forum has no room, or a tag of its own

    def stand_for(self, made: Mapping[str, TagId]) -> Mapping[str, TagId]:
        """What each tag stands for, once the new ones are *made*: by names in small letters."""
        new = {
            value: made[name.casefold()]
            for value, name in self.new.items()
            if name.casefold() in made
        }
        return {**self.stands_for, **new}

    def is_done(self, present: Sequence[Tag]) -> bool:
        return not self.new and self.kept == tuple(present)


def plan(
    vocabulary: Vocabulary, present: Sequence[Tag], remembered: Mapping[str, TagId]
) -> TagPlan:
    """Tags are known again by their ids, and where none is remembered by their names.

    Tags that somebody made there by hand are never renamed nor taken away.
    """
    there = {tag.id: tag for tag in present}
    ours = {tag_id for tag_id in remembered.values() if tag_id in there}
    found = _found(vocabulary, there, remembered)
    going = ours - set(found.values())
    names = _names(vocabulary, [tag for tag in present if tag.id not in going], found)
    kept = tuple(Tag(tag.id, names[tag.id]) for tag in present if tag.id not in going)
    new = {value_of(each): each.label for each in vocabulary.tags if value_of(each) not in found}
    has_room = len(kept) + len(new) <= FORUM_TAGS
    misnamed = tuple(
        each.label
        for each in vocabulary.tags
        if value_of(each) in found and names[found[value_of(each)]] != each.label
    )
    return TagPlan(
        kept=kept,
        new=new if has_room else {},
        stands_for=found,
        moved=_moved(vocabulary, going, found, remembered),
        left_out=misnamed if has_room else (*misnamed, *new.values()),
    )


def _found(
    vocabulary: Vocabulary, there: Mapping[TagId, Tag], remembered: Mapping[str, TagId]
) -> dict[str, TagId]:
    """The tag of each that has one."""
    found: dict[str, TagId] = {}
    for each in vocabulary.tags:
        if (tag_id := remembered.get(value_of(each))) in there and tag_id is not None:
            found[value_of(each)] = tag_id
    for each in vocabulary.tags:
        if value_of(each) in found:
            continue
        free = {tag_id: tag for tag_id, tag in there.items() if tag_id not in found.values()}
        for tag_id in _inherited(vocabulary, each, remembered):
            if tag_id in free:
                found[value_of(each)] = tag_id
                break
        else:
            for tag_id, tag in free.items():
                if tag.name.casefold() == each.label.casefold():
                    found[value_of(each)] = tag_id
                    break
    return found


def _inherited(
    vocabulary: Vocabulary, each: Kind | Theme, remembered: Mapping[str, TagId]
) -> Sequence[TagId]:
    """The tags of themes that were merged into this one: posts keep them under its name."""
    if isinstance(each, Kind):
        return ()
    values = (f"theme:{theme_id}" for theme_id in sorted(vocabulary.ids_of(each.id)))
    return [remembered[value] for value in values if value in remembered]


def _names(
    vocabulary: Vocabulary, staying: Sequence[Tag], found: Mapping[str, TagId]
) -> dict[TagId, str]:
    """No two the same: where somebody's own tag has the name already, ours keeps its old one."""
    names = {tag.id: tag.name for tag in staying}
    old = dict(names)
    names |= {
        found[value_of(each)]: each.label for each in vocabulary.tags if value_of(each) in found
    }
    while True:
        taken = [name.casefold() for name in names.values()]
        clashing = [
            tag_id
            for tag_id, name in names.items()
            if taken.count(name.casefold()) > 1 and name != old[tag_id]
        ]
        if not clashing:
            return names
        names |= {tag_id: old[tag_id] for tag_id in clashing}


def _moved(
    vocabulary: Vocabulary,
    going: set[TagId],
    found: Mapping[str, TagId],
    remembered: Mapping[str, TagId],
) -> dict[TagId, TagId]:
    moved: dict[TagId, TagId] = {}
    for theme in vocabulary.every_theme:
        if theme.merged_into is None or value_of(theme) not in remembered:
            continue
        tag_id, heir = remembered[value_of(theme)], found.get(value_of(vocabulary.theme(theme.id)))
        if tag_id in going and heir is not None:
            moved[tag_id] = heir
    return moved
