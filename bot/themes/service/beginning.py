"""What a network begins with, and what has been added to that since it began."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.errors import NotFound
from bot.ids import NetworkId
from bot.storage.database import Transaction
from bot.themes import beginning, store
from bot.themes.model import Vocabulary, seeds
from bot.themes.model.beginning import offer

Exist: TypeAlias = Callable[[Transaction, NetworkId], Awaitable[None]]
"""Sees that a network has a row to hang things on."""


async def as_it_stands(tx: Transaction, network_id: NetworkId, must_exist: Exist) -> Vocabulary:
    """In this transaction; seeded if need be, and offered what is new."""
    if (found := await store.vocabulary(tx, network_id)) is None:
        await must_exist(tx, network_id)
        await beginning.seed(tx, network_id)
        found = await store.vocabulary(tx, network_id)
    if found is not None and found.began_with < seeds.VERSION:
        new = offer(found, await beginning.words_taken_out(tx, network_id))
        await beginning.take_up(tx, network_id, new, seeds.VERSION)
        found = await store.vocabulary(tx, network_id)
    if found is None:
        raise NotFound("I can't find the themes of this server. Please try again.")
    return found
