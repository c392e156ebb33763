"""The lobby's door, its start and its end. No browser is needed."""

import re
import signal
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from tests.browser.conftest import Demo, printed_address

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def demo(shared_demo: Demo) -> Demo:
    return shared_demo


Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    # A cookie for an address without a name is kept only by a jar that is told so.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
async def inside(session: aiohttp.ClientSession, demo: Demo) -> aiohttp.ClientSession:
    async with session.get(demo.address) as answer:
        assert answer.status == 200
    return session


async def test_the_token_becomes_a_cookie_that_no_script_and_no_other_site_can_use(
    session: aiohttp.ClientSession, demo: Demo
) -> None:
    async with session.get(demo.address, allow_redirects=False) as answer:
        assert answer.status == 303
        assert answer.headers["Location"] == "/"
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        assert "SameSite=Strict" in answer.headers["Set-Cookie"]


@pytest.mark.parametrize("query", ["", "?token=", "?token=wrong", "?token=é"])
async def test_without_the_token_one_plain_sentence(
    session: aiohttp.ClientSession, demo: Demo, query: str
) -> None:
    async with session.get(demo.lobby + query) as answer:
        assert answer.status == 403
        assert "Please open the address that the demo printed" in await answer.text()


async def test_another_name_for_this_computer_is_refused(
    session: aiohttp.ClientSession, demo: Demo
) -> None:
    headers = {"Host": "example.org"}
    async with session.get(demo.address, headers=headers) as answer:
        assert answer.status == 403
    assert not session.cookie_jar


@pytest.mark.parametrize("origin", [None, "null", "http://example.org", "http://127.0.0.1:1"])
async def test_a_form_on_another_page_changes_nothing(
    inside: aiohttp.ClientSession, demo: Demo, origin: str | None
) -> None:
    headers = {} if origin is None else {"Origin": origin}
    async with inside.post(demo.lobby + "restart", headers=headers) as answer:
        assert answer.status == 403
        assert "nothing has changed" in await answer.text()


async def test_every_answer_carries_the_headers_that_keep_it_safe(
    inside: aiohttp.ClientSession, demo: Demo
) -> None:
    for path in ("", "lobby.css", "no-such-page", "open/1"):
        async with inside.get(demo.lobby + path) as answer:
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_a_channel_is_served_when_it_is_first_asked_for(
    inside: aiohttp.ClientSession, demo: Demo
) -> None:
    async with inside.get(demo.lobby) as answer:
        links = re.findall(r"/open/(\d+)", await answer.text())
    for link in links:
        async with inside.get(f"{demo.lobby}open/{link}", allow_redirects=False) as answer:
            first = answer.headers["Location"]
        async with inside.get(f"{demo.lobby}open/{link}", allow_redirects=False) as answer:
            assert answer.headers["Location"] == first
    async with inside.get(f"{demo.lobby}open/1") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("form", [{}, {"span": "year"}, {"span": "reminder"}])
async def test_skipping_answers_whatever_is_asked(
    inside: aiohttp.ClientSession, demo: Demo, form: dict[str, str]
) -> None:
    origin = {"Origin": demo.lobby.rstrip("/")}
    async with inside.post(demo.lobby + "skip", data=form, headers=origin) as answer:
        assert answer.status == 200


async def test_a_day_is_a_day(inside: aiohttp.ClientSession, demo: Demo) -> None:
    origin = {"Origin": demo.lobby.rstrip("/")}
    async with inside.get(demo.lobby) as answer:
        before = _clock(await answer.text())
    async with inside.post(demo.lobby + "skip", data={"span": "day"}, headers=origin) as answer:
        after = _clock(await answer.text())
    assert timedelta(days=1) <= after - before <= timedelta(days=1, minutes=1)


def _clock(page: str) -> datetime:
    shown = re.search(r'id="clock">(.+?) UK time<', page)
    assert shown is not None
    return datetime.strptime(shown[1], "%A %d %B %Y, %I:%M%p")  # noqa: DTZ007  # on the wall


async def test_a_menu_that_is_not_there_is_answered(
    inside: aiohttp.ClientSession, demo: Demo
) -> None:
    origin = {"Origin": demo.lobby.rstrip("/")}
    form = {"menu": "Bake a cake", "message": "1-2", "person": "Nobody"}
    async with inside.post(demo.lobby + "menu", data=form, headers=origin) as answer:
        assert "Please choose a menu, a message and a person." in await answer.text()


def test_a_port_in_use_is_explained(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        process = start("--port", str(port))
        said = process.communicate(timeout=20)[1]
    assert process.returncode == 78
    assert f"Port {port} is in use already." in said
    assert "--port" in said
    assert "Traceback" not in said


def test_it_opens_soon_and_ends_cleanly(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    printed_address(start("--port", "0"))  # the first start fills Python's caches
    began = time.monotonic()
    process = start("--port", "0")
    printed_address(process)
    took = time.monotonic() - began
    assert took < 5
    process.send_signal(signal.SIGTERM)
    said = process.communicate(timeout=20)[1]
    assert process.returncode == 0
    assert said == ""
    assert len(list(tmp_path.iterdir())) == 1, "only the folder of the one that still runs"
