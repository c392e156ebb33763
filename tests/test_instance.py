"""One running copy per database, seen from real processes."""

import os
import signal
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.errors import Misconfigured
from bot.storage.instance import only_copy
from tests.a_process import a_copy

ROOT = Path(__file__).parent.parent
HOLD = """
import sys, time
from pathlib import Path
from bot.storage.instance import only_copy
with only_copy(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


def another_copy(database: Path) -> AbstractContextManager[subprocess.Popen[str]]:
    """A process that holds *database* until its input ends."""
    return a_copy("-c", HOLD, str(database))


def test_a_second_copy_is_refused_in_words(tmp_path: Path) -> None:
    database = tmp_path / "bot.db"
    with another_copy(database), pytest.raises(Misconfigured) as stopped, only_copy(database):
        pass
    assert str(stopped.value) == (
        f"Another copy of the bot is already using {database}. "
        "Stop that one first: a database can have one running copy."
    )


def test_a_second_copy_stops_at_once_from_the_command_line_too(tmp_path: Path) -> None:
    database = tmp_path / "bot.db"
    with another_copy(database):
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "migrate"],
            cwd=ROOT,
            env={**os.environ, "COPRO_DATABASE": str(database)},
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
        )
    assert ended.returncode == 78
    assert ended.stderr.startswith("coproduction-bot can't migrate: Another copy of the bot is")
    assert "Traceback" not in ended.stderr
    assert not database.exists()


def test_two_databases_may_each_have_a_copy(tmp_path: Path) -> None:
    with another_copy(tmp_path / "one.db"), only_copy(tmp_path / "two.db"):
        assert (tmp_path / "two.db.lock").exists()


def test_the_database_is_free_after_the_copy_has_ended(tmp_path: Path) -> None:
    database = tmp_path / "new" / "bot.db"
    with only_copy(database):
        pass
    with pytest.raises(ZeroDivisionError), only_copy(database):
        _ = 1 / 0
    with only_copy(database):
        pass


def test_the_database_is_free_after_the_copy_was_killed(tmp_path: Path) -> None:
    database = tmp_path / "bot.db"
    with another_copy(database) as process:
        process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=10) == -signal.SIGKILL
        with only_copy(database):
            pass


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a directory")
    with (
        pytest.raises(Misconfigured, match=r"^I can't keep a database in .*file \("),
        only_copy(tmp_path / "file" / "bot.db"),
    ):
        pass
