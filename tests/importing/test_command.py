"""`coproduction-bot import wisdom`, as an operator types it."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import CANNOT_START, CANT_USE, main
from bot.storage.instance import only_copy
from tests.importing.posts import EXPECTED, as_txt

LEFT_OUT = min(EXPECTED[0][2], EXPECTED[7][2], key=len)
"""Of the two that double each other, the shorter one."""


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("COPRO_TOKEN", raising=False)
    monkeypatch.setenv("COPRO_DATABASE", str(tmp_path / "none/there.db"))
    post = tmp_path / "a “post”.txt"
    post.write_bytes(as_txt())
    return post


def test_a_dry_run_prints_the_candidates_for_programs(
    post: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in post.parent.rglob("*")}

    assert main(["import", "wisdom", str(post), "--dry-run", "--json"]) == 0

    candidates = json.loads(capsys.readouterr().out)["candidates"]
    assert [(each["heading"], each["kind"], each["words"]) for each in candidates] == list(EXPECTED)
    assert [each["number"] for each in candidates if each["is_lead"]] == [1]
    assert [
        (each["number"], double["in"], double["number"], double["words"])
        for each in candidates
        for double in each["nearly_doubles"]
    ] == [(1, "file", 8, EXPECTED[7][2]), (8, "file", 1, EXPECTED[0][2])]
    assert {path: path.stat().st_mtime_ns for path in post.parent.rglob("*")} == before


def test_a_dry_run_prints_the_candidates_for_people(
    post: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", "wisdom", str(post), "--dry-run"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("8 quotes found in a “post”.txt\n")
    assert "## The challenge of keeping it going (challenge)" in printed
    assert "1. (leads the post)\n   If nobody senior" in printed
    assert " in a hundred like number 8:\n      A forum lasts" in printed


def test_what_somebody_wrote_gives_no_orders_to_the_terminal(
    post: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = post.with_name("evil\x1b[2J.csv")
    evil.write_bytes("quote\nWe asked them\x1b[2J and they\x9b2J said no\n".encode())

    assert main(["import", "wisdom", str(evil), "--dry-run"]) == 0

    printed = capsys.readouterr().out
    assert "We asked them" in printed
    assert not set(printed) & {"\x1b", "\x9b"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nothing.txt", "can't be read: No such file or directory."),
        (".", "is not a file."),
        ("a\x00.txt", "can't be read: that is no name of a file."),
        ("a.pdf", "I can read files that end in .txt,"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_and_ends_with_its_own_code(
    post: Path, name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (post.parent / "a.pdf").write_bytes(b"%PDF")

    assert main(["import", "wisdom", f"{post.parent}/{name}", "--dry-run"]) == CANT_USE

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("coproduction-bot can't use that: ")
    assert sentence in said.err


def test_a_long_file_says_how_far_it_has_come_and_not_among_the_candidates(
    post: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    post.write_text("\n\n".join(f"“We asked {number} people.”" for number in range(60)))

    assert main(["import", "wisdom", str(post), "--dry-run", "--json"]) == 0

    said = capsys.readouterr()
    assert said.err == "Compared 50 of 60 quotes\nCompared 60 of 60 quotes\n"
    assert len(json.loads(said.out)["candidates"]) == 60


def test_a_huge_file_is_not_even_read(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge = post.with_name("huge.txt")
    with huge.open("wb") as file:
        file.truncate(10**12)

    assert main(["import", "wisdom", str(huge), "--dry-run"]) == CANT_USE
    assert "That file is too big: 1000000.0 MB, and the most is 5 MB." in capsys.readouterr().err


def test_without_a_network_nothing_is_kept(post: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "wisdom", str(post)]) == CANNOT_START
    assert "Please say whose quotes these are: add --network" in capsys.readouterr().err


def test_a_database_that_is_not_there_or_not_up_to_date_is_told(
    post: Path, path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in = ["import", "wisdom", str(post), "--network", "1001"]
    assert main(bring_in) == CANNOT_START
    assert "Start the bot once first." in capsys.readouterr().err

    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM migration WHERE name = (SELECT max(name) FROM migration)")
        connection.commit()
    monkeypatch.setenv("COPRO_DATABASE", str(path))
    assert main(bring_in) == CANNOT_START
    assert "coproduction-bot migrate" in capsys.readouterr().err


@pytest.fixture
def database(post: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One with a network, open elsewhere as by a running bot."""
    monkeypatch.setenv("COPRO_DATABASE", str(path))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO network (id) VALUES (1001)")
        connection.commit()
    return path


def kept(database: Path) -> list[tuple[str, str, str | None]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(
            "SELECT state, words, heading FROM quote JOIN quote_text ON quote_id = id ORDER BY id"
        ).fetchall()


def test_quotes_are_kept_beside_the_running_bot_and_only_once(
    post: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in = ["import", "wisdom", str(post), "--network", "1001"]
    with closing(sqlite3.connect(database)) as running:
        running.execute("SELECT count(*) FROM quote").fetchall()
        with only_copy(database):
            assert main(bring_in) == 0

    said = capsys.readouterr().out
    assert said.startswith("7 quotes of a “post”.txt brought in, for consent to be recorded")
    assert "Left out as nearly the same: 1" in said
    assert "in a hundred like number " in said
    assert [(words, heading) for _, words, heading in kept(database)] == [
        (words, heading) for heading, _, words in EXPECTED if words != LEFT_OUT
    ]
    assert {state for state, _, _ in kept(database)} == {"to_record"}

    assert main([*bring_in, "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["import"], again["kept"], len(again["left_out"])) == (None, 0, 8)
    assert again["left_out"][1]["nearly_doubles"]["number"] is None
    assert len(kept(database)) == 7

    assert main([*bring_in, "--keep-alike"]) == 0
    assert LEFT_OUT in [words for _, words, _ in kept(database)]
    assert len(kept(database)) == 8


def test_a_dry_run_for_a_network_compares_with_what_it_has(
    post: Path, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bring_in = ["import", "wisdom", str(post), "--network", "1001"]
    assert main(bring_in) == 0
    capsys.readouterr()

    assert main([*bring_in, "--dry-run"]) == 0

    assert "100 in a hundred like one that waits:" in capsys.readouterr().out
    assert len(kept(database)) == 7


@pytest.mark.parametrize("network", ["1002", "0", "-1", "9" * 30])
def test_a_network_that_is_not_there_is_told(
    post: Path, database: Path, network: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for more in ([], ["--dry-run"]):
        assert main(["import", "wisdom", str(post), f"--network={network}", *more]) == CANT_USE
        assert "No network has that id here." in capsys.readouterr().err
    assert kept(database) == []
