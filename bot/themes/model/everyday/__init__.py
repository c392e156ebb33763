"""Everyday words of the field, people's plain ones beside the jargon, for searching only.

A word that is spelt alike for two things is in no ring: "release" is staff let off work, a press
release and the end of a sentence. Nor is one whose stem is another word's: "ill" is "I'll".
"""

from collections.abc import Mapping, Sequence

from bot.themes.model.everyday import care, doing, living, more, near, people, together

RINGS: Mapping[str, str] = care.RINGS | living.RINGS | people.RINGS | together.RINGS | doing.RINGS
MORE_FOR_THEMES: Mapping[str, str] = more.THEMES
MORE_FOR_GROUPS: Mapping[str, str] = more.GROUPS


def _by_group() -> dict[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for slug, groups in near.THEMES.items():
        for group in groups.split(", "):
            found.setdefault(group, []).append(slug)
    return {group: tuple(slugs) for group, slugs in found.items()}


NEAR_THEMES: Mapping[str, Sequence[str]] = _by_group()
"""By the name of a group of words, the slugs of the themes near to it."""
