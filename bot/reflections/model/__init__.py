"""Notes, drafts and posts. No rules of storage."""

from bot.reflections.model.draft import (
    LONGEST_TEXT,
    MOST_QUOTES,
    NO_SUCH_POST,
    SECTIONED,
    Change,
    ChangedMeanwhile,
    Draft,
    Entry,
    Form,
    Holding,
    Listed,
    Place,
    PostedPart,
    Slot,
    Text,
)
from bot.reflections.model.note import LONGEST_POINT, MOST_NOTES, Note, Point
from bot.reflections.model.post import Did, Post, Section, compose, places_of

__all__ = [
    "LONGEST_POINT",
    "LONGEST_TEXT",
    "MOST_NOTES",
    "MOST_QUOTES",
    "NO_SUCH_POST",
    "SECTIONED",
    "Change",
    "ChangedMeanwhile",
    "Did",
    "Draft",
    "Entry",
    "Form",
    "Holding",
    "Listed",
    "Note",
    "Place",
    "Point",
    "Post",
    "PostedPart",
    "Section",
    "Slot",
    "Text",
    "compose",
    "places_of",
]
