"""`make bench`: what things cost, and how the cost grows. It prints ratios and passes no verdict.

`make bench ARGS="crowd places"` runs only those.
"""

import asyncio
import sys

from tests.benchmarks import (
    crowd,
    practising,
    reading,
    relevance,
    reminding,
    searching,
    starting,
    ticking,
    writing,
)

BENCHMARKS = {
    "start": starting.main,
    "places": writing.main,
    "reads": reading.main,
    "crowd": crowd.main,
    "reminders": reminding.main,
    "ticks": ticking.main,
    "relevance": relevance.main,
    "practice": practising.main,
    "search": searching.main,
}


def main(names: list[str]) -> int:
    for name in names or BENCHMARKS:
        print(f"\n== {name} ==")
        asyncio.run(BENCHMARKS[name]())
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
