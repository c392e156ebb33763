"""`coproduction-bot privacy`, word for word; and a backup that still knew somebody."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import services
from bot.cli import main
from bot.errors import Misconfigured
from bot.keeping.privacy import FOR_PROGRAMS
from bot.keeping.shelf import Shelf
from bot.privacy import forget
from bot.restoring import told
from bot.storage.database import Database
from bot.storage.instance import only_copy
from tests.conftest import AMINA, BRYN, HOME, NOW, ORGANISER, FakeClock
from tests.fakes import planned, sign_up, who_is
from tests.quotes import published
from tests.test_restoring import in_thread


@pytest.fixture
async def lived(path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COPRO_DATABASE", str(path))
    async with Database.open(path) as db:
        parts = services(db, clock)
        conversation = await planned(parts, places=1)
        await sign_up(parts, conversation, AMINA, BRYN)
        await published(parts, "Ask people what the form is for. Quaxly said so.")
        await parts.guests.add(
            conversation.id, "Sam", "by phone", looked_after_by=BRYN, by=ORGANISER
        )
    return path


def says(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["privacy", *words])
    said = capsys.readouterr()
    return code, said.out + said.err


def test_an_operator_shows_and_hands_over_what_is_kept(
    lived: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, said = says(capsys, "show", str(HOME), str(AMINA))
    assert code == 0
    assert "answer: going" in said
    assert "in their words: Ask people what the form is for. Quaxly said so." in said

    file = tmp_path / "amina.txt"
    code, said = says(capsys, "export", str(HOME), str(AMINA), str(file))
    assert (code, said.startswith(f"{file} is written.")) == (0, True)
    held = json.loads(file.read_text("utf-8").partition(FOR_PROGRAMS)[2])
    assert held["whom"] == str(AMINA)
    code, said = says(capsys, "export", str(HOME), str(AMINA), str(file))
    assert (code, "is there already. I write over nothing." in said) == (78, True)
    code, said = says(capsys, "export", str(HOME), str(AMINA))
    assert (code, "Name the file that I am to write." in said) == (65, True)
    assert says(capsys, "show", "2002", str(AMINA)) == (
        0,
        "Nothing is kept here about that person.\n",
    )


def test_forgetting_is_read_back_first_and_then_done(
    lived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = says(capsys, "forget", str(HOME), str(AMINA))
    assert code == 1
    assert "answer: going" in said
    assert "Forgetting this cannot be undone. To do it, add --yes." in said
    assert "answer: going" in says(capsys, "show", str(HOME), str(AMINA))[1]

    code, said = says(capsys, "forget", str(HOME), str(AMINA), "--yes")
    assert (code, said.strip().startswith("Forgotten.")) == (0, True)

    assert says(capsys, "show", str(HOME), str(AMINA)) == (
        0,
        "Nothing is kept here about that person.\n",
    )
    assert "answer: going" in says(capsys, "show", str(HOME), str(BRYN))[1], "who had waited"
    assert b"quaxly" not in lived.read_bytes().lower()


def test_a_guest_is_found_by_name_and_forgotten_by_number(
    lived: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said = says(capsys, "show", str(HOME), "sam", "--guest")
    assert "guest number: 1; name: Sam; note: by phone" in said

    code, said = says(capsys, "forget", str(HOME), "sam", "--guest", "--yes")
    assert (code, "“sam” is not a number." in said) == (65, True)
    code, said = says(capsys, "forget", str(HOME), "9", "--guest", "--yes")
    assert (code, "There is no guest with that number in that network." in said) == (65, True)
    code, _ = says(capsys, "forget", str(HOME), "1", "--guest", "--yes")

    assert code == 0
    assert says(capsys, "show", str(HOME), "Sam", "--guest")[1].startswith("Nothing is kept")
    assert b"by phone" not in lived.read_bytes()


def test_while_the_bot_runs_its_own_command_forgets(lived: Path, clock: FakeClock) -> None:
    with only_copy(lived), pytest.raises(Misconfigured, match="Another copy of the bot"):
        forget(lived, HOME, str(AMINA), is_guest=False, clock=clock)


async def test_a_backup_that_is_brought_back_forgets_them_again(
    lived: Path, clock: FakeClock
) -> None:
    shelf = Shelf(database=lived, directory=lived.parent / "backups")
    made = shelf.put(NOW)
    clock.advance(hours=1)
    async with Database.open(lived) as db:
        parts = services(db, clock)
        await parts.forgetting.forget(HOME, AMINA)
        (guest,) = await db.all("SELECT id FROM guest")
        await parts.forgetting.forget_guest(HOME, guest["id"])
    assert b"Quaxly" in made.file.read_bytes(), "it is from before"
    clock.advance(hours=1)

    done = await in_thread(lived, made.file, clock=clock)

    assert done.forgotten_again == 2
    assert "Forgotten again, as they had asked: 2." in told(lived, done)
    for file in lived.parent.glob("test.db*"):
        if ".replaced-" not in file.name:
            assert b"Quaxly" not in file.read_bytes(), file
            assert b"by phone" not in file.read_bytes(), file
    async with Database.open(lived) as db:
        parts = services(db, clock)
        assert await parts.privacy.about(HOME, AMINA) == []
        assert await who_is(db, (await db.only("SELECT id FROM conversation"))["id"], "going") == [
            BRYN
        ]


async def test_who_came_back_after_being_forgotten_is_not_forgotten_by_a_later_backup(
    lived: Path, clock: FakeClock
) -> None:
    async with Database.open(lived) as db:
        parts = services(db, clock)
        await parts.forgetting.forget(HOME, AMINA)
        clock.advance(hours=1)
        conversation = await planned(parts)
        await sign_up(parts, conversation, AMINA)
    made = Shelf(database=lived, directory=lived.parent / "backups").put(NOW + timedelta(hours=2))
    clock.advance(hours=3)

    done = await in_thread(lived, made.file, clock=clock)

    assert done.forgotten_again == 0
    async with Database.open(lived) as db:
        assert await who_is(db, conversation.id, "going") == [AMINA]
