"""The list as a table, read by a CSV reader."""

import csv
import io

import pytest

from bot.conversations.model import (
    Conversation,
    Details,
    Everybody,
    Listed,
    SignUp,
    SignUpState,
)
from bot.ids import ConversationId, MemberId, NetworkId
from cogs.conversations.people_file import harmless, people_file
from tests.conftest import NOW

FULL_WIDTH = "＝x"  # noqa: RUF001
ODD = [
    "=1+1",
    "+44 20",
    "-x",
    "@x",
    "\tx",
    " =1+1",
    "a,b",
    'a "b"',
    "a\nb",
    "🦋",
    "أمينة",
    FULL_WIDTH,
]


def table(raw):
    assert raw.startswith("\ufeff".encode()), "or spreadsheets take it for something else"
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


async def file_of(world, **rest):
    shown = await world.organiser.slash(
        world.general, "organise people", conversation="who", as_file=True, **rest
    )
    (attachment,) = shown.response.attachments
    assert shown.ephemeral
    assert attachment.filename == "people.csv"
    return table(await attachment.read())


async def test_the_table_says_what_the_list_says(world):
    card = await world.plan(places=1)
    await world.amina.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await world.chidi.click(card, label="Maybe")
    await world.organiser.slash(
        world.general, "organise add-guest", conversation="who", name="=Jo", note="+44, by phone"
    )

    rows = await file_of(world)

    assert [(row["Name"], row["Answer"], row["Turn on the waitlist"]) for row in rows] == [
        ("amina", "Going", ""),
        ("bryn", "On the waitlist", "1"),
        ("'=Jo", "On the waitlist", "2"),
        ("chidi", "Maybe", ""),
    ]
    assert rows[2]["Note about a guest"] == "'+44, by phone"
    assert rows[2]["Looked after by"] == "organiser"
    assert "Access needs" not in rows[0]


async def test_somebody_who_left_has_a_line_without_a_name(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    world.server.remove_member(world.amina)
    await world.env.settle()

    (row,) = await file_of(world)

    assert row["Name"] == "has left the server"


CONVERSATION = Conversation(
    id=ConversationId(1),
    network_id=NetworkId(1001),
    details=Details.read(title="Who?", minutes=90, places=None),
    starts_at=NOW,
    drafted_by=MemberId(90),
    is_planned=True,
    going=3000,
    maybe=0,
    waiting=0,
)


def going(number):
    return Listed(
        member_id=MemberId(number),
        guest=None,
        sign_up=SignUp(state=SignUpState.GOING, number=number),
    )


def test_three_thousand_odd_names_are_three_thousand_harmless_lines():
    listed = [going(number) for number in range(3000)]
    names = {MemberId(number): ODD[number % len(ODD)] for number in range(3000)}

    rows = table(people_file(Everybody(conversation=CONVERSATION, listed=listed), names, None))

    assert len(rows) == 3000
    for number, row in enumerate(rows):
        assert row["Name"].removeprefix("'") == ODD[number % len(ODD)]
        assert not row["Name"].lstrip().startswith(("=", "+", "-", "@", "\t", "＝"))  # noqa: RUF001


@pytest.mark.parametrize("name", ["Amina", "O'Brien", "5-a-side", "", "🦋"])
def test_ordinary_names_stay_as_they_are(name):
    assert harmless(name) == name
