"""What themes, their words and their changes are called on screen."""

from __future__ import annotations

from bot.clock import spoken
from bot.network.model import Network
from bot.search.rings import MOST_USED
from bot.themes.model import (
    Change,
    Kind,
    Merging,
    Named,
    Theme,
    Vocabulary,
    What,
    WordRing,
    WordsEdit,
)
from bot.themes.service import Renamed
from bot.troubles.model import ABOUT_TAGS, Trouble
from bot.ui.text import as_typed, counted, own_time, shortened

LONGEST_WORDS = 140
"""Of a list of words in a card that shows many."""

LONGEST_IN_HISTORY = 80


def name(label: str) -> str:
    return f"“{as_typed(label)}”"


def what_it_is(named: Named) -> str:
    match named:
        case Kind():
            return "kind, forum tag"
        case Theme():
            return "theme, forum tag" if named.is_tag else "theme"
        case _:
            return "words for searching"


def entry(named: Named, vocabulary: Vocabulary) -> str:
    words = vocabulary.ring_of(named).words
    said = shortened(", ".join(words), LONGEST_WORDS) or "no other words yet"
    return f"**{as_typed(named.label)}** ({what_it_is(named)})\n{as_typed(said)}"


def everyday(ring: WordRing) -> str:
    said = shortened(", ".join(ring.words), LONGEST_WORDS)
    return f"**{as_typed(ring.label)}**: {as_typed(said)}"


def renamed(outcome: Renamed) -> str:
    before, after = outcome.before, outcome.after
    lines: list[str] = []
    if before.label != after.label:
        lines.append(f"{name(before.label)} is called {name(after.label)} now.")
        if outcome.is_old_name_kept:
            lines.append("A search for the old name goes on finding it.")
    if isinstance(before, Theme) and isinstance(after, Theme) and before.is_tag != after.is_tag:
        lines.append(
            f"{name(after.label)} is a forum tag now."
            if after.is_tag
            else f"{name(after.label)} is not a forum tag any more. It stays a theme, and what is "
            "tagged with it goes on being found."
        )
    return " ".join(lines) or f"{name(after.label)} was like that already, so nothing has changed."


def changed_words(label: str, edit: WordsEdit) -> str:
    if edit.changes_nothing:
        return f"The words of {name(label)} are like that already, so nothing has changed."
    lines = [f"The words of {name(label)} have changed."]
    if edit.added:
        lines.append(f"Added: {as_typed(shortened(', '.join(edit.added), 400))}.")
    if edit.removed:
        lines.append(f"Taken out: {as_typed(shortened(', '.join(edit.removed), 400))}.")
    lines.append(used(edit.total))
    return "\n".join(lines)


def used(total: int) -> str:
    """How many there are, and how many of them a search can use."""
    there_are = f"{'There is' if total == 1 else 'There are'} {counted(total, 'word', 'words')}"
    if total <= MOST_USED:
        return f"{there_are}, and a search uses them all."
    return f"{there_are}, and a search uses {MOST_USED} of them, so fewer may find more."


def merging(merge: Merging, *, has_forum: bool) -> list[str]:
    """What it would do, one thing a line."""
    source, into = name(merge.source.label), name(merge.into.label)
    lines = [
        f"What is tagged {source} counts as {into} from then on. Nothing is lost, and it goes on "
        "being found.",
        f"{counted(len(merge.moving), 'word', 'words')} will lead to {into}, with the name "
        f"{source} among them. {used(merge.total)}",
    ]
    if has_forum and merge.hands_over_tag:
        lines.append(f"The forum's tag {source} is renamed {into}. Posts keep it.")
    elif has_forum and merge.drops_tag:
        lines.append(
            f"The forum's tag {source} is taken away, which leaves room for another. Posts of mine "
            f"that have it get {into} in its place."
        )
    lines.append("This can't be undone.")
    return lines


def forum_follows(troubles: list[Trouble]) -> str:
    if set(ABOUT_TAGS).isdisjoint(troubles):
        return "The forum's tags follow in a moment."
    return "I can't change the forum's tags just now: /network check says why."


def change(each: Change, network: Network) -> str:
    """One entry of the history."""
    by = "Somebody" if each.by_id is None else f"<@{each.by_id}>"
    when = f"{own_time(each.at)} ({spoken(each.at, network.zone)})"
    return f"{when}\n{by} {_did(each)}."


def _did(each: Change) -> str:
    subject = name(each.subject)
    match each.what:
        case What.THEME_ADDED:
            return f"added the theme {subject}"
        case What.WORDS_ADDED:
            return f"added {subject}, a group of words for searching"
        case What.RENAMED:
            return f"renamed {subject} to {name(each.after or '')}"
        case What.MERGED:
            return f"merged {subject} into {name(each.after or '')}"
        case What.MADE_A_TAG:
            return f"made {subject} a forum tag"
        case What.MADE_NO_TAG:
            return f"took {subject} off the forum's tags"
        case What.WORDS_CHANGED:
            return f"changed the words of {subject}{_added_and_removed(each)}"


def _added_and_removed(each: Change) -> str:
    parts = [
        f"{did} {as_typed(shortened(said, LONGEST_IN_HISTORY))}"
        for did, said in (("added", each.after), ("took out", each.before))
        if said
    ]
    return f": {'; '.join(parts)}" if parts else ""
