"""Kinds, themes and words: what they are, what they may be called, what may become of them."""

from bot.themes.model.naming import LONGEST_LABEL, LONGEST_WORD, MOST_WORDS
from bot.themes.model.parts import (
    FORUM_TAGS,
    MOST_TAGS,
    Change,
    HistoryPage,
    Kind,
    Merging,
    Named,
    Theme,
    What,
    WordRing,
    WordsEdit,
    value_of,
)
from bot.themes.model.vocabulary import Vocabulary

__all__ = (
    "FORUM_TAGS",
    "LONGEST_LABEL",
    "LONGEST_WORD",
    "MOST_TAGS",
    "MOST_WORDS",
    "Change",
    "HistoryPage",
    "Kind",
    "Merging",
    "Named",
    "Theme",
    "Vocabulary",
    "What",
    "WordRing",
    "WordsEdit",
    "value_of",
)
