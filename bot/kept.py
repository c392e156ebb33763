"""How each feature says what it keeps about people, beside the SQL that keeps it.

What stands in these declarations is shown to people, written into their files, printed in the
README, and done by the nightly round. A test walks the schema and fails for every column that
could tell who somebody is and that no declaration speaks of.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

SOON = timedelta(days=30)
"""After a conversation, for what only mattered around it."""

YEAR = timedelta(days=365)
"""For who did what: long enough to look back once, and to say who was there last time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What makes an end of something, of itself, some time after it was of use."""

    after: timedelta
    is_due: str
    """Finds a row when there is something older than :before."""
    sql: Sequence[str]
    """What is then done with all that is older than :before, in one transaction. Reads :now."""
    redrawn: str = ""
    """The conversations, by `id`, whose cards must be drawn anew for it. Asked before *sql*."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What ends when somebody is no longer in the server, which is looked up once a day."""

    whose: str
    """Finds the `member_id` of everybody in :network of whom there is some."""
    sql: Sequence[str] = ()
    """What is done with that of :member, if the feature does not know that they have left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One sort of thing that is kept about a person. All of it is read by people."""

    what: str
    why: str
    how_long: str
    forgetting: str
    """What becomes of it when they ask to be forgotten."""
    columns: Sequence[str]
    """Those of the schema, as `table.column`, that may tell who somebody is."""
    rows: str = ""
    """Finds what there is of :member in :network, under names for people to read, and nothing of
    anybody else. Empty: it cannot be found by a member's id."""
    ends: Ending | None = None
    """None: it ends in another way, which `how_long` tells."""
    leaves: Leaving | None = None


Nobodys = Mapping[str, Sequence[str]]
"""Columns that look as if they could tell who somebody is, under the reason why they do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one feature keeps about people, and what it keeps that is about nobody."""

    kept: Sequence[Kept] = ()
    nobodys: Nobodys | None = None
