"""How the log is written: for people, or one line of JSON for each event."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot import logs


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    yield
    root.setLevel(before[0])
    root.handlers[:] = before[1]


def written(form: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    logs.set_up("INFO", form)
    log = logging.getLogger("bot.somewhere")
    log.info("Member %d\nleft", 7)
    try:
        raise ValueError("on purpose")
    except ValueError:
        log.error("Unexpected failure %s", "3fa9c1", exc_info=True, extra={"reference": "3fa9c1"})  # noqa: G201
    sys.stderr.flush()
    return capsys.readouterr().err.splitlines()


def test_each_event_is_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    first, second = map(json.loads, written("json", capsys))
    assert first["message"] == "Member 7\nleft"
    assert first["level"] == "INFO"
    assert first["logger"] == "bot.somewhere"
    assert first["at"].endswith("+00:00")
    assert "reference" not in first
    assert second["reference"] == "3fa9c1"
    assert second["traceback"].endswith("ValueError: on purpose")


def test_for_people_it_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    lines = written("text", capsys)
    assert "INFO    bot.somewhere: Member 7" in lines[0]
    assert lines[-1] == "ValueError: on purpose"
