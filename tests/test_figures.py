"""Counting without telling on anybody, and handing over all that is kept of one network."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.client import Services
from bot.errors import Misconfigured
from bot.ids import MemberId
from bot.keeping.export import LEFT_OUT, belongs, tables, write
from bot.keeping.figures import COUNTS, as_json, as_text, every
from bot.storage.soundness import reading
from tests.conftest import AWAY, HOME, FakeClock
from tests.fakes import planned, sign_up

# Counting


async def test_what_there_is_is_counted(parts: Services, path: Path, clock: FakeClock) -> None:
    conversation = await planned(parts, places=5)
    await sign_up(parts, conversation, *map(MemberId, range(1, 8)))
    (all_of_it,) = every(path, each=False, clock=clock)
    assert all_of_it.network_id is None
    assert all_of_it.counts["networks"] == 1
    assert all_of_it.counts["conversations ahead"] == 1
    assert all_of_it.counts["people who ever answered"] == 7
    assert all_of_it.counts["places taken ahead"] == 5
    clock.advance(days=60)
    (later,) = every(path, each=False, clock=clock)
    assert later.counts["conversations held"] == 1
    assert later.counts["conversations ahead"] == 0


@pytest.mark.parametrize("people", range(6))
async def test_nothing_is_said_about_fewer_than_five_people(
    parts: Services, path: Path, clock: FakeClock, people: int
) -> None:
    conversation = await planned(parts)
    await sign_up(parts, conversation, *map(MemberId, range(1, people + 1)))
    (one,) = every(path, each=True, clock=clock)
    expected = "fewer than 5" if people < 5 else people
    assert one.counts["people who ever answered"] == expected
    assert one.counts["places taken ahead"] == expected
    assert expected == 5 or str(people) not in as_text([one]).split("people who")[1]


async def test_each_network_is_counted_by_itself(
    parts: Services, path: Path, clock: FakeClock
) -> None:
    await sign_up(parts, await planned(parts), *map(MemberId, range(1, 8)))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO network (id) VALUES (2002)")
    home, away = every(path, each=True, clock=clock)
    assert (home.network_id, away.network_id) == (HOME, AWAY)
    assert away.counts["conversations ahead"] == 0
    assert away.counts["people who ever answered"] == "fewer than 5"
    assert as_text([home, away]).startswith("Network 1001\n  networks                        1\n")
    assert [each["network"] for each in json.loads(as_json([home, away]))] == [HOME, AWAY]


def test_every_count_of_people_is_guarded() -> None:
    open_counts = {each.called for each in COUNTS if not each.is_about_people}
    assert open_counts == {
        "networks",
        "conversations ahead",
        "conversations held",
        "conversations cancelled",
        "series running",
    }


# Handing over


def handed_over(path: Path, clock: FakeClock, to: Path) -> list[dict]:
    count = write(path, HOME, to, clock)
    lines = [json.loads(line) for line in to.read_text("utf-8").splitlines()]
    assert len(lines) == count
    return lines


async def test_all_of_one_network_and_nothing_of_another(
    parts: Services, path: Path, clock: FakeClock, tmp_path: Path
) -> None:
    await sign_up(parts, await planned(parts, title="Ours"), MemberId(7))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            """
            INSERT INTO network (id) VALUES (2002);
            INSERT INTO conversation (network_id, title, starts_at, minutes, drafted_by, drafted_at)
            VALUES (2002, 'Theirs', '2026-12-03T14:00:00Z', 90, 90, '2026-11-23T09:00:00Z');
            INSERT INTO sign_up (conversation_id, member_id, state, number, answered_at)
            VALUES (2, 8, 'going', 1, '2026-11-23T09:00:00Z');
            INSERT INTO cover VALUES (1, 'A table', 'cover.png', x'89504e47');
            """
        )
    head, *rows = handed_over(path, clock, tmp_path / "ours.jsonl")
    assert head["network"] == HOME
    found = {(row["table"], row["row"].get("title")) for row in rows}
    assert ("conversation", "Ours") in found
    assert ("conversation", "Theirs") not in found
    assert [row["row"]["member_id"] for row in rows if row["table"] == "sign_up"] == [7]
    (cover,) = [row["row"] for row in rows if row["table"] == "cover"]
    assert cover["picture"] == {"base64": "iVBORw=="}


def test_every_table_is_in_it_or_left_out_for_a_reason(path: Path) -> None:
    with reading(path) as connection:
        known = tables(connection)
        lost = [
            table for table in known if table not in LEFT_OUT and belongs(connection, table) is None
        ]
    assert lost == []
    assert set(LEFT_OUT) <= set(known)


async def test_what_hosts_alone_were_told_is_not_in_it(
    parts: Services, path: Path, clock: FakeClock, tmp_path: Path
) -> None:
    await planned(parts)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "INSERT INTO remembered_need (network_id, member_id, kinds, words) "
            "VALUES (1001, 7, '[]', 'A chair with arms')"
        )
    handed_over(path, clock, tmp_path / "a.jsonl")
    assert "A chair with arms" not in (tmp_path / "a.jsonl").read_text("utf-8")


def test_a_network_that_is_not_there(path: Path, tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match=r"There is no network 1001\. “stats --each” names"):
        write(path, HOME, tmp_path / "a.jsonl")
    assert not (tmp_path / "a.jsonl").exists()


def test_from_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPRO_DATABASE", "bot.db")
    assert main(["stats"]) == 78
    assert "bot.db is not up to date. Run “migrate” or “run”." in capsys.readouterr().err
    assert main(["migrate"]) == 0
    assert main(["stats"]) == 0
    assert "All networks\n  networks" in capsys.readouterr().out
    with closing(sqlite3.connect("bot.db", isolation_level=None)) as connection:
        connection.execute("INSERT INTO network (id) VALUES (1001)")
    assert main(["stats", "--each", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["network"] == HOME
    assert main(["export", "1001", "out.jsonl"]) == 0
    assert "out.jsonl holds 2 lines." in capsys.readouterr().out
    assert main(["export", "1001", "out.jsonl"]) == 78
    assert "out.jsonl is there already. I write over nothing." in capsys.readouterr().err
    assert main(["export", "1001", "no/such/place"]) == 75
