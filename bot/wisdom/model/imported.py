"""What came out of a file: what was kept of it, and what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.ids import MemberId, NetworkId, QuoteImportId
from bot.wisdom.importing.model import NearDouble


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Words that were not kept, as something says nearly the same."""

    words: str
    like: NearDouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What bringing in a file came to."""

    import_id: QuoteImportId | None  # None: nothing was kept
    kept: int
    left_out: Sequence[LeftOut]
    had_names: bool
    """Whether the file named speakers. Their names are not kept: they come with their consent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteImport:
    """A file that was brought in, some of whose quotes nobody has recorded consent to yet."""

    id: QuoteImportId
    network_id: NetworkId
    by_id: MemberId | None  # None: an operator
    at: datetime
    to_record: int
    kept: int
