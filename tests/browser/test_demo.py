"""What the README shows, done in a real browser. PICTURES=docs takes its pictures again."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.channel import Channel
from tests.browser.conftest import IN_A_BROWSER, Demo

pytestmark = IN_A_BROWSER

FULL = "Who decides what a good service looks like?"
NEW = "How do we pay people for their time?"


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
