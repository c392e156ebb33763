"""How long a start takes before Discord is asked anything, and what the idle bot weighs."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.ground import middle

TIMES = 7

CHILD = """
import asyncio, sys
from pathlib import Path
from bot.app import services
from bot.client import COGS, CoproductionBot
from bot.clock import SystemClock
from bot.storage.database import Database
from bot.storage.instance import only_copy
from bot.storage.migrate import migrate

async def main(path):
    async with Database.open(path) as db, CoproductionBot(services(db, SystemClock())) as bot:
        for name in COGS:
            await bot.load_extension(name)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        print("ready", pages * 4096, flush=True)

path = Path(sys.argv[1])
with only_copy(path):
    migrate(path)
    asyncio.run(main(path))
"""


async def main() -> None:
    seconds: list[float] = []
    weights: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        for _ in range(TIMES):
            began = time.perf_counter()
            child = await asyncio.create_subprocess_exec(
                sys.executable, "-c", CHILD, str(path), stdout=asyncio.subprocess.PIPE
            )
            assert child.stdout is not None
            line = (await child.stdout.readline()).decode().split()
            seconds.append(time.perf_counter() - began)
            weights.append(int(line[1]) / 1e6)
            await child.wait()
    print(f"start, up to the first word to Discord: median {middle(seconds):.2f} s")
    print(f"memory of the idle bot: median {middle(weights):.0f} MB")
