"""A post as its organiser makes it, and as it looks on a website."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from bot.reflections.writing import html_post
from tests.browser.channel import Channel
from tests.browser.conftest import IN_A_BROWSER
from tests.test_reflections_written import PAGE

pytestmark = IN_A_BROWSER

MOST_PRESSES = 15


@pytest.fixture
def pictures(pictures: Path) -> Path:
    folder = pictures / "reflections"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.parametrize("width", [360, 1000])
def test_the_page_for_the_website_is_accessible_and_fits(
    browser: Browser, pictures: Path, tmp_path: Path, width: int
) -> None:
    file = tmp_path / "post.html"
    file.write_text(html_post(PAGE), "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="en-GB")
    page.goto(file.as_uri())
    page.screenshot(path=pictures / f"website-{width}.png", full_page=True)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_from_approved_quotes_to_a_published_post(lobby: Page, pictures: Path) -> None:
    presses = 0
    channel = Channel(lobby, "#organising")
    channel.view_as("Kwame (organiser)")
    channel.type_command("reflections draft", pick="theme", theme="Recruitment")
    presses += 3  # the command, the theme, and sending it
    panel = "A draft: only organisers and moderators see it."
    expect(channel.message(panel)).to_be_visible()
    channel.picture(pictures / "panel.png", of=panel)
    channel.press(panel, "Read it, and publish")
    presses += 1
    expect(channel.message("Page 1 of")).to_be_visible()
    channel.picture(pictures / "read.png", of="Page 1 of")
    channel.press("Page 1 of", "Read on")
    presses += 1
    expect(channel.message("Page 2 of")).to_be_visible()
    channel.picture(pictures / "read-on.png", of="Page 2 of")
    channel.press("Page 2 of", "Publish it")
    presses += 1
    expect(channel.message("It is published.")).to_be_visible()
    channel.picture(pictures / "published.png", of="It is published.")
    wisdom = Channel(lobby, "#wisdom")
    wisdom.view_as("Bev")
    post = "All of it is in the thread below."
    expect(wisdom.message(post)).to_be_visible(timeout=20_000)
    wisdom.picture(pictures / "posted.png", of=post)
    assert presses < MOST_PRESSES
