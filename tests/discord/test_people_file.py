"""The table of people, asked for by a command."""

import csv
import io
import threading

import pytest

from cogs.conversations import people_file
from tests.discord.test_access_needs import TICKED, people, tell

SAYS_NO = pytest.mark.simcord(check_errors=False)
HOSTS_ONLY = (
    "Only the hosts of this conversation can see its access needs: that is what people have "
    "agreed to."
)


async def table(given):
    (attachment,) = given.response.attachments
    assert attachment.filename == "people.csv"
    assert given.ephemeral
    text = (await attachment.read()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def fill(db, world, members):
    async with db.write() as tx:
        await tx.run_many(
            "INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at) "
            "VALUES (1, :m, 'going', :n, '2026-11-23T09:00:00Z')",
            [{"m": member, "n": number} for number, member in enumerate(members, start=1)],
        )


async def test_an_organiser_gets_names_as_the_server_knows_them(world, db):
    card = await world.plan("=HYPERLINK(1)", places=1)
    tricky = world.server.add_member(world.env.create_user("tricky"), nick="=1+1")
    await tricky.click(card, label="Sign up")
    await world.bryn.click(card, label="Sign up")
    await world.amina.click(card, label="Maybe")

    given = await world.organiser.slash(
        world.general, "organise people", conversation="hyper", as_file=True
    )

    rows = await table(given)
    assert [(row["Name"], row["Answer"], row["Turn on the waitlist"]) for row in rows] == [
        ("'=1+1", "Going", ""),
        ("bryn", "On the waitlist", "1"),
        ("amina", "Maybe", ""),
    ]
    assert "Access needs" not in rows[0]
    assert given.response.content == (
        "Here is the list as a table, with 3 people. Please keep it safe, and delete it when you "
        "no longer need it."
    )
    assert await db.all("SELECT 1 FROM look_at_needs") == []


async def test_a_guest_is_on_the_table_with_who_looks_after_them(world):
    await world.plan()
    await world.organiser.slash(
        world.general,
        "organise add-guest",
        conversation="who",
        name="@Ruth",
        note="+44, by phone",
        looked_after_by=world.amina,
    )

    (row,) = await table(await people(world, world.organiser, as_file=True))

    assert (row["Name"], row["Note about a guest"], row["Looked after by"]) == (
        "'@Ruth",
        "'+44, by phone",
        "amina",
    )


async def test_hosts_may_ask_for_needs_and_that_is_written_down(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")
    await tell(world, world.amina, kinds=["captions"], words="=SUM(A1)", **TICKED)

    given = await people(world, world.organiser, as_file=True, access_needs=True)

    (row,) = await table(given)
    assert row["Access needs"] == "Captions. Something else: =SUM(A1)"
    assert given.response.content.endswith("It is noted that you have asked for it.")
    looks = await db.all("SELECT looked_by, how FROM look_at_needs")
    assert [tuple(look) for look in looks] == [(world.organiser.id, "file")]


async def test_asking_for_needs_alone_gives_the_table_too(world):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    (row,) = await table(await people(world, world.organiser, access_needs=True))

    assert row["Access needs"] == ""


@SAYS_NO
async def test_another_organiser_gets_the_table_but_no_needs(world, db):
    card = await world.plan()
    await world.amina.click(card, label="Sign up")

    refused = await people(world, world.manager, as_file=True, access_needs=True)
    given = await people(world, world.manager, as_file=True)

    assert refused.response.content == HOSTS_ONLY
    assert refused.response.attachments == []
    assert [row["Name"] for row in await table(given)] == ["amina"]
    assert await db.all("SELECT 1 FROM look_at_needs") == []


async def test_an_empty_list_is_a_table_of_nobody(world):
    await world.plan()

    given = await people(world, world.organiser, as_file=True)

    assert await table(given) == []
    assert "with 0 people" in given.response.content


async def test_those_who_left_are_on_it_as_such(world):
    card = await world.plan()
    for person in (world.amina, world.bryn):
        await person.click(card, label="Sign up")
    world.server.remove_member(world.amina)

    rows = await table(await people(world, world.organiser, as_file=True))

    assert [row["Name"] for row in rows] == ["has left the server", "bryn"]


@pytest.mark.simcord(settle_timeout=60.0)
async def test_three_thousand_people_do_not_hold_up_the_others(world, db, monkeypatch):
    await world.plan()
    members = [
        world.server.add_member(world.env.create_user(f"p{number}")) for number in range(3000)
    ]
    await world.env.settle(timeout=60)
    await fill(db, world, [member.id for member in members])
    wrote_in = []

    write = people_file.people_file

    def noting_where(*about):
        wrote_in.append(threading.current_thread())
        return write(*about)

    monkeypatch.setattr(people_file, "people_file", noting_where)

    given = await people(world, world.organiser, as_file=True)

    assert [row["Name"] for row in await table(given)] == [f"p{number}" for number in range(3000)]
    assert wrote_in != [threading.main_thread()]
