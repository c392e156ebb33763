"""The table of people, read back by a reader of tables."""

import csv
import io
from dataclasses import replace

import pytest

from bot.client import Services
from bot.conversations.model import Everybody, Guest, Listed, Need, Needs, SignUp, SignUpState
from bot.errors import NotAllowed
from bot.ids import GuestId, MemberId
from bot.people import Person
from bot.storage.database import Database
from cogs.conversations.people_file import COLUMNS, NEEDS_COLUMN, people_file
from tests.conftest import AMINA, BRYN, CHIDI, DILYS, HOME, ORGANISER
from tests.fakes import planned, sign_up

GOING, WAITING = SignUpState.GOING, SignUpState.WAITING


def read(made: bytes) -> list[dict[str, str]]:
    assert made.startswith(b"\xef\xbb\xbf"), "the mark by which spreadsheets know UTF-8"
    return list(csv.DictReader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def listed(member: int, state: SignUpState = GOING, **more: bool) -> Listed:
    return Listed(
        member_id=MemberId(member),
        guest=None,
        sign_up=SignUp(state=state, number=member, **more),
    )


def guest(name: str, note: str = "", state: SignUpState = GOING) -> Listed:
    sam = Guest(id=GuestId(1), name=name, note=note, looked_after_by=AMINA)
    return Listed(member_id=None, guest=sam, sign_up=SignUp(state=state, number=50))


async def everybody(parts: Services, *people: Listed, moves: int = 0) -> Everybody:
    conversation = replace(await planned(parts), moves=moves)
    return Everybody(conversation=conversation, listed=people)


async def test_the_table_says_who_answered_what(parts: Services) -> None:
    list_ = await everybody(
        parts,
        listed(1, asked_again=True),
        listed(2),
        listed(3, SignUpState.SUPPORTING),
        guest("Ruth", "by phone, Amina will ring"),
        listed(4, WAITING),
        listed(5, WAITING),
        listed(6, SignUpState.MAYBE),
        moves=1,
    )
    names = {MemberId(number): name for number, name in enumerate("abcdef", start=1)}

    rows = read(people_file(list_, names, None))

    assert list(rows[0]) == list(COLUMNS)
    assert [tuple(row.values()) for row in rows] == [
        ("a", "Going", "", "no", "", ""),
        ("b", "Going", "", "yes", "", ""),
        ("c", "Coming as a supporter", "", "", "", ""),
        ("Ruth", "Going", "", "yes", "by phone, Amina will ring", "a"),
        ("d", "On the waitlist", "1", "", "", ""),
        ("e", "On the waitlist", "2", "", "", ""),
        ("f", "Maybe", "", "", "", ""),
    ]


async def test_a_conversation_that_never_moved_asks_nobody_to_say_again(parts: Services) -> None:
    (row,) = read(people_file(await everybody(parts, listed(1)), {AMINA: "Amina"}, None))
    assert row["Has said again since it was moved"] == ""


async def test_somebody_who_left_the_server_is_still_a_line(parts: Services) -> None:
    first, second = read(people_file(await everybody(parts, listed(2), guest("Ruth")), {}, None))
    assert first["Name"] == "has left the server"
    assert second["Looked after by"] == "has left the server"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+44 7700", "'+44 7700"),
        ("-x", "'-x"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("\nx", "'\nx"),
        (" =1+1", "' =1+1"),
        ("＝1+1", "'＝1+1"),  # noqa: RUF001  # the full-width sign is the point
        ("Smith, Jo", "Smith, Jo"),
        ("Jo “the boss” O'Neil", "Jo “the boss” O'Neil"),
        ('Jo "the boss"', 'Jo "the boss"'),
        ("two\nlines", "two\nlines"),
        ("two\r\nlines", "two\r\nlines"),
        ("👩‍👩‍👧 Zoë", "👩‍👩‍👧 Zoë"),
        ("مرحبا", "مرحبا"),
        ("\u202eabc", "\u202eabc"),
        ("a;b", "a;b"),
        ("x=1", "x=1"),
    ],
)
async def test_no_name_becomes_a_formula_or_another_line(
    parts: Services, name: str, cell: str
) -> None:
    """In any column: names of members, of guests, notes, and needs in people's own words."""
    list_ = await everybody(parts, listed(1), guest(name, name))
    needs = {AMINA: Needs(words=name)}

    first, second = read(people_file(list_, {AMINA: name}, needs))

    assert first["Name"] == cell
    assert (second["Name"], second["Note about a guest"]) == (cell, cell)
    assert second["Looked after by"] == cell
    assert first[NEEDS_COLUMN] == f"Something else: {' '.join(name.split())}"


async def test_needs_are_a_column_only_where_they_were_asked_for(parts: Services) -> None:
    list_ = await everybody(parts, listed(1), listed(2), guest("Ruth"))
    needs = {AMINA: Needs(kinds=(Need.CAPTIONS, Need.PHONE), words="Slowly,\nplease")}

    rows = read(people_file(list_, {}, needs))

    assert [row[NEEDS_COLUMN] for row in rows] == [
        "Captions, Joining by phone. Something else: Slowly, please",
        "",
        "",
    ]
    assert NEEDS_COLUMN not in read(people_file(list_, {}, None))[0]


async def test_the_whole_list_is_for_organisers_and_in_the_order_of_its_pages(
    parts: Services, db: Database
) -> None:
    conversation = await planned(parts, places=1)
    await sign_up(parts, conversation, CHIDI, BRYN)
    await parts.sign_ups.maybe(conversation.id, HOME, AMINA)
    await parts.sign_ups.leave(conversation.id, HOME, DILYS)

    list_ = await parts.people.everybody(conversation.id, by=ORGANISER)

    assert [each.member_id for each in list_.listed] == [CHIDI, BRYN, AMINA]
    with pytest.raises(NotAllowed) as refused:
        await parts.people.everybody(
            conversation.id, by=Person(network_id=HOME, member_id=AMINA, is_moderator=True)
        )
    assert str(refused.value).startswith("Only organisers can see who is coming.")
