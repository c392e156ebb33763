"""Settings: what is read, and what is never shown."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from bot.config import LOG_LEVELS, Settings, read_settings
from bot.errors import Misconfigured

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.a-very-secret-thing"
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in fields(Settings):
        monkeypatch.delenv(f"COPRO_{field.name.upper()}", raising=False)


def test_everything_but_the_token_has_a_default() -> None:
    settings = read_settings(env_file=None)
    assert settings == Settings()
    assert settings.database == Path("data/coproduction.db")
    assert settings.log_level == "INFO"


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPRO_TOKEN", f" {TOKEN}\n")
    monkeypatch.setenv("COPRO_DATABASE", "/data/bot.db")
    monkeypatch.setenv("COPRO_LOG_LEVEL", "debug")
    settings = read_settings(env_file=None)
    assert settings.must_have_token() == TOKEN
    assert settings.database == Path("/data/bot.db")
    assert settings.log_level == "DEBUG"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text(f"COPRO_TOKEN={TOKEN}\nCOPRO_LOG_LEVEL=ERROR\nCOPRO_DATABASE='my data/a.db'\n")
    monkeypatch.setenv("COPRO_LOG_LEVEL", "WARNING")
    settings = read_settings(file)
    assert settings.token == TOKEN
    assert settings.log_level == "WARNING"
    assert settings.database == Path("my data/a.db")


def test_a_setting_left_empty_has_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "TOKEN",
        "TOKEN_FILE",
        "DATABASE",
        "BACKUPS",
        "BACKUP_KEY",
        "LOG_FORMAT",
        "HEALTH_PORT",
    ):
        monkeypatch.setenv(f"COPRO_{name}", "")
    assert read_settings(env_file=None) == Settings()


def test_the_token_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "token"
    secret.write_text(f"{TOKEN}\n")
    monkeypatch.setenv("COPRO_TOKEN_FILE", str(secret))
    assert read_settings(env_file=None).must_have_token() == TOKEN


def test_a_token_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    blob = tmp_path / "blob"
    blob.write_bytes(b"\xff\xfe" + TOKEN.encode("utf-16-le"))
    for file in (tmp_path / "missing", tmp_path, blob):
        with pytest.raises(Misconfigured) as stopped:
            Settings(token_file=file).must_have_token()
        assert str(stopped.value) == f"COPRO_TOKEN_FILE names {file}, which can't be read."


def test_no_token_is_refused_with_where_to_put_it(tmp_path: Path) -> None:
    empty = tmp_path / "token"
    empty.write_text("\n")
    for settings in (Settings(), Settings(token_file=empty)):
        with pytest.raises(Misconfigured, match=r"^COPRO_TOKEN is empty\. Put the bot's token"):
            settings.must_have_token()


def test_a_level_that_is_none_is_refused_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COPRO_TOKEN", TOKEN)
    for level in ("LOUD", ""):
        monkeypatch.setenv("COPRO_LOG_LEVEL", level)
        with pytest.raises(Misconfigured) as stopped:
            read_settings(env_file=None)
        assert str(stopped.value) == "COPRO_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR."
        assert TOKEN not in repr(stopped.getrepr())


def test_a_format_that_is_none_is_refused_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COPRO_LOG_FORMAT", "xml")
    with pytest.raises(Misconfigured, match=r"^COPRO_LOG_FORMAT must be one of text, json\.$"):
        read_settings(env_file=None)


@pytest.mark.parametrize("typed", ["-1", "65536", "http", "²", "80 "])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("COPRO_HEALTH_PORT", typed)
    with pytest.raises(Misconfigured, match=r"^COPRO_HEALTH_PORT must be a number from 1 to"):
        read_settings(env_file=None)


def test_backups_are_kept_beside_the_database_unless_it_is_said_where() -> None:
    assert Settings(database=Path("/data/a.db")).keeps_backups_in == Path("/data/backups")
    elsewhere = Settings(database=Path("/data/a.db"), backups=Path("/disk"))
    assert elsewhere.keeps_backups_in == Path("/disk")


def test_the_token_is_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPRO_TOKEN", TOKEN)
    settings = read_settings(env_file=None)
    assert TOKEN not in repr(settings)
    assert TOKEN not in str(settings)
    assert TOKEN not in f"{settings!r:>300}"


def test_the_example_names_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^(COPRO_[A-Z_]+)=", text, re.MULTILINE))
    assert named == {f"COPRO_{field.name.upper()}" for field in fields(Settings)}


def test_every_setting_in_the_example_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {
        "token": TOKEN,
        "token_file": tmp_path / "token",
        "database": tmp_path / "a.db",
        "backups": tmp_path / "backups",
        "backup_key": "age1key",
        "log_level": "ERROR",
        "log_format": "json",
        "health_port": 9464,
    }
    for name, value in wanted.items():
        monkeypatch.setenv(f"COPRO_{name.upper()}", str(value))
    assert read_settings(env_file=None) == Settings(**wanted)
    assert set(wanted) == {field.name for field in fields(Settings)}


def test_the_example_can_be_used_as_it_is() -> None:
    settings = read_settings(ROOT / ".env.example")
    assert settings == Settings()
    assert settings.log_level in LOG_LEVELS
