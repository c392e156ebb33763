"""Everyday words of the field, people's plain ones beside the jargon, for searching only.

A word that is spelt alike for two things is in no ring: "release" is staff let off work, a press
release and the end of a sentence. Nor is one whose stem is another word's: "ill" is "I'll".
"""

from collections.abc import Mapping

from bot.themes.model.everyday import care, doing, living, more, people, together

RINGS: Mapping[str, str] = care.RINGS | living.RINGS | people.RINGS | together.RINGS | doing.RINGS
MORE_FOR_THEMES: Mapping[str, str] = more.THEMES
MORE_FOR_GROUPS: Mapping[str, str] = more.GROUPS
