"""Logging to standard error, once, from the entry point. Ids and counts, never people's words."""

import logging

FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def set_up(level: str) -> None:
    logging.basicConfig(level=level, format=FORMAT, force=True)
    # discord.py's debug lines hold webhook addresses, and so interaction tokens.
    logging.getLogger("discord").setLevel(max(logging.INFO, logging.getLogger().level))
    logging.getLogger("discord.http").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)  # its debug lines hold rows
