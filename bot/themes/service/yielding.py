"""Everyday words give way to what moderators choose."""

from collections.abc import Sequence

from bot.storage.database import Transaction
from bot.themes import store
from bot.themes.model import MOST_WORDS, Vocabulary
from bot.themes.model.yielding import yielding


async def let_yield(
    tx: Transaction,
    vocabulary: Vocabulary,
    words: Sequence[str],
    *,
    name: str = "",
    room: int = MOST_WORDS - 1,
) -> Sequence[str]:
    """Take *words* from everyday rings, and say what led to the one called *name* beside them."""
    gives = yielding(vocabulary, words, name=name, room=room)
    for ring_id in gives.gone:
        await store.drop_ring(tx, ring_id)
    for ring_id, lost in gives.losing.items():
        await store.drop_words(tx, ring_id, lost)
    return gives.moving
