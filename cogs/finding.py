"""Knowing our own messages again, by the buttons that they carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord

from bot.ui.parts import Card


def carries(message: discord.Message, custom_id: str) -> bool:
    """Whether *message* has a button or menu with that `custom_id`."""
    return custom_id in _custom_ids(message.components)


def says_the_same(message: discord.Message, card: Card) -> bool:
    """Whether *message* is *card*, sent before: by its buttons, or by its words if it has none."""
    ours = list(_parts(card.to_components()))
    theirs = list(_parts([component.to_dict() for component in message.components]))
    for key in ("custom_id", "content"):
        if sought := [part[key] for part in ours if part.get(key)]:
            return sought == [part[key] for part in theirs if part.get(key)]
    return False


def _parts(components: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from _parts(component.get("components", ()))


def _custom_ids(components: Sequence[Any]) -> Iterator[str]:
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
        if accessory := getattr(component, "accessory", None):
            yield from _custom_ids([accessory])
