"""A series and its reminders, as an organiser and two members meet them in a browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.channel import Channel
from tests.browser.conftest import IN_A_BROWSER

pytestmark = IN_A_BROWSER

TITLE = "Who pays for working together?"
MONTHLY = "What worked this month?"
READ_BACK = "Is this right?"
PANEL = "Your reminders"


@pytest.fixture
def pictures(pictures: Path) -> Path:
    folder = pictures / "series"
    folder.mkdir(exist_ok=True)
    return folder


def test_a_series_from_its_start_to_a_date_that_is_left_out(lobby: Page, pictures: Path) -> None:
    organising = Channel(lobby, "#organising")
    organising.view_as("Kwame (organiser)")
    organising.type_command(
        "series start",
        title=TITLE,
        weekday="Thursday",
        which="first of the month",
        time="2pm",
        announce="8",
    )
    expect(organising.message(READ_BACK)).to_contain_text("2:00pm")
    organising.picture(pictures / "start.png", of=READ_BACK)
    organising.press(READ_BACK, "Start it")

    channel = Channel(lobby, "#conversations")
    channel.view_as("Bev")
    expect(channel.card(TITLE)).to_be_visible()
    channel.type_command("conversation series")
    channel.press(TITLE, "Show " + TITLE)
    channel.press("Next dates", "Sign up to all")
    expect(channel.message("You are signed up to the whole series.")).to_be_visible()
    channel.picture(pictures / "signed-up-to-all.png", of="You are signed up to the whole series.")
    channel.press(TITLE, "I can't make it")

    organising.type_command(
        "organise move", pick="conversation", conversation=TITLE, when="tomorrow 3pm"
    )
    expect(organising.message("Only this one")).to_be_visible()
    organising.picture(pictures / "which-ones.png", of="Only this one")
    organising.press("Move it?", "Only this one")
    expect(organising.message("is moved to")).to_be_visible()

    organising.type_command("series skip", pick="date", series=TITLE, date="February")
    expect(organising.message("leaves out")).to_contain_text("Thursday 4 February 2027")


def test_reminders_are_asked_for_and_come(lobby: Page, pictures: Path) -> None:
    channel = Channel(lobby, "#conversations")
    channel.view_as("Callum")
    channel.type_command("reminders")
    channel.press(PANEL, "Remind me by private message")
    channel.press(PANEL, "Change the hours")
    channel.fill_form(zone="Lisbon")
    channel.send_form()
    expect(channel.message(PANEL)).to_contain_text("Lisbon")
    channel.picture(pictures / "reminders.png", of=PANEL)
    channel.press(PANEL, "Pause until…")
    channel.fill_form(until="tomorrow")
    channel.send_form()
    expect(channel.message(PANEL)).to_contain_text("Paused until")
    channel.press(PANEL, "End the pause")
    expect(channel.message(PANEL)).not_to_contain_text("Paused until")

    organising = Channel(lobby, "#organising")
    organising.view_as("Kwame (organiser)")
    organising.type_command("organise reminders", conversation="Who decides")
    owed = organising.message("Reminders of")
    expect(owed).to_contain_text("In the channel")
    organising.picture(pictures / "what-is-owed.png", of="Reminders of")

    for _ in range(16):
        lobby.get_by_role("button", name="Skip a day").click()
        expect(lobby.get_by_role("status")).to_have_text("A day has passed.")
    private = Channel(lobby, "Callum")
    expect(private.message("Still coming?")).to_contain_text("You have a place.")
    private.picture(pictures / "still-coming.png", of="Still coming?")
    expect(private.message("Tomorrow:")).to_contain_text("You have a place.")
    private.picture(pictures / "reminder.png", of="Tomorrow:")
    expect(private.message("Thank you")).to_contain_text("Thank you for being part of it.")
    private.picture(pictures / "thank-you.png", of="Thank you for being part of it.")
