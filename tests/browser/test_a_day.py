"""A conversation from its guest to its end, as organiser, member and guest's host."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.channel import Channel
from tests.browser.conftest import IN_A_BROWSER

pytestmark = IN_A_BROWSER

OPEN = "What gets in the way of working together?"
GUEST = "has a place at"


def test_from_the_first_guest_to_who_was_there(lobby: Page, pictures: Path) -> None:
    pictures = pictures / "a-day"
    pictures.mkdir(exist_ok=True)
    channel = Channel(lobby, "#conversations")
    organising = Channel(lobby, "#organising")
    a_member_says_what_helps(channel, pictures)
    two_find_company(lobby, channel, pictures)
    the_organiser_adds_a_guest_and_looks(organising, pictures)
    it_moves_and_the_guest_hears(lobby, organising, pictures)
    the_organiser_notes_who_was_there(lobby, organising, pictures)


def a_member_says_what_helps(channel: Channel, pictures: Path) -> None:
    channel.view_as("Aisha")
    channel.press(OPEN, "My sign-up")
    expect(channel.message("Your sign-up")).to_contain_text("You have a place.")
    channel.picture(pictures / "my-sign-up.png", of="Your sign-up")
    channel.press("Your sign-up", "Access needs")
    channel.fill_form(kinds=["captions", "breaks"], words="A seat near the door", consents=True)
    form = channel.page.get_by_role("dialog")
    form.screenshot(path=pictures / "access-needs.png", animations="disabled")
    channel.send_form()
    expect(channel.message("You told us:")).to_contain_text("A seat near the door")


def two_find_company(lobby: Page, channel: Channel, pictures: Path) -> None:
    for name, wish in (("Aisha", "I'd like a buddy"), ("Jean (moderator)", "I'd be a buddy")):
        channel.view_as(name)
        channel.press(OPEN, "My sign-up")
        channel.press("Your sign-up", "Supporter or buddy")
        channel.press("Not coming alone", wish)
    expect(channel.message("Not coming alone")).to_contain_text("Please answer my private message")
    channel.picture(pictures / "company.png", of="Not coming alone")
    for name in ("Aisha", "Jean (moderator)"):
        private = Channel(lobby, name)
        expect(private.message("I have found somebody")).not_to_contain_text("Your buddy is")
        private.press("I have found somebody", "Yes")
    expect(private.message("Your buddy is")).to_contain_text("Aisha")
    private.picture(pictures / "buddy.png", of="Your buddy is")


def the_organiser_adds_a_guest_and_looks(organising: Channel, pictures: Path) -> None:
    organising.view_as("Kwame (organiser)")
    organising.type_command(
        "organise add-guest", conversation=OPEN, name="Jo", note="by phone, Sam will ring"
    )
    expect(organising.message(GUEST)).to_contain_text("looks after them")
    organising.type_command("organise people", conversation=OPEN)
    listed = organising.message("a guest of")
    expect(listed).to_contain_text("Jo, a guest of")
    organising.picture(pictures / "people.png", of="a guest of")
    organising.press("a guest of", "Access needs")
    expect(organising.message("1 person has told us")).to_contain_text("A seat near the door")
    organising.picture(pictures / "needs-for-hosts.png", of="1 person has told us")


def it_moves_and_the_guest_hears(lobby: Page, organising: Channel, pictures: Path) -> None:
    organising.type_command("organise move", conversation=OPEN, when="tomorrow 2pm")
    expect(organising.message("Move it?")).to_be_visible()
    organising.press("Move it?", "Move it")
    expect(organising.message("is moved to")).to_contain_text("is asked to pass it on")
    private = Channel(lobby, "Kwame (organiser)")
    expect(private.message("You look after:")).to_contain_text("Jo has a place")
    private.picture(pictures / "guest-moved.png", of="You look after:")
    private.press("You look after:", "They still come")
    expect(private.message("your guests keep their places")).to_be_visible()


def the_organiser_notes_who_was_there(lobby: Page, organising: Channel, pictures: Path) -> None:
    for _ in range(3):
        lobby.get_by_role("button", name="Skip a day").click()
        expect(lobby.get_by_role("status")).to_have_text("A day has passed.")
    organising.type_command("organise attendance", conversation=OPEN)
    expect(organising.message("Who was there?")).to_contain_text("Jo")
    organising.picture(pictures / "attendance.png", of="Who was there?")
    organising.press("Who was there?", "Everybody was there")
    organising.press("Who was there?", "Done")
    expect(organising.message("were there")).to_be_visible()
