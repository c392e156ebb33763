"""What monitors are told: alive, ready, and how it goes. Numbers, and never whose."""

import socket

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import tally
from bot.client import Services
from bot.errors import Misconfigured
from bot.ids import MemberId
from bot.storage.database import Database
from bot.tally import Spread
from bot.watching import Gauge, Watched, watch
from tests.conftest import AMINA, BRYN, HOME, FakeClock
from tests.fakes import RecordingMessenger, broken_write, planned, sign_up


class Pretend:
    """A bot as monitors see it."""

    def __init__(self) -> None:
        self.connected = True
        self.error: Exception | None = None

    async def reads(self) -> None:
        if self.error:
            raise self.error

    async def gauges(self) -> list[Gauge]:
        return [Gauge("copro_notices_owed", "Owed.", 3)]

    @property
    def watched(self) -> Watched:
        return Watched(is_connected=lambda: self.connected, reads=self.reads, gauges=self.gauges)


@pytest.fixture
def pretend() -> Pretend:
    return Pretend()


async def asked(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}") as answer,
    ):
        return answer.status, await answer.text()


async def measured(port: int) -> dict[tuple[str, tuple[str, ...]], float]:
    _, text = await asked(port, "/metrics")
    return {
        (sample.name, tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_alive_and_ready(pretend: Pretend) -> None:
    async with watch(0, pretend.watched) as port:
        assert await asked(port, "/healthz") == (200, "alive\n")
        assert await asked(port, "/readyz") == (200, "ready\n")
        pretend.connected = False
        assert await asked(port, "/healthz") == (200, "alive\n")
        assert await asked(port, "/readyz") == (503, "not connected to Discord\n")
        pretend.connected, pretend.error = True, OSError("the disk has gone")
        assert await asked(port, "/readyz") == (503, "the database does not answer\n")
        assert (await asked(port, "/elsewhere"))[0] == 404


async def test_the_figures_are_in_the_form_that_monitors_read(pretend: Pretend) -> None:
    tally.NOTICES.add("sent")
    tally.LATENESS.note(0.5)
    async with watch(0, pretend.watched) as port:
        found = await measured(port)
        assert found["copro_connected", ()] == 1
        assert found["copro_ready", ()] == 1
        assert found["copro_notices_owed", ()] == 3
        assert found["copro_notices_total", ("sent",)] >= 1
        assert found["copro_notice_lateness_seconds_count", ()] >= 1
        pretend.connected = False
        found = await measured(port)
        assert found["copro_connected", ()] == 0
        assert ("copro_notices_owed", ()) not in found


async def test_nobody_but_this_machine_is_answered(pretend: Pretend) -> None:
    async with watch(0, pretend.watched) as port:
        with socket.socket() as elsewhere:
            # Were it bound to every address, this one would be taken.
            elsewhere.bind(("127.0.0.2", port))


async def test_a_port_that_is_taken_is_said_so(pretend: Pretend) -> None:
    async with watch(0, pretend.watched) as port:
        with pytest.raises(Misconfigured, match=rf"^Port {port} of COPRO_HEALTH_PORT can't be"):
            async with watch(port, pretend.watched):
                pass


def test_a_spread_counts_each_once_in_its_place() -> None:
    spread = Spread("name", "help", (1.0, 2.0))
    for seconds in (0.0, 1.0, 1.5, 2.0, 99.0):
        spread.note(seconds)
    assert spread.counts == [2, 2, 1]
    assert spread.total == 103.5


async def test_writes_are_counted_as_they_end(db: Database) -> None:
    before = tally.TRANSACTIONS.counts.copy()
    async with db.write() as tx:
        await tx.run("INSERT INTO network (id) VALUES (1)")
    async with broken_write(db):
        pass
    after = tally.TRANSACTIONS.counts
    assert after["committed"] - before["committed"] == 1
    assert after["rolled back"] - before["rolled back"] == 1
    assert db.waiting_to_write == 0


async def test_what_is_owed_and_sent_is_counted(parts: Services, clock: FakeClock) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, AMINA, BRYN)
    await parts.sign_ups.leave(conversation.id, HOME, AMINA)
    began = clock.now()
    clock.advance(minutes=2)
    standing = await parts.notices.standing()
    assert (standing.owed, standing.due, standing.due_since) == (1, 1, began)
    before, late = tally.NOTICES.counts["sent"], tally.LATENESS.total
    await parts.notices.deliver_due(RecordingMessenger())
    assert tally.NOTICES.counts["sent"] - before == 1
    assert tally.LATENESS.total - late == 120
    standing = await parts.notices.standing()
    assert (standing.owed, standing.due, standing.due_since) == (0, 0, None)


async def test_no_figure_holds_an_id(parts: Services, pretend: Pretend) -> None:
    someone = MemberId(987654321987654321)
    await sign_up(parts, await planned(parts), someone)
    async with watch(0, pretend.watched) as port:
        _, text = await asked(port, "/metrics")
    assert str(someone) not in text
    assert str(HOME) not in text
