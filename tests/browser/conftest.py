"""The demo as somebody starts it: a process of its own, and the address it prints."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]

HERE = Path(__file__).resolve().parents[2]


IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]


@dataclass(frozen=True)
class Demo:
    process: subprocess.Popen[str]
    address: str
    """As printed, with the token."""

    @property
    def lobby(self) -> str:
        return self.address.partition("?")[0]

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]


@pytest.fixture
def start() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts a demo, and ends it with the test if the test has not."""
    with ExitStack() as started:
        yield lambda *options: started.enter_context(_started(*options))


@contextmanager
def _started(*options: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *options],
        cwd=HERE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture
def demo(start: Callable[..., subprocess.Popen[str]]) -> Demo:
    """One for this test alone."""
    process = start("--port", "0")
    return Demo(process, printed_address(process))


@pytest.fixture(scope="module")
def shared_demo() -> Iterator[Demo]:
    """One for all tests of a module that only look."""
    with _started("--port", "0") as process:
        yield Demo(process, printed_address(process))


def printed_address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout:
        if found := re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line):
            return found[0]
    raise AssertionError(f"No address was printed. {process.stderr.read()}")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = Path(os.environ.get("PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture
def lobby(browser: Browser, demo: Demo) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 860, "height": 1160},
        device_scale_factor=1.5,
        locale="en-GB",
        timezone_id="Europe/London",
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(demo.address)
    yield page
    context.close()
