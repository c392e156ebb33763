"""Knowing our own messages again, by the buttons that they carry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord


def carries(message: discord.Message, custom_id: str) -> bool:
    """Whether *message* has a button or menu with that `custom_id`."""
    return custom_id in _custom_ids(message.components)


def _custom_ids(components: Sequence[Any]) -> Iterator[str]:
    for component in components:
        if custom_id := getattr(component, "custom_id", None):
            yield custom_id
        yield from _custom_ids(getattr(component, "children", ()))
        if accessory := getattr(component, "accessory", None):
            yield from _custom_ids([accessory])
