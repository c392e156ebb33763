"""A channel's page in the demo, and what somebody does on it."""

import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page


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

    def type_command(self, invocation: str, *, pick: str = "", **options: str) -> None:
        """Pick a command from the list that "/" opens, fill in its options, and send it.

        Of the option *pick*, take the first that is offered for what is typed.
        """
        self.page.locator("#channel-composer-input").fill(f"/{invocation}")
        self.page.locator(".command-entry", has_text=f"/{invocation}").first.click()
        for name, value in options.items():
            option = self.page.locator(f"input.command-option-input[data-option={name}]")
            if not option.is_visible():
                self._add_option(name)
            option.fill(value)
            if name == pick:
                self.page.locator("#command-suggestion-listbox").get_by_role("option").first.click()
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

    def fill_form(self, **values: str | list[str] | bool) -> None:
        """The form that is open: words to type, or boxes to tick. By the name of each field."""
        form = self.page.get_by_role("dialog")
        for name, value in values.items():
            field = form.locator(f"[name={name}]")
            if isinstance(value, str):
                field.fill(value)
            elif isinstance(value, list):
                for each in value:
                    form.locator(f"[name={name}][value={each}]").check(force=True)
            else:
                field.set_checked(value, force=True)

    def send_form(self) -> None:
        self.page.get_by_role("dialog").get_by_role("button", name="Submit").click()

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
