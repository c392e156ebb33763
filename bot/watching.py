"""For monitors on the same machine: is the bot alive, is it ready, and how is it doing?

On the loopback only, and only if the operator wants it. Numbers, and never whose.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from bot import tally
from bot.errors import Misconfigured

LOOPBACK = "127.0.0.1"

PATIENCE = 2.0
"""Seconds for a question to the database, before the answer is that it does not answer."""


@dataclass(frozen=True, slots=True)
class Gauge:
    name: str
    help: str
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    is_connected: Callable[[], bool]
    """To Discord, now."""
    reads: Callable[[], Awaitable[object]]
    """Something small from the database."""
    gauges: Callable[[], Awaitable[Iterable[Gauge]]]


@asynccontextmanager
async def watch(port: int, watched: Watched) -> AsyncGenerator[int, None]:
    """Answer on *port* for as long as the block runs; 0 is any. The port that it is.

    Raises:
        Misconfigured: another program has that port.
    """
    runner = web.AppRunner(_app(watched), access_log=None, handle_signals=False)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, LOOPBACK, port).start()
        except OSError as error:
            raise Misconfigured(
                f"Port {port} of COPRO_HEALTH_PORT can't be used ({error.strerror})."
            ) from error
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def _app(watched: Watched) -> web.Application:
    started = time.monotonic()

    async def healthz(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")

    async def readyz(_: web.Request) -> web.Response:
        missing = await _missing(watched)
        return web.Response(text=f"{missing or 'ready'}\n", status=503 if missing else 200)

    async def metrics(_: web.Request) -> web.Response:
        is_ready = not await _missing(watched)
        gauges = [
            Gauge("copro_connected", "Whether Discord is there.", float(watched.is_connected())),
            Gauge("copro_ready", "Whether the bot can do its work.", float(is_ready)),
            Gauge("copro_up_seconds", "Since it was started.", time.monotonic() - started),
            *(await watched.gauges() if is_ready else ()),
        ]
        registry = CollectorRegistry()
        registry.register(_Everything(gauges))
        return web.Response(
            body=generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    app = web.Application()
    app.add_routes(
        [web.get("/healthz", healthz), web.get("/readyz", readyz), web.get("/metrics", metrics)]
    )
    return app


async def _missing(watched: Watched) -> str:
    """What the bot can't do without and does not have, or nothing."""
    if not watched.is_connected():
        return "not connected to Discord"
    try:
        async with asyncio.timeout(PATIENCE):
            await watched.reads()
    except Exception:  # noqa: BLE001  # whatever it is, the answer is the same
        return "the database does not answer"
    return ""


class _Everything(Collector):
    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self._gauges = gauges

    def collect(self) -> Iterable[Metric]:
        for gauge in self._gauges:
            yield GaugeMetricFamily(gauge.name, gauge.help, gauge.value)
        for each in tally.TALLIES:
            family = CounterMetricFamily(each.name, each.help, labels=[each.label])
            for ended, count in sorted(each.counts.items()):
                family.add_metric([ended], count)
            yield family
        for each in tally.SPREADS:
            buckets: list[tuple[str, float]] = []
            below = 0
            for bound, count in zip((*each.bounds, float("inf")), each.counts, strict=True):
                below += count
                buckets.append(("+Inf" if bound == float("inf") else str(bound), below))
            yield HistogramMetricFamily(each.name, each.help, buckets, each.total)
