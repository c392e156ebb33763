"""What the README shows, done in a real browser. PICTURES=docs takes its pictures again."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.browser.conftest import Demo

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

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]

FULL = "Who decides what a good service looks like?"
NEW = "How do we pay people for their time?"


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


class Channel:
    """A channel's page, and what somebody does on it."""

    def __init__(self, lobby: Page, name: str) -> None:
        with lobby.context.expect_page() as opened:
            lobby.get_by_role("link", name=name, exact=True).click()
        self.page = opened.value
        self._until_ready()
        if self.page.locator("#messages-toggle").get_attribute("aria-expanded") == "true":
            self.page.locator("#messages-toggle").click()

    def view_as(self, name: str) -> None:
        picker = self.page.locator("#viewer-picker")
        chosen = picker.locator("option", has_text=name).get_attribute("value")

        def is_chosen() -> bool:
            self._until_ready()
            if self._state("viewerId") != chosen:
                picker.select_option(value=chosen)  # once more: a busy page lets it go
            return self._state("viewerId") == chosen

        until(is_chosen)

    def type_command(self, invocation: str, **options: str) -> None:
        """Pick a command from the list that "/" opens, fill in its options, and send it."""
        self.page.locator("#channel-composer-input").fill(f"/{invocation}")
        self.page.locator(".command-entry", has_text=f"/{invocation}").first.click()
        for name, value in options.items():
            option = self.page.locator(f"input.command-option-input[data-option={name}]")
            if not option.is_visible():
                self._add_option(name)
            option.fill(value)
        self.page.locator("#send-message").click()

    def _add_option(self, name: str) -> None:
        self.page.locator("button.command-ghost").click()
        self.page.get_by_role("option", name=name).first.click()

    def message(self, text: str) -> Locator:
        """The last message with *text* in it."""
        return self.page.locator("article.channel-message", has_text=text).last

    def card(self, text: str, button: str = "Sign up") -> Locator:
        """The last message with *text* and a *button* to press; answers repeat a card's title."""
        named = self.page.get_by_role("button", name=button, exact=True)
        return self.page.locator("article.channel-message", has_text=text, has=named).last

    def press(self, message: str, button: str) -> None:
        self._until_ready()
        named = self.card(message, button).get_by_role("button", name=button, exact=True)
        named.click()

    def picture(self, path: Path, of: str | None = None) -> None:
        """Of the whole channel, or of one message."""
        self.page.mouse.move(0, 0)  # nothing is pointed at
        part = self.page.locator("#channel-layout") if of is None else self.message(of)
        part.screenshot(path=path, animations="disabled")

    def _state(self, name: str) -> object:
        return self.page.evaluate("name => window.simcordPreview?.[name]", name)

    def _until_ready(self) -> None:
        # The page adapts to a new size two frames later, and takes no press meanwhile.
        self.page.evaluate("() => new Promise(f => requestAnimationFrame(() => setTimeout(f)))")
        until(lambda: self._state("ready") is True)


def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not come true in time."
        time.sleep(0.02)


def test_an_organiser_plans_and_a_member_signs_up(lobby: Page, pictures: Path) -> None:
    channel = Channel(lobby, "#conversations")
    channel.view_as("Farah")
    expect(channel.card(FULL)).to_contain_text("4 coming, full, 2 on the waitlist")
    channel.picture(pictures / "conversations.png")

    channel.view_as("Kwame (organiser)")
    channel.type_command(
        "organise plan",
        title=NEW,
        when="third Wednesday of next month 6:30pm",
        places="10",
    )
    draft = channel.message("Is this right?")
    expect(draft).to_contain_text("Wednesday")
    expect(draft).to_contain_text("6:30pm UK time")
    expect(draft).to_contain_text("With 10 places.")
    channel.picture(pictures / "plan.png", of="Is this right?")
    channel.press("Is this right?", "Plan it")
    expect(channel.message("is planned for")).to_be_visible()
    expect(channel.message("0 coming, 10 places left")).to_contain_text(NEW)

    channel.view_as("Dorota")
    channel.press("0 coming, 10 places left", "Sign up")
    expect(channel.message("You have a place:")).to_contain_text("Only you can see this")
    expect(channel.message("1 coming, 9 places left")).to_contain_text(NEW)
    channel.picture(pictures / "signed-up.png")


def test_a_freed_place_goes_to_whoever_has_waited_longest(lobby: Page, pictures: Path) -> None:
    channel = Channel(lobby, "#conversations")
    private = Channel(lobby, "Farah")
    channel.view_as("Bev")
    channel.press(FULL, "I can't make it")
    expect(channel.message("Thank you for letting us know.")).to_be_visible()
    told = private.message("A place has come up, and it is yours")
    expect(told).to_contain_text(FULL)
    private.picture(pictures / "place-came-up.png", of="A place has come up")
    expect(channel.card(FULL)).to_contain_text("4 coming, full, 1 on the waitlist")


def test_somebody_with_closed_messages_is_told_when_they_next_press(lobby: Page) -> None:
    channel = Channel(lobby, "#conversations")
    for name in ("Bev", "Callum"):
        channel.view_as(name)
        channel.press(FULL, "I can't make it")
        expect(channel.message("Thank you for letting us know.")).to_be_visible()
    expect(channel.card(FULL)).to_contain_text("4 coming, full")
    channel.view_as("Errol (private messages closed)")
    channel.press("What gets in the way", "Maybe")
    expect(channel.message("A place has come up, and it is yours")).to_contain_text(FULL)
    channel.press("yours are closed", "My messages are open now")
    expect(channel.message("From now on I'll write to you again.")).to_be_visible()


def test_time_is_skipped_and_the_bot_restarted(lobby: Page, pictures: Path) -> None:
    channel = Channel(lobby, "#conversations")
    before = lobby.locator("#clock").inner_text()
    lobby.get_by_role("button", name="To the next reminder").click()
    expect(lobby.get_by_role("status")).to_be_visible()
    lobby.get_by_role("button", name="Skip a day").click()
    expect(lobby.get_by_role("status")).to_have_text("A day has passed.")
    assert lobby.locator("#clock").inner_text().partition(",")[0] != before.partition(",")[0]
    lobby.screenshot(path=pictures / "lobby.png")

    lobby.get_by_role("button", name="Restart the bot").click()
    expect(lobby.get_by_role("status")).to_contain_text("stopped and started again")
    channel.view_as("Dorota")
    channel.press("What gets in the way", "Sign up")
    expect(channel.message("You have a place:")).to_be_visible()
    expect(channel.message("3 coming, 9 places left")).to_contain_text("What gets in the way")


def test_the_manager_opens_the_setup_panel(lobby: Page, pictures: Path) -> None:
    channel = Channel(lobby, "#organising")
    channel.view_as("Rosa (runs this server)")
    channel.page.set_viewport_size({"width": 860, "height": 1500})
    channel.type_command("network setup")
    expect(channel.message("Setting up this server")).to_contain_text("Conversations channel")
    channel.picture(pictures / "setup.png", of="Setting up this server")
    channel.press("Setting up this server", "Check everything")
    expect(channel.message("Everything I need is here.")).to_be_visible()


def test_nobody_comes_in_without_the_key(browser: Browser, demo: Demo) -> None:
    page = browser.new_page()
    answer = page.goto(demo.lobby)
    assert answer is not None
    assert answer.status == 403
    expect(page.locator("body")).to_contain_text("it holds the key")
    page.goto(demo.address)
    assert "token" not in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Conversations on Co-production")
    page.close()
