"""Logging to standard error, once, from the entry point. Ids and counts, never people's words."""

import json
import logging
from datetime import UTC, datetime

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


class OneLine(logging.Formatter):
    """Each event as one line of JSON, also one with a traceback."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, str] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if reference := getattr(record, "reference", None):
            said["reference"] = reference  # what the person was asked to quote
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def set_up(level: str, form: str = "text") -> None:
    written = logging.StreamHandler()
    written.setFormatter(OneLine() if form == "json" else logging.Formatter(FORMAT))
    logging.basicConfig(level=level, handlers=[written], force=True)
    # discord.py's debug lines hold webhook addresses, and so interaction tokens.
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().level))
    logging.getLogger("discord.http").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)  # its debug lines hold rows
