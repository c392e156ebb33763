"""Wisdom as a new member meets it: shared, looked at, found by another word, and taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.channel import Channel
from tests.browser.conftest import IN_A_BROWSER

pytestmark = IN_A_BROWSER

WORDS = "When Meg at the hostel asked me first, I stopped nodding and began to think."
A_WORD = "nodding"
ASKS = "Are these your words?"
WAITS = "A quote waits for a moderator"


@pytest.fixture
def pictures(pictures: Path) -> Path:
    folder = pictures / "wisdom"
    folder.mkdir(exist_ok=True)
    return folder


def test_from_a_form_to_being_found_and_gone_again(lobby: Page, pictures: Path) -> None:
    channel = Channel(lobby, "#general")
    channel.view_as("Callum")
    channel.type_command("wisdom share")
    channel.fill_form(words=WORDS)
    channel.page.screenshot(path=pictures / "share-form.png")
    channel.send_form()
    expect(channel.message(ASKS)).to_contain_text("Nothing is kept yet")
    channel.picture(pictures / "are-these-your-words.png", of=ASKS)
    channel.press(ASKS, "Choose how they may be used")
    channel.fill_form(uses=["discord", "posts"], credit=["anonymous"], lasting=["two_years"])
    channel.page.screenshot(path=pictures / "consent-form.png")
    channel.send_form()
    expect(channel.message("Your words are kept")).to_be_visible()
    channel.picture(pictures / "thanks.png", of="Your words are kept")

    moderating = Channel(lobby, "#moderation-queue")
    moderating.view_as("Jean (moderator)")
    moderating.picture(pictures / "review.png", of=WORDS)
    moderating.press("Meg", "Hide all that is marked")
    expect(moderating.message("(name) at the hostel")).to_be_visible()
    moderating.press("(name) at the hostel", "Publish")
    expect(moderating.message("(name) at the hostel")).to_contain_text("Published")

    channel.view_as("Bev")
    channel.type_command("wisdom search", words="rough sleeping and nodding")
    expect(channel.message("at the hostel")).to_be_visible()
    channel.picture(pictures / "found.png", of="at the hostel")
    channel.type_command("wisdom search", words=A_WORD)
    expect(channel.message("1 quote")).to_be_visible()
    channel.press("1 quote", "Open")
    channel.press("at the hostel", "Show it to everybody here")
    expect(channel.card("(name) at the hostel", "This helped me")).to_be_visible()
    channel.press("(name) at the hostel", "This helped me")
    channel.picture(pictures / "shown.png")

    channel.view_as("Callum")
    channel.type_command("wisdom mine")
    channel.picture(pictures / "mine.png", of="What you have shared")
    channel.press("What you have shared", "Open")
    expect(channel.card("You agreed on", "Take it back")).to_be_visible()
    channel.picture(pictures / "one-of-mine.png", of="Change what I agreed to")
    channel.press("You agreed on", "Take it back")
    expect(channel.card("Take back", "Yes, delete my words")).to_be_visible()
    channel.picture(pictures / "take-it-back.png", of="Yes, delete my words")
    channel.press("Take back", "Yes, delete my words")
    expect(channel.message("Your words are deleted")).to_be_visible()
    expect(channel.message("stood here")).to_be_visible(timeout=20_000)
    channel.picture(pictures / "gone.png")
    channel.type_command("wisdom search", words=A_WORD)
    channel.picture(pictures / "nothing.png")
