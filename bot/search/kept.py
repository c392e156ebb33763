"""The index keeps what everybody may read just now, once more, and nothing else."""

from bot.kept import Kept

KEPT: tuple[Kept, ...] = ()

NOBODYS = {
    "the same words as in the quote that everybody may read; they leave with it, and are wiped": (
        "search_entry.heading",
        "search_entry.words",
        "search_entry.roots",
        "search_waiting.heading",
        "search_waiting.words",
        "search_waiting.roots",
        "search_word.word",
        "search_word.root",
    ),
    "what a thing is sorted by": (
        "search_entry.collection",
        "search_entry.item_id",
        "search_entry.facets",
        "search_waiting.collection",
        "search_waiting.item_id",
        "search_waiting.facets",
        "search_word.collection",
    ),
}
