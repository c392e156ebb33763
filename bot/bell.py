"""A bell is rung after a commit, so that whoever waits looks at the database again.

It carries at most an id, never the news itself: the database is the news, and a
ring that is lost (a crash, a restart) is made good by looking again.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

About = TypeVar("About")


class Bell(Generic[About]):
    def __init__(self) -> None:
        self._listeners: list[Callable[[About], None]] = []

    def listen(self, listener: Callable[[About], None]) -> Callable[[], None]:
        """Call *listener* at each ring, until the function returned is called."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def ring(self, about: About) -> None:
        for listener in tuple(self._listeners):
            listener(about)
