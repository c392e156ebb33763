"""What happened since the start, as numbers for whoever watches the bot. No ids, nobody's words.

Counting costs next to nothing and goes on whether or not anybody looks; `bot/watching.py` shows it.
"""

import bisect
from collections import Counter
from dataclasses import dataclass, field
from typing import Final


@dataclass(slots=True)
class Tally:
    """How often something ended in each way."""

    name: str
    help: str
    label: str
    counts: Counter[str] = field(default_factory=Counter[str])

    def add(self, ended: str) -> None:
        self.counts[ended] += 1


@dataclass(slots=True)
class Spread:
    """How long something took, in seconds."""

    name: str
    help: str
    bounds: tuple[float, ...]
    counts: list[int] = field(default_factory=list[int])
    total: float = 0.0

    def __post_init__(self) -> None:
        self.counts = [0] * (len(self.bounds) + 1)

    def note(self, seconds: float) -> None:
        self.counts[bisect.bisect_left(self.bounds, seconds)] += 1
        self.total += seconds


_QUICK = (0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 3.0)
_LATE = (1.0, 10.0, 60.0, 300.0, 1800.0, 3600.0, 6 * 3600.0, 24 * 3600.0)

ASKED: Final = Tally("copro_interactions", "What people asked of the bot.", "kind")
UNANSWERED: Final = Tally("copro_refusals", "Asked for, and not done.", "because")
ANSWERING: Final = Spread(
    "copro_answer_seconds", "Work behind a press, a form or a slow command.", _QUICK
)
NOTICES: Final = Tally(
    "copro_notices", "Messages owed, and how trying to send each ended.", "ended"
)
LATENESS: Final = Spread(
    "copro_notice_lateness_seconds", "Between when a message was due and when it was sent.", _LATE
)
TRANSACTIONS: Final = Tally("copro_transactions", "Writes to the database.", "ended")
WRITING: Final = Spread("copro_transaction_seconds", "For which a write held the database.", _QUICK)
DUTIES: Final = Tally("copro_duties", "What is done in time, such as sending and backups.", "ended")

TALLIES = (ASKED, UNANSWERED, NOTICES, TRANSACTIONS, DUTIES)
SPREADS = (ANSWERING, LATENESS, WRITING)
