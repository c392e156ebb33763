"""Settings, read once from the environment and passed down."""

from dataclasses import dataclass, field
from pathlib import Path

from environs import Env

from bot.errors import Misconfigured

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator decides. What an organiser may change is data, by command.

    Each field is read from `COPRO_` and its name in capitals.
    """

    token: str = field(default="", repr=False)  # never printed, not even in a traceback
    token_file: Path | None = None
    database: Path = Path("data/coproduction.db")
    backups: Path | None = None
    backup_key: str = ""
    log_level: str = "INFO"
    log_format: str = "text"
    health_port: int = 0
    """None when 0."""

    @property
    def keeps_backups_in(self) -> Path:
        return self.backups or self.database.parent / "backups"

    def must_have_token(self) -> str:
        """The bot's token, from the setting or from the file that holds it.

        Raises:
            Misconfigured: neither is there.
        """
        token = self.token
        if not token and self.token_file is not None:
            try:
                token = self.token_file.read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise Misconfigured(
                    f"COPRO_TOKEN_FILE names {self.token_file}, which can't be read."
                ) from error
        if not token:
            raise Misconfigured("COPRO_TOKEN is empty. Put the bot's token there, or in .env.")
        return token


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Settings from the environment, and from *env_file* for what is not set there.

    Raises:
        Misconfigured: a value cannot be used. The message never holds the token.
    """
    env = Env(prefix="COPRO_", expand_vars=False)
    if env_file is not None and env_file.is_file():
        env.read_env(str(env_file), recurse=False)
    level = env.str("LOG_LEVEL", "INFO").upper()
    token_file = env.str("TOKEN_FILE", "")
    backups = env.str("BACKUPS", "")
    log_format = env.str("LOG_FORMAT", "") or "text"
    if level not in LOG_LEVELS:
        raise Misconfigured(f"COPRO_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}.")
    if log_format not in LOG_FORMATS:
        raise Misconfigured(f"COPRO_LOG_FORMAT must be one of {', '.join(LOG_FORMATS)}.")
    return Settings(
        token=env.str("TOKEN", "").strip(),
        token_file=Path(token_file) if token_file else None,
        database=Path(env.str("DATABASE", "") or "data/coproduction.db"),
        backups=Path(backups) if backups else None,
        backup_key=env.str("BACKUP_KEY", "").strip(),
        log_level=level,
        log_format=log_format,
        health_port=_port(env.str("HEALTH_PORT", "")),
    )


def _port(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdecimal() or not 0 <= int(text) < 2**16:
        raise Misconfigured("COPRO_HEALTH_PORT must be a number from 1 to 65535, or empty.")
    return int(text)
