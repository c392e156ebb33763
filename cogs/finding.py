"""Knowing our own messages again: by their buttons, by what they say, or by how they look."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.ui.parts import Card


def carries(message: discord.Message, custom_id: str) -> bool:
    """Whether *message* has a button or menu with that `custom_id`."""
    return custom_id in _all(message, "custom_id")


def says_the_same(message: discord.Message, card: Card) -> bool:
    """Whether *message* is *card*, sent before: by its buttons, or by its words if it has none."""
    for key in ("custom_id", "content"):
        if sought := list(_values(card.to_components(), key)):
            return sought == _all(message, key)
    return False


def digest(card: Card) -> str:
    """The same for cards that look the same."""
    drawn = json.dumps(card.to_components(), sort_keys=True)
    return hashlib.blake2b(drawn.encode(), digest_size=12).hexdigest()


def _all(message: discord.Message, key: str) -> list[Any]:
    return list(_values([component.to_dict() for component in message.components], key))


def _values(components: Sequence[Any], key: str) -> Iterator[Any]:
    for component in components:
        if component.get(key):
            yield component[key]
        yield from _values(component.get("components", ()), key)
        if "accessory" in component:
            yield from _values([component["accessory"]], key)
